#include "core/base/error.h"
#include "core/base/random.h"
#include "core/compression/plannedsize.h"
#include "core/model/architecture.h"
#include "core/search/budget.h"
#include "core/search/leastbytes.h"
#include "tests/support/tinymodel.h"

#include <QTest>
#include <cmath>
#include <limits>

using namespace pare;

namespace {

constexpr std::size_t rows = 200;
constexpr std::size_t labels = 2;
const char *layers[] = {"encoder.0.ffn.up", "encoder.0.ffn.down", "encoder.1.ffn.up"};
const char *settings[] = {"bits=8", "bits=4", "bits=2"};

/// Three layers with three options each: the fewer bits, the smaller, the faster and the worse.
ResponseTable someTable(double strength = 1)
{
    Random random(1);
    ResponseTable table;
    table.order =
        ProbeOrder(std::vector<double>(rows, 0.0), std::vector<std::int64_t>(rows, 0), {1});
    table.original.labels = labels;
    table.original.accuracy = 1;
    table.bytes = 30'000;
    table.milliseconds = 3;
    for (std::size_t row = 0; row < rows; ++row) {
        table.original.logits.insert(table.original.logits.end(),
                                     {static_cast<float>(0.2 + 2 * random.uniform()), 0.0F});
        table.original.gold.push_back(0);
    }
    for (std::size_t layer = 0; layer < 3; ++layer) {
        for (std::size_t option = 0; option < 3; ++option) {
            Response response;
            response.place = layers[layer];
            response.recipe = checked(Recipe{{parsedStep(
                std::string("quantize.affine ") + settings[option] + " @ " + layers[layer])}});
            response.bytes = 30'000 - 2'000 * static_cast<std::int64_t>(option + 2);
            response.milliseconds = -0.2 * static_cast<double>(option + 1);
            const double size = strength * (0.05 + 0.4 * static_cast<double>(layer)) *
                                std::pow(3.0, static_cast<double>(option)) / 9;
            for (std::size_t k = 0; k < rows * labels; ++k)
                response.changes.push_back(static_cast<float>(size * (random.uniform() - 0.5)));
            table.responses.push_back(std::move(response));
        }
    }
    return table;
}

/// The soft count of a choice: options of the three layers, 3 is none.
double countOf(const ResponseTable &table, const std::array<std::size_t, 3> &choice)
{
    double count = 0;
    for (std::size_t row = 0; row < rows; ++row) {
        double change = 0;
        for (std::size_t layer = 0; layer < 3; ++layer) {
            if (choice[layer] == 3)
                continue;
            const auto &changes = table.responses[3 * layer + choice[layer]].changes;
            change += changes[row * labels] - changes[row * labels + 1];
        }
        const double x = change / (table.original.logits[row * labels] + 0.05);
        count += x * x / (1 + x * x / 9) / rows;
    }
    return count;
}

} // namespace

