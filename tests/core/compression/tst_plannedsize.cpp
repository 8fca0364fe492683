// Sizes told before any weight is touched against the tensors that are really packed.
#include "tests/core/compression/fabricated.h"

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/compression/compress.h"
#include "core/compression/layerrecords.h"
#include "core/compression/plannedsize.h"
#include "core/model/training.h"

#include <QTest>

using namespace pare;

namespace {

/// One of `choices`.
std::string pick(Random &random, const std::vector<std::string> &choices)
{
    return choices[random.below(choices.size())];
}

std::string randomSelection(Random &random)
{
    return pick(random,
                {"", "", " @ block=0-1", " @ block=2", " @ role=up,down",
                 " @ role=query,value and not block=1", " @ encoder.3.*", " @ embedding.token",
                 " @ not role=classifier,type-embedding", " @ mlm.decoder"});
}

std::string randomStep(Random &random, bool global)
{
    switch (random.below(4)) {
    case 0:
        return pick(random, {"share.layers mode=all", "share.layers mode=attention",
                             "share.layers mode=ffn", "share.layers mode=sandwich",
                             "share.layers mode=all @ block=1-3 and role=up,norm"});
    case 1: {
        const std::string selection = randomSelection(random);
        return pick(random,
                    {"factorize.svd rank=1", "factorize.svd keep=0.6", "factorize.svd keep=0.93",
                     "factorize.kronecker keep=0.2", "factorize.kronecker block=2x4"}) +
               selection;
    }
    case 2: {
        const std::string sparsity = formatReal(static_cast<double>(random.below(1001)) / 1000);
        const std::string scope = pick(random, {" scope=row", " scope=matrix"});
        const std::string unstructured = "prune.magnitude sparsity=" + sparsity +
                                         pick(random, {"", "", " block=2x4"}) +
                                         (global ? " scope=global" : scope);
        const std::string pattern =
            "prune.magnitude pattern=" + pick(random, {"2:4", "1:3", "7:32", "3:5"});
        return (global || random.below(3) > 0 ? unstructured : pattern) + randomSelection(random);
    }
    default: {
        const std::string bits = std::to_string(2 + random.below(7));
        const std::string how =
            pick(random, {"", " granularity=tensor", " group=5", " group=16", " group=1000"});
        return "quantize.affine bits=" + bits + how + pick(random, {"", " symmetric=no"}) +
               randomSelection(random);
    }
    }
}

/// A recipe that holds on `model`: ones that are refused are drawn again.
RecipePlan randomPlan(Random &random, const ModelDescription &model, bool global)
{
    while (true) {
        Recipe recipe;
        if (global)
            recipe.steps.push_back(parsedStep("prune.magnitude scope=global sparsity=0.4" +
                                              pick(random, {"", " block=4x2", " block=1x8"})));
        for (std::uint64_t i = 1 + random.below(5); i > 0; --i)
            recipe.steps.push_back(parsedStep(randomStep(random, global)));
        try {
            return plan(recipe, model);
        } catch (const Error &) {
        }
    }
}

std::int64_t packedBytesOf(const LayerWeights &layer)
{
    std::int64_t bytes = layer.bias.defined() ? static_cast<std::int64_t>(layer.bias.nbytes()) : 0;
    for (const StoredTensor &tensor : packed(layer.weight, "w"))
        bytes += static_cast<std::int64_t>(tensor.data.nbytes());
    return bytes;
}

DType dtypeOf(std::uint64_t number)
{
    return number == 0 ? DType::Float16 : number == 1 ? DType::BFloat16 : DType::Float32;
}

} // namespace

class TestPlannedSize : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void baseline();
    void equalsPacked_data();
    void equalsPacked();
    void globalTotalsHold_data();
    void globalTotalsHold();
    void worked();
    void compressedCheckpoint();
};

