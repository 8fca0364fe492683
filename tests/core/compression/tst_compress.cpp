// Plans carried out on weights: against slow references that share no code, and by their
// properties.
#include "tests/core/compression/fabricated.h"

#include "core/base/error.h"
#include "core/compression/compress.h"
#include "core/compression/factorize/svd.h"
#include "core/compression/layerrecords.h"

#include <algorithm>
#include <limits>

#include <QTest>

using namespace pare;

namespace {

struct Compressed
{
    ModelDescription model;
    ModelWeights original;
    RecipePlan plan;
    ModelWeights weights;

    at::Tensor before(const std::string &layer) const
    {
        return denseValues(original.resolved(layer).weight);
    }
    at::Tensor after(const std::string &layer) const
    {
        return denseValues(weights.resolved(layer).weight);
    }
    const Factor &factor(const std::string &layer) const
    {
        return std::get<Factor>(weights.layers.at(layer).weight);
    }
};

RecipePlan planOf(const std::vector<std::string> &steps, const ModelDescription &model)
{
    Recipe recipe;
    for (const std::string &step : steps)
        recipe.steps.push_back(parsedStep(step));
    return plan(recipe, model);
}

Compressed compressedBy(const std::vector<std::string> &steps, const Fabricated &options = {})
{
    Compressed result{fabricatedModel(options), {}, {}, {}};
    result.original = fabricatedWeights(result.model);
    result.plan = planOf(steps, result.model);
    result.weights = compressed(result.original, result.plan, silentProgress());
    return result;
}

double errorOf(const Compressed &result, const std::string &layer)
{
    return relativeError(result.before(layer), result.after(layer));
}

double roundedToHalf(double value)
{
    return static_cast<float>(c10::Half(static_cast<float>(value)));
}

/// Round to nearest as the definitions say, weight by weight in double precision; `group` weights
/// of a row share a scale (0: the whole row). The range holds 0.
at::Tensor referenceAffine(const at::Tensor &values, int bits, std::int64_t group, bool symmetric)
{
    at::Tensor result = at::empty_like(values);
    const std::int64_t width = values.size(1), length = group > 0 ? group : width;
    for (std::int64_t row = 0; row < values.size(0); ++row) {
        for (std::int64_t begin = 0; begin < width; begin += length) {
            const std::int64_t end = std::min(begin + length, width);
            double low = 0, high = 0;
            for (std::int64_t i = begin; i < end; ++i) {
                low = std::min<double>(low, values[row][i].item<float>());
                high = std::max<double>(high, values[row][i].item<float>());
            }
            const double levels = symmetric ? (1 << (bits - 1)) - 1 : (1 << bits) - 1;
            const double scale =
                roundedToHalf((symmetric ? std::max(-low, high) : high - low) / levels);
            const double zero =
                symmetric ? 0 : std::clamp(std::nearbyint(-low / scale), 0.0, levels);
            for (std::int64_t i = begin; i < end; ++i) {
                const double code = std::nearbyint(values[row][i].item<float>() / scale) + zero;
                result[row][i] =
                    scale * (std::clamp(code, symmetric ? -levels : 0.0, levels) - zero);
            }
        }
    }
    return result;
}

class CountingProgress : public Progress
{
public:
    explicit CountingProgress(int cancelAfter = std::numeric_limits<int>::max())
        : m_cancelAfter(cancelAfter)
    {}
    void report(const ProgressReport &report) override
    {
        ++m_reports;
        last = report;
    }
    bool cancelled() const override { return m_reports >= m_cancelAfter; }

    ProgressReport last;

private:
    int m_cancelAfter;
    int m_reports = 0;
};

} // namespace

class TestCompress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void errorCeilings_data();
    void errorCeilings();
    void affineMatchesReference_data();
    void affineMatchesReference();
    void moreBitsLoseLess();
    void prunedWeightsAreTheSmallest();
    void lowRankIsBest();
    void everyFactorIsPrunedAndQuantized();
    void globalPruningCounts();
    void sharedLayersUseTheirOwner();
    void sharedRecordsCompareWithTheirOwn();
    void tiedHeadFollows();
    void untouchedLayersAreNotCopied();
    void orderDoesNotMatter();
    void keepsDtype();
    void laterRecipesKeepWhatTheyDoNotSet();
    void idempotent_data();
    void idempotent();
    void refusesNotFinite();
    void refusesWhatACodecCannotHold();
    void reportsAndCancels();
    void sweepDecomposesOnce();
};

