// A small screen is enough: whatever panel is shown, in whatever language, the window stays as wide as
// it was made, and the panel's words fit in it. A large one shows more at once.
#include "tests/support/tinyproject.h"

#include "app/window/dockarea.h"
#include "app/window/language.h"
#include "app/window/mainwindow.h"
#include "app/window/workspace.h"
#include "widgets/charts/tradeoffpanel.h"
#include "widgets/layermap/layermap.h"
#include "widgets/layermap/layermappanel.h"
#include "widgets/panels/budgetpanel.h"
#include "widgets/panels/meter.h"
#include "widgets/panels/modeltabs.h"
#include "widgets/panels/noticebar.h"
#include "widgets/panels/recipepanel.h"
#include "widgets/panels/runspanel.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QSettings>
#include <QStandardPaths>
#include <QTableWidget>
#include <QTemporaryDir>

using namespace pare;

class TestWindowRoom : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void panelsLeaveTheWindowItsWidth_data();
    void panelsLeaveTheWindowItsWidth();
    void panelsFitBesideEachOther();
    void rowsAboveTakeTheirHeightFromTheMap();
    void tablesGiveBackTheRoomTheyTook();
    void budgetNamesItsLayers();
    void secondChartTakesWhatRoomThereIs_data();
    void secondChartTakesWhatRoomThereIs();

private:
    /// With a model of which some layers are selected, and one run.
    std::unique_ptr<MainWindow> openWindow(QSize size = {1280, 800});

    QTemporaryDir m_folder;
    test::TinyModel m_tiny;
    int m_projects = 0;
};

namespace {

BudgetPanelData foundBudget()
{
    BudgetPanelData data;
    data.canSearch = true;
    data.selected = 12;
    data.headline = QStringLiteral("2.99 MB \u00b7 91.2 % (90.2 \u2026 92.3) right, predicted");
    data.proof = QStringLiteral("Proved: of 295 options, no choice that fits moves answers less "
                                "(value 3.846e-05, bound 3.846e-05).");
    data.strengths = 20;
    for (const char *layer : {"embedding.token", "encoder.0.attention.query", "encoder.5.ffn.down"})
        data.rows.push_back({QLatin1String(layer), QStringLiteral("half its rank"),
                             QStringLiteral("as it is"), QStringLiteral("+48.6 kB"),
                             QStringLiteral("0.03 %")});
    return data;
}

} // namespace

void TestWindowRoom::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QApplication::setOrganizationName("Pare");
    QApplication::setApplicationName("tst_windowroom");
    qputenv("XDG_CACHE_HOME", m_folder.filePath("cache").toUtf8());
    m_tiny = test::makeTinyModel(m_folder.path().toStdString());
}

std::unique_ptr<MainWindow> TestWindowRoom::openWindow(QSize size)
{
    auto window = std::make_unique<MainWindow>();
    window->resize(size);
    window->show();
    const QString project = m_folder.filePath(QStringLiteral("narrow%1.pare").arg(++m_projects));
    if (!QTest::qWaitForWindowExposed(window.get()) ||
        !test::openTiny(window->document(), m_tiny, project) ||
        !test::measureStep(window->document(), "quantize.affine bits=4"))
        return nullptr;
    window->workspace()->mapPanel()->map()->setSelection(
        {"encoder.0.ffn.up", "encoder.0.ffn.down", "encoder.1.ffn.up", "encoder.1.ffn.down"});
    return window;
}

void TestWindowRoom::panelsLeaveTheWindowItsWidth_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<int>("panel");
    for (const char *language : {"en", "ko"}) {
        for (int panel = 0; panel < static_cast<int>(panelCount); ++panel)
            QTest::addRow("%s %d", language, panel) << QString::fromLatin1(language) << panel;
    }
}

void TestWindowRoom::panelsLeaveTheWindowItsWidth()
{
    QFETCH(const QString, language);
    QFETCH(const int, panel);
    QSettings().clear();
    chooseLanguage(language);
    const auto window = openWindow();
    QVERIFY(window);
    window->workspace()->findChild<BudgetPanel *>()->setData(foundBudget());
    MeterData meter = window->workspace()->meter()->data();
    meter.metric.unit = QStringLiteral("% (90.2 \u2026 92.2)");
    meter.latency.remark =
        QStringLiteral("about as before, 0.47 \u00b7 float32 oneDNN (brg:avx512_core)");
    window->workspace()->meter()->setData(meter);
    Q_EMIT window->workspace()->recipePanel()->stepChosen(0); // its settings are shown
    DockArea *area = window->workspace()->area();
    area->showWide(static_cast<Panel>(panel));
    QTest::qWait(1); // a layout that wants more grows the window with the next event
    QCOMPARE(window->width(), 1280);
    const QWidget *view = area->dock(static_cast<Panel>(panel))->widget();
    QVERIFY(view->isVisible());
    QVERIFY(view->mapTo(window.get(), QPoint(view->width(), 0)).x() <= 1280);
    const QWidget *recipe = window->workspace()->recipePanel()->widget();
    // It cannot scroll sideways.
    QTRY_VERIFY(recipe->width() >= recipe->minimumSizeHint().width());
}

