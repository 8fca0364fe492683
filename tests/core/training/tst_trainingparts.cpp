// What a training is made of: order of batches, learning rate, masks, optimiser, defaults.
#include "core/base/error.h"
#include "core/base/random.h"
#include "core/training/adamw.h"
#include "core/training/batchorder.h"
#include "core/training/masking.h"
#include "core/training/trainingoptions.h"

#include <ATen/ATen.h>
#include <cmath>
#include <set>

#include <QtTest>

using namespace pare;

namespace {

std::vector<Sequence> sequences(std::size_t count)
{
    Random random(3);
    std::vector<Sequence> result(count);
    for (Sequence &sequence : result) {
        const std::uint64_t length = 3 + random.below(30);
        sequence.ids.push_back(2);
        for (std::uint64_t i = 2; i < length; ++i)
            sequence.ids.push_back(5 + static_cast<std::int64_t>(random.below(95)));
        sequence.ids.push_back(3);
        sequence.types.assign(sequence.ids.size(), 0);
    }
    return result;
}

MaskingOptions maskingOptions()
{
    return {0.15, 100, 4, {0, 2, 3, 4}};
}

} // namespace

class TrainingPartsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everySequenceOncePerEpoch();
    void orderFollowsSeedAndEpoch();
    void batchesHoldLikeLengths();
    void schedule();
    void masksByTheRule();
    void masksFollowSeedAndStep();
    void asksAtLeastOnce();
    void adamAgainstItsFormula();
    void clippingKeepsTheDirection();
    void notFiniteChangesNothing();
    void defaults();
};

void TrainingPartsTest::everySequenceOncePerEpoch()
{
    const std::vector<Sequence> examples = sequences(5000);
    const auto batches = epochBatches(examples, {200, 1, 0});
    std::vector<int> seen(examples.size());
    for (const auto &batch : batches) {
        QVERIFY(!batch.empty());
        std::size_t tokens = 0;
        for (const std::size_t index : batch) {
            ++seen[index];
            tokens += examples[index].ids.size();
        }
        QVERIFY(tokens <= 200);
    }
    QCOMPARE(seen, std::vector<int>(examples.size(), 1));
    QCOMPARE(epochBatches(examples, {1, 1, 0}).size(), examples.size());
}

void TrainingPartsTest::orderFollowsSeedAndEpoch()
{
    const std::vector<Sequence> examples = sequences(300);
    const auto batches = epochBatches(examples, {200, 1, 0});
    QVERIFY(epochBatches(examples, {200, 1, 0}) == batches);
    QVERIFY(epochBatches(examples, {200, 2, 0}) != batches);
    QVERIFY(epochBatches(examples, {200, 1, 1}) != batches);
}

void TrainingPartsTest::batchesHoldLikeLengths()
{
    const std::vector<Sequence> examples = sequences(5000);
    std::size_t groups = 0;
    const auto batches = epochBatches(examples, {500, 1, 0});
    std::size_t descending = 0;
    for (std::size_t i = 0; i < batches.size(); ++i) {
        std::set<std::size_t> lengths;
        for (const std::size_t index : batches[i])
            lengths.insert(examples[index].ids.size());
        groups += lengths.size();
        descending +=
            i > 0 && examples[batches[i][0]].ids.size() < examples[batches[i - 1][0]].ids.size()
                ? 1
                : 0;
    }
    QVERIFY(groups < 4 * batches.size());
    QVERIFY(descending > batches.size() / 4); // the batches themselves are in no order
}

void TrainingPartsTest::schedule()
{
    QCOMPARE(scheduleFactor(0, 0.1), 0.0);
    QCOMPARE(scheduleFactor(0.05, 0.1), 0.5);
    QCOMPARE(scheduleFactor(0.1, 0.1), 1.0);
    QCOMPARE(scheduleFactor(0.55, 0.1), 0.5);
    QCOMPARE(scheduleFactor(1, 0.1), 0.0);
    QCOMPARE(scheduleFactor(0, 0), 1.0);
    QCOMPARE(scheduleFactor(1, 1), 1.0);
}

void TrainingPartsTest::masksByTheRule()
{
    const std::vector<Sequence> examples = sequences(4000);
    const PackedBatch batch = packed(examples);
    const MaskedBatch asked = masked(batch, maskingOptions(), 1, 2);
    std::int64_t words = 0;
    for (const std::int64_t id : batch.ids)
        words += id >= 5 ? 1 : 0;
    double hidden = 0;
    double kept = 0;
    for (std::size_t i = 0; i < asked.rows.size(); ++i) {
        const std::int64_t row = asked.rows[i];
        QVERIFY(i == 0 || row > asked.rows[i - 1]);
        QCOMPARE(asked.targets[i], batch.ids[row]);
        QVERIFY(batch.ids[row] >= 5);
        hidden += asked.batch.ids[row] == 4 ? 1 : 0;
        kept += asked.batch.ids[row] == batch.ids[row] ? 1 : 0;
        QVERIFY(asked.batch.ids[row] == 4 || asked.batch.ids[row] == 1 ||
                asked.batch.ids[row] >= 5);
    }
    const auto count = static_cast<double>(asked.rows.size());
    QVERIFY(std::abs(count / static_cast<double>(words) - 0.15) < 0.01);
    QVERIFY(std::abs(hidden / count - 0.8) < 0.02);
    QVERIFY(std::abs(kept / count - 0.1) < 0.02);
    std::int64_t changed = 0;
    for (std::int64_t i = 0; i < batch.tokens(); ++i)
        changed += asked.batch.ids[i] != batch.ids[i] ? 1 : 0;
    QCOMPARE(static_cast<double>(changed), count - kept);
}

