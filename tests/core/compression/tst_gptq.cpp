// GPTQ against optimal brain quantization done one column at a time: an explicit inverse, from which
// each column is eliminated in double precision.
#include "tests/core/compression/inputs.h"

#include "core/base/error.h"
#include "core/compression/outputerror.h"
#include "core/compression/quantize/gptq.h"

#include <ATen/Parallel.h>
#include <algorithm>
#include <numeric>

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

/// A scale in half precision for the kept ones of some weights of a row, and a zero point.
struct Grid
{
    double scale = 0;
    double zero = 0;
    double levels = 0;
    bool symmetric = true;

    Grid() = default;
    Grid(const std::vector<double> &kept, const Codec &codec)
        : levels(codec.symmetric ? (1 << (codec.bits - 1)) - 1 : (1 << codec.bits) - 1)
        , symmetric(codec.symmetric)
    {
        double low = 0, high = 0;
        for (const double x : kept) {
            low = std::min(low, x);
            high = std::max(high, x);
        }
        const double range = symmetric ? std::max(high, -low) : high - low;
        scale = static_cast<float>(c10::Half(static_cast<float>(range / levels)));
        zero = scale > 0 ? std::nearbyint(-low / scale) : 0;
    }

    double nearest(double x) const
    {
        if (scale == 0)
            return 0;
        const double low = symmetric ? -levels : -zero;
        const double high = symmetric ? levels : levels - zero;
        return scale * std::clamp(std::nearbyint(x / scale), low, high);
    }
};

/// The paper's equations (2) and (3), a column at a time; no blocks, no decomposition.
Matrix eliminated(Matrix w, const Matrix &moment, const GptqOptions &options,
                  const at::Tensor &mask)
{
    const std::size_t rows = w.size(), in = moment.size();
    double mean = 0;
    for (std::size_t i = 0; i < in; ++i)
        mean += moment[i][i] / static_cast<double>(in);
    std::vector<std::size_t> order(in);
    std::iota(order.begin(), order.end(), 0);
    if (options.actOrder)
        std::ranges::stable_sort(
            order, [&](std::size_t a, std::size_t b) { return moment[a][a] > moment[b][b]; });
    Matrix h = moment;
    for (std::size_t i = 0; i < in; ++i) {
        if (h[i][i] == 0) {
            h[i][i] = mean;
            for (auto &row : w)
                row[i] = 0;
        }
    }
    for (std::size_t i = 0; i < in; ++i)
        h[i][i] += options.damping * mean;
    const auto kept = [&](std::size_t row, std::size_t column) {
        return !mask.defined() ||
               mask[static_cast<std::int64_t>(row)][static_cast<std::int64_t>(column)].item<bool>();
    };
    const Codec &codec = options.codec;
    const std::size_t width =
        codec.granularity == Granularity::Group ? static_cast<std::size_t>(codec.group) : in;
    const auto gridOf = [&](std::size_t row, std::size_t column) {
        std::vector<double> some;
        for (std::size_t i = 0; i < rows; ++i) {
            if (i != row && codec.granularity != Granularity::Tensor)
                continue;
            const std::size_t begin = column / width * width;
            for (std::size_t j = begin; j < std::min(in, begin + width); ++j)
                if (kept(i, j))
                    some.push_back(w[i][j]);
        }
        return Grid(some, codec);
    };
    std::vector<std::vector<Grid>> grids(rows, std::vector<Grid>((in + width - 1) / width));
    const bool late = codec.granularity == Granularity::Group && !options.actOrder;
    for (std::size_t i = 0; i < rows && !late; ++i)
        for (std::size_t g = 0; g < grids[i].size(); ++g)
            grids[i][g] = i > 0 && codec.granularity == Granularity::Tensor ? grids[0][0]
                                                                            : gridOf(i, g * width);
    Matrix result(rows, std::vector<double>(in));
    Matrix inverse = inverseOf(h);
    for (const std::size_t k : order) {
        for (std::size_t i = 0; i < rows; ++i) {
            if (late && k % width == 0)
                grids[i][k / width] = gridOf(i, k);
            result[i][k] = kept(i, k) ? grids[i][k / width].nearest(w[i][k]) : 0;
            const double error = (w[i][k] - result[i][k]) / inverse[k][k];
            for (std::size_t j = 0; j < in; ++j)
                w[i][j] -= error * inverse[k][j]; // those done before have an inverse of 0
        }
        const std::vector<double> row = inverse[k];
        for (std::size_t i = 0; i < in; ++i)
            for (std::size_t j = 0; j < in; ++j)
                inverse[i][j] -= row[i] * row[j] / row[k];
        for (std::size_t j = 0; j < in; ++j)
            inverse[k][j] = inverse[j][k] = 0;
    }
    return result;
}

