// What a training will make stricter, told from the choices alone.
#include "core/model/recipe.h"
#include "core/model/training.h"
#include "core/training/plannedschedules.h"

#include <QTest>
#include <algorithm>

using namespace pare;

class TestPlannedSchedules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recipes_data()
    {
        QTest::addColumn<QStringList>("steps");
        QTest::addColumn<QString>("schedule");
        QTest::addColumn<double>("first");
        QTest::addColumn<double>("last");
        QTest::addColumn<double>("settled"); // share of the training
        QTest::newRow("no training") << QStringList{"quantize.affine bits=2"} << "" << 0. << 0. << 0.;
        QTest::newRow("nothing changes")
            << QStringList{"quantize.affine bits=2", "recover"} << "" << 0. << 0. << 0.;
        QTest::newRow("bits come down")
            << QStringList{"quantize.affine bits=2", "recover bits-from=8 gradual=0.5"} << "bits"
            << 8. << 2. << 0.5;
        QTest::newRow("no fewer bits than at first")
            << QStringList{"quantize.affine bits=8", "recover bits-from=8"} << "" << 0. << 0. << 0.;
        QTest::newRow("masks that are learnt")
            << QStringList{"prune.movement sparsity=0.9", "recover gradual=0.8"} << "sparsity" << 0.
            << 1. << 0.8;
        QTest::newRow("modules are replaced")
            << QStringList{"prune.layers count=2", "recover method=theseus slope=0.0006"}
            << "replacement" << 0.3 << 1. << 1167. / 1458;
    }

    void recipes()
    {
        QFETCH(QStringList, steps);
        QFETCH(QString, schedule);
        QFETCH(double, first);
        QFETCH(double, last);
        QFETCH(double, settled);
        Recipe recipe;
        for (const QString &step : steps)
            recipe.steps.push_back(parsedStep(step.toStdString()));
        const SchedulePlan plan = plannedSchedules(checked(recipe));
        QCOMPARE(plan.schedules.size(), schedule.isEmpty() ? 0u : 1u);
        if (schedule.isEmpty())
            return;
        const auto &[name, points] = *plan.schedules.begin();
        QCOMPARE(name, schedule.toStdString());
        QCOMPARE(points.front().value, first);
        QCOMPARE(points.back().value, last);
        const double share = static_cast<double>(settledAt(points)) /
                             static_cast<double>(points.back().step);
        // Whole bits are reached a little before the share that was asked for.
        QVERIFY2(share < settled + 0.03 && share > 0.85 * settled,
                 qPrintable(QString::number(share)));
    }

    void lengthIsKnownWhereASlopeIs()
    {
        const SchedulePlan sloped = plannedSchedules(parsedMethod("theseus base=0.3 slope=0.0006"));
        QCOMPARE(sloped.axis, SchedulePlan::Axis::Steps);
        const auto &points = sloped.schedules.at("replacement");
        const auto whole = std::ranges::find(points, 1.0, &SchedulePoint::value);
        QVERIFY(whole != points.end());
        QVERIFY(replacementIsWholeAt(points, 1167));
        QCOMPARE(plannedSchedules(parsedMethod("theseus")).axis, SchedulePlan::Axis::Share);
        QVERIFY(plannedSchedules(parsedMethod("kd")).schedules.empty());
    }

    void settledIsTheFirstStepOfTheEnd()
    {
        QCOMPARE(settledAt({{0, 8}, {5, 4}, {9, 2}, {12, 2}}), 9);
        QCOMPARE(settledAt({{0, 2}, {12, 2}}), 0);
        QCOMPARE(settledAt({{0, 8}, {12, 2}}), 12);
    }

private:
    /// Whole at the drawn point that is the first at or after `step`, and not before.
    static bool replacementIsWholeAt(const std::vector<SchedulePoint> &points, std::int64_t step)
    {
        return std::ranges::all_of(points, [step](const SchedulePoint &point) {
            return (point.value >= 1) == (point.step >= step);
        });
    }
};

QTEST_GUILESS_MAIN(TestPlannedSchedules)
#include "tst_plannedschedules.moc"
