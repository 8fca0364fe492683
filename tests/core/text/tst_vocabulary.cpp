#include "core/base/error.h"
#include "core/base/files.h"
#include "core/text/vocabulary.h"
#include "core/text/wordpiecetokenizer.h"
#include "core/text/wordpiecetrainer.h"

#include <QTemporaryDir>
#include <QTest>

using namespace pare;

namespace {

const std::vector<std::string> special{"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"};

std::vector<std::string> tokensOf(const Vocabulary &vocabulary)
{
    std::vector<std::string> tokens;
    for (int id = 0; id < vocabulary.size(); ++id)
        tokens.emplace_back(vocabulary.token(id));
    return tokens;
}

std::vector<std::string> withSpecial(const std::vector<std::string> &tokens)
{
    std::vector<std::string> all = special;
    all.insert(all.end(), tokens.begin(), tokens.end());
    return all;
}

Vocabulary trained(const TrainerOptions &options, const std::vector<std::string> &texts)
{
    WordPieceTrainer trainer(options);
    for (const std::string &text : texts)
        trainer.add(text);
    return trainer.train();
}

class CancelledSoon : public Progress
{
public:
    void report(const ProgressReport &) override { ++reports; }
    bool cancelled() const override { return reports >= 2; }
    int reports = 0;
};

} // namespace

class TestVocabulary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsEveryToken();
    void readsWhatItSaves();
    void toleratesCarriageReturnsAndByteOrderMark();
    void refusesMoreThanTheModelHas();
    void refusesRepeatedTokens();
    void namesWhatIsMissing();
    void mergesTheMostFrequentPairFirst();
    void mergesRunsOfOnePiece();
    void makesAPieceOnce();
    void stopsAtRarePairs();
    void dropsTheRarestCharacters();
    void doesNotDependOnTheOrderOfTexts();
    void knowsItsOwnWords();
    void refusesToTrainOnNothing();
    void refusesASizeBelowTheAlphabet();
    void canBeCancelled();
};

void TestVocabulary::findsEveryToken()
{
    std::vector<std::string> tokens;
    for (int i = 0; i < 5000; ++i)
        tokens.push_back("token" + std::to_string(i * i));
    const Vocabulary vocabulary(tokens);
    QCOMPARE(vocabulary.size(), 5000);
    for (int i = 0; i < 5000; ++i) {
        QCOMPARE(vocabulary.token(i), tokens[static_cast<std::size_t>(i)]);
        QCOMPARE(vocabulary.id(tokens[static_cast<std::size_t>(i)]), std::optional<int>(i));
    }
    QVERIFY(!vocabulary.id("token2"));
    QVERIFY(!vocabulary.id(""));
    QVERIFY(!Vocabulary().id("a"));
    QCOMPARE(vocabulary.longest(), std::string("token24990001").size());
}

void TestVocabulary::readsWhatItSaves()
{
    const QTemporaryDir folder;
    const auto file = std::filesystem::path(folder.path().toStdString()) / "vocab.txt";
    const Vocabulary vocabulary(withSpecial({"", "a", "##a", "한", "##\u0301", "\u00a0"}));
    vocabulary.save(file);
    QCOMPARE(readFile(file),
             "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n\na\n##a\n한\n##\u0301\n\u00a0\n");
    QCOMPARE(Vocabulary::read(file), vocabulary);
    QCOMPARE(Vocabulary::read(file, 11).require(maskToken, file), 4);
}