Codec affine(int bits, Granularity granularity, std::int64_t group = 0, bool symmetric = true)
{
    return {CodecKind::Affine, bits, granularity, group, symmetric};
}

} // namespace

Q_DECLARE_METATYPE(pare::GptqOptions)

class TestGptq : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matchesElimination_data();
    void matchesElimination();
    void identityIsRounding();
    void beatsRounding_data();
    void beatsRounding();
    void spreadsWhatPruningTookAway();
    void blocksDoNotMatter();
    void clips();
    void deadInputs();
    void deficientMoment();
    void doesNotDependOnThreads();
    void cancels();
    void refuses();
    void outputErrorIsThatOfTheOutputs();
};

void TestGptq::matchesElimination_data()
{
    QTest::addColumn<GptqOptions>("options");
    QTest::addColumn<bool>("masked");
    QTest::addColumn<bool>("dead");
    for (const int bits : {2, 3, 4, 8})
        for (const bool symmetric : {true, false})
            for (const bool actOrder : {false, true})
                for (const int group : {0, 1, 16, 24, 40})
                    for (const bool masked : {false, true}) {
                        const Codec codec =
                            group == 0   ? affine(bits, Granularity::Channel, 0, symmetric)
                            : group == 1 ? affine(bits, Granularity::Tensor, 0, symmetric)
                                         : affine(bits, Granularity::Group, group, symmetric);
                        GptqOptions options{codec, actOrder};
                        options.block = group == 40 ? 16 : 32;
                        QTest::addRow("%s%s%s", describe(codec).c_str(),
                                      actOrder ? ", act-order" : "", masked ? ", masked" : "")
                            << options << masked << (bits == 4);
                    }
}

void TestGptq::matchesElimination()
{
    QFETCH(GptqOptions, options);
    QFETCH(bool, masked);
    QFETCH(bool, dead);
    const std::int64_t out = 7, in = 90;
    const at::Tensor values = randomTensor({out, in}, 4);
    at::Tensor inputs = correlatedInputs(200, in, 5);
    if (dead)
        for (const std::int64_t column : {0, 33, 89})
            inputs.select(1, column).zero_();
    const at::Tensor moment = momentOf(inputs);
    const at::Tensor mask = masked ? randomMask(out, in, 0.6) : at::Tensor();
    const Matrix expected = eliminated(asMatrix(values), asMatrix(moment), options, mask);
    const Factor factor = gptq(values, moment, options, mask, silentProgress());
    QVERIFY(factor.codec() == options.codec);
    const Matrix found = asMatrix(factor.values());
    int different = 0;
    for (std::size_t i = 0; i < expected.size(); ++i)
        for (std::size_t j = 0; j < expected[i].size(); ++j)
            different += std::abs(found[i][j] - expected[i][j]) > 1e-6;
    // A weight in the middle between two codes may fall either way, and changes the rest of its
    // row.
    QVERIFY2(different <= 3, qPrintable(QString::number(different)));
    if (masked)
        QVERIFY(factor.values().masked_select(mask.logical_not()).eq(0).all().item<bool>());
}

void TestGptq::identityIsRounding()
{
    const at::Tensor values = randomTensor({70, 300}, 6);
    const at::Tensor mask = randomMask(70, 300, 0.7);
    for (const bool symmetric : {true, false})
        for (const bool actOrder : {true, false})
            for (const auto granularity :
                 {Granularity::Tensor, Granularity::Channel, Granularity::Group})
                for (const at::Tensor &kept : {at::Tensor(), mask}) {
                    const Codec codec = affine(3, granularity, 64, symmetric);
                    const Factor plain = Factor::encoded(values, codec, kept);
                    const Factor found = gptq(values, at::eye(300, at::kDouble).mul(17),
                                              {codec, actOrder}, kept, silentProgress());
                    QVERIFY(at::equal(found.values(), plain.values()));
                    QVERIFY(found.bytesByPart() == plain.bytesByPart());
                }
}

