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

    void unreadableRatesAreNone_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("{");
        QTest::newRow("another kind") << QByteArray("[1, 2]");
        QTest::newRow("wrong values")
            << QByteArray(R"({"m": {"sweeps": "x", "passes": -1, "bytes": 1e999, "making": [0]}})");
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
        rates.learn(someWork(), {1, {}, 1});
        QCOMPARE(SweepRates(file, "m").forecast(someWork()).learntFrom, 1);
    }

    void memoryIsKnown() { QVERIFY(residentBytes() > 1'000'000); }

private:
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestSweepForecast)
#include "tst_sweepforecast.moc"
