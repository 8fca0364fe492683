#include "core/base/random.h"
#include "core/compression/plan.h"
#include "core/model/architecture.h"
#include "core/search/prediction.h"
#include "tests/support/tinymodel.h"

#include <QTest>
#include <cmath>

using namespace pare;

namespace {

constexpr std::size_t rows = 400;
constexpr std::size_t labels = 3;

double normal(Random &random)
{
    return std::sqrt(-2 * std::log(1 - random.uniform())) *
           std::cos(6.283185307179586 * random.uniform());
}

/// A table of `options` responses, random changes of different strength.
ResponseTable randomTable(std::size_t options, std::uint64_t seed)
{
    Random random(seed);
    ResponseTable table;
    std::vector<double> margins(rows, 0.0);
    std::vector<std::int64_t> classes(rows, 0);
    table.order = ProbeOrder(margins, classes, {seed});
    table.original.labels = labels;
    table.milliseconds = 5;
    for (std::size_t row = 0; row < rows; ++row) {
        std::size_t best = 0;
        for (std::size_t label = 0; label < labels; ++label)
            table.original.logits.push_back(static_cast<float>(2 * normal(random)));
        for (std::size_t label = 1; label < labels; ++label) {
            if (table.original.logits[row * labels + label] >
                table.original.logits[row * labels + best])
                best = label;
        }
        table.original.gold.push_back(random.uniform() < 0.9 ? static_cast<std::int64_t>(best) : 0);
        table.original.accuracy += table.original.gold.back() == static_cast<std::int64_t>(best);
    }
    table.original.accuracy /= rows;
    for (std::size_t i = 0; i < options; ++i) {
        Response response;
        response.milliseconds = -0.1;
        const double strength = 0.5 * random.uniform();
        for (std::size_t k = 0; k < rows * labels; ++k)
            response.changes.push_back(static_cast<float>(strength * normal(random)));
        table.responses.push_back(std::move(response));
    }
    return table;
}

std::vector<std::size_t> someOf(std::size_t options, Random &random)
{
    std::vector<std::size_t> chosen;
    const double share = random.uniform();
    for (std::size_t i = 0; i < options; ++i) {
        if (random.uniform() < share)
            chosen.push_back(i);
    }
    return chosen;
}

/// What a model would answer whose changes are the sum of these, times `scale`.
MeasuredRecipe measuredAs(const ResponseTable &table, std::vector<std::size_t> responses,
                          double scale)
{
    MeasuredRecipe recipe;
    for (std::size_t row = 0; row < rows; ++row) {
        std::array<float, labels> now{};
        const std::span<const float> before(table.original.logits.data() + row * labels, labels);
        for (std::size_t label = 0; label < labels; ++label) {
            double change = 0;
            for (const std::size_t response : responses)
                change += table.responses[response].changes[row * labels + label];
            now[label] = before[label] + static_cast<float>(scale * change);
        }
        recipe.accuracy += answerOf(now) == table.original.gold[row];
        recipe.changed += answerOf(now) != answerOf(before);
    }
    recipe.accuracy /= rows;
    recipe.changed /= rows;
    recipe.responses = std::move(responses);
    return recipe;
}

/// A case whose shares grow with the gain, and that does what its sum says.
CorrectionCase likeItsSum(double size, double changed)
{
    CorrectionCase one;
    one.size = size;
    for (std::size_t step = 0; step < gainSteps; ++step)
        one.summed[step] = {0.9 - changed / 2 * std::exp(logGain(step)),
                            changed * std::exp(logGain(step))};
    one.measured = {0.9 - changed / 2, changed};
    return one;
}

} // namespace

