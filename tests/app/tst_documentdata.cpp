// Files of data are looked at before they are chosen: those that cannot be used are refused in words, and
// what was chosen before stays.
#include "tests/support/tinyproject.h"

#include <QTemporaryDir>

using namespace pare;
using test::patience;
using test::textOf;

class TestDocumentData : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_tiny = test::makeTinyModel(m_folder.path().toStdString()); }
    void init();
    void goodFileSaysWhatItHolds();
    void badFileIsRefused_data();
    void badFileIsRefused();
    void calibrationIsLookedAtToo();
    void newestChoiceCounts();
    void mendedFileIsReadAgain();
    void goneFileIsToldOnOpening();
    void anotherModelKnowsOtherLabels();
    void withoutAProjectItSaysSo();

private:
    QString written(const char *name, const std::string &content) const;
    const DataState &state() const { return m_document->dataState(DataUse::Measuring); }

    QTemporaryDir m_folder;
    test::TinyModel m_tiny;
    QString m_project;
    std::unique_ptr<Document> m_document;
};

void TestDocumentData::init()
{
    static int count = 0;
    m_document = std::make_unique<Document>();
    m_project = m_folder.filePath(QStringLiteral("data%1.pare").arg(++count));
    QVERIFY(test::openTiny(*m_document, m_tiny, m_project));
}

QString TestDocumentData::written(const char *name, const std::string &content) const
{
    const QString path = m_folder.filePath(QLatin1String(name));
    writeFile(path.toStdString(), content);
    return path;
}

void TestDocumentData::goodFileSaysWhatItHolds()
{
    QVERIFY(state().chosen && !state().chosen->error);
    QCOMPARE(state().chosen->rows, 96);
    QCOMPARE(state().chosen->groups, 3);
    const QString two = written("two.tsv", "text\tlabel\nsun\thot\nice\tcold\n\thot\n");
    m_document->setData(DataUse::Measuring, two);
    QCOMPARE(state().pending, two.toStdString()); // nothing waited for it
    QCOMPARE(m_document->choices().dataPath, m_tiny.data.string());
    QTRY_COMPARE_WITH_TIMEOUT(m_document->choices().dataPath, two.toStdString(), patience);
    QVERIFY(state().pending.empty());
    QCOMPARE(state().chosen->rows, 3);
    QCOMPARE(state().chosen->groups, 2);
    QCOMPARE(state().chosen->modelLabels, 3);
    QTRY_COMPARE_WITH_TIMEOUT(m_document->identity().data, state().chosen->hash, patience);
}

void TestDocumentData::badFileIsRefused_data()
{
    QTest::addColumn<QString>("content"); // null: there is no file
    QTest::addColumn<QString>("told");    // after the path
    QTest::newRow("empty") << QString("") << ": line 1: expected a header, found an empty file";
    QTest::newRow("no header") << QString("sun\thot\nice\tcold\n")
                               << ": line 1: expected a column text, or text_a and text_b, found: "
                                  "sun, hot";
    QTest::newRow("wrong header") << QString("text\tclass\nsun\thot\n")
                                  << ": line 1: expected a column label or score, found: text, "
                                     "class";
    QTest::newRow("only a header")
        << QString("text\tlabel\n") << ": expected at least one row of data, found none";
    QTest::newRow("missing tab") << QString("text\tlabel\nsun\thot\nice cold\n")
                                 << ": line 3: expected 2 columns as in the header, found 1";
    QTest::newRow("no label") << QString("text\tlabel\nsun\t\n")
                              << ": line 2: expected a label, found nothing";
    QTest::newRow("unknown label") << QString("text\tlabel\nsun\thot\nice\tfreezing\n")
                                   << ": line 3: the model does not know the label \"freezing\"; "
                                      "expected one of: cold, mild, hot";
    QTest::newRow("scores") << QString("text_a\ttext_b\tscore\nsun\tice\t0.5\n")
                            << ": holds scores; only data with labels can be measured";
    QTest::newRow("gone") << QString() << QString();
}

void TestDocumentData::badFileIsRefused()
{
    QFETCH(QString, content);
    QFETCH(QString, told);
    const QString path = m_folder.filePath(QStringLiteral("bad.tsv"));
    QFile::remove(path);
    if (!content.isNull())
        writeFile(path.toStdString(), content.toStdString());
    const Choices before = m_document->choices();
    QSignalSpy failed(m_document.get(), &Document::failed);
    QVERIFY(!test::chooseData(*m_document, DataUse::Measuring, path));
    QCOMPARE(failed.count(), 1);
    const QString text = QString::fromStdString(failed[0][0].value<Message>().text());
    QVERIFY2(content.isNull() ? text.contains("bad.tsv") : text == path + told, qPrintable(text));
    QCOMPARE(QString::fromStdString(state().refused->error->text()), text);
    QCOMPARE(m_document->choices(), before);
    QCOMPARE(state().chosen->rows, 96);
    QVERIFY(!m_document->isReadOnly() && m_document->canUndo());
    // What is chosen next is what is told of.
    QVERIFY(test::chooseData(*m_document, DataUse::Measuring, textOf(m_tiny.data)));
    QVERIFY(!state().refused);
}

