// K-means against Lloyd's algorithm as it is defined: every distance, in double.
#include "tests/core/compression/fabricated.h"

#include "core/base/error.h"
#include "core/compression/quantize/codebook.h"

#include <ATen/Parallel.h>
#include <algorithm>
#include <limits>
#include <map>
#include <set>

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

at::Tensor heavyTailed(std::int64_t rows, std::int64_t columns, std::uint64_t seed)
{
    const at::Tensor values = randomTensor({rows, columns}, seed);
    return values.mul(values.mul(20).square().add(0.5));
}

Codec codebook(int size, Granularity granularity, std::int64_t group = 0)
{
    return {CodecKind::Codebook, 8, granularity, group, true, size};
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

std::size_t nearest(const std::vector<double> &centres, double x)
{
    std::size_t best = 0;
    for (std::size_t c = 1; c < centres.size(); ++c)
        if (std::abs(x - centres[c]) < std::abs(x - centres[best]))
            best = c;
    return best;
}

double squaredError(const std::vector<double> &centres, const std::vector<double> &values)
{
    double sum = 0;
    for (const double x : values)
        sum += std::pow(x - centres[nearest(centres, x)], 2);
    return sum;
}

std::vector<double> linearGrid(const std::vector<double> &values, int size)
{
    const auto [low, high] = std::ranges::minmax(values);
    std::vector<double> centres;
    for (int i = 0; i < size; ++i)
        centres.push_back(low + (high - low) / (size - 1) * i);
    return centres;
}

/// Of the clusters, all distances each time; an empty one goes to the farthest weight of the one
/// with the largest error that has not given one away yet.
std::vector<double> lloyd(const std::vector<double> &values, int size)
{
    std::vector<double> centres = linearGrid(values, size);
    for (std::vector<std::size_t> before;;) {
        std::vector<std::size_t> now;
        for (const double x : values)
            now.push_back(nearest(centres, x));
        if (now == before)
            return centres;
        before = now;
        std::vector<std::vector<double>> members(centres.size());
        for (std::size_t i = 0; i < values.size(); ++i)
            members[now[i]].push_back(values[i]);
        std::vector<double> errors(centres.size());
        for (std::size_t c = 0; c < centres.size(); ++c) {
            if (members[c].empty())
                continue;
            double sum = 0;
            for (const double x : members[c])
                sum += x;
            centres[c] = sum / static_cast<double>(members[c].size());
            if (std::set(members[c].begin(), members[c].end()).size() == 1)
                continue;
            for (const double x : members[c])
                errors[c] += std::pow(x - centres[c], 2);
        }
        for (std::size_t c = 0; c < centres.size(); ++c) {
            const auto worst = std::ranges::max_element(errors);
            if (!members[c].empty() || *worst == 0)
                continue;
            const auto from = static_cast<std::size_t>(worst - errors.begin());
            const auto [low, high] = std::ranges::minmax(members[from]);
            const bool lower = centres[from] - low > (high - centres[from]) * 0.999999;
            centres[c] = lower ? low : high;
            *worst = 0;
        }
        std::ranges::sort(centres);
    }
}

} // namespace

class TestCodebook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matchesLloyd_data();
    void matchesLloyd();
    void noWorseThanTheGrid_data();
    void noWorseThanTheGrid();
    void toyExample();
    void fewDifferentWeights();
    void manyWeights();
    void emptySlots();
    void doesNotDependOnThreads();
    void refuses();
};

void TestCodebook::matchesLloyd_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("granularity");
    QTest::addColumn<int>("group");
    QTest::addColumn<bool>("masked");
    QTest::addColumn<bool>("tails");
    for (const int size : {2, 3, 4, 16, 64})
        for (const auto &[granularity, group] : {std::pair{0, 0}, {1, 0}, {2, 16}, {2, 50}})
            for (const bool masked : {false, true})
                for (const bool tails : {false, true})
                    QTest::addRow("%d of %d/%d%s%s", size, granularity, group,
                                  masked ? ", masked" : "", tails ? ", heavy tails" : "")
                        << size << granularity << group << masked << tails;
}

