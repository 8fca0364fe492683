// Codes taken with scales that were chosen before, against plain loops in double.
#include "core/base/error.h"
#include "core/base/random.h"
#include "core/weights/factor.h"
#include "core/weights/scales.h"

#include <ATen/ATen.h>
#include <cmath>
#include <functional>

#include <QTest>

using namespace pare;

namespace {

at::Tensor noise(std::int64_t rows, std::int64_t columns, std::uint64_t seed)
{
    Random random(seed);
    at::Tensor tensor = at::empty({rows, columns}, at::kFloat);
    for (std::int64_t i = 0; i < tensor.numel(); ++i)
        tensor.data_ptr<float>()[i] =
            static_cast<float>(random.uniform() + random.uniform() - 0.9) * 0.1f;
    return tensor;
}

at::Tensor someMask(std::int64_t rows, std::int64_t columns)
{
    Random random(8);
    at::Tensor mask = at::empty({rows, columns}, at::kBool);
    for (std::int64_t i = 0; i < mask.numel(); ++i)
        mask.data_ptr<bool>()[i] = random.uniform() < 0.6;
    return mask;
}

std::int64_t slotOf(const Codec &codec, std::int64_t row, std::int64_t column, std::int64_t columns)
{
    if (codec.granularity == Granularity::Tensor)
        return 0;
    if (codec.granularity == Granularity::Channel)
        return row;
    return row * ((columns + codec.group - 1) / codec.group) + column / codec.group;
}

/// Section by section: clip(round(x/s) + z) back to s·(q − z).
double rounded(double x, double scale, int zero, const Codec &codec)
{
    const int levels = codec.symmetric ? (1 << (codec.bits - 1)) - 1 : (1 << codec.bits) - 1;
    const double low = codec.symmetric ? -levels : -zero;
    const double high = codec.symmetric ? levels : levels - zero;
    return scale == 0 ? 0 : scale * std::clamp(std::nearbyint(x / scale), low, high);
}

std::vector<Codec> affineCodecs()
{
    std::vector<Codec> codecs;
    for (const int bits : {2, 3, 4, 8})
        for (const bool symmetric : {true, false}) {
            codecs.push_back({CodecKind::Affine, bits, Granularity::Tensor, 0, symmetric});
            codecs.push_back({CodecKind::Affine, bits, Granularity::Channel, 0, symmetric});
            codecs.push_back({CodecKind::Affine, bits, Granularity::Group, 8, symmetric});
        }
    return codecs;
}

} // namespace

class ScalesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void clipsToTheNearest_data();
    void clipsToTheNearest();
    void composes_data();
    void composes();
    void keepsWhatIsOnTheGrid();
    void zeroScaleMeansZeros();
    void refuses_data();
    void refuses();
};

void ScalesTest::clipsToTheNearest_data()
{
    QTest::addColumn<int>("number");
    for (std::size_t i = 0; i < affineCodecs().size(); ++i)
        QTest::newRow(describe(affineCodecs()[i]).c_str()) << int(i);
}

void ScalesTest::clipsToTheNearest()
{
    QFETCH(int, number);
    const Codec codec = affineCodecs()[std::size_t(number)];
    const std::int64_t rows = 13, columns = 21;
    const at::Tensor values = noise(rows, columns, 3);
    const at::Tensor mask = someMask(rows, columns);
    Scales scales = minMaxScales(values, codec);
    scales.scales = scales.scales.to(at::kFloat).mul(0.6).to(at::kHalf);
    for (const at::Tensor &kept : {at::Tensor(), mask}) {
        const at::Tensor decoded = Factor::encodedWithScales(values, codec, scales, kept).values();
        bool clipped = false;
        for (std::int64_t i = 0; i < rows; ++i)
            for (std::int64_t j = 0; j < columns; ++j) {
                const std::int64_t slot = slotOf(codec, i, j, columns);
                const double scale = scales.scales[slot].item<float>();
                const int zero = codec.symmetric ? 0 : scales.zeroPoints[slot].item<int>();
                const double x = values[i][j].item<float>();
                const bool stays = !kept.defined() || kept[i][j].item<bool>();
                const double expected = stays ? rounded(x, scale, zero, codec) : 0;
                QCOMPARE(decoded[i][j].item<float>(), static_cast<float>(expected));
                clipped |= stays && std::abs(expected - x) > 0.51 * scale;
            }
        QVERIFY(clipped);
    }
}

