#include "tests/widgets/modelfixtures.h"
#include "widgets/layermap/layermap.h"
#include "widgets/layermap/layermapexport.h"
#include "widgets/layermap/layermappanel.h"
#include "widgets/theme/colourscale.h"

#include <QAccessible>
#include <QComboBox>
#include <QFontMetricsF>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>
#include <cmath>
#include <memory>

using namespace pare;
using namespace pare::test;

namespace {

LayerMapLayout laidOut(const LayerMapData &data, const LayerMapView &view = {})
{
    return layerMapLayout(data, LayerMapMetrics{}, view);
}

std::unique_ptr<LayerMap> shownMap(const LayerMapData &data, const QSize &size = {900, 640})
{
    auto map = std::make_unique<LayerMap>();
    map->resize(size);
    map->setData(data);
    map->show();
    return map;
}

QPoint centreOf(const LayerMap &map, const char *name)
{
    const auto cell = map.data().find(name);
    return cell ? map.cellRect(*cell).center().toPoint() : QPoint(-1, -1);
}

void click(LayerMap &map, const QPoint &position, Qt::KeyboardModifiers modifiers = {})
{
    QTest::mouseClick(map.viewport(), Qt::LeftButton, modifiers, position);
}

} // namespace

class TestLayerMap : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void blocksThatAreAlikeFold();
    void foldedBlocksAreOneInTheMap();
    void sharedLayersKeepTheirSize();
    void differencesAreCentred();
    void factorsGetEqualSteps();
    void widthsRiseWithBytes_data();
    void widthsRiseWithBytes();
    void cellsDoNotOverlap_data();
    void cellsDoNotOverlap();
    void columnsFollowTheData();
    void stacksStandSideBySide();
    void widthIsFilled();
    void rowsFitTheHeight_data();
    void rowsFitTheHeight();
    void namesStandBesideTheirOwnCells_data();
    void namesStandBesideTheirOwnCells();
    void rowsSumTheirBytes();
    void stateComesFromARecord();
    void badges_data();
    void badges();
    void shareBecomesARank();
    void coloursSaySomething();
    void scaleStaysWhileARecipeIsEdited();
    void mapKeepsItsScale();

    void clickSelects();
    void controlTogglesAndShiftExtends();
    void rowNumberSelectsTheBlock();
    void columnHeadSelectsTheRole();
    void stickyHeadStillSelects();
    void rubberBandSelects();
    void emptyPlaceClears();
    void settingTheSelectionIsSilent();
    void selectionSurvivesNewData();
    void arrowsMove();
    void enterAndSpaceSpeak();
    void zoomKeysAndWheel();
    void keyboardScrollsIntoView();
    void wholeModelIsInSight();
    void runsFromTheLeftEverywhere();

    void cellsReadAsSentences();
    void accessibleCellsSelect();
    void accessibleCellsSurviveNewData();

    void paintsEverything_data();
    void paintsEverything();
    void filledPartShowsWhatIsLeft();
    void unknownSizeIsNeitherOldNorNothing();
    void panelChoosesWhatIsShown();
    void exportsPictures();
};

void TestLayerMap::differencesAreCentred()
{
    LayerMapData data = layerMapData(test::bert({2, 64, 128, 100}));
    LayerMeasure measure{"bytesdifference", "difference of bytes", "kB", ValueScale::Centred};
    measure.less = "smaller in B";
    measure.more = "larger in B";
    measure.about = "A: one, B: other";
    measure.values.assign(data.cells.size(), 0);
    measure.values[1] = -7.6;
    measure.values[2] = 3;
    measure.values[3] = std::nan("");
    data.measures = {measure};
    data.show(0);
    QVERIFY(data.shown.values.empty());
    const LayerMapColouring colouring(data, LayerColour::Value, Theme::light());
    QVERIFY(colouring.hasScale());
    QCOMPARE(colouring.fill(data.cells[0]), divergingColour(0, ThemeMode::Light));
    QCOMPARE(colouring.fill(data.cells[1]), divergingColour(-7.6 / 8, ThemeMode::Light));
    QCOMPARE(colouring.fill(data.cells[2]), divergingColour(3.0 / 8, ThemeMode::Light));
    QCOMPARE(colouring.fill(data.cells[3]), colouring.neutral());
    QCOMPARE(colouring.lowText(), QStringLiteral("smaller in B \u22128\u202fkB"));
    QVERIFY(colouring.highText().startsWith(QStringLiteral("+8\u202fkB larger in B")));
    QVERIFY(colouring.highText().endsWith("A: one, B: other"));
}

void TestLayerMap::factorsGetEqualSteps()
{
    LayerMapData data = layerMapData(test::bert({2, 64, 128, 100}));
    LayerMeasure measure{"kurtosis", "kurtosis", {}, ValueScale::Logarithmic};
    measure.values.assign(data.cells.size(), 3);
    measure.values[1] = 30;
    measure.values[2] = 300;
    data.measures = {measure};
    data.show(0);
    const LayerMapColouring colouring(data, LayerColour::Value, Theme::light());
    QCOMPARE(colouring.fill(data.cells[1]), scaleColour(0.5, ThemeMode::Light));
    QCOMPARE(colouring.fill(data.cells[2]), scaleColour(1, ThemeMode::Light));
    QVERIFY(colouring.highText().contains("300") && colouring.highText().contains("log"));
}

void TestLayerMap::sharedLayersKeepTheirSize()
{
    ModelDescription model = bert();
    Layer *shared = nullptr;
    for (Layer &layer : model.layers) {
        if (layer.name == "encoder.1.ffn.up")
            shared = &layer;
    }
    const std::int64_t before = shared->bytes;
    shared->sharedWith = "encoder.0.ffn.up";
    shared->bytes = 0;
    const LayerMapData data = layerMapData(model);
    const LayerMapCell &cell = data.cells[*data.find("encoder.1.ffn.up")];
    QCOMPARE(cell.bytesBefore, before);
    QVERIFY(cell.isShared());
    QCOMPARE(cell.state.bytes, std::optional<std::int64_t>(0));
    const LayerMapLayout layout = laidOut(data);
    QCOMPARE(layout.owners[*data.find("encoder.1.ffn.up")], data.find("encoder.0.ffn.up"));
}