/// The ceilings: relative error of normal weights in a 96 x 384 matrix. The theory behind them: a
/// step of s costs s/√12; normal weights of a row of 384 reach about 3.1 deviations.
void TestCompress::errorCeilings_data()
{
    QTest::addColumn<QString>("step");
    QTest::addColumn<double>("floor");
    QTest::addColumn<double>("ceiling");
    QTest::newRow("8 bits") << "quantize.affine bits=8" << 0.005 << 0.009;
    QTest::newRow("8 bits, one scale")
        << "quantize.affine bits=8 granularity=tensor" << 0.008 << 0.012;
    QTest::newRow("8 bits, groups") << "quantize.affine bits=8 group=64" << 0.004 << 0.0065;
    QTest::newRow("8 bits, asymmetric") << "quantize.affine bits=8 symmetric=no" << 0.005 << 0.0085;
    QTest::newRow("6 bits") << "quantize.affine bits=6" << 0.02 << 0.035;
    QTest::newRow("4 bits") << "quantize.affine bits=4" << 0.10 << 0.15;
    QTest::newRow("4 bits, groups") << "quantize.affine bits=4 group=32" << 0.07 << 0.11;
    QTest::newRow("4 bits, groups, asymmetric")
        << "quantize.affine bits=4 group=32 symmetric=no" << 0.06 << 0.095;
    QTest::newRow("3 bits, groups") << "quantize.affine bits=3 group=32" << 0.15 << 0.25;
    QTest::newRow("2 bits, groups") << "quantize.affine bits=2 group=32" << 0.4 << 0.75;
    QTest::newRow("half pruned") << "prune.magnitude sparsity=0.5" << 0.26
                                 << 0.28; // √0.0716 of the normal's mass
    QTest::newRow("half of each row") << "prune.magnitude sparsity=0.5 scope=row" << 0.26 << 0.28;
    QTest::newRow("2:4") << "prune.magnitude pattern=2:4" << 0.35 << 0.38; // 0.364 simulated
    QTest::newRow("90 % pruned") << "prune.magnitude sparsity=0.9" << 0.72 << 0.76;
    QTest::newRow("rank at half of the parameters") << "factorize.svd keep=0.5" << 0.55 << 0.66;
    QTest::newRow("rank at all of the parameters") << "factorize.svd keep=1" << 0.20 << 0.38;
}

void TestCompress::errorCeilings()
{
    QFETCH(QString, step);
    QFETCH(double, floor);
    QFETCH(double, ceiling);
    const Compressed result = compressedBy({step.toStdString() + " @ encoder.0.ffn.up"},
                                           {.blocks = 1, .width = 384, .inner = 96});
    const double error = errorOf(result, "encoder.0.ffn.up");
    QVERIFY2(error > floor && error < ceiling, qPrintable(QString::number(error)));
    const auto records =
        recordsOf(result.plan, result.original, result.weights);
    for (const LayerRecord &record : records)
        QCOMPARE(record.weightError, record.name == "encoder.0.ffn.up" ? error : 0.0);
}

void TestCompress::affineMatchesReference_data()
{
    QTest::addColumn<int>("bits");
    QTest::addColumn<int>("group");
    QTest::addColumn<bool>("symmetric");
    for (const int bits : {2, 3, 4, 5, 8}) {
        for (const int group : {0, 5, 16, 1000}) {
            for (const bool symmetric : {true, false})
                QTest::addRow("%d bits, group %d, %s", bits, group,
                              symmetric ? "symmetric" : "asymmetric")
                    << bits << group << symmetric;
        }
    }
}

