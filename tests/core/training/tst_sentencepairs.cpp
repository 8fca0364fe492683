// Pairs of segments for next sentence and sentence order prediction.
#include "core/base/error.h"
#include "core/base/random.h"
#include "core/training/sentencepairs.h"

#include <cmath>
#include <map>
#include <set>

#include <QtTest>

using namespace pare;

namespace {

constexpr std::int64_t classify = 2;
constexpr std::int64_t separator = 3;
constexpr std::int64_t perDocument = 100'000;

/// Every token says where it stands: document · 100,000 + 10 + its place in the document.
DocumentTokens document(std::int64_t number, const std::vector<std::size_t> &lengths)
{
    DocumentTokens result;
    std::int64_t id = number * perDocument + 10;
    for (const std::size_t length : lengths) {
        result.emplace_back();
        for (std::size_t i = 0; i < length; ++i)
            result.back().push_back(id++);
    }
    return result;
}

std::vector<DocumentTokens> corpus(std::size_t documents, std::size_t sentences,
                                   std::size_t longest)
{
    Random random(4);
    std::vector<DocumentTokens> result;
    for (std::size_t i = 0; i < documents; ++i) {
        std::vector<std::size_t> lengths(1 + random.below(sentences));
        for (std::size_t &length : lengths)
            length = 1 + random.below(longest);
        result.push_back(document(static_cast<std::int64_t>(i), lengths));
    }
    return result;
}

PairOptions optionsOf(PairObjective objective, std::int64_t maxLength = 64)
{
    return {objective, maxLength, classify, separator, 0.1, 1, 0};
}

struct Segments
{
    std::vector<std::int64_t> first;
    std::vector<std::int64_t> second;
};

Segments segmentsOf(const Sequence &sequence)
{
    const auto middle = std::ranges::find(sequence.ids, separator);
    return {{sequence.ids.begin() + 1, middle}, {middle + 1, sequence.ids.end() - 1}};
}

std::int64_t documentOf(std::int64_t id)
{
    return id / perDocument;
}

/// Whether ids stand one after another in one document.
bool isStretch(const std::vector<std::int64_t> &ids)
{
    for (std::size_t i = 1; i < ids.size(); ++i) {
        if (ids[i] != ids[i - 1] + 1)
            return false;
    }
    return !ids.empty() && documentOf(ids.front()) == documentOf(ids.back());
}

} // namespace

Q_DECLARE_METATYPE(PairObjective)

class TestSentencePairs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pairsAreWellFormed_data();
    void pairsAreWellFormed();
    void halfOfTheAnswersAreWrong_data();
    void halfOfTheAnswersAreWrong();
    void fillsTheLength_data();
    void fillsTheLength();
    void ordersUseEverySentenceOnce();
    void wrongNextsComeFromEveryOtherDocument();
    void putsBackWhatWasNotUsed();
    void splitsAnywhere();
    void cutsAtBothEnds();
    void passesOverWhatIsEmpty();
    void followsSeedAndEpoch_data();
    void followsSeedAndEpoch();
    void refuses_data();
    void refuses();

private:
    static void addObjectives()
    {
        QTest::addColumn<PairObjective>("objective");
        QTest::newRow("next") << PairObjective::NextSentence;
        QTest::newRow("order") << PairObjective::SentenceOrder;
    }
};

void TestSentencePairs::pairsAreWellFormed_data()
{
    QTest::addColumn<PairObjective>("objective");
    QTest::addColumn<int>("maxLength");
    QTest::addColumn<int>("longest");
    for (const int maxLength : {5, 6, 17, 64, 512}) {
        for (const int longest : {1, 20, 700}) {
            QTest::addRow("next %d %d", maxLength, longest)
                << PairObjective::NextSentence << maxLength << longest;
            QTest::addRow("order %d %d", maxLength, longest)
                << PairObjective::SentenceOrder << maxLength << longest;
        }
    }
}