void TestGptq::beatsRounding_data()
{
    QTest::addColumn<GptqOptions>("options");
    QTest::addColumn<double>("most"); // of plain rounding's error
    for (const bool actOrder : {false, true}) {
        const char *order = actOrder ? "act-order" : "as stored";
        const auto add = [&](const Codec &codec, double most) {
            QTest::addRow("%s, %s", describe(codec).c_str(), order)
                << GptqOptions{codec, actOrder} << most;
        };
        add(affine(2, Granularity::Group, 64, false), 0.9);
        add(affine(3, Granularity::Channel), 0.6);
        add(affine(4, Granularity::Channel), 0.6);
        add(affine(4, Granularity::Group, 128), 0.6);
        add(affine(4, Granularity::Tensor, 0, false), 0.6);
        add(affine(8, Granularity::Channel), 0.6);
    }
}

void TestGptq::beatsRounding()
{
    QFETCH(GptqOptions, options);
    QFETCH(double, most);
    const at::Tensor values = randomTensor({64, 256}, 7);
    const at::Tensor moment = momentOf(correlatedInputs(600, 256, 8));
    const double plain =
        outputError(values, Factor::encoded(values, options.codec).values(), moment);
    const double found =
        outputError(values, gptq(values, moment, options, {}, silentProgress()).values(), moment);
    QVERIFY2(found < most * plain, qPrintable(QString("%1 of %2").arg(found).arg(plain)));
}

void TestGptq::spreadsWhatPruningTookAway()
{
    const at::Tensor values = randomTensor({40, 200}, 7);
    const at::Tensor moment = momentOf(correlatedInputs(500, 200, 9));
    const at::Tensor mask = randomMask(40, 200, 0.5);
    const Codec codec = affine(8, Granularity::Channel);
    const Factor plain = Factor::encoded(values, codec, mask);
    const Factor found = gptq(values, moment, {codec}, mask, silentProgress());
    QVERIFY(found.values().masked_select(mask.logical_not()).eq(0).all().item<bool>());
    QCOMPARE(found.keptCount(), plain.keptCount());
    QVERIFY(outputError(values, found.values(), moment) <
            0.85 * outputError(values, plain.values(), moment));
}

void TestGptq::blocksDoNotMatter()
{
    const at::Tensor values = randomTensor({20, 150}, 7);
    const at::Tensor moment = momentOf(correlatedInputs(400, 150, 9));
    for (const auto granularity : {Granularity::Channel, Granularity::Group}) {
        GptqOptions options{affine(4, granularity, 48)};
        const at::Tensor whole = gptq(values, moment, options, {}, silentProgress()).values();
        for (const std::int64_t block : {1, 7, 48, 64, 1000}) {
            options.block = block;
            const at::Tensor other = gptq(values, moment, options, {}, silentProgress()).values();
            QVERIFY(at::ne(whole, other).sum().item<std::int64_t>() <= 3);
        }
    }
}

void TestGptq::clips()
{
    at::Tensor values = randomTensor({30, 120}, 7);
    values.select(1, 5).mul_(6);
    const at::Tensor moment = momentOf(correlatedInputs(400, 120, 9));
    for (const auto granularity : {Granularity::Channel, Granularity::Group}) {
        GptqOptions options{affine(3, granularity, 40)};
        const double plain = outputError(
            values, gptq(values, moment, options, {}, silentProgress()).values(), moment);
        options.clip = Clip::Mse;
        const Factor clipped = gptq(values, moment, options, {}, silentProgress());
        QVERIFY(outputError(values, clipped.values(), moment) < plain);
    }
}

void TestGptq::deadInputs()
{
    at::Tensor inputs = correlatedInputs(300, 60, 9);
    inputs.select(1, 7).zero_();
    const at::Tensor moment = momentOf(inputs);
    const at::Tensor values = randomTensor({10, 60}, 7);
    for (const bool actOrder : {true, false}) {
        const at::Tensor found = gptq(values, moment, {affine(4, Granularity::Group, 20), actOrder},
                                      {}, silentProgress())
                                     .values();
        QVERIFY(found.select(1, 7).eq(0).all().item<bool>());
        QVERIFY(found.select(1, 8).ne(0).any().item<bool>());
    }
}

void TestGptq::deficientMoment()
{
    // Fewer tokens than inputs and no damping: the decomposition only exists with some.
    const at::Tensor values = randomTensor({16, 80}, 7);
    const at::Tensor moment = momentOf(correlatedInputs(20, 80, 9));
    GptqOptions options{affine(4, Granularity::Channel)};
    options.damping = 0;
    const Factor found = gptq(values, moment, options, {}, silentProgress());
    QVERIFY(found.values().isfinite().all().item<bool>());
    QVERIFY(outputError(values, found.values(), moment) <
            0.5 * outputError(values, Factor::encoded(values, options.codec).values(), moment));
}

