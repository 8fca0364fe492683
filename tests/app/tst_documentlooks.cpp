// What the document knows of single layers: looks, spectra, pictures and options.
#include "tests/support/tinyproject.h"

#include "app/document/layerlooks.h"
#include "core/experiment/experiment.h"
#include "core/project/project.h"

#include <QTemporaryDir>

using namespace pare;
using test::patience;

class TestDocumentLooks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void lookTellsBeforeAndAfter();
    void lookSaysWhatItCannotKnow_data();
    void lookSaysWhatItCannotKnow();
    void lookTellsTheValuesOfACodec_data();
    void lookTellsTheValuesOfACodec();
    void spectrumIsThatOfTheWeight_data();
    void spectrumIsThatOfTheWeight();
    void pictureHoldsBlockMeans();
    void optionsCountWhatThePlanCounts();
    void optionsSayWhatTheyNeed();
    void newestLookCounts();

private:
    void openTiny(Document &document);

    QTemporaryDir m_folder;
    test::TinyModel m_tiny;
    QString m_project;
};

void TestDocumentLooks::initTestCase()
{
    m_tiny = test::makeTinyModel(m_folder.path().toStdString());
}

void TestDocumentLooks::init()
{
    static int count = 0;
    m_project = m_folder.filePath(QStringLiteral("test%1.pare").arg(++count));
}

void TestDocumentLooks::openTiny(Document &document)
{
    QVERIFY(test::openTiny(document, m_tiny, m_project));
}

void TestDocumentLooks::lookTellsBeforeAndAfter()
{
    Document document;
    openTiny(document);
    document.addStep(parsedStep("quantize.affine bits=2"));
    QSignalSpy looked(&document, &Document::layerLooked);
    document.look("encoder.1.ffn.up", document.plan().recipe);
    QVERIFY(looked.wait(patience));
    const auto look = looked.first().first().value<LayerLook>();
    QCOMPARE(look.name, std::string("encoder.1.ffn.up"));
    QCOMPARE(look.before.count, 64 * 32);
    QVERIFY(look.after);
    QVERIFY(look.weightError > 0.05 && look.weightError < 1);
}

void TestDocumentLooks::lookSaysWhatItCannotKnow_data()
{
    QTest::addColumn<QString>("step");
    QTest::newRow("looks at data") << "prune.wanda sparsity=0.5";
    QTest::newRow("one threshold") << "prune.magnitude sparsity=0.5 scope=global";
}

void TestDocumentLooks::lookSaysWhatItCannotKnow()
{
    QFETCH(QString, step);
    Document document;
    openTiny(document);
    document.addStep(parsedStep(step.toStdString()));
    QSignalSpy looked(&document, &Document::layerLooked);
    document.look("encoder.1.ffn.up", document.plan().recipe);
    QVERIFY(looked.wait(patience));
    const auto look = looked.first().first().value<LayerLook>();
    QCOMPARE(look.before.count, 64 * 32);
    QVERIFY(!look.after);
    QVERIFY(look.unknown);
    QVERIFY(QString::fromStdString(look.unknown->text()).contains("after measuring"));
    looked.clear();
    document.look("classifier", document.plan().recipe); // which the step does not touch
    QVERIFY(looked.wait(patience));
    QVERIFY(!looked.first().first().value<LayerLook>().unknown);
}

void TestDocumentLooks::lookTellsTheValuesOfACodec_data()
{
    QTest::addColumn<QString>("step");
    QTest::addColumn<CodecValues::Slot>("slot");
    QTest::addColumn<int>("sets");
    QTest::addColumn<int>("values");
    using Slot = CodecValues::Slot;
    // encoder.1.ffn.up is 64 x 32.
    QTest::newRow("rows") << "quantize.affine bits=3" << Slot::Row << 64 << 7;
    QTest::newRow("asymmetric") << "quantize.affine bits=3 symmetric=no" << Slot::Row << 64 << 8;
    QTest::newRow("groups") << "quantize.affine bits=4 granularity=group group=8" << Slot::Group
                            << 256 << 15;
    QTest::newRow("codebook") << "quantize.codebook k=6" << Slot::Matrix << 1 << 6;
    QTest::newRow("ternary") << "quantize.ternary granularity=tensor" << Slot::Matrix << 1 << 3;
    QTest::newRow("binary") << "quantize.binary" << Slot::Row << 64 << 2;
}

/// Where one set of values is the whole matrix's, or a row's: the decoded weights are among them.
void TestDocumentLooks::lookTellsTheValuesOfACodec()
{
    QFETCH(QString, step);
    Document document;
    openTiny(document);
    document.addStep(parsedStep(step.toStdString()));
    QSignalSpy looked(&document, &Document::layerLooked);
    document.look("encoder.1.ffn.up", document.plan().recipe);
    QVERIFY(looked.wait(patience));
    const auto look = looked.first().first().value<LayerLook>();
    QVERIFY(look.values);
    QTEST(look.values->slot, "slot");
    QTEST(static_cast<int>(look.values->sets), "sets");
    QTEST(static_cast<int>(look.values->values.size()), "values");
    QVERIFY(std::ranges::is_sorted(look.values->values));
    QVERIFY(look.after->maximum >= look.values->values.back() - 1e-7);
    if (look.values->sets == 1) {
        QCOMPARE(static_cast<float>(look.values->values.front()),
                 static_cast<float>(look.after->minimum));
        QCOMPARE(static_cast<float>(look.values->values.back()),
                 static_cast<float>(look.after->maximum));
    }
    looked.clear();
    document.look("classifier", document.plan().recipe); // which stays as it is
    QVERIFY(looked.wait(patience));
    QVERIFY(!looked.first().first().value<LayerLook>().values);
}

