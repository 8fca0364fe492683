#include "core/base/files.h"
#include "core/search/sweepforecast.h"

#include <QTemporaryDir>
#include <QTest>
#include <cmath>

using namespace pare;

namespace {

SweepWork someWork()
{
    return {100, 1000, {{"quantize.affine", 1e6}, {"quantize.gptq", 2e6}}, 0.01, 50'000'000};
}

bool isAbout(double one, double other)
{
    return std::abs(one - other) < 0.2 * other;
}

} // namespace

class TestSweepForecast : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tenSweepsTeachIt()
    {
        const std::filesystem::path file = m_folder.filePath("rates.json").toStdString();
        // What the machine really takes, give or take a tenth.
        for (int i = 0; i < 10; ++i) {
            const double noise = i % 2 == 0 ? 1.1 : 0.9;
            SweepRates rates(file, "this machine");
            QCOMPARE(rates.forecast(someWork()).learntFrom, i);
            rates.learn(someWork(), {4 * noise,
                                     {{"quantize.affine", 0.5}, {"quantize.gptq", 6 * noise}},
                                     std::llround(7e7 * noise)});
        }
        const SweepForecast forecast = SweepRates(file, "this machine").forecast(someWork());
        QVERIFY(isAbout(forecast.seconds, 10.5));
        QVERIFY(isAbout(static_cast<double>(forecast.bytes), 7e7));
        QVERIFY(isAbout(forecast.coarseSeconds, 7.5));
        QCOMPARE(SweepRates(file, "another machine").forecast(someWork()).learntFrom, 0);
    }

    /// What is held beside what is kept does not grow with it.
    void memoryFollowsTheSizeOfSweeps()
    {
        const std::filesystem::path file = m_folder.filePath("memory.json").toStdString();
        const auto workOf = [](double bytes) {
            SweepWork work = someWork();
            work.bytes = std::llround(bytes);
            return work;
        };
        const auto held = [](double kept) { return 5e7 + 1.3 * kept; };
        for (int i = 0; i < 10; ++i) {
            const double kept = 1e6 * (1 + 37 * i % 90), noise = i % 2 == 0 ? 1.05 : 0.95;
            SweepRates(file, "m").learn(workOf(kept), {1, {}, std::llround(noise * held(kept))});
        }
        const SweepRates rates(file, "m");
        for (const double kept : {1e6, 5e7, 4e8})
            QVERIFY(isAbout(static_cast<double>(rates.forecast(workOf(kept)).bytes), held(kept)));
        // Nothing is known: not less than what is kept.
        QVERIFY(SweepRates(file, "another").forecast(workOf(4e8)).bytes > 400'000'000);
    }

    void unreadableRatesAreNone_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("{");
        QTest::newRow("another kind") << QByteArray("[1, 2]");
        QTest::newRow("wrong values")
            << QByteArray(R"({"m": {"sweeps": "x", "passes": -1, "bytes": 1e999, "making": [0]}})");
        QTest::newRow("wrong memory")
            << QByteArray(R"({"m": {"memory": [1, [2], ["a", 3], [1, -5]]}})");
        QTest::newRow("a number for a machine") << QByteArray(R"({"m": 3})");
    }
    void unreadableRatesAreNone()
    {
        QFETCH(QByteArray, content);
        const std::filesystem::path file = m_folder.filePath("broken.json").toStdString();
        writeFile(file, content.toStdString());
        SweepRates rates(file, "m");
        const SweepForecast forecast = rates.forecast(someWork());
        QCOMPARE(forecast.learntFrom, 0);
        QVERIFY(std::isfinite(forecast.seconds) && forecast.seconds > 0);
        QVERIFY(forecast.bytes >= someWork().bytes);
        rates.learn(someWork(), {1, {}, 1});
        QCOMPARE(SweepRates(file, "m").forecast(someWork()).learntFrom, 1);
    }

    void memoryIsKnown() { QVERIFY(residentBytes() > 1'000'000); }

private:
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestSweepForecast)
#include "tst_sweepforecast.moc"
