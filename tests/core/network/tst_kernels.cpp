// Linear layers, products, activations, norm and embedding against plain loops, over odd shapes.
#include "core/network/kernels/activation.h"
#include "core/network/kernels/gemm.h"
#include "core/network/kernels/linearkernel.h"
#include "core/network/kernels/norm.h"
#include "tests/core/network/kernelreference.h"

#include <QTest>

#include <cmath>
#include <thread>
#include <vector>

using namespace pare;

namespace {

constexpr KernelKind kernelKinds[] = {KernelKind::OneDnnFloat32, KernelKind::AtenFloat32};
constexpr Epilogue epilogues[] = {Epilogue::None,      Epilogue::Gelu, Epilogue::GeluTanh,
                                  Epilogue::QuickGelu, Epilogue::Relu, Epilogue::Silu,
                                  Epilogue::Sigmoid,   Epilogue::Tanh};
constexpr const char *epilogueNames[] = {"none", "gelu", "gelu tanh", "quick gelu",
                                         "relu", "silu", "sigmoid",   "tanh"};

double activated(Epilogue epilogue, double x)
{
    const double pi = std::acos(-1.0);
    switch (epilogue) {
    case Epilogue::None:
        return x;
    case Epilogue::Gelu:
        return 0.5 * x * std::erfc(-x / std::sqrt(2.0));
    case Epilogue::GeluTanh:
        return 0.5 * x * (1 + std::tanh(std::sqrt(2 / pi) * (x + 0.044715 * x * x * x)));
    case Epilogue::QuickGelu:
        return x / (1 + std::exp(-1.702 * x));
    case Epilogue::Relu:
        return std::max(x, 0.0);
    case Epilogue::Silu:
        return x / (1 + std::exp(-x));
    case Epilogue::Sigmoid:
        return 1 / (1 + std::exp(-x));
    case Epilogue::Tanh:
        return std::tanh(x);
    }
    return 0;
}

Doubles linearReference(const Floats &x, const Floats &weight, const float *bias,
                        std::int64_t tokens, LinearShape shape, Epilogue epilogue)
{
    Doubles y;
    for (std::int64_t t = 0; t < tokens; ++t) {
        for (std::int64_t o = 0; o < shape.out; ++o) {
            double sum = bias ? bias[o] : 0;
            for (std::int64_t i = 0; i < shape.in; ++i)
                sum += double(x[t * shape.in + i]) * double(weight[o * shape.in + i]);
            y.push_back(activated(epilogue, sum));
        }
    }
    return y;
}

} // namespace

class TestKernels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linear_data();
    void linear();
    void linearOfManyTokens();
    void epilogue_data();
    void epilogue();
    void linearHoldsNoSecondCopy();
    void sharedByThreads();
    void product_data();
    void product();
    void productOfParts();
    void productOfNothing();
    void normOfRows_data();
    void normOfRows();
    void normInPlace();
    void embedding();
};

void TestKernels::linear_data()
{
    QTest::addColumn<int>("tokens");
    QTest::addColumn<int>("out");
    QTest::addColumn<int>("in");
    for (const int tokens : {1, 2, 27, 63, 64, 65, 130}) {
        const std::pair<int, int> shapes[] = {{1, 1},   {1, 7},     {7, 1},  {7, 7},
                                              {2, 312}, {312, 312}, {312, 7}};
        for (const auto &[out, in] : shapes)
            QTest::addRow("%d x [%d, %d]", tokens, out, in) << tokens << out << in;
    }
    QTest::addRow("wide") << 3 << 3072 << 768;
    QTest::addRow("deep") << 3 << 768 << 3072;
}