void TestCompress::affineMatchesReference()
{
    QFETCH(int, bits);
    QFETCH(int, group);
    QFETCH(bool, symmetric);
    const std::string step =
        fmt::format("quantize.affine bits={} symmetric={}{}", bits, symmetric ? "yes" : "no",
                    group > 0 ? fmt::format(" group={}", group) : std::string());
    const Compressed result = compressedBy({step}, {.blocks = 1});
    const at::Tensor reference =
        referenceAffine(result.before("encoder.0.ffn.up"), bits, group, symmetric);
    QVERIFY(at::allclose(result.after("encoder.0.ffn.up"), reference, 1e-6, 1e-9));
}

void TestCompress::moreBitsLoseLess()
{
    for (const char *how : {"", " granularity=tensor", " group=8", " symmetric=no"}) {
        double before = 1;
        for (int bits = 2; bits <= 8; ++bits) {
            const Compressed result =
                compressedBy({fmt::format("quantize.affine bits={}{}", bits, how)}, {.blocks = 1});
            const double error = errorOf(result, "encoder.0.ffn.down");
            QVERIFY(error > 0 && error < before);
            before = error;
        }
    }
}

void TestCompress::prunedWeightsAreTheSmallest()
{
    const Compressed result = compressedBy({"prune.magnitude sparsity=0.4"});
    for (const char *layer : {"encoder.0.attention.query", "encoder.3.ffn.down"}) {
        const at::Tensor before = result.before(layer), after = result.after(layer);
        const at::Tensor kept = after.ne(0);
        QCOMPARE(kept.sum().item<std::int64_t>(),
                 before.numel() - std::llround(0.4 * before.numel()));
        QVERIFY(before.mul(kept).equal(after));
        const float smallestKept = before.masked_select(kept).abs().min().item<float>();
        QVERIFY(smallestKept >= before.masked_select(kept.logical_not()).abs().max().item<float>());
    }
    QCOMPARE(result.factor("encoder.0.ffn.up").keptCount(), 56 * 24 - std::llround(0.4 * 56 * 24));
}

void TestCompress::lowRankIsBest()
{
    const Compressed result = compressedBy({"factorize.svd rank=7"});
    for (const char *layer :
         {"encoder.0.attention.query", "encoder.1.ffn.up", "encoder.2.ffn.down"}) {
        const auto &product = std::get<Product>(result.weights.layers.at(layer).weight);
        QCOMPARE(product.left.shape()[1], 7);
        QCOMPARE(product.right.shape()[0], 7);
        const at::Tensor before = result.before(layer);
        const at::Tensor values = decomposed(before, silentProgress()).singularValues.square();
        const double expected =
            std::sqrt(values.slice(0, 7).sum().item<double>() / values.sum().item<double>());
        QVERIFY(std::abs(errorOf(result, layer) - expected) < 1e-6);
    }
}

void TestCompress::everyFactorIsPrunedAndQuantized()
{
    const Compressed result = compressedBy(
        {"quantize.affine bits=4", "prune.magnitude sparsity=0.25", "factorize.svd rank=8"});
    const auto &product = std::get<Product>(result.weights.layers.at("encoder.0.ffn.up").weight);
    for (const Factor *factor : {&product.left, &product.right}) {
        QCOMPARE(factor->codec().bits, 4);
        QCOMPARE(factor->keptCount(), factor->count() - std::llround(0.25 * factor->count()));
        QVERIFY(
            factor->values().masked_select(factor->mask().logical_not()).eq(0).all().item<bool>());
    }
}

void TestCompress::globalPruningCounts()
{
    const Compressed result =
        compressedBy({"prune.magnitude sparsity=0.37 scope=global @ role=query,up"});
    std::int64_t all = 0, kept = 0;
    float smallestKept = 1e9f, largestRemoved = 0;
    for (const Layer &layer : result.model.layers) {
        if (layer.role != LayerRole::Query && layer.role != LayerRole::Up)
            continue;
        const at::Tensor before = result.before(layer.name), stays = result.after(layer.name).ne(0);
        all += before.numel();
        kept += stays.sum().item<std::int64_t>();
        smallestKept =
            std::min(smallestKept, before.masked_select(stays).abs().min().item<float>());
        largestRemoved = std::max(
            largestRemoved, before.masked_select(stays.logical_not()).abs().max().item<float>());
    }
    QCOMPARE(kept, all - std::llround(0.37 * static_cast<double>(all)));
    QVERIFY(smallestKept >= largestRemoved);

    // A later step takes its layers out of the pool.
    const Compressed parts =
        compressedBy({"prune.magnitude sparsity=0.5 scope=global @ role=query,up",
                      "prune.magnitude sparsity=0.9 @ role=up"});
    kept = 0;
    for (int block = 0; block < 4; ++block) {
        kept += parts.factor(fmt::format("encoder.{}.attention.query", block)).keptCount();
        QCOMPARE(parts.factor(fmt::format("encoder.{}.ffn.up", block)).keptCount(), 1344 - 1210);
    }
    QCOMPARE(kept, 4 * 24 * 24 / 2);
}

