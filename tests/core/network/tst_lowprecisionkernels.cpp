// Linear layers of 8 bits and of bfloat16, and the loops around them, against plain loops that
// round in the same places. Where the processor has no such instructions, they must say so.
#include "core/base/error.h"
#include "core/network/kernels/linearkernel.h"
#include "core/network/kernels/vectorcode.h"
#include "tests/core/network/kernelreference.h"

#include <QTest>

#include <bit>
#include <cstring>

using namespace pare;

namespace {

constexpr Epilogue epilogues[] = {Epilogue::None,      Epilogue::Gelu, Epilogue::GeluTanh,
                                  Epilogue::QuickGelu, Epilogue::Relu, Epilogue::Silu,
                                  Epilogue::Sigmoid,   Epilogue::Tanh};

// Beside kernelreference.h's, relative to max(1, |expected|): the same rounding was simulated, so
// what is left is the float32 of two scales, one product and one sum.
constexpr double sameRounding = 1e-6;

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

/// The nearest number with eight significant bits, of two the even one.
double bfloat16Of(double x)
{
    if (x == 0)
        return 0;
    const double step = std::ldexp(1.0, std::ilogb(x) - 7);
    return std::nearbyint(x / step) * step;
}

std::uint16_t upperHalf(double value)
{
    return static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(float(value)) >> 16);
}

/// An 8-bit layer with everything it is made of.
struct Layer8
{
    Layer8(LinearShape shape, std::uint64_t seed)
        : shape(shape)
        , scales(randomFloats(shape.out, seed))
        , bias(randomFloats(shape.out, seed + 1))
        , inputScale(randomFloats(shape.in, seed + 2))
    {
        Random random(seed + 3);
        for (std::int64_t i = 0; i < shape.out * shape.in; ++i)
            codes.push_back(static_cast<std::int8_t>(static_cast<int>(random.below(255)) - 127));
        for (float &scale : scales)
            scale = (std::abs(scale) + 0.1f) / (100 * std::sqrt(float(shape.in)));
        for (float &scale : inputScale)
            scale = 1.5f + scale;
    }

    std::unique_ptr<LinearKernel> kernel(Epilogue epilogue, bool scaled = false,
                                         bool biased = true) const
    {
        return makeInt8LinearKernel(
            {codes.data(), scales.data(), scaled ? inputScale.data() : nullptr},
            biased ? bias.data() : nullptr, shape, epilogue);
    }

    Doubles reference(const Floats &x, Epilogue epilogue, bool scaled = false,
                      bool biased = true) const
    {
        Doubles y;
        for (std::size_t row = 0; row < x.size() / shape.in; ++row) {
            Floats inputs(x.begin() + row * shape.in, x.begin() + (row + 1) * shape.in);
            float largest = 0;
            for (std::int64_t i = 0; i < shape.in; ++i) {
                inputs[i] *= scaled ? inputScale[i] : 1.0f;
                largest = std::max(largest, std::abs(inputs[i]));
            }
            std::vector<std::int64_t> rounded;
            for (const float value : inputs)
                rounded.push_back(
                    largest > 0 ? std::llrint(double(value) * double(127.0f / largest)) : 0);
            for (std::int64_t o = 0; o < shape.out; ++o) {
                std::int64_t sum = 0;
                for (std::int64_t i = 0; i < shape.in; ++i)
                    sum += rounded[i] * codes[o * shape.in + i];
                y.push_back(
                    activated(epilogue, double(sum) * (double(largest) / 127) * double(scales[o]) +
                                            (biased ? double(bias[o]) : 0)));
            }
        }
        return y;
    }

    LinearShape shape;
    std::vector<std::int8_t> codes;
    Floats scales;
    Floats bias;
    Floats inputScale;
};

bool runs(Precision precision)
{
    const LinearShape one{1, 1};
    const std::int8_t code = 1;
    const std::uint16_t value = 0x3f80;
    const float scale = 1;
    try {
        if (precision == Precision::Int8)
            makeInt8LinearKernel({&code, &scale}, nullptr, one, Epilogue::None);
        else
            makeBFloat16LinearKernel({&value}, nullptr, one, Epilogue::None);
        return true;
    } catch (const Error &error) {
        return error.kind() != ErrorKind::Unsupported;
    }
}

