// Which runs are on the front, the points that stand for runs, and what is written at an axis.
#include "tests/widgets/runfixtures.h"
#include "widgets/charts/ticks.h"

#include <QTest>
#include <cmath>

using namespace pare;
using namespace pare::test;

class TestFront : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void frontOfRuns();
    void frontKeepsTheFirstOfEquals();
    void frontAgreesWithTheDefinition();
    void frontOfOtherDirections();
    void pointComesFromARun();
    void logarithmicTicksReadWell_data();
    void logarithmicTicksReadWell();
    void ticksHaveNoExponents();
};

void TestFront::frontOfRuns()
{
    const TradeoffData data = runs();
    QStringList ids;
    for (const std::size_t i : paretoFront(data))
        ids.append(data.points[i].id);
    QCOMPARE(ids, QStringList({"r4", "r14", "r13", "r15", "r2", "r1", "r0"}));
    QVERIFY(paretoFront({}).empty());
}

void TestFront::frontKeepsTheFirstOfEquals()
{
    TradeoffData data;
    data.points = {point("a", "a", 2, 90, {}), point("b", "b", 2, 90, {}),
                   point("c", "c", 2, 91, {}), point("d", "d", 3, 91, {}),
                   point("e", "e", 1, std::nan(""), {})};
    QCOMPARE(paretoFront(data), std::vector<std::size_t>{2});
}

void TestFront::frontAgreesWithTheDefinition()
{
    TradeoffData data;
    for (int i = 0; i < 200; ++i)
        data.points.push_back(point("p", "p", 1 + (i * 37) % 101, (i * 53) % 97, {}));
    const std::vector<std::size_t> front = paretoFront(data);
    for (std::size_t i = 0; i < data.points.size(); ++i) {
        const TradeoffPoint &one = data.points[i];
        const bool beaten = std::ranges::any_of(data.points, [&one](const TradeoffPoint &other) {
            return other.x <= one.x && other.y >= one.y && (other.x < one.x || other.y > one.y);
        });
        const bool onFront = std::ranges::any_of(front, [&](std::size_t j) {
            return data.points[j].x == one.x && data.points[j].y == one.y;
        });
        QCOMPARE(onFront, !beaten);
    }
}

void TestFront::frontOfOtherDirections()
{
    // Perplexity: lower is better.
    TradeoffData data;
    data.y.better = Better::Lower;
    data.points = {point("a", "a", 1, 30, {}), point("b", "b", 2, 20, {}),
                   point("c", "c", 3, 25, {})};
    QCOMPARE(paretoFront(data), (std::vector<std::size_t>{0, 1}));
}

void TestFront::pointComesFromARun()
{
    Run run;
    run.id = "abc";
    run.recipe.steps = {checked(parsedStep("quantize.affine bits=4")),
                        checked(parsedStep("factorize.svd rank=24"))};
    run.primaryMetric = "accuracy";
    run.measured.bytes = 2300000;
    run.measured.metrics["accuracy"] = {0.913, 0.904, 0.921, 4212};
    run.baseline.bytes = 8210000;
    run.baseline.metrics["accuracy"] = {0.924, 0.916, 0.931, 4212};
    const TradeoffPoint point = tradeoffPoint(run);
    QCOMPARE(point.id, QStringLiteral("abc"));
    QCOMPARE(point.x, 2300000.0);
    QCOMPARE(point.high, 0.921);
    QCOMPARE(point.families, std::vector({Family::LowRank, Family::Quantization}));
    QVERIFY(!point.original);
    const TradeoffPoint original = originalPoint(run);
    QVERIFY(original.original && original.families.empty());
    QCOMPARE(original.y, 0.924);
    QCOMPARE(TradeoffData().x.text(point.x), QStringLiteral("2.30\u202fMB"));
    QCOMPARE(TradeoffData().x.caption(), QStringLiteral("exported file, MB (log)"));
    QCOMPARE(TradeoffData().y.caption(), QStringLiteral("accuracy, %"));
}

void TestFront::logarithmicTicksReadWell_data()
{
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::addColumn<QString>("labels");
    QTest::newRow("doublings") << 0.9 << 9.0 << "1 1.5 2 3 4 6 8";
    QTest::newRow("wide") << 0.9 << 130.0 << "1 2 4 8 16 32 64 128";
    QTest::newRow("wider") << 0.9 << 900.0 << "1 2 5 10 20 50 100 200 500";
    QTest::newRow("widest") << 0.009 << 20000.0 << "0.01 0.1 1 10 100 1000 10000";
    QTest::newRow("narrow") << 4.05 << 4.55 << "4.1 4.2 4.3 4.4 4.5";
    QTest::newRow("nothing") << 4.0 << 4.0 << "";
    QTest::newRow("negative") << -1.0 << 4.0 << "";
}

void TestFront::logarithmicTicksReadWell()
{
    QFETCH(double, low);
    QFETCH(double, high);
    QFETCH(QString, labels);
    QStringList texts;
    for (const double tick : logarithmicTicks(low, high, 9))
        texts.append(decimalText(tick));
    QCOMPARE(texts.join(QChar(' ')), labels);
}

void TestFront::ticksHaveNoExponents()
{
    for (double low = 1e-6; low < 1e9; low *= 7) {
        for (double ratio = 1.01; ratio < 1e6; ratio *= 9) {
            for (const QVector<double> &ticks :
                 {logarithmicTicks(low, low * ratio, 9), linearTicks(low, low * ratio, 8)}) {
                QVERIFY(ticks.size() <= 40);
                for (const double tick : ticks)
                    QVERIFY(!decimalText(tick).contains(QChar('e')));
            }
        }
    }
    QVERIFY(linearTicks(80, 92, 7).size() >= 4);
}

QTEST_MAIN(TestFront)
#include "tst_front.moc"
