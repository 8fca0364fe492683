#include "core/evaluation/statistics.h"

#include "core/base/random.h"

#include <QTest>

#include <cmath>

using namespace pare;

namespace {

bool holds(const Interval &interval, double truth)
{
    return interval.low <= truth && truth <= interval.high;
}

/// The share of `simulations` sequences of 2,000 answers, right with probability `truth`, in which
/// `intervalOf` excludes the truth at one of the looks at every 32nd answer.
template <class IntervalOf>
double shareOfFalseExclusions(double truth, int simulations, const IntervalOf &intervalOf)
{
    int excluded = 0;
    for (int s = 0; s < simulations; ++s) {
        Random random(7, static_cast<std::uint64_t>(s));
        std::int64_t right = 0;
        for (std::int64_t n = 1; n <= 2000; ++n) {
            right += random.uniform() < truth;
            if (n % 32 == 0 && !holds(intervalOf(right, n), truth)) {
                ++excluded;
                break;
            }
        }
    }
    return static_cast<double>(excluded) / simulations;
}

} // namespace

class TestStatistics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void intervals_data()
    {
        QTest::addColumn<double>("sum");
        QTest::addColumn<qint64>("n");
        QTest::addColumn<double>("wilsonLow");
        QTest::addColumn<double>("wilsonHigh");
        QTest::addColumn<double>("anytimeLow");
        QTest::addColumn<double>("anytimeHigh");
        QTest::newRow("none") << 0.0 << qint64(0) << 0.0 << 1.0 << 0.0 << 1.0;
        QTest::newRow("0 of 10") << 0.0 << qint64(10) << 0.0 << 0.277532799863 << 0.0
                                 << 0.376987350991;
        QTest::newRow("10 of 10") << 10.0 << qint64(10) << 0.722467200137 << 1.0 << 0.623012649009
                                  << 1.0;
        QTest::newRow("5 of 10") << 5.0 << qint64(10) << 0.236593090513 << 0.763406909487
                                 << 0.117562924080 << 0.882437075920;
        QTest::newRow("90 of 100") << 90.0 << qint64(100) << 0.825634338495 << 0.944770862939
                                   << 0.772490050141 << 0.970939148716;
        QTest::newRow("3645 of 4000") << 3645.0 << qint64(4000) << 0.902037880351 << 0.919672977543
                                      << 0.892980758585 << 0.927501912328;
    }

    void intervals()
    {
        QFETCH(double, sum);
        QFETCH(qint64, n);
        const Interval wilson = wilsonInterval(static_cast<std::int64_t>(sum), n);
        const Interval anytime = anytimeInterval(sum, n);
        const auto compare = [](double found, const char *column) {
            const double expected =
                *static_cast<const double *>(QTest::qData(column, QMetaType::Double));
            QVERIFY2(std::abs(found - expected) < 1e-10, column);
        };
        compare(wilson.low, "wilsonLow");
        compare(wilson.high, "wilsonHigh");
        compare(anytime.low, "anytimeLow");
        compare(anytime.high, "anytimeHigh");
        QCOMPARE(wilson.value, n > 0 ? sum / static_cast<double>(n) : 0.0);
        QCOMPARE(anytime.value, wilson.value);
        QCOMPARE(wilson.n, std::int64_t(n));
        QCOMPARE(anytime.n, std::int64_t(n));
    }

    void anytimeOfValuesBetween()
    {
        const Interval interval = anytimeInterval(30.25, 64);
        QVERIFY(std::abs(interval.low - 0.280387668399) < 1e-10);
        QVERIFY(std::abs(interval.high - 0.670676627525) < 1e-10);
    }

    void wilsonCoversTheTruth_data()
    {
        QTest::addColumn<double>("truth");
        QTest::newRow("0.5") << 0.5;
        QTest::newRow("0.9") << 0.9;
        QTest::newRow("0.99") << 0.99;
    }

    void wilsonCoversTheTruth()
    {
        QFETCH(double, truth);
        constexpr int simulations = 4000;
        int covered = 0;
        for (int s = 0; s < simulations; ++s) {
            Random random(3, static_cast<std::uint64_t>(s));
            std::int64_t right = 0;
            for (int i = 0; i < 500; ++i)
                right += random.uniform() < truth;
            covered += holds(wilsonInterval(right, 500), truth);
        }
        const double share = static_cast<double>(covered) / simulations;
        QVERIFY2(share > 0.93 && share < 0.97, qPrintable(QString::number(share)));
    }

    void onlyTheAnytimeIntervalMayBeWatched()
    {
        const double anytime =
            shareOfFalseExclusions(0.9, 1000, [](std::int64_t right, std::int64_t n) {
                return anytimeInterval(static_cast<double>(right), n);
            });
        const double wilson = shareOfFalseExclusions(0.9, 1000, wilsonInterval);
        QVERIFY2(anytime <= 0.06, qPrintable(QString::number(anytime)));
        QVERIFY2(wilson > 0.2, qPrintable(QString::number(wilson)));
    }

    void anytimeHoldsForValuesBetween()
    {
        // Differences of two models, −1, 0 or 1, moved into [0, 1]: mean 0.49.
        int excluded = 0;
        for (int s = 0; s < 1000; ++s) {
            Random random(11, static_cast<std::uint64_t>(s));
            double sum = 0;
            bool wrong = false;
            for (std::int64_t n = 1; n <= 1000; ++n) {
                const double draw = random.uniform();
                sum += draw < 0.08 ? 0.0 : draw < 0.14 ? 1.0 : 0.5;
                wrong = wrong || (n % 16 == 0 && !holds(anytimeInterval(sum, n), 0.49));
            }
            excluded += wrong;
        }
        QVERIFY2(excluded <= 60, qPrintable(QString::number(excluded)));
    }

    void meanIntervalOfKnownValues()
    {
        const std::vector<double> values{1, 2, 3, 4};
        const Interval interval = meanInterval(values);
        // The standard deviation is the root of 5/3.
        const double half = 1.959963984540054 * std::sqrt(5.0 / 3.0 / 4.0);
        QCOMPARE(interval.value, 2.5);
        QCOMPARE(interval.low, 2.5 - half);
        QCOMPARE(interval.high, 2.5 + half);
        QCOMPARE(interval.n, std::int64_t(4));
        QVERIFY(std::isinf(meanInterval(std::span(values).first(1)).high));
    }

    void bootstrapOfPairs()
    {
        std::vector<double> a(400);
        std::vector<double> b(400);
        for (std::size_t i = 0; i < a.size(); ++i) {
            a[i] = i % 10 != 0;
            b[i] = i % 10 != 0 && i % 40 != 1; // wrong once more in forty
        }
        const Interval interval = pairedBootstrap(a, b, {.seed = 5});
        QVERIFY(std::abs(interval.value - 0.025) < 1e-12);
        // Normal approximation: 1.96 times the root of 0.025 · 0.975 / 400 is 0.0153.
        QVERIFY(std::abs(interval.low - 0.0097) < 0.003);
        QVERIFY(std::abs(interval.high - 0.0403) < 0.003);
        QCOMPARE(pairedBootstrap(a, b, {.seed = 5}), interval);
        QVERIFY(pairedBootstrap(a, b, {.seed = 6}) != interval);
    }

    void bootstrapCoversTheTruth()
    {
        int covered = 0;
        for (int s = 0; s < 400; ++s) {
            Random random(23, static_cast<std::uint64_t>(s));
            std::vector<double> a(300);
            std::vector<double> b(300);
            for (std::size_t i = 0; i < a.size(); ++i) {
                a[i] = random.uniform() < 0.9;
                b[i] = a[i] > 0 && random.uniform() < 0.9 ? 1.0 : 0.0; // 0.09 less
            }
            covered += holds(pairedBootstrap(a, b, {.resamples = 400, .seed = 1}), 0.09);
        }
        QVERIFY2(covered >= 366 && covered <= 394, qPrintable(QString::number(covered)));
    }

    void percentiles()
    {
        const std::vector<double> values{40, 10, 30, 20, 50};
        QCOMPARE(percentile(values, 0.0), 10.0);
        QCOMPARE(percentile(values, 0.5), 30.0);
        QCOMPARE(percentile(values, 1.0), 50.0);
        QCOMPARE(percentile(values, 0.05), 12.0);
        QCOMPARE(percentile({7}, 0.95), 7.0);
    }

    /// Figures of scipy.stats.spearmanr.
    void rankCorrelations()
    {
        const std::vector<double> up{1, 2, 5, 9, 9.5}, down{3, 2, 1, 0, -7};
        QCOMPARE(rankCorrelation(up, up), 1.0);
        QCOMPARE(rankCorrelation(up, down), -1.0);
        const std::vector<double> a{3, 1, 4, 1, 5, 9, 2, 6}, b{2, 7, 1, 8, 2, 8, 1, 8};
        QVERIFY(std::abs(rankCorrelation(a, b) - 0.19885368120992467) < 1e-12); // with equal ones
        QCOMPARE(rankCorrelation(up, std::vector<double>(5, 1.0)), 0.0);
        QCOMPARE(rankCorrelation({}, {}), 0.0);
    }
};

QTEST_GUILESS_MAIN(TestStatistics)
#include "tst_statistics.moc"
