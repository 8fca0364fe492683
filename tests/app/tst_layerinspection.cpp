#include "tests/support/tinyproject.h"

#include "app/window/inspectortabs.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>

using namespace pare;
using test::patience;
using test::textOf;

class TestLayerInspection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void asksForWhatIsShown();
    void nothingOfAnotherLayerIsShown();
    void rankBecomesAStep();
    void optionBecomesAStep();
    void headsLieAsTheyAre_data();
    void headsLieAsTheyAre();
    void optionsThatNeedDataAreGrey();
    void shownRunIsNotChanged();
    void normSaysWhatBelongsElsewhere();
    void configAloneIsCountedOnly();
    void whyNamesTheNumbers();
    void measuredErrorsAreTheRuns_data();
    void measuredErrorsAreTheRuns();
    void detailsAreTheWeightsThemselves();
    void figuresAreThoseOfEachLook();
    void figuresAreKept();
    void differencesOfTwoRuns();

private:
    InspectorData dataOf(const QString &layer, bool editable = true) const;

    QTemporaryDir m_folder;
    test::TinyModel m_tiny;
    std::unique_ptr<Document> m_document;
    std::unique_ptr<InspectorPanel> m_panel;
    std::unique_ptr<LayerInspection> m_inspection;
};

void TestLayerInspection::initTestCase()
{
    m_tiny = test::makeTinyModel(m_folder.path().toStdString());
    qputenv("XDG_CACHE_HOME", m_folder.filePath("cache").toUtf8());
}

void TestLayerInspection::init()
{
    static int count = 0;
    m_document = std::make_unique<Document>();
    m_document->openProject(m_folder.filePath(QStringLiteral("test%1.pare").arg(++count)));
    m_document->openModel(textOf(m_tiny.folder));
    QTRY_COMPARE_WITH_TIMEOUT(m_document->modelState(), ModelState::Open, patience);
    m_panel = std::make_unique<InspectorPanel>();
    m_inspection = std::make_unique<LayerInspection>(*m_document, *m_panel);
}

void TestLayerInspection::cleanup()
{
    m_inspection.reset();
    m_panel.reset();
    m_document.reset();
}

InspectorData TestLayerInspection::dataOf(const QString &layer, bool editable) const
{
    const Shown shown{m_document->plan(), nullptr, false};
    return inspectorData(*m_document, mapData(*m_document, shown),
                         {{layer}, m_inspection->seen(), nullptr, editable});
}

void TestLayerInspection::asksForWhatIsShown()
{
    const LayerSeen &seen = m_inspection->seen();
    m_inspection->inspect("encoder.1.ffn.up", {});
    QTRY_VERIFY_WITH_TIMEOUT(seen.look && seen.spectrum, patience);
    QTest::qWait(100);
    QVERIFY(!seen.pictures && !seen.options);
    m_panel->setTab(InspectorTab::Matrix);
    QTRY_VERIFY_WITH_TIMEOUT(seen.pictures, patience);
    QVERIFY(!seen.options && !seen.pictures->after);
    m_panel->setTab(InspectorTab::Options);
    QTRY_VERIFY_WITH_TIMEOUT(seen.options, patience);
    // Another recipe makes another picture, but has the same spectrum and options.
    QSignalSpy spectra(m_document.get(), &Document::spectrumFound);
    QSignalSpy looks(m_document.get(), &Document::layerLooked);
    m_panel->setTab(InspectorTab::Matrix);
    m_inspection->inspect("encoder.1.ffn.up", {{parsedStep("quantize.affine bits=4")}});
    QTRY_VERIFY_WITH_TIMEOUT(seen.pictures->after.has_value(), patience);
    m_inspection->inspect("encoder.1.ffn.up", {{parsedStep("quantize.affine bits=4")}});
    QTest::qWait(100);
    QCOMPARE(spectra.count(), 0);
    QCOMPARE(looks.count(), 1);
}

