#include "widgets/models/runsproxy.h"

#include <QAbstractItemModelTester>
#include <QFont>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTest>

using namespace pare;

namespace {

Run run(const char *id, const char *step, std::int64_t bytes, double accuracy, double milliseconds)
{
    Run run;
    run.id = id;
    if (*step)
        run.recipe.steps.push_back(checked(parsedStep(step)));
    run.primaryMetric = "accuracy";
    run.measured.bytes = bytes;
    run.measured.metrics["accuracy"] = {accuracy, accuracy - 0.01, accuracy + 0.01, 4000};
    run.measured.latencyMs.median = milliseconds;
    run.labelLoyalty = {0.97, 0.96, 0.98, 4000};
    return run;
}

std::vector<Run> someRuns()
{
    return {run("a", "", 8210000, 0.924, 1.84),
            run("b", "quantize.affine bits=4", 10300000, 0.913, 1.8),
            run("c", "prune.magnitude pattern=2:4", 4800000, 0.906, 12.84)};
}

} // namespace

class TestRunsModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void figuresReadAsPeopleWriteThem();
    void sortsByNumberNotByText();
    void newRunsComeInAsRows();
    void everyNumberHasAColumn();
    void whatIsSaidComesInAsChanges();
    void proxyHidesDeletedAndFiltered();
    void pinnedRunsStandFirst();
    void trainedRunsSayWhatTheyWere();
};

void TestRunsModel::figuresReadAsPeopleWriteThem()
{
    RunsModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRuns(someRuns());
    const auto text = [&](int row, int column) {
        return model.index(row, column).data().toString();
    };
    QCOMPARE(text(0, RunsModel::RecipeColumn), QString("original"));
    QCOMPARE(text(1, RunsModel::RecipeColumn), QString("4 bits"));
    QCOMPARE(text(0, RunsModel::BytesColumn), QString("8.21"));
    QCOMPARE(text(0, RunsModel::MetricColumn), QString("92.4"));
    QCOMPARE(text(2, RunsModel::LatencyColumn), QString("12.8"));
    QVERIFY(model.index(0, 0).data(Qt::ToolTipRole).toString().contains("97.0 %"));
    const auto alignment =
        Qt::Alignment(model.index(0, RunsModel::BytesColumn).data(Qt::TextAlignmentRole).toInt());
    QVERIFY(alignment.testFlag(Qt::AlignRight));
    QCOMPARE(model.rowOf("c"), std::optional(2));
    QVERIFY(!model.rowOf("nobody"));
}

void TestRunsModel::sortsByNumberNotByText()
{
    RunsModel model;
    model.setRuns(someRuns());
    QSortFilterProxyModel sorted;
    QAbstractItemModelTester tester(&sorted,
                                    QAbstractItemModelTester::FailureReportingMode::QtTest);
    sorted.setSourceModel(&model);
    sorted.setSortRole(RunsModel::SortRole);
    sorted.sort(RunsModel::BytesColumn);
    QCOMPARE(sorted.index(0, 0).data(RunsModel::IdRole).toString(), QString("c"));
    QCOMPARE(sorted.index(2, 0).data(RunsModel::IdRole).toString(),
             QString("b")); // 10.3 after 8.21
}

void TestRunsModel::newRunsComeInAsRows()
{
    RunsModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    std::vector<Run> runs = someRuns();
    const Run last = runs.back();
    runs.pop_back();
    model.setRuns(runs);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    runs.push_back(last);
    model.setRuns(runs);
    model.setRuns(runs);
    QCOMPARE(inserted.count(), 1);
    QCOMPARE(reset.count(), 0);
    model.setRuns({});
    QCOMPARE(reset.count(), 1);
    QCOMPARE(model.rowCount(), 0);
}