void TestPlannedSize::baseline()
{
    const ModelDescription model = fabricatedModel({.dtype = DType::Float16});
    const PlannedSize size = plannedSize(plan({}, model));
    QCOMPARE(size.parameters.value(), model.parameters);
    QCOMPARE(size.bytes.value(), model.bytes);
    for (std::size_t i = 0; i < model.layers.size(); ++i) {
        QCOMPARE(size.layers[i].parameters.value(), model.layers[i].parameters);
        QCOMPARE(size.layers[i].bytes.value(), model.layers[i].bytes);
    }
}

void TestPlannedSize::equalsPacked_data()
{
    QTest::addColumn<int>("seed");
    for (int seed = 0; seed < 48; ++seed)
        QTest::addRow("recipe %d", seed) << seed;
}

void TestPlannedSize::equalsPacked()
{
    QFETCH(int, seed);
    Random random(static_cast<std::uint64_t>(seed));
    const ModelDescription model = fabricatedModel({.dtype = dtypeOf(random.below(4))});
    const RecipePlan plan = randomPlan(random, model, false);
    const ModelWeights original = fabricatedWeights(model, seed);
    const ModelWeights weights = compressed(original, plan, silentProgress());
    const PlannedSize size = plannedSize(plan);
    const auto records = recordsOf(plan, original, weights);

    std::int64_t bytes = 0;
    for (std::size_t i = 0; i < model.layers.size(); ++i) {
        const std::string context = plan.recipe.text() + " in " + model.layers[i].name;
        const std::int64_t packed = packedBytesOf(weights.layers.at(model.layers[i].name));
        QVERIFY2(size.layers[i].bytes == packed, context.c_str());
        QVERIFY2(records[i].bytes == packed, context.c_str());
        QVERIFY2(records[i].bytesByPart == size.layers[i].bytesByPart, context.c_str());
        bytes += packed;
    }
    QCOMPARE(size.bytes.value(), bytes);
    QCOMPARE(size.parameters.value(), parameterCount(weights));
}

void TestPlannedSize::globalTotalsHold_data()
{
    QTest::addColumn<int>("seed");
    for (int seed = 100; seed < 112; ++seed)
        QTest::addRow("recipe %d", seed) << seed;
}

void TestPlannedSize::globalTotalsHold()
{
    QFETCH(int, seed);
    Random random(static_cast<std::uint64_t>(seed));
    const ModelDescription model = fabricatedModel();
    const RecipePlan plan = randomPlan(random, model, true);
    const ModelWeights weights = compressed(fabricatedWeights(model, seed), plan, silentProgress());
    const PlannedSize size = plannedSize(plan);
    QVERIFY2(size.parameters == parameterCount(weights), plan.recipe.text().c_str());
    bool pooled = false;
    for (std::size_t i = 0; i < model.layers.size(); ++i) {
        const bool global = plan.layers[i].mask && plan.layers[i].mask->scope == MaskScope::Global;
        pooled = pooled || global;
        QCOMPARE(size.layers[i].bytes.has_value(), !global);
        QCOMPARE(size.layers[i].parameters.has_value(), !global);
        if (!global)
            QCOMPARE(size.layers[i].bytes.value(),
                     packedBytesOf(weights.layers.at(model.layers[i].name)));
    }
    QCOMPARE(size.bytes.has_value(), !pooled);
}

