// factorize.safe: what a plan adds to the model, and that it begins as the linear factorization.
#include "core/base/error.h"
#include "core/compression/compressedmodel.h"
#include "core/compression/factorize/safe.h"
#include "core/compression/layerrecords.h"
#include "core/compression/plannedsize.h"
#include "core/network/network.h"
#include "tests/support/randommodel.h"

#include <ATen/ATen.h>
#include <QTest>

using namespace pare;

namespace {

struct Model
{
    NetworkSpecification specification;
    ModelWeights weights = test::randomWeights(specification, 3);
    ModelDescription description = describe(specification);

    OpenedModel opened() const { return {specification, description, weights}; }
};

Model modelOf(const test::RandomModel &shape = {.heads = 4})
{
    return {test::randomSpecification(shape)};
}

Recipe recipeOf(const QString &steps)
{
    Recipe recipe;
    for (const QString &step : steps.split(';'))
        recipe.steps.push_back(parsedStep(step.trimmed().toStdString()));
    return checked(recipe);
}

CompressedModel made(const Model &model, const QString &steps,
                     const CompressionContext &context = {})
{
    return compressedModel(model.opened(), plan(recipeOf(steps), model.description),
                           silentProgress(), context);
}

std::vector<Sequence> someSequences()
{
    std::vector<Sequence> sequences(7);
    for (std::size_t i = 0; i < sequences.size(); ++i) {
        for (std::size_t k = 0; k < 3 + i; ++k)
            sequences[i].ids.push_back(static_cast<std::int64_t>(5 + (i * 7 + k * 3) % 30));
        sequences[i].types.resize(sequences[i].ids.size());
    }
    return sequences;
}

at::Tensor logitsOf(const CompressedModel &model)
{
    return Network(model.specification, model.weights).logits(packed(someSequences()));
}

double difference(const at::Tensor &a, const at::Tensor &b)
{
    return (a.detach() - b.detach()).abs().max().item<double>();
}

} // namespace