void TestCodebook::matchesLloyd()
{
    QFETCH(int, size);
    QFETCH(int, granularity);
    QFETCH(int, group);
    QFETCH(bool, masked);
    QFETCH(bool, tails);
    const Codec codec = codebook(size, Granularity(granularity), group);
    const at::Tensor values = tails ? heavyTailed(6, 120, 5) : randomTensor({6, 120}, 5);
    const at::Tensor mask = masked ? randomMask(6, 120, 0.6) : at::Tensor();
    const at::Tensor found = kMeansCodebook(values, codec, mask);
    const auto slots = keptBySlot(values, codec, mask);
    QCOMPARE(found.size(0), std::int64_t(slots.size()));
    for (const auto &[slot, kept] : slots) {
        const std::vector<double> expected = lloyd(kept, size);
        std::vector<double> own;
        for (int c = 0; c < size; ++c)
            own.push_back(found[slot][c].item<float>());
        QVERIFY(std::ranges::is_sorted(own));
        if (kept.size() < std::size_t(size)) { // unused values may stand anywhere
            QVERIFY(squaredError(own, kept) < 1e-12);
            continue;
        }
        for (std::size_t c = 0; c < own.size(); ++c)
            QVERIFY2(std::abs(own[c] - expected[c]) <= 1e-6 * std::abs(expected[c]) + 1e-9,
                     qPrintable(QString("%1 instead of %2").arg(own[c]).arg(expected[c])));
    }
    const Factor factor = kMeans(values, codec, mask);
    QVERIFY(factor.codec() == codec);
    QVERIFY(at::equal(factor.values(),
                      Factor::encodedWithCodebook(values, codec, found, mask).values()));
    if (masked)
        QVERIFY(factor.values().masked_select(mask.logical_not()).eq(0).all().item<bool>());
}

void TestCodebook::noWorseThanTheGrid_data()
{
    matchesLloyd_data();
}

void TestCodebook::noWorseThanTheGrid()
{
    QFETCH(int, size);
    QFETCH(int, granularity);
    QFETCH(int, group);
    QFETCH(bool, masked);
    QFETCH(bool, tails);
    const Codec codec = codebook(size, Granularity(granularity), group);
    const at::Tensor values = tails ? heavyTailed(6, 120, 6) : randomTensor({6, 120}, 6);
    const at::Tensor mask = masked ? randomMask(6, 120, 0.6) : at::Tensor();
    const at::Tensor found = kMeansCodebook(values, codec, mask).to(at::kDouble);
    for (const auto &[slot, kept] : keptBySlot(values, codec, mask)) {
        const double *row = found.data_ptr<double>() + slot * size;
        const double error = squaredError({row, row + size}, kept);
        QVERIFY(error <= squaredError(linearGrid(kept, size), kept) * (1 + 1e-6) + 1e-12);
    }
}

void TestCodebook::toyExample()
{
    // Figure 3 of Han et al. 2016: 16 weights, 4 values.
    const at::Tensor values = at::empty({4, 4}, at::kFloat);
    const float weights[] = {2.09f,  -0.98f, 1.48f, 0.09f,  0.05f, -0.14f, -1.08f, 2.12f,
                             -0.91f, 1.92f,  0.f,   -1.03f, 1.87f, 0.f,    1.53f,  1.49f};
    std::ranges::copy(weights, values.data_ptr<float>());
    const Codec codec = codebook(4, Granularity::Tensor);
    const at::Tensor found = kMeansCodebook(values, codec);
    const double centres[] = {-1.00, 0.00, 1.50, 2.00};
    for (int c = 0; c < 4; ++c)
        QVERIFY(std::abs(found[0][c].item<double>() - centres[c]) < 1e-6);
    const int codes[] = {3, 0, 2, 1, 1, 1, 0, 3, 0, 3, 1, 0, 3, 1, 2, 2};
    const at::Tensor decoded = kMeans(values, codec).values();
    for (int i = 0; i < 16; ++i)
        QVERIFY(std::abs(decoded[i / 4][i % 4].item<double>() - centres[codes[i]]) < 1e-3);
    // 64 bytes against 4 of codes and 4 values: 3.2 times less with values of 32 bits, as the paper
    // counts; ours have 16.
    const auto parts = kMeans(values, codec).bytesByPart();
    QCOMPARE(parts.at("values"), 4);
    QCOMPARE(parts.at("codebooks"), 8);
    QCOMPARE(64.0 / static_cast<double>(parts.at("values") + 2 * parts.at("codebooks")), 3.2);
}

