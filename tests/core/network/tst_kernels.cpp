// Every kernel against a plain loop in double precision, over odd shapes.
#include "core/base/random.h"
#include "core/network/kernels/activation.h"
#include "core/network/kernels/attention.h"
#include "core/network/kernels/gemm.h"
#include "core/network/kernels/linearkernel.h"
#include "core/network/kernels/norm.h"
#include "core/network/kernels/vectorcode.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <thread>
#include <vector>

namespace {

using namespace pare;
using Floats = std::vector<float>;
using Doubles = std::vector<double>;

// The largest error allowed, relative to max(1, |expected|), of values of about 1.
namespace ceiling {
constexpr double product = 3e-6;
constexpr double activation = 1e-6;
constexpr double attention = 1e-6;
constexpr double norm = 2e-6;
} // namespace ceiling

constexpr KernelKind kernelKinds[] = {KernelKind::OneDnnFloat32, KernelKind::AtenFloat32};
constexpr AttentionKind attentionKinds[] = {AttentionKind::Tiled, AttentionKind::Aten};
constexpr Epilogue epilogues[] = {Epilogue::None, Epilogue::Gelu,    Epilogue::GeluTanh, Epilogue::QuickGelu,
                                  Epilogue::Relu, Epilogue::Silu,    Epilogue::Sigmoid,  Epilogue::Tanh};
constexpr const char *epilogueNames[] = {"none", "gelu", "gelu tanh", "quick gelu",
                                         "relu", "silu", "sigmoid",   "tanh"};

Floats randomFloats(std::int64_t count, std::uint64_t seed, double size = 1)
{
    Random random(seed);
    Floats values(static_cast<std::size_t>(count));
    std::generate(values.begin(), values.end(),
                  [&] { return static_cast<float>((2 * random.uniform() - 1) * size); });
    return values;
}

double activated(Epilogue epilogue, double x)
{
    const double pi = std::acos(-1.0);
    switch (epilogue) {
    case Epilogue::None: return x;
    case Epilogue::Gelu: return 0.5 * x * std::erfc(-x / std::sqrt(2.0));
    case Epilogue::GeluTanh:
        return 0.5 * x * (1 + std::tanh(std::sqrt(2 / pi) * (x + 0.044715 * x * x * x)));
    case Epilogue::QuickGelu: return x / (1 + std::exp(-1.702 * x));
    case Epilogue::Relu: return std::max(x, 0.0);
    case Epilogue::Silu: return x / (1 + std::exp(-x));
    case Epilogue::Sigmoid: return 1 / (1 + std::exp(-x));
    case Epilogue::Tanh: return std::tanh(x);
    }
    return 0;
}

/// The largest error, or infinity where one of both is not a number.
double errorOf(const Floats &found, const Doubles &expected)
{
    if (found.size() != expected.size())
        return std::numeric_limits<double>::infinity();
    double largest = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
        const double error =
            std::abs(double(found[i]) - expected[i]) / std::max(1.0, std::abs(expected[i]));
        largest = error <= largest ? largest : error;
        if (!std::isfinite(error))
            return std::numeric_limits<double>::infinity();
    }
    return largest;
}

void verifyWithin(const Floats &found, const Doubles &expected, double allowed)
{
    const double error = errorOf(found, expected);
    QVERIFY2(error <= allowed, qPrintable(QString("error %1, allowed %2").arg(error).arg(allowed)));
}

Doubles linearReference(const Floats &x, const Floats &weight, const float *bias, std::int64_t tokens,
                        LinearShape shape, Epilogue epilogue)
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

AttentionArguments withStrides(AttentionArguments x)
{
    const std::int64_t width = x.heads * x.headWidth;
    x.keyLength = x.keyLength ? x.keyLength : x.length;
    x.stride = x.stride ? x.stride : width;
    x.keyStride = x.keyStride ? x.keyStride : x.stride;
    x.outStride = x.outStride ? x.outStride : width;
    return x;
}

Doubles attentionReference(AttentionArguments x)
{
    x = withStrides(x);
    Doubles out(static_cast<std::size_t>(x.batch * x.length * x.heads * x.headWidth));
    for (std::int64_t row = 0; row < x.batch * x.length * x.heads; ++row) {
        const std::int64_t head = row % x.heads;
        const std::int64_t token = row / x.heads;
        const std::int64_t position = token % x.length;
        const std::int64_t firstKey = token / x.length * x.keyLength;
        const std::int64_t visible = x.mask == AttentionMask::Causal
                                         ? std::min(position + 1, x.keyLength)
                                         : x.keyLength;
        const float *q = x.q + token * x.stride + head * x.headWidth;
        Doubles scores;
        for (std::int64_t key = 0; key < visible; ++key) {
            const float *k = x.k + (firstKey + key) * x.keyStride + head * x.headWidth;
            double score = 0;
            for (std::int64_t d = 0; d < x.headWidth; ++d)
                score += double(q[d]) * double(k[d]);
            scores.push_back(score * double(x.scale));
        }
        const double largest = *std::max_element(scores.begin(), scores.end());
        double total = 0;
        for (double &score : scores)
            total += score = std::exp(score - largest);
        for (std::int64_t key = 0; key < visible; ++key) {
            const float *v = x.v + (firstKey + key) * x.keyStride + head * x.headWidth;
            for (std::int64_t d = 0; d < x.headWidth; ++d)
                out[row * x.headWidth + d] += scores[key] / total * double(v[d]);
        }
    }
    return out;
}

