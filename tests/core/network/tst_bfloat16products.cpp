// Products in bfloat16 against plain loops over rounded inputs, and training's linear layer in
// bfloat16 against the same in float32.
#include "core/base/error.h"
#include "core/network/kernels/gemm.h"
#include "core/network/kernels/tileproduct.h"
#include "core/network/linearfunction.h"
#include "tests/core/network/kernelreference.h"

#include <ATen/ATen.h>
#include <QTest>

#include <bit>
#include <thread>
#include <vector>

using namespace pare;

namespace {

/// Written apart from the code under test: to the nearest of the two neighbours, ties to even.
std::uint16_t rounded(float value)
{
    const auto bits = std::bit_cast<std::uint32_t>(value);
    const std::uint32_t below = bits & 0xffff0000U;
    const std::uint32_t above = below + 0x10000U;
    const double down = std::abs(double(value) - double(std::bit_cast<float>(below)));
    const double up = std::abs(double(std::bit_cast<float>(above)) - double(value));
    const bool even = (below >> 16) % 2 == 0;
    return static_cast<std::uint16_t>((down < up || (down == up && even) ? below : above) >> 16);
}

double widened(float value)
{
    return std::bit_cast<float>(static_cast<std::uint32_t>(rounded(value)) << 16);
}

/// op(A) op(B) of the rounded matrices, in double precision, onto what `before` holds.
Doubles productReference(const GemmArguments &x, const Floats &before)
{
    const bool transposedA = x.transpositionA == Transposition::Transposed;
    const bool transposedB = x.transpositionB == Transposition::Transposed;
    const std::int64_t strideA = x.strideA ? x.strideA : (transposedA ? x.m : x.k);
    const std::int64_t strideB = x.strideB ? x.strideB : (transposedB ? x.k : x.n);
    const std::int64_t strideC = x.strideC ? x.strideC : x.n;
    Doubles c(before.begin(), before.end());
    for (std::int64_t i = 0; i < x.m; ++i) {
        for (std::int64_t j = 0; j < x.n; ++j) {
            double sum = x.store == Store::Add ? double(before[i * strideC + j]) : 0.0;
            sum += x.bias ? double(x.bias[j]) : 0.0;
            for (std::int64_t d = 0; d < x.k; ++d)
                sum += widened(transposedA ? x.a[d * strideA + i] : x.a[i * strideA + d]) *
                       widened(transposedB ? x.b[j * strideB + d] : x.b[d * strideB + j]);
            c[i * strideC + j] = sum;
        }
    }
    return c;
}

/// Those that can run here.
std::vector<BFloat16Gemm> kinds()
{
    std::vector<BFloat16Gemm> kinds{BFloat16Gemm::OneDnn};
    if (hasTileRegisters())
        kinds.push_back(BFloat16Gemm::Tiles);
    return kinds;
}

void verifyProduct(GemmArguments x, const Floats &before)
{
    for (const BFloat16Gemm kind : kinds()) {
        Floats c = before;
        x.c = c.data();
        gemmInBFloat16(kind, x);
        verifyWithin(c, productReference(x, before), ceiling::product);
    }
}

double relativeError(const at::Tensor &found, const at::Tensor &expected)
{
    return ((found - expected).norm() / expected.norm()).item<double>();
}

struct LinearResult
{
    at::Tensor y;
    at::Tensor dx;
    at::Tensor dweight;
    at::Tensor dbias;
};

/// For the gradient `dy` of the result.
LinearResult trained(const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias,
                     const at::Tensor &dy, TrainingPrecision precision)
{
    const at::Tensor ownX = x.clone().requires_grad_(true);
    const at::Tensor ownWeight = weight.clone().requires_grad_(true);
    const at::Tensor ownBias = bias.defined() ? bias.clone().requires_grad_(true) : at::Tensor();
    const at::Tensor y = trainedLinear(ownX, ownWeight, ownBias, precision);
    y.backward(dy);
    return {y.detach(), ownX.grad(), ownWeight.grad(), bias.defined() ? ownBias.grad() : bias};
}

/// For the layers that are trained from now on.
void choose(BFloat16Gemm kind)
{
    KernelChoice choice = kernelChoice();
    choice.bfloat16Gemm = kind;
    setKernelChoice(choice);
}

at::Tensor halves(const at::Tensor &x)
{
    return x.to(at::kBFloat16).to(at::kDouble);
}

} // namespace

