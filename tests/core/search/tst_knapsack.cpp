#include "core/search/knapsack.h"

#include "core/base/error.h"
#include "core/base/random.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace pare;

namespace {

constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max();

struct Best
{
    double value = std::numeric_limits<double>::infinity();
    std::int64_t leastWeight = unlimited;
};

double valueOf(const KnapsackProblem &problem, const std::vector<std::size_t> &choice)
{
    double value = 0;
    for (std::size_t g = 0; g < choice.size(); ++g)
        value += problem.groups[g][choice[g]].value;
    return value;
}

std::int64_t weightOf(const KnapsackProblem &problem, const std::vector<std::size_t> &choice)
{
    std::int64_t weight = 0;
    for (std::size_t g = 0; g < choice.size(); ++g)
        weight += problem.groups[g][choice[g]].weight;
    return weight;
}

/// The next of all choices, as a counter with one digit per group; false: that was the last.
bool advance(const KnapsackProblem &problem, std::vector<std::size_t> &choice)
{
    for (std::size_t g = 0; g < choice.size(); ++g) {
        if (++choice[g] < problem.groups[g].size())
            return true;
        choice[g] = 0;
    }
    return false;
}

/// Of all choices that `allowed` lets through.
template <class Allowed>
Best bestOfAll(const KnapsackProblem &problem, std::int64_t capacity, Allowed allowed)
{
    Best best;
    std::vector<std::size_t> choice(problem.groups.size(), 0);
    do {
        if (!allowed(choice))
            continue;
        const std::int64_t weight = weightOf(problem, choice);
        best.leastWeight = std::min(best.leastWeight, weight);
        if (weight <= capacity)
            best.value = std::min(best.value, valueOf(problem, choice));
    } while (advance(problem, choice));
    return best;
}

Best bestOfAll(const KnapsackProblem &problem, std::int64_t capacity)
{
    return bestOfAll(problem, capacity, [](const auto &) { return true; });
}

enum class Values { Quarters, Tenths, Real, Weights, Lines };

/// From what a small problem is drawn; few levels make ties, zero weights and equal options.
struct Draw
{
    Values values;
    std::uint64_t weights; ///< below this
};

double drawnValue(Random &random, Values values, std::int64_t weight)
{
    switch (values) {
    case Values::Quarters:
        return (static_cast<double>(random.below(17)) - 8) / 4;
    case Values::Tenths:
        return (static_cast<double>(random.below(17)) - 8) / 10;
    case Values::Real:
        return 2 * random.uniform() - 1;
    case Values::Weights:
        return -static_cast<double>(weight);
    case Values::Lines:
        break;
    }
    return -0.3 * static_cast<double>(weight);
}

KnapsackProblem drawn(Random &random, std::size_t groups, std::size_t options, const Draw &draw)
{
    KnapsackProblem problem;
    problem.groups.resize(groups);
    for (auto &group : problem.groups) {
        const std::size_t count = 1 + random.below(options);
        for (std::size_t i = 0; i < count; ++i) {
            const auto weight = static_cast<std::int64_t>(random.below(draw.weights));
            group.push_back({drawnValue(random, draw.values, weight), weight});
        }
    }
    return problem;
}

std::int64_t mostWeight(const KnapsackProblem &problem)
{
    std::int64_t weight = 0;
    for (const auto &group : problem.groups)
        weight += std::ranges::max(group, {}, &KnapsackOption::weight).weight;
    return weight;
}

std::int64_t drawnCapacity(Random &random, const KnapsackProblem &problem)
{
    const std::uint64_t kind = random.below(10);
    if (kind < 2)
        return kind == 0 ? 0 : unlimited;
    return static_cast<std::int64_t>(
        random.below(static_cast<std::uint64_t>(mostWeight(problem)) + 1));
}

/// What adding so few doubles may be off by; whole numbers and quarters are added exactly.
double rounding(Values values)
{
    return values == Values::Quarters || values == Values::Weights ? 0 : 1e-13;
}

/// Empty: the solution is what its problem allows and adds up to what it says.
QString faultOf(const KnapsackProblem &problem, const KnapsackSolution &solution)
{
    if (solution.choice.size() != problem.groups.size())
        return "groups without a choice";
    for (std::size_t g = 0; g < solution.choice.size(); ++g) {
        if (solution.choice[g] >= problem.groups[g].size())
            return "an option that does not exist";
    }
    if (solution.value != valueOf(problem, solution.choice))
        return "the value is not the sum of the choice";
    if (solution.weight != weightOf(problem, solution.choice))
        return "the weight is not the sum of the choice";
    if (solution.weight > solution.capacity || solution.weight < solution.leastWeight)
        return "the weight does not fit";
    return solution.bound > solution.value ? "the bound is above the value" : "";
}

/// Weights below 1,000 and whole values along a line, with noise: much is left to search.
KnapsackProblem hard(std::uint64_t seed, std::size_t groups, std::size_t options)
{
    Random random(seed);
    KnapsackProblem problem;
    problem.groups.resize(groups);
    for (auto &group : problem.groups) {
        for (std::size_t i = 0; i < options; ++i) {
            const auto weight = static_cast<std::int64_t>(random.below(1000));
            group.push_back(
                {-static_cast<double>(weight) * 100 - static_cast<double>(random.below(100)),
                 weight});
        }
    }
    return problem;
}

/// By a table of the least value at each weight up to `capacity`.
double bestByTable(const KnapsackProblem &problem, std::int64_t capacity)
{
    const auto none = std::numeric_limits<double>::infinity();
    std::vector<double> table(static_cast<std::size_t>(capacity) + 1, 0);
    for (const auto &group : problem.groups) {
        std::vector<double> next(table.size(), none);
        for (const KnapsackOption &option : group) {
            for (auto w = static_cast<std::size_t>(option.weight); w < table.size(); ++w)
                next[w] = std::min(next[w], table[w - static_cast<std::size_t>(option.weight)] +
                                                option.value);
        }
        table = std::move(next);
    }
    return table.back();
}

/// The highest bound that any price of weight gives, which is the linear relaxation's.
double bestPriceBound(const KnapsackProblem &problem, std::int64_t capacity)
{
    const auto bound = [&](double price) {
        double sum = -price * static_cast<double>(capacity);
        for (const auto &group : problem.groups) {
            double least = std::numeric_limits<double>::infinity();
            for (const KnapsackOption &option : group)
                least = std::min(least, option.value + price * static_cast<double>(option.weight));
            sum += least;
        }
        return sum;
    };
    double low = 0;
    double high = 1e6;
    for (int i = 0; i < 200; ++i) {
        const double third = (high - low) / 3;
        (bound(low + third) < bound(high - third) ? low : high) +=
            bound(low + third) < bound(high - third) ? third : -third;
    }
    return bound(low);
}

class CancelledProgress : public Progress
{
public:
    void report(const ProgressReport &) override {}
    bool cancelled() const override { return true; }
};

} // namespace

