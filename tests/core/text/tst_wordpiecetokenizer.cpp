#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/text/bertwords.h"
#include "core/text/wordpiecetokenizer.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace pare;

namespace {

QJsonObject golden(const char *name)
{
    QFile file(QString(PARE_TEST_DATA "/golden/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is missing", name);
    return QJsonDocument::fromJson(file.readAll()).object();
}

std::string text(const QJsonValue &value)
{
    return value.toString().toUtf8().toStdString();
}

std::vector<std::int32_t> numbers(const QJsonValue &value)
{
    std::vector<std::int32_t> result;
    for (const QJsonValue &number : value.toArray())
        result.push_back(number.toInt());
    return result;
}

Vocabulary vocabularyOf(const QJsonObject &tables)
{
    std::vector<std::string> tokens;
    for (const QJsonValue &token : tables["vocabulary"].toArray())
        tokens.push_back(text(token));
    return Vocabulary(tokens);
}

Vocabulary smallVocabulary()
{
    const std::vector<std::string> tokens{"[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "b", "##b"};
    return Vocabulary(tokens);
}

} // namespace

class TestWordPieceTokenizer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matchesHuggingFace_data();
    void matchesHuggingFace();
    void splitsEveryCharacterAsHuggingFace_data();
    void splitsEveryCharacterAsHuggingFace();
    void refusesTextThatIsNotUtf8();
    void worksWithoutMaskToken();
    void opensFolder();
    void takesTheShorterOfTwoLimits();
    void givesTheSameInSeveralThreads();
};

void TestWordPieceTokenizer::matchesHuggingFace_data()
{
    QTest::addColumn<QJsonObject>("row");
    QTest::addColumn<QJsonArray>("vocabulary");
    QTest::addColumn<bool>("lowerCase");
    QTest::addColumn<bool>("unusual");
    for (const bool lowerCase : {false, true}) {
        const QJsonObject tables =
            golden(lowerCase ? "wordpiece_uncased.json" : "wordpiece_cased.json");
        for (const char *table : {"single", "unstripped", "pairs"}) {
            int index = 0;
            for (const QJsonValue &row : tables[table].toArray()) {
                QTest::addRow("%s %s %d", lowerCase ? "uncased" : "cased", table, index++)
                    << row.toObject() << tables["vocabulary"].toArray() << lowerCase
                    << (QLatin1String(table) == QLatin1String("unstripped"));
            }
            QVERIFY(index >= 100);
        }
    }
}

void TestWordPieceTokenizer::matchesHuggingFace()
{
    QFETCH(QJsonObject, row);
    QFETCH(QJsonArray, vocabulary);
    QFETCH(bool, lowerCase);
    QFETCH(bool, unusual);
    TokenizerOptions options{.lowerCase = lowerCase, .stripAccents = {}, .maxLength = {}};
    if (unusual) {
        options.stripAccents = !lowerCase;
        options.tokenizeChineseChars = false;
    }
    if (row.contains("maxLength"))
        options.maxLength = row["maxLength"].toInt();
    const WordPieceTokenizer tokenizer(vocabularyOf({{"vocabulary", vocabulary}}), options);
    const bool pair = row.contains("b");
    const std::string a = text(pair || row.contains("a") ? row["a"] : row["text"]);
    const std::string b = text(row["b"]);

    const Encoding encoding = pair ? tokenizer.encode(a, b) : tokenizer.encode(a);
    const std::vector<std::int32_t> expected = numbers(row["ids"]);
    if (encoding.ids != expected) {
        const auto shown = [&](const std::vector<std::int32_t> &ids) {
            QStringList tokens;
            for (const std::string &token : tokenizer.tokens(ids))
                tokens << QString::fromStdString(token);
            return tokens.join(' ');
        };
        QCOMPARE(shown(encoding.ids), shown(expected));
    }
    QCOMPARE(encoding.ids, expected);
    QCOMPARE(encoding.types, numbers(row["types"]));
    const std::size_t whole =
        tokenizer.pieces(a).size() + (pair ? tokenizer.pieces(b).size() + 3 : 2);
    QCOMPARE(encoding.truncated, expected.size() < whole);
}

void TestWordPieceTokenizer::splitsEveryCharacterAsHuggingFace_data()
{
    QTest::addColumn<QJsonObject>("row");
    QFile file(PARE_TEST_DATA "/golden/bertwords.json");
    QVERIFY(file.open(QIODevice::ReadOnly));
    int index = 0;
    for (const QJsonValue &row : QJsonDocument::fromJson(file.readAll()).array())
        QTest::addRow("options %d", index++) << row.toObject();
    QVERIFY(index >= 3);
}

void TestWordPieceTokenizer::splitsEveryCharacterAsHuggingFace()
{
    QFETCH(QJsonObject, row);
    TokenizerOptions options;
    options.lowerCase = row["lowerCase"].toBool();
    options.tokenizeChineseChars = row["tokenizeChineseChars"].toBool();
    if (!row["stripAccents"].isNull())
        options.stripAccents = row["stripAccents"].toBool();
    const QJsonArray blocks = row["blocks"].toArray();
    QCOMPARE(blocks.size(), 0x110);
    for (char32_t first = 0; first < 0x110000; first += 0x1000) {
        std::string all;
        for (char32_t c = first; c < first + 0x1000; ++c) {
            if (c >= 0xd800 && c < 0xe000)
                continue;
            std::string sample = "Xa";
            appendUtf8(sample, c);
            all += bertWords(sample + "b", options) + "\n";
        }
        const QByteArray digest =
            QCryptographicHash::hash(QByteArray::fromStdString(all), QCryptographicHash::Md5)
                .toHex();
        QVERIFY2(digest == blocks[static_cast<int>(first / 0x1000)].toString().toLatin1(),
                 qPrintable(QString("differs from U+%1 on").arg(first, 0, 16)));
    }
}

void TestWordPieceTokenizer::refusesTextThatIsNotUtf8()
{
    const WordPieceTokenizer tokenizer(smallVocabulary(), {});
    try {
        tokenizer.encode("a \xe2\x82");
        QFAIL("accepted");
    } catch (const Error &error) {
        QCOMPARE(error.kind(), ErrorKind::InvalidSetting);
        QCOMPARE(error.what(), "the text is not UTF-8 from its byte 3 on");
    }
}

void TestWordPieceTokenizer::worksWithoutMaskToken()
{
    const WordPieceTokenizer tokenizer(smallVocabulary(), {});
    QVERIFY(!tokenizer.maskId());
    QCOMPARE(tokenizer.encode("abb").ids, (std::vector<std::int32_t>{2, 4, 6, 6, 3}));
    // Not a special token there, so it is a bracket, a word and a bracket, none of them known.
    QCOMPARE(tokenizer.pieces("[MASK]"), (std::vector<std::int32_t>{1, 1, 1}));
    QCOMPARE(tokenizer.tokens(tokenizer.encode("ab").ids),
             (std::vector<std::string>{"[CLS]", "a", "##b", "[SEP]"}));
}

void TestWordPieceTokenizer::opensFolder()
{
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.path().toStdString();
    smallVocabulary().save(path / "vocab.txt");
    QCOMPARE(WordPieceTokenizer::open(path).options(), TokenizerOptions());

    TokenizerOptions options{
        .lowerCase = false, .stripAccents = true, .tokenizeChineseChars = false, .maxLength = 7};
    saveTokenizerOptions(options, path / "tokenizer_config.json");
    const WordPieceTokenizer tokenizer = WordPieceTokenizer::open(path, 7);
    QCOMPARE(tokenizer.options(), options);
    QCOMPARE(tokenizer.vocabulary(), smallVocabulary());
    QVERIFY_EXCEPTION_THROWN(WordPieceTokenizer::open(path, 6), Error);
}

void TestWordPieceTokenizer::takesTheShorterOfTwoLimits()
{
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.path().toStdString();
    smallVocabulary().save(path / "vocab.txt");
    QCOMPARE(WordPieceTokenizer::open(path, {}, 5).encode("a a a a a").ids.size(), std::size_t(5));
    saveTokenizerOptions({.stripAccents = {}, .maxLength = 4}, path / "tokenizer_config.json");
    QCOMPARE(WordPieceTokenizer::open(path, {}, 5).encode("a a a a a").ids.size(), std::size_t(4));
    QCOMPARE(WordPieceTokenizer::open(path, {}, 3).encode("a a a a a").ids.size(), std::size_t(3));
    QVERIFY_EXCEPTION_THROWN(WordPieceTokenizer::open(path, {}, 2), Error);
}

void TestWordPieceTokenizer::givesTheSameInSeveralThreads()
{
    const QJsonObject tables = golden("wordpiece_uncased.json");
    const WordPieceTokenizer tokenizer(vocabularyOf(tables), {});
    std::vector<int> differences(4, 0);
    std::vector<std::thread> threads;
    for (int &count : differences) {
        threads.emplace_back([&tokenizer, &count, &tables] {
            for (const QJsonValue &row : tables["single"].toArray())
                count += tokenizer.encode(text(row["text"])).ids != numbers(row["ids"]);
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(differences, std::vector<int>(4, 0));
}

QTEST_GUILESS_MAIN(TestWordPieceTokenizer)
#include "tst_wordpiecetokenizer.moc"
