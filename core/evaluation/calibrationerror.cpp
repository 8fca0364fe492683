#include "core/evaluation/calibrationerror.h"

#include "core/base/random.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <functional>

namespace pare {

namespace {

constexpr std::size_t bins = 15;
constexpr double lowerTail = 0.025;

using Gaps = std::array<double, bins>; ///< right minus said, summed by bin

double meanGap(const Gaps &gaps, std::size_t n)
{
    double sum = 0;
    for (const double gap : gaps)
        sum += std::abs(gap);
    return sum / static_cast<double>(n);
}

} // namespace

Interval calibrationError(std::span<const double> confidences,
                          std::span<const std::uint8_t> correct, const BootstrapOptions &options)
{
    assert(confidences.size() == correct.size());
    const std::size_t n = confidences.size();
    if (n == 0)
        return {0, 0, 1, 0};
    struct Answer
    {
        std::size_t bin;
        double gap;
    };
    std::vector<Answer> answers(n);
    Gaps found{};
    for (std::size_t i = 0; i < n; ++i) {
        const double place = std::clamp(confidences[i], 0.0, 1.0) * static_cast<double>(bins);
        answers[i] = {std::min(static_cast<std::size_t>(place), bins - 1),
                      static_cast<double>(correct[i]) - confidences[i]};
        found[answers[i].bin] += answers[i].gap;
    }
    const double value = meanGap(found, n);
    Random random(options.seed);
    std::vector<double> errors(static_cast<std::size_t>(options.resamples));
    double middle = 0;
    double noise = 0;
    for (double &error : errors) {
        Gaps gaps{};
        for (std::size_t i = 0; i < n; ++i) {
            const Answer &answer = answers[random.below(n)];
            gaps[answer.bin] += answer.gap;
        }
        error = meanGap(gaps, n);
        middle += error / options.resamples;
        std::ranges::transform(gaps, found, gaps.begin(), std::minus());
        noise += meanGap(gaps, n) / options.resamples;
    }
    const double low = value - noise - (percentile(errors, 1 - lowerTail) - middle);
    const double high = value + (middle - percentile(errors, lowerTail));
    return {value, std::clamp(low, 0.0, value), std::clamp(high, value, 1.0),
            static_cast<std::int64_t>(n)};
}

} // namespace pare
