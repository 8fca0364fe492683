#include "core/evaluation/evaluator.h"

#include "core/base/error.h"
#include "core/evaluation/loyalty.h"
#include "core/evaluation/messages.h"
#include "core/evaluation/statistics.h"
#include "core/evaluation/visitorder.h"
#include "core/network/network.h"

#include <ATen/ops/empty.h>
#include <algorithm>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

namespace pare {

namespace {

using Clock = std::chrono::steady_clock;

void checkData(const Network &network, const EncodedData &data)
{
    if (data.sequences.empty())
        throw Error(ErrorKind::InvalidFile, messages::dataNoExamples, data.origin);
    const std::size_t answers = network.specification().labels.size();
    if (answers != data.labelNames.size())
        throw Error(ErrorKind::InvalidFile, messages::evaluationLabels, data.origin,
                    data.labelNames.size(), answers);
}

Message figure(const char *pattern, const Interval &interval)
{
    const auto percent = [](double share) { return fmt::format("{:.1f}", 100 * share); };
    return message(pattern, percent(interval.value), percent(interval.low), percent(interval.high));
}

/// Once all examples are answered nobody watches any more.
Message figure(const PartialEvaluation &partial)
{
    return partial.done < partial.total ? figure(messages::evaluationFigure, partial.accuracy)
                                        : figure(messages::evaluationDone, partial.accuracy);
}

/// One pass over the data: where the answers go and what is known so far.
class Pass
{
public:
    Pass(const Network &network, const EncodedData &data)
        : m_network(network)
        , m_data(data)
        , m_labels(static_cast<std::int64_t>(data.labelNames.size()))
    {
        m_evaluation.logits = at::empty({data.size(), m_labels}, at::kFloat);
        m_evaluation.predicted.assign(data.sequences.size(), -1);
    }

    PartialEvaluation answer(std::span<const std::size_t> batch)
    {
        const Clock::time_point start = Clock::now();
        const PackedBatch tokens = packed(m_data.sequences, batch);
        const at::Tensor logits = m_network.logits(tokens);
        m_evaluation.seconds += std::chrono::duration<double>(Clock::now() - start).count();
        const std::vector<std::int64_t> predicted = predictedLabels(logits);
        for (std::size_t i = 0; i < tokens.order.size(); ++i)
            place(tokens.order[i],
                  logits.data_ptr<float>() + static_cast<std::int64_t>(i) * m_labels, predicted[i]);
        m_done += static_cast<std::int64_t>(batch.size());
        const Interval accuracy = m_done < m_data.size()
                                      ? anytimeInterval(static_cast<double>(m_right), m_done)
                                      : wilsonInterval(m_right, m_done);
        return {m_done, m_data.size(), accuracy, batch, m_evaluation.predicted};
    }

    Evaluation finished()
    {
        m_evaluation.accuracy = wilsonInterval(m_right, m_done);
        return std::move(m_evaluation);
    }

private:
    void place(std::size_t example, const float *logits, std::int64_t predicted)
    {
        if (!std::all_of(logits, logits + m_labels,
                         [](float logit) { return std::isfinite(logit); }))
            throw Error(ErrorKind::Unsupported, messages::evaluationNotFinite, m_data.origin,
                        example + 1);
        std::copy_n(logits, m_labels,
                    m_evaluation.logits.data_ptr<float>() +
                        static_cast<std::int64_t>(example) * m_labels);
        m_evaluation.predicted[example] = predicted;
        m_right += predicted == m_data.labels[example];
    }

    const Network &m_network;
    const EncodedData &m_data;
    const std::int64_t m_labels;
    Evaluation m_evaluation;
    std::int64_t m_done = 0;
    std::int64_t m_right = 0;
};

} // namespace

Evaluation evaluate(const Network &network, const EncodedData &data,
                    const EvaluationOptions &options, Progress &progress,
                    const std::function<void(const PartialEvaluation &)> &afterBatch)
{
    checkData(network, data);
    const auto order = stratifiedOrder(data.labels, options.seed);
    Pass pass(network, data);
    progress.step({message(messages::evaluationMeasuring), 0, data.size(), {}});
    for (const auto batch : consecutiveBatches(data.sequences, order, options.batchTokens)) {
        progress.check();
        const PartialEvaluation partial = pass.answer(batch);
        progress.report({{}, partial.done, partial.total, figure(partial)});
        if (afterBatch)
            afterBatch(partial);
    }
    return pass.finished();
}

} // namespace pare
