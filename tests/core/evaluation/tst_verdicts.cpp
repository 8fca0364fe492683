// What may be said of two models on the same examples, against exact figures and in simulation.
#include "core/evaluation/verdicts.h"

#include "core/base/random.h"
#include "core/evaluation/statistics.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace pare;

namespace {

bool holds(const Interval &interval, double truth)
{
    return interval.low <= truth && truth <= interval.high;
}

/// How often each outcome of a pair comes; the rest are both right.
struct Shares
{
    double onlyReference = 0;
    double onlyOther = 0;

    double difference() const { return onlyOther - onlyReference; }
};

void draw(AnswerPairs &pairs, const Shares &shares, Random &random)
{
    const double place = random.uniform();
    if (place < shares.onlyReference)
        ++pairs.onlyReference;
    else if (place < shares.onlyReference + shares.onlyOther)
        ++pairs.onlyOther;
    else
        ++pairs.bothRight;
}

AnswerPairs drawn(const Shares &shares, int n, std::uint64_t seed)
{
    Random random(seed, 1);
    AnswerPairs pairs;
    for (int i = 0; i < n; ++i)
        draw(pairs, shares, random);
    return pairs;
}

/// Answers that divide as `pairs` does.
std::pair<std::vector<std::uint8_t>, std::vector<std::uint8_t>> answersOf(const AnswerPairs &pairs)
{
    std::vector<std::uint8_t> reference;
    std::vector<std::uint8_t> other;
    const auto add = [&](std::int64_t count, std::uint8_t first, std::uint8_t second) {
        reference.insert(reference.end(), static_cast<std::size_t>(count), first);
        other.insert(other.end(), static_cast<std::size_t>(count), second);
    };
    add(pairs.bothRight, 1, 1);
    add(pairs.onlyReference, 1, 0);
    add(pairs.onlyOther, 0, 1);
    add(pairs.bothWrong, 0, 0);
    return {reference, other};
}

Comparison compare(const AnswerPairs &pairs, const ComparisonOptions &options = {})
{
    const auto [reference, other] = answersOf(pairs);
    const std::vector<std::vector<std::uint8_t>> others{other};
    return compareAnswers(reference, others, options).front();
}

} // namespace

