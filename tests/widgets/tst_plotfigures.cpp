// Curves, histogram, singular values and matrix on paper, and the tables behind them.
#include "tests/widgets/modelfixtures.h"
#include "tests/widgets/runfixtures.h"
#include "widgets/charts/viewfigures.h"
#include "widgets/layermap/layermapexport.h"
#include "widgets/theme/words.h"

#include <QDir>
#include <QImage>
#include <QLocale>
#include <QTest>
#include <cmath>

using namespace pare;
using namespace pare::test;

namespace {

TrainingRecord training()
{
    TrainingRecord record;
    for (int step = 10; step <= 200; step += 10) {
        const double share = step / 200.0;
        record.points.push_back(
            {step, 2 * share, 0.2 + 1.5 * std::exp(-4 * share), 2e-5 * (1 - share), 1 + share});
    }
    for (const int step : {100, 200}) {
        TrainingEvaluation evaluation;
        evaluation.step = step;
        evaluation.epoch = step / 100.0;
        evaluation.loss = 0.45;
        evaluation.accuracy = step == 100 ? 0.88 : 0.9125;
        evaluation.n = 4000;
        record.evaluations.push_back(evaluation);
    }
    return record;
}

/// Bell-shaped, and after pruning with most of the weights in one bin.
HistogramData histogram()
{
    HistogramData data;
    data.low = -0.3;
    data.high = 0.3;
    for (int bin = 0; bin < 61; ++bin) {
        const double x = (bin - 30) / 10.0;
        data.before.push_back(std::llround(10000 * std::exp(-x * x / 2)));
        data.after.push_back(std::abs(x) < 1.2 ? 0 : data.before.back());
    }
    data.after[30] = 180000;
    data.afterTitle = QStringLiteral("80 % pruned");
    data.family = Family::Pruning;
    return data;
}

SpectrumData spectrum()
{
    SpectrumData data;
    for (int i = 0; i < 128; ++i)
        data.values.push_back(6 * std::exp(-i / 30.0));
    data.breakEven = 102.4;
    return data;
}

MatrixData matrix()
{
    MatrixData data;
    data.rows = 16;
    data.columns = 64;
    data.out = 128;
    data.in = 512;
    for (int i = 0; i < data.rows * data.columns; ++i)
        data.values.push_back(static_cast<float>(0.02 * std::sin(i / 7.0)));
    data.before = data.values;
    data.limit = 0.02;
    data.scale = MatrixData::Scale::Signed;
    data.quantity = QStringLiteral("mean w");
    data.heads = MatrixData::Heads{Qt::Vertical, 64};
    return data;
}

struct Sample
{
    const char *name;
    PlotFigure figure;
};

std::vector<Sample> samples()
{
    HistogramData few = histogram();
    std::fill(few.after.begin(), few.after.end(), 0);
    for (std::size_t bin = 2; bin < few.after.size(); bin += 4)
        few.after[bin] = 5 * few.before[bin];
    few.afterTitle = QStringLiteral("4 bits, groups of 64");
    few.family = Family::Quantization;
    const QString layer = QStringLiteral("encoder.0.attention.query");
    return {{"loss", lossFigure(training())},
            {"histogram", histogramFigure(histogram(), layer)},
            {"quantized", histogramFigure(few, layer)},
            {"spectrum", spectrumFigure(spectrum(), 24, layer)},
            {"matrix", matrixFigure(matrix(), matrix().covered(), layer)}};
}

} // namespace

class TestPlotFigures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { setNumberLocale(QLocale::c()); }
    void drawnInEveryFormat_data();
    void drawnInEveryFormat();
    void tables_data();
    void tables();
    void lossesBesideScores();
    void barsBeyondTheAxisAreNamed();
    void matrixOnlyWhereItIsSeen();
    void mapHasARowForEachLayer();
    void numbersDoNotFollowTheLocale();
    void tableIsQuoted();
};