void TestLayerMap::widthsRiseWithBytes_data()
{
    QTest::addColumn<int>("widths");
    QTest::addColumn<int>("vocabulary");
    for (const int vocabulary : {100, 8000, 250000}) {
        QTest::addRow("bytes, %d words", vocabulary)
            << static_cast<int>(LayerWidths::Bytes) << vocabulary;
        QTest::addRow("root, %d words", vocabulary)
            << static_cast<int>(LayerWidths::SquareRoot) << vocabulary;
        QTest::addRow("logarithm, %d words", vocabulary)
            << static_cast<int>(LayerWidths::Logarithm) << vocabulary;
        QTest::addRow("equal, %d words", vocabulary)
            << static_cast<int>(LayerWidths::Equal) << vocabulary;
    }
}

void TestLayerMap::widthsRiseWithBytes()
{
    QFETCH(int, widths);
    QFETCH(int, vocabulary);
    const auto kind = static_cast<LayerWidths>(widths);
    const LayerMapData data = layerMapData(bert({.vocabulary = vocabulary}));
    const LayerMapLayout layout = laidOut(data, {kind, 900, 1});
    for (std::size_t a = 0; a < data.cells.size(); ++a) {
        for (std::size_t b = 0; b < data.cells.size(); ++b) {
            if (data.cells[a].bytesBefore <= data.cells[b].bytesBefore)
                QVERIFY(layout.cells[a].width() <= layout.cells[b].width() + 1e-9);
        }
    }
    const qreal up = layout.cells[*data.find("encoder.0.ffn.up")].width();
    const qreal query = layout.cells[*data.find("encoder.0.attention.query")].width();
    const qreal smallest = LayerMapMetrics{}.smallest;
    if (kind == LayerWidths::Equal)
        QCOMPARE(up, query);
    else if (kind == LayerWidths::Logarithm)
        QVERIFY(up > query && up < 1.5 * query); // four times the bytes
    else if (query > 2 * smallest)
        QVERIFY(std::abs(up / query - (kind == LayerWidths::Bytes ? 4 : 2)) < 0.25);
}

void TestLayerMap::cellsDoNotOverlap_data()
{
    QTest::addColumn<qreal>("available");
    QTest::addColumn<qreal>("zoom");
    for (const int available : {100, 480, 900, 2400}) {
        for (const double zoom : {0.2, 1.0, 8.0})
            QTest::addRow("%d wide, zoom %g", available, zoom) << qreal(available) << zoom;
    }
}

void TestLayerMap::cellsDoNotOverlap()
{
    QFETCH(qreal, available);
    QFETCH(qreal, zoom);
    const LayerMapData data = layerMapData(bert());
    const LayerMapLayout layout = laidOut(data, {LayerWidths::SquareRoot, available, zoom});
    for (std::size_t a = 0; a < layout.cells.size(); ++a) {
        QVERIFY(layout.cells[a].width() > 0 && layout.cells[a].height() > 0);
        QVERIFY(QRectF(QPointF(), layout.size).contains(layout.cells[a]));
        for (std::size_t b = 0; b < a; ++b)
            QVERIFY(!layout.cells[a].intersects(layout.cells[b]));
        const LayerMapRow &row = layout.rows[layout.rowOf(a)];
        QVERIFY(!layout.cells[a].intersects(row.label));
        QVERIFY(!layout.cells[a].intersects(row.bytes));
        QCOMPARE(layout.cellAt(layout.cells[a].center()), std::optional(a));
    }
}

void TestLayerMap::columnsFollowTheData()
{
    const LayerMapData data = layerMapData(bert());
    const LayerMapLayout layout = laidOut(data);
    qreal last = 0;
    for (const char *part :
         {"attention.query", "attention.key", "attention.value", "attention.output",
          "attention.norm", "ffn.up", "ffn.down", "ffn.norm"}) {
        const QRectF first = layout.cells[*data.find(std::string("encoder.0.") + part)];
        QVERIFY(first.left() > last);
        last = first.left();
        for (int block = 1; block < 6; ++block) {
            const QRectF rect =
                layout.cells[*data.find("encoder." + std::to_string(block) + '.' + part)];
            QCOMPARE(rect.left(), first.left());
            QVERIFY(rect.top() >
                    layout.cells[*data.find("encoder." + std::to_string(block - 1) + '.' + part)]
                        .top());
        }
    }
    const qreal blocks = layout.cells[*data.find("encoder.0.ffn.up")].top();
    QVERIFY(layout.cells[*data.find("embedding.token")].bottom() < blocks);
    QVERIFY(layout.cells[*data.find("classifier")].top() >
            layout.cells[*data.find("encoder.5.ffn.up")].bottom());
    QStringList groups;
    for (const LayerMapHead &head : layout.heads) {
        if (head.kind == LayerMapHead::Kind::Group)
            groups.append(head.title);
    }
    QCOMPARE(groups, QStringList({"attention", "feed-forward"}));
}

void TestLayerMap::stacksStandSideBySide()
{
    ModelDescription model = bert({.blocks = 2});
    for (int block = 0; block < 3; ++block) {
        addLayer(model, "decoder." + std::to_string(block) + ".cross.key", LayerRole::Key, block,
                 {128, 128});
        model.layers.back().stack = "decoder";
    }
    const LayerMapData data = layerMapData(model);
    const LayerMapLayout layout = laidOut(data);
    const QRectF encoder = layout.cells[*data.find("encoder.0.ffn.norm")];
    const QRectF decoder = layout.cells[*data.find("decoder.0.cross.key")];
    QCOMPARE(encoder.top(), decoder.top());
    QVERIFY(decoder.left() > encoder.right());
    QVERIFY(std::ranges::any_of(layout.heads, [](const LayerMapHead &head) {
        return head.kind == LayerMapHead::Kind::Stack && head.title == QStringLiteral("decoder");
    }));
}