void TrainingPartsTest::masksFollowSeedAndStep()
{
    const std::vector<Sequence> examples = sequences(50);
    const PackedBatch batch = packed(examples);
    const MaskedBatch asked = masked(batch, maskingOptions(), 1, 2);
    QVERIFY(masked(batch, maskingOptions(), 1, 2).batch.ids == asked.batch.ids);
    QVERIFY(masked(batch, maskingOptions(), 2, 2).rows != asked.rows);
    QVERIFY(masked(batch, maskingOptions(), 1, 3).rows != asked.rows);
}

void TrainingPartsTest::asksAtLeastOnce()
{
    MaskingOptions options = maskingOptions();
    options.share = 0.001;
    const std::vector<Sequence> one{{{2, 9, 3}, {0, 0, 0}}};
    const MaskedBatch asked = masked(packed(one), options, 1, 1);
    QCOMPARE(asked.rows, std::vector<std::int64_t>{1});
    const std::vector<Sequence> none{{{2, 3}, {0, 0}}};
    QVERIFY(masked(packed(none), options, 1, 1).rows.empty());
}

void TrainingPartsTest::adamAgainstItsFormula()
{
    at::manual_seed(1);
    const at::Tensor matrix = at::randn({13, 7}).requires_grad_(true);
    const at::Tensor vector = at::randn({7}).requires_grad_(true);
    AdamW optimizer({{"m", ParameterKind::Matrix, matrix}, {"v", ParameterKind::Vector, vector}},
                    {.weightDecay = 0.1, .clip = 0});
    struct Expected
    {
        at::Tensor value;
        at::Tensor mean;
        at::Tensor square;
        double decay;
    };
    std::vector<Expected> expected;
    for (const auto &[tensor, decay] : {std::pair{matrix, 0.1}, std::pair{vector, 0.0}}) {
        const at::Tensor value = tensor.detach().to(at::kDouble);
        expected.push_back({value, at::zeros_like(value), at::zeros_like(value), decay});
    }
    for (int step = 1; step <= 5; ++step) {
        const double rate = 0.01 * step;
        std::size_t i = 0;
        for (const at::Tensor &tensor : {matrix, vector}) {
            const at::Tensor gradient = at::randn_like(tensor.detach());
            tensor.mutable_grad() = gradient;
            Expected &x = expected[i++];
            const at::Tensor exact = gradient.to(at::kDouble);
            x.mean = x.mean * 0.9 + exact * 0.1;
            x.square = x.square * 0.999 + exact * exact * 0.001;
            const at::Tensor root = (x.square / (1 - std::pow(0.999, step))).sqrt();
            x.value = x.value * (1 - rate * x.decay) -
                      rate * (x.mean / (1 - std::pow(0.9, step))) / (root + 1e-8);
        }
        optimizer.step(rate);
    }
    QCOMPARE(optimizer.steps(), 5);
    QVERIFY((matrix.detach().to(at::kDouble) - expected[0].value).abs().max().item<double>() <
            1e-5);
    QVERIFY((vector.detach().to(at::kDouble) - expected[1].value).abs().max().item<double>() <
            1e-5);
}

void TrainingPartsTest::clippingKeepsTheDirection()
{
    const at::Tensor a = at::zeros({3000}).requires_grad_(true);
    AdamW optimizer({{"a", ParameterKind::Matrix, a}}, {.weightDecay = 0, .clip = 2});
    a.mutable_grad() = at::full({3000}, 10.0);
    const double norm = optimizer.step(0.1);
    QVERIFY(std::abs(norm - 10 * std::sqrt(3000.0)) < 1e-3);
    const double mean = optimizer.means()[0][0].item<double>();
    QVERIFY(std::abs(mean - 0.1 * 2 / std::sqrt(3000.0)) < 1e-6);
}

void TrainingPartsTest::notFiniteChangesNothing()
{
    const at::Tensor a = at::ones({3}).requires_grad_(true);
    AdamW optimizer({{"a", ParameterKind::Matrix, a}}, {});
    a.mutable_grad() = at::full({3}, std::nan(""));
    QVERIFY(std::isnan(optimizer.step(0.1)));
    QVERIFY(at::equal(a.detach(), at::ones({3})));
    QCOMPARE(optimizer.steps(), 0);
}

void TrainingPartsTest::defaults()
{
    NetworkSpecification network;
    BlockSpecification block;
    block.width = 384;
    network.stacks.push_back({"encoder", 6, block});
    const TrainingOptions task = withDefaults({}, network, TrainingStart::Checkpoint);
    QCOMPARE(task.learningRate, 1e-4);
    QCOMPARE(task.epochs, 4.0);
    const TrainingOptions scratch = withDefaults({}, network, TrainingStart::Scratch);
    QVERIFY(scratch.learningRate > task.learningRate);
    TrainingOptions chosen;
    chosen.learningRate = 0.5;
    chosen.epochs = 2.5;
    chosen.batchTokens = 77;
    const TrainingOptions kept = withDefaults(chosen, network, TrainingStart::Scratch);
    QCOMPARE(kept.learningRate, 0.5);
    QCOMPARE(kept.epochs, 2.5);
    QCOMPARE(kept.batchTokens, 77);
    chosen.epochs = -1;
    QVERIFY_EXCEPTION_THROWN(withDefaults(chosen, network, TrainingStart::Scratch), Error);
    chosen.epochs = std::nan("");
    QVERIFY_EXCEPTION_THROWN(withDefaults(chosen, network, TrainingStart::Scratch), Error);
}

QTEST_GUILESS_MAIN(TrainingPartsTest)
#include "tst_trainingparts.moc"
