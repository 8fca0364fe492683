// What a recipe is settled to before anything runs.
#include "tests/core/compression/fabricated.h"

#include "core/base/error.h"
#include "core/compression/plan.h"

#include <algorithm>

#include <QTest>

using namespace pare;

namespace {

Recipe recipeOf(const std::vector<std::string> &steps)
{
    Recipe recipe;
    for (const std::string &step : steps)
        recipe.steps.push_back(parsedStep(step));
    return recipe;
}

RecipePlan planned(const std::vector<std::string> &steps, const Fabricated &options = {})
{
    return plan(recipeOf(steps), fabricatedModel(options));
}

const PlannedLayer &layerOf(const RecipePlan &plan, const std::string &name)
{
    return *std::ranges::find(plan.layers, name, &PlannedLayer::name);
}

QString ownerOf(const RecipePlan &plan, const std::string &name)
{
    return QString::fromStdString(layerOf(plan, name).owner);
}

QString notesOf(const RecipePlan &plan)
{
    QString text;
    for (const Message &note : plan.notes)
        text += QString::fromStdString(note.text()) + "\n";
    return text;
}

} // namespace

class TestPlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyRecipeTouchesNothing();
    void defaultsTouchBlockMatrices();
    void layersPassedOver();
    void sharesByMode_data();
    void sharesByMode();
    void sharingWithinSelection();
    void sandwichWithinSelection();
    void laterStepReplaces();
    void laterSharingReplaces();
    void orderDoesNotMatter();
    void actsOnOwners();
    void actsOnTiedOwner();
    void sharedCheckpointMovesWhole();
    void noEffect_data();
    void noEffect();
    void ranks_data();
    void ranks();
    void forms();
    void refuses_data();
    void refuses();
    void refusesShapes();
    void planOfPlan();
};

void TestPlan::emptyRecipeTouchesNothing()
{
    const RecipePlan plan = planned({});
    QCOMPARE(plan.layers.size(), fabricatedModel().layers.size());
    for (const PlannedLayer &layer : plan.layers) {
        QVERIFY(!layer.changesWeight());
        QVERIFY(layer.steps.empty());
    }
    QCOMPARE(ownerOf(plan, "mlm.decoder"), "embedding.token");
    QVERIFY(!layerOf(plan, "mlm.decoder").sharesBias);
    QVERIFY(plan.notes.empty());
}

void TestPlan::defaultsTouchBlockMatrices()
{
    const RecipePlan plan = planned({"quantize.affine bits=4"});
    int touched = 0;
    for (const PlannedLayer &layer : plan.layers)
        touched += layer.codec.has_value();
    QCOMPARE(touched, 4 * 6);
    const Codec codec = layerOf(plan, "encoder.2.ffn.up").codec.value();
    QCOMPARE(codec.bits, 4);
    QVERIFY(codec.kind == CodecKind::Affine && codec.granularity == Granularity::Channel &&
            codec.symmetric);
    QVERIFY(!layerOf(plan, "embedding.token").codec);
    QCOMPARE(QString::fromStdString(plan.recipe.steps[0].layers),
             "role=query,key,value,output,up,down");
    QCOMPARE(layerOf(plan, "encoder.0.ffn.up").steps, std::vector{plan.recipe.steps[0].text()});
    QVERIFY2(plan.notes.empty(), qPrintable(notesOf(plan)));
}

void TestPlan::layersPassedOver()
{
    const RecipePlan plan = planned({"quantize.affine bits=8 group=16 symmetric=no @ encoder.1.*"});
    QVERIFY(layerOf(plan, "encoder.1.attention.query").codec);
    QVERIFY(!layerOf(plan, "encoder.1.attention.norm").codec);
    const Codec codec = layerOf(plan, "encoder.1.ffn.down").codec.value();
    QVERIFY(codec.granularity == Granularity::Group && codec.group == 16 && !codec.symmetric);
    QVERIFY(!layerOf(plan, "encoder.0.attention.query").codec);
}

