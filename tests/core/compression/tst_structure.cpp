#include <ATen/Functions.h>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/compression/compressedmodel.h"
#include "core/compression/layerrecords.h"
#include "core/compression/plannedsize.h"
#include "core/compression/structure/choice.h"
#include "core/compression/structure/restructure.h"
#include "core/network/network.h"
#include "tests/support/randommodel.h"

#include <QTest>

#include <algorithm>
#include <cmath>

namespace pare {

namespace {

constexpr int headWidth = 4;

NetworkSpecification specificationOf(int blocks = 5)
{
    return test::randomSpecification(
        {.width = 16, .heads = 4, .feedForward = 24, .blocks = blocks});
}

struct Model
{
    NetworkSpecification specification = specificationOf();
    ModelWeights weights = test::randomWeights(specification, 3);
    ModelDescription description = [this] {
        ModelDescription model = describe(specification);
        model.weightsKnown = true;
        return model;
    }();

    OpenedModel opened() const { return {specification, description, weights}; }
};

Recipe recipeOf(const std::vector<std::string> &steps)
{
    Recipe recipe;
    for (const std::string &step : steps)
        recipe.steps.push_back(parsedStep(step));
    return checked(recipe);
}

CompressedModel made(const Model &model, const std::vector<std::string> &steps,
                     const CompressionContext &context = {})
{
    return compressedModel(model.opened(), plan(recipeOf(steps), model.description),
                           silentProgress(), context);
}

/// The memory of a layer's weight, for a test to write to.
at::Tensor writable(ModelWeights &weights, const std::string &layer)
{
    LayerWeights &own = weights.layers.at(layer);
    own.weight = Factor::dense(denseValues(own.weight).clone());
    return denseValues(own.weight);
}

std::vector<Sequence> someSequences()
{
    std::vector<Sequence> sequences;
    for (int i = 0; i < 7; ++i) {
        Sequence sequence;
        for (int k = 0; k < 3 + i; ++k) {
            sequence.ids.push_back(5 + (i * 7 + k * 3) % 30);
            sequence.types.push_back(0);
        }
        sequences.push_back(sequence);
    }
    return sequences;
}

at::Tensor logitsOf(const NetworkSpecification &specification, const ModelWeights &weights,
                    const std::vector<Sequence> &sequences)
{
    std::vector<std::size_t> all(sequences.size());
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = i;
    return Network(specification, weights).logits(packed(sequences, all));
}

double largestDifference(const at::Tensor &a, const at::Tensor &b)
{
    return a.sub(b).abs().max().item<double>();
}

} // namespace

class TestStructure : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keeps_data();
    void keeps();
    void addsUp();
    void refuses_data();
    void refuses();
    void zeroedPartsAreGone();
    void removedBlocksAreSkipped();
    void selectionsSpeakOfTheWholeModel();
    void tiedBlocksLoseTheSame();
    void heirs();
    void vocabulary();
    void sizesAreExact_data();
    void sizesAreExact();
    void records();
};

void TestStructure::keeps_data()
{
    QTest::addColumn<QString>("step");
    QTest::addColumn<QString>("blocks"); ///< what stays: number:heads/units …
    QTest::newRow("half of the heads") << "prune.heads" << "0:2/24 1:2/24 2:2/24 3:2/24 4:2/24";
    QTest::newRow("heads of one block")
        << "prune.heads count=1 @ block=3" << "0:4/24 1:4/24 2:4/24 3:1/24 4:4/24";
    QTest::newRow("a third of the units of some blocks")
        << "prune.neurons keep=0.33 @ block=0-1" << "0:4/8 1:4/8 2:4/24 3:4/24 4:4/24";
    QTest::newRow("more units than there are")
        << "prune.neurons count=1000" << "0:4/24 1:4/24 2:4/24 3:4/24 4:4/24";
    QTest::newRow("every other block") << "prune.layers count=3" << "0:4/24 1:4/24 3:4/24";
    QTest::newRow("the last blocks") << "prune.layers count=2 mode=last" << "0:4/24 1:4/24";
    QTest::newRow("one block by name")
        << "prune.layers keep=0 @ block=2" << "0:4/24 1:4/24 3:4/24 4:4/24";
}

