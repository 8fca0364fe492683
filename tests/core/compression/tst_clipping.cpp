// Clipped ranges against sorting and a search in plain loops.
#include "tests/core/compression/fabricated.h"

#include "core/base/error.h"
#include "core/compression/quantize/clipping.h"
#include "core/weights/factor.h"

#include <ATen/Parallel.h>
#include <algorithm>
#include <map>

#include <QTest>

using namespace pare;

namespace {

at::Tensor randomMask(std::int64_t rows, std::int64_t columns, double kept)
{
    Random random(3);
    at::Tensor mask = at::empty({rows, columns}, at::kBool);
    for (std::int64_t i = 0; i < mask.numel(); ++i)
        mask.data_ptr<bool>()[i] = random.uniform() < kept;
    return mask;
}

/// With a few far-off weights, for which clipping pays.
at::Tensor heavyTailed(std::int64_t rows, std::int64_t columns, std::uint64_t seed)
{
    const at::Tensor values = randomTensor({rows, columns}, seed);
    return values.mul(values.mul(20).square().add(0.5));
}

std::map<std::int64_t, std::vector<double>> keptBySlot(const at::Tensor &values, const Codec &codec,
                                                       const at::Tensor &mask)
{
    std::map<std::int64_t, std::vector<double>> slots;
    const std::int64_t columns = values.size(1);
    for (std::int64_t i = 0; i < values.size(0); ++i)
        for (std::int64_t j = 0; j < columns; ++j) {
            const std::int64_t slot =
                codec.granularity == Granularity::Tensor ? 0
                : codec.granularity == Granularity::Channel
                    ? i
                    : i * ((columns + codec.group - 1) / codec.group) + j / codec.group;
            auto &kept = slots[slot];
            if (!mask.defined() || mask[i][j].item<bool>())
                kept.push_back(values[i][j].item<float>());
        }
    return slots;
}

double squaredError(const std::vector<double> &kept, double scale, int zero, const Codec &codec)
{
    const int levels = codec.symmetric ? (1 << (codec.bits - 1)) - 1 : (1 << codec.bits) - 1;
    const double low = codec.symmetric ? -levels : -zero;
    const double high = codec.symmetric ? levels : levels - zero;
    double sum = 0;
    for (const double x : kept)
        sum += std::pow(x - scale * std::clamp(std::nearbyint(x / scale), low, high), 2);
    return sum;
}

double errorOf(const std::vector<double> &kept, const Scales &scales, std::int64_t slot,
               const Codec &codec)
{
    return squaredError(kept, scales.scales[slot].item<float>(),
                        codec.symmetric ? 0 : scales.zeroPoints[slot].item<int>(), codec);
}

} // namespace

class TestClipping : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void percentileLeavesOut_data();
    void percentileLeavesOut();
    void mseIsTheBestOfTheGrid_data();
    void mseIsTheBestOfTheGrid();
    void masksDoNotCount();
    void emptySlots();
    void doesNotDependOnThreads();
    void refusesWhatIsNotFinite();
};

void TestClipping::percentileLeavesOut_data()
{
    QTest::addColumn<int>("granularity");
    QTest::addColumn<bool>("symmetric");
    QTest::addColumn<bool>("masked");
    for (const int granularity : {0, 1, 2})
        for (const bool symmetric : {true, false})
            for (const bool masked : {true, false})
                QTest::addRow("%d %s %s", granularity, symmetric ? "symmetric" : "asymmetric",
                              masked ? "masked" : "")
                    << granularity << symmetric << masked;
}

void TestClipping::percentileLeavesOut()
{
    QFETCH(int, granularity);
    QFETCH(bool, symmetric);
    QFETCH(bool, masked);
    const Codec codec{CodecKind::Affine, 4, Granularity(granularity), 2100, symmetric};
    const at::Tensor values = heavyTailed(3, 4300, 5);
    const at::Tensor mask = masked ? randomMask(3, 4300, 0.7) : at::Tensor();
    const Scales scales = clippedScales(values, codec, mask, Clip::Percentile);
    for (auto [slot, kept] : keptBySlot(values, codec, mask)) {
        if (symmetric)
            for (double &x : kept)
                x = std::abs(x);
        std::ranges::sort(kept);
        const std::size_t left = kept.size() / 1000;
        const double high = kept[kept.size() - 1 - left];
        const double expected = symmetric ? high / 7 : (high - std::min(0.0, kept[left])) / 15;
        const double found = scales.scales[slot].item<float>();
        QVERIFY(std::abs(found - expected) <= expected / 2048);
        if (!symmetric)
            QVERIFY(std::abs(scales.zeroPoints[slot].item<int>() + kept[left] / found) <= 0.501);
    }
    const Scales whole = minMaxScales(values, codec, mask);
    QVERIFY(scales.scales.to(at::kFloat).lt(whole.scales.to(at::kFloat)).any().item<bool>());
}

void TestClipping::mseIsTheBestOfTheGrid_data()
{
    QTest::addColumn<int>("bits");
    QTest::addColumn<int>("granularity");
    QTest::addColumn<bool>("symmetric");
    QTest::addColumn<bool>("masked");
    for (const int bits : {2, 3, 4, 8})
        for (const int granularity : {0, 1, 2})
            for (const bool symmetric : {true, false})
                for (const bool masked : {true, false})
                    QTest::addRow("%d bits %d %s %s", bits, granularity,
                                  symmetric ? "symmetric" : "asymmetric", masked ? "masked" : "")
                        << bits << granularity << symmetric << masked;
}

