// Progressive module replacing, and schedules by the step.
#include "core/base/error.h"
#include "core/training/schedules.h"
#include "core/training/distill/theseus.h"

#include <algorithm>
#include <cmath>

#include <QtTest>

using namespace pare;

namespace {

double shareOfSuccessors(const std::vector<TheseusModule> &modules)
{
    return static_cast<double>(std::ranges::count(modules, TheseusModule::Successor)) /
           static_cast<double>(modules.size());
}

} // namespace

class TheseusTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void probability_data();
    void probability();
    void reachesOne_data();
    void reachesOne();
    void rateFollowsTheProbability();
    void drawsHaveTheProbability();
    void drawsFollowSeedStepAndPlace();
    void refusals();

    void cubicRises();
    void bits_data();
    void bits();
    void bitsTakeEqualStretches();
    void drawnForCharts();
};

void TheseusTest::probability_data()
{
    QTest::addColumn<double>("base");
    QTest::addColumn<double>("slope");
    QTest::addColumn<qint64>("step");
    QTest::addColumn<double>("expected");
    QTest::newRow("start") << 0.3 << 0.0006 << qint64{0} << 0.3;
    QTest::newRow("halfway") << 0.3 << 0.0006 << qint64{500} << 0.6;
    QTest::newRow("last below one") << 0.3 << 0.0006 << qint64{1166} << 0.9996;
    QTest::newRow("one") << 0.3 << 0.0006 << qint64{1167} << 1.0;
    QTest::newRow("after") << 0.3 << 0.0006 << qint64{100000} << 1.0;
    QTest::newRow("constant") << 0.5 << 0.0 << qint64{100000} << 0.5;
}

void TheseusTest::probability()
{
    QFETCH(double, base);
    QFETCH(double, slope);
    QFETCH(qint64, step);
    QFETCH(double, expected);
    QVERIFY(std::abs(replacementProbability({base, slope}, step) - expected) < 1e-12);
}

void TheseusTest::reachesOne_data()
{
    QTest::addColumn<double>("base");
    QTest::addColumn<double>("slope");
    QTest::addColumn<qint64>("step"); // -1: never
    QTest::newRow("the authors' example") << 0.3 << 0.0006 << qint64{1167};
    QTest::newRow("in 1000 steps") << 0.1 << 0.0009 << qint64{1000};
    QTest::newRow("in 5000 steps") << 0.5 << 0.0001 << qint64{5000};
    QTest::newRow("at once") << 1.0 << 0.0 << qint64{0};
    QTest::newRow("in the first step") << 0.3 << 5.0 << qint64{1};
    QTest::newRow("never") << 0.3 << 0.0 << qint64{-1};
    QTest::newRow("not in our days") << 0.3 << 1e-300 << qint64{-1};
}

void TheseusTest::reachesOne()
{
    QFETCH(double, base);
    QFETCH(double, slope);
    QFETCH(qint64, step);
    const TheseusCurriculum curriculum{base, slope};
    const auto found = fullReplacementStep(curriculum);
    QCOMPARE(static_cast<qint64>(found.value_or(-1)), step);
    if (found) {
        QCOMPARE(replacementProbability(curriculum, *found), 1.0);
        QVERIFY(*found == 0 || replacementProbability(curriculum, *found - 1) < 1);
        QCOMPARE(shareOfSuccessors(drawnModules(curriculum, 1000, 1, *found)), 1.0);
    }
}

void TheseusTest::rateFollowsTheProbability()
{
    QVERIFY(std::abs(expectedRateFactor({0.3, 0.0006}, 500) - 0.6) < 1e-12);
    QCOMPARE(expectedRateFactor({0.3, 0.0006}, 5000), 1.0);
}

void TheseusTest::drawsHaveTheProbability()
{
    const TheseusCurriculum curriculum{0.3, 0.0006};
    QVERIFY(std::abs(shareOfSuccessors(drawnModules(curriculum, 20000, 5, 0)) - 0.3) < 0.02);
    QVERIFY(std::abs(shareOfSuccessors(drawnModules(curriculum, 20000, 5, 500)) - 0.6) < 0.02);
    QCOMPARE(shareOfSuccessors(drawnModules({0, 0}, 1000, 5, 3)), 0.0);
    // Of one place over the steps, too.
    int successors = 0;
    for (std::int64_t step = 0; step < 5000; ++step)
        successors += drawnModules({0.4, 0}, 6, 9, step)[3] == TheseusModule::Successor ? 1 : 0;
    QVERIFY(std::abs(successors / 5000.0 - 0.4) < 0.03);
}