void TestStructure::keeps()
{
    QFETCH(QString, step);
    QFETCH(QString, blocks);
    const Model model;
    const CompressedModel result = made(model, {step.toStdString()});
    const Structure &structure = result.plan.structure.structure;
    QStringList found;
    if (!result.plan.structure.changesModel()) {
        for (int i = 0; i < 5; ++i)
            found << QString("%1:4/24").arg(i);
    } else {
        for (const int block : structure.blocks)
            found << QString("%1:%2/%3")
                         .arg(block)
                         .arg(structure.heads[block].size())
                         .arg(structure.neurons[block].size());
    }
    QCOMPARE(found.join(' '), blocks);
    for (const Layer &layer : describe(result.specification).layers)
        QVERIFY2(shapeOf(result.weights.resolved(layer.name).weight) == layer.shape,
                 layer.name.c_str());
}

void TestStructure::addsUp()
{
    const Model model;
    const CompressedModel result =
        made(model, {"prune.neurons keep=0.5", "prune.neurons keep=0.5 @ block=1",
                     "prune.layers count=4 mode=last", "prune.layers count=2 mode=last"});
    const Structure &structure = result.plan.structure.structure;
    QCOMPARE(structure.blocks, (std::vector{0, 1}));
    QCOMPARE(structure.neurons[0].size(), std::size_t{12});
    QCOMPARE(structure.neurons[1].size(), std::size_t{6});
    QCOMPARE(result.specification.stacks[0].blocks, 2);
    QCOMPARE(result.specification.stacks[0].feedForwardWidth(1), 6);
}

void TestStructure::refuses_data()
{
    QTest::addColumn<QString>("step");
    QTest::addColumn<QString>("part");
    QTest::newRow("no head") << "prune.heads keep=0" << "none of the 4 heads of block 0";
    QTest::newRow("no unit") << "prune.neurons keep=0.01" << "none of the 24 units of block 0";
    QTest::newRow("no block") << "prune.layers keep=0" << "none of the model's 5 blocks";
    QTest::newRow("no such block") << "prune.heads @ block=9" << "leaves nothing";
    QTest::newRow("no attention") << "prune.heads @ role=up" << "leaves nothing";
    QTest::newRow("count 0") << "prune.heads count=0" << "from 1";
    QTest::newRow("both") << "prune.heads count=1 keep=0.5" << "exclude each other";
}

void TestStructure::refuses()
{
    QFETCH(QString, step);
    QFETCH(QString, part);
    const Model model;
    try {
        plan(recipeOf({step.toStdString()}), model.description);
        QFAIL("was accepted");
    } catch (const Error &error) {
        QCOMPARE(error.kind(), ErrorKind::InvalidSetting);
        QVERIFY2(QString(error.what()).contains(part), error.what());
    }
}

/// Heads and units that are zero are the least by magnitude, and a model answers without them as
/// with them.
void TestStructure::zeroedPartsAreGone()
{
    Model model;
    for (int block = 0; block < 5; ++block) {
        const std::string prefix = "encoder." + std::to_string(block) + ".";
        const int head = block % 4;
        for (const char *part : {"query", "key", "value"})
            writable(model.weights, prefix + "attention." + part)
                .slice(0, head * headWidth, (head + 1) * headWidth)
                .zero_();
        writable(model.weights, prefix + "attention.output")
            .slice(1, head * headWidth, (head + 1) * headWidth)
            .zero_();
        writable(model.weights, prefix + "ffn.up").slice(0, block, 20, 2).zero_();
        writable(model.weights, prefix + "ffn.down").slice(1, block, 20, 2).zero_();
    }
    const CompressedModel result = made(model, {"prune.heads count=3", "prune.neurons count=16"});
    const Structure &structure = result.plan.structure.structure;
    for (int block = 0; block < 5; ++block) {
        QVERIFY(!std::ranges::binary_search(structure.heads[block], block % 4));
        QCOMPARE(structure.heads[block].size(), std::size_t{3});
    }
    const std::vector<Sequence> sequences = someSequences();
    const at::Tensor before = logitsOf(model.specification, model.weights, sequences);
    const at::Tensor after = logitsOf(result.specification, result.weights, sequences);
    QVERIFY(largestDifference(before, after) < 1e-5);
    QVERIFY(before.abs().max().item<double>() > 0.1);
}

