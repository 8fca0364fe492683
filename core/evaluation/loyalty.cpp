#include "core/evaluation/loyalty.h"

#include "core/evaluation/statistics.h"
#include "core/model/answers.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace pare {

namespace {

std::span<const float> row(const at::Tensor &logits, std::int64_t index)
{
    const auto width = static_cast<std::size_t>(logits.size(1));
    return {logits.data_ptr<float>() + static_cast<std::size_t>(index) * width, width};
}

/// One term of the Kullback–Leibler divergence to base 2; 0 log 0 = 0.
double divergenceTerm(double p, double reference)
{
    return p > 0 ? p * std::log2(p / reference) : 0.0;
}

} // namespace

std::vector<std::int64_t> predictedLabels(const at::Tensor &logits)
{
    const at::Tensor rows = logits.contiguous();
    std::vector<std::int64_t> labels(static_cast<std::size_t>(rows.size(0)));
    for (std::int64_t i = 0; i < rows.size(0); ++i) {
        const auto values = row(rows, i);
        labels[static_cast<std::size_t>(i)] = std::ranges::max_element(values) - values.begin();
    }
    return labels;
}

Interval labelLoyalty(const at::Tensor &logits, const at::Tensor &originalLogits)
{
    assert(logits.sizes() == originalLogits.sizes());
    const auto labels = predictedLabels(logits);
    const auto originals = predictedLabels(originalLogits);
    std::int64_t equal = 0;
    for (std::size_t i = 0; i < labels.size(); ++i)
        equal += labels[i] == originals[i];
    return wilsonInterval(equal, static_cast<std::int64_t>(labels.size()));
}

Interval probabilityLoyalty(const at::Tensor &logits, const at::Tensor &originalLogits)
{
    assert(logits.sizes() == originalLogits.sizes());
    const at::Tensor rows = logits.contiguous();
    const at::Tensor originals = originalLogits.contiguous();
    std::vector<double> loyalties(static_cast<std::size_t>(rows.size(0)));
    for (std::int64_t i = 0; i < rows.size(0); ++i)
        loyalties[static_cast<std::size_t>(i)] =
            1 - jensenShannonDistance(probabilities(row(rows, i)),
                                      probabilities(row(originals, i)));
    Interval interval = meanInterval(loyalties);
    interval.low = std::max(interval.low, 0.0);
    interval.high = std::min(interval.high, 1.0);
    return interval;
}

double jensenShannonDistance(std::span<const double> p, std::span<const double> q)
{
    assert(p.size() == q.size());
    double divergence = 0;
    for (std::size_t i = 0; i < p.size(); ++i) {
        const double middle = (p[i] + q[i]) / 2;
        divergence += (divergenceTerm(p[i], middle) + divergenceTerm(q[i], middle)) / 2;
    }
    return std::sqrt(std::clamp(divergence, 0.0, 1.0)); // equal distributions may round below zero
}

} // namespace pare