class TestBFloat16Products : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void rounding();
    void product_data();
    void product();
    void productOfParts();
    void productOfNothing();
    void sharedByThreads();
    void linear_data();
    void linear();
    void linearTwice();
    void severalLinears_data();
    void severalLinears();
    void float32IsUntouched();
    void onlyOneWantsAGradient();
};

// Where the processor lacks the instructions, everything is refused, which is then what is tested.
void TestBFloat16Products::initTestCase()
{
    at::manual_seed(7);
    if (multipliesBFloat16())
        return;
    float one = 1;
    QVERIFY_THROWS_EXCEPTION(
        Error, gemmInBFloat16(BFloat16Gemm::OneDnn,
                              {.a = &one, .b = &one, .c = &one, .m = 1, .n = 1, .k = 1}));
    QVERIFY(fastestTrainingPrecision() == TrainingPrecision::Float32);
}

void TestBFloat16Products::rounding()
{
    Floats values = randomFloats(5003, 1, 1e3);
    // Ties in both directions, zeros, the largest bfloat16 and the smallest normal number.
    for (const std::uint32_t bits : {0x3f808000U, 0x3f818000U, 0xbf808000U, 0x3f808001U,
                                     0x3f807fffU, 0U, 0x80000000U, 0x7f7f0000U, 0x00800000U})
        values.push_back(std::bit_cast<float>(bits));
    std::vector<std::uint16_t> found(values.size());
    roundToBFloat16(values.data(), found.data(), static_cast<std::int64_t>(values.size()));
    for (std::size_t i = 0; i < values.size(); ++i)
        QCOMPARE(found[i], rounded(values[i]));
}

void TestBFloat16Products::product_data()
{
    QTest::addColumn<int>("m");
    QTest::addColumn<int>("n");
    QTest::addColumn<int>("k");
    for (const int m : {1, 7, 65})
        for (const int n : {1, 7, 33, 312})
            for (const int k : {1, 27, 130})
                QTest::addRow("[%d, %d] x [%d, %d]", m, k, k, n) << m << n << k;
}

void TestBFloat16Products::product()
{
    if (!multipliesBFloat16())
        return;
    QFETCH(int, m);
    QFETCH(int, n);
    QFETCH(int, k);
    const Floats a = randomFloats(std::int64_t(m) * k, 1);
    const Floats b = randomFloats(std::int64_t(k) * n, 2, std::sqrt(3.0 / k));
    const Floats before = randomFloats(std::int64_t(m) * n, 3);
    const Floats bias = randomFloats(n, 4);
    // Each bit is one of the choices: A transposed, B transposed, added to C, bias.
    for (int choices = 0; choices < 16; ++choices) {
        GemmArguments x{.a = a.data(), .b = b.data(), .m = m, .n = n, .k = k};
        x.transpositionA = choices & 1 ? Transposition::Transposed : Transposition::None;
        x.transpositionB = choices & 2 ? Transposition::Transposed : Transposition::None;
        x.store = choices & 4 ? Store::Add : Store::Replace;
        x.bias = choices & 8 ? bias.data() : nullptr;
        verifyProduct(x, choices & 4 ? before : Floats(before.size(), 9.0f));
    }
}

void TestBFloat16Products::productOfParts()
{
    if (!multipliesBFloat16())
        return;
    constexpr std::int64_t stride = 41;
    const Floats a = randomFloats(40 * stride, 1);
    const Floats b = randomFloats(40 * stride, 2);
    for (const Transposition transpositionA : {Transposition::None, Transposition::Transposed}) {
        for (const Transposition transpositionB :
             {Transposition::None, Transposition::Transposed}) {
            GemmArguments x{.a = a.data(), .b = b.data(), .m = 35, .n = 3, .k = 20};
            x.transpositionA = transpositionA;
            x.transpositionB = transpositionB;
            x.strideA = x.strideB = x.strideC = stride;
            verifyProduct(x, Floats(35 * stride, 9.0f));
        }
    }
}

