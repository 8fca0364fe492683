// The chart of size and accuracy as a person uses it: mouse, keys, and what is painted.
#include "tests/widgets/runfixtures.h"
#include "widgets/charts/chartexport.h"
#include "widgets/charts/familylegend.h"
#include "widgets/charts/tradeoffpanel.h"
#include "widgets/theme/theme.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <cmath>
#include <limits>
#include <memory>

using namespace pare;
using namespace pare::test;

namespace {

std::unique_ptr<TradeoffChart> shownChart(const TradeoffData &data)
{
    auto chart = std::make_unique<TradeoffChart>();
    chart->resize(720, 420);
    chart->setData(data);
    chart->show();
    // Axis rectangles are placed when the plot is first drawn.
    chart->grab();
    return chart;
}

std::size_t indexOf(const TradeoffData &data, const char *id)
{
    return static_cast<std::size_t>(
        std::ranges::find(data.points, QLatin1String(id), &TradeoffPoint::id) -
        data.points.begin());
}

void clickPoint(TradeoffChart &chart, const char *id, Qt::KeyboardModifiers held = {})
{
    const QPoint position = chart.pointPosition(indexOf(chart.data(), id)).toPoint();
    QWidget *plot = chart.childAt(position);
    QTest::mouseClick(plot, Qt::LeftButton, held, plot->mapFrom(&chart, position));
}

} // namespace

class TestCharts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void clickSelectsTheRun();
    void doubleClickActivatesTheRun();
    void severalAreChosenByKeyAndMouse();
    void dragsZoomAndChoose();
    void menuIsOfTheChosen();
    void pinnedRunsStay();
    void legendHidesFamilies();
    void keysWalkAlongTheSize();
    void selectionSurvivesNewData();
    void pointsStandInOrder();
    void zoomStaysUntilFitted();
    void panelKeepsTheScale();
    void figuresBehindTheChart();
    void chartIsDescribed();
    void paintsEverything_data();
    void paintsEverything();
};

void TestCharts::clickSelectsTheRun()
{
    const auto chart = shownChart(runs());
    QSignalSpy selected(chart.get(), &TradeoffChart::runSelected);
    clickPoint(*chart, "r7");
    QCOMPARE(selected.size(), 1);
    QCOMPARE(selected.last().first().toString(), QStringLiteral("r7"));
    QCOMPARE(chart->selectedRun(), QStringLiteral("r7"));
    clickPoint(*chart, "r7");
    QCOMPARE(selected.size(), 1);
    chart->selectRun(QStringLiteral("r2"));
    QCOMPARE(chart->selectedRun(), QStringLiteral("r2"));
    QCOMPARE(selected.size(), 1);
    chart->selectRun({});
    QVERIFY(chart->selectedRun().isEmpty());
}

void TestCharts::doubleClickActivatesTheRun()
{
    const auto chart = shownChart(runs());
    QSignalSpy activated(chart.get(), &TradeoffChart::runActivated);
    const QPoint position = chart->pointPosition(indexOf(chart->data(), "r12")).toPoint();
    QWidget *plot = chart->childAt(position);
    QTest::mouseDClick(plot, Qt::LeftButton, {}, plot->mapFrom(chart.get(), position));
    QCOMPARE(activated.size(), 1);
    QCOMPARE(activated.last().first().toString(), QStringLiteral("r12"));
}