void TestKernels::linear()
{
    QFETCH(int, tokens);
    QFETCH(int, out);
    QFETCH(int, in);
    const LinearShape shape{out, in};
    const Floats x = randomFloats(std::int64_t(tokens) * in, 1);
    const Floats weight = randomFloats(std::int64_t(out) * in, 2, std::sqrt(3.0 / in));
    const Floats bias = randomFloats(out, 3);
    for (const KernelKind kind : kernelKinds) {
        for (const float *given : {bias.data(), static_cast<const float *>(nullptr)}) {
            const auto kernel = makeLinearKernel(kind, weight.data(), given, shape, Epilogue::Gelu);
            Floats y(static_cast<std::size_t>(tokens * out), std::nanf(""));
            kernel->run(x.data(), y.data(), tokens);
            verifyWithin(y, linearReference(x, weight, given, tokens, shape, Epilogue::Gelu),
                         ceiling::product);
        }
    }
}

void TestKernels::linearOfManyTokens()
{
    const std::int64_t tokens = 2 * 2048 + 64 + 5;
    const LinearShape shape{5, 9};
    const Floats x = randomFloats(tokens * shape.in, 1);
    const Floats weight = randomFloats(shape.out * shape.in, 2);
    for (const KernelKind kind : kernelKinds) {
        const auto kernel = makeLinearKernel(kind, weight.data(), nullptr, shape, Epilogue::None);
        Floats y(static_cast<std::size_t>(tokens * shape.out), std::nanf(""));
        kernel->run(x.data(), y.data(), tokens);
        verifyWithin(y, linearReference(x, weight, nullptr, tokens, shape, Epilogue::None),
                     ceiling::product);
        Floats untouched{1.0f};
        kernel->run(x.data(), untouched.data(), 0);
        QCOMPARE(untouched.front(), 1.0f);
    }
}

void TestKernels::epilogue_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < int(std::size(epilogues)); ++i)
        QTest::newRow(epilogueNames[i]) << i;
}

void TestKernels::epilogue()
{
    QFETCH(int, index);
    const Epilogue epilogue = epilogues[index];
    constexpr std::int64_t count = 4801;
    Floats x;
    Doubles expected;
    for (std::int64_t i = 0; i < count; ++i) {
        x.push_back(static_cast<float>(i - count / 2) / 200);
        expected.push_back(activated(epilogue, x.back()));
    }
    const float one = 1;
    for (const KernelKind kind : kernelKinds) {
        Floats y(x.size());
        makeLinearKernel(kind, &one, nullptr, {1, 1}, epilogue)->run(x.data(), y.data(), count);
        verifyWithin(y, expected, ceiling::activation);
    }
    Floats y = x;
    activate(epilogue, y.data(), count);
    verifyWithin(y, expected, ceiling::activation);
}

void TestKernels::linearHoldsNoSecondCopy()
{
    const LinearShape shape{768, 768};
    const Floats weight(static_cast<std::size_t>(shape.out * shape.in), 0.5f);
    const Floats bias(static_cast<std::size_t>(shape.out), 0.5f);
    const std::int64_t given = 4 * shape.out * (shape.in + 1);
    for (const KernelKind kind : kernelKinds) {
        const auto kernel =
            makeLinearKernel(kind, weight.data(), bias.data(), shape, Epilogue::None);
        QVERIFY(kernel->bytes() >= given);
        QVERIFY(kernel->bytes() <= given + given / 50);
        QVERIFY(kernel->name().starts_with("float32 "));
    }
}

