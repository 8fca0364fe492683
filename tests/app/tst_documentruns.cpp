// What the document does with finished runs: words about them, changed answers, comparison, blame.
#include "tests/support/tinyproject.h"

#include "app/report/embedded.h"
#include "app/report/facts.h"
#include "app/report/report.h"
#include "core/project/project.h"
#include "widgets/charts/tradeoffdata.h"

#include <QTemporaryDir>

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

using namespace pare;
using test::patience;
using test::textOf;

class TestDocumentRuns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void wordsAboutRunsAreUndone();
    void undoOfWordsLeavesTheRecipe();
    void deletedRunComesBackWhenMeasured();
    void flipsAreTheRuns();
    void comparisonCountsWhatDiffers();
    void newestQuestionIsAnswered();
    void runsWithoutAnswersSaySo();
    void blameNamesTouchedLayers();
    void blameCanBeCancelled();
    void dataThatIsGoneIsSaid();
    void commandIsTheRuns();
    void importedRunsComeWithWhatWasSaid();
    void everyModelGetsItsRecipe();
    void aReportRestoresRecipesAndPoints();

private:
    /// The project that was measured once, on its own copy.
    void open(Document &document);
    const Run &run(Document &document, const char *name);

    QTemporaryDir m_folder;
    test::TinyModel m_tiny;
    QString m_measured;
    QString m_project;
};

void TestDocumentRuns::initTestCase()
{
    m_tiny = test::makeTinyModel(m_folder.path().toStdString());
    m_measured = m_folder.filePath("measured.pare");
    Document document;
    QVERIFY(test::openTiny(document, m_tiny, m_measured));
    for (const char *step : {"quantize.affine bits=2", "quantize.affine bits=4"})
        QVERIFY(test::measureStep(document, step));
}

void TestDocumentRuns::init()
{
    static int count = 0;
    m_project = m_folder.filePath(QStringLiteral("test%1.pare").arg(++count));
    Project::open(m_measured.toStdString(), Access::ReadOnly).copyTo(m_project.toStdString());
}

void TestDocumentRuns::open(Document &document)
{
    document.openProject(m_project);
    QTRY_COMPARE_WITH_TIMEOUT(document.modelState(), ModelState::Open, patience);
    QTRY_VERIFY_WITH_TIMEOUT(document.currentRun(), patience);
    QCOMPARE(document.runs().size(), std::size_t(2));
}

const Run &TestDocumentRuns::run(Document &document, const char *name)
{
    return *std::ranges::find_if(document.runs(),
                                 [&](const Run &run) { return shortName(run) == name; });
}

void TestDocumentRuns::wordsAboutRunsAreUndone()
{
    std::string id;
    {
        Document document;
        open(document);
        id = run(document, "2 bits").id;
        QSignalSpy changed(&document, &Document::runsChanged);
        document.setRunNotes({{id, {"too coarse", {"paper"}, false}}});
        QCOMPARE(changed.count(), 1);
        document.setRunNotes({{id, {"too coarse", {"paper"}, true}}});
        QVERIFY(document.notesToUndo().at(id).after.deleted);
    }
    Document document; // undo goes on
    open(document);
    QVERIFY(document.runNotes().at(id).deleted);
    document.undo();
    QVERIFY(!document.runNotes().at(id).deleted);
    QCOMPARE(document.runNotes().at(id).text, std::string("too coarse"));
    document.undo();
    QVERIFY(document.runNotes().empty());
    document.redo();
    document.redo();
    QVERIFY(document.runNotes().at(id).deleted);
    QVERIFY(document.notesToRedo().empty());
}

void TestDocumentRuns::undoOfWordsLeavesTheRecipe()
{
    Document document;
    open(document);
    const Choices before = document.choices();
    document.setRunNotes({{document.runs().front().id, {"x", {}, false}}});
    QSignalSpy choices(&document, &Document::choicesChanged);
    QSignalSpy runs(&document, &Document::runsChanged);
    document.undo();
    QCOMPARE(choices.count(), 0); // what is shown stays
    QCOMPARE(runs.count(), 1);
    QCOMPARE(document.choices(), before);
    document.undo(); // now the recipe's turn
    QCOMPARE(choices.count(), 1);
    QVERIFY(!(document.choices() == before));
}