void TestDocumentData::calibrationIsLookedAtToo()
{
    const QString bad = written("calibration.tsv", "text\tlabel\nsun\tfreezing\n");
    QVERIFY(!test::chooseData(*m_document, DataUse::Calibration, bad));
    QVERIFY(m_document->choices().calibrationPath.empty());
    QVERIFY(!state().refused);
    QVERIFY(test::chooseData(*m_document, DataUse::Calibration, textOf(m_tiny.data)));
    QCOMPARE(m_document->dataState(DataUse::Calibration).chosen->rows, 96);
    m_document->setData(DataUse::Calibration, {});
    QVERIFY(m_document->choices().calibrationPath.empty()); // there is nothing to look at
    QVERIFY(!m_document->dataState(DataUse::Calibration).chosen);
    m_document->undo();
    QTRY_VERIFY_WITH_TIMEOUT(m_document->dataState(DataUse::Calibration).chosen, patience);
}

void TestDocumentData::newestChoiceCounts()
{
    const QString one = written("one.tsv", "text\tlabel\nsun\thot\n");
    const QString other = written("other.tsv", "text\tlabel\nice\tcold\n");
    QSignalSpy failed(m_document.get(), &Document::failed);
    m_document->setData(DataUse::Measuring, m_folder.filePath("nowhere.tsv"));
    m_document->setData(DataUse::Measuring, one);
    QVERIFY(test::chooseData(*m_document, DataUse::Measuring, other));
    QCOMPARE(m_document->choices().dataPath, other.toStdString());
    m_document->undo();
    QCOMPARE(m_document->choices().threads, 1);
    QCOMPARE(m_document->choices().dataPath, m_tiny.data.string());
    QCOMPARE(failed.count(), 0);
}

void TestDocumentData::mendedFileIsReadAgain()
{
    const QString path = written("mended.tsv", "text\tlabel\nsun\thot\n");
    QVERIFY(test::chooseData(*m_document, DataUse::Measuring, path));
    QTRY_VERIFY_WITH_TIMEOUT(!m_document->identity().data.empty(), patience);
    const std::string before = m_document->identity().data;
    written("mended.tsv", "text\tlabel\nsun\thot\nice\tcold\n");
    QVERIFY(test::chooseData(*m_document, DataUse::Measuring, path));
    QCOMPARE(state().chosen->rows, 2);
    QTRY_VERIFY_WITH_TIMEOUT(
        !m_document->identity().data.empty() && m_document->identity().data != before, patience);
}

void TestDocumentData::goneFileIsToldOnOpening()
{
    const QString path = written("gone.tsv", "text\tlabel\nsun\thot\n");
    QVERIFY(test::chooseData(*m_document, DataUse::Measuring, path));
    m_document->close();
    QVERIFY(!state().chosen);
    QVERIFY(QFile::remove(path));
    QSignalSpy failed(m_document.get(), &Document::failed);
    m_document->openProject(m_project);
    QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, patience);
    QVERIFY(failed[0][0].value<Message>().text().find("gone.tsv") != std::string::npos);
    QCOMPARE(m_document->choices().dataPath, path.toStdString());
    QVERIFY(state().chosen->error);
    // Once it is there again, measuring finds that out.
    QTRY_COMPARE_WITH_TIMEOUT(m_document->modelState(), ModelState::Open, patience);
    written("gone.tsv", "text\tlabel\nsun\thot\n");
    QSignalSpy finished(m_document.get(), &Document::runFinished);
    m_document->measure();
    QVERIFY(finished.wait(patience));
    QVERIFY(state().chosen && !state().chosen->error);
    QTRY_VERIFY_WITH_TIMEOUT(m_document->currentRun(), patience);
    QCOMPARE(failed.count(), 1);
}

void TestDocumentData::anotherModelKnowsOtherLabels()
{
    NetworkSpecification specification = test::tinyBert();
    specification.labels = {"wet", "dry", "hot"};
    const Checkpoint tiny = openCheckpoint(m_tiny.folder);
    const std::filesystem::path other = m_folder.filePath("other").toStdString();
    writeModel(other, specification, tiny.weights, m_tiny.folder);
    QSignalSpy failed(m_document.get(), &Document::failed);
    m_document->openModel(textOf(other));
    QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, patience);
    QVERIFY(state().chosen->error);
    QCOMPARE(m_document->choices().dataPath, m_tiny.data.string()); // it was theirs before
    // Chosen while a model opens, they are looked at beside that model.
    m_document->openModel(textOf(m_tiny.folder));
    QVERIFY(test::chooseData(*m_document, DataUse::Measuring, textOf(m_tiny.data)));
    m_document->setData(DataUse::Measuring, textOf(m_tiny.data));
    m_document->openModel(textOf(other));
    QTRY_VERIFY_WITH_TIMEOUT(state().pending.empty(), patience);
    QVERIFY(state().refused);
}

void TestDocumentData::withoutAProjectItSaysSo()
{
    Document document;
    QSignalSpy failed(&document, &Document::failed);
    document.setData(DataUse::Measuring, textOf(m_tiny.data));
    QCOMPARE(failed.count(), 1);
    QVERIFY(!document.hasProject());
}

QTEST_GUILESS_MAIN(TestDocumentData)
#include "tst_documentdata.moc"
