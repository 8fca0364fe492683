#include "core/base/error.h"
#include "core/base/files.h"
#include "tests/widgets/runfixtures.h"
#include "widgets/charts/chartexport.h"
#include "widgets/charts/familylegend.h"
#include "widgets/charts/histogramview.h"
#include "widgets/charts/ticks.h"
#include "widgets/charts/tradeoffpanel.h"
#include "widgets/theme/theme.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QImage>
#include <QMenu>
#include <QSignalSpy>
#include <QTemporaryDir>
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

HistogramData histogram()
{
    HistogramData data;
    data.low = -0.3;
    data.high = 0.3;
    data.before = {1, 4, 9, 12, 9, 4, 1};
    return data;
}

} // namespace

class TestCharts : public QObject
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

    void exportHasTheSize_data();
    void exportHasTheSize();
    void exportIsLight();
    void exportFails();
    void paperHasItsMillimetres_data();
    void paperHasItsMillimetres();
    void paperTextStaysText();

    void histogramCeilings();
    void removedValuesKeepTheScale();
    void histogramPaints();
    void histogramsHideNothing();
};

void TestCharts::frontOfRuns()
{
    const TradeoffData data = runs();
    QStringList ids;
    for (const std::size_t i : paretoFront(data))
        ids.append(data.points[i].id);
    QCOMPARE(ids, QStringList({"r4", "r14", "r13", "r15", "r2", "r1", "r0"}));
    QVERIFY(paretoFront({}).empty());
}

void TestCharts::frontKeepsTheFirstOfEquals()
{
    TradeoffData data;
    data.points = {point("a", "a", 2, 90, {}), point("b", "b", 2, 90, {}),
                   point("c", "c", 2, 91, {}), point("d", "d", 3, 91, {}),
                   point("e", "e", 1, std::nan(""), {})};
    QCOMPARE(paretoFront(data), std::vector<std::size_t>{2});
}

void TestCharts::frontAgreesWithTheDefinition()
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

void TestCharts::frontOfOtherDirections()
{
    // Perplexity: lower is better.
    TradeoffData data;
    data.y.better = Better::Lower;
    data.points = {point("a", "a", 1, 30, {}), point("b", "b", 2, 20, {}),
                   point("c", "c", 3, 25, {})};
    QCOMPARE(paretoFront(data), (std::vector<std::size_t>{0, 1}));
}

void TestCharts::pointComesFromARun()
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

void TestCharts::logarithmicTicksReadWell_data()
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

void TestCharts::logarithmicTicksReadWell()
{
    QFETCH(double, low);
    QFETCH(double, high);
    QFETCH(QString, labels);
    QStringList texts;
    for (const double tick : logarithmicTicks(low, high, 9))
        texts.append(decimalText(tick));
    QCOMPARE(texts.join(QChar(' ')), labels);
}

void TestCharts::ticksHaveNoExponents()
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

void TestCharts::exportHasTheSize_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("least") << QSize(1200, 675);
    QTest::newRow("usual") << QSize(1600, 900);
    QTest::newRow("tall") << QSize(700, 1400);
    QTest::newRow("small") << QSize(300, 200);
}

void TestCharts::exportHasTheSize()
{
    QFETCH(QSize, size);
    QTemporaryDir folder;
    const QString png = folder.filePath(QStringLiteral("curve.png"));
    ChartExport options;
    options.size = size;
    options.title = QStringLiteral("Size against accuracy");
    options.caption = QStringLiteral("4,212 test rows");
    exportChart(runs(), png, options);
    QCOMPARE(QImage(png).size(), size);

    const QString svg = folder.filePath(QStringLiteral("curve.svg"));
    exportChart(runs(), svg, options);
    const std::string text = readFile(svg.toStdString());
    QVERIFY(text.find("<svg") != std::string::npos);
    QVERIFY(text.find("exported file, MB (log)") != std::string::npos);

    const QString pdf = folder.filePath(QStringLiteral("curve.PDF"));
    exportChart(runs(), pdf, options);
    QVERIFY(readFile(pdf.toStdString()).starts_with("%PDF-"));
}

void TestCharts::exportIsLight()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("empty.png"));
    exportChart({}, path);
    const QImage image(path);
    QCOMPARE(image.size(), QSize(1600, 900));
    QCOMPARE(image.pixelColor(3, 3), QColor(Qt::white));
}

void TestCharts::exportFails()
{
    QTemporaryDir folder;
    const auto message = [](const QString &path) -> std::string {
        try {
            exportChart(runs(), path);
        } catch (const Error &error) {
            return error.what();
        }
        return {};
    };
    QVERIFY(message(folder.filePath(QStringLiteral("curve.jpg"))).find(".png, .svg or .pdf") !=
            std::string::npos);
    QVERIFY(
        message(folder.filePath(QStringLiteral("no/such/curve.png"))).find("no/such/curve.png") !=
        std::string::npos);
}