/// Tabs of models and messages: what is below the map stays as it is, and the map gets back what it gave.
void TestWindowRoom::rowsAboveTakeTheirHeightFromTheMap()
{
    QSettings().clear();
    chooseLanguage(QStringLiteral("en"));
    const auto window = openWindow();
    QVERIFY(window);
    const Workspace *shown = window->workspace();
    const QWidget *below = shown->area()->dock(Panel::Runs);
    const QWidget *map = shown->mapPanel();
    QTest::qWait(50);
    const int before = below->height();
    const int mapBefore = map->height();
    auto *notice = shown->findChild<NoticeBar *>();
    Notice two{QStringLiteral("one\ntwo"), QStringLiteral("Act")};
    for (int times = 0; times < 3; ++times) {
        shown->modelTabs()->setModels({{"a", "a"}, {"b", "b"}}, "a");
        notice->setNotice(two);
        QTest::qWait(50);
        QVERIFY(map->height() < mapBefore);
        QCOMPARE(below->height(), before);
        window->resize(1280, 790);
        QTest::qWait(50);
        window->resize(1280, 800);
        QTest::qWait(50);
        const QByteArray layout = shown->layoutState();
        notice->setNotice({});
        shown->modelTabs()->setModels({}, {});
        QTest::qWait(50);
        QCOMPARE(below->height(), before);
        QCOMPARE(map->height(), mapBefore);
        QVERIFY(shown->area()->restoreLayout(layout));
        QTest::qWait(50);
        QCOMPARE(below->height(), before);
        QCOMPARE(map->height(), mapBefore);
    }
}

void TestWindowRoom::tablesGiveBackTheRoomTheyTook()
{
    QSettings().clear();
    chooseLanguage(QStringLiteral("en"));
    const auto window = openWindow();
    QVERIFY(window);
    DockArea *area = window->workspace()->area();
    const QWidget *below = area->dock(Panel::Runs);
    QTest::qWait(50);
    const int before = below->height();
    for (const Panel panel : {Panel::Answers, Panel::Compare}) {
        area->showInFront(panel);
        QTRY_VERIFY(below->height() > before + 10);
        const int taken = below->height();
        area->showInFront(Panel::Chart); // behind it, and still open
        QTest::qWait(50);
        QCOMPARE(below->height(), taken);
        area->dock(panel)->close();
        QTRY_COMPARE(below->height(), before);
    }
    // What a person gave stays.
    area->showInFront(Panel::Answers);
    QTRY_VERIFY(below->height() > before + 10);
    area->resizeDocks({area->dock(Panel::Runs)}, {before + 30}, Qt::Vertical);
    QTRY_COMPARE(below->height(), before + 30);
    area->dock(Panel::Answers)->close();
    QTest::qWait(50);
    QCOMPARE(below->height(), before + 30);
}

/// The widest of each side at once.
void TestWindowRoom::panelsFitBesideEachOther()
{
    QSettings().clear();
    chooseLanguage(QStringLiteral("en"));
    const auto window = openWindow();
    QVERIFY(window);
    window->workspace()->findChild<BudgetPanel *>()->setData(foundBudget());
    Q_EMIT window->workspace()->recipePanel()->stepChosen(0);
    for (const Panel below : {Panel::Jobs, Panel::Compare, Panel::Answers}) {
        window->workspace()->area()->showInFront(below);
        for (const Panel beside : {Panel::Budget, Panel::Training, Panel::Inspector}) {
            window->workspace()->area()->showWide(beside);
            QTest::qWait(1);
            QCOMPARE(window->width(), 1280);
            const QWidget *view = window->workspace()->area()->dock(beside)->widget();
            QVERIFY(view->mapTo(window.get(), QPoint(view->width(), 0)).x() <= 1280);
        }
    }
}

void TestWindowRoom::budgetNamesItsLayers()
{
    BudgetPanel panel;
    panel.setData(foundBudget());
    panel.resize(300, 600);
    panel.show();
    auto *table = panel.findChild<QTableWidget *>("budgetReasons");
    QVERIFY(table->columnWidth(0) >= panel.fontMetrics().horizontalAdvance("…5.ffn.down") + 8);
}

void TestWindowRoom::secondChartTakesWhatRoomThereIs_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<bool>("beside");
    QTest::newRow("small screen") << 1280 << false;
    QTest::newRow("large screen") << 2200 << true;
}

/// Beside the first where both can be read, else in its place; they show the same runs.
void TestWindowRoom::secondChartTakesWhatRoomThereIs()
{
    QFETCH(const int, width);
    QFETCH(const bool, beside);
    QSettings().clear();
    const auto window = openWindow({width, 800});
    QVERIFY(window);
    Workspace *workspace = window->workspace();
    TradeoffPanel *first = workspace->chartPanel();
    TradeoffPanel *second = workspace->secondChartPanel();
    workspace->area()->dock(Panel::SecondChart)->toggleViewAction()->trigger();
    QTRY_VERIFY(!second->visibleRegion().isEmpty());
    QCOMPARE(!first->visibleRegion().isEmpty(), beside);
    QCOMPARE(window->width(), width);
    QCOMPARE(second->axes(), (TradeoffAxes{RunQuantity::Milliseconds, RunQuantity::Metric}));
    QCOMPARE(second->chart()->data().points.size(), first->chart()->data().points.size());
    const QString run = QString::fromStdString(window->document().runs().front().id);
    Q_EMIT second->chart()->runsSelected({run});
    QCOMPARE(first->chart()->selectedRuns(), QStringList{run});
    QCOMPARE(workspace->runsPanel()->selectedRun(), run);
}

QTEST_MAIN(TestWindowRoom)
#include "tst_windowroom.moc"
