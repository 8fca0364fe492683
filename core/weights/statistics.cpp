#include "core/weights/statistics.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace pare {

namespace {

struct Moments
{
    double mean = 0;
    double second = 0;
    double fourth = 0;
};

Moments momentsOf(std::span<const float> values)
{
    Moments moments;
    for (const float value : values)
        moments.mean += value;
    moments.mean /= static_cast<double>(values.size());
    for (const float value : values) {
        const double square = (value - moments.mean) * (value - moments.mean);
        moments.second += square;
        moments.fourth += square * square;
    }
    moments.second /= static_cast<double>(values.size());
    moments.fourth /= static_cast<double>(values.size());
    return moments;
}

std::vector<std::int64_t> histogramOf(std::span<const float> values, const HistogramRange &range)
{
    std::vector<std::int64_t> counts(static_cast<std::size_t>(range.bins));
    const double width = (range.high - range.low) / range.bins;
    for (const float value : values) {
        if (value < range.low || value > range.high)
            continue;
        const double bin = width > 0 ? std::floor((value - range.low) / width) : 0;
        ++counts[static_cast<std::size_t>(std::clamp(bin, 0.0, range.bins - 1.0))];
    }
    return counts;
}

} // namespace

WeightStatistics statisticsOf(const at::Tensor &tensor, HistogramRange range)
{
    WeightStatistics statistics;
    const at::Tensor dense = tensor.to(at::kFloat).contiguous();
    const std::span<const float> values(dense.data_ptr<float>(),
                                        static_cast<std::size_t>(dense.numel()));
    statistics.count = dense.numel();
    if (values.empty())
        return statistics;
    const Moments moments = momentsOf(values);
    statistics.mean = moments.mean;
    statistics.deviation = std::sqrt(moments.second);
    statistics.kurtosis =
        moments.second > 0 ? moments.fourth / (moments.second * moments.second) : 0;
    const auto [low, high] = std::ranges::minmax(values);
    statistics.minimum = low;
    statistics.maximum = high;
    statistics.zeros =
        static_cast<double>(std::ranges::count(values, 0.0f)) / static_cast<double>(values.size());
    if (range.high <= range.low) {
        range.low = low;
        range.high = high;
    }
    statistics.low = range.low;
    statistics.high = range.high;
    statistics.histogram = histogramOf(values, range);
    return statistics;
}

} // namespace pare