void TestPlan::sharesByMode_data()
{
    QTest::addColumn<QString>("mode");
    QTest::addColumn<int>("members");
    QTest::addColumn<QString>("queryOwner");
    QTest::addColumn<QString>("attentionNormOwner");
    QTest::addColumn<QString>("upOwner");
    QTest::addColumn<QString>("ffnNormOwner");
    const QString query = "encoder.0.attention.query", norm = "encoder.0.attention.norm";
    const QString up = "encoder.0.ffn.up", ffnNorm = "encoder.0.ffn.norm";
    QTest::newRow("all") << "all" << 3 * 8 << query << norm << up << ffnNorm;
    QTest::newRow("attention") << "attention" << 3 * 5 << query << norm << ""
                               << "";
    QTest::newRow("ffn") << "ffn" << 3 * 3 << ""
                         << "" << up << ffnNorm;
    QTest::newRow("sandwich") << "sandwich" << 6 << "encoder.1.attention.query"
                              << ""
                              << "encoder.1.ffn.up"
                              << "";
}

void TestPlan::sharesByMode()
{
    QFETCH(QString, mode);
    const RecipePlan plan = planned({"share.layers mode=" + mode.toStdString()});
    int members = 0;
    for (const PlannedLayer &layer : plan.layers) {
        if (layer.name.starts_with("encoder.") && !layer.owner.empty()) {
            ++members;
            QVERIFY(layer.sharesBias);
            QCOMPARE(layer.steps, std::vector{plan.recipe.steps[0].text()});
        } else {
            QVERIFY(layer.steps.empty());
        }
    }
    QTEST(members, "members");
    QTEST(ownerOf(plan, "encoder.2.attention.query"), "queryOwner");
    QTEST(ownerOf(plan, "encoder.2.attention.norm"), "attentionNormOwner");
    QTEST(ownerOf(plan, "encoder.2.ffn.up"), "upOwner");
    QTEST(ownerOf(plan, "encoder.2.ffn.norm"), "ffnNormOwner");
    const bool sandwich = mode == "sandwich";
    QCOMPARE(layerOf(plan, "encoder.3.attention.query").owner.empty(), sandwich || mode == "ffn");
    QVERIFY(layerOf(plan, "embedding.norm").owner.empty());
}

void TestPlan::sharingWithinSelection()
{
    const RecipePlan plan =
        planned({"share.layers mode=all @ block=1-2,3 and role=up,norm"}, {.blocks = 5});
    QCOMPARE(ownerOf(plan, "encoder.3.ffn.up"), "encoder.1.ffn.up");
    QCOMPARE(ownerOf(plan, "encoder.2.attention.norm"), "encoder.1.attention.norm");
    QCOMPARE(ownerOf(plan, "encoder.0.ffn.up"), "");
    QCOMPARE(ownerOf(plan, "encoder.4.ffn.up"), "");
    QCOMPARE(ownerOf(plan, "encoder.3.ffn.down"), "");
}

void TestPlan::sandwichWithinSelection()
{
    const RecipePlan plan = planned({"share.layers mode=sandwich @ block=1-5"}, {.blocks = 7});
    for (const int block : {0, 1, 2, 5, 6})
        QCOMPARE(ownerOf(plan, fmt::format("encoder.{}.ffn.up", block)), "");
    QCOMPARE(ownerOf(plan, "encoder.3.ffn.up"), "encoder.2.ffn.up");
    QCOMPARE(ownerOf(plan, "encoder.4.ffn.up"), "encoder.2.ffn.up");
}

void TestPlan::laterStepReplaces()
{
    const RecipePlan plan = planned({"quantize.affine bits=8", "quantize.affine bits=4 @ block=0"});
    QCOMPARE(layerOf(plan, "encoder.0.ffn.up").codec->bits, 4);
    QCOMPARE(layerOf(plan, "encoder.1.ffn.up").codec->bits, 8);
    QCOMPARE(layerOf(plan, "encoder.0.ffn.up").steps, std::vector{plan.recipe.steps[1].text()});
    QCOMPARE(plan.notes.size(), 1u);
    QCOMPARE(notesOf(plan),
             "\"quantize.affine bits=4 clip=minmax granularity=channel symmetric=yes @ block=0\" "
             "replaces "
             "\"quantize.affine bits=8 clip=minmax granularity=channel symmetric=yes @ "
             "role=query,key,value,output,up,down\" in 6 layers\n");

    // Other parts of the same layer stay.
    const RecipePlan mixed =
        planned({"prune.magnitude sparsity=0.5", "quantize.affine bits=4", "factorize.svd rank=3"});
    const PlannedLayer &layer = layerOf(mixed, "encoder.0.ffn.up");
    QVERIFY(layer.rank == 3 && layer.mask && layer.codec);
    QCOMPARE(layer.steps.size(), 3u);
}