Floats resultOf(const LinearKernel &kernel, const Floats &x, std::int64_t tokens, std::int64_t out)
{
    Floats y(static_cast<std::size_t>(tokens * out), std::nanf(""));
    kernel.run(x.data(), y.data(), tokens);
    return y;
}

bool sameBits(const Floats &a, const Floats &b)
{
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

} // namespace

class TestLowPrecisionKernels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void instructionsAreAskedFor();
    void quantizedRows();
    void quantizedTies();
    void quantizedExtremes();
    void roundedRows();
    void rescaledRows();
    void activationsLeaveNoSubnormals();
    void int8_data();
    void int8();
    void int8OfManyTokens();
    void int8OfOddRows();
    void int8RowsAreIndependent();
    void bfloat16_data();
    void bfloat16();
    void bfloat16OfManyTokens();
    void holdsNoWiderCopy();
};

void TestLowPrecisionKernels::instructionsAreAskedFor()
{
    for (const Precision precision : {Precision::Int8, Precision::BFloat16}) {
        KernelChoice choice;
        setKernelChoice(choice);
        QCOMPARE(multipliesIn(precision), runs(precision));
        choice.int8 = choice.bfloat16 = LowPrecision::Float32;
        setKernelChoice(choice);
        QVERIFY(!multipliesIn(precision));
        QVERIFY(multipliesIn(Precision::Float32));
    }
}

void TestLowPrecisionKernels::quantizedRows()
{
    for (const VectorCode *code : supportedVectorCode()) {
        for (const std::int64_t width : {1, 2, 7, 15, 16, 17, 64, 77, 768}) {
            const Floats x = randomFloats(width, width, 3);
            const Floats inputScale = randomFloats(width, width + 1);
            for (const float *scales : {static_cast<const float *>(nullptr), inputScale.data()}) {
                std::vector<std::int8_t> codes(static_cast<std::size_t>(width) + 1, 99);
                const double scale = code->quantizeRow(x.data(), scales, width, codes.data());
                double largest = 0;
                for (std::int64_t i = 0; i < width; ++i) {
                    const double value = double(scales ? x[i] * scales[i] : x[i]);
                    largest = std::max(largest, std::abs(value));
                    QVERIFY(std::abs(value / scale - codes[i]) <= 0.5 + 2e-5);
                    QVERIFY(codes[i] >= -127);
                }
                QVERIFY(std::abs(scale * 127 / largest - 1) < 2e-7);
                QCOMPARE(int(codes.back()), 99);
            }
        }
    }
}

void TestLowPrecisionKernels::quantizedTies()
{
    const Floats x{127, 0.5f, 1.5f, 2.5f, -0.5f, -1.5f, -2.5f, -127, 126.5f, -0.0f};
    const std::vector<std::int8_t> expected{127, 0, 2, 2, 0, -2, -2, -127, 126, 0};
    for (const VectorCode *code : supportedVectorCode()) {
        std::vector<std::int8_t> codes(x.size());
        QCOMPARE(code->quantizeRow(x.data(), nullptr, std::ssize(x), codes.data()), 1.0f);
        QVERIFY(codes == expected);
    }
}