void TestLayerInspection::nothingOfAnotherLayerIsShown()
{
    m_inspection->inspect("encoder.1.ffn.up", {});
    QTRY_VERIFY_WITH_TIMEOUT(m_inspection->seen().spectrum, patience);
    QVERIFY(dataOf("encoder.1.ffn.up").spectrum.spectrum);
    const InspectorData other = dataOf("encoder.1.ffn.down");
    QVERIFY(!other.spectrum.spectrum && !other.spectrum.note.isEmpty());
    QVERIFY(!other.histogram && !other.histogramNote.isEmpty());
    QVERIFY(!other.matrix.pictures && !other.matrix.note.isEmpty());
    QVERIFY(other.options.groups.empty() && !other.options.note.isEmpty());
    QVERIFY(other.why.isEmpty());
    m_inspection->forget();
    QVERIFY(!m_inspection->seen().spectrum);
}

void TestLayerInspection::rankBecomesAStep()
{
    const auto texts = [&] {
        QStringList list;
        for (const ChosenStep &step : m_document->choices().steps)
            list << QString::fromStdString(step.step.text());
        return list;
    };
    Q_EMIT m_panel->rankChosen("encoder.1.ffn.up", 5);
    QCOMPARE(texts(), QStringList("factorize.svd rank=5 @ encoder.1.ffn.up"));
    QCOMPARE(dataOf("encoder.1.ffn.up").spectrum.spectrum, std::nullopt); // not looked at yet
    Q_EMIT m_panel->rankChosen("encoder.1.ffn.up", 6);
    QCOMPARE(texts(), QStringList("factorize.svd rank=6 @ encoder.1.ffn.up"));
    Q_EMIT m_panel->rankChosen("encoder.1.ffn.down", 7);
    QCOMPARE(texts(), QStringList({"factorize.svd rank=6 @ encoder.1.ffn.up",
                                   "factorize.svd rank=7 @ encoder.1.ffn.down"}));
    m_inspection->inspect("encoder.1.ffn.down", {});
    QTRY_VERIFY_WITH_TIMEOUT(m_inspection->seen().spectrum, patience);
    QCOMPARE(dataOf("encoder.1.ffn.down").spectrum.spectrum->rank, std::optional(7));
    m_document->setStepEnabled(0, false); // what is switched off stays as it is
    Q_EMIT m_panel->rankChosen("encoder.1.ffn.up", 4);
    QCOMPARE(texts().size(), 3);
    m_document->undo();
    QCOMPARE(texts().size(), 2);
}

void TestLayerInspection::optionBecomesAStep()
{
    Q_EMIT m_panel->optionChosen("quantize.affine bits=4 @ encoder.1.ffn.up");
    QCOMPARE(m_document->choices().steps.size(), 1u);
    QCOMPARE(m_document->plan().steps.front().layers, 1);
    QSignalSpy failed(m_document.get(), &Document::failed);
    Q_EMIT m_panel->optionChosen("no.such.technique");
    QCOMPARE(failed.count(), 1);
    QCOMPARE(m_document->choices().steps.size(), 1u);
}

void TestLayerInspection::headsLieAsTheyAre_data()
{
    QTest::addColumn<QString>("layer");
    QTest::addColumn<bool>("heads");
    QTest::addColumn<Qt::Orientation>("stacked");
    QTest::newRow("query") << "encoder.0.attention.query" << true << Qt::Vertical;
    QTest::newRow("key") << "encoder.1.attention.key" << true << Qt::Vertical;
    QTest::newRow("value") << "encoder.2.attention.value" << true << Qt::Vertical;
    QTest::newRow("output") << "encoder.0.attention.output" << true << Qt::Horizontal;
    QTest::newRow("feed-forward") << "encoder.0.ffn.up" << false << Qt::Vertical;
}

void TestLayerInspection::headsLieAsTheyAre()
{
    QFETCH(QString, layer);
    QFETCH(bool, heads);
    m_panel->setTab(InspectorTab::Matrix);
    m_inspection->inspect(layer, {});
    QTRY_VERIFY_WITH_TIMEOUT(m_inspection->seen().pictures, patience);
    const auto found = m_inspection->seen().pictures->heads;
    QCOMPARE(found.has_value(), heads);
    if (!heads)
        return;
    QTEST(found->stacked, "stacked");
    QCOMPARE(found->width, 16); // two heads of 32
}