void TestCharts::severalAreChosenByKeyAndMouse()
{
    const auto chart = shownChart(runs());
    QSignalSpy several(chart.get(), &TradeoffChart::runsSelected);
    QSignalSpy one(chart.get(), &TradeoffChart::runSelected);
    clickPoint(*chart, "r7");
    clickPoint(*chart, "r2", Qt::ControlModifier);
    QCOMPARE(chart->selectedRuns(), QStringList({"r7", "r2"}));
    QCOMPARE(one.size(), 1);
    QCOMPARE(several.last().first().toStringList(), QStringList({"r7", "r2"}));
    chart->selectRun("r2"); // as the window does after each change
    chart->selectRun({});
    QCOMPARE(chart->selectedRuns().size(), 2);
    clickPoint(*chart, "r7", Qt::ControlModifier);
    QCOMPARE(chart->selectedRuns(), QStringList("r2"));
    QTest::keyClick(chart.get(), Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(chart->selectedRuns().size(), 2);
    const int told = static_cast<int>(several.size());
    chart->selectRuns({"r1", "r3", "nobody"});
    QCOMPARE(chart->selectedRuns(), QStringList({"r1", "r3"}));
    QCOMPARE(several.size(), told);
    TradeoffData fewer = runs();
    std::erase_if(fewer.points, [](const TradeoffPoint &each) { return each.id == "r1"; });
    chart->setData(fewer);
    QCOMPARE(chart->selectedRuns(), QStringList("r3"));
}

void TestCharts::dragsZoomAndChoose()
{
    const auto chart = shownChart(runs());
    QWidget *plot = chart->childAt(chart->rect().center());
    const QPoint to = chart->pointPosition(indexOf(chart->data(), "r2")).toPoint();
    const auto drag = [&](Qt::KeyboardModifiers held, const QPoint &from, const QPoint &until) {
        QTest::mousePress(plot, Qt::LeftButton, held, from);
        QMouseEvent moved(QEvent::MouseMove, until, plot->mapToGlobal(until), Qt::NoButton,
                          Qt::LeftButton, held);
        QApplication::sendEvent(plot, &moved);
        QTest::mouseRelease(plot, Qt::LeftButton, held, until);
    };
    const QPoint around(14, 14);
    drag(Qt::ShiftModifier, to - around, to + around);
    QVERIFY(chart->selectedRuns().contains("r2"));
    QVERIFY(chart->selectedRuns().size() < 6);
    const QPointF before = chart->pointPosition(4);
    drag({}, to - 3 * around, to + 3 * around);
    QVERIFY(QLineF(before, chart->pointPosition(4)).length() > 20);
    QTest::keyClick(chart.get(), Qt::Key_0);
    QVERIFY(QLineF(before, chart->pointPosition(4)).length() < 1);
}

void TestCharts::menuIsOfTheChosen()
{
    const auto chart = shownChart(runs());
    QSignalSpy asked(chart.get(), &TradeoffChart::menuRequested);
    const auto ask = [&](const QPoint &at) {
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, chart->mapToGlobal(at));
        QApplication::sendEvent(chart.get(), &event);
    };
    ask(chart->pointPosition(indexOf(chart->data(), "r7")).toPoint());
    QCOMPARE(asked.size(), 1);
    QCOMPARE(chart->selectedRuns(), QStringList("r7"));
    clickPoint(*chart, "r2", Qt::ControlModifier);
    ask(chart->pointPosition(indexOf(chart->data(), "r2")).toPoint());
    QCOMPARE(asked.size(), 2);
    QCOMPARE(chart->selectedRuns(), QStringList({"r7", "r2"}));
    ask(QPoint(chart->width() - 2, 2));
    QCOMPARE(asked.size(), 2); // of nothing
}

void TestCharts::pinnedRunsStay()
{
    TradeoffPanel panel;
    TradeoffData data = runs();
    data.points[indexOf(data, "r7")].pinned = true;
    panel.setData(data);
    for (QAction *entry : panel.findChild<QToolButton *>("chartFamilies")->menu()->actions()) {
        if (entry->isCheckable() && entry->objectName().isEmpty())
            entry->trigger(); // a family
    }
    QStringList left;
    for (const TradeoffPoint &each : panel.chart()->data().points)
        left << each.id;
    QCOMPARE(left, QStringList({"r0", "r7"}));
}

void TestCharts::keysWalkAlongTheSize()
{
    const auto chart = shownChart(runs());
    QSignalSpy selected(chart.get(), &TradeoffChart::runSelected);
    QTest::keyClick(chart.get(), Qt::Key_Right);
    QCOMPARE(chart->selectedRun(), QStringLiteral("r4"));
    QTest::keyClick(chart.get(), Qt::Key_Right);
    QCOMPARE(chart->selectedRun(), QStringLiteral("r14"));
    QTest::keyClick(chart.get(), Qt::Key_Left);
    QTest::keyClick(chart.get(), Qt::Key_Left);
    QCOMPARE(chart->selectedRun(), QStringLiteral("r4"));
    QCOMPARE(selected.size(), 3);
    QSignalSpy activated(chart.get(), &TradeoffChart::runActivated);
    QTest::keyClick(chart.get(), Qt::Key_Return);
    QCOMPARE(activated.last().first().toString(), QStringLiteral("r4"));
}

