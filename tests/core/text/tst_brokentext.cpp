#include "core/base/error.h"
#include "core/base/files.h"
#include "core/text/corpus.h"
#include "core/text/dataset.h"
#include "core/text/tokenizeroptions.h"
#include "core/text/vocabulary.h"
#include "tests/support/peakmemory.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace pare;

namespace {

constexpr int vocabSize = 8;

void readByName(const std::filesystem::path &file)
{
    const std::string name = file.filename().string();
    if (name.starts_with("vocab"))
        Vocabulary::read(file, vocabSize);
    else if (name.starts_with("config"))
        readTokenizerOptions(file);
    else if (name.starts_with("corpus"))
        readCorpus(file);
    else
        Dataset::read(file);
}

void expectError(const std::filesystem::path &file, const QString &message)
{
    try {
        readByName(file);
        QFAIL("accepted");
    } catch (const Error &error) {
        QCOMPARE(QString::fromUtf8(error.what()),
                 QString::fromStdString(file.string()) + ": " + message);
        QCOMPARE(error.kind(), ErrorKind::InvalidFile);
    }
}

std::string repeated(const std::string &text, int count)
{
    std::string all;
    all.reserve(text.size() * static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        all += text;
    return all;
}

} // namespace

class TestBrokenText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesFile_data();
    void refusesFile();
    void knowsEveryFile();
    void refusesBytes_data();
    void refusesBytes();
    void refusesLargeFilesInLittleMemory_data();
    void refusesLargeFilesInLittleMemory();
    void namesMissingFiles();
};

void TestBrokenText::refusesFile_data()
{
    QTest::addColumn<QString>("message");
    QFile list(PARE_TEST_DATA "/broken/text/expected.txt");
    QVERIFY(list.open(QIODevice::ReadOnly));
    for (const QString &line : QString::fromUtf8(list.readAll()).split('\n', Qt::SkipEmptyParts)) {
        if (line.startsWith('#'))
            continue;
        QTest::newRow(line.section(": ", 0, 0).toUtf8()) << line.section(": ", 1);
    }
}

void TestBrokenText::refusesFile()
{
    QFETCH(QString, message);
    expectError(std::filesystem::path(PARE_TEST_DATA "/broken/text") / QTest::currentDataTag(),
                message);
}

void TestBrokenText::knowsEveryFile()
{
    QFile list(PARE_TEST_DATA "/broken/text/expected.txt");
    QVERIFY(list.open(QIODevice::ReadOnly));
    const QString expected = "\n" + QString::fromUtf8(list.readAll());
    QStringList files = QDir(PARE_TEST_DATA "/broken/text").entryList(QDir::Files);
    QVERIFY(files.removeOne("expected.txt"));
    QVERIFY(files.size() >= 60);
    for (const QString &file : files)
        QVERIFY2(expected.contains("\n" + file + ": "), qPrintable(file));
}

void TestBrokenText::refusesBytes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("message");
    const auto utf8 = [](int line, int byte) {
        return QString("line %1: expected UTF-8, found a byte %2 that cannot stand there")
            .arg(line)
            .arg(byte);
    };
    QTest::newRow("latin 1") << "a.tsv" << QByteArray("text\tlabel\na\tb\ncaf\xe9\tb\n")
                             << utf8(3, 0xe9);
    QTest::newRow("overlong") << "a.csv" << QByteArray("text,label\n\xc0\xaf,b\n") << utf8(2, 0xc0);
    QTest::newRow("surrogate") << "a.jsonl" << QByteArray("{\"text\": \"\xed\xa0\x80\"}\n")
                               << utf8(1, 0xed);
    QTest::newRow("cut at the end")
        << "a.tsv" << QByteArray("text\tlabel\na\tb\xe2\x82") << utf8(2, 0xe2);
    QTest::newRow("past the last character")
        << "a.tsv" << QByteArray("text\tlabel\n\xf4\x90\x80\x80\tb\n") << utf8(2, 0xf4);
    QTest::newRow("UTF-16") << "a.tsv" << QByteArray("\xff\xfet\0e\0x\0t\0", 10) << utf8(1, 0xff);
    QTest::newRow("vocabulary") << "vocab.txt" << QByteArray("[PAD]\n[UNK]\n\x80\n")
                                << utf8(3, 0x80);
    QTest::newRow("corpus") << "corpus.txt" << QByteArray("one\n\ntwo \xff\n") << utf8(3, 0xff);
    QTest::newRow("configuration")
        << "config.json" << QByteArray("{\"a\": \"\xff\"}") << "not valid JSON from byte 8 on";
    QTest::newRow("NULs") << "a.tsv" << QByteArray(64, '\0')
                          << "line 1: expected a column text, or text_a and text_b, found: " +
                                 QString(64, QChar(0xfffd));
    QTest::newRow("only a byte order mark") << "a.tsv" << QByteArray("\xef\xbb\xbf")
                                            << "line 1: expected a header, found an empty file";
}