class TestVerdicts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pairsAreCounted()
    {
        const std::vector<std::uint8_t> reference{1, 1, 1, 0, 0, 0};
        const std::vector<std::uint8_t> other{1, 1, 0, 1, 0, 0};
        QCOMPARE(answerPairs(reference, other), (AnswerPairs{2, 1, 1, 2}));
        const AnswerPairs pairs{5, 3, 7, 2};
        const auto [first, second] = answersOf(pairs);
        QCOMPARE(answerPairs(first, second), pairs);
    }

    /// Against sums of binomial coefficients over powers of two.
    void exactMcNemarIsTheFraction_data()
    {
        QTest::addColumn<qint64>("reference");
        QTest::addColumn<qint64>("other");
        QTest::addColumn<double>("p");
        QTest::newRow("none") << qint64(0) << qint64(0) << 1.0;
        QTest::newRow("1:0") << qint64(1) << qint64(0) << 1.0;
        QTest::newRow("5:0") << qint64(5) << qint64(0) << 2.0 / 32;
        QTest::newRow("0:6") << qint64(0) << qint64(6) << 2.0 / 64;
        QTest::newRow("1:9") << qint64(1) << qint64(9) << 2.0 * 11 / 1024;
        QTest::newRow("2:8") << qint64(2) << qint64(8) << 2.0 * 56 / 1024;
        QTest::newRow("7:3") << qint64(7) << qint64(3) << 2.0 * 176 / 1024;
        QTest::newRow("5:5") << qint64(5) << qint64(5) << 1.0;
        QTest::newRow("4:5") << qint64(4) << qint64(5) << 1.0;
        QTest::newRow("6:14") << qint64(6) << qint64(14) << 2.0 * 60460 / 1048576;
    }

    void exactMcNemarIsTheFraction()
    {
        QFETCH(qint64, reference);
        QFETCH(qint64, other);
        QFETCH(double, p);
        QVERIFY(std::abs(exactMcNemar({100, reference, other, 3}) - p) < 1e-12);
        QVERIFY(std::abs(exactMcNemar({0, other, reference, 0}) - p) < 1e-12);
    }

    void anytimeTestAgreesWithItsInterval()
    {
        for (std::int64_t n : {1, 5, 12, 40, 200}) {
            for (std::int64_t other = 0; other <= n; ++other) {
                const AnswerPairs pairs{50, n - other, other, 5};
                const Interval share = anytimeInterval(static_cast<double>(other), n);
                QCOMPARE(anytimeMcNemar(pairs) <= 0.05, !holds(share, 0.5));
                QVERIFY(anytimeMcNemar(pairs) >= exactMcNemar(pairs) || exactMcNemar(pairs) > 0.3);
            }
        }
    }

    void holmCorrects()
    {
        const std::vector<double> p{0.01, 0.04, 0.03, 0.005};
        const std::vector<double> expected{0.03, 0.06, 0.06, 0.02}; // Holm's step down
        const std::vector<double> found = holm(p);
        for (std::size_t i = 0; i < p.size(); ++i)
            QVERIFY(std::abs(found[i] - expected[i]) < 1e-12);
        QCOMPARE(holm(std::vector{0.6, 0.7}), (std::vector{1.0, 1.0}));
        QVERIFY(holm({}).empty());
    }

    /// Tango's interval of the airway data of Fagerland, Lydersen and Laake 2014 (1, 1, 7, 12), and
    /// what follows from its formula.
    void fewDiscordantPairs()
    {
        const Interval airways = accuracyDifference({1, 7, 1, 12});
        QVERIFY(std::abs(airways.value + 6.0 / 21) < 1e-12);
        QVERIFY2(std::abs(airways.low + 0.517) < 5e-4, qPrintable(QString::number(airways.low)));
        QVERIFY2(std::abs(airways.high + 0.026) < 5e-4, qPrintable(QString::number(airways.high)));
        const Interval none = accuracyDifference({100, 0, 0, 0});
        // z² / (n + z²) for no discordant pair.
        QVERIFY(std::abs(none.high - 3.841458820694124 / 103.841458820694124) < 1e-9);
        QVERIFY(std::abs(none.low + none.high) < 1e-9);
        const Interval one = accuracyDifference({43, 0, 1, 0});
        QVERIFY(std::abs(one.low + 0.059393231117) < 1e-9);
        QVERIFY(std::abs(one.high - 0.118077096982) < 1e-9);
        const Interval turned = accuracyDifference({43, 1, 0, 0});
        QVERIFY(std::abs(turned.low + one.high) < 1e-9);
        QVERIFY(std::abs(turned.high + one.low) < 1e-9);
    }

    /// All resamples together say what many of them say.
    void theBootstrapIsTheDrawnOne()
    {
        for (const AnswerPairs pairs : {AnswerPairs{300, 30, 20, 50}, AnswerPairs{100, 90, 0, 10},
                                        AnswerPairs{0, 40, 60, 0}}) {
            const auto [reference, other] = answersOf(pairs);
            const std::vector<double> a(other.begin(), other.end());
            const std::vector<double> b(reference.begin(), reference.end());
            const Interval drawn = pairedBootstrap(a, b, {.resamples = 20000, .seed = 2});
            const Interval summed = accuracyDifference(pairs);
            QVERIFY(std::abs(summed.value - drawn.value) < 1e-12);
            const double step = 1.5 / static_cast<double>(pairs.n()); // they are discrete
            QVERIFY(std::abs(summed.low - drawn.low) <= 2 * step);
            QVERIFY(std::abs(summed.high - drawn.high) <= 2 * step);
        }
    }

    void intervalsCoverTheTruth_data()
    {
        QTest::addColumn<double>("onlyReference");
        QTest::addColumn<double>("onlyOther");
        QTest::addColumn<int>("n");
        QTest::newRow("few") << 0.02 << 0.02 << 300;
        QTest::newRow("worse") << 0.08 << 0.03 << 400;
        QTest::newRow("equal") << 0.10 << 0.10 << 400;
        QTest::newRow("much worse") << 0.25 << 0.05 << 300;
    }

    void intervalsCoverTheTruth()
    {
        QFETCH(double, onlyReference);
        QFETCH(double, onlyOther);
        QFETCH(int, n);
        const Shares shares{onlyReference, onlyOther};
        constexpr int simulations = 4000;
        int covered = 0;
        for (int s = 0; s < simulations; ++s) {
            const AnswerPairs pairs = drawn(shares, n, static_cast<std::uint64_t>(s));
            covered += holds(accuracyDifference(pairs), shares.difference());
        }
        const double share = static_cast<double>(covered) / simulations;
        QVERIFY2(share >= 0.94 && share <= 0.96, qPrintable(QString::number(share)));
    }

    void equalModelsAreSeldomCalledDifferent_data()
    {
        QTest::addColumn<int>("others");
        QTest::newRow("one") << 1;
        QTest::newRow("five at once") << 5;
    }

    /// All comparisons together: at most one set in twenty has a wrong verdict.
    void equalModelsAreSeldomCalledDifferent()
    {
        QFETCH(int, others);
        constexpr int simulations = 600;
        int wrong = 0;
        for (int s = 0; s < simulations; ++s) {
            Random random(5, static_cast<std::uint64_t>(s));
            std::vector<std::uint8_t> reference(300);
            std::vector<std::vector<std::uint8_t>> models(static_cast<std::size_t>(others),
                                                          reference);
            for (std::size_t i = 0; i < reference.size(); ++i) {
                reference[i] = random.uniform() < 0.8;
                for (auto &model : models)
                    model[i] = random.uniform() < 0.8;
            }
            const auto comparisons = compareAnswers(reference, models);
            wrong += std::ranges::any_of(comparisons, [](const Comparison &comparison) {
                return comparison.verdict == Verdict::Better ||
                       comparison.verdict == Verdict::Worse;
            });
        }
        const double share = static_cast<double>(wrong) / simulations;
        QVERIFY2(share > 0 && share <= 0.05, qPrintable(QString::number(share)));
    }

    /// A look after every 20 rows: only the anytime verdict may be trusted then.
    void watchedVerdicts()
    {
        const Shares equal{0.1, 0.1};
        constexpr int simulations = 1500;
        int once = 0;
        int anytime = 0;
        int excluded = 0;
        for (int s = 0; s < simulations; ++s) {
            Random random(17, static_cast<std::uint64_t>(s));
            AnswerPairs pairs;
            bool onceWrong = false;
            bool anytimeWrong = false;
            bool intervalWrong = false;
            for (int n = 1; n <= 2000; ++n) {
                draw(pairs, equal, random);
                if (n % 20 != 0)
                    continue;
                onceWrong = onceWrong || exactMcNemar(pairs) <= 0.05;
                anytimeWrong = anytimeWrong || anytimeMcNemar(pairs) <= 0.05;
                intervalWrong =
                    intervalWrong ||
                    (n % 100 == 0 && !holds(accuracyDifference(pairs, Looks::Anytime), 0));
            }
            once += onceWrong;
            anytime += anytimeWrong;
            excluded += intervalWrong;
        }
        QVERIFY2(once > simulations / 5, qPrintable(QString::number(once)));
        QVERIFY2(anytime <= simulations / 20, qPrintable(QString::number(anytime)));
        QVERIFY2(excluded <= simulations / 20, qPrintable(QString::number(excluded)));
    }

    void aTrueDifferenceIsFoundWhileWatched()
    {
        int found = 0;
        for (int s = 0; s < 200; ++s) {
            Random random(19, static_cast<std::uint64_t>(s));
            AnswerPairs pairs;
            bool better = false;
            for (int n = 1; n <= 4000 && !better; ++n) {
                draw(pairs, {0.04, 0.08}, random);
                better = n % 50 == 0 && anytimeMcNemar(pairs) <= 0.05 &&
                         pairs.onlyOther > pairs.onlyReference;
            }
            found += better;
        }
        QVERIFY2(found >= 198, qPrintable(QString::number(found)));
    }

    void verdictsInWords_data()
    {
        QTest::addColumn<AnswerPairs>("pairs");
        QTest::addColumn<int>("verdict");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, AnswerPairs pairs, Verdict verdict,
                            const QString &text) {
            QTest::newRow(name) << pairs << static_cast<int>(verdict) << text;
        };
        row("better", {800, 20, 60, 120}, Verdict::Better, "better");
        row("worse", {800, 60, 20, 120}, Verdict::Worse, "worse");
        row("same", {9800, 20, 22, 158}, Verdict::Same,
            "no difference larger than 0\\.1\\d points at 10000 examples");
        row("equal", {900, 0, 0, 100}, Verdict::Same,
            "no difference larger than 0\\.38 points at 1000 examples");
        row("open", {170, 6, 9, 15}, Verdict::Open,
            "not yet: about \\d+ more examples would settle it");
        row("one example", {1, 0, 0, 0}, Verdict::Open, "not yet: about \\d+ more examples.*");
    }

    void verdictsInWords()
    {
        QFETCH(AnswerPairs, pairs);
        QFETCH(int, verdict);
        QFETCH(QString, text);
        const Comparison comparison = compare(pairs);
        QCOMPARE(static_cast<int>(comparison.verdict), verdict);
        const QString said = QString::fromStdString(verdictText(comparison).text());
        QVERIFY2(QRegularExpression("^" + text + "$").match(said).hasMatch(), qPrintable(said));
        QCOMPARE(comparison.moreRows > 0, comparison.verdict == Verdict::Open);
    }

    /// At the number of rows it names, about four experiments in five are settled.
    void theNamedRowsSettleIt_data()
    {
        QTest::addColumn<double>("onlyReference");
        QTest::addColumn<double>("onlyOther");
        QTest::newRow("a difference") << 0.08 << 0.04;
        QTest::newRow("none") << 0.02 << 0.02;
    }

    void theNamedRowsSettleIt()
    {
        QFETCH(double, onlyReference);
        QFETCH(double, onlyOther);
        AnswerPairs asTheyAre;
        asTheyAre.onlyReference = std::llround(onlyReference * 200);
        asTheyAre.onlyOther = std::llround(onlyOther * 200);
        asTheyAre.bothRight = 200 - asTheyAre.discordant();
        const auto rows = 200 + static_cast<int>(moreRowsNeeded(asTheyAre, 1, {}));
        int settled = 0;
        for (int s = 0; s < 300; ++s) {
            const AnswerPairs pairs =
                drawn({onlyReference, onlyOther}, rows, static_cast<std::uint64_t>(s));
            const Interval difference = meanOf(pairs);
            settled +=
                exactMcNemar(pairs) <= 0.05 || (difference.low >= -0.01 && difference.high <= 0.01);
        }
        QVERIFY2(settled >= 215 && settled <= 285, qPrintable(QString::number(settled)));
    }

    void watchingNeedsMoreRows()
    {
        const AnswerPairs pairs{170, 6, 12, 12};
        const std::int64_t once = moreRowsNeeded(pairs, 1, {});
        ComparisonOptions watched;
        watched.looks = Looks::Anytime;
        QVERIFY(moreRowsNeeded(pairs, 1, watched) > once);
        QVERIFY(moreRowsNeeded(pairs, 10, {}) > once);
    }

    void theFront()
    {
        // Two of the same size: the better one hides the worse. A larger one that is no better is
        // never on it; the smallest always is.
        std::vector<std::uint8_t> good(400, 1);
        std::vector<std::uint8_t> bad(400, 0);
        for (std::size_t i = 0; i < 100; ++i)
            good[i] = 0;
        for (std::size_t i = 0; i < 200; ++i)
            bad[i] = 1;
        const std::vector<FrontPoint> points{
            {1000, good}, {1000, bad}, {2000, good}, {100, bad}, {100, bad}};
        const std::vector<double> shares = frontShares(points);
        QCOMPARE(shares[0], 1.0);
        QCOMPARE(shares[1], 0.0);
        QCOMPARE(shares[2], 0.0);
        QCOMPARE(shares[3], 1.0);
        QCOMPARE(shares[4], 1.0);
        QVERIFY(frontShares({}).empty());
    }

    /// A larger model that is better by chance: the share is the normal probability of its lead.
    void theFrontIsUncertain()
    {
        const auto [small, large] = answersOf({340, 20, 30, 10});
        const std::vector<FrontPoint> points{{100, small}, {200, large}};
        const std::vector<double> shares = frontShares(points, 4000, 3);
        QCOMPARE(shares[0], 1.0);
        // It leads by 10 more right answers, with a standard deviation of √(50 − 10²/400) = 7.05;
        // a tie leaves it off the front: P(Z < (10 − 0.5) / 7.05) = 0.911.
        QVERIFY2(std::abs(shares[1] - 0.911) < 0.02, qPrintable(QString::number(shares[1])));
        QCOMPARE(frontShares(points, 4000, 3), shares);
    }

private:
    /// The normal interval, quick for many simulations.
    static Interval meanOf(const AnswerPairs &pairs)
    {
        const double n = static_cast<double>(pairs.n());
        const double value = static_cast<double>(pairs.onlyOther - pairs.onlyReference) / n;
        const double spread =
            std::sqrt((static_cast<double>(pairs.discordant()) / n - value * value) / n);
        return {value, value - 1.96 * spread, value + 1.96 * spread, pairs.n()};
    }
};

QTEST_GUILESS_MAIN(TestVerdicts)
#include "tst_verdicts.moc"