void TestCharts::selectionSurvivesNewData()
{
    const auto chart = shownChart(runs());
    chart->selectRun(QStringLiteral("r9"));
    TradeoffData data = runs();
    data.points.erase(data.points.begin() + 1);
    chart->setData(data);
    QCOMPARE(chart->selectedRun(), QStringLiteral("r9"));
    data.points.clear();
    chart->setData(data);
    QVERIFY(chart->selectedRun().isEmpty());
}

void TestCharts::pointsStandInOrder()
{
    const auto chart = shownChart(runs());
    const TradeoffData &data = chart->data();
    for (std::size_t a = 0; a < data.points.size(); ++a) {
        QVERIFY(QRectF(chart->rect()).contains(chart->pointPosition(a)));
        for (std::size_t b = 0; b < a; ++b) {
            if (data.points[a].x < data.points[b].x)
                QVERIFY(chart->pointPosition(a).x() < chart->pointPosition(b).x());
            if (data.points[a].y < data.points[b].y)
                QVERIFY(chart->pointPosition(a).y() > chart->pointPosition(b).y());
        }
    }
}

void TestCharts::zoomStaysUntilFitted()
{
    const auto chart = shownChart(runs());
    const QPointF before = chart->pointPosition(4);
    QTest::keyClick(chart.get(), Qt::Key_Plus);
    const QPointF zoomed = chart->pointPosition(4);
    QVERIFY(QLineF(before, zoomed).length() > 5);
    TradeoffData data = runs();
    data.current.reset();
    chart->setData(data);
    QVERIFY(QLineF(zoomed, chart->pointPosition(4)).length() < 1);
    QTest::keyClick(chart.get(), Qt::Key_0);
    QVERIFY(QLineF(before, chart->pointPosition(4)).length() < 1);
}

void TestCharts::panelKeepsTheScale()
{
    TradeoffPanel panel;
    panel.setData(runs());
    QCOMPARE(panel.chart()->data().x.scale, AxisScale::Logarithmic);
    panel.findChild<QAction *>("chartLog")->trigger();
    QCOMPARE(panel.chart()->data().x.scale, AxisScale::Linear);
    panel.setData(runs());
    QCOMPARE(panel.chart()->data().x.scale, AxisScale::Linear);
    QSignalSpy asked(&panel, &TradeoffPanel::exportRequested);
    panel.findChild<QToolButton *>("chartSave")->click();
    QCOMPARE(asked.size(), 1);
    QSignalSpy axes(&panel, &TradeoffPanel::axesChanged);
    QTest::keyClick(panel.findChild<QComboBox *>("chartX"), Qt::Key_Down);
    QCOMPARE(axes.size(), 1);
    QCOMPARE(panel.axes(), (TradeoffAxes{RunQuantity::Milliseconds, RunQuantity::Metric}));
    const QList<QAction *> entries =
        panel.findChild<QToolButton *>("chartFamilies")->menu()->actions();
    const std::size_t all = panel.chart()->data().points.size();
    entries.last()->trigger(); // a family
    QVERIFY(panel.chart()->data().points.size() < all);
    entries.last()->trigger();
    QCOMPARE(panel.chart()->data().points.size(), all);
}