void TestPlan::laterSharingReplaces()
{
    const RecipePlan plan = planned({"share.layers mode=all", "share.layers mode=all @ block=2-3"});
    QCOMPARE(ownerOf(plan, "encoder.1.ffn.up"), "encoder.0.ffn.up");
    QCOMPARE(ownerOf(plan, "encoder.2.ffn.up"), "");
    QCOMPARE(ownerOf(plan, "encoder.3.ffn.up"), "encoder.2.ffn.up");
    QVERIFY(notesOf(plan).contains("in 16 layers"));

    // A chain of two steps ends at the first owner.
    const RecipePlan chain =
        planned({"share.layers mode=ffn @ block=2-3", "share.layers mode=ffn @ block=0,2"});
    QCOMPARE(ownerOf(chain, "encoder.3.ffn.up"), "encoder.0.ffn.up");
    QCOMPARE(layerOf(chain, "encoder.3.ffn.up").steps.size(), 2u);
}

void TestPlan::orderDoesNotMatter()
{
    std::vector<std::string> steps{"share.layers mode=attention",
                                   "factorize.svd rank=4 @ role=up,down",
                                   "prune.magnitude sparsity=0.3", "quantize.affine bits=4"};
    const RecipePlan expected = planned(steps);
    QVERIFY(!notesOf(expected).contains("in this order"));
    std::ranges::sort(steps);
    int permutations = 0;
    do {
        const RecipePlan plan = planned(steps);
        QVERIFY(plan.layers == expected.layers);
        QVERIFY(plan.recipe == expected.recipe);
        ++permutations;
    } while (std::ranges::next_permutation(steps).found);
    QCOMPARE(permutations, 24);
    const RecipePlan reversed = planned({"quantize.affine bits=4", "factorize.svd rank=4"});
    QVERIFY(notesOf(reversed).startsWith(
        "the steps are applied in this order: factorize.svd, quantize"));
}

void TestPlan::actsOnOwners()
{
    // Named through a member only: the owner is meant, and the stored step says so.
    const RecipePlan plan =
        planned({"share.layers mode=all", "quantize.affine bits=4 @ block=3 and role=up,down"});
    QVERIFY(layerOf(plan, "encoder.0.ffn.up").codec);
    QVERIFY(!layerOf(plan, "encoder.3.ffn.up").codec);
    QCOMPARE(QString::fromStdString(plan.recipe.steps[1].layers),
             "encoder.0.ffn.up,encoder.0.ffn.down");
    QVERIFY(notesOf(plan).contains("it acts on the 2 owners and so changes 6 more layers"));
    QCOMPARE(layerOf(plan, "encoder.3.ffn.up").steps.size(), 2u);
    QCOMPARE(layerOf(plan, "encoder.0.ffn.up").steps.size(), 1u);

    // Named with all members: once, and the selection stays as it was.
    const RecipePlan whole = planned({"share.layers mode=all", "quantize.affine bits=4"});
    QCOMPARE(QString::fromStdString(whole.recipe.steps[1].layers),
             "role=query,key,value,output,up,down");
    QVERIFY(notesOf(whole).contains("18 of its layers use another layer's weight"));
    QCOMPARE(whole.notes.size(), 1u);
}

void TestPlan::actsOnTiedOwner()
{
    const RecipePlan plan = planned({"quantize.affine bits=8 @ role=head"});
    QVERIFY(layerOf(plan, "embedding.token").codec);
    QCOMPARE(QString::fromStdString(plan.recipe.steps[0].layers), "embedding.token");
    QCOMPARE(layerOf(plan, "mlm.decoder").steps, layerOf(plan, "embedding.token").steps);
    QVERIFY(!layerOf(plan, "mlm.decoder").sharesBias);
}

void TestPlan::sharedCheckpointMovesWhole()
{
    // Blocks 2 and 3 are one already; sharing 0 and 3 takes 2 along.
    ModelDescription model = fabricatedModel();
    for (Layer &layer : model.layers) {
        if (layer.block == 3)
            layer.sharedWith = "encoder.2." + layer.name.substr(10);
    }
    const RecipePlan shared = plan(recipeOf({"share.layers mode=all @ block=0,3"}), model);
    for (const char *member : {"encoder.2.ffn.up", "encoder.3.ffn.up"}) {
        QCOMPARE(ownerOf(shared, member), "encoder.0.ffn.up");
        QVERIFY(layerOf(shared, member).sharesBias);
    }
    QCOMPARE(ownerOf(shared, "encoder.1.ffn.up"), "");
}