void TestLayerInspection::optionsThatNeedDataAreGrey()
{
    const QString layer = "encoder.1.ffn.up";
    m_panel->setTab(InspectorTab::Options);
    m_inspection->inspect(layer, {});
    QTRY_VERIFY_WITH_TIMEOUT(m_inspection->seen().options, patience);
    const auto rowOf = [&](const InspectorData &data, const QString &technique) {
        for (const OptionGroup &group : data.options.groups) {
            for (const OptionRow &row : group.rows) {
                if (row.step.startsWith(technique))
                    return std::pair(group.title, row);
            }
        }
        return std::pair(QString(), OptionRow());
    };
    const auto [title, wanda] = rowOf(dataOf(layer), "prune.wanda");
    QCOMPARE(title, QString("needs calibration data"));
    QVERIFY(!wanda.enabled && !wanda.bytes.isEmpty() && wanda.error.isEmpty());
    QVERIFY(rowOf(dataOf(layer), "quantize.half").second.enabled);
    QVERIFY(test::chooseData(*m_document, DataUse::Calibration, textOf(m_tiny.data)));
    QVERIFY(rowOf(dataOf(layer), "prune.wanda").second.enabled);
    QVERIFY(rowOf(dataOf(layer), "prune.wanda").first.contains("after measuring"));
    QTRY_COMPARE_WITH_TIMEOUT(rowOf(dataOf(layer), "quantize.half").second.error, QString("0.0 %"),
                              patience);
}

void TestLayerInspection::shownRunIsNotChanged()
{
    const QString layer = "encoder.1.ffn.up";
    m_panel->setTab(InspectorTab::Options);
    m_inspection->inspect(layer, {});
    QTRY_VERIFY_WITH_TIMEOUT(m_inspection->seen().options && m_inspection->seen().spectrum,
                             patience);
    const InspectorData data = dataOf(layer, false);
    QVERIFY(!data.spectrum.editable);
    for (const OptionGroup &group : data.options.groups) {
        for (const OptionRow &row : group.rows)
            QVERIFY(!row.enabled);
    }
}

void TestLayerInspection::normSaysWhatBelongsElsewhere()
{
    const QString norm = "encoder.0.ffn.norm";
    m_panel->setTab(InspectorTab::Options);
    m_inspection->inspect(norm, {});
    QTRY_VERIFY_WITH_TIMEOUT(m_inspection->seen().options && m_inspection->seen().spectrum,
                             patience);
    const InspectorData data = dataOf(norm);
    QVERIFY(data.spectrum.note.contains("vector") && !data.spectrum.spectrum);
    QVERIFY(data.matrix.note.contains("vector") && !data.matrix.pictures);
    QVERIFY(data.histogram && data.why.contains("vector"));
}

void TestLayerInspection::configAloneIsCountedOnly()
{
    m_document->openModel(textOf(m_tiny.config));
    QTRY_VERIFY_WITH_TIMEOUT(m_document->modelState() == ModelState::Open &&
                                 !m_document->model().weightsKnown,
                             patience);
    m_inspection->forget();
    m_panel->setTab(InspectorTab::Options);
    m_inspection->inspect("encoder.1.ffn.up", {});
    QTRY_VERIFY_WITH_TIMEOUT(m_inspection->seen().options, patience);
    const InspectorData data = dataOf("encoder.1.ffn.up");
    for (const QString &note : {data.histogramNote, data.spectrum.note, data.matrix.note})
        QVERIFY2(note.contains("config.json"), qPrintable(note));
    const OptionRow &first = data.options.groups.front().rows.front();
    QVERIFY(first.enabled && !first.bytes.isEmpty() && first.error.isEmpty());
    QVERIFY(data.why.isEmpty());
}

void TestLayerInspection::whyNamesTheNumbers()
{
    const QString layer = "encoder.1.ffn.up";
    m_inspection->inspect(layer, {});
    QTRY_VERIFY_WITH_TIMEOUT(m_inspection->seen().look && m_inspection->seen().spectrum, patience);
    const ModelDescription &model = m_document->model();
    const double share = 100.0 * static_cast<double>(model.find(layer.toStdString())->bytes) /
                         static_cast<double>(model.bytes);
    QString why = dataOf(layer).why;
    QVERIFY2(why.contains(QString::number(share, 'f', share < 10 ? 1 : 0) + QChar(0xa0) + '%'),
             qPrintable(why));
    // Uniform weights have no outliers, and their spectrum is flat.
    QVERIFY2(why.contains("kurtosis 1.8") && why.contains("32 singular values"), qPrintable(why));
    m_document->addStep(parsedStep("quantize.affine bits=2"));
    m_inspection->inspect(layer, m_document->plan().recipe);
    QTRY_VERIFY_WITH_TIMEOUT(m_inspection->seen().look->after, patience);
    why = dataOf(layer).why;
    QVERIFY2(why.contains("weight error"), qPrintable(why));
}