void ScalesTest::composes_data()
{
    clipsToTheNearest_data();
}

void ScalesTest::composes()
{
    QFETCH(int, number);
    const Codec codec = affineCodecs()[std::size_t(number)];
    const at::Tensor values = noise(13, 21, 4);
    const at::Tensor mask = someMask(13, 21);
    const Factor whole = Factor::encoded(values, codec, mask);
    const Factor parts =
        Factor::encodedWithScales(values, codec, minMaxScales(values, codec, mask), mask);
    const auto expected = whole.packed("w"), found = parts.packed("w");
    QCOMPARE(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i)
        QVERIFY(found[i].name == expected[i].name && at::equal(found[i].data, expected[i].data));
    // Scales see kept weights only.
    const at::Tensor hidden = values.clone().masked_fill_(mask.logical_not(), 5);
    QVERIFY(at::equal(minMaxScales(hidden, codec, mask).scales,
                      minMaxScales(values, codec, mask).scales));
    QVERIFY(!at::equal(minMaxScales(hidden, codec).scales, minMaxScales(values, codec).scales));
}

void ScalesTest::keepsWhatIsOnTheGrid()
{
    for (const Codec &codec : affineCodecs()) {
        const Scales scales = minMaxScales(noise(9, 30, 5), codec);
        const at::Tensor grid = Factor::encodedWithScales(noise(9, 30, 6), codec, scales).values();
        QVERIFY(at::equal(Factor::encodedWithScales(grid, codec, scales).values(), grid));
    }
}

void ScalesTest::zeroScaleMeansZeros()
{
    for (const bool symmetric : {true, false}) {
        const Codec codec{CodecKind::Affine, 4, Granularity::Channel, 0, symmetric};
        Scales scales = minMaxScales(noise(4, 6, 5), codec);
        scales.scales[2] = 0;
        const at::Tensor decoded =
            Factor::encodedWithScales(noise(4, 6, 5), codec, scales).values();
        QVERIFY(decoded[2].eq(0).all().item<bool>());
        QVERIFY(decoded[1].ne(0).any().item<bool>());
    }
}

void ScalesTest::refuses_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<bool>("symmetric");
    for (const char *change : {"too few", "single precision", "negative", "infinite", "none"}) {
        QTest::addRow("symmetric, %s", change) << change << true;
        QTest::addRow("asymmetric, %s", change) << change << false;
    }
    for (const char *change : {"zero points missing", "zero point beyond", "zero points too few"})
        QTest::newRow(change) << change << false;
    QTest::newRow("zero points of a symmetric codec") << "zero points too many" << true;
}

void ScalesTest::refuses()
{
    QFETCH(QString, change);
    QFETCH(bool, symmetric);
    const Codec codec{CodecKind::Affine, 3, Granularity::Channel, 0, symmetric};
    const at::Tensor values = noise(4, 6, 5);
    Scales scales = minMaxScales(values, codec);
    if (change == "too few")
        scales.scales = scales.scales.slice(0, 0, 3);
    else if (change == "single precision")
        scales.scales = scales.scales.to(at::kFloat);
    else if (change == "negative")
        scales.scales = scales.scales.neg();
    else if (change == "infinite")
        scales.scales[1] = INFINITY;
    else if (change == "none")
        scales.scales = at::Tensor();
    else if (change == "zero points missing")
        scales.zeroPoints = at::Tensor();
    else if (change == "zero point beyond")
        scales.zeroPoints[1] = 8;
    else if (change == "zero points too few")
        scales.zeroPoints = scales.zeroPoints.slice(0, 0, 3);
    else
        scales.zeroPoints = at::zeros({4}, at::kByte);
    try {
        Factor::encodedWithScales(values, codec, scales);
        QFAIL("accepted");
    } catch (const Error &error) {
        QVERIFY(error.kind() == ErrorKind::InvalidSetting);
    }
    at::Tensor broken = values.clone();
    broken[1][1] = NAN;
    QVERIFY_EXCEPTION_THROWN(Factor::encodedWithScales(broken, codec, minMaxScales(values, codec)),
                             Error);
}

QTEST_GUILESS_MAIN(ScalesTest)
#include "tst_scales.moc"