void TestDocumentRuns::deletedRunComesBackWhenMeasured()
{
    Document document;
    open(document);
    const std::string id = document.currentRun()->id;
    document.setRunNotes({{id, {"kept", {}, true}}});
    QSignalSpy finished(&document, &Document::runFinished);
    document.measure();
    QCOMPARE(finished.count(), 1); // without measuring again
    QVERIFY(!document.runNotes().at(id).deleted);
    QCOMPARE(document.runNotes().at(id).text, std::string("kept"));
}

void TestDocumentRuns::flipsAreTheRuns()
{
    Document document;
    open(document);
    const Run &coarse = run(document, "2 bits");
    QSignalSpy found(&document, &Document::flipsFound);
    document.findFlips(coarse.id);
    QVERIFY(found.wait(patience));
    const auto flips = found.first().first().value<RunFlips>();
    QVERIFY(!flips.error);
    QCOMPARE(flips.run, coarse.id);
    QCOMPARE(static_cast<std::int64_t>(flips.flips.size()), answersChanged(coarse));
    QVERIFY(flips.flips.size() > 3);
    QCOMPARE(flips.texts.size(), flips.flips.size());
    QVERIFY(!flips.texts.front().empty());
    QCOMPARE(flips.labels, (std::vector<std::string>{"cold", "mild", "hot"}));
    QCOMPARE(flips.all.accuracy, coarse.measured.metrics.at("accuracy"));
}

void TestDocumentRuns::comparisonCountsWhatDiffers()
{
    Document document;
    open(document);
    const Run &coarse = run(document, "2 bits");
    const Run &fine = run(document, "4 bits");
    QSignalSpy compared(&document, &Document::runsCompared);
    document.compareRuns({fine.id, coarse.id});
    QVERIFY(compared.wait(patience));
    const auto told = compared.first().first().value<RunComparison>();
    QVERIFY(!told.error);
    QCOMPARE(told.accuracies.front(), fine.measured.metrics.at("accuracy"));
    QCOMPARE(told.comparisons.size(), std::size_t(1));
    const Comparison &comparison = told.comparisons.front();
    QCOMPARE(comparison.pairs.n(), fine.examples);
    std::int64_t onlyCoarse = 0;
    std::int64_t onlyFine = 0;
    for (const RunComparison::Difference &difference : told.differences) {
        QCOMPARE(difference.answers.size(), std::size_t(2));
        QVERIFY(difference.answers[0].label != difference.answers[1].label);
        QVERIFY(!difference.text.empty());
        QVERIFY(difference.answers[0].confidence > 1.0 / 3);
        onlyFine += difference.answers[0].label == difference.gold;
        onlyCoarse += difference.answers[1].label == difference.gold;
    }
    QCOMPARE(comparison.pairs.onlyReference, onlyFine);
    QCOMPARE(comparison.pairs.onlyOther, onlyCoarse);
}

void TestDocumentRuns::newestQuestionIsAnswered()
{
    Document document;
    open(document);
    QSignalSpy found(&document, &Document::flipsFound);
    document.findFlips(run(document, "2 bits").id);
    document.findFlips(run(document, "4 bits").id);
    QVERIFY(found.wait(patience));
    QTest::qWait(50);
    QCOMPARE(found.count(), 1);
    QCOMPARE(found.first().first().value<RunFlips>().run, run(document, "4 bits").id);
}

void TestDocumentRuns::runsWithoutAnswersSaySo()
{
    {
        Run run = Project::open(m_project.toStdString(), Access::ReadOnly).runs().front();
        run.id = "0123456789ab";
        Project::open(m_project.toStdString(), Access::ReadWrite).appendRun(run);
    }
    Document document;
    document.openProject(m_project);
    QSignalSpy found(&document, &Document::flipsFound);
    document.findFlips("0123456789ab");
    QCOMPARE(found.count(), 1);
    const auto flips = found.first().first().value<RunFlips>();
    QVERIFY(flips.error);
    QVERIFY(QString::fromStdString(flips.error->text()).contains("0123456789ab"));
    QSignalSpy compared(&document, &Document::runsCompared);
    document.compareRuns({document.runs().front().id, "0123456789ab"});
    QCOMPARE(compared.count(), 1);
    QVERIFY(compared.first().first().value<RunComparison>().error);
}