void TestBrokenText::refusesBytes()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, content);
    QFETCH(QString, message);
    const QTemporaryDir folder;
    const auto file = std::filesystem::path(folder.path().toStdString()) / name.toStdString();
    writeFile(file, content.toStdString());
    expectError(file, message);
}

void TestBrokenText::refusesLargeFilesInLittleMemory_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("begin");
    QTest::addColumn<QString>("middle"); // as often as fits in 8 MB
    QTest::addColumn<QString>("end");
    QTest::newRow("short rows, then a broken one") << "a.tsv"
                                                   << "text\tlabel\n"
                                                   << "a\tb\n"
                                                   << "c\n";
    QTest::newRow("short rows, then an open quote") << "a.csv"
                                                    << "text,label\n"
                                                    << "a,b\n"
                                                    << "\"c";
    QTest::newRow("a quote that never closes") << "a.csv"
                                               << "text,label\n\""
                                               << "a,b\n"
                                               << "";
    QTest::newRow("columns without end") << "a.tsv"
                                         << ""
                                         << "a\t"
                                         << "\n";
    QTest::newRow("columns without end, CSV") << "a.csv"
                                              << ""
                                              << "a,"
                                              << "\n";
    QTest::newRow("cells without end") << "a.tsv"
                                       << "text\tlabel\n"
                                       << "a\t"
                                       << "\n";
    QTest::newRow("brackets without end") << "a.jsonl"
                                          << ""
                                          << "["
                                          << "";
    QTest::newRow("objects without end") << "a.jsonl"
                                         << "{\"a\":"
                                         << "{\"a\":"
                                         << "";
    QTest::newRow("short objects, then a broken one") << "a.jsonl"
                                                      << ""
                                                      << "{\"text\":\"a\",\"label\":\"b\"}\n"
                                                      << "{";
    QTest::newRow("text without end") << "a.jsonl"
                                      << "{\"text\": \""
                                      << "abcdefgh"
                                      << "";
    QTest::newRow("a token too often") << "vocab.txt"
                                       << "[PAD]\n[UNK]\n[CLS]\n[SEP]\n"
                                       << "a\n"
                                       << "";
    QTest::newRow("a configuration too long") << "config.json"
                                              << "{\"a\":\""
                                              << "a"
                                              << "\"}";
}

void TestBrokenText::refusesLargeFilesInLittleMemory()
{
    QFETCH(QString, name);
    QFETCH(QString, begin);
    QFETCH(QString, middle);
    QFETCH(QString, end);
    const QTemporaryDir folder;
    const auto file = std::filesystem::path(folder.path().toStdString()) / name.toStdString();
    constexpr int bytes = 8'000'000;
    writeFile(file, begin.toStdString() +
                        repeated(middle.toStdString(), bytes / int(middle.size())) +
                        end.toStdString());
    const std::int64_t rise =
        peakMemoryOf([&] { QVERIFY_EXCEPTION_THROWN(readByName(file), Error); });
    QVERIFY2(rise < 2 * bytes + 16'000'000, qPrintable(QString::number(rise)));
}

void TestBrokenText::namesMissingFiles()
{
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.path().toStdString();
    for (const char *name : {"a.tsv", "vocab.txt", "corpus.txt"}) {
        try {
            readByName(path / name);
            QFAIL(name);
        } catch (const Error &error) {
            QCOMPARE(error.kind(), ErrorKind::Io);
            QCOMPARE(error.what(), (path / name).string() + ": no such file or folder");
        }
    }
    QVERIFY_EXCEPTION_THROWN(Dataset::read(path), Error);
    QCOMPARE(readTokenizerOptions(path / "config.json"), TokenizerOptions());
}

QTEST_GUILESS_MAIN(TestBrokenText)
#include "tst_brokentext.moc"