void TestDocumentLooks::spectrumIsThatOfTheWeight_data()
{
    QTest::addColumn<QString>("layer");
    QTest::addColumn<double>("breakEven");
    QTest::newRow("tall") << "encoder.1.ffn.up" << 64.0 * 32 / 96;
    QTest::newRow("wide") << "encoder.0.ffn.down" << 64.0 * 32 / 96;
    QTest::newRow("square") << "encoder.2.attention.key" << 16.0;
    QTest::newRow("low") << "classifier" << 3.0 * 32 / 35;
    QTest::newRow("a norm has none") << "encoder.1.ffn.norm" << 0.0;
}

void TestDocumentLooks::spectrumIsThatOfTheWeight()
{
    QFETCH(QString, layer);
    QFETCH(double, breakEven);
    Document document;
    openTiny(document);
    QSignalSpy found(&document, &Document::spectrumFound);
    document.lookAtSpectrum(layer.toStdString());
    QVERIFY(found.wait(patience));
    const auto spectrum = found.first().first().value<LayerSpectrum>();
    QCOMPARE(spectrum.name, layer.toStdString());
    QCOMPARE(spectrum.breakEven, breakEven);
    const Checkpoint checkpoint = openCheckpoint(m_tiny.folder);
    const at::Tensor weight = denseValues(checkpoint.weights.resolved(spectrum.name).weight);
    if (weight.dim() != 2) {
        QVERIFY(spectrum.values.empty());
        return;
    }
    const at::Tensor values = std::get<1>(at::linalg_svd(weight.to(at::kDouble), false));
    QCOMPARE(static_cast<std::int64_t>(spectrum.values.size()), values.numel());
    const double largest = values[0].item<double>();
    for (std::int64_t i = 0; i < values.numel(); ++i) {
        const double difference =
            spectrum.values[static_cast<std::size_t>(i)] - values[i].item<double>();
        QVERIFY2(std::abs(difference) < 1e-6 * largest, qPrintable(QString::number(i)));
    }
    // The bytes that a rank takes are those the plan counts.
    QVERIFY(spectrum.bytes);
    QCOMPARE(spectrum.bytes->whole, document.model().find(spectrum.name)->bytes);
    for (int rank = 1; rank < breakEven; rank += 3) {
        document.setSteps(
            {{parsedStep("factorize.svd rank=" + std::to_string(rank) + " @ " + spectrum.name),
              true}});
        const auto planned =
            std::ranges::find(document.plan().layers, spectrum.name, &PlanSummary::LayerPlan::name);
        QCOMPARE(planned->bytes, std::optional(spectrum.bytes->atRank(rank)));
    }
}

void TestDocumentLooks::pictureHoldsBlockMeans()
{
    Document document;
    openTiny(document);
    const Recipe recipe{{parsedStep("quantize.affine bits=2")}};
    QSignalSpy made(&document, &Document::pictureMade);
    document.lookAtPicture("encoder.1.ffn.up", recipe);
    QVERIFY(made.wait(patience));
    const auto small = made.first().first().value<LayerPicture>();
    QCOMPARE(small.rows, 64);
    QCOMPARE(small.columns, 32);
    const Checkpoint checkpoint = openCheckpoint(m_tiny.folder);
    const at::Tensor weight =
        denseValues(checkpoint.weights.resolved("encoder.1.ffn.up").weight).contiguous();
    QVERIFY(small.after && small.difference);
    for (std::size_t i = 0; i < small.before.means.size(); ++i) {
        QCOMPARE(small.before.means[i], weight.data_ptr<float>()[i]);
        QCOMPARE(small.before.sizes[i], std::abs(small.before.means[i]));
        QCOMPARE(small.difference->means[i], small.after->means[i] - small.before.means[i]);
    }

    LayerChange large;
    large.name = "large";
    large.before = at::randn({300, 517}, at::kFloat);
    const LayerPicture picture = layerPicture(large, silentProgress());
    QCOMPARE(picture.rows, 256);
    QCOMPARE(picture.columns, 256);
    QVERIFY(!picture.after);
    for (const auto &[row, column] : {std::pair{0, 0}, {17, 200}, {255, 255}}) {
        const at::Tensor block = large.before.slice(0, row * 300 / 256, (row + 1) * 300 / 256)
                                     .slice(1, column * 517 / 256, (column + 1) * 517 / 256);
        const auto place = static_cast<std::size_t>(row * 256 + column);
        QCOMPARE(picture.before.sizes[place], block.abs().mean().item<float>());
        QCOMPARE(picture.before.means[place], block.mean().item<float>());
    }
}