void TestSentencePairs::pairsAreWellFormed()
{
    QFETCH(PairObjective, objective);
    QFETCH(int, maxLength);
    QFETCH(int, longest);
    const auto documents = corpus(60, 15, static_cast<std::size_t>(longest));
    const SentencePairs pairs = sentencePairs(documents, optionsOf(objective, maxLength));
    QVERIFY(pairs.sequences.size() > 50);
    QCOMPARE(pairs.labels.size(), pairs.sequences.size());
    for (std::size_t i = 0; i < pairs.labels.size(); ++i) {
        const Sequence &sequence = pairs.sequences[i];
        const auto [first, second] = segmentsOf(sequence);
        QVERIFY(sequence.ids.size() <= static_cast<std::size_t>(maxLength));
        QCOMPARE(sequence.ids.front(), classify);
        QCOMPARE(sequence.ids.back(), separator);
        QCOMPARE(std::ranges::count(sequence.ids, separator), std::ptrdiff_t(2));
        std::vector<std::int64_t> types(first.size() + 2, 0);
        types.resize(sequence.ids.size(), 1);
        QCOMPARE(sequence.types, types);
        QVERIFY(isStretch(first) && isStretch(second));
        const bool same = documentOf(first.front()) == documentOf(second.front());
        const bool wrong = pairs.labels[i] == 1;
        QCOMPARE(same, objective == PairObjective::SentenceOrder || !wrong);
        if (same)
            QCOMPARE(first.back() > second.front(), wrong);
        const bool cut = sequence.ids.size() == static_cast<std::size_t>(maxLength);
        if (same && !cut) // nothing stands between the segments
            QCOMPARE(wrong ? second.back() + 1 : first.back() + 1,
                     wrong ? first.front() : second.front());
    }
}

void TestSentencePairs::halfOfTheAnswersAreWrong_data()
{
    addObjectives();
}