void TestCompress::sharedLayersUseTheirOwner()
{
    const Compressed result = compressedBy(
        {"share.layers mode=sandwich", "quantize.affine bits=8 @ block=2"}, {.blocks = 5});
    for (const int block : {2, 3}) {
        const LayerWeights &layer =
            result.weights.layers.at(fmt::format("encoder.{}.ffn.up", block));
        QCOMPARE(std::get<Shared>(layer.weight).layer, std::string("encoder.1.ffn.up"));
        QVERIFY(!layer.bias.defined());
        QVERIFY(result.weights.resolved(fmt::format("encoder.{}.ffn.up", block)).bias.defined());
        QVERIFY(std::holds_alternative<Factor>(
            result.weights.layers.at(fmt::format("encoder.{}.ffn.norm", block)).weight));
    }
    QCOMPARE(result.factor("encoder.1.ffn.up").codec().bits, 8);
    QVERIFY(result.factor("encoder.0.ffn.up").codec().isDense() &&
            result.factor("encoder.4.ffn.up").codec().isDense());

    const Compressed all = compressedBy({"share.layers mode=all"});
    const LayerWeights &norm = all.weights.layers.at("encoder.3.attention.norm");
    QVERIFY(std::holds_alternative<Shared>(norm.weight) && !norm.bias.defined());
    QVERIFY(all.after("encoder.3.ffn.up").equal(all.before("encoder.0.ffn.up")));
}

void TestCompress::sharedRecordsCompareWithTheirOwn()
{
    const Compressed result = compressedBy({"share.layers mode=ffn"});
    for (const LayerRecord &record :
         recordsOf(result.plan, result.original, result.weights)) {
        if (record.name != "encoder.2.ffn.up")
            continue;
        QCOMPARE(record.weightError, relativeError(result.before("encoder.2.ffn.up"),
                                                   result.before("encoder.0.ffn.up")));
        QVERIFY(record.weightError > 1);
        QCOMPARE(record.bytes, 0);
        QVERIFY(record.bytesByPart.empty());
        QCOMPARE(record.steps.size(), 1u);
        return;
    }
    QFAIL("no record");
}

void TestCompress::tiedHeadFollows()
{
    const Compressed result = compressedBy({"factorize.svd rank=6 @ embedding.token"});
    QVERIFY(std::holds_alternative<Product>(result.weights.resolved("mlm.decoder").weight));
    QVERIFY(result.weights.layers.at("mlm.decoder").bias.defined());
    const auto records =
        recordsOf(result.plan, result.original, result.weights);
    QCOMPARE(records.back().name, std::string("mlm.decoder"));
    QVERIFY(records.back().weightError > 0);
    QCOMPARE(records.back().bytes, 40 * 4);
}

void TestCompress::untouchedLayersAreNotCopied()
{
    const Compressed result = compressedBy({"quantize.affine bits=4 @ block=0"});
    for (const Layer &layer : result.model.layers) {
        const LayerWeights &before = result.original.layers.at(layer.name);
        const LayerWeights &after = result.weights.layers.at(layer.name);
        if (before.bias.defined())
            QVERIFY(before.bias.is_same(after.bias));
        if (layer.block != 0 && layer.sharedWith.empty())
            QCOMPARE(std::get<Factor>(after.weight).values().data_ptr(),
                     std::get<Factor>(before.weight).values().data_ptr());
    }
    // What was given is as it was.
    const ModelWeights given = fabricatedWeights(result.model);
    QVERIFY(result.before("encoder.0.ffn.up")
                .equal(denseValues(given.layers.at("encoder.0.ffn.up").weight)));
}

