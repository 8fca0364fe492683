// Charts as files: sizes on the screen and on paper, always light, and what cannot be written.
#include "core/base/error.h"
#include "core/base/files.h"
#include "tests/widgets/runfixtures.h"
#include "widgets/charts/chartexport.h"
#include "widgets/theme/theme.h"

#include <QImage>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

using namespace pare;
using namespace pare::test;

class TestChartExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void exportHasTheSize_data();
    void exportHasTheSize();
    void exportIsLight();
    void exportFails();
    void paperHasItsMillimetres_data();
    void paperHasItsMillimetres();
    void paperTextStaysText();
};

void TestChartExport::exportHasTheSize_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("least") << QSize(1200, 675);
    QTest::newRow("usual") << QSize(1600, 900);
    QTest::newRow("tall") << QSize(700, 1400);
    QTest::newRow("small") << QSize(300, 200);
}

void TestChartExport::exportHasTheSize()
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

void TestChartExport::exportIsLight()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("empty.png"));
    exportChart({}, path);
    const QImage image(path);
    QCOMPARE(image.size(), QSize(1600, 900));
    QCOMPARE(image.pixelColor(3, 3), QColor(Qt::white));
}

void TestChartExport::exportFails()
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

void TestChartExport::paperHasItsMillimetres_data()
{
    QTest::addColumn<double>("width");
    QTest::addColumn<double>("height");
    QTest::addColumn<int>("dots");
    QTest::newRow("one column") << 85.0 << 0.0 << 300;
    QTest::newRow("two columns, fine") << 174.0 << 80.0 << 600;
}

void TestChartExport::paperHasItsMillimetres()
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

void TestChartExport::paperTextStaysText()
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

QTEST_MAIN(TestChartExport)
#include "tst_chartexport.moc"
