#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/text/corpus.h"
#include "core/text/dataset.h"
#include "tests/support/peakmemory.h"

#include <QTemporaryDir>
#include <QTest>

#include <clocale>

using namespace pare;

namespace {

const std::filesystem::path data = PARE_TEST_DATA "/text";

} // namespace

class TestDataset : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsLabelledTexts_data();
    void readsLabelledTexts();
    void readsScoredPairs_data();
    void readsScoredPairs();
    void readsNumbersUnderAGermanLocale();
    void ignoresAnswers();
    void takesNumbersAsLabels();
    void acceptsRowsWithOneBlankColumn();
    void passesOverBlankLinesAtTheEnd_data();
    void passesOverBlankLinesAtTheEnd();
    void hashesTheContent();
    void savesWhatItHolds();
    void refusesToSaveWhatTsvCannotHold();
    void keepsMemoryNearTheFile();
    void readsPlainCorpus();
    void readsTableAsCorpus();
};

void TestDataset::readsLabelledTexts_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"reviews.tsv", "reviews.csv", "reviews.jsonl"})
        QTest::newRow(name) << name;
}

void TestDataset::readsLabelledTexts()
{
    QFETCH(QString, name);
    const Dataset dataset = Dataset::read(data / name.toStdString());
    QCOMPARE(dataset.task(), TaskKind::Classification);
    QVERIFY(!dataset.pairs());
    QVERIFY(dataset.answered());
    QCOMPARE(dataset.size(), std::size_t(5));
    QCOMPARE(dataset[0].textA, "a fine film");
    QCOMPARE(dataset[0].label, "positive");
    QCOMPARE(dataset[1].textA, "it says \"no\", twice");
    QCOMPARE(dataset[2].textA, "");
    QCOMPARE(dataset[2].label, "neutral");
    QCOMPARE(dataset[3].textA, "한국어, 그리고 😀");
    QCOMPARE(dataset[4].textA, "back\\slash 'n' tick");
    QCOMPARE(dataset[4].label, "negative");
    QVERIFY(dataset[4].textB.empty());
    QCOMPARE(dataset.labels(), (std::vector<std::string>{"negative", "neutral", "positive"}));
}

void TestDataset::readsScoredPairs_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("TSV, CRLF") << "similar.tsv";
    QTest::newRow("JSON lines") << "similar.ndjson";
}

void TestDataset::readsScoredPairs()
{
    QFETCH(QString, name);
    const Dataset dataset = Dataset::read(data / name.toStdString());
    QCOMPARE(dataset.task(), TaskKind::Similarity);
    QVERIFY(dataset.pairs());
    QCOMPARE(dataset.size(), std::size_t(3));
    QCOMPARE(dataset[0].textA, "A man sings.");
    QCOMPARE(dataset[0].textB, "A man is singing.");
    QCOMPARE(dataset[0].score, 4.8);
    QCOMPARE(dataset[1].score, 0.0);
    QCOMPARE(dataset[2].textB, "y");
    QCOMPARE(dataset[2].score, -0.001);
    QVERIFY(dataset.labels().empty());
}

void TestDataset::readsNumbersUnderAGermanLocale()
{
    const std::string before = std::setlocale(LC_ALL, nullptr);
    if (!std::setlocale(LC_ALL, "de_DE.UTF-8"))
        std::setlocale(LC_ALL, "C.UTF-8"); // where the system has none, the plain case is left
    const double score = Dataset::read(data / "similar.ndjson")[0].score;
    std::setlocale(LC_ALL, before.c_str());
    QCOMPARE(score, 4.8);
}

void TestDataset::ignoresAnswers()
{
    const QTemporaryDir folder;
    const auto file = std::filesystem::path(folder.path().toStdString()) / "a.tsv";
    writeFile(file, "text\na\n\nb");
    const Dataset dataset = Dataset::read(file, Answers::Ignored);
    QCOMPARE(dataset.size(), std::size_t(3));
    QCOMPARE(dataset[1].textA, "");
    QCOMPARE(dataset[2].textA, "b");
    QVERIFY(!dataset.answered());
    QVERIFY(dataset.labels().empty());
    QVERIFY_EXCEPTION_THROWN(Dataset::read(file), Error);

    const Dataset similar = Dataset::read(data / "similar.tsv", Answers::Ignored);
    QCOMPARE(similar[0].textB, "A man is singing.");
    QCOMPARE(similar[0].label, "");
}

void TestDataset::takesNumbersAsLabels()
{
    const QTemporaryDir folder;
    const auto file = std::filesystem::path(folder.path().toStdString()) / "A.JSONL";
    writeFile(file, "{\"text\": \"a\", \"label\": 1}\n{\"text\": \"b\", \"label\": "
                    "\"10\"}\n{\"text\": 3, \"label\": -2}");
    const Dataset dataset = Dataset::read(file);
    QCOMPARE(dataset.labels(), (std::vector<std::string>{"-2", "1", "10"}));
    QCOMPARE(dataset[2].textA, "3");
}

