// Ranks chosen from singular values, against sums written out.
#include "core/compression/factorize/rankchoice.h"

#include <cmath>
#include <vector>

#include <QTest>

using namespace pare;

class TestRankChoice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void energy_data();
    void energy();
    void leastThatHolds();
    void breaksEven();
};

void TestRankChoice::energy_data()
{
    QTest::addColumn<std::vector<double>>("values");
    QTest::addColumn<double>("energy");
    QTest::addColumn<int>("rank");
    const std::vector<double> fiveThreeOne{5, 3, 1}; // squares 25, 9, 1 of 35
    QTest::newRow("none") << fiveThreeOne << 0.0 << 1;
    QTest::newRow("within the first") << fiveThreeOne << 0.7 << 1;
    QTest::newRow("exactly the first") << fiveThreeOne << 25.0 / 35 << 1;
    QTest::newRow("just beyond the first") << fiveThreeOne << 0.7143 << 2;
    QTest::newRow("exactly the second") << fiveThreeOne << 34.0 / 35 << 2;
    QTest::newRow("all") << fiveThreeOne << 1.0 << 3;
    QTest::newRow("nine tenths") << std::vector<double>{3, 1} << 0.9 << 1;
    QTest::newRow("equal") << std::vector<double>(10, 2.0) << 0.3 << 3;
    QTest::newRow("rounding is nothing") << std::vector<double>{1, 0.5, 1e-8, 0} << 1.0 << 2;
    QTest::newRow("zero") << std::vector<double>{0, 0} << 1.0 << 1;
    QTest::newRow("one") << std::vector<double>{4} << 1.0 << 1;
}

void TestRankChoice::energy()
{
    QFETCH(std::vector<double>, values);
    QFETCH(double, energy);
    QFETCH(int, rank);
    QCOMPARE(rankForEnergy(values, energy), rank);
    QCOMPARE(rankForError(values, std::sqrt(1 - energy)), rank);
}

void TestRankChoice::leastThatHolds()
{
    std::vector<double> values;
    for (int i = 0; i < 200; ++i)
        values.push_back(std::pow(0.97, i) * (i < 20 ? 5 : 1));
    const auto squares = [&](std::int64_t from, std::int64_t to) {
        double sum = 0;
        for (std::int64_t i = from; i < to; ++i)
            sum += values[static_cast<std::size_t>(i)] * values[static_cast<std::size_t>(i)];
        return sum;
    };
    const double all = squares(0, 200);
    for (int percent = 1; percent < 100; ++percent) {
        const double share = percent / 100.0;
        const std::int64_t byEnergy = rankForEnergy(values, share);
        QVERIFY(squares(0, byEnergy) >= share * all);
        QVERIFY(byEnergy == 1 || squares(0, byEnergy - 1) < share * all);
        const std::int64_t byError = rankForError(values, share);
        QVERIFY(std::sqrt(squares(byError, 200)) <= share * std::sqrt(all));
        QVERIFY(byError == 1 || std::sqrt(squares(byError - 1, 200)) > share * std::sqrt(all));
    }
}

void TestRankChoice::breaksEven()
{
    QCOMPARE(breakEvenRank(768, 768), 384.0);
    QVERIFY(rankSaves(383, 768, 768) && !rankSaves(384, 768, 768));
    QCOMPARE(breakEvenRank(768, 3072), 614.4);
    QVERIFY(rankSaves(614, 3072, 768) && !rankSaves(615, 768, 3072));
    for (std::int64_t out = 1; out < 30; ++out) {
        for (std::int64_t in = 1; in < 30; ++in) {
            for (std::int64_t rank = 1; rank <= 30; ++rank)
                QCOMPARE(rankSaves(rank, out, in), out * rank + rank * in < out * in);
        }
    }
}

QTEST_GUILESS_MAIN(TestRankChoice)
#include "tst_rankchoice.moc"