void TestLayerMap::widthIsFilled()
{
    const LayerMapData data = layerMapData(bert());
    for (const qreal available : {600.0, 900.0, 1800.0}) {
        const LayerMapLayout layout = laidOut(data, {LayerWidths::SquareRoot, available, 1});
        QVERIFY(std::abs(layout.size.width() - available) < 1);
        const LayerMapRow &row = layout.rows[layout.rowOf(*data.find("encoder.0.ffn.up"))];
        QVERIFY(row.bytes.left() - layout.cells[row.cells.back()].right() < 40);
    }
}

void TestLayerMap::rowsFitTheHeight_data()
{
    QTest::addColumn<int>("blocks");
    QTest::addColumn<qreal>("height");
    QTest::addColumn<bool>("fits");
    QTest::newRow("a large window") << 6 << 540.0 << true;
    QTest::newRow("a small window") << 6 << 300.0 << true;
    QTest::newRow("twelve blocks") << 12 << 430.0 << true;
    QTest::newRow("could not be read any more") << 6 << 120.0 << false;
    QTest::newRow("many blocks") << 96 << 500.0 << false;
}

void TestLayerMap::rowsFitTheHeight()
{
    QFETCH(int, blocks);
    QFETCH(qreal, height);
    QFETCH(bool, fits);
    const LayerMapData data = layerMapData(bert({.blocks = blocks}));
    const LayerMapLayout natural = laidOut(data);
    const LayerMapLayout layout = laidOut(data, {LayerWidths::SquareRoot, 800, 1, height});
    QCOMPARE(layout.size.height() <= height, fits);
    QVERIFY(layout.rows.front().label.height() >= LayerMapMetrics{}.smallestRow);
    QVERIFY(layout.rows.front().label.height() <= 1.5 * LayerMapMetrics{}.rowHeight);
    if (!fits)
        QCOMPARE(layout.size, natural.size);
    else if (height > natural.size.height()) // what is there is used
        QVERIFY(layout.size.height() > height - natural.rows.size());
    for (std::size_t i = 0; i < layout.cells.size(); ++i) // only the height of rows follows
        QCOMPARE(layout.cells[i].width(), natural.cells[i].width());
    // Whoever zooms in sees the same, larger.
    const LayerMapLayout larger = laidOut(data, {LayerWidths::SquareRoot, 800, 2, height});
    QCOMPARE(larger.cells.front().height(), 2 * layout.cells.front().height());
}

void TestLayerMap::namesStandBesideTheirOwnCells_data()
{
    QTest::addColumn<qreal>("available");
    for (const int available : {420, 560, 640, 720, 800, 1000, 1400, 2400})
        QTest::addRow("%d wide", available) << qreal(available);
}

void TestLayerMap::namesStandBesideTheirOwnCells()
{
    QFETCH(qreal, available);
    const LayerMapData data = layerMapData(bert());
    const LayerMapLayout layout = laidOut(data, {LayerWidths::SquareRoot, available, 1});
    const qreal letter = LayerMapMetrics{}.letter;
    for (const char *name : {"embedding.type", "embedding.norm", "classifier"}) {
        const std::size_t cell = *data.find(name);
        const QRectF &rect = layout.cells[cell];
        const QString last = QString(name).section('.', -1);
        if (rect.width() > letter * last.size() + 2 * cellPadding)
            continue; // it bears its name
        const QRectF &room = layout.names[cell];
        QVERIFY2(room.width() >= letter * last.size(), name);
        QCOMPARE(room.left(), rect.right() + LayerMapMetrics{}.gap);
        QCOMPARE(room.top(), rect.top());
        for (const QRectF &other : layout.cells)
            QVERIFY(!room.intersects(other));
    }
    QVERIFY(layout.names[*data.find("embedding.token")].isEmpty());
    QVERIFY(layout.names[*data.find("encoder.0.ffn.norm")].isEmpty());
}

void TestLayerMap::rowsSumTheirBytes()
{
    const LayerMapData data = compressed(bert());
    const LayerMapLayout layout = laidOut(data);
    std::int64_t before = 0;
    std::int64_t now = 0;
    for (const LayerMapRow &row : layout.rows) {
        before += row.bytesBefore;
        now += row.bytesNow.value();
    }
    QCOMPARE(before, bert().bytes);
    std::int64_t expected = 0;
    for (const LayerMapCell &cell : data.cells)
        expected += cell.state.bytes.value();
    QCOMPARE(now, expected);
}

void TestLayerMap::stateComesFromARecord()
{
    LayerRecord record;
    record.name = "encoder.0.attention.query";
    record.steps = {"quantize.affine bits=4 granularity=group group=64", "factorize.svd rank=24"};
    record.bytes = 4321;
    record.weightError = 0.112;
    const LayerState state = stateOf(record);
    QCOMPARE(state.bytes, std::optional<std::int64_t>(4321));
    QCOMPARE(state.badges, QStringList({"r24", "4b"})); // as they are applied
    QCOMPARE(state.families, std::vector({Family::LowRank, Family::Quantization}));
    QVERIFY(std::abs(state.value - 11.2) < 1e-9);
    LayerMapData data;
    data.shown.unit = QStringLiteral("%");
    QCOMPARE(valueText(data.shown, state.value), QStringLiteral("11.2\u202f%"));
    QCOMPARE(valueText(data.shown, 0.004), QStringLiteral("0.00\u202f%"));
    QCOMPARE(valueText(data.shown, 1234567), QStringLiteral("1234567\u202f%"));
    LayerMeasure fine{"norm", {}, {}};
    fine.decimals = 6;
    QCOMPARE(valueText(fine, 0.02134), QStringLiteral("0.0213"));
    QCOMPARE(valueText(fine, -3.14159), QStringLiteral("\u22123.14"));
}