/// Without a block the hidden states pass it by: the same as a network built of the others.
void TestStructure::removedBlocksAreSkipped()
{
    const Model model;
    const CompressedModel result = made(model, {"prune.layers keep=0 @ block=1,3"});
    QCOMPARE(result.specification.stacks[0].blocks, 3);
    NetworkSpecification smaller = model.specification;
    smaller.stacks[0].blocks = 3;
    ModelWeights weights;
    for (const auto &[name, layer] : model.weights.layers) {
        if (!name.starts_with("encoder."))
            weights.layers[name] = layer;
    }
    const int left[] = {0, 2, 4};
    for (int i = 0; i < 3; ++i) {
        const std::string from = "encoder." + std::to_string(left[i]) + ".";
        for (const auto &[name, layer] : model.weights.layers) {
            if (name.starts_with(from))
                weights.layers["encoder." + std::to_string(i) + "." + name.substr(from.size())] =
                    layer;
        }
    }
    const std::vector<Sequence> sequences = someSequences();
    QCOMPARE(largestDifference(logitsOf(smaller, weights, sequences),
                               logitsOf(result.specification, result.weights, sequences)),
             0.0);
}

void TestStructure::selectionsSpeakOfTheWholeModel()
{
    const Model model;
    const CompressedModel result =
        made(model, {"quantize.affine bits=4 @ block=4", "quantize.affine bits=2 @ block=1",
                     "prune.layers keep=0 @ block=1,3"});
    QCOMPARE(result.nameOf("encoder.4.ffn.up"), std::string("encoder.2.ffn.up"));
    QCOMPARE(result.nameOf("encoder.1.ffn.up"), std::string());
    const Weight &weight = result.weights.layers.at("encoder.2.ffn.up").weight;
    QCOMPARE(std::get<Factor>(weight).codec().bits, 4);
    QVERIFY(std::get<Factor>(result.weights.layers.at("encoder.1.ffn.up").weight)
                .codec()
                .isDense());
    QVERIFY(std::ranges::any_of(result.plan.notes, [](const Message &note) {
        return note.text().find("remove all of its layers") != std::string::npos;
    }));
}

void TestStructure::tiedBlocksLoseTheSame()
{
    Model model;
    for (const char *part : {"query", "key", "value", "output"})
        model.weights.layers.at(std::string("encoder.3.attention.") + part) = {
            Shared{std::string("encoder.1.attention.") + part}, {}};
    for (Layer &layer : model.description.layers) {
        if (layer.block == 3 && layer.name.find("attention") != std::string::npos &&
            layer.isMatrix()) {
            layer.sharedWith = "encoder.1" + layer.name.substr(9);
            layer.parameters = layer.bytes = 0;
        }
    }
    const CompressedModel result = made(model, {"prune.heads count=2 @ block=3"});
    const Structure &structure = result.plan.structure.structure;
    QCOMPARE(structure.heads[3].size(), std::size_t{2});
    QCOMPARE(structure.heads[1], structure.heads[3]);
    QCOMPARE(structure.heads[0].size(), std::size_t{4});
    QVERIFY(std::holds_alternative<Shared>(
        result.weights.layers.at("encoder.3.attention.query").weight));
    logitsOf(result.specification, result.weights, someSequences()); // shapes agree
}

/// Where the owner of a shared weight is gone, the first that used it owns it.
void TestStructure::heirs()
{
    const Model model;
    const CompressedModel shared = made(model, {"share.layers mode=all"});
    ModelDescription description = describe(shared.specification);
    description.weightsKnown = true;
    for (Layer &layer : description.layers) {
        if (layer.block > 0) {
            layer.sharedWith = "encoder.0" + layer.name.substr(9);
            layer.parameters = layer.bytes = 0;
        }
    }
    const OpenedModel opened{shared.specification, description, shared.weights};
    const RecipePlan planned =
        plan(recipeOf({"prune.layers keep=0 @ block=0,2"}), description);
    const CompressedModel result = compressedModel(opened, planned, silentProgress());
    QCOMPARE(result.specification.stacks[0].blocks, 3);
    QVERIFY(std::holds_alternative<Factor>(result.weights.layers.at("encoder.0.ffn.up").weight));
    QVERIFY(result.weights.layers.at("encoder.0.ffn.up").bias.defined());
    QCOMPARE(result.weights.ownerOf("encoder.2.ffn.up"), std::string("encoder.0.ffn.up"));
    QCOMPARE(plannedSize(planned).parameters.value(), parameterCount(result.weights));
    const std::vector<Sequence> sequences = someSequences();
    NetworkSpecification three = model.specification;
    three.stacks[0].blocks = 3;
    QCOMPARE(largestDifference(logitsOf(result.specification, result.weights, sequences),
                               logitsOf(three, shared.weights, sequences)),
             0.0);
}

