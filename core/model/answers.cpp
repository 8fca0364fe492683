#include "core/model/answers.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace pare {

std::span<const float> ModelAnswers::row(std::size_t example) const
{
    assert(example < predicted.size());
    const std::size_t width = logits.size() / predicted.size();
    return std::span(logits).subspan(example * width, width);
}

std::vector<std::uint8_t> correctAnswers(const AnsweredData &data, const ModelAnswers &answers)
{
    assert(data.gold.size() == answers.predicted.size());
    std::vector<std::uint8_t> correct(data.gold.size());
    for (std::size_t i = 0; i < correct.size(); ++i)
        correct[i] = answers.predicted[i] == data.gold[i];
    return correct;
}

std::vector<double> probabilities(std::span<const float> logits)
{
    assert(!logits.empty());
    const double largest = *std::ranges::max_element(logits);
    std::vector<double> shares(logits.size());
    double sum = 0;
    for (std::size_t i = 0; i < logits.size(); ++i)
        sum += shares[i] = std::exp(logits[i] - largest);
    for (double &share : shares)
        share /= sum;
    return shares;
}

} // namespace pare