void TestPlotFigures::drawnInEveryFormat_data()
{
    QTest::addColumn<int>("sample");
    int place = 0;
    for (const Sample &sample : samples())
        QTest::newRow(sample.name) << place++;
}

/// With PARE_FIGURES=FOLDER the files are left there, to be looked at.
void TestPlotFigures::drawnInEveryFormat()
{
    QFETCH(int, sample);
    const Sample drawn = samples()[static_cast<std::size_t>(sample)];
    ChartExport options;
    options.paper = FigureStyle();
    options.title = drawn.figure.title;
    options.caption = drawn.figure.caption;
    const QString folder = qEnvironmentVariable("PARE_FIGURES");
    for (const PictureFormat format :
         {PictureFormat::Png, PictureFormat::Svg, PictureFormat::Pdf}) {
        const QByteArray file = plotPicture(drawn.figure, format, options);
        if (!folder.isEmpty()) {
            QFile left(QDir(folder).filePath(drawn.name + ('.' + suffixOf(format))));
            QVERIFY(left.open(QIODevice::WriteOnly));
            left.write(file);
        }
        switch (format) {
        case PictureFormat::Png: {
            const QImage image = QImage::fromData(file);
            QVERIFY(std::abs(image.width() - 85 / 25.4 * 300) < 1);
            QCOMPARE(image.pixelColor(2, 2), QColor(Qt::white));
            QCOMPARE(qRound(image.dotsPerMeterX() * 0.0254), 300);
            break;
        }
        case PictureFormat::Svg:
            QVERIFY(file.contains("width=\"85mm\""));
            QVERIFY(file.contains(drawn.figure.x.title.toUtf8() + "</text>"));
            break;
        case PictureFormat::Pdf:
            QVERIFY(file.startsWith("%PDF-"));
            QVERIFY(file.contains("/FontFile"));
            break;
        }
    }
    QCOMPARE(QImage::fromData(plotPicture(drawn.figure, PictureFormat::Png)).size(),
             QSize(1600, 900));
}

void TestPlotFigures::tables_data()
{
    QTest::addColumn<int>("sample");
    QTest::addColumn<QByteArray>("columns");
    QTest::addColumn<int>("rows");
    QTest::newRow("loss") << 0
                          << QByteArray("step,epoch,loss_nats,learning_rate,gradient_norm,"
                                        "development_loss_nats,development_accuracy_share,"
                                        "development_examples")
                          << 20;
    QTest::newRow("histogram") << 1 << QByteArray("weight_low,weight_high,before_count,after_count")
                               << 61;
    QTest::newRow("spectrum") << 3 << QByteArray("rank,singular_value,energy_share,kept") << 128;
    QTest::newRow("matrix") << 4
                            << QByteArray("row_first,row_last,column_first,column_last,shown,"
                                          "mean_before,mean_after")
                            << 16 * 64;
}

void TestPlotFigures::tables()
{
    QFETCH(int, sample);
    QFETCH(QByteArray, columns);
    QFETCH(int, rows);
    const FigureTable table = samples()[static_cast<std::size_t>(sample)].figure.table;
    QCOMPARE(table.csv().left(columns.size() + 2), columns + "\r\n");
    QCOMPARE(static_cast<int>(table.rows.size()), rows);
    for (const QStringList &row : table.rows)
        QCOMPARE(row.size(), table.columns.size());
}

void TestPlotFigures::lossesBesideScores()
{
    TrainingRecord record = training();
    const QList<QByteArray> lines = lossFigure(record).table.csv().split('\n');
    QVERIFY2(lines[10].startsWith("100,1,0.4") && lines[10].endsWith(",0.45,0.88,4000\r"),
             lines[10].constData());
    QVERIFY(lines[1].endsWith(",1.05,,,\r"));
    record.evaluations.front().step = 95; // between two points
    QCOMPARE(lossFigure(record).table.csv().split('\n')[10], "95,1,,,,0.45,0.88,4000\r");
    QVERIFY(lossFigure(record).panels.front().right);
    record.evaluations.clear();
    QVERIFY(!lossFigure(record).panels.front().right);
}