void TestDataset::passesOverBlankLinesAtTheEnd_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("tsv") << "t.tsv" << QByteArray("text\tlabel\na\tb\n\n\n");
    QTest::newRow("tsv with CRLF") << "t.tsv" << QByteArray("text\tlabel\r\na\tb\r\n\r\n");
    QTest::newRow("csv") << "t.csv" << QByteArray("text,label\na,b\n\n");
    QTest::newRow("csv with a quoted end") << "t.csv" << QByteArray("text,label\na,\"b\"\n\n");
}

void TestDataset::passesOverBlankLinesAtTheEnd()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, content);
    const QTemporaryDir folder;
    const std::string file = folder.filePath(name).toStdString();
    writeFile(file, content.toStdString());
    const Dataset dataset = Dataset::read(file);
    QCOMPARE(dataset.size(), std::size_t{1});
    QCOMPARE(dataset.labels(), std::vector<std::string>{"b"});
}

void TestDataset::acceptsRowsWithOneBlankColumn()
{
    const QTemporaryDir folder;
    const auto file = std::filesystem::path(folder.path().toStdString()) / "a.csv";
    writeFile(file, "text_a,text_b,label\n,,x\n\"\",\"b\",y\n");
    const Dataset dataset = Dataset::read(file);
    QCOMPARE(dataset.size(), std::size_t(2));
    QCOMPARE(dataset[1].textB, "b");
}

void TestDataset::hashesTheContent()
{
    const Dataset dataset = Dataset::read(data / "reviews.tsv");
    QCOMPARE(dataset.hash(), hashOf(readFile(data / "reviews.tsv")));
    Dataset grown = dataset;
    grown.add({.textA = "one more", .label = "neutral"});
    QVERIFY(grown.hash() != dataset.hash());
    QCOMPARE(grown.hash().size(), std::size_t(32));
}

void TestDataset::savesWhatItHolds()
{
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.path().toStdString();
    for (const char *name : {"reviews.csv", "similar.tsv"}) {
        const Dataset dataset = Dataset::read(data / name);
        saveTsv(dataset, path / "saved.tsv");
        const Dataset read = Dataset::read(path / "saved.tsv");
        QCOMPARE(read.task(), dataset.task());
        QCOMPARE(read.size(), dataset.size());
        for (std::size_t i = 0; i < dataset.size(); ++i) {
            QCOMPARE(read[i].textA, dataset[i].textA);
            QCOMPARE(read[i].textB, dataset[i].textB);
            QCOMPARE(read[i].label, dataset[i].label);
            QCOMPARE(read[i].score, dataset[i].score);
        }
    }
}

void TestDataset::refusesToSaveWhatTsvCannotHold()
{
    Dataset dataset(TaskKind::Classification, TextCount::One);
    dataset.add({.textA = "two\nlines", .label = "x"});
    QVERIFY_EXCEPTION_THROWN(saveTsv(dataset, "/nowhere/a.tsv"), Error);
}

void TestDataset::keepsMemoryNearTheFile()
{
    const QTemporaryDir folder;
    const auto file = std::filesystem::path(folder.path().toStdString()) / "a.tsv";
    std::string content = "text\tlabel\n";
    for (int i = 0; i < 400'000; ++i)
        content += "a sentence of some seventy characters, as there are many in such files\tx\n";
    writeFile(file, content);
    const auto bytes = static_cast<std::int64_t>(content.size());
    content = {};
    Dataset dataset;
    const std::int64_t rise = peakMemoryOf([&] { dataset = Dataset::read(file); });
    QCOMPARE(dataset.size(), std::size_t(400'000));
    QVERIFY2(rise < 2 * bytes + 16'000'000, qPrintable(QString::number(rise)));
}

void TestDataset::readsPlainCorpus()
{
    const Corpus corpus = readCorpus(data / "corpus.txt");
    QCOMPARE(corpus.lines.size(), std::size_t(4));
    QCOMPARE(corpus.lines[0], "First line.");
    QCOMPARE(corpus.lines[1], "Second line.");
    QCOMPARE(corpus.lines[3], "마지막 줄");
    QCOMPARE(corpus.documents, (std::vector<std::uint32_t>{0, 2, 3}));
    QCOMPARE(corpus.hash, hashOf(readFile(data / "corpus.txt")));
}

void TestDataset::readsTableAsCorpus()
{
    const Corpus reviews = readCorpus(data / "reviews.csv");
    QCOMPARE(reviews.lines.size(), std::size_t(4)); // one text is blank
    QCOMPARE(reviews.documents, (std::vector<std::uint32_t>{0, 1, 2, 3}));
    const Corpus similar = readCorpus(data / "similar.ndjson");
    QCOMPARE(similar.lines.size(), std::size_t(6));
    QCOMPARE(similar.lines[1], "A man is singing.");
    QCOMPARE(similar.documents, (std::vector<std::uint32_t>{0, 2, 4}));
}

QTEST_GUILESS_MAIN(TestDataset)
#include "tst_dataset.moc"
