// Finished runs in the window, as a person handles them: by keys, clicks and what then stands in the
// views.
#include "tests/support/windowtest.h"

#include "app/window/layouts.h"
#include "app/window/workspace.h"
#include "widgets/charts/tradeoffpanel.h"
#include "widgets/layermap/layermappanel.h"
#include "widgets/panels/answerspanel.h"
#include "widgets/panels/comparepanel.h"
#include "widgets/panels/runspanel.h"
#include "widgets/panels/runtable.h"
#include "widgets/panels/valueview.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QToolButton>
#include <algorithm>
#include <cmath>

using namespace pare;
using test::patience;

class TestRunsWindow : public test::WindowTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void comparedByKey();
    void comparedOnTheChart();
    void pinnedAndUndone();
    void figureAsItIsPreviewed();
    void layoutsOfTheMenu();
    void changedAnswersOfTheShownRun();
    void layersThatDidItAreSelectedOnTheMap();
    void deletedAndBroughtBack();
    void noteAndTagsAreKept();
    void columnsAreRemembered();
    void everythingHasAName();

private:
    RunsPanel *runs() { return m_window->workspace()->runsPanel(); }
    QDockWidget *openDock(const char *name);
    void clickRun(const char *name, Qt::KeyboardModifiers held = {});

    QString m_measured;
};

void TestRunsWindow::initTestCase()
{
    WindowTest::initTestCase();
    m_measured = m_folder.filePath("measured.pare");
    Document document;
    QVERIFY(test::openTiny(document, m_tiny, m_measured));
    for (const char *step : {"quantize.affine bits=2", "quantize.affine bits=4"})
        QVERIFY(test::measureStep(document, step));
}

void TestRunsWindow::init()
{
    static int count = 0;
    WindowTest::init();
    const QString project = m_folder.filePath(QStringLiteral("window%1.pare").arg(++count));
    QVERIFY(QFile::copy(m_measured, project));
    m_window->open(project);
    QTRY_COMPARE_WITH_TIMEOUT(document().modelState(), ModelState::Open, patience);
    QTRY_VERIFY_WITH_TIMEOUT(document().currentRun(), patience);
    QTRY_COMPARE(runs()->table()->model()->rowCount(), 2);
}

QDockWidget *TestRunsWindow::openDock(const char *name)
{
    auto *dock = find<QDockWidget>(name);
    dock->show();
    dock->raise();
    QTest::qWait(20);
    return dock;
}

void TestRunsWindow::clickRun(const char *name, Qt::KeyboardModifiers held)
{
    const QAbstractItemModel *rows = runs()->table()->model();
    for (int row = 0; row < rows->rowCount(); ++row) {
        if (rows->index(row, 0).data().toString() == QLatin1String(name))
            QTest::mouseClick(runs()->table()->viewport(), Qt::LeftButton, held,
                              runs()->table()->visualRect(rows->index(row, 0)).center());
    }
}

void TestRunsWindow::comparedByKey()
{
    QVERIFY(!find<QDockWidget>("compareDock")->isVisible());
    clickRun("2 bits");
    clickRun("4 bits", Qt::ControlModifier);
    QCOMPARE(runs()->selectedRuns().size(), 2);
    QTest::keyClick(m_window.get(), Qt::Key_D, Qt::ControlModifier);
    QVERIFY(find<QDockWidget>("compareDock")->isVisible());
    const ComparePanel *panel = m_window->workspace()->comparePanel();
    QCOMPARE(panel->data().runs.size(), std::size_t(2));
    QVERIFY(panel->data().layers.rows.size() >= 18); // at once, from the runs themselves
    QTRY_VERIFY_WITH_TIMEOUT(!panel->data().runs[1].verdict.isEmpty(), patience);
    QVERIFY(panel->data().state.isEmpty());
    QVERIFY(!panel->data().answers.rows.empty());
    QVERIFY(panel->data().runs[1].verdict.contains("points"));
    m_window->workspace()->comparePanel()->layers()->selectRow(2);
    QCOMPARE(m_window->workspace()->mapPanel()->map()->selection(),
             QStringList(panel->data().layerNames.at(2)));
}

