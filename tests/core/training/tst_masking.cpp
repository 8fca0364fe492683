// What masked language modelling asks for together: tokens, words, n-grams.
#include "core/base/hash.h"
#include "core/base/random.h"
#include "core/text/vocabulary.h"
#include "core/training/masking.h"

#include <cmath>
#include <numeric>

#include <QtTest>

using namespace pare;

namespace {

constexpr std::int64_t vocabulary = 100;
constexpr std::int64_t firstPiece = 60; // ids from here on continue a word
constexpr std::int64_t separator = 3;

MaskingOptions optionsOf(MaskingUnit unit, double share = 0.15)
{
    MaskingOptions options{share, vocabulary, 4, {0, 2, separator, 4}, unit, {}, 3};
    for (std::int64_t id = 0; id < vocabulary; ++id)
        options.continuing.push_back(id >= firstPiece);
    return options;
}

/// Sequences without a special token at their ends or with all of them, of one or two segments.
std::vector<Sequence> sequences(std::size_t count)
{
    Random random(11);
    std::vector<Sequence> result(count);
    for (std::size_t i = 0; i < count; ++i) {
        std::vector<std::int64_t> &ids = result[i].ids;
        if (i % 3 > 0)
            ids.push_back(2);
        for (std::size_t segment = 0; segment <= i % 2; ++segment) {
            const std::uint64_t words = 1 + random.below(40);
            for (std::uint64_t word = 0; word < words; ++word) {
                ids.push_back(5 + static_cast<std::int64_t>(random.below(firstPiece - 5)));
                while (random.uniform() < 0.3)
                    ids.push_back(firstPiece + static_cast<std::int64_t>(random.below(40)));
            }
            if (i % 3 > 0)
                ids.push_back(separator);
        }
        result[i].types.assign(ids.size(), 0);
    }
    return result;
}

bool continuesWord(const PackedBatch &batch, std::int64_t row)
{
    return row < batch.tokens() && batch.ids[row] >= firstPiece && batch.positions[row] > 0;
}

/// Within so many standard deviations of a binomial count.
bool isNear(double found, double trials, double probability)
{
    const double deviation = std::sqrt(trials * probability * (1 - probability));
    return std::abs(found - trials * probability) < 4 * deviation;
}

const char *nameOf(MaskingUnit unit)
{
    return unit == MaskingUnit::Token ? "token" : unit == MaskingUnit::NGram ? "n-gram" : "word";
}

} // namespace

Q_DECLARE_METATYPE(MaskingUnit)

class TestMasking : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tokensStayAsTheyWere_data();
    void tokensStayAsTheyWere();
    void asksForTheShare_data();
    void asksForTheShare();
    void neverSplitsWords_data();
    void neverSplitsWords();
    void replacesEightOfTen_data();
    void replacesEightOfTen();
    void lengthsOfNGrams();
    void everyWordOfARunIsAskedFor();
    void nGramsFitShortRuns_data();
    void nGramsFitShortRuns();
    void asksForEverything_data();
    void asksForEverything();
    void asksAtLeastOnce_data();
    void asksAtLeastOnce();
    void followsSeedAndStep_data();
    void followsSeedAndStep();
    void knowsContinuingPieces();

private:
    static void addUnits()
    {
        QTest::addColumn<MaskingUnit>("unit");
        for (const MaskingUnit unit :
             {MaskingUnit::Token, MaskingUnit::WholeWord, MaskingUnit::NGram})
            QTest::newRow(nameOf(unit)) << unit;
    }
};

// Hashes of what was drawn when tokens were the only unit: trainings are continued from states.
void TestMasking::tokensStayAsTheyWere_data()
{
    QTest::addColumn<int>("seed");
    QTest::addColumn<int>("step");
    QTest::addColumn<QString>("hash");
    QTest::newRow("1, 2") << 1 << 2 << "921416bc08dde37745c079ef36d4a5a5";
    QTest::newRow("7, 0") << 7 << 0 << "862c97ebf3c9bb6c6defc065a8c62f2b";
    QTest::newRow("7, 4000") << 7 << 4000 << "098cac7cb200e77c4ca4f39d41299f5a";
}

