// What a cell of the map says of itself: the longest form that there is room for.
#include "widgets/layermap/layermapmark.h"

#include "widgets/layermap/layermaplayout.h"

#include <QFontMetricsF>
#include <QtTest>

using namespace pare;

class TestLayerMapMark : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsDoneIsAlwaysMarked_data();
    void whatIsDoneIsAlwaysMarked();
    void foldedBlocksAreCounted();
    void bytesLoseTheirDecimalsFirst_data();
    void bytesLoseTheirDecimalsFirst();
};

void TestLayerMapMark::whatIsDoneIsAlwaysMarked_data()
{
    QTest::addColumn<QSizeF>("size");
    QTest::addColumn<double>("left"); // of the bytes
    QTest::addColumn<int>("kind");
    const auto row = [](const char *title, const QSizeF &size, double left, CellMark::Kind kind) {
        QTest::newRow(title) << size << left << static_cast<int>(kind);
    };
    row("wide", {120, 32}, 0.9, CellMark::Kind::Text);
    row("wide, little left", {120, 32}, 0.05, CellMark::Kind::Text);
    row("narrow", {30, 32}, 0.3, CellMark::Kind::Symbols);
    row("low", {120, 12}, 0.5, CellMark::Kind::Symbols);
    row("a stripe", {7, 32}, 0.5, CellMark::Kind::Corner);
    row("nothing left", {7, 32}, 0, CellMark::Kind::Corner);
}

void TestLayerMapMark::whatIsDoneIsAlwaysMarked()
{
    QFETCH(QSizeF, size);
    QFETCH(double, left);
    QFETCH(int, kind);
    LayerMapCell cell;
    cell.name = "encoder.0.attention.query";
    cell.block = 0;
    const QRectF rect({10, 10}, size);
    const QRectF filled({10, 10}, QSizeF(size.width() * left, size.height()));
    const QFontMetricsF metrics{QFont()};
    const CellMark untouched = cellMark(cell, {rect, filled}, metrics);
    QVERIFY(untouched.kind == CellMark::Kind::Nothing || untouched.kind == CellMark::Kind::Text);
    cell.state.badges = {"r64", "4b"};
    cell.state.families = {Family::LowRank, Family::Quantization};
    const CellMark mark = cellMark(cell, {rect, filled}, metrics);
    QCOMPARE(static_cast<int>(mark.kind), kind);
    if (mark.kind == CellMark::Kind::Text) {
        QCOMPARE(mark.text, QString::fromUtf8("r64·4b"));
        QVERIFY(rect.contains(mark.place));
        QCOMPARE(mark.intoFill, left > 0.5);
    }
    if (mark.kind == CellMark::Kind::Symbols)
        QVERIFY(mark.symbols >= 1);
    for (qreal width = 4; width < 160; ++width) {
        const CellMark any =
            cellMark(cell, {{10, 10, width, 32}, {10, 10, width / 3, 32}}, metrics);
        QVERIFY(any.kind != CellMark::Kind::Nothing);
        QVERIFY(any.text.isEmpty() || any.text.startsWith("r64")); // whole, or not at all
    }
}

void TestLayerMapMark::foldedBlocksAreCounted()
{
    const QFontMetricsF metrics{QFont()};
    LayerMapCell cell;
    cell.block = 0;
    cell.state.bytes = 66048;
    const auto text = [&](qreal width, int blocks) {
        const QRectF rect(10, 10, width, 32);
        return cellMark(cell, {rect, rect, false, blocks}, metrics).text;
    };
    const QString all = QString::fromUtf8("24 × 66.0 kB");
    const qreal enough = metrics.horizontalAdvance(all) + 2 * cellPadding + 1;
    QCOMPARE(text(enough, 24), all);
    QCOMPARE(text(enough, 1), "66.0 kB");
    QCOMPARE(text(enough - 3, 24), "66.0 kB"); // of one of them
}

void TestLayerMapMark::bytesLoseTheirDecimalsFirst_data()
{
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<QString>("whole");
    QTest::addColumn<QString>("shorter"); ///< empty: nothing is said rather than something coarse
    QTest::newRow("kilobytes") << qint64{66048} << "66.0 kB"
                               << "66 kB";
    QTest::newRow("megabytes") << qint64{12345678} << "12.3 MB"
                               << "12 MB";
    QTest::newRow("too few for that") << qint64{4096000} << "4.10 MB"
                                      << "";
}

void TestLayerMapMark::bytesLoseTheirDecimalsFirst()
{
    QFETCH(const qint64, bytes);
    QFETCH(const QString, whole);
    QFETCH(const QString, shorter);
    LayerMapCell cell;
    cell.block = 0;
    cell.state.bytes = bytes;
    const QFontMetricsF metrics{QFont()};
    QStringList said;
    for (qreal width = 160; width >= 4; --width) {
        const QRectF rect(10, 10, width, 32);
        const QString text = cellMark(cell, {rect, rect}, metrics).text;
        if (!said.contains(text))
            said << text;
    }
    QStringList expected{whole, shorter, QString()};
    expected.removeDuplicates();
    QCOMPARE(said, expected);
}

QTEST_MAIN(TestLayerMapMark)
#include "tst_layermapmark.moc"