void TestDocumentRuns::blameNamesTouchedLayers()
{
    Document document;
    open(document);
    const Run &coarse = run(document, "2 bits");
    QSignalSpy found(&document, &Document::flipsFound);
    document.findFlips(coarse.id);
    QVERIFY(found.wait(patience));
    const auto flips = found.first().first().value<RunFlips>();
    const std::vector<std::size_t> examples{flips.flips[0].example, flips.flips[1].example};
    QSignalSpy blamed(&document, &Document::runBlamed);
    document.blame(coarse.id, examples);
    QCOMPARE(document.job().state, JobStatus::State::Running); // told in the strip
    document.blame(coarse.id, examples);                       // is asked already
    QCOMPARE(document.job().waiting, std::size_t(0));
    QVERIFY(blamed.wait(patience));
    QCOMPARE(document.job().state, JobStatus::State::Finished);
    const auto blame = blamed.first().first().value<RunBlame>();
    QCOMPARE(blame.run, coarse.id);
    QCOMPARE(blame.answers.size(), std::size_t(2));
    for (const RunBlame::Answer &answer : blame.answers) {
        QVERIFY(std::ranges::find(examples, answer.example) != examples.end());
        QCOMPARE(answer.layers.size(), std::size_t(18)); // six matrices in each of three blocks
        QVERIFY(std::ranges::is_sorted(answer.layers, std::greater(), &BlamedLayer::gain));
    }
    QCOMPARE(document.runs().size(), std::size_t(2)); // nothing was measured
}

void TestDocumentRuns::blameCanBeCancelled()
{
    Document document;
    open(document);
    QSignalSpy blamed(&document, &Document::runBlamed);
    document.blame(run(document, "2 bits").id, {0, 1, 2, 3});
    document.cancel();
    QTRY_COMPARE_WITH_TIMEOUT(document.job().state, JobStatus::State::Cancelled, patience);
    QCOMPARE(blamed.count(), 0);
}

void TestDocumentRuns::dataThatIsGoneIsSaid()
{
    Document document;
    open(document);
    const std::string id = run(document, "2 bits").id;
    const QString data = textOf(m_tiny.data);
    QVERIFY(QFile::rename(data, data + ".away"));
    QSignalSpy found(&document, &Document::flipsFound);
    document.findFlips(id);
    const bool told = found.wait(patience);
    QVERIFY(QFile::rename(data + ".away", data));
    QVERIFY(told);
    const auto flips = found.first().first().value<RunFlips>();
    QVERIFY(!flips.error); // the figures are known all the same
    QVERIFY(flips.withoutTexts);
    QVERIFY(flips.texts.empty());
    QVERIFY(!flips.flips.empty());
}

void TestDocumentRuns::commandIsTheRuns()
{
    Document document;
    open(document);
    const QString command = Document::commandOf(run(document, "2 bits"));
    QVERIFY(command.startsWith("pare run '" + textOf(m_tiny.folder) + "' --data '"));
    QVERIFY(command.contains("--step 'quantize.affine bits=2"));
    QVERIFY(command.endsWith("--threads 1"));
    Run student = run(document, "2 bits");
    student.distillation = Distillation{parsedStep("kd"), {}, {}, {}, {}, {}};
    QVERIFY(Document::commandOf(student).isEmpty());
}

void TestDocumentRuns::importedRunsComeWithWhatWasSaid()
{
    std::vector<Run> runs = Project::open(m_measured.toStdString(), Access::ReadOnly).runs();
    const RunNotes said{{runs[0].id, {"from the report", {}, false, true}},
                        {runs[1].id, {"new", {"tag"}, false}}};
    const QString project = m_folder.filePath("imported.pare");
    Document document;
    document.openProject(project);
    document.importRuns({runs[0]}, {});
    document.setRunNotes({{runs[0].id, {"mine", {}, false}}});
    QSignalSpy changed(&document, &Document::runsChanged);
    document.importRuns(runs, {}, said);
    QVERIFY(changed.count() > 0);
    QVERIFY(document.runs() == runs); // the first one was there
    QVERIFY((document.runNotes() ==
             RunNotes{{runs[0].id, {"mine", {}, false}}, {runs[1].id, {"new", {"tag"}, false}}}));
    // Without a chosen one: model and data, and no recipe.
    QCOMPARE(document.choices().modelPath, runs[0].modelPath);
    QCOMPARE(document.choices().dataPath, runs[0].dataPath);
    QVERIFY(document.choices().steps.empty());
    document.importRuns(runs, {"nowhere", runs[1].id});
    QVERIFY(document.choices().steps == chosenSteps(runs[1].recipe));
    document.importRuns({}, {runs[0].id}); // nothing of nothing
    QVERIFY(document.choices().steps == chosenSteps(runs[1].recipe));
    document.close();
    Document again;
    again.openProject(project);
    QVERIFY(again.runs() == runs);
}