void TestStructure::vocabulary()
{
    const Model model;
    const std::vector<int> kept{0, 1, 2, 3, 4, 7, 9, 12, 33};
    CompressionContext context;
    std::string asked = "nothing";
    context.tokensOf = [&](const std::string &text) {
        asked = text;
        return kept;
    };
    const CompressedModel result = made(model, {"prune.vocabulary text=words.txt"}, context);
    QCOMPARE(asked, std::string("words.txt"));
    QCOMPARE(result.tokens(), kept);
    QCOMPARE(result.specification.embedding.vocabulary, 9);
    Sequence whole{{2, 12, 33, 3}, {0, 0, 0, 0}}, smaller{{2, 7, 8, 3}, {0, 0, 0, 0}};
    QCOMPARE(largestDifference(logitsOf(model.specification, model.weights, {whole}),
                               logitsOf(result.specification, result.weights, {smaller})),
             0.0);
    QVERIFY(!plannedSize(plan(recipeOf({"prune.vocabulary"}), model.description)).bytes);
    QVERIFY_EXCEPTION_THROWN(made(model, {"prune.vocabulary"}), Error);
}

void TestStructure::sizesAreExact_data()
{
    QTest::addColumn<int>("seed");
    for (int seed = 0; seed < 40; ++seed)
        QTest::addRow("recipe %d", seed) << seed;
}

/// Counts before any weight is seen are those of the weights.
void TestStructure::sizesAreExact()
{
    QFETCH(int, seed);
    Random random(static_cast<std::uint64_t>(seed));
    const std::vector<std::string> choices{
        "prune.heads count=2 @ block=1-3",   "prune.heads keep=0.3",
        "prune.neurons keep=0.4 @ block=0",  "prune.neurons count=5",
        "prune.layers keep=0.6",             "prune.layers count=3 mode=last",
        "prune.layers keep=0 @ block=2",     "quantize.affine bits=4",
        "quantize.half @ embedding.token",   "prune.magnitude sparsity=0.7",
        "factorize.svd keep=0.4 @ role=up",
    };
    std::vector<std::string> steps;
    for (std::size_t i = 0; i < 1 + random.below(4); ++i)
        steps.push_back(choices[random.below(choices.size())]);
    const Model model;
    const RecipePlan planned = plan(recipeOf(steps), model.description);
    const CompressedModel result = compressedModel(model.opened(), planned, silentProgress());
    const PlannedSize size = plannedSize(planned);
    const std::string context = planned.recipe.text();
    QVERIFY2(size.parameters == parameterCount(result.weights), context.c_str());
    std::int64_t bytes = 0;
    for (const LayerRecord &record : layerRecords(model.opened(), result, silentProgress()))
        bytes += record.bytes;
    QVERIFY2(size.bytes == bytes, context.c_str());
    logitsOf(result.specification, result.weights, someSequences());
}

void TestStructure::records()
{
    const Model model;
    const CompressedModel result =
        made(model, {"prune.neurons count=12 @ block=0", "prune.layers keep=0 @ block=1"});
    const auto records = layerRecords(model.opened(), result, silentProgress());
    QCOMPARE(records.size(), model.description.layers.size());
    for (std::size_t i = 0; i < records.size(); ++i) {
        const Layer &layer = model.description.layers[i];
        const LayerRecord &record = records[i];
        QCOMPARE(record.name, layer.name);
        const bool gone = layer.block == 1;
        const bool cut = layer.name == "encoder.0.ffn.up" || layer.name == "encoder.0.ffn.down";
        QCOMPARE(record.steps.size(), std::size_t(gone || cut ? 1 : 0));
        QCOMPARE(record.bytes == 0, gone);
        if (!cut) {
            QCOMPARE(record.weightError, gone ? 1.0 : 0.0);
            continue;
        }
        // By hand: what is gone, of everything.
        const at::Tensor whole = denseValues(model.weights.layers.at(layer.name).weight);
        const at::Tensor left = denseValues(result.weights.layers.at(layer.name).weight);
        const double lost = whole.square().sum().item<double>() - left.square().sum().item<double>();
        QVERIFY(std::abs(record.weightError -
                         std::sqrt(lost / whole.square().sum().item<double>())) < 1e-4);
    }
}

} // namespace pare

QTEST_GUILESS_MAIN(pare::TestStructure)
#include "tst_structure.moc"