void TestLowPrecisionKernels::quantizedExtremes()
{
    const float infinity = std::numeric_limits<float>::infinity();
    for (const VectorCode *code : supportedVectorCode()) {
        std::vector<std::int8_t> codes(33, 99);
        const auto scaleOf = [&](float value) {
            Floats x = randomFloats(33, 1);
            x[32] = value;
            return code->quantizeRow(x.data(), nullptr, 33, codes.data());
        };
        QVERIFY(std::isnan(scaleOf(std::nanf(""))));
        QVERIFY(std::isnan(scaleOf(-std::nanf(""))));
        QVERIFY(std::isnan(scaleOf(infinity)));
        QVERIFY(std::isnan(scaleOf(-infinity)));
        QVERIFY(std::isfinite(scaleOf(-3e38f)));
        QCOMPARE(int(codes[32]), -127);
        QCOMPARE(int(codes[0]), 0);
        for (const float size : {0.0f, 1e-38f, 1e-31f}) {
            const Floats x = randomFloats(33, 2, size);
            QCOMPARE(code->quantizeRow(x.data(), nullptr, 33, codes.data()), 0.0f);
            QVERIFY(std::ranges::all_of(codes, [](int c) { return c == 0; }));
        }
        const Floats x = randomFloats(33, 2, 1e-29);
        QVERIFY(code->quantizeRow(x.data(), nullptr, 33, codes.data()) > 0);
        QVERIFY(std::ranges::any_of(codes, [](int c) { return c == 127 || c == -127; }));
    }
}

void TestLowPrecisionKernels::roundedRows()
{
    Floats x = randomFloats(3000, 1);
    for (std::size_t i = 0; i < x.size(); ++i) // all sizes
        x[i] = std::ldexp(x[i], static_cast<int>(i % 200) - 100);
    x.insert(x.end(), {0.0f, -0.0f, 1.0f, 1.00390625f, 1.01171875f, -1.00390625f, 1.0039063f,
                       3.4e38f, -3.4e38f, 1e-40f});
    const Floats inputScale = randomFloats(std::ssize(x), 2);
    for (const VectorCode *code : supportedVectorCode()) {
        std::vector<std::uint16_t> found(x.size() + 1, 7);
        code->roundRow(x.data(), nullptr, std::ssize(x), found.data());
        for (std::size_t i = 0; i + 1 < x.size(); ++i)
            QCOMPARE(std::bit_cast<float>(std::uint32_t(found[i]) << 16),
                     float(bfloat16Of(double(x[i]))));
        QCOMPARE(int(found.back()), 7);
        code->roundRow(x.data(), inputScale.data(), std::ssize(x), found.data());
        for (std::size_t i = 0; i + 3 < x.size(); ++i)
            QCOMPARE(std::bit_cast<float>(std::uint32_t(found[i]) << 16),
                     float(bfloat16Of(double(x[i] * inputScale[i]))));
        const Floats none{std::nanf(""), -std::nanf(""), std::bit_cast<float>(0x7f800001u),
                          std::numeric_limits<float>::infinity()};
        code->roundRow(none.data(), nullptr, 4, found.data());
        for (int i = 0; i < 3; ++i)
            QVERIFY(std::isnan(std::bit_cast<float>(std::uint32_t(found[i]) << 16)));
        QCOMPARE(int(found[3]), 0x7f80);
    }
}

void TestLowPrecisionKernels::rescaledRows()
{
    for (const VectorCode *code : supportedVectorCode()) {
        for (const std::int64_t count : {1, 5, 16, 31, 4001}) {
            for (const Epilogue epilogue : epilogues) {
                for (const bool biased : {true, false}) {
                    const Floats scales = randomFloats(count, 5, 0.01);
                    const Floats bias = randomFloats(count, 6);
                    Floats values;
                    Doubles expected;
                    for (std::int64_t i = 0; i < count; ++i) {
                        const auto sum = static_cast<std::int32_t>((i - count / 2) * 40 + 3);
                        values.push_back(std::bit_cast<float>(sum));
                        expected.push_back(
                            activated(epilogue, double(sum) * 0.01f * double(scales[i]) +
                                                    (biased ? double(bias[i]) : 0)));
                    }
                    RescaleArguments arguments;
                    arguments.values = values.data();
                    arguments.count = count;
                    arguments.scales = scales.data();
                    arguments.scale = 0.01f;
                    arguments.bias = biased ? bias.data() : nullptr;
                    arguments.epilogue = epilogue;
                    code->rescaleRow(arguments);
                    verifyWithin(values, expected, ceiling::activation);
                }
            }
        }
    }
}