void TheseusTest::drawsFollowSeedStepAndPlace()
{
    const TheseusCurriculum curriculum{0.5, 0};
    const auto draws = drawnModules(curriculum, 64, 1, 10);
    QVERIFY(draws == drawnModules(curriculum, 64, 1, 10));
    QVERIFY(draws != drawnModules(curriculum, 64, 2, 10));
    QVERIFY(draws != drawnModules(curriculum, 64, 1, 11));
    // Fewer places: the same draws at those there are.
    const auto few = drawnModules(curriculum, 6, 1, 10);
    QVERIFY(std::equal(few.begin(), few.end(), draws.begin()));
    QVERIFY(drawnModules(curriculum, 0, 1, 10).empty());
}

void TheseusTest::refusals()
{
    checkCurriculum({});
    checkCurriculum({1, 0});
    for (const TheseusCurriculum &curriculum :
         {TheseusCurriculum{-0.1, 0}, TheseusCurriculum{1.1, 0}, TheseusCurriculum{0.3, -1},
          TheseusCurriculum{NAN, 0}, TheseusCurriculum{0.3, NAN}, TheseusCurriculum{0.3, INFINITY}})
        QVERIFY_EXCEPTION_THROWN(checkCurriculum(curriculum), Error);
}

void TheseusTest::cubicRises()
{
    for (const auto &[share, expected] :
         {std::pair{-1.0, 0.0}, {0.0, 0.0}, {0.25, 1 - 27.0 / 64}, {0.5, 7.0 / 8}, {1.0, 1.0}, {2.0, 1.0}})
        QVERIFY(std::abs(cubicRise(share) - expected) < 1e-12);
}

void TheseusTest::bits_data()
{
    QTest::addColumn<int>("initial");
    QTest::addColumn<int>("final");
    QTest::addColumn<double>("share");
    QTest::addColumn<int>("expected");
    QTest::newRow("before") << 8 << 4 << -1.0 << 8;
    QTest::newRow("start") << 8 << 4 << 0.0 << 8;
    QTest::newRow("end of the first stretch") << 8 << 4 << 0.199 << 8;
    QTest::newRow("second stretch") << 8 << 4 << 0.201 << 7;
    QTest::newRow("last stretch") << 8 << 4 << 0.801 << 4;
    QTest::newRow("end") << 8 << 4 << 1.0 << 4;
    QTest::newRow("after") << 8 << 4 << 10.0 << 4;
    QTest::newRow("constant") << 4 << 4 << 0.5 << 4;
}

void TheseusTest::bits()
{
    QFETCH(int, initial);
    QFETCH(int, final);
    QFETCH(double, share);
    QFETCH(int, expected);
    QCOMPARE(bitsAt(initial, final, share), expected);
}

void TheseusTest::bitsTakeEqualStretches()
{
    std::vector<int> steps(9);
    for (int step = 0; step < 700; ++step)
        ++steps[static_cast<std::size_t>(bitsAt(8, 2, (step + 0.5) / 700))];
    for (std::size_t width = 2; width <= 8; ++width)
        QCOMPARE(steps[width], 100);
}

void TheseusTest::drawnForCharts()
{
    const auto square = [](std::int64_t step) { return static_cast<double>(step * step); };
    QCOMPARE(drawnSchedule(square, 4, 100),
             (std::vector<SchedulePoint>{{0, 0}, {1, 1}, {2, 4}, {3, 9}, {4, 16}}));
    QCOMPARE(drawnSchedule(square, 100, 3),
             (std::vector<SchedulePoint>{{0, 0}, {50, 2500}, {100, 10000}}));
    QCOMPARE(drawnSchedule(square, 0, 2), (std::vector<SchedulePoint>{{0, 0}}));
    const auto points =
        drawnSchedule([](std::int64_t step) { return replacementProbability({}, step); }, 2000);
    QCOMPARE(points.size(), std::size_t{200});
    QCOMPARE(points.back(), (SchedulePoint{2000, 1}));
    QVERIFY(std::ranges::is_sorted(points, {}, &SchedulePoint::step));
    QVERIFY(std::ranges::adjacent_find(points, {}, &SchedulePoint::step) == points.end());
}

QTEST_APPLESS_MAIN(TheseusTest)
#include "tst_theseus.moc"