Doubles normReference(const NormArguments &x)
{
    Doubles y;
    for (std::int64_t row = 0; row < x.tokens; ++row) {
        Doubles s;
        double mean = 0;
        for (std::int64_t i = row * x.width; i < (row + 1) * x.width; ++i) {
            s.push_back(double(x.x[i]) + (x.residual ? double(x.residual[i]) : 0));
            mean += s.back() / double(x.width);
        }
        double variance = 0;
        for (const double value : s)
            variance += (value - mean) * (value - mean) / double(x.width);
        for (std::int64_t i = 0; i < x.width; ++i)
            y.push_back((s[i] - mean) / std::sqrt(variance + x.norm.epsilon) * double(x.norm.gamma[i]) +
                        double(x.norm.beta[i]));
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
    void attentionOfLength_data();
    void attentionOfLength();
    void attentionOfParts();
    void attentionOfExtremes();
    void attentionPassesNotANumberOn();
    void everyInstructionSet_data();
    void everyInstructionSet();
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
        const std::pair<int, int> shapes[] = {{1, 1}, {1, 7}, {7, 1}, {7, 7}, {2, 312}, {312, 312}, {312, 7}};
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

// The identity as weight: what is left is the activation, from -12 to 12.
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
        const auto kernel = makeLinearKernel(kind, weight.data(), bias.data(), shape, Epilogue::None);
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
                    largest = std::max(largest, errorOf(y, linearReference(x, weight, nullptr, tokens,
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
            gemm(kind, {.a = a.data(),
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

// A, B and C as parts of wider matrices; what lies beside C stays.
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
        gemm(kind, {.a = a.data(), .b = b.data(), .c = c.data(), .m = m, .n = n, .k = k,
                    .transpositionB = Transposition::Transposed,
                    .strideA = stride, .strideB = stride, .strideC = stride});
        Doubles expected(c.size(), 9.0);
        for (std::int64_t i = 0; i < m; ++i) {
            for (std::int64_t j = 0; j < n; ++j) {
                expected[i * stride + j] = 0;
                for (std::int64_t d = 0; d < k; ++d)
                    expected[i * stride + j] += double(a[i * stride + d]) * double(b[j * stride + d]);
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

void TestKernels::attentionOfLength_data()
{
    QTest::addColumn<int>("length");
    QTest::addColumn<int>("headWidth");
    for (const int length : {1, 2, 5, 6, 7, 15, 16, 17, 27, 31, 33, 63, 64, 65, 127, 130})
        for (const int headWidth : {1, 7, 26, 64})
            QTest::addRow("length %d, width %d", length, headWidth) << length << headWidth;
    QTest::addRow("several panels of width") << 9 << 150;
    QTest::addRow("long") << 600 << 8;
}

void TestKernels::attentionOfLength()
{
    QFETCH(int, length);
    QFETCH(int, headWidth);
    AttentionArguments x{.batch = 2, .length = length, .heads = 3, .headWidth = headWidth};
    const std::int64_t count = x.batch * length * x.heads * headWidth;
    const Floats q = randomFloats(count, 1, 4);
    const Floats k = randomFloats(count, 2, 4);
    const Floats v = randomFloats(count, 3);
    x.q = q.data();
    x.k = k.data();
    x.v = v.data();
    x.scale = static_cast<float>(1 / std::sqrt(double(headWidth)));
    for (const AttentionMask mask : {AttentionMask::None, AttentionMask::Causal}) {
        x.mask = mask;
        for (const AttentionKind kind : attentionKinds) {
            Floats out(q.size(), std::nanf(""));
            x.out = out.data();
            attention(kind, x);
            // A score of about 10 has an error of 10 * 2^-24 of its own, which the exponential passes on.
            verifyWithin(out, attentionReference(x), 5 * ceiling::attention);
        }
    }
}

// q, k and v in one matrix, another number of keys than queries, the output in a wider matrix.
void TestKernels::attentionOfParts()
{
    constexpr std::int64_t width = 3 * 20;
    const Floats queries = randomFloats(2 * 5 * 100, 1);
    const Floats keys = randomFloats(2 * 19 * 2 * width, 2);
    for (const AttentionMask mask : {AttentionMask::None, AttentionMask::Causal}) {
        for (const AttentionKind kind : attentionKinds) {
            Floats out(2 * 5 * 64, 7.0f);
            const AttentionArguments x{.q = queries.data(), .k = keys.data(), .v = keys.data() + width,
                                       .out = out.data(), .batch = 2, .length = 5, .keyLength = 19,
                                       .heads = 3, .headWidth = 20, .stride = 100,
                                       .keyStride = 2 * width, .outStride = 64, .scale = 0.3f,
                                       .mask = mask};
            attention(kind, x);
            const Doubles compact = attentionReference(x);
            Doubles expected(out.size(), 7.0);
            for (std::int64_t row = 0; row < 10; ++row)
                std::copy_n(compact.begin() + row * width, width, expected.begin() + row * 64);
            verifyWithin(out, expected, ceiling::attention);
        }
    }
}

void TestKernels::attentionOfExtremes()
{
    // Scores of +-10,000: one key takes all, none overflows. And all scores equal: the mean.
    const Floats q{100, 0};
    const Floats keys{100, -100, 99};
    const Floats values{1, 2, 4};
    for (const AttentionKind kind : attentionKinds) {
        Floats out(2);
        attention(kind, {.q = q.data(), .k = keys.data(), .v = values.data(), .out = out.data(),
                         .batch = 1, .length = 2, .keyLength = 3, .heads = 1, .headWidth = 1});
        verifyWithin(out, {1.0, 7.0 / 3}, ceiling::attention);
        attention(kind, {.q = q.data(), .k = keys.data(), .v = values.data(), .out = out.data(),
                         .batch = 1, .length = 2, .keyLength = 3, .heads = 1, .headWidth = 1,
                         .scale = -1});
        verifyWithin(out, {2.0, 7.0 / 3}, ceiling::attention);
    }
}

void TestKernels::attentionPassesNotANumberOn()
{
    Floats q = randomFloats(4, 1);
    const Floats k = randomFloats(4, 2);
    q[2] = std::nanf("");
    for (const AttentionKind kind : attentionKinds) {
        Floats out(4);
        attention(kind, {.q = q.data(), .k = k.data(), .v = k.data(), .out = out.data(), .batch = 1,
                         .length = 4, .heads = 1, .headWidth = 1});
        QVERIFY(std::isnan(out[2]));
        QVERIFY(std::isfinite(out[1]) && std::isfinite(out[3]));
    }
}

void TestKernels::everyInstructionSet_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < supportedVectorCode().size(); ++i)
        QTest::newRow(supportedVectorCode()[i]->name.data()) << int(i);
}

void TestKernels::everyInstructionSet()
{
    QFETCH(int, index);
    const VectorCode &code = *supportedVectorCode()[index];
    for (const std::int64_t length : {1, 4, 13, 27, 70}) {
        for (const std::int64_t width : {1, 3, 8, 29, 64}) {
            const Floats x = randomFloats(3 * length * width, 5);
            Floats out(static_cast<std::size_t>(length * width), std::nanf(""));
            const std::int64_t needed = code.headScratch(length, width);
            std::vector<float> scratch(static_cast<std::size_t>(needed + 16), std::nanf(""));
            const auto address = reinterpret_cast<std::uintptr_t>(scratch.data());
            float *aligned = scratch.data() + (64 - address % 64) % 64 / sizeof(float);
            const std::int64_t slack = needed + 16 - (aligned - scratch.data());
            std::fill(aligned + needed, aligned + slack, 3.0f);
            for (const AttentionMask mask : {AttentionMask::None, AttentionMask::Causal}) {
                code.attendHead({.q = x.data(), .k = x.data() + length * width,
                                 .v = x.data() + 2 * length * width, .out = out.data(),
                                 .length = length, .keyLength = length, .headWidth = width,
                                 .stride = width, .keyStride = width, .outStride = width, .scale = 0.5f,
                                 .mask = mask, .scratch = aligned});
                verifyWithin(out,
                             attentionReference({.q = x.data(), .k = x.data() + length * width,
                                                 .v = x.data() + 2 * length * width, .batch = 1,
                                                 .length = length, .heads = 1, .headWidth = width,
                                                 .scale = 0.5f, .mask = mask}),
                             ceiling::attention);
            }
            QVERIFY(std::all_of(aligned + needed, aligned + slack, [](float f) { return f == 3.0f; }));

            const NormArguments norm{.x = x.data(), .residual = x.data() + length * width,
                                     .y = out.data(), .tokens = length, .width = width,
                                     .norm = {x.data(), x.data() + width, 1e-5}};
            code.normRows(norm, 0, length);
            verifyWithin(out, normReference(norm), ceiling::norm);

            Doubles sums;
            for (std::size_t i = 0; i < out.size(); ++i)
                sums.push_back(double(x[i]) + double(x[i + 1]));
            std::copy_n(x.begin(), out.size(), out.begin());
            code.add(out.data(), x.data() + 1, length * width);
            verifyWithin(out, sums, ceiling::norm);
        }
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
        NormArguments arguments{.x = x.data(), .y = y.data(), .tokens = tokens, .width = width,
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
    NormArguments arguments{.x = x.data(), .residual = residual.data(), .tokens = 20, .width = 37,
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