void TestLowPrecisionKernels::activationsLeaveNoSubnormals()
{
    for (const VectorCode *code : supportedVectorCode()) {
        for (const Epilogue epilogue : epilogues) {
            Floats values;
            for (int sum = -2000; sum < 0; ++sum)
                values.push_back(std::bit_cast<float>(sum));
            const Floats ones(values.size(), 1);
            RescaleArguments arguments;
            arguments.values = values.data();
            arguments.count = std::ssize(values);
            arguments.scales = ones.data();
            arguments.scale = 0.02f;
            arguments.epilogue = epilogue;
            code->rescaleRow(arguments);
            QVERIFY(std::ranges::none_of(
                values, [](float y) { return std::fpclassify(y) == FP_SUBNORMAL; }));
        }
    }
}

void TestLowPrecisionKernels::int8_data()
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

void TestLowPrecisionKernels::int8()
{
    if (!runs(Precision::Int8))
        return;
    QFETCH(int, tokens);
    QFETCH(int, out);
    QFETCH(int, in);
    const Layer8 layer({out, in}, 10);
    const Floats x = randomFloats(std::int64_t(tokens) * in, 1, 3);
    for (const bool scaled : {false, true}) {
        for (const bool biased : {false, true}) {
            const auto kernel = layer.kernel(Epilogue::Gelu, scaled, biased);
            QVERIFY(kernel->name().starts_with("int8 oneDNN ("));
            verifyWithin(resultOf(*kernel, x, tokens, out),
                         layer.reference(x, Epilogue::Gelu, scaled, biased), sameRounding);
        }
    }
    for (const Epilogue epilogue : epilogues)
        verifyWithin(resultOf(*layer.kernel(epilogue), x, tokens, out),
                     layer.reference(x, epilogue), sameRounding);
}

void TestLowPrecisionKernels::int8OfManyTokens()
{
    if (!runs(Precision::Int8))
        return;
    const std::int64_t tokens = 2 * 2048 + 64 + 5;
    const Layer8 layer({5, 9}, 3);
    const Floats x = randomFloats(tokens * 9, 1);
    const auto kernel = layer.kernel(Epilogue::None);
    verifyWithin(resultOf(*kernel, x, tokens, 5), layer.reference(x, Epilogue::None), sameRounding);
    Floats untouched{1.0f};
    kernel->run(x.data(), untouched.data(), 0);
    QCOMPARE(untouched.front(), 1.0f);
}

void TestLowPrecisionKernels::int8OfOddRows()
{
    if (!runs(Precision::Int8))
        return;
    const Layer8 layer({40, 33}, 3);
    Floats x = randomFloats(5 * 33, 1);
    std::fill_n(x.begin() + 33, 33, 0.0f); // a row of zeros gives the bias
    const auto kernel = layer.kernel(Epilogue::None);
    const Floats y = resultOf(*kernel, x, 5, 40);
    verifyWithin(y, layer.reference(x, Epilogue::None), sameRounding);
    for (int o = 0; o < 40; ++o)
        QCOMPARE(y[40 + o], layer.bias[o]);
    // What is not finite shows, in its own row only.
    x[2 * 33 + 5] = std::numeric_limits<float>::infinity();
    const Floats broken = resultOf(*kernel, x, 5, 40);
    for (int i = 0; i < 5 * 40; ++i) {
        if (i / 40 == 2)
            QVERIFY(!std::isfinite(broken[i]));
        else
            QCOMPARE(broken[i], y[i]);
    }
}

void TestLowPrecisionKernels::int8RowsAreIndependent()
{
    if (!runs(Precision::Int8))
        return;
    constexpr std::int64_t tokens = 200;
    const Layer8 layer({312, 100}, 3);
    const Floats x = randomFloats(tokens * 100, 1);
    const auto kernel = layer.kernel(Epilogue::Gelu);
    setKernelThreads(2);
    const Floats together = resultOf(*kernel, x, tokens, 312);
    for (const int threads : {1, 2, 3}) {
        setKernelThreads(threads);
        QVERIFY(sameBits(resultOf(*kernel, x, tokens, 312), together));
        for (const std::int64_t some : {1, 7, 63, 64, 129}) {
            Floats apart;
            for (std::int64_t row = 0; row < tokens; row += some) {
                const std::int64_t rows = std::min(some, tokens - row);
                const Floats part(x.begin() + row * 100, x.begin() + (row + rows) * 100);
                const Floats y = resultOf(*kernel, part, rows, 312);
                apart.insert(apart.end(), y.begin(), y.end());
            }
            QVERIFY(sameBits(apart, together));
        }
    }
    setKernelThreads(2);
}

