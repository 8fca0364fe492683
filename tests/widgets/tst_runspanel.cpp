// The panels of finished runs, by keys and clicks.
#include "widgets/panels/answerspanel.h"
#include "widgets/panels/comparepanel.h"
#include "widgets/panels/runspanel.h"
#include "widgets/panels/runtable.h"
#include "widgets/panels/valueview.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFrame>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace pare;

namespace {

Run run(const char *id, const char *step, std::int64_t bytes, double accuracy)
{
    Run run;
    run.id = id;
    if (*step)
        run.recipe.steps.push_back(checked(parsedStep(step)));
    run.primaryMetric = "accuracy";
    run.measured.bytes = bytes;
    run.measured.metrics["accuracy"] = {accuracy, accuracy - 0.01, accuracy + 0.01, 1000};
    run.labelLoyalty = {0.97, 0.96, 0.98, 1000};
    run.time = "2026-03-01T12:00:00Z";
    return run;
}

std::vector<Run> someRuns()
{
    return {run("a", "", 8'210'000, 0.924), run("b", "quantize.affine bits=4", 2'300'000, 0.913),
            run("c", "quantize.affine bits=8", 4'300'000, 0.923)};
}

TableData someRows()
{
    TableData data;
    data.columns = {{"Text", {}, TableColumn::Kind::Text}, {"Sure"}};
    data.rows = {{{"snow and ice", {}, {}}, {"91", 0.91, {}}},
                 {{"sand", {}, {}}, {"9", 0.09, {}}},
                 {{"fog", {}, {}}, {"50", 0.5, {}}}};
    data.groups = {1, 0, 1};
    return data;
}

} // namespace

class TestRunsPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void filterLine();
    void severalRunsStaySelected();
    void pinsAndColours();
    void columnsAreAPersonsChoice();
    void namesHaveTheRoom();
    void columnsStayAsTheyWerePut();
    void rowsAreCopied();
    void noteIsTypedInPlace();
    void tagsAreSplitAtCommas();
    void deletedRunsAreHidden();
    void readOnlyChangesNothing();
    void undoIsOffered();
    void valuesSortAndFilter();
    void columnsShareANarrowView();
    void answersAreChosen();
    void runsStandSideBySide();

private:
    void select(std::initializer_list<int> rows);
    QAction *action(const char *name) { return m_panel->findChild<QAction *>(QLatin1String(name)); }

    std::unique_ptr<RunsPanel> m_panel;
};

void TestRunsPanel::init()
{
    m_panel = std::make_unique<RunsPanel>();
    m_panel->resize(600, 300);
    m_panel->setRuns(someRuns(), {{"b", {"too coarse", {"paper"}, false}}});
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
}

/// In the order they are shown: b, c, a.
void TestRunsPanel::select(std::initializer_list<int> rows)
{
    Qt::KeyboardModifiers held;
    QTableView *table = m_panel->table();
    for (const int row : rows) {
        QTest::mouseClick(table->viewport(), Qt::LeftButton, held,
                          table->visualRect(table->model()->index(row, 0)).center());
        held = Qt::ControlModifier;
    }
}

void TestRunsPanel::filterLine()
{
    auto *line = m_panel->findChild<QLineEdit *>("runsFilter");
    auto *problem = m_panel->findChild<QLabel *>("runsFilterProblem");
    QTest::keyClicks(line, "accuracy>92");
    QCOMPARE(m_panel->table()->model()->rowCount(), 2);
    QCOMPARE(m_panel->findChild<QLabel *>("runsCount")->text(), QString("2 of 3"));
    QVERIFY(problem->isHidden());
    line->setText("tag:paper");
    QCOMPARE(m_panel->table()->model()->rowCount(), 1);
    line->setText("colour>3");
    QVERIFY(problem->isVisible());
    QVERIFY(problem->text().contains("colour"));
    line->setText("nothing-like-this");
    QVERIFY(!m_panel->table()->isVisible()); // says so instead
    line->clear();
    QCOMPARE(m_panel->table()->model()->rowCount(), 3);
}

