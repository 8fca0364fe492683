// How weights are spread: the axis, and what is drawn.
#include "tests/widgets/runfixtures.h"
#include "widgets/charts/histogramview.h"
#include "widgets/charts/tradeoffpanel.h"
#include "widgets/theme/theme.h"

#include <QImage>
#include <QTest>
#include <cmath>

using namespace pare;
using namespace pare::test;

namespace {

HistogramData histogram()
{
    HistogramData data;
    data.low = -0.3;
    data.high = 0.3;
    data.before = {1, 4, 9, 12, 9, 4, 1};
    return data;
}

} // namespace

class TestHistogram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void histogramCeilings();
    void removedValuesKeepTheScale();
    void histogramPaints();
    void histogramsHideNothing();
};

void TestHistogram::histogramCeilings()
{
    QCOMPARE(histogramCeiling({}), 0);
    QCOMPARE(histogramCeiling({5}), 5);
    QCOMPARE(histogramCeiling({1, 4, 9, 12, 9}), 12);
    QCOMPARE(histogramCeiling({1, 4, 100, 9}), 9);
}

void TestHistogram::removedValuesKeepTheScale()
{
    HistogramData data = histogram();
    data.after = {1, 4, 0, 30, 0, 4, 1};
    QVERIFY(onlyRemoved(data));
    data.after = {0, 20, 0, 0, 20, 0, 0};
    QVERIFY(!onlyRemoved(data));
    data.after.clear();
    QVERIFY(!onlyRemoved(data));
}

void TestHistogram::histogramPaints()
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
void TestHistogram::histogramsHideNothing()
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

QTEST_MAIN(TestHistogram)
#include "tst_histogram.moc"
