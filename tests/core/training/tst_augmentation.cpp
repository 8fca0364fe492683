// TinyBERT's data augmentation with a masked language model of the test's own.
#include "core/training/distill/augmentation.h"

#include <ATen/Functions.h>
#include <algorithm>
#include <map>
#include <set>
#include <string>

#include <QtTest>

using namespace pare;

namespace {

const Vocabulary &vocabulary()
{
    static const std::vector<std::string> tokens{
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the",  "un",   "##read", "##able", "book",
        ",",     "was",   "good",  "!",     "###",    "한국", "##의", "。",     "fine",   "poor"};
    static const Vocabulary vocabulary(tokens);
    return vocabulary;
}

constexpr std::int64_t maskId = 4;

Sequence textOf(std::vector<std::int64_t> ids)
{
    Sequence text{std::move(ids), {}};
    text.types.assign(text.ids.size(), 0);
    return text;
}

/// [CLS] the un ##read ##able book , was good ! [SEP]
Sequence example()
{
    return textOf({2, 5, 6, 7, 8, 9, 10, 11, 12, 13, 3});
}

/// Thinks of 1000 position + 0, 1, 2 …; remembers what it was asked.
struct FakeModel
{
    std::vector<MaskedWord> asked;
    int calls = 0;

    WordCandidates function()
    {
        return [this](std::span<const MaskedWord> words, std::int64_t count) {
            ++calls;
            asked.assign(words.begin(), words.end());
            std::vector<std::vector<std::int64_t>> result;
            for (const MaskedWord &word : words) {
                result.emplace_back();
                for (std::int64_t i = 0; i < count; ++i)
                    result.back().push_back(1000 * static_cast<std::int64_t>(word.position) + i);
            }
            return result;
        };
    }
};

AugmentationOptions options(double probability, std::int64_t copies, std::uint64_t seed = 1)
{
    AugmentationOptions result;
    result.probability = probability;
    result.copies = copies;
    result.maskId = maskId;
    result.seed = seed;
    return result;
}

const std::vector<std::size_t> words{1, 5, 7, 8};

} // namespace

class AugmentationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beginsWord_data();
    void beginsWord();
    void singlePieceWords_data();
    void singlePieceWords();
    void idsOfWords();
    void bestOfTheAllowed();
    void asksOncePerWord();
    void replacesOnlyWords();
    void replacesWithTheProbability();
    void takesAllCandidatesAlike();
    void certainties();
    void copiesDiffer();
    void followsSeedAndText();
    void nothingToReplace();
    void papersDefaults();
};

void AugmentationTest::beginsWord_data()
{
    QTest::addColumn<QString>("token");
    QTest::addColumn<bool>("expected");
    QTest::newRow("word") << "book" << true;
    QTest::newRow("number") << "1984" << true;
    QTest::newRow("Korean") << "한국" << true;
    QTest::newRow("piece") << "##able" << false;
    QTest::newRow("special") << "[MASK]" << false;
    QTest::newRow("unknown") << "[UNK]" << false;
    QTest::newRow("comma") << "," << false;
    QTest::newRow("full stop of Chinese") << "。" << false;
    QTest::newRow("hash") << "#" << false;
    QTest::newRow("nothing") << "" << false;
}

void AugmentationTest::beginsWord()
{
    QFETCH(QString, token);
    QFETCH(bool, expected);
    QCOMPARE(pare::beginsWord(token.toStdString()), expected);
}

void AugmentationTest::singlePieceWords_data()
{
    using Positions = std::vector<std::size_t>;
    QTest::addColumn<std::vector<std::int64_t>>("ids");
    QTest::addColumn<Positions>("expected");
    QTest::newRow("a sentence") << example().ids << words;
    QTest::newRow("a word at the end") << std::vector<std::int64_t>{5, 9} << Positions{0, 1};
    QTest::newRow("pieces at the end") << std::vector<std::int64_t>{5, 6, 7} << Positions{0};
    QTest::newRow("Korean with its particle")
        << std::vector<std::int64_t>{15, 16, 15} << Positions{2};
    QTest::newRow("no word") << std::vector<std::int64_t>{2, 10, 13, 17, 1, 3} << Positions{};
    QTest::newRow("nothing") << std::vector<std::int64_t>{} << Positions{};
}

void AugmentationTest::singlePieceWords()
{
    QFETCH(std::vector<std::int64_t>, ids);
    QFETCH(std::vector<std::size_t>, expected);
    QCOMPARE(pare::singlePieceWords(ids, vocabulary()), expected);
}

void AugmentationTest::idsOfWords()
{
    QCOMPARE(wordIds(vocabulary()), (std::vector<std::int64_t>{5, 6, 9, 11, 12, 15, 18, 19}));
}

void AugmentationTest::bestOfTheAllowed()
{
    at::Tensor logits = at::zeros({2, 6});
    auto *values = logits.data_ptr<float>();
    const std::vector<float> rows{9, 1, 5, 3, 8, 2, -1, 7, 0, 6, 4, 5};
    std::ranges::copy(rows, values);
    const std::vector<std::int64_t> allowed{1, 2, 3, 5};
    using Ids = std::vector<std::vector<std::int64_t>>;
    QCOMPARE(bestTokens(logits, allowed, 2), (Ids{{2, 3}, {1, 3}}));
    QCOMPARE(bestTokens(logits, allowed, 9), (Ids{{2, 3, 5, 1}, {1, 3, 5, 2}}));
    QCOMPARE(bestTokens(logits.narrow(0, 0, 0), allowed, 2), Ids{});
}

