#include "core/base/random.h"
#include "core/search/probeorder.h"

#include <QTest>
#include <cmath>
#include <numeric>
#include <set>

using namespace pare;

namespace {

struct Population
{
    std::vector<double> margins;
    std::vector<std::int64_t> labels;
    std::vector<double> values; ///< more often not 0 near the decision
};

Population population(std::size_t size, std::int64_t classes)
{
    Random random(3);
    Population all;
    for (std::size_t i = 0; i < size; ++i) {
        all.margins.push_back(-2 * std::log(1 - random.uniform()));
        all.labels.push_back(
            static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(classes))));
        all.values.push_back(random.uniform() < std::exp(-3 * all.margins.back()) ? 1 : 0);
    }
    return all;
}

} // namespace

class TestProbeOrder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void weightedSumsAreUnbiased_data()
    {
        QTest::addColumn<int>("classes");
        QTest::addColumn<int>("rows");
        QTest::newRow("one class") << 1 << 40;
        QTest::newRow("three classes") << 3 << 60;
        QTest::newRow("too many classes to stratify") << 50 << 60;
        QTest::newRow("a shorter stretch") << 3 << 25;
    }
    void weightedSumsAreUnbiased()
    {
        QFETCH(int, classes);
        QFETCH(int, rows);
        const Population all = population(400, classes);
        const double truth = std::accumulate(all.values.begin(), all.values.end(), 0.0);
        constexpr int seeds = 4000;
        double sum = 0, squares = 0, uniform = 0;
        for (int seed = 0; seed < seeds; ++seed) {
            const ProbeOrder order(all.margins, all.labels, {static_cast<std::uint64_t>(seed)});
            const std::vector<double> weights = order.weights(static_cast<std::size_t>(rows));
            double estimate = 0;
            for (std::size_t i = 0; i < weights.size(); ++i)
                estimate += weights[i] * all.values[order.examples()[i]];
            sum += estimate;
            squares += (estimate - truth) * (estimate - truth);
            Random random(static_cast<std::uint64_t>(seed), 99);
            double plain = 0; // the same number of rows, each with the same chance
            for (int i = 0; i < rows; ++i)
                plain += 400.0 / rows * all.values[random.below(400)];
            uniform += (plain - truth) * (plain - truth);
        }
        const double error = std::sqrt(squares / seeds);
        QVERIFY2(std::abs(sum / seeds - truth) < 4 * error / std::sqrt(seeds),
                 qPrintable(QString("%1, expected %2").arg(sum / seeds).arg(truth)));
        // What the margins are for: less than from as many examples drawn alike.
        QVERIFY(squares < 0.7 * uniform);
    }

    void orderIsTheSameAgain()
    {
        const Population all = population(300, 3);
        const ProbeOrder order(all.margins, all.labels, {7});
        const std::set<std::size_t> distinct(order.examples().begin(), order.examples().end());
        QCOMPARE(distinct.size(), std::size_t{300});
        QCOMPARE(ProbeOrder(all.margins, all.labels, {7}).examples(), order.examples());
        QVERIFY(ProbeOrder(all.margins, all.labels, {8}).examples() != order.examples());
        // Every class is asked first, and then in proportion.
        std::vector<int> asked(3);
        for (std::size_t i = 0; i < 90; ++i)
            ++asked[static_cast<std::size_t>(all.labels[order.examples()[i]])];
        for (const int rows : asked)
            QVERIFY(rows > 15 && rows < 45);
    }

    void allExamplesStandForThemselves()
    {
        const Population all = population(50, 2);
        const ProbeOrder order(all.margins, all.labels, {1});
        QCOMPARE(order.size(), std::size_t{50});
        for (const double weight : order.weights(50))
            QCOMPARE(weight, 1.0);
        for (const double weight : order.weights(20))
            QVERIFY(weight >= 1);
    }

    void answersThatAreAllSureAreAskedAlike()
    {
        const std::vector<double> margins(40, 0.0);
        const std::vector<std::int64_t> labels(40, 0);
        const ProbeOrder order(margins, labels, {1});
        for (const double weight : order.weights(10))
            QVERIFY(std::abs(weight - order.weights(10).front()) < 1e-12);
        QCOMPARE(ProbeOrder({}, {}, {1}).size(), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(TestProbeOrder)
#include "tst_probeorder.moc"
