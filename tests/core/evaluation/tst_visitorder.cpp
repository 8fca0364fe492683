#include "core/evaluation/visitorder.h"

#include "core/base/random.h"
#include "core/evaluation/statistics.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace pare;

namespace {

/// 70 %, 20 % and 10 % of three classes, one after another.
std::vector<std::int64_t> unevenLabels(std::size_t count)
{
    std::vector<std::int64_t> labels(count, 0);
    std::fill(labels.begin() + static_cast<std::ptrdiff_t>(count * 7 / 10), labels.end(), 1);
    std::fill(labels.begin() + static_cast<std::ptrdiff_t>(count * 9 / 10), labels.end(), 2);
    return labels;
}

} // namespace

class TestVisitOrder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyExampleOnce()
    {
        auto order = stratifiedOrder(unevenLabels(1000), 4);
        QCOMPARE(order, stratifiedOrder(unevenLabels(1000), 4));
        QVERIFY(order != stratifiedOrder(unevenLabels(1000), 5));
        std::ranges::sort(order);
        for (std::size_t i = 0; i < order.size(); ++i)
            QCOMPARE(order[i], i);
        QVERIFY(stratifiedOrder({}, 1).empty());
    }

    void everyStretchIsLikeTheWhole()
    {
        const auto labels = unevenLabels(1000);
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            const auto order = stratifiedOrder(labels, seed);
            std::array<double, 3> seen{};
            double furthest = 0;
            for (std::size_t i = 0; i < order.size(); ++i) {
                ++seen[static_cast<std::size_t>(labels[order[i]])];
                const double count = static_cast<double>(i + 1);
                furthest = std::max(
                    {furthest, std::abs(seen[0] - 0.7 * count), std::abs(seen[2] - 0.1 * count)});
            }
            // A few examples ahead or behind at any time; as the data lies it would be 210.
            QVERIFY2(furthest < 4, qPrintable(QString::number(furthest)));
        }
    }

    void aClassNobodyHas()
    {
        const std::vector<std::int64_t> labels{2, 0, 2, 0};
        const auto order = stratifiedOrder(labels, 1);
        QCOMPARE(order.size(), std::size_t(4));
        QVERIFY(labels[order[0]] != labels[order[1]]);
    }

    void runningIntervalKeepsItsPromise()
    {
        // Classes of very different difficulty: 98 %, 80 % and 40 % right, 88.6 % together.
        const auto labels = unevenLabels(1000);
        constexpr std::array<double, 3> difficulty{0.98, 0.80, 0.40};
        int excluded = 0;
        for (std::uint64_t seed = 0; seed < 300; ++seed) {
            Random random(seed, 1);
            double right = 0;
            std::int64_t n = 0;
            bool wrong = false;
            for (const std::size_t example : stratifiedOrder(labels, seed)) {
                right += random.uniform() < difficulty[static_cast<std::size_t>(labels[example])];
                const Interval interval = anytimeInterval(right, ++n);
                wrong = wrong || interval.low > 0.886 || interval.high < 0.886;
            }
            excluded += wrong;
        }
        QVERIFY2(excluded <= 15, qPrintable(QString::number(excluded)));
    }

    void batchesFillButNeverOverflow()
    {
        std::vector<Sequence> sequences(100);
        Random random(2);
        for (Sequence &sequence : sequences)
            sequence.ids.resize(1 + random.below(30));
        sequences[17].ids.resize(500); // longer than a batch
        std::vector<std::size_t> order(sequences.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        random.shuffle(order);

        std::vector<std::size_t> visited;
        for (const auto batch : consecutiveBatches(sequences, order, 64)) {
            std::size_t tokens = 0;
            for (const std::size_t example : batch)
                tokens += sequences[example].ids.size();
            QVERIFY(!batch.empty());
            QVERIFY(tokens <= 64 || batch.size() == 1);
            visited.insert(visited.end(), batch.begin(), batch.end());
        }
        QCOMPARE(visited, order);
        QVERIFY(consecutiveBatches(sequences, {}, 64).empty());
    }
};

QTEST_GUILESS_MAIN(TestVisitOrder)
#include "tst_visitorder.moc"
