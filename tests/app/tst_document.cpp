#include "tests/support/tinyproject.h"

#include "app/document/layerlooks.h"
#include "core/base/error.h"
#include "core/experiment/experiment.h"
#include "core/project/project.h"

#include <QTemporaryDir>

using namespace pare;
using test::patience;
using test::textOf;

namespace {

Step bits(int count)
{
    return parsedStep("quantize.affine bits=" + std::to_string(count));
}

} // namespace

class TestDocument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void modelOpens();
    void modelFromConfigAlone();
    void brokenModelIsTold();
    void planCountsWhatExportWrites();
    void brokenStepIsToldOnItsCard();
    void previewIsNotKept();
    void undoGoesOnAfterRestart();
    void runsAreKept();
    void measuredRecipeIsNotMeasuredAgain();
    void failingJobLeavesDocumentUsable();
    void cancelledJobKeepsNothing();
    void changedDataIsMeasuredAgain();
    void resultOfClosedProjectIsDropped();
    void modelThatWasReplacedIsDropped();
    void secondDocumentIsReadOnly();
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
    void calibrationIsAChoice();
    void calibratedTechniqueAsksForData();
    void calibratedRunIsTheCommandLines();
    void restoredRunBringsItsCalibration();

private:
    void openTiny(Document &document);
    QString calibrationFile() const;
    static bool measured(Document &document);

    QTemporaryDir m_folder;
    test::TinyModel m_tiny;
    QString m_project;
};

void TestDocument::initTestCase()
{
    m_tiny = test::makeTinyModel(m_folder.path().toStdString());
}

void TestDocument::init()
{
    static int count = 0;
    m_project = m_folder.filePath(QStringLiteral("test%1.pare").arg(++count));
}

void TestDocument::openTiny(Document &document)
{
    QVERIFY(test::openTiny(document, m_tiny, m_project));
}

/// Labelled examples that are not those it is measured on.
QString TestDocument::calibrationFile() const
{
    const QString path = m_folder.filePath(QStringLiteral("train.tsv"));
    writeFile(path.toStdString(), "text\tlabel\nsun heat sand\thot\nice snow\tcold\nrain fog "
                                  "wind\tmild\nsand sun\thot\nsnow wind ice\tcold\n");
    return path;
}

bool TestDocument::measured(Document &document)
{
    QSignalSpy finished(&document, &Document::runFinished);
    document.measure();
    return finished.count() > 0 || finished.wait(patience);
}

void TestDocument::modelOpens()
{
    Document document;
    openTiny(document);
    QCOMPARE(document.model().architecture, std::string("bert"));
    QCOMPARE(document.model().blocks, 3);
    QVERIFY(document.model().weightsKnown);
    QVERIFY(!document.modelError());
    QCOMPARE(document.plan().bytes, std::optional(document.model().bytes));
    QCOMPARE(static_cast<std::uint64_t>(document.model().bytes),
             std::filesystem::file_size(m_tiny.folder / "model.safetensors"));
}

void TestDocument::modelFromConfigAlone()
{
    Document document;
    document.openProject(m_project);
    document.openModel(textOf(m_tiny.config));
    QTRY_COMPARE_WITH_TIMEOUT(document.modelState(), ModelState::Open, patience);
    QVERIFY(!document.model().weightsKnown);
    QVERIFY(document.plan().bytes);
}

void TestDocument::brokenModelIsTold()
{
    Document document;
    document.openProject(m_project);
    document.openModel(m_folder.filePath("nowhere"));
    QTRY_COMPARE_WITH_TIMEOUT(document.modelState(), ModelState::Failed, patience);
    QVERIFY(document.modelError());
    QVERIFY(QString::fromStdString(document.modelError()->text()).contains("nowhere"));
    document.openModel(textOf(m_tiny.folder));
    QTRY_COMPARE_WITH_TIMEOUT(document.modelState(), ModelState::Open, patience);
}

void TestDocument::planCountsWhatExportWrites()
{
    Document document;
    openTiny(document);
    document.addStep(bits(4));
    QVERIFY(!document.plan().error);
    const std::optional<std::int64_t> planned = document.plan().bytes;
    QVERIFY(planned);
    QVERIFY(*planned < document.model().bytes);
    QCOMPARE(document.plan().steps.front().layers, 18); // six matrices in each of three blocks
    QCOMPARE(document.plan().steps.front().bytes, std::optional(document.model().bytes - *planned));
    QVERIFY(measured(document));
    QCOMPARE(document.runs().back().measured.bytes, *planned);
    QTRY_VERIFY_WITH_TIMEOUT(document.currentRun(), patience);
}