void TestKernels::sharedByThreads()
{
    const LinearShape shape{96, 64};
    const Floats weight = randomFloats(shape.out * shape.in, 1, 0.2);
    for (const KernelKind kind : kernelKinds) {
        const auto kernel = makeLinearKernel(kind, weight.data(), nullptr, shape, Epilogue::Gelu);
        std::vector<double> errors(2, 1);
        std::vector<std::thread> threads;
        for (int thread = 0; thread < 2; ++thread) {
            threads.emplace_back([&, thread] {
                double largest = 0;
                for (int round = 0; round < 40; ++round) {
                    const std::int64_t tokens = 1 + (round * 7 + thread) % 90;
                    const Floats x = randomFloats(tokens * shape.in, 10 * round + thread);
                    Floats y(static_cast<std::size_t>(tokens * shape.out));
                    kernel->run(x.data(), y.data(), tokens);
                    largest =
                        std::max(largest, errorOf(y, linearReference(x, weight, nullptr, tokens,
                                                                     shape, Epilogue::Gelu)));
                }
                errors[thread] = largest;
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QVERIFY(errors[0] <= ceiling::product);
        QVERIFY(errors[1] <= ceiling::product);
    }
}

void TestKernels::product_data()
{
    QTest::addColumn<int>("m");
    QTest::addColumn<int>("n");
    QTest::addColumn<int>("k");
    for (const int m : {1, 7, 65})
        for (const int n : {1, 7, 312})
            for (const int k : {1, 27, 130})
                QTest::addRow("[%d, %d] x [%d, %d]", m, k, k, n) << m << n << k;
}

void TestKernels::product()
{
    QFETCH(int, m);
    QFETCH(int, n);
    QFETCH(int, k);
    const Floats a = randomFloats(std::int64_t(m) * k, 1);
    const Floats b = randomFloats(std::int64_t(k) * n, 2, std::sqrt(3.0 / k));
    const Floats before = randomFloats(std::int64_t(m) * n, 3);
    const Floats bias = randomFloats(n, 4);
    // Each bit is one of the choices: A transposed, B transposed, added to C, bias.
    for (int choices = 0; choices < 16; ++choices) {
        const bool transposedA = choices & 1;
        const bool transposedB = choices & 2;
        const bool added = choices & 4;
        const bool biased = choices & 8;
        Doubles expected;
        for (int i = 0; i < m; ++i) {
            for (int j = 0; j < n; ++j) {
                double sum = (added ? before[i * n + j] : 0.0f) + (biased ? bias[j] : 0.0f);
                for (int d = 0; d < k; ++d)
                    sum += double(a[transposedA ? d * m + i : i * k + d]) *
                           double(b[transposedB ? j * k + d : d * n + j]);
                expected.push_back(sum);
            }
        }
        for (const KernelKind kind : kernelKinds) {
            Floats c = added ? before : Floats(before.size(), std::nanf(""));
            gemm(kind,
                 {.a = a.data(),
                  .b = b.data(),
                  .c = c.data(),
                  .m = m,
                  .n = n,
                  .k = k,
                  .transpositionA = transposedA ? Transposition::Transposed : Transposition::None,
                  .transpositionB = transposedB ? Transposition::Transposed : Transposition::None,
                  .store = added ? Store::Add : Store::Replace,
                  .bias = biased ? bias.data() : nullptr});
            verifyWithin(c, expected, ceiling::product);
        }
    }
}

void TestKernels::productOfParts()
{
    constexpr std::int64_t m = 5;
    constexpr std::int64_t n = 3;
    constexpr std::int64_t k = 4;
    constexpr std::int64_t stride = 11;
    const Floats a = randomFloats(m * stride, 1);
    const Floats b = randomFloats(n * stride, 2);
    for (const KernelKind kind : kernelKinds) {
        Floats c(m * stride, 9.0f);
        gemm(kind, {.a = a.data(),
                    .b = b.data(),
                    .c = c.data(),
                    .m = m,
                    .n = n,
                    .k = k,
                    .transpositionB = Transposition::Transposed,
                    .strideA = stride,
                    .strideB = stride,
                    .strideC = stride});
        Doubles expected(c.size(), 9.0);
        for (std::int64_t i = 0; i < m; ++i) {
            for (std::int64_t j = 0; j < n; ++j) {
                expected[i * stride + j] = 0;
                for (std::int64_t d = 0; d < k; ++d)
                    expected[i * stride + j] +=
                        double(a[i * stride + d]) * double(b[j * stride + d]);
            }
        }
        verifyWithin(c, expected, ceiling::product);
    }
}

void TestKernels::productOfNothing()
{
    for (const KernelKind kind : kernelKinds) {
        Floats c{1, 2};
        gemm(kind, {.c = c.data(), .m = 0, .n = 2, .k = 3});
        QCOMPARE(c, (Floats{1, 2}));
        gemm(kind, {.c = c.data(), .m = 1, .n = 2, .k = 0, .store = Store::Add});
        QCOMPARE(c, (Floats{1, 2}));
        gemm(kind, {.c = c.data(), .m = 1, .n = 2, .k = 0});
        QCOMPARE(c, (Floats{0, 0}));
    }
}

void TestKernels::normOfRows_data()
{
    QTest::addColumn<int>("tokens");
    QTest::addColumn<int>("width");
    for (const int tokens : {1, 9, 130})
        for (const int width : {1, 7, 16, 312, 768})
            QTest::addRow("[%d, %d]", tokens, width) << tokens << width;
}

void TestKernels::normOfRows()
{
    QFETCH(int, tokens);
    QFETCH(int, width);
    const Floats x = randomFloats(std::int64_t(tokens) * width, 1, 3);
    const Floats residual = randomFloats(std::int64_t(tokens) * width, 2);
    const Floats gamma = randomFloats(width, 3);
    const Floats beta = randomFloats(width, 4);
    Floats y(x.size(), std::nanf(""));
    for (const double epsilon : {1e-12, 1e-2}) {
        NormArguments arguments{.x = x.data(),
                                .y = y.data(),
                                .tokens = tokens,
                                .width = width,
                                .norm = {gamma.data(), beta.data(), epsilon}};
        layerNorm(arguments);
        verifyWithin(y, normReference(arguments), ceiling::norm);
        Floats sum(x.size());
        arguments.residual = residual.data();
        arguments.sum = sum.data();
        layerNorm(arguments);
        verifyWithin(y, normReference(arguments), ceiling::norm);
        for (std::size_t i = 0; i < x.size(); ++i)
            QCOMPARE(sum[i], x[i] + residual[i]);
    }
}

void TestKernels::normInPlace()
{
    const Floats x = randomFloats(20 * 37, 1);
    const Floats residual = randomFloats(20 * 37, 2);
    const Floats gamma = randomFloats(37, 3);
    NormArguments arguments{.x = x.data(),
                            .residual = residual.data(),
                            .tokens = 20,
                            .width = 37,
                            .norm = {gamma.data(), gamma.data(), 1e-12}};
    const Doubles expected = normReference(arguments);
    Floats y = x;
    arguments.x = arguments.y = y.data();
    layerNorm(arguments);
    verifyWithin(y, expected, ceiling::norm);
    y = residual;
    arguments.x = x.data();
    arguments.residual = arguments.y = y.data();
    layerNorm(arguments);
    verifyWithin(y, expected, ceiling::norm);
}

void TestKernels::embedding()
{
    constexpr std::int64_t width = 21;
    constexpr std::int64_t tokens = 130;
    const Floats words = randomFloats(50 * width, 1);
    const Floats positions = randomFloats(tokens * width, 2);
    const Floats gamma = randomFloats(width, 3);
    std::vector<std::int64_t> ids;
    std::vector<std::int64_t> places;
    Floats sums;
    for (std::int64_t t = 0; t < tokens; ++t) {
        ids.push_back(t * 7 % 50);
        places.push_back(tokens - 1 - t);
        for (std::int64_t i = 0; i < width; ++i)
            sums.push_back(words[ids[t] * width + i] + positions[places[t] * width + i]);
    }
    const EmbeddingTable tables[] = {{words.data(), ids.data()}, {positions.data(), places.data()}};
    Floats y(sums.size());
    embed({.tables = tables, .y = y.data(), .tokens = tokens, .width = width, .norm = {}});
    QCOMPARE(y, sums);
    const NormParameters norm{gamma.data(), gamma.data(), 1e-12};
    embed({.tables = tables, .y = y.data(), .tokens = tokens, .width = width, .norm = norm});
    verifyWithin(y,
                 normReference({.x = sums.data(), .tokens = tokens, .width = width, .norm = norm}),
                 ceiling::norm);
}

QTEST_GUILESS_MAIN(TestKernels)
#include "tst_kernels.moc"
