// What the document does with finished runs: words about them, changed answers, comparison, blame.
#include "tests/support/tinyproject.h"

#include "core/project/project.h"

#include <QTemporaryDir>

#include <algorithm>

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

QTEST_GUILESS_MAIN(TestDocumentRuns)
#include "tst_documentruns.moc"