void TestRunsModel::everyNumberHasAColumn()
{
    std::vector<Run> runs = someRuns();
    runs[1].measured.multiplyAdds = 5'310'000;
    runs[1].measured.parameters = 2'050'000;
    runs[1].time = "2026-03-01T12:00:00Z";
    RunsModel model;
    model.setRuns(runs, {{"b", {"two\nlines", {"paper", "best"}, false}}});
    const auto text = [&](RunsModel::Column column) {
        return model.index(1, column).data().toString();
    };
    QCOMPARE(text(RunsModel::IntervalColumn), QString("90.3 … 92.3"));
    QCOMPARE(text(RunsModel::LoyaltyColumn), QString("97.0"));
    QCOMPARE(text(RunsModel::ChangedColumn), QString("120"));
    QCOMPARE(text(RunsModel::MultiplyAddsColumn), QString("5.31"));
    QCOMPARE(text(RunsModel::ParametersColumn), QString("2.05"));
    QVERIFY(text(RunsModel::TimeColumn).startsWith("2026-03-01 ") ||
            text(RunsModel::TimeColumn).startsWith("2026-03-02 "));
    QCOMPARE(text(RunsModel::TagsColumn), QString("paper, best"));
    QCOMPARE(text(RunsModel::NoteColumn), QString("two lines"));
    QCOMPARE(text(RunsModel::ExportsColumn), QString());
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setRuns(runs, {{"b", {"two\nlines", {"paper", "best"}, false}}},
                  {{"b", {"packed, GGUF", {"GGUF, out/model.gguf: read again"}}}});
    QCOMPARE(changed.count(), 1);
    QCOMPARE(text(RunsModel::ExportsColumn), QString("packed, GGUF"));
    QVERIFY(model.index(1, 0).data(Qt::ToolTipRole).toString().contains("out/model.gguf: read"));
    QCOMPARE(model.index(0, RunsModel::MultiplyAddsColumn).data().toString(), QString("–"));
    QCOMPARE(model.index(1, RunsModel::LoyaltyColumn).data(Qt::AccessibleTextRole).toString(),
             QString("Loyalty, %: 97.0"));
    for (int column = 0; column < RunsModel::ColumnCount; ++column) {
        QVERIFY(!model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().isEmpty());
        QVERIFY(!model.headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString().isEmpty());
    }
}

void TestRunsModel::whatIsSaidComesInAsChanges()
{
    RunsModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRuns(someRuns());
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.setRuns(someRuns(), {{"c", {{}, {}, true}}});
    model.setRuns(someRuns(), {{"c", {{}, {}, true}}});
    QCOMPARE(changed.count(), 1);
    QCOMPARE(reset.count(), 0);
    QVERIFY(model.index(2, 0).data(Qt::FontRole).value<QFont>().strikeOut());
    QVERIFY(!model.index(1, 0).data(Qt::FontRole).isValid());
}

void TestRunsModel::proxyHidesDeletedAndFiltered()
{
    RunsModel model;
    RunsProxy rows(&model);
    QAbstractItemModelTester tester(&rows, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRuns(someRuns());
    rows.sort(RunsModel::BytesColumn);
    QCOMPARE(rows.rowCount(), 3);
    model.setRuns(someRuns(), {{"c", {{}, {}, true}}});
    QCOMPARE(rows.rowCount(), 2);
    rows.setDeleted(RunsProxy::Deleted::Shown);
    QCOMPARE(rows.rowCount(), 3);
    rows.setFilter(parsedRunFilter("accuracy>91"));
    QCOMPARE(rows.rowCount(), 2);
    QCOMPARE(rows.index(0, 0).data(RunsModel::IdRole).toString(), QString("a"));
    model.setRuns(someRuns(), {{"c", {"accurate?", {}, false}}});
    rows.setFilter(parsedRunFilter("accurate"));
    QCOMPARE(rows.rowCount(), 1);
}

void TestRunsModel::pinnedRunsStandFirst()
{
    RunsModel model;
    RunsProxy proxy(&model);
    RunNote pinned;
    pinned.pinned = true;
    pinned.colour = "#0072b2";
    model.setRuns(someRuns(), {{"a", pinned}});
    const auto order = [&proxy] {
        QString ids;
        for (int row = 0; row < proxy.rowCount(); ++row)
            ids += proxy.index(row, 0).data(RunsModel::IdRole).toString();
        return ids;
    };
    proxy.sort(RunsModel::BytesColumn, Qt::AscendingOrder);
    QCOMPARE(order(), QString("acb"));
    proxy.sort(RunsModel::BytesColumn, Qt::DescendingOrder);
    QCOMPARE(order(), QString("abc"));
    model.setRuns(someRuns());
    QCOMPARE(order(), QString("bac"));
}

void TestRunsModel::trainedRunsSayWhatTheyWere()
{
    std::vector<Run> runs = someRuns();
    Run trained = runs[1];
    trained.id = "d";
    trained.recipe.training = parsedStep("recover");
    runs.push_back(trained);
    Run student = runs[0];
    student.id = "e";
    student.distillation.emplace();
    runs.push_back(student);
    Run other = trained; // of other data
    other.id = "f";
    other.dataHash = "other";
    runs.push_back(other);
    QCOMPARE(runBeforeTraining(runs[1], runs), nullptr);
    QCOMPARE(runBeforeTraining(runs[3], runs), &runs[1]);
    QCOMPARE(runBeforeTraining(runs[4], runs), &runs[0]);
    QCOMPARE(runBeforeTraining(runs[5], runs), nullptr);
    runs[4].distillation->studentPath = "small/config.json";
    QCOMPARE(runBeforeTraining(runs[4], runs), nullptr);
    RunsModel model;
    model.setRuns(runs);
    QCOMPARE(model.index(3, RunsModel::OriginColumn).data().toString(), QString("4 bits"));
    QCOMPARE(model.index(1, RunsModel::OriginColumn).data().toString(), QString());
}

QTEST_MAIN(TestRunsModel)
#include "tst_runsmodel.moc"