void TestLayerInspection::detailsAreTheWeightsThemselves()
{
    m_panel->setTab(InspectorTab::Matrix);
    m_inspection->inspect("encoder.1.ffn.up", {});
    const LayerSeen &seen = m_inspection->seen();
    QTRY_VERIFY_WITH_TIMEOUT(seen.pictures, patience); // so small that each block is a weight
    const MatrixPictures whole = *seen.pictures;
    QCOMPARE(whole.region, QRect(0, 0, static_cast<int>(whole.in), static_cast<int>(whole.out)));
    QVERIFY(!seen.detail);
    Q_EMIT m_panel->regionWanted("encoder.1.ffn.up", QRect(3, 2, 5, 1000));
    QTRY_VERIFY_WITH_TIMEOUT(seen.detail, patience);
    const MatrixPictures &part = *seen.detail;
    QCOMPARE(part.region, QRect(3, 2, 5, static_cast<int>(whole.out) - 2)); // no more than there is
    for (int row = 0; row < part.rows; ++row) {
        for (int column = 0; column < part.columns; ++column)
            QCOMPARE(part.before.means[static_cast<std::size_t>(row * part.columns + column)],
                     whole.before
                         .means[static_cast<std::size_t>((row + 2) * whole.columns + column + 3)]);
    }
    QCOMPARE(dataOf("encoder.1.ffn.up").matrix.detail, seen.detail);
    m_inspection->inspect("encoder.1.ffn.up", {{parsedStep("quantize.affine bits=4")}});
    QTRY_VERIFY_WITH_TIMEOUT(seen.pictures->after.has_value(), patience);
    QVERIFY(!seen.detail); // of the picture before
}

void TestLayerInspection::figuresAreThoseOfEachLook()
{
    QVERIFY(m_document->figures().empty()); // nobody asked
    m_document->wantFigures(FigureDepth::Ranks);
    const auto rank = [&] {
        const auto found = m_document->figures().find("encoder.1.ffn.up");
        return found == m_document->figures().end() ? std::nan("") : found->second.rank;
    };
    QTRY_VERIFY_WITH_TIMEOUT(!std::isnan(rank()), patience);
    m_inspection->inspect("encoder.1.ffn.up", {});
    QTRY_VERIFY_WITH_TIMEOUT(m_inspection->seen().look && m_inspection->seen().spectrum, patience);
    const LayerFigures &figures = m_document->figures().at("encoder.1.ffn.up");
    const LayerLook::Statistics &look = m_inspection->seen().look->before;
    QCOMPARE(figures.norm, std::hypot(look.mean, look.deviation));
    QCOMPARE(figures.kurtosis, look.kurtosis);
    QCOMPARE(figures.zeros, look.zeros);
    double whole = 0;
    double kept = 0;
    const std::vector<double> &singular = m_inspection->seen().spectrum->values;
    for (std::size_t i = 0; i < singular.size(); ++i) {
        whole += singular[i] * singular[i];
        kept += static_cast<double>(i) < rank() ? singular[i] * singular[i] : 0;
    }
    const double last = singular.at(static_cast<std::size_t>(rank()) - 1);
    QVERIFY(kept >= 0.9 * whole && kept - last * last < 0.9 * whole);
    const LayerMapData map =
        mapData(*m_document, {m_document->plan(), nullptr, false}, MapMeasure::Kurtosis);
    const auto cell = map.find("encoder.1.ffn.up");
    QCOMPARE(map.shown.key, std::string("kurtosis"));
    QCOMPARE(map.cells[*cell].state.value, look.kurtosis);
    QCOMPARE(map.measure("rank")->values[*cell], rank());
}