class TestPrediction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sumsOfChangesAreCounted()
    {
        const ResponseTable table = randomTable(12, 1);
        const Predictor predictor(table, {});
        Random random(2);
        for (int i = 0; i < 20; ++i) {
            const std::vector<std::size_t> responses = someOf(12, random);
            const MeasuredRecipe truth = measuredAs(table, responses, 1);
            const Prediction prediction = predictor.of(responses);
            QVERIFY(std::abs(prediction.accuracy.value - truth.accuracy) < 1e-9);
            QVERIFY(std::abs(prediction.changed.value - truth.changed) < 1e-9);
            QVERIFY(std::abs(static_cast<double>(prediction.flips.size()) / rows - truth.changed) <
                    1e-9);
            QVERIFY(std::abs(prediction.milliseconds - 5 +
                             0.1 * static_cast<double>(responses.size())) < 1e-9);
            // Nothing was measured, so the band says that it may all be wrong.
            QCOMPARE(prediction.accuracy.n, std::int64_t{0});
            QVERIFY(prediction.accuracy.high - prediction.accuracy.low >=
                    std::min(truth.changed, 1 - truth.accuracy + truth.changed));
        }
        const Prediction nothing = predictor.of({});
        QVERIFY(std::abs(nothing.accuracy.value - table.original.accuracy) < 1e-9);
    }

    void rowsThatAllWereAskedCount()
    {
        ResponseTable table = randomTable(3, 1);
        table.responses[1].changes.resize(100 * labels);
        table.responses[2].changes.clear();
        const Predictor predictor(table, {});
        const std::vector<std::size_t> all{0, 1, 2};
        QCOMPARE(predictor.of(all).rows, std::int64_t{100});
        const std::vector<std::size_t> unknown{2};
        QCOMPARE(predictor.of(unknown).rows, std::int64_t{400});
        QCOMPARE(predictor.of(unknown).flips.size(), std::size_t{0});
    }

    /// Sums that overshoot, or fall short, are corrected by what was measured; bands hold.
    void whatLearntIsNoSumOfItsParts()
    {
        const ModelDescription model = describe(pare::test::tinyBert());
        ResponseTable table = randomTable(1, 3);
        table.modelHash = "model";
        table.dataHash = "data";
        table.responses[0].place = "encoder.0.ffn.up";
        table.responses[0].recipe =
            checked(Recipe{{parsedStep("quantize.affine bits=4 @ encoder.0.ffn.up")}});
        Run run;
        run.modelHash = table.modelHash;
        run.dataHash = table.dataHash;
        run.recipe = plan(table.responses[0].recipe, model).recipe;
        run.primaryMetric = "accuracy";
        run.measured.metrics["accuracy"] = {0.8, 0.7, 0.9, 100};
        QCOMPARE(measuredRecipes(table, model, std::vector{run}).size(), std::size_t(1));
        Run taught = run;
        taught.distillation = Distillation{parsedStep("kd")};
        Run trained = run;
        trained.recipe.training = parsedStep("recover");
        QVERIFY(measuredRecipes(table, model, std::vector{taught, trained}).empty());
    }

    void measuredRecipesCorrectTheRest_data()
    {
        QTest::addColumn<double>("scale");
        QTest::newRow("overshoots") << 0.7;
        QTest::newRow("falls short") << 1.4;
    }
    void measuredRecipesCorrectTheRest()
    {
        QFETCH(double, scale);
        double plain = 0, corrected = 0;
        int inside = 0, asked = 0;
        for (std::uint64_t seed = 0; seed < 30; ++seed) {
            const ResponseTable table = randomTable(15, seed);
            Random random(100 + seed);
            std::vector<MeasuredRecipe> measured;
            for (int i = 0; i < 30; ++i)
                measured.push_back(measuredAs(table, someOf(15, random), scale));
            const Predictor alone(table, {});
            const Predictor taught(table, measured);
            for (int i = 0; i < 20; ++i) {
                const MeasuredRecipe truth = measuredAs(table, someOf(15, random), scale);
                plain += std::abs(alone.of(truth.responses).accuracy.value - truth.accuracy);
                const Prediction prediction = taught.of(truth.responses);
                corrected += std::abs(prediction.accuracy.value - truth.accuracy);
                inside += prediction.accuracy.low <= truth.accuracy &&
                          truth.accuracy <= prediction.accuracy.high;
                ++asked;
            }
        }
        QVERIFY2(corrected < 0.6 * plain, qPrintable(QString("%1 %2").arg(corrected).arg(plain)));
        const double share = static_cast<double>(inside) / asked;
        QVERIFY2(share > 0.85 && share < 0.96, qPrintable(QString::number(share)));
    }

    void oneCollapseDoesNotBendTheRest()
    {
        std::vector<CorrectionCase> cases(20, likeItsSum(0.1, 0.02));
        QVERIFY(std::abs(SumCorrection(cases).gain(0.1) - 1) < 0.01);
        CorrectionCase collapsed = likeItsSum(0.12, 0.05);
        collapsed.measured = {0.3, 0.7};
        cases.push_back(collapsed);
        QVERIFY(std::abs(SumCorrection(cases).gain(0.1) - 1) < 0.1);
    }

    void fewCasesKeepTheBandWide()
    {
        std::vector<CorrectionCase> cases(8, likeItsSum(0.1, 0.05));
        QVERIFY(SumCorrection(cases).halfBandOfAccuracy(0.1, 0.05) >= 0.05);
        cases.resize(12, cases.front());
        QVERIFY(SumCorrection(cases).halfBandOfAccuracy(0.1, 0.05) < 0.05);
        QVERIFY(SumCorrection(cases).halfBandOfChanged(0.1, 0.05) < 0.05);
        QCOMPARE(SumCorrection({}).gain(3), 1.0);
    }
};

QTEST_GUILESS_MAIN(TestPrediction)
#include "tst_prediction.moc"
