// The document: models, recipes, runs, and what of them a project keeps.
#include "tests/support/tinyproject.h"

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