void TestDocumentLooks::optionsCountWhatThePlanCounts()
{
    Document document;
    openTiny(document);
    const std::string layer = "encoder.1.ffn.up";
    QSignalSpy weighed(&document, &Document::optionsWeighed);
    document.weighOptions(layer);
    const auto newest = [&] {
        return weighed.isEmpty() ? LayerOptions() : weighed.last().first().value<LayerOptions>();
    };
    QVERIFY(weighed.wait(patience));
    QTRY_VERIFY_WITH_TIMEOUT(std::ranges::none_of(newest().options,
                                                  [](const LayerOption &option) {
                                                      return option.answer ==
                                                             LayerOption::Answer::Computing;
                                                  }),
                             patience);
    const LayerOptions options = newest();
    QCOMPARE(options.name, layer);
    QCOMPARE(options.bytesBefore, document.model().find(layer)->bytes);
    int errors = 0;
    for (const LayerOption &option : options.options) {
        if (option.answer == LayerOption::Answer::Refused)
            continue;
        document.setSteps({{parsedStep(option.step), true}});
        QVERIFY2(!document.plan().error, option.step.c_str());
        const auto planned =
            std::ranges::find(document.plan().layers, layer, &PlanSummary::LayerPlan::name);
        QVERIFY2(option.bytes == planned->bytes, option.step.c_str());
        if (option.answer != LayerOption::Answer::Known)
            continue;
        QSignalSpy looked(&document, &Document::layerLooked);
        document.look(layer, document.plan().recipe);
        QVERIFY(looked.wait(patience));
        QCOMPARE(option.weightError, looked.first().first().value<LayerLook>().weightError);
        ++errors;
    }
    QVERIFY(errors >= 10);
}

void TestDocumentLooks::optionsSayWhatTheyNeed()
{
    Document document;
    openTiny(document);
    const auto optionsOf = [&](const char *layer) {
        QSignalSpy weighed(&document, &Document::optionsWeighed);
        document.weighOptions(layer);
        if (!weighed.wait(patience))
            return LayerOptions();
        return weighed.first().first().value<LayerOptions>();
    };
    const auto answerTo = [](const LayerOptions &options, std::string_view technique) {
        const auto found = std::ranges::find_if(options.options, [&](const LayerOption &option) {
            return parsedStep(option.step).technique == technique;
        });
        return found == options.options.end() ? LayerOption() : *found;
    };
    using Answer = LayerOption::Answer;
    const LayerOptions first = optionsOf("encoder.0.attention.query");
    QCOMPARE(answerTo(first, "prune.wanda").answer, Answer::NeedsCalibration);
    QCOMPARE(answerTo(first, "prune.first-order").answer, Answer::NeedsCalibration);
    QCOMPARE(answerTo(first, "prune.movement").answer, Answer::NeedsTraining);
    QCOMPARE(answerTo(first, "share.layers").answer, Answer::Refused); // nothing comes before it
    QVERIFY(answerTo(first, "share.layers").reason);
    QCOMPARE(answerTo(first, "prune.layers").answer, Answer::Refused); // not of one layer
    const LayerOptions second = optionsOf("encoder.1.attention.query");
    QCOMPARE(answerTo(second, "share.layers").answer, Answer::Computing);
    QCOMPARE(answerTo(second, "share.layers").bytes, std::optional<std::int64_t>(0));
    // Every technique that acts on the layer is there.
    const Layer &layer = *document.model().find("encoder.1.attention.query");
    for (const TechniqueInfo &technique : techniqueTable())
        QCOMPARE(!answerTo(second, technique.id).step.empty(), technique.actsOn(layer));
}

void TestDocumentLooks::newestLookCounts()
{
    Document document;
    openTiny(document);
    QSignalSpy looked(&document, &Document::layerLooked);
    QSignalSpy found(&document, &Document::spectrumFound);
    QSignalSpy weighed(&document, &Document::optionsWeighed);
    for (const char *layer : {"encoder.0.ffn.up", "encoder.1.ffn.up", "encoder.2.ffn.up"}) {
        document.look(layer, {});
        document.lookAtSpectrum(layer);
    }
    document.weighOptions("encoder.0.ffn.up");
    document.weighOptions("encoder.2.ffn.up");
    QVERIFY(weighed.wait(patience));
    QCOMPARE(looked.count(), 1);
    QCOMPARE(looked.first().first().value<LayerLook>().name, std::string("encoder.2.ffn.up"));
    QCOMPARE(found.count(), 1);
    QCOMPARE(weighed.first().first().value<LayerOptions>().name, std::string("encoder.2.ffn.up"));
    document.stopLooking();
    weighed.clear();
    QTest::qWait(300);
    QCOMPARE(weighed.count(), 0);
}

QTEST_GUILESS_MAIN(TestDocumentLooks)
#include "tst_documentlooks.moc"