void TestLayerMap::badges_data()
{
    QTest::addColumn<QString>("step");
    QTest::addColumn<QString>("badge");
    QTest::newRow("bits") << "quantize.affine bits=4"
                          << "4b";
    QTest::newRow("rank") << "factorize.svd rank=24"
                          << "r24";
    QTest::newRow("pattern") << "prune.magnitude pattern=2:4"
                             << "2:4";
    QTest::newRow("sparsity") << "prune.magnitude sparsity=0.5" << QString::fromUtf8("−50\u202f%");
    QTest::newRow("energy") << "factorize.svd energy=0.9" << QString::fromUtf8("e\u202f90\u202f%");
    QTest::newRow("error") << "factorize.svd error=0.05" << QString::fromUtf8("≤5\u202f%");
    QTest::newRow("share") << "factorize.svd keep=0.5" << QString::fromUtf8("r\u202f50\u202f%");
    QTest::newRow("half") << "quantize.half"
                          << "fp16";
    QTest::newRow("eight bits") << "quantize.int8"
                                << "int8";
    QTest::newRow("sign") << "quantize.binary" << QString::fromUtf8("±1");
    QTest::newRow("kronecker") << "factorize.kronecker keep=0.5"
                               << QString::fromUtf8("⊗\u202f50\u202f%");
    QTest::newRow("heads") << "prune.heads keep=0.75" << QString::fromUtf8("−25\u202f%");
    QTest::newRow("heads by number") << "prune.heads count=3"
                                     << "3 left";
    QTest::newRow("blocks") << "prune.layers keep=0.5"
                            << "";
    QTest::newRow("sharing") << "share.layers mode=all"
                             << "";
}

void TestLayerMap::badges()
{
    QFETCH(QString, step);
    QFETCH(QString, badge);
    QCOMPARE(badgeOf(parsedStep(step.toStdString())), badge);
}

void TestLayerMap::shareBecomesARank()
{
    QCOMPARE(badgeOf(parsedStep("factorize.svd keep=0.5"), 32), QStringLiteral("r32"));
    QCOMPARE(badgeOf(parsedStep("factorize.svd energy=0.9"), 17), QStringLiteral("r17"));
    QCOMPARE(badgeOf(parsedStep("prune.magnitude sparsity=0.9"), 32),
             QString::fromUtf8("−90\u202f%"));
    QCOMPARE(badgeOf(parsedStep("prune.heads keep=0.75"), 32), QString::fromUtf8("−25\u202f%"));
    LayerRecord record;
    record.steps = {"prune.magnitude sparsity=0.9", "factorize.svd keep=0.5"};
    QVERIFY(stateOf(record, 32).technique.endsWith("(r32)"));
    QVERIFY(!stateOf(record).technique.contains("("));
    record.steps = {"factorize.svd rank=32"};
    QVERIFY(!stateOf(record, 32).technique.contains("(")); // it says so itself
}

void TestLayerMap::scaleStaysWhileARecipeIsEdited()
{
    const Theme theme = Theme::light();
    const ModelDescription model = bert();
    const LayerMapColouring original(layerMapData(model), LayerColour::Bytes, theme);
    const LayerMapColouring shrunk(compressed(model), LayerColour::Bytes, theme, original.range());
    QCOMPARE(shrunk.highText(), original.highText());
    const LayerMapColouring back(layerMapData(model), LayerColour::Bytes, theme, shrunk.range());
    QCOMPARE(back.lowText(), shrunk.lowText()); // it only grows
    QVERIFY(back.range()->low <= original.range()->low);

    LayerMapData unknown = compressed(model);
    const LayerMapColouring errors(unknown, LayerColour::Value, theme);
    for (LayerMapCell &cell : unknown.cells)
        cell.state.value = std::nan("");
    const LayerMapColouring edited(unknown, LayerColour::Value, theme, errors.range());
    QCOMPARE(edited.highText(), errors.highText());
    for (LayerMapCell &cell : unknown.cells)
        cell.state.value = 0.1; // where the old scale would show no difference
    const LayerMapColouring fine(unknown, LayerColour::Value, theme, errors.range());
    QVERIFY(fine.range()->high < 1);
}

void TestLayerMap::mapKeepsItsScale()
{
    const auto map = shownMap(compressed(bert()));
    map->setPalette(Theme::light().palette());
    const auto colour = [&] { // of a layer that nothing is done to
        const QRectF rect = map->cellRect(*map->data().find("pooler"));
        return map->viewport()->grab().toImage().pixelColor(static_cast<int>(rect.left()) + 12,
                                                            static_cast<int>(rect.bottom()) - 3);
    };
    const QColor before = colour();
    LayerMapData smaller = compressed(bert());
    for (LayerMapCell &cell : smaller.cells) {
        if (cell.block >= 0 && cell.state.bytes)
            cell.state.bytes = *cell.state.bytes / 2;
    }
    map->setData(smaller);
    const QColor grown = colour();
    QVERIFY(grown != before); // the scale reaches further down …
    map->setData(compressed(bert()));
    QCOMPARE(colour(), grown); // … and then stays
    map->setData(compressed(bert({.blocks = 2})));
    map->setData(compressed(bert()));
    QCOMPARE(colour(), before); // another model has a scale of its own
}

void TestLayerMap::coloursSaySomething()
{
    const LayerMapData data = compressed(bert());
    const Theme theme = Theme::light();
    const LayerMapColouring value(data, LayerColour::Value, theme);
    QCOMPARE(value.lowText(), QStringLiteral("0"));
    QCOMPARE(value.highText(), QStringLiteral("10\u202f% weight error"));
    QCOMPARE(value.fill(data.cells[*data.find("pooler")]), value.neutral());
    const QColor little = value.fill(data.cells[*data.find("encoder.0.ffn.down")]);
    const QColor much = value.fill(data.cells[*data.find("encoder.5.ffn.down")]);
    QVERIFY(contrastRatio(much, Qt::black) > contrastRatio(little, Qt::black));
    QVERIFY(value.hasCut() && value.hasShared() && value.hasNeutral());

    const LayerMapColouring technique(data, LayerColour::Technique, theme);
    QVERIFY(!technique.hasScale());
    QCOMPARE(technique.families(), std::vector({Family::LowRank, Family::Quantization}));
    QCOMPARE(technique.fill(data.cells[*data.find("encoder.0.ffn.up")]),
             theme.family(Family::Quantization));

    const LayerMapData original = layerMapData(bert());
    const LayerMapColouring bytes(original, LayerColour::Bytes, theme);
    QCOMPARE(bytes.fill(original.cells[*data.find("embedding.token")]),
             scaleColour(1, ThemeMode::Light));
}