void TestDocument::brokenStepIsToldOnItsCard()
{
    Document document;
    openTiny(document);
    QSignalSpy failed(&document, &Document::failed);
    document.addStep(parsedStep("quantize.affine bits=99"));
    QCOMPARE(failed.count(), 1);
    QVERIFY(document.choices().steps.empty());
    document.addStep(bits(8));
    document.addStep(parsedStep("quantize.affine bits=4 @ nothing.has.this.name"));
    QVERIFY(!document.plan().steps.at(0).error);
    QVERIFY(document.plan().steps.at(1).error);
    QVERIFY(document.plan().error);
    document.setStepEnabled(1, false);
    QVERIFY(!document.plan().error);
}

void TestDocument::previewIsNotKept()
{
    Document document;
    openTiny(document);
    document.addStep(bits(8));
    const std::optional<std::int64_t> before = document.plan().bytes;
    const Choices choices = document.choices();
    document.previewStep(0, bits(2));
    QVERIFY(document.plan().bytes < before);
    QCOMPARE(document.choices(), choices);
    document.undo();
    QVERIFY(document.choices().steps.empty());
}

void TestDocument::undoGoesOnAfterRestart()
{
    {
        Document document;
        openTiny(document);
        document.addStep(bits(8));
        document.replaceStep(0, bits(4));
        document.undo();
        QCOMPARE(document.choices().steps.front().step.integer("bits"), 8);
    }
    Document document;
    document.openProject(m_project);
    QTRY_COMPARE_WITH_TIMEOUT(document.modelState(), ModelState::Open, patience);
    QVERIFY(document.canRedo());
    document.redo();
    QCOMPARE(document.choices().steps.front().step.integer("bits"), 4);
    document.undo();
    document.undo();
    QVERIFY(document.choices().steps.empty());
    QCOMPARE(document.choices().threads, 1);
    QCOMPARE(document.choices().modelPath, m_tiny.folder.string());
}

void TestDocument::runsAreKept()
{
    std::string id;
    {
        Document document;
        openTiny(document);
        document.addStep(bits(8));
        QVERIFY(measured(document));
        QCOMPARE(document.runs().size(), 1u);
        id = document.runs().front().id;
    }
    Document document;
    document.openProject(m_project);
    QCOMPARE(document.runs().size(), 1u);
    QCOMPARE(document.runs().front().id, id);
    QTRY_VERIFY_WITH_TIMEOUT(document.currentRun(), patience);
    document.removeStep(0);
    QVERIFY(!document.currentRun());
    document.restoreRun(id);
    QVERIFY(document.currentRun());
}

void TestDocument::measuredRecipeIsNotMeasuredAgain()
{
    Document document;
    openTiny(document);
    QVERIFY(measured(document));
    QTRY_VERIFY_WITH_TIMEOUT(document.currentRun(), patience);
    QSignalSpy finished(&document, &Document::runFinished);
    document.measure();
    QCOMPARE(finished.count(), 1); // at once, from what is stored
    QCOMPARE(document.runs().size(), 1u);
}

void TestDocument::failingJobLeavesDocumentUsable()
{
    Document document;
    openTiny(document);
    const auto broken = m_folder.filePath("broken.tsv");
    writeFile(broken.toStdString(), "text\tlabel\nsun\thot\n");
    QVERIFY(test::chooseData(document, DataUse::Measuring, broken));
    writeFile(broken.toStdString(), "text\tlabel\nsun\thot\nno label here\n");
    QSignalSpy failed(&document, &Document::failed);
    document.measure();
    QVERIFY(failed.wait(patience));
    QCOMPARE(document.job().state, JobStatus::State::Failed);
    QVERIFY(document.job().error);
    QVERIFY(document.runs().empty());
    QVERIFY(test::chooseData(document, DataUse::Measuring, textOf(m_tiny.data)));
    QVERIFY(measured(document));
    QCOMPARE(document.job().state, JobStatus::State::Finished);
}

void TestDocument::cancelledJobKeepsNothing()
{
    Document document;
    openTiny(document);
    QSignalSpy jobs(&document, &Document::jobChanged);
    document.measure();
    document.measure(); // asks for what is under way
    QCOMPARE(document.job().state, JobStatus::State::Running);
    QCOMPARE(document.job().waiting, 0u);
    document.cancel();
    QTRY_VERIFY_WITH_TIMEOUT(document.job().state == JobStatus::State::Cancelled, patience);
    QVERIFY(document.runs().empty());
    QVERIFY(measured(document));
    QCOMPARE(document.runs().size(), 1u);
}