/// A legend of buttons: words where they fit, marks where they do not, nothing for one family.
void TestCharts::legendHidesFamilies()
{
    TradeoffPanel panel;
    panel.resize(900, 300);
    panel.setData(runs());
    panel.show();
    const auto *legend = panel.findChild<FamilyLegend *>();
    QVERIFY(legend->isVisible());
    const QList<QToolButton *> buttons = legend->findChildren<QToolButton *>();
    const QList<QAction *> entries =
        panel.findChild<QToolButton *>("chartFamilies")->menu()->actions();
    QCOMPARE(buttons.last()->defaultAction(), entries.last());
    QCOMPARE(buttons.last()->toolButtonStyle(), Qt::ToolButtonTextBesideIcon);
    const std::size_t all = panel.chart()->data().points.size();
    QTest::mouseClick(buttons.last(), Qt::LeftButton);
    QVERIFY(panel.chart()->data().points.size() < all);
    QVERIFY(!entries.last()->isChecked());
    QTest::mouseClick(buttons.last(), Qt::LeftButton);
    QCOMPARE(panel.chart()->data().points.size(), all);
    panel.resize(panel.minimumSizeHint().width(), 300);
    QCOMPARE(buttons.last()->toolButtonStyle(), Qt::ToolButtonIconOnly);
    TradeoffData one = runs();
    std::erase_if(one.points, [](const TradeoffPoint &point) {
        return !point.families.empty() && point.families.back() != Family::Quantization;
    });
    panel.setData(one);
    QVERIFY(!legend->isVisible());
}

void TestCharts::figuresBehindTheChart()
{
    const QList<QByteArray> lines = chartTable(runs()).csv().split('\n');
    QCOMPARE(lines.first(), "run,recipe,families,file_bytes,accuracy_share,accuracy_share_low,"
                            "accuracy_share_high\r");
    QCOMPARE(lines.size(), static_cast<qsizetype>(runs().points.size()) + 2);
    const TradeoffPoint point = runs().points.front();
    QCOMPARE(lines[1].split(',').first(), point.id.toUtf8());
    QVERIFY(lines[1].contains(QByteArray::number(point.x, 'g', 12)));
    TradeoffData odd;
    odd.points.push_back({"r", "say \"4 bits\", all", 1, std::nan(""), 0, 0, {}, false});
    QVERIFY(chartTable(odd).csv().contains("\"say \"\"4 bits\"\", all\",,1,,0,0\r\n"));
}

void TestCharts::chartIsDescribed()
{
    const auto chart = shownChart(runs());
    QCOMPARE(chart->accessibleName(), QStringLiteral("exported file against accuracy"));
    QVERIFY2(chart->accessibleDescription().contains(QStringLiteral(
                 "exported file from 1.35\u202fMB to 8.21\u202fMB. accuracy from 80.2\u202f%")),
             qPrintable(chart->accessibleDescription()));
    chart->selectRun(QStringLiteral("r2"));
    QVERIFY2(chart->accessibleDescription().contains(
                 QStringLiteral("4 bits, groups of 64, 2.30\u202fMB, 91.3 % (90.5 … 92.1)")),
             qPrintable(chart->accessibleDescription()));
}

void TestCharts::paintsEverything_data()
{
    QTest::addColumn<int>("points");
    QTest::addColumn<bool>("dark");
    for (const int points : {0, 1, 2, 16}) {
        QTest::addRow("%d points, light", points) << points << false;
        QTest::addRow("%d points, dark", points) << points << true;
    }
}

void TestCharts::paintsEverything()
{
    QFETCH(int, points);
    QFETCH(bool, dark);
    const Theme theme = dark ? Theme::dark() : Theme::light();
    TradeoffData data = runs();
    data.points.resize(static_cast<std::size_t>(points));
    if (points == 2) {
        data.points[1].x = 0;
        data.points[1].low = std::nan("");
        data.current->y = std::numeric_limits<double>::infinity();
    }
    if (points == 0)
        data.current.reset();
    for (const AxisScale scale : {AxisScale::Linear, AxisScale::Logarithmic}) {
        data.x.scale = scale;
        TradeoffChart chart;
        chart.setPalette(theme.palette());
        chart.setData(data);
        for (const QSize &size : {QSize(720, 420), QSize(30, 20)}) {
            chart.resize(size);
            chart.show();
            QCOMPARE(chart.grab().toImage().pixelColor(1, 1), theme.panel);
        }
    }
}

QTEST_MAIN(TestCharts)
#include "tst_charts.moc"