void TestLayerMap::clickSelects()
{
    const auto map = shownMap(layerMapData(bert()));
    QSignalSpy selected(map.get(), &LayerMap::selectionChanged);
    click(*map, centreOf(*map, "encoder.2.ffn.up"));
    QCOMPARE(selected.size(), 1);
    QCOMPARE(selected.last().first().toStringList(), QStringList("encoder.2.ffn.up"));
    click(*map, centreOf(*map, "encoder.2.ffn.up"));
    QCOMPARE(selected.size(), 1);
    click(*map, centreOf(*map, "embedding.token"));
    QCOMPARE(map->selection(), QStringList("embedding.token"));
    QSignalSpy activated(map.get(), &LayerMap::activated);
    QTest::mouseDClick(map->viewport(), Qt::LeftButton, {}, centreOf(*map, "embedding.token"));
    QCOMPARE(activated.size(), 1);
}

void TestLayerMap::controlTogglesAndShiftExtends()
{
    const auto map = shownMap(layerMapData(bert()));
    click(*map, centreOf(*map, "encoder.1.attention.key"));
    click(*map, centreOf(*map, "encoder.3.ffn.up"), Qt::ControlModifier);
    QCOMPARE(map->selection(), QStringList({"encoder.1.attention.key", "encoder.3.ffn.up"}));
    click(*map, centreOf(*map, "encoder.3.ffn.up"), Qt::ControlModifier);
    QCOMPARE(map->selection(), QStringList("encoder.1.attention.key"));
    click(*map, centreOf(*map, "encoder.1.attention.key"));
    click(*map, centreOf(*map, "encoder.2.attention.value"), Qt::ShiftModifier);
    QCOMPARE(map->selection(),
             QStringList({"encoder.1.attention.key", "encoder.1.attention.value",
                          "encoder.2.attention.key", "encoder.2.attention.value"}));
}

void TestLayerMap::rowNumberSelectsTheBlock()
{
    const auto map = shownMap(layerMapData(bert()));
    const QRectF query = map->cellRect(*map->data().find("encoder.4.attention.query"));
    click(*map, QPoint(query.left() - 30, query.center().y()));
    QCOMPARE(map->selection().size(), 8);
    for (const QString &name : map->selection())
        QVERIFY(name.startsWith(QStringLiteral("encoder.4.")));
}

void TestLayerMap::columnHeadSelectsTheRole()
{
    const auto map = shownMap(layerMapData(bert()));
    const QRectF value = map->cellRect(*map->data().find("encoder.0.attention.value"));
    click(*map, QPoint(value.center().x(), value.top() - 10));
    QCOMPARE(map->selection().size(), 6);
    for (const QString &name : map->selection())
        QVERIFY(name.endsWith(QStringLiteral(".attention.value")));
    click(*map, QPoint(value.center().x(), value.top() - 10 - map->fontMetrics().height() * 1.2));
    QCOMPARE(map->selection().size(), 30);
}

void TestLayerMap::stickyHeadStillSelects()
{
    const auto map = shownMap(layerMapData(bert({.blocks = 60})));
    map->setFolding(Folding::Never);
    map->verticalScrollBar()->setValue(900);
    const QRectF key = map->cellRect(*map->data().find("encoder.30.attention.key"));
    click(*map, QPoint(key.center().x(), map->fontMetrics().height() * 2));
    QCOMPARE(map->selection().size(), 60);
    QVERIFY(map->selection().contains(QStringLiteral("encoder.59.attention.key")));
}

void TestLayerMap::rubberBandSelects()
{
    const auto map = shownMap(layerMapData(bert()));
    const QRectF from = map->cellRect(*map->data().find("encoder.1.attention.query"));
    const QRectF to = map->cellRect(*map->data().find("encoder.2.attention.key"));
    QWidget *view = map->viewport();
    const QPoint begin = (from.topLeft() - QPointF(3, 3)).toPoint();
    QTest::mousePress(view, Qt::LeftButton, {}, begin);
    for (const QPointF &position : {from.center(), to.center()}) {
        QMouseEvent move(QEvent::MouseMove, position, view->mapToGlobal(position), Qt::NoButton,
                         Qt::LeftButton, {});
        QApplication::sendEvent(view, &move);
    }
    QTest::mouseRelease(view, Qt::LeftButton, {}, to.center().toPoint());
    QCOMPARE(map->selection(),
             QStringList({"encoder.1.attention.query", "encoder.1.attention.key",
                          "encoder.2.attention.query", "encoder.2.attention.key"}));
}

void TestLayerMap::emptyPlaceClears()
{
    const auto map = shownMap(layerMapData(bert()));
    map->setSelection({"pooler"});
    QSignalSpy selected(map.get(), &LayerMap::selectionChanged);
    click(*map, QPoint(2, 2));
    QCOMPARE(selected.size(), 1);
    QVERIFY(map->selection().isEmpty());
}

void TestLayerMap::settingTheSelectionIsSilent()
{
    const auto map = shownMap(layerMapData(bert()));
    QSignalSpy selected(map.get(), &LayerMap::selectionChanged);
    map->setSelection({"classifier", "not.there", "embedding.token"});
    QCOMPARE(map->selection(), QStringList({"embedding.token", "classifier"}));
    QCOMPARE(selected.size(), 0);
}

void TestLayerMap::selectionSurvivesNewData()
{
    const auto map = shownMap(layerMapData(bert()));
    map->setSelection({"encoder.1.ffn.up", "encoder.5.ffn.up"});
    map->setData(layerMapData(bert({.blocks = 2})));
    QCOMPARE(map->selection(), QStringList("encoder.1.ffn.up"));
    map->setData({});
    QVERIFY(map->selection().isEmpty());
}