void TestPlan::noEffect_data()
{
    QTest::addColumn<QStringList>("steps");
    QTest::addColumn<QString>("note");
    QTest::newRow("replaced everywhere")
        << QStringList{"quantize.affine bits=8", "quantize.affine bits=4"}
        << "\"quantize.affine bits=8 clip=minmax granularity=channel symmetric=yes @ "
           "role=query,key,value,output,up,down\" has no "
           "effect: later steps replace it in every layer";
    QTest::newRow("nothing pruned")
        << QStringList{"prune.magnitude sparsity=0"}
        << "sparsity=0 @ role=query,key,value,output,up,down\" changes nothing in this model";
    QTest::newRow("sandwich of three") << QStringList{"share.layers mode=sandwich @ block=0-2"}
                                       << "\"share.layers keep-weights=first mode=sandwich @ "
                                          "block=0-2\" changes nothing in this model";
}

void TestPlan::noEffect()
{
    QFETCH(QStringList, steps);
    QFETCH(QString, note);
    std::vector<std::string> texts;
    for (const QString &step : steps)
        texts.push_back(step.toStdString());
    const RecipePlan plan = planned(texts);
    QVERIFY2(notesOf(plan).contains(note), qPrintable(notesOf(plan)));
}

void TestPlan::ranks_data()
{
    QTest::addColumn<QString>("step");
    QTest::addColumn<int>("rank");
    // [56, 24]: break-even 16.8
    QTest::newRow("as given") << "factorize.svd rank=16" << 16;
    QTest::newRow("kept share, floor(0.5 * 16.8)") << "factorize.svd keep=0.5" << 8;
    QTest::newRow("default is keep=0.5") << "factorize.svd" << 8;
    QTest::newRow("everything that saves") << "factorize.svd keep=1" << 16;
    QTest::newRow("floor(0.0596 * 16.8) = 1") << "factorize.svd keep=0.0596" << 1;
}

void TestPlan::ranks()
{
    QFETCH(QString, step);
    const RecipePlan plan = planned({step.toStdString() + " @ role=up"});
    QTEST(static_cast<int>(layerOf(plan, "encoder.0.ffn.up").rank.value()), "rank");
}

void TestPlan::forms()
{
    const auto upOf = [](const RecipePlan &plan) { return layerOf(plan, "encoder.0.ffn.up"); };
    const PlannedLayer energy = upOf(planned({"factorize.svd energy=0.9 @ role=up"}));
    QVERIFY(energy.rankBound == RankBound(RankBound::Kind::Energy, 0.9));
    QVERIFY(!energy.rank && energy.changesWeight() && energy.parametersUnknown());
    const PlannedLayer error = upOf(planned({"factorize.svd error=0.25 @ role=up"}));
    QVERIFY(error.rankBound == RankBound(RankBound::Kind::Error, 0.25));
    // [56, 24]: 8 x 4 blocks leave 7 x 6 of them.
    const PlannedLayer given = upOf(planned({"factorize.kronecker block=8x4 @ role=up"}));
    QVERIFY(given.kronecker == KroneckerShape(8, 4));
    const PlannedLayer share = upOf(planned({"factorize.kronecker keep=0.05 @ role=up"}));
    QVERIFY(share.kronecker == kroneckerShapeFor(0.05, 56, 24));
    // Of two forms the later one stands alone.
    const PlannedLayer later = upOf(
        planned({"factorize.svd energy=0.9 @ role=up", "factorize.kronecker block=8x4 @ role=up"}));
    QVERIFY(!later.rankBound && later.kronecker == KroneckerShape(8, 4));
    const ModelDescription model = fabricatedModel();
    const Layer &layer = *model.find("encoder.0.ffn.up");
    const std::vector<std::vector<std::int64_t>> factors{{7, 6}, {8, 4}};
    QCOMPARE(factorShapes(given, layer), factors);
    // Blocks that fit both factors are fine.
    QVERIFY(upOf(planned({"factorize.kronecker block=8x4 @ role=up",
                          "prune.magnitude block=1x2 @ role=up"}))
                .mask);
}