void TestBFloat16Products::productOfNothing()
{
    if (!multipliesBFloat16())
        return;
    Floats c{1, 2};
    const Floats bias{3, 4};
    const BFloat16GemmArguments none{.c = c.data(), .m = 1, .n = 2, .k = 0};
    BFloat16GemmArguments x = none;
    x.m = 0;
    gemm(x);
    QCOMPARE(c, (Floats{1, 2}));
    x = none;
    x.store = Store::Add;
    gemm(x);
    QCOMPARE(c, (Floats{1, 2}));
    x.bias = bias.data();
    gemm(x);
    QCOMPARE(c, (Floats{4, 6}));
    gemm(none);
    QCOMPARE(c, (Floats{0, 0}));
}

void TestBFloat16Products::sharedByThreads()
{
    if (!multipliesBFloat16())
        return;
    std::vector<double> errors(2, 1);
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 2; ++thread) {
        threads.emplace_back([&, thread] {
            double largest = 0;
            for (int round = 0; round < 20; ++round) {
                const Floats a = randomFloats(90 * 40, 10 * round + thread);
                const Floats b = randomFloats(40 * 50, 10 * round + thread + 5, 0.3);
                Floats c(90 * 50);
                GemmArguments x{.a = a.data(), .b = b.data(), .c = c.data()};
                x.m = 1 + (round * 7 + thread) % 90;
                x.n = 50;
                x.k = 40;
                gemmInBFloat16(kinds().back(), x);
                largest = std::max(largest, errorOf(c, productReference(x, Floats(c.size()))));
            }
            errors[thread] = largest;
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QVERIFY(errors[0] <= ceiling::product);
    QVERIFY(errors[1] <= ceiling::product);
}

void TestBFloat16Products::linear_data()
{
    QTest::addColumn<int>("tokens");
    QTest::addColumn<int>("out");
    QTest::addColumn<int>("in");
    QTest::addColumn<bool>("bias");
    QTest::addColumn<int>("kind");
    for (const BFloat16Gemm kind : kinds()) {
        const auto row = [kind](const char *name) -> QTestData & {
            return QTest::addRow("%s, %s", name, std::string(bfloat16GemmName(kind)).c_str());
        };
        const int number = static_cast<int>(kind);
        row("one token") << 1 << 23 << 19 << true << number;
        row("odd") << 37 << 23 << 19 << true << number;
        row("whole blocks") << 64 << 64 << 96 << true << number;
        row("without bias") << 33 << 2 << 384 << false << number;
        row("as trained") << 270 << 768 << 384 << true << number;
        row("deep") << 40 << 70 << 3100 << true << number;
    }
}

// bfloat16 has 8 bits: each rounded value is off by at most 2⁻⁹ of itself, a sum of such products
// by less than 2⁻⁸ of its size. The products themselves are checked against rounded inputs.
void TestBFloat16Products::linear()
{
    if (!multipliesBFloat16())
        return;
    QFETCH(int, tokens);
    QFETCH(int, out);
    QFETCH(int, in);
    QFETCH(bool, bias);
    QFETCH(int, kind);
    choose(static_cast<BFloat16Gemm>(kind));
    const at::Tensor x = at::randn({tokens, in});
    const at::Tensor weight = at::randn({out, in}).mul(0.05);
    const at::Tensor b = bias ? at::randn({out}) : at::Tensor();
    const at::Tensor dy = at::randn({tokens, out});
    const LinearResult exact = trained(x, weight, b, dy, TrainingPrecision::Float32);
    const LinearResult found = trained(x, weight, b, dy, TrainingPrecision::BFloat16);
    const auto verify = [](const at::Tensor &one, const at::Tensor &other, const at::Tensor &half) {
        QVERIFY(one.sizes() == other.sizes() && one.is_contiguous());
        QCOMPARE(one.scalar_type(), at::kFloat);
        QVERIFY(relativeError(one, other) < 1.0 / 256);
        QVERIFY(relativeError(one.to(at::kDouble), half) < 1e-6);
    };
    at::Tensor y = halves(x).matmul(halves(weight).t());
    verify(found.y, exact.y, bias ? y.add(b) : y);
    verify(found.dx, exact.dx, halves(dy).matmul(halves(weight)));
    verify(found.dweight, exact.dweight, halves(dy).t().matmul(halves(x)));
    if (bias)
        QVERIFY(relativeError(found.dbias, exact.dbias) < 1e-6);
}

void TestBFloat16Products::linearTwice()
{
    if (!multipliesBFloat16())
        return;
    const at::Tensor x = at::randn({300, 96});
    const at::Tensor weight = at::randn({64, 96});
    const at::Tensor dy = at::randn({300, 64});
    const LinearResult one = trained(x, weight, {}, dy, TrainingPrecision::BFloat16);
    const LinearResult other = trained(x, weight, {}, dy, TrainingPrecision::BFloat16);
    QVERIFY(one.y.equal(other.y));
    QVERIFY(one.dx.equal(other.dx));
    QVERIFY(one.dweight.equal(other.dweight));
}

void TestBFloat16Products::severalLinears_data()
{
    QTest::addColumn<int>("precision");
    QTest::addColumn<int>("kind");
    QTest::newRow("float32") << int(TrainingPrecision::Float32) << 0;
    if (!multipliesBFloat16())
        return;
    for (const BFloat16Gemm kind : kinds())
        QTest::addRow("%s", std::string(bfloat16GemmName(kind)).c_str())
            << int(TrainingPrecision::BFloat16) << int(kind);
}

// The products are those of each layer alone; only the sum over layers in dx is taken in one.
void TestBFloat16Products::severalLinears()
{
    QFETCH(int, precision);
    QFETCH(int, kind);
    choose(static_cast<BFloat16Gemm>(kind));
    const auto chosen = static_cast<TrainingPrecision>(precision);
    const at::Tensor x = at::randn({45, 70});
    const at::Tensor dy = at::randn({45, 3 * 20});
    std::vector<at::Tensor> weights, biases;
    at::Tensor dx = at::zeros_like(x);
    const at::Tensor ownX = x.clone().requires_grad_(true);
    for (int i = 0; i < 3; ++i) {
        weights.push_back(at::randn({20, 70}).requires_grad_(true));
        biases.push_back(at::randn({20}).requires_grad_(true));
    }
    const at::Tensor y = trainedLinears(ownX, weights, biases, chosen);
    y.backward(dy);
    for (int i = 0; i < 3; ++i) {
        const LinearResult one = trained(x, weights[i].detach(), biases[i].detach(),
                                         dy.narrow(1, 20 * i, 20).contiguous(), chosen);
        QVERIFY(relativeError(y.narrow(1, 20 * i, 20), one.y) < 1e-6);
        QVERIFY(relativeError(weights[i].grad(), one.dweight) < 1e-6);
        QVERIFY(relativeError(biases[i].grad(), one.dbias) < 1e-6);
        dx.add_(one.dx);
    }
    QVERIFY(relativeError(ownX.grad(), dx) < 1e-6);
}

void TestBFloat16Products::float32IsUntouched()
{
    const at::Tensor x = at::randn({50, 24});
    const at::Tensor weight = at::randn({30, 24});
    at::Tensor y = at::empty({50, 30});
    GemmArguments product{.a = x.data_ptr<float>(), .b = weight.data_ptr<float>()};
    product.c = y.data_ptr<float>();
    product.m = 50;
    product.n = 30;
    product.k = 24;
    product.transpositionB = Transposition::Transposed;
    gemm(product);
    QVERIFY(trainedLinear(x, weight, {}).equal(y));
    QVERIFY(trainedLinear(x, weight, {}, TrainingPrecision::Float32).equal(y));
}

void TestBFloat16Products::onlyOneWantsAGradient()
{
    if (!multipliesBFloat16())
        return;
    const at::Tensor x = at::randn({9, 24});
    const at::Tensor weight = at::randn({30, 24});
    for (const BFloat16Gemm kind : kinds()) {
        choose(kind);
        const at::Tensor ownX = x.clone().requires_grad_(true);
        const at::Tensor ownWeight = weight.clone().requires_grad_(true);
        trainedLinear(x, ownWeight, {}, TrainingPrecision::BFloat16).sum().backward();
        trainedLinear(ownX, weight, {}, TrainingPrecision::BFloat16).sum().backward();
        QVERIFY(!x.grad().defined() && !weight.grad().defined());
        QVERIFY(relativeError(ownWeight.grad().to(at::kDouble),
                              halves(x).sum(0, true).expand({30, 24})) < 1e-6);
        QVERIFY(relativeError(ownX.grad().to(at::kDouble),
                              halves(weight).sum(0, true).expand({9, 24})) < 1e-6);
    }
}

QTEST_GUILESS_MAIN(TestBFloat16Products)
#include "tst_bfloat16products.moc"