void TestCompress::orderDoesNotMatter()
{
    std::vector<std::string> steps{
        "share.layers mode=attention", "factorize.svd rank=9 @ role=up,down",
        "prune.magnitude sparsity=0.3 scope=global", "quantize.affine bits=5 group=8"};
    const Compressed expected = compressedBy(steps);
    std::ranges::reverse(steps);
    const Compressed reversed = compressedBy(steps);
    for (const Layer &layer : expected.model.layers)
        QVERIFY(expected.after(layer.name).equal(reversed.after(layer.name)));
}

void TestCompress::keepsDtype()
{
    const Compressed result = compressedBy(
        {"prune.magnitude sparsity=0.5 @ role=query", "factorize.svd rank=5 @ role=up"},
        {.dtype = DType::BFloat16});
    QVERIFY(result.factor("encoder.0.attention.query").codec().kind == CodecKind::BFloat16);
    QVERIFY(
        std::get<Product>(result.weights.layers.at("encoder.0.ffn.up").weight).right.codec().kind ==
        CodecKind::BFloat16);
}

/// An export opened again: parts that the second recipe does not set stay as the first one left
/// them.
void TestCompress::laterRecipesKeepWhatTheyDoNotSet()
{
    const Compressed first = compressedBy({"factorize.svd rank=8 @ role=up",
                                           "prune.magnitude sparsity=0.5 @ role=up,query",
                                           "quantize.affine bits=8 @ role=down"});
    const auto again = [&](const std::string &step) {
        return compressed(first.weights, planOf({step}, first.model), silentProgress());
    };
    const ModelWeights quantized = again("quantize.affine bits=6");
    const auto &product = std::get<Product>(quantized.layers.at("encoder.0.ffn.up").weight);
    const auto &before = std::get<Product>(first.weights.layers.at("encoder.0.ffn.up").weight);
    QCOMPARE(product.left.codec().bits, 6);
    QVERIFY(product.left.mask().equal(before.left.mask()) &&
            product.right.mask().equal(before.right.mask()));
    const auto &query = std::get<Factor>(quantized.layers.at("encoder.0.attention.query").weight);
    QVERIFY(query.mask().equal(first.factor("encoder.0.attention.query").mask()));

    const ModelWeights pruned = again("prune.magnitude sparsity=0.3 @ role=down");
    const auto &down = std::get<Factor>(pruned.layers.at("encoder.0.ffn.down").weight);
    QVERIFY(down.codec() == first.factor("encoder.0.ffn.down").codec());
    QCOMPARE(down.keptCount(), 1344 - 403);

    // A mask does not fit a new form; the zeros it left are factorized like any other weights.
    const ModelWeights factorized = again("factorize.svd rank=4 @ role=query");
    const auto &thin = std::get<Product>(factorized.layers.at("encoder.0.attention.query").weight);
    QVERIFY(!thin.left.isMasked() && !thin.right.isMasked());

    const ModelWeights thinner = again("factorize.svd rank=3 @ role=up");
    QCOMPARE(std::get<Product>(thinner.layers.at("encoder.0.ffn.up").weight).left.shape()[1], 3);
}

void TestCompress::idempotent_data()
{
    QTest::addColumn<QString>("step");
    QTest::addColumn<double>("tolerance");
    QTest::newRow("8 bits") << "quantize.affine bits=8" << 0.0;
    QTest::newRow("4 bits, groups") << "quantize.affine bits=4 group=8" << 0.0;
    QTest::newRow("pruned") << "prune.magnitude sparsity=0.5" << 0.0;
    QTest::newRow("rows pruned") << "prune.magnitude sparsity=0.5 scope=row" << 0.0;
    QTest::newRow("2:4") << "prune.magnitude pattern=2:4" << 0.0;
    QTest::newRow("pruned together") << "prune.magnitude sparsity=0.5 scope=global" << 0.0;
    QTest::newRow("rank") << "factorize.svd rank=5" << 1e-6;
    QTest::newRow("shared") << "share.layers mode=all" << 0.0;
}