/// Figures by hand: 4 bits in groups of 64 of a 128 x 512 matrix, half of it pruned, rank 24.
void TestPlannedSize::worked()
{
    const ModelDescription model = fabricatedModel({.width = 512, .inner = 128});
    const auto sizeOf = [&](const std::vector<std::string> &steps) {
        Recipe recipe;
        for (const std::string &step : steps)
            recipe.steps.push_back(parsedStep(step + " @ encoder.0.ffn.up"));
        const PlannedSize size = plannedSize(plan(recipe, model));
        for (const PlannedLayerSize &layer : size.layers) {
            if (layer.name == "encoder.0.ffn.up")
                return layer;
        }
        return PlannedLayerSize();
    };
    const PlannedLayerSize quantized = sizeOf({"quantize.affine bits=4 group=64"});
    QCOMPARE(quantized.parameters.value(), 128 * 512 + 128);
    const std::map<std::string, std::int64_t> quantizedParts{
        {"values", 128 * 512 / 2}, {"scales", 128 * 8 * 2}, {"rest", 128 * 4}};
    QVERIFY(quantized.bytesByPart == quantizedParts);
    const PlannedLayerSize pruned = sizeOf({"prune.magnitude sparsity=0.5"});
    QCOMPARE(pruned.parameters.value(), 128 * 512 / 2 + 128);
    const std::map<std::string, std::int64_t> prunedParts{
        {"values", 128 * 512 / 2 * 4}, {"masks", 128 * 512 / 8}, {"rest", 128 * 4}};
    QVERIFY(pruned.bytesByPart == prunedParts);
    const PlannedLayerSize low = sizeOf({"factorize.svd rank=24"});
    QCOMPARE(low.parameters.value(), 24 * (128 + 512) + 128);
    QCOMPARE(low.bytes.value(), (24 * (128 + 512) + 128) * 4);
    // 32 x 32 blocks of 4 x 16; of 0.3 · 512 = 153.6 blocks 154 go.
    const PlannedLayerSize blocks = sizeOf({"prune.magnitude sparsity=0.3 block=16x8"});
    QCOMPARE(blocks.parameters.value(), (512 - 154) * 128 + 128);
    const PlannedLayerSize kronecker = sizeOf({"factorize.kronecker block=16x32"});
    QCOMPARE(kronecker.parameters.value(), 8 * 16 + 16 * 32 + 128);
    QCOMPARE(kronecker.bytes.value(), (8 * 16 + 16 * 32 + 128) * 4);
    // What only weights or data tell is not guessed.
    const PlannedLayerSize energy = sizeOf({"factorize.svd energy=0.9"});
    QVERIFY(!energy.parameters && !energy.bytes && energy.bytesByPart.empty());
    const PlannedLayerSize outliers = sizeOf({"quantize.llm-int8"});
    QVERIFY(outliers.parameters == 128 * 512 + 128 && !outliers.bytes);
    // Two bits a weight either way; split, each plane has scales of its own.
    QCOMPARE(sizeOf({"quantize.ternary"}).bytes.value(), 128 * 512 / 4 + 128 * 2 + 128 * 4);
    Recipe split;
    split.steps = {parsedStep("quantize.ternary @ encoder.0.ffn.up")};
    split.training = parsedRecovery("split-epochs=1");
    const PlannedSize planes = plannedSize(plan(split, model));
    const auto up = std::ranges::find(planes.layers, "encoder.0.ffn.up", &PlannedLayerSize::name);
    QCOMPARE(up->bytes.value(), 128 * 512 / 4 + 2 * 128 * 2 + 128 * 4);
    QCOMPARE(up->parameters.value(), 128 * 512 + 128);
    // 8 bits a weight, a scale for each row, and one for each input.
    const PlannedLayerSize smooth = sizeOf({"quantize.smoothquant"});
    QCOMPARE(smooth.bytes.value(), 128 * 512 + (128 + 512) * 2 + 128 * 4);
}

void TestPlannedSize::compressedCheckpoint()
{
    ModelDescription model = fabricatedModel();
    for (Layer &layer : model.layers) {
        if (layer.role == LayerRole::Up) {
            layer.storage = "4 bits";
            layer.bytes = 1234;
        }
    }
    Recipe recipe;
    recipe.steps.push_back(parsedStep("prune.magnitude sparsity=0.5 @ block=0"));
    const PlannedSize size = plannedSize(plan(recipe, model));
    for (const PlannedLayerSize &layer : size.layers) {
        if (layer.name == "encoder.0.ffn.up")
            QVERIFY(!layer.bytes && !layer.parameters);
        if (layer.name == "encoder.1.ffn.up")
            QVERIFY(layer.bytes == 1234);
    }
    QVERIFY(!size.bytes && !size.parameters);
}

QTEST_GUILESS_MAIN(TestPlannedSize)
#include "tst_plannedsize.moc"
