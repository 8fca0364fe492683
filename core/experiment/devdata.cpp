#include "core/experiment/devdata.h"

#include "core/checkpoint/checkpoint.h"
#include "core/evaluation/evaluator.h"
#include "core/experiment/weightinputs.h"
#include "core/network/network.h"
#include "core/text/datasource.h"

#include <ATen/ops/log_softmax.h>

namespace pare {

namespace {

/// Mean cross-entropy; `logits` float32 [examples, labels].
double meanLoss(const at::Tensor &logits, const std::vector<std::int64_t> &labels)
{
    const at::Tensor logProbabilities = at::log_softmax(logits.to(at::kDouble), 1).contiguous();
    const double *row = logProbabilities.data_ptr<double>();
    double loss = 0;
    for (const std::int64_t label : labels) {
        loss -= row[label];
        row += logits.size(1);
    }
    return loss / static_cast<double>(labels.size());
}

} // namespace

DevData::DevData(const Checkpoint &checkpoint, const ExperimentOptions &options, Progress &progress)
    : m_checkpoint(checkpoint)
    , m_options(options)
    , m_dataset(openDataset(options.dev))
    , m_data(encodedExamples(checkpoint, m_dataset, options.dev, {}, progress))
{}

DevScore DevData::score(const CompressedModel &model, Progress &progress) const
{
    EvaluationOptions evaluation;
    evaluation.batchTokens = m_options.batchTokens;
    evaluation.seed = m_options.seed;
    const std::vector<int> tokens = model.tokens();
    const EncodedData data =
        tokens.empty() ? m_data
                       : encodedExamples(m_checkpoint, m_dataset, m_options.dev, tokens, progress);
    const Network network(model.specification, model.weights);
    const Evaluation result = evaluate(network, data, evaluation, progress);
    return {result.accuracy.value, meanLoss(result.logits, data.labels)};
}

} // namespace pare
