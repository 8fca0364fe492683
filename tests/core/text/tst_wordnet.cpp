#include "core/base/error.h"
#include "core/base/files.h"
#include "core/text/naivebayes.h"
#include "core/text/wordnet.h"

#include <QTemporaryDir>
#include <QTest>

#include <fmt/format.h>
#include <set>

using namespace pare;

namespace {

std::string line(int file, const std::string &gloss)
{
    return fmt::format("00001740 {:02} n 01 entity 0 003 ~ 00001930 n 0000 | {}  \n", file, gloss);
}

std::set<std::string> textsOf(const Dataset &dataset)
{
    std::set<std::string> texts;
    for (std::size_t i = 0; i < dataset.size(); ++i)
        texts.emplace(dataset[i].textA);
    return texts;
}

} // namespace

class TestWordNet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsDefinitions();
    void splitsTheInstalledPackage();
    void refusesBrokenLines_data();
    void refusesBrokenLines();
    void namesThePackage();
    void learnsWords();
    void refusesDataWithoutLabels();

private:
    std::filesystem::path write(const std::string &content)
    {
        const auto file = std::filesystem::path(m_folder.path().toStdString()) / "data.noun";
        writeFile(file, content);
        return file;
    }

    QTemporaryDir m_folder;
};

void TestWordNet::readsDefinitions()
{
    std::string content = "  1 the licence | \"quoted\"\n";
    for (int i = 0; i < 400; ++i) { // nine kinds, each larger than the next
        for (int file = 3; file < 12; ++file) {
            if (i < 400 - file)
                content += line(
                    file, fmt::format("thing {} of kind {}; \"as in an example\"; \"and another\"",
                                      i, file));
        }
    }
    content += line(4, "stands twice; \"once so\"") + line(4, "stands twice; \"and once so\"");
    content += line(4, "an act or an animal") + line(5, "an act or an animal");
    content += line(4, "part one; part two; \"an example\";") + line(4, "said \"so\" in passing");
    const WordNetSplits splits = readWordNet(write(content));

    std::set<std::string> texts = textsOf(splits.train);
    const std::size_t sizes = splits.train.size() + splits.dev.size() + splits.test.size();
    texts.merge(textsOf(splits.dev));
    texts.merge(textsOf(splits.test));
    QCOMPARE(texts.size(), sizes); // none in two splits, none twice
    QCOMPARE(sizes, std::size_t(397 + 396 + 395 + 394 + 393 + 392 + 391 + 390 + 3));
    QVERIFY(texts.contains("thing 7 of kind 3"));
    QVERIFY(texts.contains("stands twice"));
    QVERIFY(texts.contains("part one; part two"));
    QVERIFY(texts.contains("said \"so\" in passing"));
    QVERIFY(!texts.contains("an act or an animal"));
    QCOMPARE(splits.others.size(), std::size_t(389)); // the ninth kind
    QCOMPARE(splits.train.labels(),
             (std::vector<std::string>{"noun.Tops", "noun.act", "noun.animal", "noun.artifact",
                                       "noun.attribute", "noun.body", "noun.cognition",
                                       "noun.communication"}));
}

void TestWordNet::splitsTheInstalledPackage()
{
    const WordNetSplits splits = readWordNet();
    QCOMPARE(
        splits.train.labels(),
        (std::vector<std::string>{"noun.act", "noun.animal", "noun.artifact", "noun.communication",
                                  "noun.location", "noun.person", "noun.plant", "noun.state"}));
    QVERIFY(splits.test.size() >= 4000);
    QVERIFY(splits.dev.size() >= 2000);
    QVERIFY(splits.train.size() >= 40000);
    const NaiveBayesResult floor = measureNaiveBayes(splits.train, splits.dev, splits.test);
    QVERIFY2(floor.testAccuracy > 0.85 && floor.testAccuracy < 0.88,
             qPrintable(QString::number(floor.testAccuracy)));
}

void TestWordNet::refusesBrokenLines_data()
{
    QTest::addColumn<QString>("content");
    QTest::addColumn<QString>("message");
    const QString synset =
        "line 1: expected a noun's offset and a lexicographer file from 03 to 28, found ";
    QTest::newRow("short") << "0000" << synset + "\"0000\"";
    QTest::newRow("no number") << "00001740 xx n 01 entity | a"
                               << synset + "\"00001740 xx n 01 entity | a\"";
    QTest::newRow("file 2") << "00001740 02 n 01 entity | a"
                            << synset + "\"00001740 02 n 01 entity | a\"";
    QTest::newRow("file 29") << "00001740 29 n 01 entity | a"
                             << synset + "\"00001740 29 n 01 entity | a\"";
    QTest::newRow("a verb") << "00001740 29 v 01 breathe | a"
                            << synset + "\"00001740 29 v 01 breathe | a\"";
    QTest::newRow("no gloss")
        << "00001740 03 n 01 entity 0 000"
        << "line 1: expected \" | \" and a definition after \"00001740 03 n 01 entity 0 000\"";
    QTest::newRow("empty")
        << ""
        << "expected thousands of definitions, found 0, too few for three splits";
    QTest::newRow("too few")
        << "00001740 03 n 01 entity | a\n"
        << "expected thousands of definitions, found 1, too few for three splits";
}

void TestWordNet::refusesBrokenLines()
{
    QFETCH(QString, content);
    QFETCH(QString, message);
    const std::filesystem::path file = write(content.toStdString());
    try {
        readWordNet(file);
        QFAIL("accepted");
    } catch (const Error &error) {
        QCOMPARE(QString::fromUtf8(error.what()),
                 QString::fromStdString(file.string()) + ": " + message);
    }
}

void TestWordNet::namesThePackage()
{
    try {
        readWordNet("/nowhere/data.noun");
        QFAIL("found");
    } catch (const Error &error) {
        QCOMPARE(error.what(), "/nowhere/data.noun: no such file; install WordNet's data with: apt "
                               "install wordnet-base");
    }
}

void TestWordNet::learnsWords()
{
    Dataset train(TaskKind::Classification, TextCount::One);
    train.add({.textA = "a small dog, a big dog", .label = "animal"});
    train.add({.textA = "a large oak", .label = "plant"});
    const NaiveBayes bayes(train);
    QCOMPARE(bayes.predict({.textA = "DOG?"}, 1), "animal");
    QCOMPARE(bayes.predict({.textA = "an oak"}, 1), "plant");
    // p(animal | big oak): 1/2 · (1+1)/(7+7) · (0+1)/(7+7); p(plant | …): 1/2 · (0+1)/(3+7) ·
    // (1+1)/(3+7).
    QCOMPARE(bayes.predict({.textA = "big oak"}, 1), "plant");
    // Words never seen say nothing, and then both labels are equally likely: the first.
    QCOMPARE(bayes.predict({.textA = "unheard of"}, 1), "animal");
    QCOMPARE(bayes.accuracy(train, 1), 1.0);
}

void TestWordNet::refusesDataWithoutLabels()
{
    QVERIFY_EXCEPTION_THROWN(NaiveBayes(Dataset(TaskKind::Similarity, TextCount::Two)), Error);
    QVERIFY_EXCEPTION_THROWN(NaiveBayes(Dataset(TaskKind::Classification, TextCount::One)), Error);
}

QTEST_GUILESS_MAIN(TestWordNet)
#include "tst_wordnet.moc"