void TestDocument::changedDataIsMeasuredAgain()
{
    const test::TinyModel tiny = test::makeTinyModel(m_folder.filePath("replaced").toStdString());
    {
        Document document;
        document.openProject(m_project);
        document.openModel(textOf(tiny.folder));
        QTRY_COMPARE_WITH_TIMEOUT(document.modelState(), ModelState::Open, patience);
        QVERIFY(test::chooseData(document, DataUse::Measuring, textOf(tiny.data)));
        QVERIFY(measured(document));
        QTRY_VERIFY_WITH_TIMEOUT(document.currentRun(), patience);
    }
    QFile labels(textOf(tiny.data));
    QVERIFY(labels.open(QIODevice::ReadWrite));
    QByteArray rows = labels.readAll();
    QVERIFY(labels.resize(rows.lastIndexOf('\n', -2) + 1)); // one example less, same path
    labels.close();
    Document document;
    document.openProject(m_project);
    QTRY_VERIFY_WITH_TIMEOUT(!document.identity().data.empty(), patience);
    QVERIFY(!document.currentRun());
    QCOMPARE(document.runs().size(), 1u);
}

void TestDocument::resultOfClosedProjectIsDropped()
{
    Document document;
    openTiny(document);
    QSignalSpy finished(&document, &Document::runFinished);
    document.measure();
    document.close();
    QVERIFY(!document.hasProject());
    QCOMPARE(document.job().state, JobStatus::State::Idle);
    QTest::qWait(300);
    QCOMPARE(finished.count(), 0);
    QVERIFY(document.runs().empty());
}

void TestDocument::modelThatWasReplacedIsDropped()
{
    Document document;
    document.openProject(m_project);
    document.openModel(m_folder.filePath("nowhere"));
    document.openModel(textOf(m_tiny.folder));
    QTRY_COMPARE_WITH_TIMEOUT(document.modelState(), ModelState::Open, patience);
    QTest::qWait(100);
    QCOMPARE(document.modelState(), ModelState::Open);
}

void TestDocument::secondDocumentIsReadOnly()
{
    Document document;
    openTiny(document);
    document.addStep(bits(8));
    Document second;
    QSignalSpy failed(&second, &Document::failed);
    second.openProject(m_project);
    QVERIFY(second.isReadOnly());
    QCOMPARE(failed.count(), 0); // the window shows the state as long as it lasts
    const Choices choices = second.choices();
    QCOMPARE(choices, document.choices());
    second.addStep(bits(2));
    second.undo();
    QCOMPARE(second.choices(), choices);
}

void TestDocument::lookTellsBeforeAndAfter()
{
    Document document;
    openTiny(document);
    document.addStep(bits(2));
    QSignalSpy looked(&document, &Document::layerLooked);
    document.look("encoder.1.ffn.up", document.plan().recipe);
    QVERIFY(looked.wait(patience));
    const auto look = looked.first().first().value<LayerLook>();
    QCOMPARE(look.name, std::string("encoder.1.ffn.up"));
    QCOMPARE(look.before.count, 64 * 32);
    QVERIFY(look.after);
    QVERIFY(look.weightError > 0.05 && look.weightError < 1);
}

void TestDocument::lookSaysWhatItCannotKnow_data()
{
    QTest::addColumn<QString>("step");
    QTest::newRow("looks at data") << "prune.wanda sparsity=0.5";
    QTest::newRow("one threshold") << "prune.magnitude sparsity=0.5 scope=global";
}

void TestDocument::lookSaysWhatItCannotKnow()
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

void TestDocument::lookTellsTheValuesOfACodec_data()
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
void TestDocument::lookTellsTheValuesOfACodec()
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

void TestDocument::spectrumIsThatOfTheWeight_data()
{
    QTest::addColumn<QString>("layer");
    QTest::addColumn<double>("breakEven");
    QTest::newRow("tall") << "encoder.1.ffn.up" << 64.0 * 32 / 96;
    QTest::newRow("wide") << "encoder.0.ffn.down" << 64.0 * 32 / 96;
    QTest::newRow("square") << "encoder.2.attention.key" << 16.0;
    QTest::newRow("low") << "classifier" << 3.0 * 32 / 35;
    QTest::newRow("a norm has none") << "encoder.1.ffn.norm" << 0.0;
}

void TestDocument::spectrumIsThatOfTheWeight()
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

void TestDocument::pictureHoldsBlockMeans()
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

void TestDocument::optionsCountWhatThePlanCounts()
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

void TestDocument::optionsSayWhatTheyNeed()
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

void TestDocument::newestLookCounts()
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