void TestLayerInspection::figuresAreKept()
{
    const auto all = [](const Document &document) {
        return std::ranges::all_of(document.model().layers, [&](const Layer &layer) {
            const auto found = document.figures().find(layer.name);
            return !layer.sharedWith.empty() ||
                   (found != document.figures().end() && !std::isnan(found->second.norm));
        });
    };
    m_document->wantFigures(FigureDepth::Moments);
    QTRY_VERIFY_WITH_TIMEOUT(all(*m_document), patience);
    const double before = m_document->figures().at("classifier").norm;
    Document again;
    again.openProject(m_folder.filePath(QStringLiteral("again.pare")));
    again.openModel(textOf(m_tiny.folder));
    QSignalSpy changed(&again, &Document::figuresChanged);
    again.wantFigures(FigureDepth::Moments);
    QVERIFY(changed.wait(patience));
    QVERIFY(all(again)); // at once
    QCOMPARE(again.figures().at("classifier").norm, before);
    again.openModel({}); // what is not open has none
    QVERIFY(again.figures().empty());
}

void TestLayerInspection::differencesOfTwoRuns()
{
    const auto run = [](std::int64_t bytes, double error) {
        LayerRecord record;
        record.name = "encoder.1.ffn.up";
        record.bytes = bytes;
        record.weightError = error;
        Run run;
        run.layers = {record};
        return run;
    };
    const Run first = run(5000, 0.1);
    const Run second = run(2000, 0.25);
    const ComparedRuns compared{&first, &second};
    const Shown shown{m_document->plan(), nullptr, false};
    QCOMPARE(mapMeasureTitles(compared).size(), mapMeasureTitles().size() + 2);
    const LayerMapData map = mapData(*m_document, shown, MapMeasure::BytesBetween, compared);
    const auto cell = *map.find("encoder.1.ffn.up");
    QCOMPARE(map.shown.scale, ValueScale::Centred);
    QCOMPARE(map.cells[cell].state.value, -3.0); // kB
    QVERIFY(std::isnan(map.cells[*map.find("classifier")].state.value));
    QVERIFY(std::abs(map.measure("errordifference")->values[cell] - 15) < 1e-9);
    QVERIFY(map.shown.about.startsWith("A: ") && map.shown.about.contains("B: "));
    // Nothing is compared any more.
    QCOMPARE(mapData(*m_document, shown, MapMeasure::BytesBetween).shown.key, std::string("error"));
}

void TestLayerInspection::measuredErrorsAreTheRuns_data()
{
    QTest::addColumn<MapMeasure>("measure");
    QTest::newRow("map of weight errors") << MapMeasure::WeightError;
    QTest::newRow("map of output errors") << MapMeasure::OutputError;
    QTest::newRow("map of bits") << MapMeasure::BitsPerWeight;
}

/// Whatever the map is coloured by.
void TestLayerInspection::measuredErrorsAreTheRuns()
{
    QFETCH(MapMeasure, measure);
    m_document->addStep(parsedStep("quantize.affine bits=4"));
    Run run;
    for (const auto &[name, error] :
         {std::pair{"encoder.1.ffn.up", 0.07}, {"encoder.1.ffn.down", 0.25}}) {
        LayerRecord record;
        record.name = name;
        record.weightError = error;
        record.outputError = 0.5;
        record.steps = {"quantize.affine bits=4"};
        run.layers.push_back(record);
    }
    const Shown shown{m_document->plan(), &run, false};
    const LayerMapData map = mapData(*m_document, shown, measure);
    const auto figureOf = [&](const QStringList &layers, const QString &name) {
        const InspectorData data =
            inspectorData(*m_document, map, {layers, m_inspection->seen(), &run, true});
        for (const auto &[title, value] : data.figures) {
            if (title == name)
                return QString(value).replace(QChar(0x202f), ' ');
        }
        return QString();
    };
    QCOMPARE(figureOf({"encoder.1.ffn.up"}, "weight error, measured"), QString("7.00 %"));
    QCOMPARE(figureOf({"encoder.1.ffn.up", "encoder.1.ffn.down"}, "weight error"),
             QString("7.00 % to 25.0 %"));
    QVERIFY(figureOf({"classifier"}, "weight error, measured").isEmpty());
}

QTEST_MAIN(TestLayerInspection)
#include "tst_layerinspection.moc"
