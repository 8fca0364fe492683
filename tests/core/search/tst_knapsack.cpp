#include "core/base/error.h"
#include "core/base/random.h"
#include "core/search/knapsack.h"

#include <QTest>
#include <limits>
#include <optional>

using namespace pare;

namespace {

/// Small whole numbers make ties likely, halves and tenths do not add up exactly.
KnapsackProblem randomProblem(Random &random)
{
    KnapsackProblem problem;
    const std::uint64_t groups = 1 + random.below(5);
    const bool isWhole = random.below(2) == 0;
    for (std::uint64_t g = 0; g < groups; ++g) {
        std::vector<KnapsackOption> options;
        for (std::uint64_t i = 0; i <= random.below(5); ++i) {
            const double value = isWhole ? static_cast<double>(random.below(7)) - 2
                                         : 0.1 * static_cast<double>(random.below(40)) - 0.7;
            options.push_back({value, static_cast<std::int64_t>(random.below(9))});
        }
        problem.groups.push_back(std::move(options));
    }
    return problem;
}

struct Best
{
    std::optional<double> value;
    std::int64_t leastWeight = std::numeric_limits<std::int64_t>::max();
};

/// Tries everything; `barred` leaves out one option of one group.
Best tried(const KnapsackProblem &problem, std::int64_t capacity,
           std::optional<std::pair<std::size_t, std::size_t>> barred = {})
{
    Best best;
    std::vector<std::size_t> choice(problem.groups.size());
    while (true) {
        double value = 0;
        std::int64_t weight = 0;
        bool isBarred = false;
        for (std::size_t g = 0; g < choice.size(); ++g) {
            value += problem.groups[g][choice[g]].value;
            weight += problem.groups[g][choice[g]].weight;
            isBarred |= barred && barred->first == g && barred->second == choice[g];
        }
        if (!isBarred) {
            best.leastWeight = std::min(best.leastWeight, weight);
            if (weight <= capacity && (!best.value || value < *best.value))
                best.value = value;
        }
        std::size_t g = 0;
        while (g < choice.size() && ++choice[g] == problem.groups[g].size())
            choice[g++] = 0;
        if (g == choice.size())
            return best;
    }
}

} // namespace

class TestKnapsack : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tryingEverythingFindsNothingBetter()
    {
        Random random(20261126);
        int fitting = 0;
        for (int i = 0; i < 1000; ++i) {
            const KnapsackProblem problem = randomProblem(random);
            const auto capacity = static_cast<std::int64_t>(random.below(30));
            const KnapsackSolution solution = solveKnapsack(problem, capacity);
            const Best best = tried(problem, capacity);
            QCOMPARE(solution.leastWeight, best.leastWeight);
            QCOMPARE(solution.fits(), best.value.has_value());
            if (!best.value)
                continue;
            ++fitting;
            QVERIFY(std::abs(solution.value - *best.value) < 1e-12);
            QVERIFY(solution.bound <= solution.value && solution.gap() < 1e-12);
            double value = 0;
            std::int64_t weight = 0;
            for (std::size_t g = 0; g < problem.groups.size(); ++g) {
                value += problem.groups[g][solution.choice[g]].value;
                weight += problem.groups[g][solution.choice[g]].weight;
            }
            QCOMPARE(solution.value, value);
            QCOMPARE(solution.weight, weight);
            QVERIFY(weight <= capacity);
        }
        QVERIFY(fitting > 500);
    }

    void nextBestsAreThoseWithoutTheChoice()
    {
        Random random(7);
        for (int i = 0; i < 300; ++i) {
            const KnapsackProblem problem = randomProblem(random);
            const KnapsackSolution solution = solveKnapsack(problem, 20);
            if (!solution.fits())
                continue;
            const std::vector<KnapsackSolution> others = nextBest(problem, solution);
            QCOMPARE(others.size(), problem.groups.size());
            for (std::size_t g = 0; g < others.size(); ++g) {
                const Best best = tried(problem, 20, std::pair(g, solution.choice[g]));
                QCOMPARE(others[g].fits(), best.value.has_value());
                if (!best.value)
                    continue;
                QVERIFY(std::abs(others[g].value - *best.value) < 1e-12);
                QVERIFY(others[g].choice[g] != solution.choice[g]);
            }
        }
    }

    void manyBudgetsAreManySolutions()
    {
        Random random(3);
        const KnapsackProblem problem = randomProblem(random);
        std::vector<std::int64_t> capacities;
        for (std::int64_t capacity = 0; capacity < 30; ++capacity)
            capacities.push_back(capacity);
        const auto all = solveKnapsacks(problem, capacities);
        for (std::size_t i = 0; i < capacities.size(); ++i) {
            const KnapsackSolution one = solveKnapsack(problem, capacities[i]);
            QCOMPARE(all[i].fits(), one.fits());
            QCOMPARE(all[i].value, one.value);
        }
    }

    void badProblemsAreRefused_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<qlonglong>("weight");
        QTest::newRow("not a number") << std::numeric_limits<double>::quiet_NaN() << qlonglong(1);
        QTest::newRow("infinite") << std::numeric_limits<double>::infinity() << qlonglong(1);
        QTest::newRow("negative weight") << 1.0 << qlonglong(-1);
    }
    void badProblemsAreRefused()
    {
        QFETCH(double, value);
        QFETCH(qlonglong, weight);
        const KnapsackProblem bad{{{{1, 1}}, {{value, weight}}}};
        QVERIFY_THROWS_EXCEPTION(Error, solveKnapsack(bad, 10));
        QVERIFY_THROWS_EXCEPTION(Error, solveKnapsack({{{{1, 1}}, {}}}, 10));
    }
};

QTEST_GUILESS_MAIN(TestKnapsack)
#include "tst_knapsack.moc"