/// Runs of three models: that of the open one is shown, the others' recipes come back with them, and
/// with what is gone nothing happens.
void TestDocumentRuns::everyModelGetsItsRecipe()
{
    const std::vector<Run> measured =
        Project::open(m_measured.toStdString(), Access::ReadOnly).runs();
    const QString other = m_folder.filePath("other model");
    std::filesystem::copy(m_tiny.folder, other.toStdString(),
                          std::filesystem::copy_options::recursive);
    std::vector<Run> runs{measured[0], measured[0], measured[0]};
    runs[1].id = "of another";
    runs[1].modelPath = other.toStdString();
    runs[1].recipe = Recipe();
    runs[1].recipe.steps.push_back(checked(parsedStep("prune.magnitude sparsity=0.5")));
    runs[2].id = "gone";
    runs[2].modelPath = "/nowhere/model";
    Document document;
    QVERIFY(test::openTiny(document, m_tiny, m_folder.filePath("several.pare")));
    document.importRuns(runs, {runs[2].id, runs[0].id, runs[1].id});
    QCOMPARE(document.choices().modelPath, m_tiny.folder.string());
    QVERIFY(document.choices().steps == chosenSteps(runs[0].recipe));
    document.openModel(other);
    QVERIFY(document.choices().steps == chosenSteps(runs[1].recipe));
    QCOMPARE(document.choices().dataPath, runs[1].dataPath);
    document.addStep(parsedStep("quantize.half"));
    const std::vector<ChosenStep> changed = document.choices().steps;
    document.openModel(textOf(m_tiny.folder)); // and back, each with its own
    QVERIFY(document.choices().steps == chosenSteps(runs[0].recipe));
    document.openModel(other);
    QVERIFY(document.choices().steps == changed);
    document.undo();
    QCOMPARE(document.choices().modelPath, m_tiny.folder.string());
    // Into nothing: the first of them that is there.
    Document fresh;
    fresh.openProject(m_folder.filePath("fresh.pare"));
    fresh.importRuns(runs, {runs[1].id, runs[0].id});
    QCOMPARE(fresh.choices().modelPath, other.toStdString());
    QVERIFY(fresh.choices().steps == chosenSteps(runs[1].recipe));
    fresh.openModel(textOf(m_tiny.folder));
    QVERIFY(fresh.choices().steps == chosenSteps(runs[0].recipe));
}

/// As HTML and PDF leave the window and come back: the same points, and the recipe to the letter.
void TestDocumentRuns::aReportRestoresRecipesAndPoints()
{
    const Project project = Project::open(m_measured.toStdString(), Access::ReadOnly);
    const ReportFacts facts = readFacts(project, silentProgress());
    const std::vector<Run> runs = project.runs();
    for (const ReportFormat format : {ReportFormat::Html, ReportFormat::Pdf}) {
        const QByteArray file = reportFile(facts, format, {});
        const EmbeddedReport report =
            embeddedReport({file.constData(), static_cast<std::size_t>(file.size())}, "report");
        Document document;
        document.openProject(
            m_folder.filePath(QStringLiteral("restored%1.pare").arg(static_cast<int>(format))));
        document.importRuns(report.runs, report.chosen, report.notes);
        QVERIFY(document.runs() == runs);
        for (std::size_t i = 0; i < runs.size(); ++i) {
            const TradeoffPoint point = tradeoffPoint(document.runs()[i]);
            const TradeoffPoint expected = tradeoffPoint(runs[i]);
            QCOMPARE(point.title, expected.title);
            QCOMPARE((std::array{point.x, point.y, point.low, point.high}),
                     (std::array{expected.x, expected.y, expected.low, expected.high}));
        }
        const Run &chosen = facts.groups.front().chosenRun().run;
        QCOMPARE(toJson(document.choices().recipe()).dump(), toJson(chosen.recipe).dump());
    }
}

QTEST_MAIN(TestDocumentRuns)
#include "tst_documentruns.moc"