void TestCodebook::fewDifferentWeights()
{
    at::Tensor values = at::empty({3, 40}, at::kFloat);
    for (std::int64_t i = 0; i < values.numel(); ++i)
        values.data_ptr<float>()[i] = 0.25f * static_cast<float>((i * i) % 7) - 0.5f;
    for (const int size : {7, 8, 16, 256}) {
        for (const auto granularity : {Granularity::Tensor, Granularity::Channel})
            QVERIFY(at::equal(kMeans(values, codebook(size, granularity)).values(), values));
    }
    const at::Tensor same = at::full({3, 40}, 0.125);
    QVERIFY(at::equal(kMeans(same, codebook(16, Granularity::Tensor)).values(), same));
}

void TestCodebook::manyWeights()
{
    // Enough for sorting by digits, with both signs, zeros and ties.
    at::Tensor values = randomTensor({60, 200}, 9);
    values.slice(0, 0, 4).zero_();
    values.slice(0, 4, 8).copy_(values.slice(0, 8, 12));
    const Codec codec = codebook(8, Granularity::Tensor);
    const std::vector<double> expected = lloyd(keptBySlot(values, codec, {}).at(0), 8);
    const at::Tensor found = kMeansCodebook(values, codec);
    for (int c = 0; c < 8; ++c)
        QVERIFY(std::abs(found[0][c].item<float>() - expected[std::size_t(c)]) < 1e-7);
}

void TestCodebook::emptySlots()
{
    const at::Tensor values = randomTensor({4, 32}, 9);
    at::Tensor mask = at::ones({4, 32}, at::kBool);
    mask[2].zero_();
    const Codec codec = codebook(4, Granularity::Group, 10);
    const at::Tensor found = kMeansCodebook(values, codec, mask);
    QCOMPARE(found.size(0), 16);
    QVERIFY(found.slice(0, 8, 12).eq(0).all().item<bool>());
    QVERIFY(kMeans(values, codec, mask).values()[2].eq(0).all().item<bool>());
}

void TestCodebook::doesNotDependOnThreads()
{
    const at::Tensor values = heavyTailed(300, 500, 9);
    const int before = at::get_num_threads();
    for (const auto granularity : {Granularity::Tensor, Granularity::Channel, Granularity::Group}) {
        const Codec codec = codebook(16, granularity, 64);
        at::set_num_threads(1);
        const at::Tensor one = kMeansCodebook(values, codec);
        at::set_num_threads(2);
        QVERIFY(at::equal(one, kMeansCodebook(values, codec)));
    }
    at::set_num_threads(before);
}

void TestCodebook::refuses()
{
    at::Tensor values = randomTensor({4, 32}, 9);
    QVERIFY_EXCEPTION_THROWN(kMeansCodebook(values, {CodecKind::Affine}), Error);
    QVERIFY_EXCEPTION_THROWN(kMeansCodebook(values, codebook(257, Granularity::Tensor)), Error);
    values[1][1] = NAN;
    QVERIFY_EXCEPTION_THROWN(kMeansCodebook(values, codebook(4, Granularity::Tensor)), Error);
    at::Tensor mask = at::ones({4, 32}, at::kBool);
    mask[1][1] = false;
    QVERIFY(kMeansCodebook(values, codebook(4, Granularity::Tensor), mask)
                .isfinite()
                .all()
                .item<bool>());
}

QTEST_GUILESS_MAIN(TestCodebook)
#include "tst_codebook.moc"
