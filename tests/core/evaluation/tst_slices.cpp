// Changed answers, calibration error, and slices that a mean hides: planted ones are found, and
// none where there is none.
#include "core/evaluation/slices.h"

#include "core/base/random.h"
#include "core/evaluation/calibrationerror.h"
#include "core/evaluation/flips.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace pare;

namespace {

/// Logits of two classes that give `predicted` with this probability (above one half).
void answer(ModelAnswers &answers, std::int32_t predicted, double confidence)
{
    const auto lead = static_cast<float>(std::log(confidence / (1 - confidence)));
    answers.predicted.push_back(predicted);
    answers.logits.push_back(predicted == 0 ? lead : 0);
    answers.logits.push_back(predicted == 1 ? lead : 0);
}

struct Loss
{
    double everywhere = 0.03; ///< share of answers that change, right ones and wrong ones
    double planted = 0;       ///< more of them in the slice
    std::size_t every = 12;   ///< each so many-th example is in the slice
};

/// An original that is right nine times in ten, and a model that answers some examples otherwise.
RunAnswers simulated(const Loss &loss, std::size_t n, std::uint64_t seed)
{
    Random random(31, seed);
    RunAnswers answers;
    answers.data = {"00", {"no", "yes"}, {}};
    for (std::size_t i = 0; i < n; ++i) {
        const auto gold = static_cast<std::int32_t>(random.below(2));
        const std::int32_t original = random.uniform() < 0.9 ? gold : 1 - gold;
        const double share = loss.everywhere + (i % loss.every == 0 ? loss.planted : 0);
        const std::int32_t now = random.uniform() < share ? 1 - original : original;
        answers.data.gold.push_back(gold);
        answer(answers.original, original, 0.9);
        answer(answers.run, now, 0.9);
    }
    return answers;
}

/// The labels, twelve groups by position, and thirds of a number that means nothing.
std::vector<Slice> slicesOf(const RunAnswers &answers, std::size_t groups)
{
    std::vector<Slice> slices = labelSlices(answers.data);
    std::vector<Slice> byPlace(groups);
    std::vector<double> values;
    for (std::size_t i = 0; i < answers.data.gold.size(); ++i) {
        byPlace[i % groups].examples.push_back(i);
        values.push_back(static_cast<double>(i * 7919 % 101));
    }
    slices.insert(slices.end(), byPlace.begin(), byPlace.end());
    const std::vector<Slice> parts = thirds(SliceKind::Words, values);
    slices.insert(slices.end(), parts.begin(), parts.end());
    return slices;
}

/// Of those slices, quickly: nobody looks at the calibration errors.
SlicesReport reported(const RunAnswers &answers)
{
    return sliceReports(answers, slicesOf(answers, 12), {.resamples = 10});
}

} // namespace

