#include "core/base/random.h"
#include "core/search/probeestimate.h"

#include <QTest>
#include <cmath>

using namespace pare;

namespace {

/// A data set of two classes with what a compressed model does to its logits.
struct Simulated
{
    std::vector<double> margins;
    std::vector<std::int64_t> gold;
    std::vector<float> logits;  ///< [examples, 2]
    std::vector<float> changes; ///< the same
    double accuracyBefore = 0;
    double accuracyAfter = 0;
    double changed = 0;
};

Simulated simulated(std::size_t size, double strength, std::uint64_t seed)
{
    Random random(seed);
    Simulated all;
    for (std::size_t i = 0; i < size; ++i) {
        const auto margin = static_cast<float>(-2 * std::log(1 - random.uniform()));
        const bool first = random.uniform() < 0.5;
        const bool right = random.uniform() < 1 / (1 + std::exp(-margin));
        all.margins.push_back(margin);
        all.gold.push_back(right == first ? 0 : 1);
        all.logits.insert(all.logits.end(), {first ? margin : 0.0F, first ? 0.0F : margin});
        const auto change =
            static_cast<float>(strength * (random.uniform() + random.uniform() - 1));
        all.changes.insert(all.changes.end(), {change, 0.0F});
        const bool now = all.logits[2 * i] + change >= all.logits[2 * i + 1];
        all.accuracyBefore += right;
        all.accuracyAfter += (now ? 0 : 1) == all.gold.back();
        all.changed += now != first;
    }
    for (double *sum : {&all.accuracyBefore, &all.accuracyAfter, &all.changed})
        *sum /= static_cast<double>(size);
    return all;
}

ProbeAnswers asked(const Simulated &all, const ProbeOrder &order)
{
    ProbeAnswers answers;
    answers.labels = 2;
    answers.accuracy = all.accuracyBefore;
    for (const std::size_t example : order.examples()) {
        answers.gold.push_back(all.gold[example]);
        answers.logits.insert(answers.logits.end(),
                              {all.logits[2 * example], all.logits[2 * example + 1]});
    }
    return answers;
}

std::vector<float> askedChanges(const Simulated &all, const ProbeOrder &order, std::size_t rows)
{
    std::vector<float> changes;
    for (std::size_t i = 0; i < rows; ++i) {
        const std::size_t example = order.examples()[i];
        changes.insert(changes.end(), {all.changes[2 * example], all.changes[2 * example + 1]});
    }
    return changes;
}

} // namespace

class TestProbeEstimate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void intervalsHoldHoweverOftenOneLooks_data()
    {
        QTest::addColumn<double>("strength");
        QTest::newRow("hardly any change") << 0.2;
        QTest::newRow("some") << 1.5;
        QTest::newRow("many") << 8.0;
    }
    void intervalsHoldHoweverOftenOneLooks()
    {
        QFETCH(double, strength);
        constexpr int simulations = 400;
        int misses = 0, missedChanges = 0;
        double error = 0;
        for (int i = 0; i < simulations; ++i) {
            const Simulated all = simulated(1000, strength, static_cast<std::uint64_t>(i));
            const ProbeOrder order(all.margins, all.gold, {static_cast<std::uint64_t>(i)});
            const ProbeAnswers original = asked(all, order);
            bool missed = false, missedChange = false;
            for (std::size_t rows = 32; rows <= 256; rows += 32) {
                const ProbeEstimate estimate =
                    estimated(order, original, askedChanges(all, order, rows));
                QVERIFY(estimate.accuracy.low <= estimate.accuracy.value &&
                        estimate.accuracy.value <= estimate.accuracy.high);
                missed |= all.accuracyAfter < estimate.accuracy.low ||
                          all.accuracyAfter > estimate.accuracy.high;
                missedChange |=
                    all.changed < estimate.changed.low || all.changed > estimate.changed.high;
                if (rows == 256)
                    error += estimate.accuracy.value - all.accuracyAfter;
            }
            misses += missed;
            missedChanges += missedChange;
        }
        QVERIFY2(misses <= 0.05 * simulations, qPrintable(QString::number(misses)));
        QVERIFY2(missedChanges <= 0.05 * simulations, qPrintable(QString::number(missedChanges)));
        QVERIFY(std::abs(error / simulations) < 0.003);
    }

    void allExamplesGiveTheTruth()
    {
        const Simulated all = simulated(200, 3, 5);
        const ProbeOrder order(all.margins, all.gold, {2});
        const ProbeEstimate estimate =
            estimated(order, asked(all, order), askedChanges(all, order, 200));
        QVERIFY(std::abs(estimate.accuracy.value - all.accuracyAfter) < 1e-12);
        QVERIFY(std::abs(estimate.changed.value - all.changed) < 1e-12);
        QVERIFY(estimate.halfWidth() < 1e-12);
    }

    void nothingSeenIsNotNothingThere()
    {
        const Simulated all = simulated(1000, 0, 5);
        const ProbeOrder order(all.margins, all.gold, {2});
        const ProbeEstimate none = estimated(order, asked(all, order), {});
        QCOMPARE(none.accuracy.n, std::int64_t{0});
        QCOMPARE(none.changed.high, 1.0);
        const ProbeEstimate same =
            estimated(order, asked(all, order), askedChanges(all, order, 64));
        QCOMPARE(same.changed.value, 0.0);
        QVERIFY(same.changed.high > 0.01);
        QCOMPARE(same.distance, 0.0);
    }
};

QTEST_GUILESS_MAIN(TestProbeEstimate)
#include "tst_probeestimate.moc"