void AugmentationTest::asksOncePerWord()
{
    FakeModel model;
    augmented(example(), words, model.function(), options(0.4, 20));
    QCOMPARE(model.calls, 1);
    QCOMPARE(model.asked.size(), words.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
        Sequence expected = example();
        expected.ids[words[i]] = maskId;
        QCOMPARE(model.asked[i].position, words[i]);
        QVERIFY(model.asked[i].sequence.ids == expected.ids);
        QVERIFY(model.asked[i].sequence.types == expected.types);
    }
}

void AugmentationTest::replacesOnlyWords()
{
    FakeModel model;
    Sequence text = example();
    text.types.back() = 1;
    const auto copies = augmented(text, words, model.function(), options(0.5, 200));
    QVERIFY(!copies.empty());
    for (const Sequence &copy : copies) {
        QVERIFY(copy.types == text.types);
        QCOMPARE(copy.ids.size(), text.ids.size());
        for (std::size_t i = 0; i < copy.ids.size(); ++i) {
            const bool word = std::ranges::find(words, i) != words.end();
            const bool candidate =
                copy.ids[i] / 1000 == static_cast<std::int64_t>(i) && copy.ids[i] % 1000 < 15;
            QVERIFY(copy.ids[i] == text.ids[i] || (word && candidate));
        }
    }
}

void AugmentationTest::replacesWithTheProbability()
{
    // Many words, so that no copy is like another and none is left out.
    Sequence text = textOf(std::vector<std::int64_t>(1000, 9));
    std::vector<std::size_t> all(1000);
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = i;
    FakeModel model;
    const auto copies = augmented(text, all, model.function(), options(0.4, 20));
    QCOMPARE(copies.size(), std::size_t{20});
    double replaced = 0;
    for (const Sequence &copy : copies)
        replaced += static_cast<double>(1000 - std::ranges::count(copy.ids, 9));
    QVERIFY(std::abs(replaced / 20000 - 0.4) < 0.02);
}

void AugmentationTest::takesAllCandidatesAlike()
{
    Sequence text = textOf(std::vector<std::int64_t>(3000, 9));
    std::vector<std::size_t> all(3000);
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = i;
    FakeModel model;
    std::map<std::int64_t, int> counts;
    const auto copies = augmented(text, all, model.function(), options(1, 5));
    for (const Sequence &copy : copies) {
        for (const std::int64_t id : copy.ids)
            ++counts[id % 1000];
    }
    QCOMPARE(counts.size(), std::size_t{15});
    for (const auto &[candidate, count] : counts)
        QVERIFY(count > 850 && count < 1150); // 1000 expected, deviation 31
}

void AugmentationTest::certainties()
{
    FakeModel model;
    QVERIFY(augmented(example(), words, model.function(), options(0, 20)).empty());
    AugmentationOptions one = options(1, 20);
    one.candidates = 1;
    const auto copies = augmented(example(), words, model.function(), one);
    QCOMPARE(copies.size(), std::size_t{1});
    for (const std::size_t position : words)
        QCOMPARE(copies[0].ids[position], 1000 * static_cast<std::int64_t>(position));
}

void AugmentationTest::copiesDiffer()
{
    FakeModel model;
    AugmentationOptions few = options(0.5, 500);
    few.candidates = 1;
    const auto copies = augmented(example(), words, model.function(), few);
    QCOMPARE(copies.size(), std::size_t{15}); // 2⁴ variants, the text itself is one of them
    std::set<std::vector<std::int64_t>> seen{example().ids};
    for (const Sequence &copy : copies)
        QVERIFY(seen.insert(copy.ids).second);
}

void AugmentationTest::followsSeedAndText()
{
    FakeModel model;
    const auto idsOf = [&](const AugmentationOptions &chosen) {
        std::vector<std::vector<std::int64_t>> ids;
        for (const Sequence &copy : augmented(example(), words, model.function(), chosen))
            ids.push_back(copy.ids);
        return ids;
    };
    AugmentationOptions other = options(0.4, 20);
    other.text = 1;
    QVERIFY(idsOf(options(0.4, 20)) == idsOf(options(0.4, 20)));
    QVERIFY(idsOf(options(0.4, 20)) != idsOf(options(0.4, 20, 2)));
    QVERIFY(idsOf(options(0.4, 20)) != idsOf(other));
}

void AugmentationTest::nothingToReplace()
{
    FakeModel model;
    QVERIFY(augmented(example(), {}, model.function(), options(0.4, 20)).empty());
    QCOMPARE(model.calls, 0);
    const WordCandidates none = [](std::span<const MaskedWord> asked, std::int64_t) {
        return std::vector<std::vector<std::int64_t>>(asked.size());
    };
    QVERIFY(augmented(example(), words, none, options(1, 20)).empty());
}

void AugmentationTest::papersDefaults()
{
    const AugmentationOptions paper;
    QCOMPARE(paper.probability, 0.4);
    QCOMPARE(paper.copies, std::int64_t{20});
    QCOMPARE(paper.candidates, std::int64_t{15});
}

QTEST_APPLESS_MAIN(AugmentationTest)
#include "tst_augmentation.moc"