void TestLayerMap::arrowsMove()
{
    const auto map = shownMap(layerMapData(bert()));
    click(*map, centreOf(*map, "encoder.0.attention.key"));
    const auto press = [&](Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(map.get(), key, modifiers);
    };
    press(Qt::Key_Right);
    QCOMPARE(map->selection(), QStringList("encoder.0.attention.value"));
    press(Qt::Key_Down);
    QCOMPARE(map->selection(), QStringList("encoder.1.attention.value"));
    press(Qt::Key_End);
    QCOMPARE(map->selection(), QStringList("encoder.1.ffn.norm"));
    press(Qt::Key_Right);
    QCOMPARE(map->selection(), QStringList("encoder.1.ffn.norm"));
    press(Qt::Key_Home);
    press(Qt::Key_Up);
    press(Qt::Key_Up);
    press(Qt::Key_Up);
    QVERIFY(map->selection().first().startsWith(QStringLiteral("embedding.")));
    click(*map, centreOf(*map, "encoder.2.attention.query"));
    press(Qt::Key_Right, Qt::ShiftModifier);
    press(Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(map->selection().size(), 4);
    press(Qt::Key_Down, Qt::ControlModifier);
    QCOMPARE(map->selection().size(), 4);
    QCOMPARE(map->currentCell(), map->data().find("encoder.4.attention.key"));
    press(Qt::Key_Space, Qt::ControlModifier);
    QCOMPARE(map->selection().size(), 5);
    press(Qt::Key_Escape);
    QVERIFY(map->selection().isEmpty());
    press(Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(static_cast<std::size_t>(map->selection().size()), map->data().cells.size());
}

void TestLayerMap::enterAndSpaceSpeak()
{
    const auto map = shownMap(layerMapData(bert()));
    click(*map, centreOf(*map, "encoder.3.ffn.down"));
    QSignalSpy activated(map.get(), &LayerMap::activated);
    QSignalSpy toggled(map.get(), &LayerMap::toggled);
    QTest::keyClick(map.get(), Qt::Key_Return);
    QTest::keyClick(map.get(), Qt::Key_Space);
    QCOMPARE(activated.first().first().toString(), QStringLiteral("encoder.3.ffn.down"));
    QCOMPARE(toggled.first().first().toString(), QStringLiteral("encoder.3.ffn.down"));
}

void TestLayerMap::zoomKeysAndWheel()
{
    const auto map = shownMap(layerMapData(bert()));
    const qreal before = map->cellRect(*map->data().find("encoder.0.ffn.up")).width();
    QTest::keyClick(map.get(), Qt::Key_Plus);
    QVERIFY(map->zoom() > 1);
    QVERIFY(map->cellRect(*map->data().find("encoder.0.ffn.up")).width() > before);
    QTest::keyClick(map.get(), Qt::Key_0);
    QCOMPARE(map->zoom(), 1.0);
    const QPointF position = map->cellRect(*map->data().find("encoder.3.ffn.up")).center();
    QWheelEvent wheel(position, map->viewport()->mapToGlobal(position), {}, QPoint(0, 120),
                      Qt::NoButton, Qt::ControlModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(map->viewport(), &wheel);
    QVERIFY(map->zoom() > 1);
    for (int i = 0; i < 60; ++i)
        QTest::keyClick(map.get(), Qt::Key_Minus);
    QVERIFY(map->zoom() >= 0.2);
    for (int i = 0; i < 60; ++i)
        QTest::keyClick(map.get(), Qt::Key_Plus);
    QVERIFY(map->zoom() <= 8);
}

void TestLayerMap::keyboardScrollsIntoView()
{
    const auto map = shownMap(layerMapData(bert({.blocks = 96})), {700, 400});
    map->setFolding(Folding::Never);
    click(*map, centreOf(*map, "encoder.0.ffn.up"));
    for (int i = 0; i < 200; ++i)
        QTest::keyClick(map.get(), Qt::Key_PageDown);
    const std::string &last = map->data().cells[*map->currentCell()].name;
    QVERIFY2(last == "pooler" || last == "classifier", last.c_str());
    QVERIFY(QRectF(map->viewport()->rect()).contains(map->cellRect(*map->currentCell())));
    for (int i = 0; i < 80; ++i)
        QTest::keyClick(map.get(), Qt::Key_Up);
    const QRectF rect = map->cellRect(*map->currentCell());
    QVERIFY(QRectF(map->viewport()->rect()).contains(rect));
    QVERIFY2(rect.top() > map->fontMetrics().height() * 2, "hidden below the headings");
}

void TestLayerMap::wholeModelIsInSight()
{
    const auto map = shownMap(layerMapData(bert()), {720, 200});
    map->setFolding(Folding::Never);
    QVERIFY(map->verticalScrollBar()->maximum() > 0); // rows could not be read
    for (int height = 330; height < 700; height += 7) {
        map->resize(720, height);
        QVERIFY2(map->verticalScrollBar()->maximum() == 0, qPrintable(QString::number(height)));
        QTRY_VERIFY(!map->verticalScrollBar()->isVisible());
        QCOMPARE(map->verticalScrollBar()->maximum(), 0); // with the width that it leaves, too
        QVERIFY(QRectF(map->viewport()->rect())
                    .contains(map->cellRect(*map->data().find("classifier"))));
    }
}

void TestLayerMap::runsFromTheLeftEverywhere()
{
    const auto pictures = [] {
        const auto map = shownMap(compressed(bert()));
        map->setPalette(Theme::light().palette());
        return map->grab().toImage();
    };
    const QImage usual = pictures();
    QApplication::setLayoutDirection(Qt::RightToLeft);
    const QImage mirrored = pictures();
    QApplication::setLayoutDirection(Qt::LeftToRight);
    QCOMPARE(mirrored, usual);
}

void TestLayerMap::cellsReadAsSentences()
{
    const auto map = shownMap(compressed(bert()));
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(map.get());
    QVERIFY(interface);
    QCOMPARE(interface->role(), QAccessible::List);
    QCOMPARE(interface->text(QAccessible::Name), QStringLiteral("Layer map"));
    QCOMPARE(interface->childCount(), static_cast<int>(map->data().cells.size()));
    const auto name = [&](const char *layer) {
        return interface->child(static_cast<int>(*map->data().find(layer)))
            ->text(QAccessible::Name);
    };
    QCOMPARE(name("encoder.5.ffn.down"),
             QStringLiteral("encoder.5.ffn.down, 128 by 512. It takes 36.8 kB of 263 kB. "
                            "Applied: 4 bits, groups of 64. Its weight error is 9.50\u202f%."));
    QCOMPARE(
        name("encoder.3.ffn.up"),
        QStringLiteral("encoder.3.ffn.up, 512 by 128. It uses the weights of encoder.2.ffn.up and "
                       "takes no bytes of its own."));
    QCOMPARE(name("pooler"),
             QStringLiteral("pooler, 128 by 128. It takes 66.0 kB, as in the original."));
}

void TestLayerMap::accessibleCellsSelect()
{
    const auto map = shownMap(layerMapData(bert()));
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(map.get());
    const auto index = static_cast<int>(*map->data().find("encoder.1.ffn.up"));
    QAccessibleInterface *cell = interface->child(index);
    QCOMPARE(cell->role(), QAccessible::ListItem);
    QCOMPARE(interface->indexOfChild(cell), index);
    QCOMPARE(cell->parent()->object(), map.get());
    QVERIFY(cell->state().selectable && !cell->state().selected);
    cell->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(map->selection(), QStringList("encoder.1.ffn.up"));
    QVERIFY(cell->state().selected);
    const QPoint centre = cell->rect().center();
    QCOMPARE(interface->childAt(centre.x(), centre.y()), cell);
}

void TestLayerMap::accessibleCellsSurviveNewData()
{
    auto map = shownMap(layerMapData(bert()));
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(map.get());
    QAccessibleInterface *last = interface->child(interface->childCount() - 1);
    QVERIFY(last->isValid());
    map->setData(layerMapData(bert({.blocks = 1})));
    QVERIFY(!last->isValid());
    QVERIFY(last->state().invalid);
    QVERIFY(interface->child(0)->isValid());
    map.reset();
}

void TestLayerMap::paintsEverything_data()
{
    QTest::addColumn<int>("blocks");
    QTest::addColumn<bool>("dark");
    for (const int blocks : {-1, 0, 1, 6, 200}) {
        QTest::addRow("%d blocks, light", blocks) << blocks << false;
        QTest::addRow("%d blocks, dark", blocks) << blocks << true;
    }
}

void TestLayerMap::paintsEverything()
{
    QFETCH(int, blocks);
    QFETCH(bool, dark);
    LayerMap map;
    const Theme theme = dark ? Theme::dark() : Theme::light();
    map.setPalette(theme.palette());
    if (blocks == 0) {
        ModelDescription one;
        addLayer(one, "classifier", LayerRole::Classifier, -1, {2, 3});
        map.setData(layerMapData(one));
    } else if (blocks > 0) {
        map.setData(compressed(bert({.blocks = blocks})));
    }
    for (const QSize &size : {QSize(900, 600), QSize(60, 40)}) {
        map.resize(size);
        map.show();
        for (const LayerColour colour :
             {LayerColour::Bytes, LayerColour::Technique, LayerColour::Value}) {
            map.setColour(colour);
            for (const LayerWidths widths : {LayerWidths::Bytes, LayerWidths::SquareRoot,
                                             LayerWidths::Equal, LayerWidths::Logarithm}) {
                map.setWidths(widths);
                const QImage image = map.grab().toImage();
                QCOMPARE(image.pixelColor(1, 1), theme.background);
            }
        }
        for (const qreal zoom : {0.2, 8.0, 1.0}) {
            map.setZoom(zoom);
            QVERIFY(!map.grab().isNull());
        }
    }
}

void TestLayerMap::filledPartShowsWhatIsLeft()
{
    const ModelDescription model = bert();
    LayerState half;
    half.bytes = model.find("encoder.0.ffn.up")->bytes / 2;
    const auto map = shownMap(layerMapData(model, {{"encoder.0.ffn.up", half}}));
    map->setPalette(Theme::light().palette());
    map->setColour(LayerColour::Technique);
    const QImage image = map->viewport()->grab().toImage();
    const QRectF rect = map->cellRect(*map->data().find("encoder.0.ffn.up"));
    const int y = static_cast<int>(rect.bottom()) - 3;
    const QColor fill =
        LayerMapColouring(map->data(), LayerColour::Technique, Theme::light()).neutral();
    QCOMPARE(image.pixelColor(static_cast<int>(rect.left() + rect.width() * 0.45), y).rgb(),
             fill.rgb());
    QVERIFY(image.pixelColor(static_cast<int>(rect.left() + rect.width() * 0.55), y).rgb() !=
            fill.rgb());
}

void TestLayerMap::unknownSizeIsNeitherOldNorNothing()
{
    const ModelDescription model = bert();
    const std::string name = "encoder.0.ffn.up";
    LayerRecord record;
    record.name = name;
    record.steps = {"prune.magnitude sparsity=0.5"};
    LayerState pruned = stateOf(record);
    pruned.bytes = std::nullopt;
    const LayerMapData data = layerMapData(model, {{name, pruned}});
    const LayerMapCell &cell = data.cells[*data.find(name)];
    QVERIFY(spokenText(data, cell).contains("known after measuring"));
    QVERIFY(toolTipText(data, cell).contains("known after measuring"));
    QCOMPARE(shortBytesText(cell.state.bytes), QString("?"));
    const LayerMapLayout layout = laidOut(data);
    const auto rowOf = [&](const std::string &layer) -> const LayerMapRow & {
        const std::size_t index = *data.find(layer);
        return *std::ranges::find_if(layout.rows, [index](const LayerMapRow &row) {
            return std::ranges::find(row.cells, index) != row.cells.end();
        });
    };
    QVERIFY(!rowOf(name).bytesNow);
    QVERIFY(rowOf("encoder.1.ffn.up").bytesNow);

    const LayerMapColouring colouring(data, LayerColour::Technique, Theme::light());
    QVERIFY(colouring.hasUnknown());
    QVERIFY(!colouring.hasCut());
    const auto map = shownMap(data);
    map->setPalette(Theme::light().palette());
    map->setColour(LayerColour::Technique);
    const QImage image = map->viewport()->grab().toImage();
    const QRectF rect = map->cellRect(*data.find(name));
    const int y = static_cast<int>(rect.bottom()) - 4;
    for (const double at : {0.05, 0.5, 0.95}) { // all alike, and paler than what is known
        const QRgb pixel =
            image.pixelColor(static_cast<int>(rect.left() + rect.width() * at), y).rgb();
        QVERIFY(pixel != colouring.fill(cell).rgb());
        QCOMPARE(pixel, image.pixelColor(rect.center().toPoint().x(), y).rgb());
    }
}

void TestLayerMap::panelChoosesWhatIsShown()
{
    LayerMapPanel panel;
    panel.setData(compressed(bert())); // without layers there is nothing to choose
    panel.setMeasures({QStringLiteral("weight error")});
    panel.setSummary(modelSummary(bert()));
    QCOMPARE(modelSummary(bert()), QString::fromUtf8("bert 6 × 128 · 2.25 M parameters"));
    QCOMPARE(panel.map()->colour(), LayerColour::Bytes);
    panel.setColour(LayerColour::Technique);
    QCOMPARE(panel.map()->colour(), LayerColour::Technique);
    const auto boxes = panel.findChildren<QComboBox *>();
    QCOMPARE(boxes.size(), 2);
    for (QComboBox *box : boxes) {
        QVERIFY(!box->accessibleName().isEmpty());
        QTest::keyClick(box, Qt::Key_Down);
    }
    QCOMPARE(panel.map()->colour(), LayerColour::Value);
    QCOMPARE(panel.map()->widths(), LayerWidths::Bytes);
}

void TestLayerMap::exportsPictures()
{
    const LayerMapData data = compressed(bert());
    const QImage image =
        QImage::fromData(layerMapPng(data, {.colour = LayerColour::Value, .width = 800}));
    QCOMPARE(image.width(), 1600);
    QVERIFY(image.height() > 600);
    QCOMPARE(image.pixelColor(1, 1), QColor(Qt::white));
    const QByteArray svg = layerMapSvg(data);
    QVERIFY(svg.contains("<svg") && svg.contains("embedding.token") && svg.contains("cut away"));
    QVERIFY(layerMapSvg({}).contains("<svg"));
}

void TestLayerMap::blocksThatAreAlikeFold()
{
    LayerMapData data = layerMapData(bert({.blocks = 24}));
    const auto titles = [&data](const LayerMapView &view) {
        QStringList titles;
        for (const LayerMapRow &row : laidOut(data, view).rows) {
            if (row.block >= 0)
                titles << row.title;
        }
        return titles;
    };
    LayerMapView view;
    view.height = 2000;
    view.folding = Folding::WhereNeeded;
    QCOMPARE(titles(view).size(), 24); // all of them are in sight
    view.height = 400;
    QCOMPARE(titles(view), QStringList{QString::fromUtf8("0–23")});
    QVERIFY(laidOut(data, view).size.height() <= 400);
    const LayerMapLayout layout = laidOut(data, view);
    const std::size_t first = *data.find("encoder.0.ffn.up"),
                      last = *data.find("encoder.23.ffn.up");
    QCOMPARE(layout.fronts[last], first);
    QCOMPARE(layout.rowOf(last), layout.rowOf(first));
    QCOMPARE(layout.withFolded({first}).size(), std::size_t(24));
    const LayerMapRow &row = layout.rows[layout.rowOf(first)];
    QCOMPARE(*row.bytesNow, 24 * *laidOut(data).rows[layout.rowOf(first)].bytesNow);
    // What is done to one is not done to the others.
    data.cells[*data.find("encoder.5.ffn.up")].state.badges = {"4b"};
    QCOMPARE(titles(view), QStringList({QString::fromUtf8("0–4"), "5", QString::fromUtf8("6–23")}));
    data.cells[*data.find("encoder.22.ffn.up")].state.value = 3;
    QCOMPARE(titles(view).size(), 3); // nobody looks at values
    view.valuesCount = true;
    QCOMPARE(titles(view).last(), QString("23"));
    view.unfolded.insert({"encoder", 0});
    QCOMPARE(titles(view).mid(0, 6), QStringList({"0", "1", "2", "3", "4", "5"}));
}

void TestLayerMap::foldedBlocksAreOneInTheMap()
{
    const auto map = shownMap(layerMapData(bert({.blocks = 24})), {900, 480});
    QVERIFY(map->isFolded());
    QCOMPARE(map->verticalScrollBar()->maximum(), 0);
    QSignalSpy changed(map.get(), &LayerMap::selectionChanged);
    click(*map, centreOf(*map, "encoder.3.ffn.up"));
    QCOMPARE(map->selection().size(), 24);
    QCOMPARE(changed.count(), 1);
    map->setCurrent(*map->data().find("encoder.7.ffn.up")); // as Find does
    QVERIFY(!map->isFolded());
    QCOMPARE(map->data().cells[*map->currentCell()].name, std::string("encoder.7.ffn.up"));
    QTest::keyClick(map.get(), Qt::Key_F);
    QVERIFY(map->isFolded());
    QCOMPARE(map->data().cells[*map->currentCell()].name, std::string("encoder.0.ffn.up"));
    QTest::keyClick(map.get(), Qt::Key_Right); // and goes on from there
    QCOMPARE(map->selection().size(), 24);
    QTest::keyClick(map.get(), Qt::Key_F);
    QVERIFY(!map->isFolded());
    QVERIFY(map->verticalScrollBar()->maximum() > 0);
}

QTEST_MAIN(TestLayerMap)
#include "tst_layermap.moc"