class TestKnapsack : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asGoodAsAllChoices_data()
    {
        QTest::addColumn<int>("values");
        QTest::addColumn<int>("weights");
        QTest::newRow("quarters") << int(Values::Quarters) << 20;
        QTest::newRow("quarters, many equal weights") << int(Values::Quarters) << 3;
        QTest::newRow("quarters, no weights") << int(Values::Quarters) << 1;
        QTest::newRow("tenths") << int(Values::Tenths) << 20;
        QTest::newRow("real") << int(Values::Real) << 20;
        QTest::newRow("real, large weights") << int(Values::Real) << 1'000'000'000;
        QTest::newRow("subset sums") << int(Values::Weights) << 100;
        QTest::newRow("lines") << int(Values::Lines) << 100;
    }

    void asGoodAsAllChoices()
    {
        QFETCH(int, values);
        QFETCH(int, weights);
        const Draw draw{Values(values), static_cast<std::uint64_t>(weights)};
        int unfit = 0;
        for (std::uint64_t seed = 0; seed < 300; ++seed) {
            Random random(seed);
            const KnapsackProblem problem = drawn(random, 1 + random.below(6), 5, draw);
            const std::int64_t capacity = drawnCapacity(random, problem);
            const Best best = bestOfAll(problem, capacity);
            const KnapsackSolution solution = solveKnapsack(problem, capacity);
            QCOMPARE(solution.leastWeight, best.leastWeight);
            QCOMPARE(solution.fits(), std::isfinite(best.value));
            if (!solution.fits()) {
                QVERIFY(solution.choice.empty());
                ++unfit;
                continue;
            }
            QCOMPARE(faultOf(problem, solution), QString());
            QCOMPARE(solution.gap(), 0.0);
            QVERIFY2(
                solution.value - best.value <= rounding(draw.values),
                qPrintable(
                    QString("seed %1: %2, best %3").arg(seed).arg(solution.value).arg(best.value)));
        }
        QCOMPARE(unfit > 0, weights > 1);
    }

    void asGoodAsATable()
    {
        std::int64_t states = 0;
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            const KnapsackProblem problem = hard(seed, 40, 10);
            const std::int64_t capacity = 8000 + 1000 * static_cast<std::int64_t>(seed);
            const KnapsackSolution solution = solveKnapsack(problem, capacity);
            QCOMPARE(faultOf(problem, solution), QString());
            QCOMPARE(solution.value, bestByTable(problem, capacity));
            QCOMPARE(solution.gap(), 0.0);
            QVERIFY(bestPriceBound(problem, capacity) <= solution.value + 1e-6);
            states += solution.states;
        }
        QVERIFY2(states > 10'000, qPrintable(QString::number(states))); // bounds alone did not do
    }

    void stoppedEarly_data()
    {
        QTest::addColumn<int>("states");
        for (const int states : {-1, 0, 10, 100, 1000})
            QTest::addRow("%d", states) << states;
    }

    void stoppedEarly()
    {
        QFETCH(int, states);
        KnapsackLimit limit;
        if (states < 0)
            limit.time = std::chrono::milliseconds(-1);
        else
            limit.states = states;
        int open = 0;
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            const KnapsackProblem problem = hard(seed, 40, 10);
            const KnapsackSolution solution = solveKnapsack(problem, 15000, limit);
            QCOMPARE(faultOf(problem, solution), QString());
            const double best = bestByTable(problem, 15000);
            QVERIFY(solution.value >= best);
            QVERIFY(solution.bound <= best);
            QVERIFY(solution.bound >= bestPriceBound(problem, 15000) - 1e-6);
            QCOMPARE(solveKnapsack(problem, 15000, limit).choice, solution.choice);
            open += solution.gap() > 0 ? 1 : 0;
        }
        QVERIFY2(open > 15, qPrintable(QString::number(open)));
    }

    void moreStatesProveMore()
    {
        const KnapsackProblem problem = hard(1, 40, 10);
        const double first = solveKnapsack(problem, 15000, {0}).gap();
        const double second = solveKnapsack(problem, 15000, {500}).gap();
        QVERIFY2(0 < second && second < first / 4,
                 qPrintable(QString("%1 %2").arg(first).arg(second)));
    }

    void roundedTiesEndTheSearch()
    {
        // All on one line but for the last bits: 22,219 states, 159,596 if those had to be told
        // apart.
        Random random(2);
        KnapsackProblem problem;
        problem.groups.resize(60);
        std::int64_t capacity = 0;
        for (auto &group : problem.groups) {
            for (int i = 0; i < 10; ++i) {
                const auto weight = static_cast<std::int64_t>(1e7 * random.uniform());
                capacity += weight / 10;
                group.push_back({drawnValue(random, Values::Lines, weight), weight});
            }
        }
        const KnapsackSolution solution = solveKnapsack(problem, capacity, {60'000});
        QCOMPARE(faultOf(problem, solution), QString());
        QCOMPARE(solution.weight, capacity);
        QCOMPARE(solution.gap(), 0.0);
    }

    void whatIsRuledOut()
    {
        // In the first group 1 is heavier than 0 and no better, 3 the same as 0 and 4 heavier than
        // 2 at the same value; then 0 is too far from 2. The second one has a step that the room is
        // just too small for.
        const KnapsackProblem problem{
            {{{5, 10}, {6, 11}, {1, 30}, {5, 10}, {1, 31}}, {{1, 0}, {0.75, 6}, {0.5, 11}}}};
        const KnapsackSolution solution = solveKnapsack(problem, 40);
        QCOMPARE(solution.choice, (std::vector<std::size_t>{2, 1}));
        QCOMPARE(solution.value, 1.75);
        QCOMPARE(solution.weight, 36);
        QCOMPARE(solution.gap(), 0.0);
        QCOMPARE(solution.optionsConsidered, 8);
        QCOMPARE(solution.optionsLeft, 4);
    }

    void magnitudes_data()
    {
        QTest::addColumn<double>("scale");
        for (const double scale : {0x1p-1070, 0x1p-500, 0x1p-1, 0x1p60, 0x1p1000})
            QTest::addRow("%g", scale) << scale;
    }

    void magnitudes()
    {
        QFETCH(double, scale);
        Random random(5);
        KnapsackProblem problem = drawn(random, 6, 5, {Values::Quarters, 50});
        for (auto &group : problem.groups) {
            for (KnapsackOption &option : group)
                option.value = 4 * option.value * scale;
        }
        const std::int64_t least = bestOfAll(problem, 0).leastWeight;
        const std::int64_t capacity = (least + mostWeight(problem)) / 2;
        const KnapsackSolution solution = solveKnapsack(problem, capacity);
        QCOMPARE(faultOf(problem, solution), QString());
        QVERIFY(solution.value != 0);
        QVERIFY(solution.value == bestOfAll(problem, capacity).value);
    }

    void largeWeights()
    {
        const std::int64_t half = std::int64_t{1} << 61;
        const KnapsackProblem problem{{{{1, 0}, {0, half}}, {{1, 0}, {0.25, half - 1}, {0, half}}}};
        QCOMPARE(solveKnapsack(problem, unlimited).value, 0.0);
        QCOMPARE(solveKnapsack(problem, 2 * half - 1).value, 0.25);
        QCOMPARE(solveKnapsack(problem, half - 1).value, 1.25);
        QCOMPARE(solveKnapsack(problem, half - 2).value, 2.0);
        QVERIFY(!solveKnapsack(problem, -1).fits());
    }

    void noGroups()
    {
        const KnapsackSolution solution = solveKnapsack({}, 0);
        QVERIFY(solution.fits());
        QVERIFY(solution.choice.empty());
        QCOMPARE(solution.value, 0.0);
        QCOMPARE(solution.gap(), 0.0);
    }

    void moreRoomIsNeverWorse()
    {
        const KnapsackProblem problem = hard(2, 20, 8);
        QVERIFY(!solveKnapsack(problem, 0).fits());
        double value = std::numeric_limits<double>::infinity();
        for (std::int64_t capacity = 3000; capacity <= 20000; capacity += 500) {
            const KnapsackSolution solution = solveKnapsack(problem, capacity);
            QVERIFY(!solution.fits() || solution.weight <= capacity);
            QVERIFY(!solution.fits() || solution.value <= value);
            if (solution.fits())
                value = solution.value;
        }
        QVERIFY(std::isfinite(value));
    }

    void nextBestOfEachGroup_data()
    {
        QTest::addColumn<int>("values");
        QTest::newRow("quarters") << int(Values::Quarters);
        QTest::newRow("real") << int(Values::Real);
    }

    void nextBestOfEachGroup()
    {
        QFETCH(int, values);
        int alone = 0;
        int unfit = 0;
        for (std::uint64_t seed = 0; seed < 100; ++seed) {
            Random random(seed);
            const KnapsackProblem problem =
                drawn(random, 1 + random.below(5), 4, {Values(values), 20});
            const std::int64_t capacity = drawnCapacity(random, problem);
            const KnapsackSolution solution = solveKnapsack(problem, capacity);
            if (!solution.fits())
                continue;
            const auto next = nextBest(problem, solution);
            QCOMPARE(next.size(), problem.groups.size());
            for (std::size_t g = 0; g < next.size(); ++g) {
                const Best best = bestOfAll(problem, capacity, [&](const auto &choice) {
                    return choice[g] != solution.choice[g];
                });
                QCOMPARE(next[g].leastWeight, best.leastWeight);
                QCOMPARE(next[g].fits(), std::isfinite(best.value));
                if (!next[g].fits()) {
                    ++(next[g].leastWeight == KnapsackSolution::noChoice ? alone : unfit);
                    continue;
                }
                QCOMPARE(faultOf(problem, next[g]), QString());
                QVERIFY(next[g].choice[g] != solution.choice[g]);
                QVERIFY(next[g].value - best.value <= rounding(Values(values)));
                QVERIFY(next[g].value >= solution.value - rounding(Values(values)));
            }
        }
        QVERIFY(alone > 10 && unfit > 10);
    }

    void refused_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<qint64>("weight");
        QTest::addColumn<QString>("message");
        const double huge = std::numeric_limits<double>::max();
        const double nan = std::numeric_limits<double>::quiet_NaN();
        QTest::newRow("not a number")
            << nan << qint64(1) << "Group 1, option 1: the value is nan; expected a finite number";
        QTest::newRow("infinite") << -std::numeric_limits<double>::infinity() << qint64(1)
                                  << "Group 1, option 1: the value is -inf";
        QTest::newRow("negative weight")
            << 0.0 << qint64(-3) << "Group 1, option 1: the weight is -3; expected 0 or more";
        QTest::newRow("values too large") << huge << qint64(0) << "Group 2: the largest values";
        QTest::newRow("weights too large")
            << 0.0 << (qint64(1) << 61) << "Group 2: the largest values or weights";
    }

    void refused()
    {
        QFETCH(double, value);
        QFETCH(qint64, weight);
        QFETCH(QString, message);
        const std::vector<KnapsackOption> group{{0, 1}, {value, weight}};
        const KnapsackProblem problem{{{{0, 1}}, group, group}};
        expectRefusal(problem, message);
        expectRefusal({{{{0, 1}}, {}}}, "Group 1 has no options");
    }

    void cancelled()
    {
        CancelledProgress progress;
        const KnapsackProblem problem = hard(1, 40, 10);
        QVERIFY_THROWS_EXCEPTION(Cancelled, solveKnapsack(problem, 15000, {}, progress));
        const KnapsackSolution solution = solveKnapsack(problem, 15000);
        QVERIFY_THROWS_EXCEPTION(Cancelled, nextBest(problem, solution, {}, progress));
    }

private:
    static void expectRefusal(const KnapsackProblem &problem, const QString &message)
    {
        try {
            solveKnapsack(problem, 10);
            QFAIL("nothing was refused");
        } catch (const Error &error) {
            QCOMPARE(error.kind(), ErrorKind::InvalidSetting);
            const QString text = QString::fromStdString(error.message().text());
            QVERIFY2(text.startsWith(message), qPrintable(text));
        }
    }
};

QTEST_GUILESS_MAIN(TestKnapsack)
#include "tst_knapsack.moc"
