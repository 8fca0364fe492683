#include "core/experiment/runanswers.h"

#include "core/evaluation/loyalty.h"

#include <cassert>

namespace pare {

namespace {

ModelAnswers modelAnswers(const at::Tensor &logits)
{
    const at::Tensor rows = logits.contiguous();
    const std::vector<std::int64_t> predicted = predictedLabels(rows);
    const float *values = rows.data_ptr<float>();
    return {{predicted.begin(), predicted.end()}, {values, values + rows.numel()}};
}

} // namespace

RunAnswers runAnswers(const EncodedData &data, const std::string &dataHash,
                      const at::Tensor &logits, const at::Tensor &originalLogits)
{
    assert(logits.size(0) == data.size() && logits.sizes() == originalLogits.sizes());
    return {{dataHash, data.labelNames, {data.labels.begin(), data.labels.end()}},
            modelAnswers(logits),
            modelAnswers(originalLogits)};
}

} // namespace pare