void TestVocabulary::toleratesCarriageReturnsAndByteOrderMark()
{
    const QTemporaryDir folder;
    const auto file = std::filesystem::path(folder.path().toStdString()) / "vocab.txt";
    writeFile(file, "\xef\xbb\xbf[PAD]\r\n[UNK]\r\n[CLS]\r\n[SEP]\r\na\r\n##b");
    QCOMPARE(tokensOf(Vocabulary::read(file)),
             (std::vector<std::string>{"[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "##b"}));
}

void TestVocabulary::refusesMoreThanTheModelHas()
{
    const QTemporaryDir folder;
    const auto file = std::filesystem::path(folder.path().toStdString()) / "vocab.txt";
    Vocabulary(special).save(file);
    QCOMPARE(Vocabulary::read(file, 5).size(), 5);
    QCOMPARE(Vocabulary::read(file, 9).size(), 5);
    try {
        Vocabulary::read(file, 4);
        QFAIL("accepted");
    } catch (const Error &error) {
        QCOMPARE(error.what(),
                 file.string() + ": expected at most 4 tokens (the model's vocab_size), found 5");
    }
}

void TestVocabulary::refusesRepeatedTokens()
{
    QVERIFY_EXCEPTION_THROWN(Vocabulary(withSpecial({"a", "b", "a"})), Error);
    QVERIFY_EXCEPTION_THROWN(Vocabulary(withSpecial({"two\nlines"})), Error);
}

void TestVocabulary::namesWhatIsMissing()
{
    const Vocabulary vocabulary(std::vector<std::string>{"[PAD]", "[UNK]", "[CLS]", "[SEP]"});
    try {
        vocabulary.require(maskToken, "model/vocab.txt");
        QFAIL("found");
    } catch (const Error &error) {
        QCOMPARE(error.kind(), ErrorKind::InvalidFile);
        QCOMPARE(error.what(),
                 "model/vocab.txt: expected a line with the token [MASK], found none");
    }
}

void TestVocabulary::mergesTheMostFrequentPairFirst()
{
    // ##o ##w and l ##o stand 7 times each, and characters are sorted: ##o is older than l. Then l
    // ##ow: 7. Of those that stand 3 times, ##e ##s and ##e ##w begin with the oldest piece.
    const Vocabulary vocabulary = trained(
        {.size = 17, .words = {}}, {"low low low low low", "lower lower", "newest newest newest"});
    const std::vector<std::string> tokens = tokensOf(vocabulary);
    QCOMPARE(tokens, withSpecial({"##e", "##o", "##r", "##s", "##t", "##w", "l", "n", "##ow", "low",
                                  "##es", "##ew"}));
}

void TestVocabulary::mergesRunsOfOnePiece()
{
    const Vocabulary vocabulary = trained({.size = 100, .words = {}}, {"aaaaa aaaaa"});
    QCOMPARE(tokensOf(vocabulary), withSpecial({"##a", "a", "##aa", "aaa", "aaaaa"}));
}

void TestVocabulary::makesAPieceOnce()
{
    // "abc" comes from a ##bc in one word and, where "ab" was merged first, from ab ##c in another.
    const Vocabulary vocabulary = trained({.size = 200, .minimumFrequency = 1, .words = {}},
                                          {"abc abc abc", "abd abd abd abd", "xbc xbc xbc xbc xbc",
                                           "abcd", "bcbc abab", "cabc bcab abcabc"});
    std::vector<std::string> tokens = tokensOf(vocabulary);
    std::ranges::sort(tokens);
    QVERIFY(std::ranges::adjacent_find(tokens) == tokens.end());
    QVERIFY(vocabulary.id("abcabc"));
}

void TestVocabulary::stopsAtRarePairs()
{
    const std::vector<std::string> texts{"ab ab ab ab cd cd cd"};
    QCOMPARE(tokensOf(trained({.minimumFrequency = 4, .words = {}}, texts)),
             withSpecial({"##b", "##d", "a", "c", "ab"}));
    QCOMPARE(tokensOf(trained({.minimumFrequency = 5, .words = {}}, texts)),
             withSpecial({"##b", "##d", "a", "c"}));
}

void TestVocabulary::dropsTheRarestCharacters()
{
    // a: 5, z: 4, b: 3, \u6f22: 1
    QCOMPARE(tokensOf(trained({.alphabet = 2, .words = {}}, {"ab ab ab az az", "zz \u6f22"})),
             withSpecial({"##z", "a", "z", "az"}));
}

void TestVocabulary::doesNotDependOnTheOrderOfTexts()
{
    std::vector<std::string> texts{"the cat sat on the mat", "a thing that rattles",
                                   "mathematics at the station", "서울에서 서울까지",
                                   "catastrophe attached to chatter"};
    const Vocabulary forward = trained({.size = 120, .minimumFrequency = 1, .words = {}}, texts);
    std::ranges::reverse(texts);
    QCOMPARE(trained({.size = 120, .minimumFrequency = 1, .words = {}}, texts), forward);
    QVERIFY(forward.size() > 80);
}

void TestVocabulary::knowsItsOwnWords()
{
    const std::vector<std::string> texts{"Compressing transformers, layer by layer!",
                                         "압축은 재미있다"};
    const WordPieceTokenizer tokenizer(trained({.minimumFrequency = 1, .words = {}}, texts), {});
    for (const std::string &text : texts) {
        const auto ids = tokenizer.pieces(text);
        QVERIFY(std::ranges::find(ids, tokenizer.unknownId()) == ids.end());
        QVERIFY(ids.size() <= 7);
    }
}

void TestVocabulary::refusesToTrainOnNothing()
{
    QVERIFY_EXCEPTION_THROWN(trained({}, {}), Error);
    QVERIFY_EXCEPTION_THROWN(trained({}, {"", " \n"}), Error);
}

void TestVocabulary::refusesASizeBelowTheAlphabet()
{
    try {
        trained({.size = 10, .words = {}}, {"abcdef"});
        QFAIL("accepted");
    } catch (const Error &error) {
        QCOMPARE(error.kind(), ErrorKind::InvalidSetting);
        QCOMPARE(error.what(),
                 "a vocabulary of 10 tokens is too small: expected room for 5 special tokens "
                 "and 6 characters");
    }
}

void TestVocabulary::canBeCancelled()
{
    WordPieceTrainer trainer({.minimumFrequency = 1, .words = {}});
    std::string text;
    for (int i = 0; i < 3000; ++i)
        text += " " + std::to_string(i * 7919);
    trainer.add(text);
    CancelledSoon progress;
    QVERIFY_EXCEPTION_THROWN(trainer.train(progress), Cancelled);
    QCOMPARE(progress.reports, 2);
}

QTEST_GUILESS_MAIN(TestVocabulary)
#include "tst_vocabulary.moc"