void TestPlan::refuses_data()
{
    QTest::addColumn<QString>("step");
    QTest::addColumn<int>("blocks");
    QTest::addColumn<QString>("message");
    QTest::newRow("unknown technique")
        << "prune.magic" << 4 << "there is no technique \"prune.magic\"";
    QTest::newRow("nothing selected")
        << "quantize.affine @ block=9" << 4
        << "quantize.affine: the selection \"block=9\" leaves no layer of this model, which has "
           "blocks 0 to 3 in the stack encoder; expected layers with one of the "
           "roles token-embedding, position-embedding, type-embedding, query, key, value, output, "
           "up, down, pooler, "
           "classifier, head";
    QTest::newRow("only norms") << "prune.magnitude @ *norm" << 4
                                << "the selection \"*norm\" leaves no layer";
    QTest::newRow("not in blocks") << "share.layers mode=ffn @ role=query" << 4
                                   << "share.layers: the selection \"role=query\" leaves no layer "
                                      "of this model; mode=ffn shares layers of blocks "
                                      "with one of the roles up, down, norm";
    QTest::newRow("norms of a sandwich")
        << "share.layers mode=sandwich @ role=norm" << 4
        << "with one of the roles query, key, value, output, up, down";
    QTest::newRow("one block")
        << "share.layers mode=all" << 1
        << "share.layers: mode=all needs at least 2 blocks to share among, the selection leaves "
           "1 of encoder.*.attention.key";
    QTest::newRow("one selected block")
        << "share.layers @ block=2" << 4 << "needs at least 2 blocks";
    QTest::newRow("thin sandwich")
        << "share.layers mode=sandwich" << 2
        << "mode=sandwich needs at least 3 blocks to share among, the selection leaves 2";
    QTest::newRow("rank too large") << "factorize.svd rank=17 @ role=up" << 4
                                    << "factorize.svd: rank 17 saves nothing in encoder.0.ffn.up: "
                                       "a matrix of shape [56, 24] breaks even at rank 16.8";
    QTest::newRow("rank breaks even")
        << "factorize.svd rank=12 @ role=query" << 4
        << "rank 12 saves nothing in encoder.0.attention.query: a matrix of shape [24, 24] "
           "breaks even at rank 12";
    QTest::newRow("keep of nothing")
        << "factorize.svd keep=0.05 @ role=up" << 4
        << "factorize.svd: keep=0.05 leaves no rank in encoder.0.ffn.up: a matrix of shape "
           "[56, 24] breaks even at rank 16.8";
    QTest::newRow("blocks of a matrix")
        << "prune.magnitude block=5x4 @ role=up" << 4
        << "prune.magnitude: blocks of 5x4 do not fit a whole number of times into shape [56, 24] "
           "of encoder.0.ffn.up";
    QTest::newRow("blocks of a factor")
        << "prune.magnitude block=4x4 @ role=up; factorize.svd rank=6 @ role=up" << 4
        << "blocks of 4x4 do not fit a whole number of times into shape [56, 6] of "
           "encoder.0.ffn.up";
    QTest::newRow("blocks of an open rank")
        << "prune.wanda block=1x4 @ role=up; factorize.svd energy=0.9 @ role=up" << 4
        << "prune.wanda: whether blocks of 1x4 fit the factors of encoder.0.ffn.up depends on "
           "their rank, which \"factorize.svd energy=0.9 @ role=up\" leaves to the weights";
    QTest::newRow("blocks and a pattern")
        << "prune.magnitude block=4x4 pattern=2:4" << 4
        << "prune.magnitude: block and pattern exclude each other";
    QTest::newRow("two ranks") << "factorize.svd rank=4 error=0.1" << 4
                               << "factorize.svd: error and rank exclude each other";
    QTest::newRow("Kronecker blocks that do not divide")
        << "factorize.kronecker block=5x2 @ role=up" << 4
        << "factorize.kronecker: blocks of 5x2 do not fit a whole number of times into shape [56, "
           "24] of encoder.0.ffn.up";
    QTest::newRow("Kronecker blocks that save nothing")
        << "factorize.kronecker block=1x1 @ role=up" << 4
        << "factorize.kronecker: blocks of 1x1 save nothing in encoder.0.ffn.up of shape [56, "
           "24]: the two factors hold 1345 weights";
    QTest::newRow("Kronecker share")
        << "factorize.kronecker keep=0.7 @ role=up" << 4
        << "factorize.kronecker: no two factors of encoder.0.ffn.up, whose shape is [56, 24], "
           "hold keep=0.7 of its weights; expected 0.5015 at most";
    QTest::newRow("inputs of Kronecker factors")
        << "factorize.kronecker @ role=up; prune.wanda @ role=up" << 4
        << "prune.wanda looks at what a matrix is given, which is not known of the factors that "
           "\"factorize.kronecker keep=0.5 @ role=up\" makes of encoder.0.ffn.up";
    QTest::newRow("codes by the inputs of Kronecker factors")
        << "factorize.kronecker @ role=up; quantize.gptq @ role=up" << 4
        << "quantize.gptq looks at what a matrix is given";
    QTest::newRow("largest inputs of factors")
        << "factorize.svd keep=0.5 @ role=up; quantize.smoothquant @ role=up" << 4
        << "quantize.smoothquant looks at what a matrix is given, which is not known of the "
           "factors that \"factorize.svd keep=0.5 @ role=up\" makes of encoder.0.ffn.up";
    QTest::newRow("outliers of factors")
        << "factorize.svd energy=0.5 @ role=up; quantize.llm-int8 @ role=up" << 4
        << "quantize.llm-int8 looks at what a matrix is given";
    QTest::newRow("nothing to split")
        << "quantize.affine bits=2; recover split-epochs=1" << 4
        << "split-epochs=1 splits ternary weights, and the recipe makes none";
    QTest::newRow("ternary, replaced")
        << "quantize.ternary; quantize.binary; recover split-epochs=1" << 4
        << "expected a step quantize.ternary";
    QTest::newRow("no bits to come down")
        << "quantize.affine bits=4; recover bits-from=4" << 4
        << "bits-from=4: no weight that the recipe quantizes has fewer bits";
    QTest::newRow("bits") << "quantize.affine bits=9" << 4
                          << "bits expects a whole number from 2 to 8, found \"9\"";
}

