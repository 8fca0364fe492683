// Where sentences end, and documents of sentences out of wrapped lines.
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/text/documents.h"
#include "core/text/sentences.h"

#include <QTemporaryDir>
#include <QTest>

#include <clocale>

using namespace pare;

namespace {

QStringList split(const QString &text)
{
    const std::string bytes = text.toStdString();
    QStringList sentences;
    for (const std::string_view sentence : sentencesOf(bytes))
        sentences.append(QString::fromUtf8(sentence.data(), static_cast<int>(sentence.size())));
    return sentences;
}

Corpus corpusOf(const std::vector<std::vector<const char *>> &documents)
{
    Corpus corpus;
    corpus.hash = "a hash";
    for (const std::vector<const char *> &document : documents) {
        corpus.documents.push_back(static_cast<std::uint32_t>(corpus.lines.size()));
        for (const char *line : document)
            corpus.lines.add(line);
    }
    return corpus;
}

/// Documents between bars, sentences between slashes.
QString shown(const Corpus &corpus)
{
    QStringList documents;
    for (std::size_t i = 0; i < corpus.documents.size(); ++i) {
        QStringList sentences;
        const LineRange range = linesOf(corpus, i);
        for (std::size_t k = range.begin; k < range.end; ++k)
            sentences.append(QString::fromStdString(std::string(corpus.lines[k])));
        documents.append(sentences.join('/'));
    }
    return documents.join('|');
}

class CancelledProgress : public Progress
{
public:
    void report(const ProgressReport &) override {}
    bool cancelled() const override { return true; }
};

} // namespace

class TestSentences : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void splits_data();
    void splits();
    void pointsIntoTheText();
    void followsNoLocale();
    void refusesOtherEncodings();
    void joinsWrappedLines_data();
    void joinsWrappedLines();
    void keepsWholeLinesApart();
    void readsFiles();
    void refusesFilesWithoutText();
    void canBeCancelled();
};

void TestSentences::splits_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("sentences");
    QTest::newRow("nothing") << QString() << QStringList();
    QTest::newRow("only white space") << QString(" \n\t\r\n ") << QStringList();
    QTest::newRow("one") << QString("  One word ") << QStringList{"One word"};
    QTest::newRow("three ends") << QString("It rains. Does it? Yes!  So be it.")
                                << QStringList{"It rains.", "Does it?", "Yes!", "So be it."};
    QTest::newRow("numbers") << QString("He paid 3.50 at 10.30 a.m. on Monday. It was dear.")
                             << QStringList{"He paid 3.50 at 10.30 a.m. on Monday.",
                                            "It was dear."};
    QTest::newRow("titles") << QString("Mr. Darcy met Mrs. Bennet. Prof. Grant left.")
                            << QStringList{"Mr. Darcy met Mrs. Bennet.", "Prof. Grant left."};
    QTest::newRow("quotes") << QString("“It is late.” He rose. (She had gone.) Night fell.")
                            << QStringList{"“It is late.”", "He rose.", "(She had gone.)",
                                           "Night fell."};
    QTest::newRow("ellipsis") << QString("He waited... and waited. Then he left.")
                              << QStringList{"He waited... and waited.", "Then he left."};
    QTest::newRow("line end") << QString("A heading\nAnd a sentence.")
                              << QStringList{"A heading", "And a sentence."};
    QTest::newRow("Korean") << QString("안녕하세요. 저는 학생입니다! 값은 3.5 원입니까? 네.")
                            << QStringList{"안녕하세요.", "저는 학생입니다!",
                                           "값은 3.5 원입니까?", "네."};
    QTest::newRow("Korean in quotes") << QString("“어디 가니?” 그가 물었다. 나는 웃었다.")
                                      << QStringList{"“어디 가니?”", "그가 물었다.",
                                                     "나는 웃었다."};
    QTest::newRow("Japanese") << QString("これは文です。次の文です。")
                              << QStringList{"これは文です。", "次の文です。"};
}

void TestSentences::splits()
{
    QFETCH(QString, text);
    QFETCH(QStringList, sentences);
    QCOMPARE(split(text), sentences);
}

void TestSentences::pointsIntoTheText()
{
    const std::string text = " 첫째 문장. 둘째 문장. ";
    const std::vector<std::string_view> sentences = sentencesOf(text);
    QCOMPARE(sentences.size(), std::size_t(2));
    QCOMPARE(sentences[0].data() - text.data(), std::ptrdiff_t(1));
    QCOMPARE(sentences[1].data() + sentences[1].size() + 1, text.data() + text.size());
}