void TestRunsPanel::pinsAndColours()
{
    QSignalSpy pins(m_panel.get(), &RunsPanel::pinsGiven);
    QSignalSpy colours(m_panel.get(), &RunsPanel::colourGiven);
    QSignalSpy several(m_panel.get(), &RunsPanel::runsSelected);
    auto *pin = m_panel->findChild<QAction *>("runPin");
    QVERIFY(!pin->isEnabled());
    select({0, 1});
    QCOMPARE(several.last().first().toStringList(), QStringList({"b", "c"}));
    pin->trigger();
    QCOMPARE(pins.last().at(0).toStringList(), QStringList({"b", "c"}));
    QVERIFY(pins.last().at(1).toBool());
    m_panel->findChild<QAction *>("runColour#d55e00")->trigger();
    QCOMPARE(colours.last().at(1).toString(), QString("#d55e00"));
    const int told = static_cast<int>(several.size());
    m_panel->selectRuns({"a", "b"});
    QCOMPARE(m_panel->selectedRuns(), QStringList({"b", "a"}));
    QCOMPARE(several.size(), told);
    QVERIFY(m_panel->compareAction()->isEnabled());
}

void TestRunsPanel::severalRunsStaySelected()
{
    QSignalSpy chosen(m_panel.get(), &RunsPanel::runSelected);
    QSignalSpy compared(m_panel.get(), &RunsPanel::compareRequested);
    QVERIFY(!m_panel->compareAction()->isEnabled());
    select({0, 2});
    QCOMPARE(chosen.count(), 1); // the second only joins it
    QCOMPARE(chosen.first().first().toString(), QString("b"));
    m_panel->selectRun("b"); // as the window does after each change
    QCOMPARE(m_panel->selectedRuns(), QStringList({"b", "a"}));
    QTest::keyClick(m_panel->table(), Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(compared.count(), 1);
    QCOMPARE(compared.first().first().toStringList(), QStringList({"b", "a"}));
    m_panel->setRuns(someRuns(), {}); // other notes
    QCOMPARE(m_panel->selectedRuns().size(), 2);
    std::vector<Run> fewer = someRuns();
    fewer.pop_back();
    m_panel->setRuns(fewer, {});
    QCOMPARE(m_panel->selectedRuns(), QStringList({"b", "a"}));
    m_panel->selectRun("c");
    QCOMPARE(m_panel->selectedRuns(), QStringList()); // is not there
    m_panel->selectRun("a");
    QCOMPARE(m_panel->selectedRuns(), QStringList("a"));
    QCOMPARE(chosen.count(), 1);
}

void TestRunsPanel::columnsAreAPersonsChoice()
{
    RunTable *table = m_panel->runTable();
    QCOMPARE(table->shownColumns(), QStringList({"recipe", "bytes", "metric", "latency"}));
    QSignalSpy changed(table, &RunTable::columnsChanged);
    QAction *tags = table->columnMenu()->findChild<QAction *>("runColumn.tags");
    QVERIFY(tags && !tags->isChecked());
    tags->trigger();
    QCOMPARE(changed.count(), 1);
    QVERIFY(table->shownColumns().contains("tags"));
    table->setShownColumns({"note", "changed"});
    QCOMPARE(table->shownColumns(), QStringList({"recipe", "changed", "note"}));
    QCOMPARE(changed.count(), 1); // nobody chose that
    int width = 0;
    for (int column = 0; column < RunsModel::ColumnCount; ++column)
        width += table->isColumnHidden(column) ? 0 : table->columnWidth(column);
    QVERIFY2(std::abs(width - table->viewport()->width()) <= 1, "the recipe takes what is left");
    QStringList all;
    for (int column = 0; column < RunsModel::ColumnCount; ++column)
        all << columnKey(static_cast<RunsModel::Column>(column));
    table->setShownColumns(all);
    QVERIFY(table->columnWidth(RunsModel::RecipeColumn) > 60); // and scrolls
}

/// As wide as it is at 1280 x 800.
void TestRunsPanel::namesHaveTheRoom()
{
    std::vector<Run> runs = someRuns();
    runs.push_back(
        run("d", "quantize.affine bits=4 granularity=group group=64 clip=mse", 2'400'000, 0.914));
    m_panel->setRuns(runs);
    m_panel->resize(340, 300);
    RunTable *table = m_panel->runTable();
    QTRY_COMPARE(table->horizontalScrollBar()->maximum(), 0);
    QCOMPARE(table->textElideMode(), Qt::ElideMiddle);
    const int name = table->columnWidth(RunsModel::RecipeColumn);
    QVERIFY2(name > table->viewport()->width() * 2 / 5, qPrintable(QString::number(name)));
    for (int column = RunsModel::BytesColumn; column < RunsModel::ColumnCount; ++column) {
        if (!table->isColumnHidden(column))
            QVERIFY(table->columnWidth(column) >= table->fontMetrics().horizontalAdvance("00.00"));
    }
}

void TestRunsPanel::columnsStayAsTheyWerePut()
{
    RunTable *table = m_panel->runTable();
    QSignalSpy changed(table, &RunTable::columnsChanged);
    table->horizontalHeader()->moveSection(RunsModel::BytesColumn, RunsModel::MetricColumn);
    table->horizontalHeader()->resizeSection(RunsModel::LatencyColumn, 99);
    QVERIFY(changed.count() >= 2);
    const QStringList layout = table->columnLayout();
    QCOMPARE(layout.mid(0, 3), QStringList({"recipe", "metric", "bytes"}));
    QVERIFY(layout.contains("latency=99"));
    m_panel->resize(700, 300);
    QCOMPARE(table->columnWidth(RunsModel::LatencyColumn), 99);
    RunsPanel other;
    other.runTable()->setColumnLayout(layout);
    QCOMPARE(other.runTable()->columnLayout(), layout);
    QCOMPARE(other.runTable()->columnWidth(RunsModel::LatencyColumn), 99);
    other.runTable()->setColumnLayout({"gone", "note"}); // of another version
}

void TestRunsPanel::rowsAreCopied()
{
    select({0, 1});
    m_panel->runTable()->setShownColumns({"bytes", "tags", "note"});
    QTest::keyClick(m_panel->table(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(
        QApplication::clipboard()->text(),
        QString("Recipe\tMB\tTags\tNote\n4 bits\t2.30\tpaper\ttoo coarse\n8 bits\t4.30\t\t\n"));
    QSignalSpy command(m_panel.get(), &RunsPanel::commandRequested);
    select({1});
    action("runCommand")->trigger();
    QCOMPARE(command.first().first().toString(), QString("c"));
}

void TestRunsPanel::noteIsTypedInPlace()
{
    QSignalSpy given(m_panel.get(), &RunsPanel::noteGiven);
    auto *editor = m_panel->findChild<QFrame *>("runEditor");
    auto *line = m_panel->findChild<QLineEdit *>("runEditorLine");
    select({0});
    QTest::keyClick(m_panel->table(), Qt::Key_F2);
    QVERIFY(editor->isVisible());
    QCOMPARE(line->text(), QString("too coarse"));
    QTest::keyClicks(line, "fine"); // in place of what is selected
    QTest::keyClick(line, Qt::Key_Return);
    QVERIFY(!editor->isVisible());
    QCOMPARE(given.count(), 1);
    QCOMPARE(given.first().at(0).toStringList(), QStringList("b"));
    QCOMPARE(given.first().at(1).toString(), QString("fine"));
    QTest::keyClick(m_panel->table(), Qt::Key_F2);
    QTest::keyClicks(line, "never");
    QTest::keyClick(line, Qt::Key_Escape);
    QVERIFY(!editor->isVisible());
    QCOMPARE(given.count(), 1);
}

void TestRunsPanel::tagsAreSplitAtCommas()
{
    QSignalSpy given(m_panel.get(), &RunsPanel::tagsGiven);
    select({0, 1});
    QTest::keyClick(m_panel->table(), Qt::Key_F2, Qt::ShiftModifier);
    auto *line = m_panel->findChild<QLineEdit *>("runEditorLine");
    QCOMPARE(line->text(), QString("paper"));
    line->setText(" paper,, two  words , paper");
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(given.first().at(0).toStringList(), QStringList({"b", "c"}));
    QCOMPARE(given.first().at(1).toStringList(), QStringList({"paper", "two words"}));
}

void TestRunsPanel::deletedRunsAreHidden()
{
    QSignalSpy wanted(m_panel.get(), &RunsPanel::deleteRequested);
    select({1});
    QTest::keyClick(m_panel->table(), Qt::Key_Delete);
    QCOMPARE(wanted.first().first().toStringList(), QStringList("c"));
    m_panel->setRuns(someRuns(), {{"c", {{}, {}, true}}});
    QCOMPARE(m_panel->table()->model()->rowCount(), 2);
    action("runsDeleted")->setChecked(true);
    QCOMPARE(m_panel->table()->model()->rowCount(), 3);
    select({1});
    QCOMPARE(m_panel->selectedRun(), QString("c"));
    QVERIFY(!action("runDelete")->isEnabled());
    QSignalSpy back(m_panel.get(), &RunsPanel::bringBackRequested);
    action("runBringBack")->trigger();
    QCOMPARE(back.first().first().toStringList(), QStringList("c"));
}

void TestRunsPanel::readOnlyChangesNothing()
{
    select({0});
    QVERIFY(action("runNote")->isEnabled());
    m_panel->setAccess(RunsAccess::ReadOnly);
    for (const char *name : {"runNote", "runTags", "runDelete", "runBringBack", "runUse"})
        QVERIFY2(!action(name)->isEnabled(), name);
    QVERIFY(action("runCommand")->isEnabled());
}

void TestRunsPanel::undoIsOffered()
{
    QSignalSpy undo(m_panel.get(), &RunsPanel::undoRequested);
    m_panel->offerUndo("Deleted: 4 bits");
    auto *line = m_panel->findChild<QWidget *>("runsDone");
    QVERIFY(line->isVisible());
    QTest::mouseClick(line->findChild<QPushButton *>(), Qt::LeftButton);
    QCOMPARE(undo.count(), 1);
    m_panel->offerUndo({});
    QVERIFY(!line->isVisible());
}

void TestRunsPanel::valuesSortAndFilter()
{
    ValueView view(QStringLiteral("values"));
    QAbstractItemModelTester model(view.values(),
                                   QAbstractItemModelTester::FailureReportingMode::QtTest);
    QAbstractItemModelTester rows(view.rows(),
                                  QAbstractItemModelTester::FailureReportingMode::QtTest);
    view.setData(someRows());
    const auto first = [&] { return view.rows()->index(0, 0).data().toString(); };
    QCOMPARE(first(), QString("snow and ice")); // as given
    view.sortByColumn(1, Qt::AscendingOrder);
    QCOMPARE(first(), QString("sand")); // 9 before 50: by number
    view.rows()->setGroup(1);
    QCOMPARE(view.rows()->rowCount(), 2);
    view.rows()->setWords("ICE snow");
    QCOMPARE(view.rows()->rowCount(), 1);
    QCOMPARE(view.values()->index(0, 1).data(Qt::AccessibleTextRole).toString(),
             QString("Sure: 91"));
    view.setData({});
    QCOMPARE(view.rows()->rowCount(), 0);
}

/// The columns that matter are in sight in a narrow view, too, and get what they need in a wide one.
void TestRunsPanel::columnsShareANarrowView()
{
    ValueView view(QStringLiteral("values"));
    TableData data;
    data.columns = {{"Text"}, {"Correct"}, {"Before"}, {"Now"}, {"Row"}};
    data.rows = {
        {{QString(200, 'a')}, {"noun.communication"}, {"noun.cognition"}, {"noun.act"}, {"1"}}};
    view.setWideColumn(0);
    view.setTogether(4);
    view.setData(data);
    view.resize(360, 120);
    view.show();
    const auto end = [&](int column) {
        return view.columnViewportPosition(column) + view.columnWidth(column);
    };
    QVERIFY(end(3) <= view.viewport()->width());
    QVERIFY(end(4) > view.viewport()->width());
    for (int column = 0; column < 4; ++column)
        QVERIFY2(view.columnWidth(column) >= 50, qPrintable(QString::number(column)));
    view.resize(1000, 120);
    const int needed = view.fontMetrics().horizontalAdvance("noun.communication");
    QVERIFY(view.columnWidth(1) > std::min(needed, 130));
    QCOMPARE(end(4), view.viewport()->width());
}

void TestRunsPanel::answersAreChosen()
{
    AnswersPanel panel;
    panel.resize(700, 300);
    panel.show();
    AnswersData data;
    data.placeholder = "none yet";
    panel.setData(data);
    QVERIFY(panel.findChild<QLabel *>("answersPlaceholder")->isVisible());
    QVERIFY(!panel.table()->isVisible());
    data = {};
    data.summary = "3 of 90";
    data.warning = "A part fell.";
    data.table = someRows();
    data.kinds = {"Better", "Worse"};
    data.answers = {{4, "snow and ice", "Correct: cold.", "layer a did it", {"a"}},
                    {7, "sand", "Correct: hot.", {}, {}},
                    {9, "fog", "Correct: mild.", {}, {}}};
    panel.setData(data);
    QVERIFY(panel.findChild<QLabel *>("answersWarnings")->isVisible());
    QSignalSpy named(&panel, &AnswersPanel::layersNamed);
    QSignalSpy asked(&panel, &AnswersPanel::blameRequested);
    auto *ask = panel.findChild<QPushButton *>("answersBlame");
    QTest::mouseClick(ask, Qt::LeftButton); // nothing selected: those that are shown
    QCOMPARE(asked.takeFirst().first().value<std::vector<std::size_t>>(),
             (std::vector<std::size_t>{4, 7, 9}));
    panel.table()->selectRow(0);
    QCOMPARE(named.count(), 1);
    QCOMPARE(named.first().first().toStringList(), QStringList("a"));
    auto *detail = panel.findChild<QLabel *>("answerDetail");
    QVERIFY(detail->isVisible());
    QCOMPARE(detail->text(), QString("snow and ice\nCorrect: cold.\nlayer a did it"));
    QTest::mouseClick(ask, Qt::LeftButton);
    QCOMPARE(asked.takeFirst().first().value<std::vector<std::size_t>>(),
             (std::vector<std::size_t>{4}));
    panel.findChild<QComboBox *>("answersKind")->setCurrentIndex(1);
    QCOMPARE(panel.table()->rows()->rowCount(), 1);
    panel.findChild<QComboBox *>("answersKind")->setCurrentIndex(0);
    panel.findChild<QLineEdit *>("answersFilter")->setText("fog");
    QCOMPARE(panel.table()->rows()->rowCount(), 1);
    data.cannotBlame = "trained";
    panel.setData(data);
    QVERIFY(!ask->isEnabled());
    QCOMPARE(ask->toolTip(), QString("trained"));
}

void TestRunsPanel::runsStandSideBySide()
{
    ComparePanel panel;
    panel.resize(700, 300);
    panel.show();
    QVERIFY(panel.findChild<QWidget *>("compareEmpty")->isVisible());
    CompareData data;
    data.runs = {{"A", "original", "8.21 MB", {}}, {"B", "4 bits", "2.30 MB", "worse"}};
    data.layers = someRows();
    data.layerNames = {"a", "b", "c"};
    data.answers = someRows();
    data.answersTitle = "3 answers differ";
    panel.setData(data);
    QVERIFY(!panel.findChild<QLabel *>("compareState")->isVisible());
    QCOMPARE(panel.findChild<QLabel *>("compareVerdict1")->text(), QString("worse"));
    QSignalSpy named(&panel, &ComparePanel::layersNamed);
    panel.layers()->selectRow(2);
    QCOMPARE(named.first().first().toStringList(), QStringList("c"));
    panel.findChild<QLineEdit *>("compareFilter")->setText("sand");
    QCOMPARE(panel.layers()->rows()->rowCount(), 1);
    QCOMPARE(panel.answers()->rows()->rowCount(), 1);
}

QTEST_MAIN(TestRunsPanel)
#include "tst_runspanel.moc"