void TestLowPrecisionKernels::bfloat16_data()
{
    int8_data();
}

void TestLowPrecisionKernels::bfloat16()
{
    if (!runs(Precision::BFloat16))
        return;
    QFETCH(int, tokens);
    QFETCH(int, out);
    QFETCH(int, in);
    const Floats x = randomFloats(std::int64_t(tokens) * in, 1);
    const Floats weight = randomFloats(std::int64_t(out) * in, 2, std::sqrt(3.0 / in));
    const Floats bias = randomFloats(out, 3);
    const Floats inputScale = randomFloats(in, 4, 2);
    std::vector<std::uint16_t> values;
    for (const float value : weight)
        values.push_back(upperHalf(bfloat16Of(double(value))));
    for (const float *scales : {static_cast<const float *>(nullptr), inputScale.data()}) {
        const auto kernel = makeBFloat16LinearKernel({values.data(), scales}, bias.data(),
                                                     {out, in}, Epilogue::Gelu);
        QVERIFY(kernel->name().starts_with("bfloat16 oneDNN ("));
        Doubles expected;
        for (std::int64_t t = 0; t < tokens; ++t) {
            for (std::int64_t o = 0; o < out; ++o) {
                double rounded = double(bias[o]);
                double exact = rounded;
                double size = 0;
                for (std::int64_t i = 0; i < in; ++i) {
                    const double value = double(scales ? x[t * in + i] * scales[i] : x[t * in + i]);
                    const double factor = double(weight[o * in + i]);
                    rounded += bfloat16Of(value) * bfloat16Of(factor);
                    exact += value * factor;
                    size += std::abs(value * factor);
                }
                // Eight significant bits: each factor within 2^-8 of itself.
                QVERIFY(std::abs(rounded - exact) <= size * 2.01 / 256);
                expected.push_back(activated(Epilogue::Gelu, rounded));
            }
        }
        verifyWithin(resultOf(*kernel, x, tokens, out), expected, 2 * ceiling::product);
    }
}

void TestLowPrecisionKernels::bfloat16OfManyTokens()
{
    if (!runs(Precision::BFloat16))
        return;
    const std::int64_t tokens = 2 * 2048 + 64 + 5;
    const Floats x(static_cast<std::size_t>(tokens) * 2, 1.0f);
    const std::uint16_t values[] = {0x3f80, 0x4000}; // 1, 2
    const auto kernel = makeBFloat16LinearKernel({values}, nullptr, {1, 2}, Epilogue::None);
    QVERIFY(resultOf(*kernel, x, tokens, 1) == Floats(static_cast<std::size_t>(tokens), 3.0f));
    Floats untouched{1.0f};
    kernel->run(x.data(), untouched.data(), 0);
    QCOMPARE(untouched.front(), 1.0f);
}

void TestLowPrecisionKernels::holdsNoWiderCopy()
{
    constexpr std::int64_t width = 768;
    const Layer8 layer({width, width}, 1);
    const std::vector<std::uint16_t> values(width * width, 0x3f80);
    if (runs(Precision::Int8)) {
        const std::int64_t bytes = layer.kernel(Epilogue::None)->bytes();
        QVERIFY(bytes >= width * (width + 8) && bytes <= width * (width + 8) * 51 / 50);
    }
    if (runs(Precision::BFloat16)) {
        const std::int64_t bytes = makeBFloat16LinearKernel({values.data()}, layer.bias.data(),
                                                            {width, width}, Epilogue::None)
                                       ->bytes();
        QVERIFY(bytes >= width * (2 * width + 4) && bytes <= width * (2 * width + 4) * 51 / 50);
    }
}

QTEST_GUILESS_MAIN(TestLowPrecisionKernels)
#include "tst_lowprecisionkernels.moc"