void TestPlan::refuses()
{
    QFETCH(QString, step);
    QFETCH(int, blocks);
    QFETCH(QString, message);
    try {
        std::vector<std::string> steps;
        for (const QString &one : step.split("; "))
            steps.push_back(one.toStdString());
        planned(steps, {.blocks = blocks});
        QFAIL("not refused");
    } catch (const Error &error) {
        QVERIFY(error.kind() == ErrorKind::InvalidSetting);
        QVERIFY2(QString(error.what()).contains(message), error.what());
    }
}

void TestPlan::refusesShapes()
{
    ModelDescription model = fabricatedModel();
    std::ranges::find(model.layers, "encoder.2.ffn.up", &Layer::name)->shape = {48, 24};
    try {
        plan(recipeOf({"share.layers"}), model);
        QFAIL("not refused");
    } catch (const Error &error) {
        QCOMPARE(error.what(),
                 "share.layers: encoder.2.ffn.up of shape [48, 24] cannot use the weight of "
                 "encoder.0.ffn.up, whose shape is [56, 24]");
    }
    model = fabricatedModel();
    std::ranges::find(model.layers, "encoder.1.ffn.up", &Layer::name)->bias = false;
    try {
        plan(recipeOf({"share.layers"}), model);
        QFAIL("not refused");
    } catch (const Error &error) {
        QVERIFY(QString(error.what()).contains("only one of the two has a bias"));
    }
}

void TestPlan::planOfPlan()
{
    const std::vector<std::string> steps{
        "quantize.affine bits=4 @ block=3", "share.layers mode=sandwich",
        "quantize.affine bits=8 @ mlm.*", "prune.magnitude pattern=2:4 @ block=1-2",
        "factorize.svd keep=0.4 @ block=2"};
    const RecipePlan first = planned(steps);
    const RecipePlan second = plan(first.recipe, fabricatedModel());
    QVERIFY(second.recipe == first.recipe);
    QVERIFY(second.layers == first.layers);
    QVERIFY(!notesOf(second).contains("in this order"));
}

QTEST_GUILESS_MAIN(TestPlan)
#include "tst_plan.moc"