void TestCompress::idempotent()
{
    QFETCH(QString, step);
    QFETCH(double, tolerance);
    const Compressed once = compressedBy({step.toStdString()});
    const ModelWeights twice = compressed(once.weights, once.plan, silentProgress());
    for (const Layer &layer : once.model.layers) {
        const at::Tensor again = denseValues(twice.resolved(layer.name).weight);
        QVERIFY2(relativeError(once.after(layer.name), again) <= tolerance, layer.name.c_str());
        QCOMPARE(twice.layers.at(layer.name).bias.defined(),
                 once.weights.layers.at(layer.name).bias.defined());
    }
}

void TestCompress::refusesNotFinite()
{
    const ModelDescription model = fabricatedModel();
    for (const double bad :
         {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
        ModelWeights weights = fabricatedWeights(model);
        at::Tensor values = randomTensor({56, 24}, 1);
        values[3][4] = bad;
        values[5][6] = -bad;
        weights.layers.at("encoder.2.ffn.up").weight = Factor::dense(values);
        for (const char *step : {"quantize.affine", "prune.magnitude", "factorize.svd",
                                 "prune.magnitude scope=global"}) {
            try {
                compressed(weights, planOf({step}, model), silentProgress());
                QFAIL("not refused");
            } catch (const Error &error) {
                QCOMPARE(error.what(),
                         "layer encoder.2.ffn.up: 2 of its 1344 weights are not finite numbers");
            }
        }
        compressed(weights, planOf({"quantize.affine @ block=1"}, model),
                   silentProgress()); // not touched
    }
}

void TestCompress::refusesWhatACodecCannotHold()
{
    const ModelDescription model = fabricatedModel();
    ModelWeights weights = fabricatedWeights(model);
    weights.layers.at("encoder.1.ffn.down").weight = Factor::dense(at::full({24, 56}, 1e9f));
    try {
        compressed(weights, planOf({"quantize.affine bits=4"}, model), silentProgress());
        QFAIL("not refused");
    } catch (const Error &error) {
        QVERIFY2(
            QString(error.what()).startsWith("layer encoder.1.ffn.down: cannot be compressed: "),
            error.what());
        QVERIFY(error.kind() == ErrorKind::Unsupported);
    }
}

void TestCompress::reportsAndCancels()
{
    const ModelDescription model = fabricatedModel();
    const ModelWeights weights = fabricatedWeights(model);
    const RecipePlan plan =
        planOf({"prune.magnitude scope=global @ role=query", "quantize.affine"}, model);
    CountingProgress progress;
    compressed(weights, plan, progress);
    QCOMPARE(progress.last.done, 24);
    QCOMPARE(progress.last.total, 24);
    for (const int after : {0, 1, 10}) {
        CountingProgress cancelling(after);
        QVERIFY_EXCEPTION_THROWN(compressed(weights, plan, cancelling), Cancelled);
        CountingProgress comparing(after);
        QVERIFY_EXCEPTION_THROWN(recordsOf(plan, weights, weights, comparing), Cancelled);
    }
}

void TestCompress::sweepDecomposesOnce()
{
    const ModelDescription model = fabricatedModel();
    const ModelWeights weights = fabricatedWeights(model);
    DecompositionCache cache;
    for (const char *step :
         {"factorize.svd rank=2", "factorize.svd rank=7", "factorize.svd keep=0.9"}) {
        const RecipePlan plan = planOf({step}, model);
        const ModelWeights cached =
            compressed(weights, plan, silentProgress(), {.decompositions = &cache});
        const ModelWeights fresh = compressed(weights, plan, silentProgress());
        for (const auto &[name, layer] : fresh.layers)
            QVERIFY(denseValues(cached.resolved(name).weight)
                        .equal(denseValues(fresh.resolved(name).weight)));
    }
    QCOMPARE(cache.misses(), 4 * 6);
}

QTEST_GUILESS_MAIN(TestCompress)
#include "tst_compress.moc"
