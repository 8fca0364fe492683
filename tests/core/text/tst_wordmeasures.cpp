#include "core/text/wordmeasures.h"

#include <QTest>

using namespace pare;

namespace {

/// Cancelled from the start.
class CancelledProgress final : public Progress
{
public:
    void report(const ProgressReport &) override {}
    bool cancelled() const override { return true; }
};

} // namespace

class TestWordMeasures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wordsAndRareOnes()
    {
        Dataset data(TaskKind::Classification, TextCount::One);
        data.add({.textA = "The cat, the dog", .label = "a"});
        data.add({.textA = "the CAT sleeps", .label = "a"});
        data.add({.textA = "", .label = "a"});
        const WordMeasures measures = wordMeasures(data, 2, silentProgress());
        QCOMPARE(measures.words, (std::vector<double>{5, 3, 0})); // a comma is a word
        // Once: the comma, dog; sleeps.
        QCOMPARE(measures.rareShare, (std::vector<double>{2.0 / 5, 1.0 / 3, 0}));
        const WordMeasures three = wordMeasures(data, 3, silentProgress());
        QCOMPARE(three.rareShare, (std::vector<double>{3.0 / 5, 2.0 / 3, 0}));
    }

    void pairsCountTogether()
    {
        Dataset data(TaskKind::Classification, TextCount::Two);
        data.add({.textA = "a b", .textB = "b", .label = "x"});
        const WordMeasures measures = wordMeasures(data, 2, silentProgress());
        QCOMPARE(measures.words, std::vector<double>{3});
        QCOMPARE(measures.rareShare, std::vector<double>{1.0 / 3});
    }

    void itCanBeCancelled()
    {
        Dataset data(TaskKind::Classification, TextCount::One);
        data.add({.textA = "a", .label = "x"});
        CancelledProgress progress;
        QVERIFY_EXCEPTION_THROWN(wordMeasures(data, 2, progress), Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestWordMeasures)
#include "tst_wordmeasures.moc"