void TestSentencePairs::halfOfTheAnswersAreWrong()
{
    QFETCH(PairObjective, objective);
    // Documents of one to three sentences: what is left at their ends must not tip the balance.
    for (const std::size_t sentences : {3, 30}) {
        const auto documents = corpus(10'000, sentences, 30);
        const SentencePairs pairs = sentencePairs(documents, optionsOf(objective));
        double wrong = 0;
        for (const std::int64_t label : pairs.labels) {
            QVERIFY(label == 0 || label == 1);
            wrong += static_cast<double>(label);
        }
        const auto all = static_cast<double>(pairs.labels.size());
        QVERIFY(all > 5000);
        QVERIFY2(std::abs(wrong - all / 2) < 2 * std::sqrt(all),
                 qPrintable(QString("%1 of %2").arg(wrong).arg(all)));
    }
}

void TestSentencePairs::fillsTheLength_data()
{
    QTest::addColumn<PairObjective>("objective");
    QTest::addColumn<double>("shortShare");
    for (const double share : {0.0, 0.1, 1.0}) {
        QTest::addRow("next %g", share) << PairObjective::NextSentence << share;
        QTest::addRow("order %g", share) << PairObjective::SentenceOrder << share;
    }
}

void TestSentencePairs::fillsTheLength()
{
    QFETCH(PairObjective, objective);
    QFETCH(double, shortShare);
    // Sentences of one token fill any length exactly.
    std::vector<DocumentTokens> documents;
    for (std::int64_t i = 0; i < 20; ++i)
        documents.push_back(document(i, std::vector<std::size_t>(20'000, 1)));
    PairOptions options = optionsOf(objective, 40);
    options.shortShare = shortShare;
    const SentencePairs pairs = sentencePairs(documents, options);
    std::map<std::size_t, double> lengths;
    for (const Sequence &sequence : pairs.sequences)
        ++lengths[sequence.ids.size()];
    const auto all = static_cast<double>(pairs.sequences.size());
    // Of 36 lengths that a short pair may aim at, the whole length is one.
    const double full = 1 - shortShare * 35 / 36;
    const double deviation = std::sqrt(all * full * (1 - full));
    // Each document, and each wrong segment that comes upon one's end, may leave a shorter pair.
    QVERIFY2(std::abs(lengths[40] - all * full) < 4 * deviation + 40 + 0.002 * all,
             qPrintable(QString("%1 of %2").arg(lengths[40]).arg(all)));
    QCOMPARE(lengths.rbegin()->first, std::size_t(40));
    QVERIFY(lengths.begin()->first >= 5);
    if (shortShare > 0) {
        for (std::size_t length = 5; length < 40; ++length)
            QVERIFY(lengths[length] > 0.3 * all * shortShare / 36);
    }
}

void TestSentencePairs::ordersUseEverySentenceOnce()
{
    std::vector<DocumentTokens> documents;
    for (std::int64_t i = 0; i < 50; ++i)
        documents.push_back(document(i, std::vector<std::size_t>(static_cast<std::size_t>(i), 1)));
    std::map<std::int64_t, int> seen;
    for (const Sequence &sequence :
         sentencePairs(documents, optionsOf(PairObjective::SentenceOrder, 12)).sequences) {
        for (const std::int64_t id : sequence.ids) {
            if (id >= 10)
                ++seen[id];
        }
    }
    std::size_t left = 0;
    for (const DocumentTokens &tokens : documents) {
        for (const SentenceTokens &sentence : tokens) {
            const int times = seen[sentence[0]];
            QVERIFY(times == 1 || (times == 0 && sentence == tokens.back()));
            left += times == 0 ? 1 : 0;
        }
    }
    QVERIFY(left < 20); // of 50 documents' last sentences, those that stood alone
}

void TestSentencePairs::wrongNextsComeFromEveryOtherDocument()
{
    std::vector<DocumentTokens> documents{document(0, std::vector<std::size_t>(9000, 4))};
    for (std::int64_t i = 1; i < 6; ++i)
        documents.push_back(document(i, {3})); // one sentence: good enough for a wrong next
    const SentencePairs pairs =
        sentencePairs(documents, optionsOf(PairObjective::NextSentence, 16));
    std::map<std::int64_t, double> from;
    double wrong = 0;
    for (std::size_t i = 0; i < pairs.labels.size(); ++i) {
        const auto [first, second] = segmentsOf(pairs.sequences[i]);
        QCOMPARE(documentOf(first.front()), std::int64_t(0));
        if (pairs.labels[i] == 0)
            continue;
        ++from[documentOf(second.front())];
        ++wrong;
    }
    QVERIFY(wrong > 1000);
    QCOMPARE(from.size(), std::size_t(5));
    QCOMPARE(from[0], 0.0);
    for (std::int64_t i = 1; i < 6; ++i)
        QVERIFY(std::abs(from[i] - wrong / 5) < 4 * std::sqrt(wrong * 0.16));
}

void TestSentencePairs::putsBackWhatWasNotUsed()
{
    const std::vector<DocumentTokens> documents{document(0, std::vector<std::size_t>(3000, 5)),
                                                document(1, {2})};
    std::set<std::int64_t> seen;
    for (const Sequence &sequence :
         sentencePairs(documents, optionsOf(PairObjective::NextSentence, 43)).sequences)
        seen.insert(sequence.ids.begin(), sequence.ids.end());
    std::size_t unseen = 0;
    for (const SentenceTokens &sentence : documents[0])
        unseen += seen.contains(sentence[2]) ? 0 : 1;
    QVERIFY2(unseen < 60, qPrintable(QString::number(unseen))); // by cutting short pairs
}

void TestSentencePairs::splitsAnywhere()
{
    const std::vector<DocumentTokens> documents{document(0, std::vector<std::size_t>(9000, 1))};
    PairOptions options = optionsOf(PairObjective::SentenceOrder, 12);
    options.shortShare = 0;
    std::map<std::size_t, double> sizes;
    const SentencePairs pairs = sentencePairs(documents, options);
    for (const Sequence &sequence : pairs.sequences)
        ++sizes[segmentsOf(sequence).first.size()];
    QCOMPARE(sizes.size(), std::size_t(8)); // of nine sentences
    for (const auto &[size, count] : sizes)
        QVERIFY(std::abs(count - 125) < 4 * std::sqrt(125.0));
}

void TestSentencePairs::cutsAtBothEnds()
{
    std::vector<DocumentTokens> documents;
    for (std::int64_t i = 0; i < 500; ++i)
        documents.push_back(document(i, {100, 100}));
    double before = 0;
    double after = 0;
    for (const Sequence &sequence :
         sentencePairs(documents, optionsOf(PairObjective::SentenceOrder, 53)).sequences) {
        const auto [first, second] = segmentsOf(sequence);
        QCOMPARE(first.size(), std::size_t(25));
        QCOMPARE(second.size(), std::size_t(25));
        before += static_cast<double>((first.front() - 10) % perDocument % 100);
        after += 99 - static_cast<double>((first.back() - 10) % perDocument % 100);
    }
    QCOMPARE(before + after, 500 * 75.0);
    QVERIFY(std::abs(before - after) < 4 * std::sqrt(500 * 75.0));
}

void TestSentencePairs::passesOverWhatIsEmpty()
{
    std::vector<DocumentTokens> documents{document(0, {3, 4, 5}), document(1, {2, 2})};
    const SentencePairs pairs = sentencePairs(documents, optionsOf(PairObjective::NextSentence));
    documents[0].insert(documents[0].begin() + 1, SentenceTokens());
    documents.insert(documents.begin() + 1, DocumentTokens());
    documents.push_back({{}, {}});
    const SentencePairs same = sentencePairs(documents, optionsOf(PairObjective::NextSentence));
    QCOMPARE(same.labels, pairs.labels);
    for (std::size_t i = 0; i < pairs.labels.size(); ++i)
        QCOMPARE(same.sequences[i].ids, pairs.sequences[i].ids);
}

void TestSentencePairs::followsSeedAndEpoch_data()
{
    addObjectives();
}

void TestSentencePairs::followsSeedAndEpoch()
{
    QFETCH(PairObjective, objective);
    const auto documents = corpus(50, 20, 20);
    const PairOptions options = optionsOf(objective);
    const auto labels = [&](std::uint64_t seed, std::int64_t epoch) {
        PairOptions other = options;
        other.seed = seed;
        other.epoch = epoch;
        return sentencePairs(documents, other).labels;
    };
    QCOMPARE(labels(1, 0), labels(1, 0));
    QVERIFY(labels(1, 0) != labels(1, 1));
    QVERIFY(labels(1, 0) != labels(2, 0));
}

void TestSentencePairs::refuses_data()
{
    QTest::addColumn<PairObjective>("objective");
    QTest::addColumn<int>("documents");
    QTest::addColumn<int>("sentences"); // of each
    QTest::addColumn<int>("maxLength");
    QTest::addColumn<QString>("says");
    const auto next = PairObjective::NextSentence;
    const auto order = PairObjective::SentenceOrder;
    QTest::newRow("one document") << next << 1 << 9 << 64 << "at least two documents";
    QTest::newRow("one document, in order") << order << 1 << 9 << 64 << "";
    QTest::newRow("single sentences") << next << 9 << 1 << 64 << "found none among 9";
    QTest::newRow("single sentences, in order") << order << 9 << 1 << 64 << "found none among 9";
    QTest::newRow("nothing") << order << 0 << 0 << 64 << "found none among 0";
    QTest::newRow("too short") << next << 9 << 9 << 4 << "at least 5 tokens, found 4";
    QTest::newRow("just enough") << next << 9 << 9 << 5 << "";
}

void TestSentencePairs::refuses()
{
    QFETCH(PairObjective, objective);
    QFETCH(int, documents);
    QFETCH(int, sentences);
    QFETCH(int, maxLength);
    QFETCH(QString, says);
    std::vector<DocumentTokens> texts;
    for (int i = 0; i < documents; ++i)
        texts.push_back(document(i, std::vector<std::size_t>(std::size_t(sentences), 3)));
    try {
        QVERIFY(!sentencePairs(texts, optionsOf(objective, maxLength)).labels.empty());
        QCOMPARE(says, QString());
    } catch (const Error &error) {
        QCOMPARE(error.kind(), ErrorKind::InvalidSetting);
        QVERIFY2(!says.isEmpty() && QString(error.what()).contains(says), error.what());
    }
}

QTEST_GUILESS_MAIN(TestSentencePairs)
#include "tst_sentencepairs.moc"