void TestMasking::tokensStayAsTheyWere()
{
    QFETCH(int, seed);
    QFETCH(int, step);
    QFETCH(QString, hash);
    Random random(3);
    std::vector<Sequence> examples(60);
    for (Sequence &sequence : examples) {
        const std::uint64_t length = 3 + random.below(30);
        sequence.ids.push_back(2);
        for (std::uint64_t i = 2; i < length; ++i)
            sequence.ids.push_back(5 + static_cast<std::int64_t>(random.below(95)));
        sequence.ids.push_back(separator);
        sequence.types.assign(sequence.ids.size(), 0);
    }
    const MaskedBatch asked = masked(packed(examples), optionsOf(MaskingUnit::Token),
                                     static_cast<std::uint64_t>(seed), step);
    Hasher hasher;
    for (const auto *values : {&asked.rows, &asked.targets, &asked.batch.ids}) {
        for (const std::int64_t value : *values)
            hasher.add(value);
    }
    QCOMPARE(QString::fromStdString(hasher.hex()), hash);
    QCOMPARE(asked.units, std::vector<std::int64_t>(asked.rows.size(), 1));
}

void TestMasking::asksForTheShare_data()
{
    QTest::addColumn<MaskingUnit>("unit");
    QTest::addColumn<double>("share");
    for (const MaskingUnit unit :
         {MaskingUnit::Token, MaskingUnit::WholeWord, MaskingUnit::NGram}) {
        for (const double share : {0.05, 0.15, 0.4})
            QTest::addRow("%s %g", nameOf(unit), share) << unit << share;
    }
}

void TestMasking::asksForTheShare()
{
    QFETCH(MaskingUnit, unit);
    QFETCH(double, share);
    const PackedBatch batch = packed(sequences(3000));
    double words = 0;
    for (const std::int64_t id : batch.ids)
        words += id >= 5 ? 1 : 0;
    double asked = 0;
    constexpr int steps = 10;
    for (int step = 0; step < steps; ++step) {
        const MaskedBatch result = masked(batch, optionsOf(unit, share), 1, step);
        asked += static_cast<double>(result.rows.size());
        for (std::size_t i = 0; i < result.rows.size(); ++i) {
            QVERIFY(i == 0 || result.rows[i] > result.rows[i - 1]);
            QVERIFY(batch.ids[result.rows[i]] >= 5);
            QCOMPARE(result.targets[i], batch.ids[result.rows[i]]);
        }
        QCOMPARE(std::accumulate(result.units.begin(), result.units.end(), std::size_t{0}),
                 result.rows.size());
    }
    const double found = asked / (steps * words);
    QVERIFY2(std::abs(found - share) < 0.01 * share + 0.001, qPrintable(QString::number(found)));
}

void TestMasking::neverSplitsWords_data()
{
    QTest::addColumn<MaskingUnit>("unit");
    for (const MaskingUnit unit : {MaskingUnit::WholeWord, MaskingUnit::NGram})
        QTest::newRow(nameOf(unit)) << unit;
}

void TestMasking::neverSplitsWords()
{
    QFETCH(MaskingUnit, unit);
    const PackedBatch batch = packed(sequences(2000));
    const MaskedBatch asked = masked(batch, optionsOf(unit), 5, 6);
    QVERIFY(asked.units.size() < asked.rows.size());
    std::size_t first = 0;
    for (const std::int64_t length : asked.units) {
        const std::int64_t begin = asked.rows[first];
        const bool afterSpecial = begin > 0 && batch.ids[begin - 1] < 5;
        QVERIFY(!continuesWord(batch, begin) || afterSpecial);
        for (std::int64_t i = 0; i < length; ++i) {
            const std::int64_t row = asked.rows[first + i];
            QCOMPARE(row, begin + i);
            QVERIFY(i == 0 || batch.positions[row] > 0); // of one sequence
        }
        QVERIFY(!continuesWord(batch, begin + length));
        first += static_cast<std::size_t>(length);
    }
}