void TestDocument::calibrationIsAChoice()
{
    const QString file = calibrationFile();
    {
        Document document;
        openTiny(document);
        QCOMPARE(document.choices().calibrationExamples, 128);
        QVERIFY(test::chooseData(document, DataUse::Calibration, textOf(m_tiny.data)));
        QVERIFY(test::chooseData(document, DataUse::Calibration, file));
        document.setCalibrationExamples(3);
        QCOMPARE(document.choices().dataPath, m_tiny.data.string());
        document.undo();
        QCOMPARE(document.choices().calibrationExamples, 128);
        document.undo();
        QCOMPARE(document.choices().calibrationPath, m_tiny.data.string());
        document.redo();
        document.redo();
    }
    Document document;
    document.openProject(m_project);
    QCOMPARE(document.choices().calibrationPath, file.toStdString());
    QCOMPARE(document.choices().calibrationExamples, 3);
    QTRY_COMPARE_WITH_TIMEOUT(document.identity().calibrationRows, 5, patience);
    document.setData(DataUse::Calibration, {});
    QVERIFY(document.choices().calibrationPath.empty());
    QVERIFY(document.installedData(DataUse::Calibration).isEmpty()); // it is not the demo
}

void TestDocument::calibratedTechniqueAsksForData()
{
    Document document;
    openTiny(document);
    document.addStep(parsedStep("prune.wanda sparsity=0.5"));
    QVERIFY(!document.plan().error); // what it would save is known
    QVERIFY(document.plan().bytes < document.model().bytes);
    QVERIFY(document.uncalibratedTechnique());
    QCOMPARE(document.uncalibratedTechnique()->id, std::string_view("prune.wanda"));
    QSignalSpy failed(&document, &Document::failed);
    document.measure();
    QCOMPARE(failed.count(), 1);
    QVERIFY(QString::fromStdString(failed.first().first().value<Message>().text())
                .startsWith("prune.wanda "));
    QCOMPARE(document.job().state, JobStatus::State::Idle);
    document.setStepEnabled(0, false);
    QVERIFY(!document.uncalibratedTechnique());
    document.setStepEnabled(0, true);
    QVERIFY(test::chooseData(document, DataUse::Calibration, calibrationFile()));
    QVERIFY(!document.uncalibratedTechnique());
}

void TestDocument::calibratedRunIsTheCommandLines()
{
    Document document;
    openTiny(document);
    document.addStep(parsedStep("quantize.gptq bits=4"));
    QVERIFY(!document.asCommand().contains("--calibration"));
    QVERIFY(test::chooseData(document, DataUse::Calibration, calibrationFile()));
    document.setCalibrationExamples(4);
    QVERIFY(document.asCommand().contains(
        QString("--calibration '%1' --calibration-examples 4 --step").arg(calibrationFile())));
    QVERIFY(measured(document));
    const Run &run = document.runs().front();
    QCOMPARE(run.calibrationExamples, 4);
    QTRY_VERIFY_WITH_TIMEOUT(document.currentRun(), patience);

    const ExperimentOptions options{m_tiny.folder,
                                    m_tiny.data.string(),
                                    0,
                                    1,
                                    ExperimentOptions().batchTokens,
                                    calibrationFile().toStdString(),
                                    4};
    QCOMPARE(run.id, Experiment(options, silentProgress()).idOf(document.plan().recipe));

    document.setCalibrationExamples(100); // more than there are: all five
    QVERIFY(!document.currentRun());
    QVERIFY(measured(document));
    QCOMPARE(document.runs().size(), 2u);
    QCOMPARE(document.runs().back().calibrationExamples, 5);
    QVERIFY(document.runs().back().id != run.id);
    QTRY_VERIFY_WITH_TIMEOUT(document.currentRun(), patience);
}

void TestDocument::restoredRunBringsItsCalibration()
{
    Document document;
    openTiny(document);
    document.addStep(parsedStep("prune.wanda sparsity=0.5"));
    QVERIFY(test::chooseData(document, DataUse::Calibration, calibrationFile()));
    document.setCalibrationExamples(4);
    QVERIFY(measured(document));
    QTRY_VERIFY_WITH_TIMEOUT(document.currentRun(), patience);
    const std::string id = document.currentRun()->id;
    document.removeStep(0);
    document.setCalibrationExamples(2);
    document.setData(DataUse::Calibration, {});
    document.restoreRun(id);
    QCOMPARE(document.choices().calibrationPath, calibrationFile().toStdString());
    QCOMPARE(document.choices().calibrationExamples, 4);
    QTRY_VERIFY_WITH_TIMEOUT(document.currentRun(), patience);
    QCOMPARE(document.currentRun()->id, id);
}

QTEST_GUILESS_MAIN(TestDocument)
#include "tst_document.moc"