void TestSentences::followsNoLocale()
{
    const QStringList before = split("Mr. Kim came. He left.");
    const std::string old = std::setlocale(LC_ALL, nullptr);
    std::setlocale(LC_ALL, "de_DE.UTF-8");
    const QStringList after = split("Mr. Kim came. He left.");
    std::setlocale(LC_ALL, old.c_str());
    QCOMPARE(after, before);
}

void TestSentences::refusesOtherEncodings()
{
    try {
        sentencesOf("caf\xe9 is Latin.");
        QFAIL("accepted");
    } catch (const Error &error) {
        QCOMPARE(error.kind(), ErrorKind::InvalidSetting);
        QCOMPARE(QString(error.what()), QString("the text is not UTF-8 from its byte 4 on"));
    }
}

void TestSentences::joinsWrappedLines_data()
{
    QTest::addColumn<QString>("line1");
    QTest::addColumn<QString>("line2");
    QTest::addColumn<QString>("sentences");
    QTest::newRow("a space") << "The sea" << "was calm. It"
                             << "The sea was calm./It";
    QTest::newRow("space around") << "The sea \r" << "\t was calm."
                                  << "The sea was calm.";
    QTest::newRow("a compound") << "A well-" << "known tale."
                                << "A well-known tale.";
    QTest::newRow("a dash") << "He came --" << "and went."
                            << "He came -- and went.";
    QTest::newRow("a dash alone") << "He came -" << "and went."
                                  << "He came - and went.";
    QTest::newRow("a soft hyphen") << "An exam\u00ad" << "ple."
                                   << "An example.";
    QTest::newRow("a soft hyphen at the end") << "An exam" << "ple\u00ad"
                                              << "An exam ple";
    QTest::newRow("Korean") << "바다가" << "잔잔했다. 밤이었다."
                            << "바다가 잔잔했다./밤이었다.";
}

void TestSentences::joinsWrappedLines()
{
    QFETCH(QString, line1);
    QFETCH(QString, line2);
    QFETCH(QString, sentences);
    const std::string first = line1.toStdString();
    const std::string second = line2.toStdString();
    const Corpus corpus = corpusOf({{first.c_str(), second.c_str()}, {"Another."}});
    const Corpus split = inSentences(corpus, LineKind::Wrapped, silentProgress());
    QCOMPARE(shown(split), sentences + "|Another.");
    QCOMPARE(split.hash, corpus.hash);
}

void TestSentences::keepsWholeLinesApart()
{
    const Corpus corpus = corpusOf({{"A title", "One. Two."}, {"\u00ad"}, {"Three"}});
    QCOMPARE(shown(inSentences(corpus, LineKind::Whole, silentProgress())),
             QString("A title/One./Two.|Three"));
    QCOMPARE(shown(inSentences(corpus, LineKind::Wrapped, silentProgress())),
             QString("A title One./Two.|Three"));
}

void TestSentences::readsFiles()
{
    const QTemporaryDir folder;
    const auto path = std::filesystem::path(folder.path().toStdString());
    const std::string text = "In the beginning there\nwas a line. And\nthen two.\n\n\nNext.\n";
    writeFile(path / "book.txt", text);
    const Corpus book = readSentences(path / "book.txt", silentProgress());
    QCOMPARE(shown(book), QString("In the beginning there was a line./And then two.|Next."));
    QCOMPARE(book.hash, hashOf(text));
    writeFile(path / "pairs.tsv", "text_a\ttext_b\nA title\tOne. Two.\nB\tC\n");
    const Corpus table = readSentences(path / "pairs.tsv", silentProgress());
    QCOMPARE(shown(table), QString("A title/One./Two.|B/C"));
}

void TestSentences::refusesFilesWithoutText()
{
    const QTemporaryDir folder;
    const auto path = std::filesystem::path(folder.path().toStdString());
    for (const char *text : {"", "\n \n", "\u00ad\n"}) {
        writeFile(path / "empty.txt", text);
        QVERIFY_EXCEPTION_THROWN(readSentences(path / "empty.txt", silentProgress()), Error);
    }
}

void TestSentences::canBeCancelled()
{
    CancelledProgress progress;
    QVERIFY_EXCEPTION_THROWN(inSentences(corpusOf({{"One."}}), LineKind::Whole, progress),
                             Cancelled);
}

QTEST_GUILESS_MAIN(TestSentences)
#include "tst_sentences.moc"