void TestClipping::mseIsTheBestOfTheGrid()
{
    QFETCH(int, bits);
    QFETCH(int, granularity);
    QFETCH(bool, symmetric);
    QFETCH(bool, masked);
    const Codec codec{CodecKind::Affine, bits, Granularity(granularity), 16, symmetric};
    const at::Tensor values = heavyTailed(5, 70, 6);
    const at::Tensor mask = masked ? randomMask(5, 70, 0.6) : at::Tensor();
    const Scales clipped = clippedScales(values, codec, mask, Clip::Mse);
    const Scales plain = minMaxScales(values, codec, mask);
    double before = 0, after = 0;
    for (const auto &[slot, kept] : keptBySlot(values, codec, mask)) {
        const double error = errorOf(kept, clipped, slot, codec);
        const double most = errorOf(kept, plain, slot, codec);
        QVERIFY(error <= most * (1 + 1e-6) + 1e-12);
        before += most;
        after += error;
        // Any other factor of the range is no better than the one that was taken.
        double low = 0, high = 0;
        for (const double x : kept) {
            low = std::min(low, x);
            high = std::max(high, x);
        }
        for (int percent = 20; percent <= 100; ++percent) {
            const double factor = percent / 100.0;
            const double range = symmetric ? std::max(high, -low) : high - low;
            const int levels = symmetric ? (1 << (bits - 1)) - 1 : (1 << bits) - 1;
            const double scale = static_cast<float>(c10::Half(float(factor * range / levels)));
            const int zero = symmetric ? 0 : int(std::nearbyint(-factor * low / scale));
            QVERIFY(error <= squaredError(kept, scale, zero, codec) * 1.02 + 1e-12);
        }
    }
    if (bits == 2 && granularity != int(Granularity::Group))
        QVERIFY(after < 0.9 * before);
    // What the factor holds is what was searched for.
    const at::Tensor decoded = Factor::encodedWithScales(values, codec, clipped, mask).values();
    const at::Tensor target = masked ? values.mul(mask) : values;
    const double found = decoded.sub(target).to(at::kDouble).square().sum().item<double>();
    QVERIFY(std::abs(found - after) <= 1e-5 * after);
}

void TestClipping::masksDoNotCount()
{
    const at::Tensor values = heavyTailed(4, 1500, 7);
    const at::Tensor mask = randomMask(4, 1500, 0.8);
    const at::Tensor other = values.masked_fill(mask.logical_not(), 3);
    for (const Clip clip : {Clip::MinMax, Clip::Percentile, Clip::Mse})
        for (const bool symmetric : {true, false}) {
            const Codec codec{CodecKind::Affine, 3, Granularity::Channel, 0, symmetric};
            const Scales a = clippedScales(values, codec, mask, clip);
            const Scales b = clippedScales(other, codec, mask, clip);
            QVERIFY(at::equal(a.scales, b.scales));
            QVERIFY(symmetric || at::equal(a.zeroPoints, b.zeroPoints));
        }
}

void TestClipping::emptySlots()
{
    at::Tensor values = heavyTailed(3, 1200, 7);
    values[0].zero_();
    at::Tensor mask = at::ones({3, 1200}, at::kBool);
    mask[2].zero_();
    for (const Clip clip : {Clip::MinMax, Clip::Percentile, Clip::Mse}) {
        const Codec codec{CodecKind::Affine, 3, Granularity::Channel};
        const Scales scales = clippedScales(values, codec, mask, clip);
        QCOMPARE(scales.scales[0].item<float>(), 0.f);
        QVERIFY(scales.scales[1].item<float>() > 0.f);
        QCOMPARE(scales.scales[2].item<float>(), 0.f);
    }
    // Magnitudes at the end of what float32 holds.
    for (const double tiny : {1e-12, 1e-40, 1e-45}) {
        const Scales scales = clippedScales(
            at::full({1, 4}, tiny), {CodecKind::Affine, 2, Granularity::Tensor}, {}, Clip::Mse);
        QVERIFY(scales.scales[0].item<float>() > 0.f);
    }
}

void TestClipping::doesNotDependOnThreads()
{
    const at::Tensor values = heavyTailed(200, 700, 9);
    const int before = at::get_num_threads();
    for (const Clip clip : {Clip::Percentile, Clip::Mse})
        for (const auto granularity : {Granularity::Tensor, Granularity::Group}) {
            const Codec codec{CodecKind::Affine, 4, granularity, 64};
            at::set_num_threads(1);
            const Scales one = clippedScales(values, codec, {}, clip);
            at::set_num_threads(2);
            QVERIFY(at::equal(one.scales, clippedScales(values, codec, {}, clip).scales));
        }
    at::set_num_threads(before);
}

void TestClipping::refusesWhatIsNotFinite()
{
    const at::Tensor values = heavyTailed(4, 30, 7);
    values[2][3] = NAN;
    at::Tensor mask = at::ones({4, 30}, at::kBool);
    const Codec codec{CodecKind::Affine, 3};
    for (const Clip clip : {Clip::MinMax, Clip::Percentile, Clip::Mse})
        QVERIFY_EXCEPTION_THROWN(clippedScales(values, codec, mask, clip), Error);
    mask[2][3] = false;
    for (const Clip clip : {Clip::MinMax, Clip::Percentile, Clip::Mse})
        QVERIFY(clippedScales(values, codec, mask, clip).scales.isfinite().all().item<bool>());
}

QTEST_GUILESS_MAIN(TestClipping)
#include "tst_clipping.moc"
