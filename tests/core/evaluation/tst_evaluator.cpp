#include "tests/core/evaluation/tinynetwork.h"

#include <ATen/Parallel.h>

#include "core/base/error.h"
#include "core/evaluation/evaluator.h"
#include "core/evaluation/latency.h"
#include "core/evaluation/loyalty.h"
#include "core/evaluation/statistics.h"
#include "core/network/kernels/kernelchoice.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <set>

using namespace pare;

namespace {

class Recorder final : public Progress
{
public:
    void report(const ProgressReport &report) override { m_reports.push_back(report); }
    bool cancelled() const override { return m_reports.size() >= m_limit; }

    std::vector<ProgressReport> m_reports;
    std::size_t m_limit = std::numeric_limits<std::size_t>::max();
};

std::int64_t thirds(std::size_t example)
{
    return static_cast<std::int64_t>(example % 3);
}

} // namespace

class TestEvaluator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        at::set_num_threads(1);
        setKernelThreads(1); // two would spend their time waiting for each other
        const NetworkSpecification specification = tinySpecification();
        m_network = std::make_unique<Network>(specification, tinyWeights(specification));
    }

    void answersStandInTheDataOrder()
    {
        const EncodedData data = tinyData(120, thirds);
        const Evaluation evaluation =
            evaluate(*m_network, data, {.batchTokens = 200, .seed = 3}, silentProgress());
        QCOMPARE(evaluation.logits.size(0), data.size());
        QCOMPARE(evaluation.logits.size(1), std::int64_t(3));
        for (std::size_t i = 0; i < data.sequences.size(); ++i) {
            const at::Tensor alone = m_network->logits(packed(data.sequences, {&i, 1}));
            const at::Tensor row = evaluation.logits.narrow(0, static_cast<std::int64_t>(i), 1);
            QVERIFY(at::allclose(alone, row, 1e-4, 1e-5));
        }
        QCOMPARE(evaluation.predicted, predictedLabels(evaluation.logits));
        QVERIFY(std::set(evaluation.predicted.begin(), evaluation.predicted.end()).size() > 1);
        QVERIFY(evaluation.examplesPerSecond() > 0);
    }

    void orderAndBatchesChangeNothing()
    {
        const EncodedData data = tinyData(150, thirds);
        const Evaluation one =
            evaluate(*m_network, data, {.batchTokens = 100000, .seed = 1}, silentProgress());
        const Evaluation other =
            evaluate(*m_network, data, {.batchTokens = 1, .seed = 9}, silentProgress());
        QVERIFY(at::allclose(one.logits, other.logits, 1e-4, 1e-5));
        QCOMPARE(one.predicted, other.predicted);
        QCOMPARE(one.accuracy, other.accuracy);
        const Evaluation again =
            evaluate(*m_network, data, {.batchTokens = 100000, .seed = 1}, silentProgress());
        QVERIFY(at::equal(one.logits, again.logits));
    }

    void accuracyIsWilsons()
    {
        EncodedData data = tinyData(100, thirds);
        const Evaluation first = evaluate(*m_network, data, {}, silentProgress());
        data.labels = first.predicted;
        QCOMPARE(evaluate(*m_network, data, {}, silentProgress()).accuracy,
                 wilsonInterval(100, 100));
        for (int i = 0; i < 10; ++i)
            data.labels[i] = (data.labels[i] + 1) % 3;
        QCOMPARE(evaluate(*m_network, data, {}, silentProgress()).accuracy,
                 wilsonInterval(90, 100));
    }

    void everyBatchIsReported()
    {
        const EncodedData data = tinyData(100, thirds);
        Recorder recorder;
        std::vector<PartialEvaluation> partials;
        std::size_t visited = 0;
        const Evaluation evaluation =
            evaluate(*m_network, data, {.batchTokens = 300}, recorder,
                     [&](const PartialEvaluation &partial) {
                         visited += partial.batch.size();
                         QCOMPARE(partial.done, static_cast<std::int64_t>(visited));
                         for (const std::size_t example : partial.batch)
                             QVERIFY(partial.predicted[example] >= 0);
                         const auto open = std::ranges::count(partial.predicted, -1);
                         QCOMPARE(open, static_cast<std::ptrdiff_t>(100 - visited));
                         partials.push_back(partial);
                     });
        QVERIFY(partials.size() > 3);
        QCOMPARE(recorder.m_reports.size(), partials.size() + 1);
        const ProgressReport &last = recorder.m_reports.back();
        QCOMPARE(last.done, std::int64_t(100));
        QCOMPARE(last.total, std::int64_t(100));
        const auto [value, low, high, n] = evaluation.accuracy;
        QCOMPARE(last.figure.text(),
                 fmt::format("{:.1f} % ({:.1f} … {:.1f})", 100 * value, 100 * low, 100 * high));
        QCOMPARE(partials.back().accuracy, evaluation.accuracy);
        const PartialEvaluation &first = partials.front();
        QCOMPARE(first.accuracy,
                 anytimeInterval(std::round(first.accuracy.value * first.done), first.done));
        QVERIFY(recorder.m_reports[1].figure.text().ends_with(" so far"));
    }

    void cancelling()
    {
        const EncodedData data = tinyData(100, thirds);
        Recorder recorder;
        recorder.m_limit = 3;
        QVERIFY_EXCEPTION_THROWN(evaluate(*m_network, data, {.batchTokens = 100}, recorder),
                                 Cancelled);
        QCOMPARE(recorder.m_reports.size(), std::size_t(3));
        QVERIFY_EXCEPTION_THROWN(measureLatency(*m_network, data, {}, recorder), Cancelled);
    }

    void refusals()
    {
        QVERIFY_EXCEPTION_THROWN(evaluate(*m_network, tinyData(0, thirds), {}, silentProgress()),
                                 Error);

        EncodedData fewer = tinyData(3, thirds);
        fewer.labelNames.pop_back();
        try {
            evaluate(*m_network, fewer, {}, silentProgress());
            QFAIL("other labels than the network's were taken");
        } catch (const Error &error) {
            QCOMPARE(std::string(error.what()),
                     std::string("tiny.tsv: the data has 2 labels, the model answers with 3"));
        }
    }

    void answersThatAreNoNumbers()
    {
        const NetworkSpecification specification = tinySpecification();
        ModelWeights weights = tinyWeights(specification);
        at::Tensor bias = at::zeros({3}, at::kFloat);
        bias.data_ptr<float>()[1] = std::numeric_limits<float>::quiet_NaN();
        weights.layers.at("classifier").bias = bias;
        const Network broken(specification, weights);
        QVERIFY_EXCEPTION_THROWN(evaluate(broken, tinyData(4, thirds), {}, silentProgress()),
                                 Error);
    }

    void latencyIsOrdered()
    {
        const EncodedData data = tinyData(30, thirds);
        const Latency latency = measureLatency(
            *m_network, data, {.seed = 2, .examples = 20, .warmUp = 3}, silentProgress());
        QVERIFY(latency.low > 0);
        QVERIFY(latency.low <= latency.median);
        QVERIFY(latency.median <= latency.high);
        // No time at all still measures one answer.
        const Latency hurried =
            measureLatency(*m_network, data, {.secondsAtMost = 0, .fewest = 1}, silentProgress());
        QVERIFY(hurried.median > 0);
        QCOMPARE(hurried.low, hurried.high);
    }

private:
    std::unique_ptr<Network> m_network;
};

QTEST_GUILESS_MAIN(TestEvaluator)
#include "tst_evaluator.moc"
