// The document's long jobs as a queue: in which order, held, taken off, tried again.
#include "tests/support/tinyproject.h"

#include "app/document/document.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace pare;

namespace {

constexpr int patience = 60000; // milliseconds; far more than it takes

} // namespace

class TestDocumentQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void waitingJobsChangePlaces();
    void pausedJobHolds();
    void failedJobIsTriedAgain();
    void anotherProjectEndsIt();
    void curveOfAClosedProject();

private:
    void measure(int bits);
    std::vector<JobEntry::State> states() const;

    QTemporaryDir m_folder;
    test::TinyModel m_tiny;
    QString m_project;
    std::unique_ptr<Document> m_document;
};

void TestDocumentQueue::initTestCase()
{
    m_tiny = test::makeTinyModel(m_folder.path().toStdString());
}

void TestDocumentQueue::init()
{
    static int count = 0;
    m_document = std::make_unique<Document>();
    m_project = m_folder.filePath(QStringLiteral("queue%1.pare").arg(++count));
    m_document->openProject(m_project);
    m_document->openModel(QString::fromStdString(m_tiny.folder.string()));
    QTRY_COMPARE_WITH_TIMEOUT(m_document->modelState(), ModelState::Open, patience);
    QVERIFY(test::chooseData(*m_document, DataUse::Measuring, test::textOf(m_tiny.data)));
    m_document->setThreads(1);
}

void TestDocumentQueue::measure(int bits)
{
    m_document->setSteps({{parsedStep("quantize.affine bits=" + std::to_string(bits)), true}});
    m_document->measure();
}

std::vector<JobEntry::State> TestDocumentQueue::states() const
{
    std::vector<JobEntry::State> states;
    for (const JobEntry &entry : m_document->jobEntries())
        states.push_back(entry.state);
    return states;
}

void TestDocumentQueue::waitingJobsChangePlaces()
{
    using enum JobEntry::State;
    measure(8);
    m_document->pauseJob(); // before it can end
    for (const int bits : {4, 3, 2})
        measure(bits);
    QCOMPARE(states(), (std::vector{Paused, Waiting, Waiting, Waiting}));
    QCOMPARE(m_document->job().waiting, 3u);
    const std::vector<JobEntry> before = m_document->jobEntries();
    m_document->moveJobFirst(before[3].number);
    m_document->cancelJob(before[1].number);
    QTRY_COMPARE(m_document->job().waiting, 2u);
    QCOMPARE(m_document->job().state, JobStatus::State::Running); // which the one taken off is not
    QCOMPARE(m_document->jobEntries()[1].number, before[3].number);
    QCOMPARE(states().back(), Cancelled);
    QVERIFY(m_document->jobEntries().back().repeatable);
    m_document->continueJob();
    QTRY_COMPARE_WITH_TIMEOUT(m_document->runs().size(), 3u, patience);
    QStringList measured;
    for (const Run &run : m_document->runs())
        measured << QString::fromStdString(run.recipe.steps.front().settings.at("bits"));
    QCOMPARE(measured, QStringList({"8", "2", "3"}));
    QTRY_COMPARE(states(), (std::vector{Finished, Finished, Finished, Cancelled}));
    QVERIFY(!m_document->jobEntries().front().figure.empty());
    QVERIFY(m_document->jobEntries().front().seconds > 0);
}

void TestDocumentQueue::pausedJobHolds()
{
    measure(8);
    m_document->pauseJob();
    QVERIFY(m_document->job().paused);
    QTest::qWait(300);
    QVERIFY(m_document->runs().empty());
    m_document->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(m_document->job().state, JobStatus::State::Cancelled, patience);
    QVERIFY(!m_document->job().paused);
    m_document->continueJob(); // of nothing
    QSignalSpy finished(m_document.get(), &Document::runFinished);
    m_document->repeatJob(m_document->jobEntries().front().number);
    QVERIFY(finished.count() > 0 || finished.wait(patience));
    QCOMPARE(m_document->runs().size(), 1u);
    m_document->repeatJob(m_document->jobEntries().back().number); // once is enough
    QVERIFY(m_document->job().state != JobStatus::State::Running);
}

void TestDocumentQueue::failedJobIsTriedAgain()
{
    const QString data = m_folder.filePath(QStringLiteral("later.tsv"));
    writeFile(data.toStdString(), "text\tlabel\nsun\thot\n");
    QVERIFY(test::chooseData(*m_document, DataUse::Measuring, data));
    writeFile(data.toStdString(), "text\tlabel\nsun\thot\nno label here\n");
    measure(8);
    QTRY_COMPARE_WITH_TIMEOUT(states(), std::vector{JobEntry::State::Failed}, patience);
    QVERIFY(m_document->jobEntries().front().error);
    writeFile(data.toStdString(), "text\tlabel\nsun\thot\nice\tcold\n");
    m_document->repeatJob(m_document->jobEntries().front().number);
    QTRY_COMPARE_WITH_TIMEOUT(m_document->runs().size(), 1u, patience);
}

void TestDocumentQueue::anotherProjectEndsIt()
{
    measure(8);
    m_document->pauseJob();
    measure(4);
    m_document->cancelJob(m_document->jobEntries()[1].number);
    QTRY_COMPARE(states(), (std::vector{JobEntry::State::Paused, JobEntry::State::Cancelled}));
    m_document->openProject(m_folder.filePath(QStringLiteral("another.pare")));
    QCOMPARE(states(), std::vector{JobEntry::State::Cancelled});
    QVERIFY(!m_document->jobEntries().front().repeatable);
}

void TestDocumentQueue::curveOfAClosedProject()
{
    measure(8);
    QTRY_COMPARE_WITH_TIMEOUT(m_document->runs().size(), 1u, patience);
    m_document->close();
    QSignalSpy read(m_document.get(), &Document::curveRead);
    m_document->readCurve(QStringLiteral("/nowhere/gone.pare"));
    m_document->readCurve(m_project);
    QVERIFY(read.wait(patience));
    const auto curve = read.first().first().value<ProjectCurve>();
    QCOMPARE(QString::fromStdString(curve.path), m_project);
    QCOMPARE(curve.points.size(), 1u);
    QVERIFY(curve.points.front().first > 0);
}

QTEST_GUILESS_MAIN(TestDocumentQueue)
#include "tst_documentqueue.moc"