class TestSlices : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void flipsAreFoundAndOrdered()
    {
        RunAnswers answers;
        answers.data = {"00", {"a", "b", "c"}, {0, 0, 1, 2, 1}};
        answers.original = {{0, 1, 1, 0, 1},
                            {2, 0, 0, /**/ 0, 3, 1, /**/ 0, 1, 0, /**/ 1, 0, 0, /**/ 0, 9, 0}};
        answers.run = {{0, 0, 0, 1, 1},
                       {2, 0, 0, /**/ 4, 0, 0, /**/ 1, 0, 0, /**/ 0, 2, 0, /**/ 0, 9, 0}};
        const std::vector<Flip> found = flips(answers);
        QCOMPARE(found.size(), std::size_t(3));
        QCOMPARE(counted(found), (FlipCounts{1, 1, 1}));
        QCOMPARE(found[0].example, std::size_t(1)); // surest first
        QCOMPARE(found[0].kind, FlipKind::Better);
        QCOMPARE(found[1].kind, FlipKind::Worse);
        QCOMPARE(found[1].example, std::size_t(2)); // equally sure: in the data's order
        QCOMPARE(found[2].kind, FlipKind::OtherwiseWrong);
        const double sum = std::exp(0.0) + std::exp(3.0) + std::exp(1.0);
        QVERIFY(std::abs(found[0].originalConfidence - std::exp(3.0) / sum) < 1e-12);
        QVERIFY(std::abs(found[0].margin - (std::exp(3.0) - std::exp(1.0)) / sum) < 1e-12);
        QVERIFY(std::abs(found[0].confidence - std::exp(4.0) / (std::exp(4.0) + 2)) < 1e-12);
    }

    /// The class that was answered counts, not what rounding makes of its logits.
    void aTieStaysTheAnswerThatWasGiven()
    {
        RunAnswers answers;
        answers.data = {"00", {"a", "b"}, {0}};
        answers.original = {{0}, {1, 0}};
        answers.run = {{1}, {1, 1}};
        const std::vector<Flip> found = flips(answers);
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found[0].now, 1);
        QCOMPARE(found[0].confidence, 0.5);
    }

    void calibrationErrorOfKnownAnswers()
    {
        // Two bins: 0.95 said and 4 of 5 right; 0.55 said and 2 of 5 right.
        const std::vector<double> said{0.95, 0.95, 0.95, 0.95, 0.95, 0.55, 0.55, 0.55, 0.55, 0.55};
        const std::vector<std::uint8_t> right{1, 1, 1, 1, 0, 1, 1, 0, 0, 0};
        const Interval error = calibrationError(said, right);
        QVERIFY(std::abs(error.value - 0.15) < 1e-12);
        QVERIFY(error.low <= error.value && error.value <= error.high);
        // In one bin, gaps of opposite sign cancel: 0.55 and 0.58 lie in the ninth of fifteen.
        QVERIFY(calibrationError(std::vector{0.55, 0.58}, std::vector<std::uint8_t>{1, 0}).value <
                0.07);
        const std::vector<std::uint8_t> both{1, 1};
        QCOMPARE(calibrationError(std::vector{1.0, 1.0}, both).value, 0.0);
        QCOMPARE(calibrationError({}, {}).high, 1.0);
    }

    void calibrationErrorCoversTheTruth_data()
    {
        QTest::addColumn<double>("tooSure");
        QTest::newRow("calibrated") << 0.0;
        QTest::newRow("2 points") << 0.02;
        QTest::newRow("8 points") << 0.08;
    }

    void calibrationErrorCoversTheTruth()
    {
        QFETCH(double, tooSure);
        constexpr int simulations = 500;
        int covered = 0;
        for (int s = 0; s < simulations; ++s) {
            Random random(41, static_cast<std::uint64_t>(s));
            std::vector<double> said(400);
            std::vector<std::uint8_t> right(said.size());
            for (std::size_t i = 0; i < said.size(); ++i) {
                said[i] = 0.6 + 0.4 * random.uniform();
                right[i] = random.uniform() < said[i] - tooSure;
            }
            const Interval error = calibrationError(said, right, {.resamples = 300, .seed = 1});
            covered += error.low <= tooSure && tooSure <= error.high;
        }
        const double share = static_cast<double>(covered) / simulations;
        QVERIFY2(share >= 0.95, qPrintable(QString::number(share)));
    }

    void labelsAndThirds()
    {
        AnsweredData data{"00", {"a", "b", "c"}, {2, 0, 2, 2}};
        const std::vector<Slice> labels = labelSlices(data);
        QCOMPARE(labels.size(), std::size_t(2)); // none for the label without examples
        QCOMPARE(labels[0].label, 0);
        QCOMPARE(labels[1].examples, (std::vector<std::size_t>{0, 2, 3}));
        const std::vector<double> values{5, 1, 9, 2, 7, 3, 8, 4, 6};
        const std::vector<Slice> parts = thirds(SliceKind::Words, values);
        QCOMPARE(parts.size(), std::size_t(3));
        QCOMPARE(parts[0].examples, (std::vector<std::size_t>{1, 3, 5}));
        QCOMPARE(parts[0].low, 1.0);
        QCOMPARE(parts[0].high, 3.0);
        QCOMPARE(parts[2].low, 7.0);
        // Equal values stay together.
        const std::vector<double> zeros{0, 0, 0, 0, 0, 0, 0, 1, 2, 3};
        const std::vector<Slice> two = thirds(SliceKind::RareWords, zeros);
        QCOMPARE(two.size(), std::size_t(2));
        QCOMPARE(two[0].examples.size(), std::size_t(7));
        QVERIFY(thirds(SliceKind::Words, std::vector<double>(9, 4.0)).empty());
        QVERIFY(thirds(SliceKind::Words, {}).empty());
    }

    /// Hypergeometric tails as fractions.
    void chancesOfLosses()
    {
        QVERIFY(std::abs(chanceOfLoss(10, 3, 5, 3) - 1.0 / 12) < 1e-12);
        QVERIFY(std::abs(chanceOfLoss(10, 3, 5, 2) - 0.5) < 1e-12);
        QVERIFY(std::abs(chanceOfLoss(52, 4, 5, 1) - 0.341158) < 1e-6); // an ace in five cards
        QCOMPARE(chanceOfLoss(10, 3, 5, 0), 1.0);
        QCOMPARE(chanceOfLoss(10, 0, 5, 0), 1.0);
        QCOMPARE(chanceOfLoss(0, 0, 0, 0), 1.0);
    }

    void reportsAddUp()
    {
        const RunAnswers answers = simulated({0.1, 0.2, 12}, 1200, 1);
        const std::vector<Slice> slices = labelSlices(answers.data);
        const SlicesReport report = sliceReports(answers, slices);
        QCOMPARE(report.slices.size(), std::size_t(2));
        QCOMPARE(report.all.flips, counted(flips(answers)));
        QCOMPARE(report.slices[0].flips.all() + report.slices[1].flips.all(),
                 report.all.flips.all());
        QCOMPARE(report.slices[0].accuracy.n + report.slices[1].accuracy.n, std::int64_t(1200));
        const auto n = static_cast<double>(report.all.accuracy.n);
        QVERIFY(std::abs(report.all.difference.value -
                         (report.all.accuracy.value - report.all.originalAccuracy.value)) < 1e-12);
        QVERIFY(std::abs(report.all.loyalty.value -
                         (1 - static_cast<double>(report.all.flips.all()) / n)) < 1e-12);
    }

    void plantedSlicesAreFound()
    {
        constexpr int simulations = 60;
        int found = 0;
        int others = 0;
        for (int s = 0; s < simulations; ++s) {
            const RunAnswers answers =
                simulated({0.03, 0.3, 12}, 1200, static_cast<std::uint64_t>(s));
            const SlicesReport report = reported(answers);
            for (std::size_t i = 0; i < report.slices.size(); ++i)
                (i == 2 ? found : others) += report.slices[i].collapsed;
            // The mean hides it: no more than a few points.
            QVERIFY(report.all.difference.value > -0.1);
        }
        QVERIFY2(found >= simulations * 95 / 100, qPrintable(QString::number(found)));
        QVERIFY2(others == 0, qPrintable(QString::number(others)));
    }

    void noFalseAlarms_data()
    {
        QTest::addColumn<double>("changed");
        QTest::newRow("few changes") << 0.02;
        QTest::newRow("many changes") << 0.2;
    }

    void noFalseAlarms()
    {
        QFETCH(double, changed);
        constexpr int simulations = 500;
        int alarms = 0;
        int byChanceAlone = 0;
        for (int s = 0; s < simulations; ++s) {
            const RunAnswers answers =
                simulated({changed, 0, 12}, 600, 1000 + static_cast<std::uint64_t>(s));
            const SlicesReport report = reported(answers);
            alarms += std::ranges::any_of(report.slices, &SliceReport::collapsed);
            byChanceAlone += std::ranges::any_of(
                report.slices, [](const SliceReport &part) { return part.p <= 0.05; });
        }
        QVERIFY2(alarms <= simulations / 20, qPrintable(QString::number(alarms)));
        QVERIFY2(byChanceAlone <= simulations / 20, qPrintable(QString::number(byChanceAlone)));
    }

    /// What falls everywhere is no hidden slice.
    void aFallOfAllIsNone()
    {
        const RunAnswers answers = simulated({0.4, 0, 12}, 2400, 5);
        const SlicesReport report = reported(answers);
        QVERIFY(report.all.difference.value < -0.25);
        QVERIFY(std::ranges::none_of(report.slices, &SliceReport::collapsed));
    }
};

QTEST_GUILESS_MAIN(TestSlices)
#include "tst_slices.moc"