void TestGptq::doesNotDependOnThreads()
{
    const at::Tensor values = randomTensor({300, 160}, 7);
    const at::Tensor moment = momentOf(correlatedInputs(400, 160, 9));
    const int before = at::get_num_threads();
    for (const Clip clip : {Clip::MinMax, Clip::Mse}) {
        const GptqOptions options{affine(4, Granularity::Group, 32), false, clip};
        at::set_num_threads(1);
        const Factor one = gptq(values, moment, options, {}, silentProgress());
        at::set_num_threads(2);
        QVERIFY(
            at::equal(one.values(), gptq(values, moment, options, {}, silentProgress()).values()));
    }
    at::set_num_threads(before);
}

void TestGptq::cancels()
{
    const at::Tensor values = randomTensor({8, 512}, 7);
    const at::Tensor moment = momentOf(correlatedInputs(600, 512, 9));
    const GptqOptions options{affine(4, Granularity::Channel)};
    CountingProgress whole;
    gptq(values, moment, options, {}, whole);
    QVERIFY(whole.checks() >= 5);
    for (int allowed = 0; allowed < whole.checks(); ++allowed) {
        CountingProgress progress(allowed);
        QVERIFY_EXCEPTION_THROWN(gptq(values, moment, options, {}, progress), Cancelled);
    }
}

void TestGptq::refuses()
{
    const at::Tensor values = randomTensor({8, 20}, 7);
    const at::Tensor moment = momentOf(correlatedInputs(60, 20, 9));
    const GptqOptions options{affine(4, Granularity::Channel)};
    const auto kindOf = [](const auto &work) {
        try {
            work();
        } catch (const Error &error) {
            return int(error.kind());
        }
        return -1;
    };
    const auto run = [&](const at::Tensor &w, const at::Tensor &m, const GptqOptions &o) {
        return kindOf([&] { gptq(w, m, o, {}, silentProgress()); });
    };
    QCOMPARE(run(values, moment, options), -1);
    at::Tensor broken = values.clone();
    broken[3][4] = NAN;
    QCOMPARE(run(broken, moment, options), int(ErrorKind::Unsupported));
    at::Tensor infinite = moment.clone();
    infinite[3][4] = INFINITY;
    QCOMPARE(run(values, infinite, options), int(ErrorKind::Unsupported));
    QCOMPARE(run(values, at::zeros_like(moment), options), int(ErrorKind::Unsupported));
    QCOMPARE(run(values, moment, {Codec{CodecKind::Ternary}}), int(ErrorKind::InvalidSetting));
    QCOMPARE(run(values, moment, {affine(9, Granularity::Channel)}),
             int(ErrorKind::InvalidSetting));
}

void TestGptq::outputErrorIsThatOfTheOutputs()
{
    constexpr std::int64_t tokens = 20, out = 600, in = 300; // several blocks of either
    const at::Tensor inputs = correlatedInputs(tokens, in, 5);
    const at::Tensor values = randomTensor({out, in}, 6);
    const at::Tensor other = values.add(randomTensor({out, in}, 7, 0.01));
    double difference = 0, output = 0;
    for (std::int64_t t = 0; t < tokens; ++t) {
        for (std::int64_t i = 0; i < out; ++i) {
            double y = 0, z = 0;
            for (std::int64_t j = 0; j < in; ++j) {
                const double x = inputs.data_ptr<float>()[t * in + j];
                y += x * values.data_ptr<float>()[i * in + j];
                z += x * other.data_ptr<float>()[i * in + j];
            }
            difference += (y - z) * (y - z);
            output += y * y;
        }
    }
    const double expected = std::sqrt(difference / output);
    const at::Tensor moment = momentOf(inputs);
    QVERIFY(std::abs(outputError(values, other, moment) - expected) < 1e-9);
    QVERIFY(std::abs(outputError(values, other, moment.mul(1e-6)) - expected) < 1e-9);
    QCOMPARE(outputError(values, values, moment), 0.0);
    QCOMPARE(outputError(values.to(at::kDouble), values, moment), 0.0);
    QCOMPARE(outputError(at::zeros_like(values), at::zeros_like(values), moment), 0.0);
    QVERIFY(std::isinf(outputError(at::zeros_like(values), values, moment)));
}

QTEST_GUILESS_MAIN(TestGptq)
#include "tst_gptq.moc"