void TestPlotFigures::barsBeyondTheAxisAreNamed()
{
    const PlotFigure pruned = samples()[1].figure;
    QCOMPARE(pruned.panels.front().marks.size(), std::size_t(1));
    QVERIFY(pruned.panels.front().marks.front().text.startsWith("77 %") ||
            pruned.panels.front().marks.front().text.contains("% of the weights"));
    const FigurePanel &panel = pruned.panels.front();
    QCOMPARE(panel.left.low, -panel.left.high); // mirrored, as in the window
    QCOMPARE(panel.series.size(), std::size_t(2));
    for (const double share : panel.series[0].y)
        QVERIFY(share >= 0 && share <= panel.left.high);
    for (const double share : panel.series[1].y)
        QVERIFY(share <= 0 && share >= panel.left.low);
    QVERIFY(std::ranges::any_of(panel.series[1].y, [](double share) { return share < 0; }));
    QVERIFY(!pruned.panels.front().right); // removed: on the same scale
    const FigurePanel quantized = samples()[2].figure.panels.front();
    QVERIFY(quantized.right && quantized.right->low == -quantized.right->high);
    QVERIFY(quantized.left.signs == TickSigns::Above);
    QVERIFY(quantized.right->signs == TickSigns::Below);
}

void TestPlotFigures::matrixOnlyWhereItIsSeen()
{
    const FigureTable table = matrixFigure(matrix(), {8, 8, 16, 8}, {}).table;
    QCOMPARE(table.rows.size(), std::size_t(2)); // blocks of 8 × 8 weights
    QCOMPARE(table.rows.front().mid(0, 4), (QStringList{"8", "15", "8", "15"}));
    QCOMPARE(table.rows.back().mid(0, 4), (QStringList{"8", "15", "16", "23"}));
    const float value = matrix().values[64 + 1];
    QCOMPARE(table.rows.front()[4].toFloat(), value);
}

void TestPlotFigures::mapHasARowForEachLayer()
{
    const LayerMapData data = layerMapData(bert());
    const FigureTable table = layerMapTable(data);
    QCOMPARE(table.rows.size(), data.cells.size());
    QCOMPARE(table.columns.join(','), "layer,role,stack,block,shape,dtype,bytes_before,bytes_after,"
                                      "shared_with,techniques,error_percent");
    const LayerMapCell &cell = data.cells.front();
    QCOMPARE(table.rows.front()[0].toStdString(), cell.name);
    QCOMPARE(table.rows.front()[6], QString::number(cell.bytesBefore));
}

void TestPlotFigures::numbersDoNotFollowTheLocale()
{
    const QByteArray before = lossFigure(training()).table.csv();
    const QByteArray chart = chartTable(runs()).csv();
    setNumberLocale(QLocale(QLocale::German, QLocale::Germany));
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
    QCOMPARE(lossFigure(training()).table.csv(), before);
    QCOMPARE(chartTable(runs()).csv(), chart);
    QLocale::setDefault(QLocale::c());
}

void TestPlotFigures::tableIsQuoted()
{
    const FigureTable table{{"a", "b"}, {{"say \"4 bits\", all", "1\n2"}, {"tab\t", ""}}};
    QCOMPARE(table.csv(), "a,b\r\n\"say \"\"4 bits\"\", all\",\"1\n2\"\r\ntab\t,\r\n");
    QCOMPARE(table.tabbed(), "a\tb\nsay \"4 bits\", all\t1 2\ntab \t\n");
    QCOMPARE(plainNumber(std::nan("")), QString());
    QCOMPARE(plainNumber(0.0000125), "1.25e-05");
}

QTEST_MAIN(TestPlotFigures)
#include "tst_plotfigures.moc"
