// Attention, and the hand-written loops of every instruction set, against plain loops.
#include "core/network/kernels/attention.h"
#include "core/network/kernels/vectorcode.h"
#include "tests/core/network/kernelreference.h"

#include <QTest>

#include <cmath>
#include <vector>

using namespace pare;

namespace {

constexpr AttentionKind attentionKinds[] = {AttentionKind::Tiled, AttentionKind::Aten};

} // namespace

class TestKernelAttention : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void attentionOfLength_data();
    void attentionOfLength();
    void attentionOfParts();
    void attentionOfExtremes();
    void attentionPassesNotANumberOn();
    void everyInstructionSet_data();
    void everyInstructionSet();
};

void TestKernelAttention::attentionOfLength_data()
{
    QTest::addColumn<int>("length");
    QTest::addColumn<int>("headWidth");
    for (const int length : {1, 2, 5, 6, 7, 15, 16, 17, 27, 31, 33, 63, 64, 65, 127, 130})
        for (const int headWidth : {1, 7, 26, 64})
            QTest::addRow("length %d, width %d", length, headWidth) << length << headWidth;
    QTest::addRow("several panels of width") << 9 << 150;
    QTest::addRow("long") << 600 << 8;
}

void TestKernelAttention::attentionOfLength()
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
            // A score of about 10 has an error of 10 * 2^-24 of its own, which the exponential
            // passes on.
            verifyWithin(out, attentionReference(x), 5 * ceiling::attention);
        }
    }
}

void TestKernelAttention::attentionOfParts()
{
    constexpr std::int64_t width = 3 * 20;
    const Floats queries = randomFloats(2 * 5 * 100, 1);
    const Floats keys = randomFloats(2 * 19 * 2 * width, 2);
    for (const AttentionMask mask : {AttentionMask::None, AttentionMask::Causal}) {
        for (const AttentionKind kind : attentionKinds) {
            Floats out(2 * 5 * 64, 7.0f);
            const AttentionArguments x{.q = queries.data(),
                                       .k = keys.data(),
                                       .v = keys.data() + width,
                                       .out = out.data(),
                                       .batch = 2,
                                       .length = 5,
                                       .keyLength = 19,
                                       .heads = 3,
                                       .headWidth = 20,
                                       .stride = 100,
                                       .keyStride = 2 * width,
                                       .outStride = 64,
                                       .scale = 0.3f,
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

void TestKernelAttention::attentionOfExtremes()
{
    // Scores of +-10,000: one key takes all, none overflows. And all scores equal: the mean.
    const Floats q{100, 0};
    const Floats keys{100, -100, 99};
    const Floats values{1, 2, 4};
    for (const AttentionKind kind : attentionKinds) {
        Floats out(2);
        attention(kind, {.q = q.data(),
                         .k = keys.data(),
                         .v = values.data(),
                         .out = out.data(),
                         .batch = 1,
                         .length = 2,
                         .keyLength = 3,
                         .heads = 1,
                         .headWidth = 1});
        verifyWithin(out, {1.0, 7.0 / 3}, ceiling::attention);
        attention(kind, {.q = q.data(),
                         .k = keys.data(),
                         .v = values.data(),
                         .out = out.data(),
                         .batch = 1,
                         .length = 2,
                         .keyLength = 3,
                         .heads = 1,
                         .headWidth = 1,
                         .scale = -1});
        verifyWithin(out, {2.0, 7.0 / 3}, ceiling::attention);
    }
}

void TestKernelAttention::attentionPassesNotANumberOn()
{
    Floats q = randomFloats(4, 1);
    const Floats k = randomFloats(4, 2);
    q[2] = std::nanf("");
    for (const AttentionKind kind : attentionKinds) {
        Floats out(4);
        attention(kind, {.q = q.data(),
                         .k = k.data(),
                         .v = k.data(),
                         .out = out.data(),
                         .batch = 1,
                         .length = 4,
                         .heads = 1,
                         .headWidth = 1});
        QVERIFY(std::isnan(out[2]));
        QVERIFY(std::isfinite(out[1]) && std::isfinite(out[3]));
    }
}

void TestKernelAttention::everyInstructionSet_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < supportedVectorCode().size(); ++i)
        QTest::newRow(supportedVectorCode()[i]->name.data()) << int(i);
}

void TestKernelAttention::everyInstructionSet()
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
                code.attendHead({.q = x.data(),
                                 .k = x.data() + length * width,
                                 .v = x.data() + 2 * length * width,
                                 .out = out.data(),
                                 .length = length,
                                 .keyLength = length,
                                 .headWidth = width,
                                 .stride = width,
                                 .keyStride = width,
                                 .outStride = width,
                                 .scale = 0.5f,
                                 .mask = mask,
                                 .scratch = aligned});
                verifyWithin(out,
                             attentionReference({.q = x.data(),
                                                 .k = x.data() + length * width,
                                                 .v = x.data() + 2 * length * width,
                                                 .batch = 1,
                                                 .length = length,
                                                 .heads = 1,
                                                 .headWidth = width,
                                                 .scale = 0.5f,
                                                 .mask = mask}),
                             ceiling::attention);
            }
            QVERIFY(
                std::all_of(aligned + needed, aligned + slack, [](float f) { return f == 3.0f; }));

            const NormArguments norm{.x = x.data(),
                                     .residual = x.data() + length * width,
                                     .y = out.data(),
                                     .tokens = length,
                                     .width = width,
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

QTEST_GUILESS_MAIN(TestKernelAttention)
#include "tst_kernelattention.moc"