void TestRunsWindow::comparedOnTheChart()
{
    TradeoffChart *chart = m_window->workspace()->chartPanel()->chart();
    chart->grab();
    QStringList ids;
    for (std::size_t i = 0; i < chart->data().points.size(); ++i) {
        if (chart->data().points[i].id.isEmpty())
            continue; // the original, which was measured beside them
        ids << chart->data().points[i].id;
        const QPoint at = chart->pointPosition(i).toPoint();
        QWidget *plot = chart->childAt(at);
        QTest::mouseClick(plot, Qt::LeftButton,
                          ids.size() > 1 ? Qt::ControlModifier : Qt::NoModifier,
                          plot->mapFrom(chart, at));
    }
    QCOMPARE(ids.size(), 2);
    QCOMPARE(chart->selectedRuns(), ids);
    QCOMPARE(runs()->selectedRuns().size(), 2); // the same in the table
    QTest::keyClick(chart, Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(m_window->workspace()->comparePanel()->data().runs.size(), std::size_t(2));
    clickRun("2 bits");
    QCOMPARE(chart->selectedRuns().size(), 1);
    document().setSteps({});
    Q_EMIT chart->runsSelected(ids); // as a frame around them does
    chart->selectRuns(ids);
    Q_EMIT document().planChanged();
    QCOMPARE(runs()->selectedRuns().size(), 2);
    QCOMPARE(m_window->workspace()->shownRun(), ids.first());
}

void TestRunsWindow::pinnedAndUndone()
{
    const TradeoffChart *chart = m_window->workspace()->chartPanel()->chart();
    clickRun("2 bits");
    const auto pinned = [chart] {
        return std::ranges::count_if(chart->data().points, &TradeoffPoint::pinned);
    };
    find<QAction>("runPin")->trigger();
    QCOMPARE(pinned(), 1);
    QVERIFY(find<QAction>("undo")->text().contains("pin of 2 bits"));
    find<QAction>("runColour#d55e00")->trigger();
    QVERIFY(std::ranges::any_of(chart->data().points, [](const TradeoffPoint &point) {
        return point.colour == QColor("#d55e00");
    }));
    document().undo();
    document().undo();
    QCOMPARE(pinned(), 0);
}

void TestRunsWindow::figureAsItIsPreviewed()
{
    m_window->workspace()->chartPanel()->findChild<QToolButton *>("chartSave")->click();
    auto *dialog = find<FigureDialog>("figureDialog");
    QVERIFY(dialog);
    const auto box = [dialog](const char *name) {
        return dialog->findChild<QComboBox *>(QLatin1String(name));
    };
    QVERIFY(!dialog->findChild<QLabel *>("figurePreview")->pixmap().isNull());
    box("figureSize")->setCurrentIndex(1);
    dialog->findChild<QSpinBox *>("figureDots")->setValue(600);
    QVERIFY(std::abs(QImage::fromData(dialog->content("png")).width() - 174 / 25.4 * 600) < 1);
    QVERIFY(dialog->content("csv").startsWith("run,recipe"));
    box("figureSubject")->setCurrentIndex(1); // the map
    QVERIFY(dialog->content("csv").startsWith("layer,role"));
    QVERIFY(dialog->content("pdf").startsWith("%PDF-"));
    QVERIFY(dialog->content("svg").contains("width=\"174mm\""));
    QVERIFY(std::abs(QImage::fromData(dialog->content("png")).width() - 174 / 25.4 * 600) < 2);
    dialog->close();
}

void TestRunsWindow::layoutsOfTheMenu()
{
    auto *menu = find<QMenu>("layoutMenu");
    const auto choose = [menu](const char *name) {
        menu->findChild<QAction *>(QLatin1String(name))->trigger();
    };
    choose("layoutCompare");
    QVERIFY(find<QDockWidget>("compareDock")->isVisible());
    QVERIFY(!find<QDockWidget>("inspectorDock")->isVisible());
    keepLayout("mine", m_window->workspace()->layoutState());
    choose("layoutTrain");
    QVERIFY(find<QDockWidget>("trainingDock")->isVisible());
    QVERIFY(!find<QDockWidget>("compareDock")->isVisible());
    Q_EMIT menu->aboutToShow();
    for (QAction *action : menu->actions()) {
        if (action->text() == "mine")
            action->trigger();
    }
    QVERIFY(find<QDockWidget>("compareDock")->isVisible());
    QVERIFY(!find<QDockWidget>("trainingDock")->isVisible());
    choose("layoutExplore");
    QVERIFY(find<QDockWidget>("inspectorDock")->isVisible());
    QVERIFY(!find<QDockWidget>("compareDock")->isVisible());
}

void TestRunsWindow::changedAnswersOfTheShownRun()
{
    openDock("answersDock");
    clickRun("2 bits");
    AnswersPanel *panel = m_window->workspace()->answersPanel();
    QTRY_VERIFY_WITH_TIMEOUT(panel->data().summary.startsWith("2 bits:"), patience);
    const Run *shown = document().findRun(m_window->workspace()->shownRun().toStdString());
    QVERIFY(shown);
    QCOMPARE(static_cast<std::int64_t>(panel->data().answers.size()), answersChanged(*shown));
    clickRun("4 bits");
    QTRY_VERIFY_WITH_TIMEOUT(panel->data().summary.startsWith("4 bits:") ||
                                 panel->data().placeholder.startsWith("4 bits"),
                             patience);
}

void TestRunsWindow::layersThatDidItAreSelectedOnTheMap()
{
    openDock("answersDock");
    clickRun("2 bits");
    AnswersPanel *panel = m_window->workspace()->answersPanel();
    QTRY_VERIFY_WITH_TIMEOUT(!panel->data().answers.empty(), patience);
    panel->table()->selectRow(0);
    QVERIFY(panel->data().answers.front().blame.isEmpty());
    QTest::mouseClick(find<QPushButton>("answersBlame"), Qt::LeftButton);
    QVERIFY(find<QPushButton>("cancel")->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(!panel->data().answers.front().blame.isEmpty(), patience);
    QVERIFY(!panel->data().answers.front().layers.isEmpty());
    panel->table()->clearSelection();
    panel->table()->selectRow(0);
    QStringList named = panel->data().answers.front().layers;
    QStringList selected = m_window->workspace()->mapPanel()->map()->selection();
    named.sort();
    selected.sort();
    QCOMPARE(selected, named);
}

void TestRunsWindow::deletedAndBroughtBack()
{
    auto *chart = m_window->workspace()->chartPanel()->chart();
    const std::size_t points = chart->data().points.size();
    clickRun("2 bits");
    QTest::keyClick(runs()->table(), Qt::Key_Delete);
    QCOMPARE(runs()->table()->model()->rowCount(), 1);
    QCOMPARE(chart->data().points.size(), points - 1);
    QVERIFY(m_window->workspace()->shownRun().isEmpty());
    QVERIFY(find<QWidget>("runsDone")->isVisible());
    QVERIFY(find<QAction>("undo")->text().endsWith("delete of 2 bits"));
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(runs()->table()->model()->rowCount(), 2);
    QCOMPARE(chart->data().points.size(), points);
    QVERIFY(!find<QWidget>("runsDone")->isVisible());
    QVERIFY(find<QAction>("redo")->text().endsWith("delete of 2 bits"));
    QVERIFY(!find<QAction>("undo")->text().contains("delete"));
}

void TestRunsWindow::noteAndTagsAreKept()
{
    clickRun("2 bits");
    const std::string id = runs()->selectedRun().toStdString();
    QTest::keyClick(runs()->table(), Qt::Key_F2);
    QTest::keyClicks(find<QLineEdit>("runEditorLine"), "too coarse");
    QTest::keyClick(find<QLineEdit>("runEditorLine"), Qt::Key_Return);
    QTest::keyClick(runs()->table(), Qt::Key_F2, Qt::ShiftModifier);
    QTest::keyClicks(find<QLineEdit>("runEditorLine"), "paper");
    QTest::keyClick(find<QLineEdit>("runEditorLine"), Qt::Key_Return);
    QCOMPARE(document().runNotes().at(id), (RunNote{"too coarse", {"paper"}, false}));
    QTest::keyClicks(find<QLineEdit>("runsFilter"), "tag:paper");
    QCOMPARE(runs()->table()->model()->rowCount(), 1);
    QVERIFY(find<QAction>("undo")->text().endsWith("tags of 2 bits"));
    find<QAction>("runCommand")->trigger();
    QVERIFY(QApplication::clipboard()->text().contains("quantize.affine bits=2"));
}

void TestRunsWindow::columnsAreRemembered()
{
    find<QAction>("runColumn.changed")->trigger();
    QVERIFY(runs()->runTable()->shownColumns().contains("changed"));
    m_window = std::make_unique<MainWindow>();
    QVERIFY(runs()->runTable()->shownColumns().contains("changed"));
}

void TestRunsWindow::everythingHasAName()
{
    for (const char *name : {"compareDock", "answersDock"}) {
        const QDockWidget *dock = openDock(name);
        for (QWidget *widget : dock->findChildren<QWidget *>()) {
            if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus ||
                widget->objectName().startsWith("qt_"))
                continue;
            const QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
            QVERIFY2(accessible && !accessible->text(QAccessible::Name).isEmpty(),
                     widget->metaObject()->className());
        }
    }
}

QTEST_MAIN(TestRunsWindow)
#include "tst_runswindow.moc"