void TestMasking::replacesEightOfTen_data()
{
    addUnits();
}

void TestMasking::replacesEightOfTen()
{
    QFETCH(MaskingUnit, unit);
    const PackedBatch batch = packed(sequences(4000));
    const MaskedBatch asked = masked(batch, optionsOf(unit), 1, 2);
    double hidden = 0;
    double mixed = 0; // units hidden in part
    std::size_t first = 0;
    for (const std::int64_t length : asked.units) {
        std::int64_t inUnit = 0;
        for (std::int64_t i = 0; i < length; ++i, ++first)
            inUnit += asked.batch.ids[asked.rows[first]] == 4 ? 1 : 0;
        hidden += unit == MaskingUnit::NGram ? (inUnit > 0 ? 1 : 0) : static_cast<double>(inUnit);
        mixed += inUnit > 0 && inUnit < length ? 1 : 0;
    }
    const auto decisions = static_cast<double>(unit == MaskingUnit::NGram ? asked.units.size()
                                                                          : asked.rows.size());
    QVERIFY(isNear(hidden, decisions, 0.8));
    QCOMPARE(mixed > 0, unit == MaskingUnit::WholeWord);
    double kept = 0;
    for (const std::int64_t row : asked.rows)
        kept += asked.batch.ids[row] == batch.ids[row] ? 1 : 0;
    // Random tokens that happen to be the old one stay as well.
    QVERIFY(std::abs(kept / static_cast<double>(asked.rows.size()) - 0.101) < 0.02);
    double changed = 0;
    for (std::int64_t row = 0; row < batch.tokens(); ++row)
        changed += asked.batch.ids[row] != batch.ids[row] ? 1 : 0;
    QCOMPARE(changed, static_cast<double>(asked.rows.size()) - kept);
}