void TestCharts::paperHasItsMillimetres_data()
{
    QTest::addColumn<double>("width");
    QTest::addColumn<double>("height");
    QTest::addColumn<int>("dots");
    QTest::newRow("one column") << 85.0 << 0.0 << 300;
    QTest::newRow("two columns, fine") << 174.0 << 80.0 << 600;
}

void TestCharts::paperHasItsMillimetres()
{
    QFETCH(double, width);
    QFETCH(double, height);
    QFETCH(int, dots);
    ChartExport options;
    options.mode = ThemeMode::Dark; // but paper is light
    options.paper = FigureStyle();
    options.paper->widthMm = width;
    options.paper->heightMm = height;
    options.paper->dotsPerInch = dots;
    const QImage image = QImage::fromData(chartPicture(runs(), PictureFormat::Png, options));
    QVERIFY(std::abs(image.width() - width / 25.4 * dots) < 1);
    if (height > 0)
        QVERIFY(std::abs(image.height() - height / 25.4 * dots) < 1);
    QCOMPARE(qRound(image.dotsPerMeterX() * 0.0254), dots);
    QCOMPARE(image.pixelColor(2, 2), QColor(Qt::white));
    const QString svg =
        QString::fromUtf8(chartPicture(runs(), PictureFormat::Svg, options)).left(600);
    QVERIFY2(svg.contains(QStringLiteral("width=\"%1mm\"").arg(width)), qPrintable(svg));
}

void TestCharts::paperTextStaysText()
{
    ChartExport options;
    options.paper = FigureStyle();
    options.paper->points = 10;
    const QString svg = QString::fromUtf8(chartPicture(runs(), PictureFormat::Svg, options));
    QVERIFY(svg.contains("exported file, MB (log)</text>"));
    // Ten points: so many units of the view box as there are of the width's millimetres.
    const double unit = options.paper->millimetresPerUnit();
    const int pixels = smallerFont(options.paper->font()).pixelSize();
    QVERIFY(svg.contains(QStringLiteral("font-size=\"%1\"").arg(pixels)));
    QVERIFY(std::abs(pixels * unit - 10 * 25.4 / 72) < 1e-9);
    QVERIFY(chartPicture(runs(), PictureFormat::Pdf, options).contains("/FontFile"));
}

void TestCharts::histogramCeilings()
{
    QCOMPARE(histogramCeiling({}), 0);
    QCOMPARE(histogramCeiling({5}), 5);
    QCOMPARE(histogramCeiling({1, 4, 9, 12, 9}), 12);
    QCOMPARE(histogramCeiling({1, 4, 100, 9}), 9);
}

void TestCharts::removedValuesKeepTheScale()
{
    HistogramData data = histogram();
    data.after = {1, 4, 0, 30, 0, 4, 1};
    QVERIFY(onlyRemoved(data));
    data.after = {0, 20, 0, 0, 20, 0, 0};
    QVERIFY(!onlyRemoved(data));
    data.after.clear();
    QVERIFY(!onlyRemoved(data));
}

void TestCharts::histogramPaints()
{
    HistogramView view;
    view.setPalette(Theme::light().palette());
    view.resize(320, 160);
    view.show();
    QVERIFY(HistogramData().isEmpty());
    const QImage empty = view.grab().toImage();
    HistogramData data = histogram();
    QVERIFY(!data.isEmpty());
    view.setData(data);
    const QImage before = view.grab().toImage();
    QVERIFY(before != empty);
    data.after = {0, 0, 0, 40, 0, 0, 0};
    data.family = Family::Quantization;
    view.setData(data);
    QVERIFY(view.grab().toImage() != before);
    QVERIFY(view.accessibleDescription().startsWith(QStringLiteral("40 weights between")));
    data.afterTitle = QStringLiteral("16 values a group");
    view.setData(data);
    QVERIFY(
        view.accessibleDescription().endsWith(QStringLiteral("Afterwards: 16 values a group.")));
    view.resize(5, 5);
    QVERIFY(!view.grab().isNull());
}

/// What is after hangs below; what was before stands above as it would alone, in half the height.
void TestCharts::histogramsHideNothing()
{
    for (const Theme &theme : {Theme::light(), Theme::dark()}) {
        HistogramView view;
        view.setPalette(theme.palette());
        view.resize(320, 200);
        HistogramData data = histogram();
        data.after = data.before;
        data.family = Family::Quantization;
        view.setData(data);
        view.show();
        const QImage image = view.grab().toImage();
        const QRgb grey = mixed(theme.panel, theme.secondary, 0.55).rgb();
        const QRgb after = theme.family(Family::Quantization).rgb();
        const auto rows = [&](QRgb colour) { // of the bars in the middle, from top to bottom
            QList<int> found;
            for (int y = 20; y < image.height(); ++y) {
                if (image.pixel(image.width() / 2, y) == colour)
                    found << y;
            }
            return found;
        };
        QVERIFY(rows(grey).size() > 40);
        QVERIFY(std::abs(rows(after).size() - rows(grey).size()) <= 2);
        QVERIFY(rows(grey).last() < rows(after).first());
    }
}

QTEST_MAIN(TestCharts)
#include "tst_charts.moc"