class TestSafe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beginsAsTheLinearFactorization_data()
    {
        QTest::addColumn<QString>("attentive");
        QTest::addColumn<QString>("linear");
        QTest::newRow("rank") << "factorize.safe rank=6 heads=3"
                              << "factorize.embedding rank=6";
        QTest::newRow("share") << "factorize.safe keep=0.5"
                               << "factorize.embedding keep=0.5";
        QTest::newRow("with others")
            << "factorize.safe rank=6; quantize.affine bits=5; prune.heads "
               "count=3; prune.magnitude @ embedding.token"
            << "factorize.embedding rank=6; quantize.affine bits=5; "
               "prune.heads count=3; prune.magnitude @ embedding.token";
    }
    void beginsAsTheLinearFactorization()
    {
        QFETCH(QString, attentive);
        QFETCH(QString, linear);
        const Model model = modelOf();
        const CompressedModel one = made(model, attentive), other = made(model, linear);
        QVERIFY(one.specification.embedding.attentionHeads > 0);
        QCOMPARE(other.specification.embedding.attentionHeads, 0);
        QVERIFY(difference(logitsOf(one), logitsOf(other)) < 1e-5);
        // Its attention is there: once the output matrix is not zero, it counts.
        CompressedModel moved = one;
        moved.weights.layers.at("embedding.attention.output").weight =
            Factor::dense(at::eye(one.specification.embedding.attentionWidth));
        QVERIFY(difference(logitsOf(moved), logitsOf(other)) > 1e-3);
    }

    void addsItsLayers()
    {
        const Model model = modelOf();
        const CompressedModel result = made(model, "factorize.safe rank=6 heads=3");
        QCOMPARE(result.specification.embedding.attentionWidth, 6);
        QCOMPARE(result.specification.embedding.attentionHeads, 3);
        const ModelDescription after = describe(result.specification);
        QCOMPARE(result.plan.layers.size(), after.layers.size());
        for (std::size_t i = 0; i < after.layers.size(); ++i)
            QCOMPARE(result.plan.layers[i].name, after.layers[i].name);
        QCOMPARE(result.weights.layers.size(), after.layers.size());
        // Narrow table, projection, four matrices and their biases instead of the table.
        const std::int64_t expected =
            model.description.parameters - 40 * 16 + 40 * 6 + 6 * 16 + 4 * (6 * 6 + 6);
        QCOMPARE(after.parameters, expected);
        QCOMPARE(parameterCount(result.weights), expected);
        QCOMPARE(plannedSize(result.plan).parameters, std::optional(expected));
        const CompressedModel again = made(model, "factorize.safe rank=6 heads=3");
        const auto query = [](const CompressedModel &of) {
            return denseValues(of.weights.layers.at("embedding.attention.query").weight);
        };
        QVERIFY(at::equal(query(result), query(again)));
        QVERIFY(std::abs(query(result).std().item<double>() - 1 / std::sqrt(6)) < 0.15);
        QVERIFY(!query(result).equal(
            denseValues(result.weights.layers.at("embedding.attention.key").weight)));
        // Planning the plan's own recipe gives the same.
        const RecipePlan replanned = plan(result.plan.recipe, model.description);
        QCOMPARE(replanned.layers, result.plan.layers);
        QCOMPARE(replanned.tokenAttention, result.plan.tokenAttention);
    }

    void laterStepsReachItsLayers()
    {
        const Model model = modelOf();
        const CompressedModel result =
            made(model, "factorize.safe rank=6; quantize.affine bits=4 @ embedding.*");
        for (const char *name : {"embedding.attention.query", "embedding.attention.output"}) {
            const auto &factor = std::get<Factor>(result.weights.layers.at(name).weight);
            QCOMPARE(factor.codec().bits, 4);
        }
        const std::vector<LayerRecord> records =
            layerRecords(model.opened(), result, silentProgress());
        QCOMPARE(records.size(), model.description.layers.size() + 4);
        QCOMPARE(records[0].name, std::string("embedding.token"));
        QVERIFY(records[0].weightError > 0.1);
        QCOMPARE(records[1].name, std::string("embedding.attention.query"));
        QVERIFY(records[1].weightError > 0 && records[1].weightError < 0.2);
        QCOMPARE(records[1].steps.size(), std::size_t{2});
        QCOMPARE(records[4].name, std::string("embedding.attention.output"));
        QCOMPARE(records[4].weightError, 0.0);
        QCOMPARE(records[5].name, std::string("embedding.position"));
    }

    void aLaterFormReplacesIt()
    {
        const Model model = modelOf();
        const CompressedModel result =
            made(model, "factorize.safe rank=6; factorize.embedding rank=3");
        QVERIFY(!result.plan.tokenAttention);
        QCOMPARE(result.specification.embedding, model.specification.embedding);
        QCOMPARE(result.weights.layers.size(), model.weights.layers.size());
    }

    void calibrationRunsThroughIt()
    {
        const Model model = modelOf();
        CalibrationData data;
        data.sequences = someSequences();
        CompressionContext context;
        context.specification = &model.specification;
        context.calibration = &data;
        for (const QString inputs : {"sequential", "original"}) {
            const QString rounding =
                "; quantize.gptq bits=4 inputs=" + inputs + "; prune.heads count=3";
            const CompressedModel one =
                made(model, "factorize.safe rank=6 heads=2" + rounding, context);
            const CompressedModel other =
                made(model, "factorize.embedding rank=6" + rounding, context);
            QVERIFY(difference(logitsOf(one), logitsOf(other)) < 1e-5);
        }
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("steps");
        QTest::addColumn<bool>("masked");
        QTest::addColumn<QString>("says");
        QTest::newRow("heads") << "factorize.safe rank=6 heads=4" << false << "multiple of heads=4";
        QTest::newRow("saves nothing") << "factorize.safe rank=14" << false << "embedding.token";
        QTest::newRow("tied decoder") << "factorize.safe rank=4" << true << "mlm.decoder";
        QTest::newRow("other layers")
            << "factorize.safe rank=4 @ role=query" << false << "token-embedding";
    }
    void refuses()
    {
        QFETCH(QString, steps);
        QFETCH(bool, masked);
        QFETCH(QString, says);
        const Model model =
            modelOf({.head = masked ? HeadKind::MaskedLm : HeadKind::Classification});
        try {
            plan(recipeOf(steps), model.description);
            QFAIL("accepted");
        } catch (const Error &error) {
            QCOMPARE(error.kind(), ErrorKind::InvalidSetting);
            QVERIFY2(QString(error.what()).contains(says), error.what());
        }
    }

    void needsAPlaceInTheArchitecture()
    {
        ModelDescription model = modelOf().description;
        model.architecture = "albert";
        try {
            plan(recipeOf("factorize.safe rank=4"), model);
            QFAIL("accepted");
        } catch (const Error &error) {
            QCOMPARE(error.kind(), ErrorKind::Unsupported);
            QVERIFY2(QString(error.what()).contains("albert"), error.what());
        }
    }

    /// Of a model that has such an attention already: its table keeps its form, the rest of it
    /// does not.
    void compressesWhatIsThere()
    {
        const Model before = modelOf();
        CompressedModel first = made(before, "factorize.safe rank=6 heads=3");
        first.weights.layers.at("embedding.attention.output").weight =
            Factor::dense(at::randn({6, 6}).mul(0.3));
        Model model{first.specification};
        model.weights = first.weights;
        for (const QString steps : {"factorize.safe rank=4", "factorize.embedding rank=4",
                                    "factorize.svd rank=4 @ embedding.token"})
            QVERIFY_EXCEPTION_THROWN(plan(recipeOf(steps), model.description), Error);
        const CompressedModel second =
            made(model, "quantize.affine bits=8 @ embedding.*; prune.heads count=3; "
                        "factorize.svd rank=2 @ embedding.attention.query");
        QCOMPARE(second.specification.embedding, model.specification.embedding);
        const auto &table = std::get<Product>(second.weights.layers.at("embedding.token").weight);
        QCOMPARE(table.left.codec().bits, 8);
        QVERIFY(std::holds_alternative<Product>(
            second.weights.layers.at("embedding.attention.query").weight));
        QVERIFY(logitsOf(second).isfinite().all().item<bool>());
    }
};

QTEST_GUILESS_MAIN(TestSafe)
#include "tst_safe.moc"