void TestMasking::lengthsOfNGrams()
{
    // Runs of at least three words, of which every length fits in.
    Random random(2);
    std::vector<Sequence> examples(4000);
    for (Sequence &sequence : examples) {
        sequence.ids.push_back(2);
        for (std::uint64_t words = 3 + random.below(40); words > 0; --words) {
            sequence.ids.push_back(5 + static_cast<std::int64_t>(random.below(firstPiece - 5)));
            while (random.uniform() < 0.3)
                sequence.ids.push_back(firstPiece + static_cast<std::int64_t>(random.below(40)));
        }
        sequence.types.assign(sequence.ids.size(), 0);
    }
    const PackedBatch batch = packed(examples);
    std::array<double, 4> count{};
    double all = 0;
    for (int step = 0; step < 10; ++step) {
        const MaskedBatch asked = masked(batch, optionsOf(MaskingUnit::NGram), 3, step);
        std::size_t first = 0;
        for (const std::int64_t length : asked.units) {
            std::size_t words = 0;
            for (std::int64_t i = 0; i < length; ++i, ++first)
                words += batch.ids[asked.rows[first]] < firstPiece ? 1 : 0;
            QVERIFY(words >= 1 && words <= 3);
            ++count[words];
            ++all;
        }
    }
    QVERIFY(all > 50'000);
    for (const auto &[words, probability] :
         {std::pair{1, 6.0 / 11}, std::pair{2, 3.0 / 11}, std::pair{3, 2.0 / 11}})
        QVERIFY2(isNear(count[words], all, probability),
                 qPrintable(QString("%1: %2").arg(words).arg(count[words] / all)));
}

void TestMasking::everyWordOfARunIsAskedFor()
{
    const Sequence one{{2, 10, 11, 12, 13, 14, 15, 16, 17, separator},
                       std::vector<std::int64_t>(10, 0)};
    const std::vector<Sequence> examples(500, one);
    const PackedBatch batch = packed(examples);
    std::array<double, 10> count{};
    for (int step = 0; step < 20; ++step) {
        for (const std::int64_t row : masked(batch, optionsOf(MaskingUnit::NGram), 3, step).rows)
            ++count[batch.positions[row]];
    }
    QCOMPARE(count[0] + count[9], 0.0);
    for (std::size_t i = 1; i <= 8; ++i) { // the outermost are reached by fewer n-grams
        const bool outermost = i == 1 || i == 8;
        QVERIFY2(std::abs(count[i] / 10'000 - (outermost ? 0.10 : 0.165)) < 0.02,
                 qPrintable(QString("%1: %2").arg(i).arg(count[i])));
    }
    for (std::size_t i = 1; i <= 4; ++i) // neither end is preferred
        QVERIFY(std::abs(count[i] - count[9 - i]) < 200);
}

void TestMasking::nGramsFitShortRuns_data()
{
    QTest::addColumn<int>("words");
    for (const int words : {1, 2, 3, 4})
        QTest::addRow("%d", words) << words;
}

void TestMasking::nGramsFitShortRuns()
{
    QFETCH(int, words);
    Sequence one{{2}, {}};
    for (int i = 0; i < words; ++i)
        one.ids.push_back(10 + i);
    one.ids.push_back(separator);
    one.types.assign(one.ids.size(), 0);
    const std::vector<Sequence> examples(5000, one);
    const MaskedBatch asked = masked(packed(examples), optionsOf(MaskingUnit::NGram), 1, 1);
    const double found = static_cast<double>(asked.rows.size()) / (5000.0 * words);
    QVERIFY2(std::abs(found - 0.15) < 0.02, qPrintable(QString::number(found)));
    QVERIFY(std::ranges::max(asked.units) == std::min(words, 3));
}

void TestMasking::asksForEverything_data()
{
    addUnits();
}

void TestMasking::asksForEverything()
{
    QFETCH(MaskingUnit, unit);
    const PackedBatch batch = packed(sequences(300));
    std::size_t words = 0;
    for (const std::int64_t id : batch.ids)
        words += id >= 5 ? 1 : 0;
    const MaskedBatch asked = masked(batch, optionsOf(unit, 1), 1, 1);
    if (unit == MaskingUnit::NGram) // as many n-grams as are expected; they may miss some
        QVERIFY(asked.rows.size() > words * 8 / 10 && asked.rows.size() <= words);
    else
        QCOMPARE(asked.rows.size(), words);
}

void TestMasking::asksAtLeastOnce_data()
{
    addUnits();
}

void TestMasking::asksAtLeastOnce()
{
    QFETCH(MaskingUnit, unit);
    const std::vector<Sequence> one{{{2, 9, 70, separator}, {0, 0, 0, 0}}};
    const MaskedBatch asked = masked(packed(one), optionsOf(unit, 1e-6), 1, 1);
    QCOMPARE(asked.rows.size(), std::size_t(unit == MaskingUnit::Token ? 1 : 2));
    const std::vector<Sequence> none{{{2, separator}, {0, 0}}};
    QVERIFY(masked(packed(none), optionsOf(unit), 1, 1).rows.empty());
    QVERIFY(masked(PackedBatch(), optionsOf(unit), 1, 1).rows.empty());
}

void TestMasking::followsSeedAndStep_data()
{
    addUnits();
}

void TestMasking::followsSeedAndStep()
{
    QFETCH(MaskingUnit, unit);
    const PackedBatch batch = packed(sequences(50));
    const MaskedBatch asked = masked(batch, optionsOf(unit), 1, 2);
    QVERIFY(masked(batch, optionsOf(unit), 1, 2).batch.ids == asked.batch.ids);
    QVERIFY(masked(batch, optionsOf(unit), 2, 2).rows != asked.rows);
    QVERIFY(masked(batch, optionsOf(unit), 1, 3).rows != asked.rows);
}

void TestMasking::knowsContinuingPieces()
{
    const std::vector<std::string> tokens{"[PAD]", "play", "##ing", "##", "#", "##이"};
    QCOMPARE(continuingPieces(Vocabulary(tokens)),
             (std::vector<bool>{false, false, true, false, false, true}));
}

QTEST_GUILESS_MAIN(TestMasking)
#include "tst_masking.moc"