class TestBudget : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void targetsAreRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("kind");
        QTest::addColumn<double>("limit");
        QTest::newRow("megabytes") << "bytes<=2MB" << int(BudgetKind::Bytes) << 2e6;
        QTest::newRow("spaces") << "bytes <= 1.5 MB" << int(BudgetKind::Bytes) << 1.5e6;
        QTest::newRow("kilobytes") << "bytes<=300kB" << int(BudgetKind::Bytes) << 3e5;
        QTest::newRow("plain") << "bytes<=1234" << int(BudgetKind::Bytes) << 1234.0;
        QTest::newRow("per cent") << "accuracy>=90%" << int(BudgetKind::Accuracy) << 0.9;
        QTest::newRow("share") << "accuracy>=0.9" << int(BudgetKind::Accuracy) << 0.9;
        QTest::newRow("milliseconds") << "latency<=1.2ms" << int(BudgetKind::Milliseconds) << 1.2;
        for (const char *bad :
             {"", "bytes", "bytes>=2MB", "bytes<=2XB", "bytes<=-1", "bytes<=0", "accuracy>=110%",
              "accuracy<=90%", "latency<=fast", "latency<=1.2", "bytes<=nan", "size<=3MB"})
            QTest::addRow("refused: %s", bad) << QString(bad) << -1 << 0.0;
    }
    void targetsAreRead()
    {
        QFETCH(QString, text);
        QFETCH(int, kind);
        QFETCH(double, limit);
        if (kind < 0) {
            QVERIFY_THROWS_EXCEPTION(Error, parsedTarget(text.toStdString()));
            return;
        }
        const BudgetTarget target = parsedTarget(text.toStdString());
        QCOMPARE(int(target.kind), kind);
        QVERIFY(std::abs(target.limit - limit) < 1e-9 * std::max(1.0, limit));
    }

    /// Small changes add up, so that what the knapsack proves is what trying everything finds.
    void choicesAreTheBestThatFit()
    {
        const ResponseTable table = someTable(0.1);
        const Predictor predictor(table, {});
        const BudgetSearch search(table, predictor, {});
        for (std::int64_t bytes = 6'000; bytes <= 30'000; bytes += 1'000) {
            double best = std::numeric_limits<double>::infinity();
            for (std::size_t i = 0; i < 64; ++i) {
                const std::array<std::size_t, 3> choice{i % 4, i / 4 % 4, i / 16};
                std::int64_t size = 30'000;
                for (const std::size_t option : choice)
                    size -= option == 3 ? 0 : 2'000 * static_cast<std::int64_t>(option + 2);
                if (size <= bytes)
                    best = std::min(best, countOf(table, choice));
            }
            const BudgetTarget target{BudgetKind::Bytes, static_cast<double>(bytes)};
            const BudgetChoice choice = search.best(target, silentProgress());
            QVERIFY(choice.bytes <= bytes);
            std::array<std::size_t, 3> chosen{3, 3, 3};
            for (const std::size_t response : choice.responses)
                chosen[response / 3] = response % 3;
            QVERIFY2(countOf(table, chosen) <= 1.05 * best + 1e-9,
                     qPrintable(QString::number(bytes)));
            QVERIFY(choice.certificate.gap >= 0 && choice.certificate.gap < 1e-12);
            QCOMPARE(choice.certificate.options, std::int64_t{12});
            QCOMPARE(choice.reasons.size(), std::size_t{3});
        }
    }

    void whatCannotBeReachedIsKnownBeforehand()
    {
        const ModelDescription model = describe(pare::test::tinyBert());
        std::vector<Recipe> recipes;
        Recipe all;
        for (const Layer &layer : model.layers) {
            if (layer.role != LayerRole::Up)
                continue;
            for (const char *option : {"quantize.affine bits=4", "quantize.affine bits=8"})
                recipes.push_back(
                    checked(Recipe{{parsedStep(std::string(option) + " @ " + layer.name)}}));
            all.steps.push_back(parsedStep("quantize.affine bits=4 @ " + layer.name));
        }
        QVERIFY(all.steps.size() > 1);
        const std::int64_t least = leastBytes(recipes, {}, model);
        QCOMPARE(least, plannedSize(plan(all, model)).bytes.value());
        QVERIFY(least < plannedSize(plan({}, model)).bytes.value());
        refuseUnreachable({BudgetKind::Bytes, static_cast<double>(least)}, recipes, {}, model);
        refuseUnreachable({BudgetKind::Accuracy, 0.1}, recipes, {}, model);
        const BudgetTarget below{BudgetKind::Bytes, static_cast<double>(least) - 1};
        QVERIFY_THROWS_EXCEPTION(Error, refuseUnreachable(below, recipes, {}, model));
        const std::vector<std::string> locked{all.steps.front().layers};
        QVERIFY(leastBytes(recipes, locked, model) > least);
        QVERIFY_THROWS_EXCEPTION(Error,
                                 refuseUnreachable({BudgetKind::Bytes, static_cast<double>(least)},
                                                   recipes, locked, model));
    }

    void lockedLayersStay()
    {
        const ResponseTable table = someTable();
        const Predictor predictor(table, {});
        const BudgetSearch search(table, predictor, {"encoder.0.ffn.up"});
        const BudgetChoice choice = search.best({BudgetKind::Bytes, 15'000}, silentProgress());
        for (const std::size_t response : choice.responses)
            QVERIFY(table.responses[response].place != "encoder.0.ffn.up");
        QVERIFY_THROWS_EXCEPTION(Error, search.best({BudgetKind::Bytes, 10'000}, silentProgress()));
        QVERIFY_THROWS_EXCEPTION(Error,
                                 BudgetSearch(table, predictor, {layers[0], layers[1], layers[2]}));
    }

    void timeIsABudgetToo()
    {
        const ResponseTable table = someTable();
        const Predictor predictor(table, {});
        const BudgetSearch search(table, predictor, {});
        const BudgetChoice choice = search.best({BudgetKind::Milliseconds, 2}, silentProgress());
        QVERIFY(choice.milliseconds <= 2 + 1e-9);
        QVERIFY(choice.responses.size() >= 2);
        QVERIFY_THROWS_EXCEPTION(Error,
                                 search.best({BudgetKind::Milliseconds, 1}, silentProgress()));
    }

    void accuracyAsksForTheSmallest()
    {
        const ResponseTable table = someTable(4);
        const Predictor predictor(table, {});
        const BudgetSearch search(table, predictor, {});
        std::int64_t last = 0;
        for (const double accuracy : {0.7, 0.9, 0.99, 1.0}) {
            const BudgetChoice choice =
                search.best({BudgetKind::Accuracy, accuracy}, silentProgress());
            QVERIFY(choice.prediction.accuracy.value >= accuracy);
            QVERIFY(choice.bytes >= last);
            last = choice.bytes;
        }
        ResponseTable lower = table;
        lower.original.accuracy = 0.8;
        QVERIFY_THROWS_EXCEPTION(
            Error,
            BudgetSearch(lower, predictor, {}).best({BudgetKind::Accuracy, 0.9}, silentProgress()));
    }

    void frontsFall()
    {
        const ResponseTable table = someTable();
        const Predictor predictor(table, {});
        const auto front = BudgetSearch(table, predictor, {}).front(10, silentProgress());
        QCOMPARE(front.size(), std::size_t{10});
        QCOMPARE(front.front().bytes, std::int64_t{30'000 - 3 * 8'000});
        QCOMPARE(front.back().bytes, std::int64_t{30'000});
        QVERIFY(front.back().responses.empty());
        for (std::size_t i = 1; i < front.size(); ++i)
            QVERIFY(front[i].bytes >= front[i - 1].bytes);
    }

    /// Two options that are bad together only are not taken together.
    void pairsCount()
    {
        ResponseTable table = someTable(0.1);
        const auto isTaken = [](const BudgetChoice &choice, std::size_t response) {
            return std::ranges::find(choice.responses, response) != choice.responses.end();
        };
        const BudgetTarget target{BudgetKind::Bytes, 18'000};
        const BudgetChoice before =
            BudgetSearch(table, Predictor(table, {}), {}).best(target, silentProgress());
        QVERIFY(before.responses.size() >= 2);
        const std::size_t first = before.responses[0], second = before.responses[1];
        JointResponse joint{first, second, table.responses[first]};
        for (std::size_t row = 0; row < rows; ++row)
            joint.response.changes[row * labels] = -5;
        table.joints.push_back(joint);
        const BudgetChoice after =
            BudgetSearch(table, Predictor(table, {}), {}).best(target, silentProgress());
        QVERIFY(!(isTaken(after, first) && isTaken(after, second)));
        const std::vector<std::size_t> both{first, second};
        QVERIFY(Predictor(table, {}).of(both).accuracy.value < 0.1);
    }

    void recipesJoinLayersOfOneOption()
    {
        const ResponseTable table = someTable();
        const std::vector<std::size_t> responses{0, 3, 7};
        const Recipe recipe = recipeOf(table, responses);
        QCOMPARE(recipe.steps.size(), std::size_t{2});
        QCOMPARE(recipe.steps[0].layers, std::string("encoder.0.ffn.up,encoder.0.ffn.down"));
        QCOMPARE(recipe.steps[1].layers, std::string("encoder.1.ffn.up"));
    }
};

QTEST_GUILESS_MAIN(TestBudget)
#include "tst_budget.moc"
