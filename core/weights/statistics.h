// What one can see of a weight at a glance. Plain values; any thread.
#pragma once

#include <ATen/core/Tensor.h>
#include <cstdint>
#include <vector>

namespace pare {

struct WeightStatistics
{
    std::int64_t count = 0;
    double mean = 0;
    double deviation = 0;
    double minimum = 0;
    double maximum = 0;
    double kurtosis =
        0; ///< fourth moment over squared variance: 3 for a normal distribution, 0 without spread
    double zeros = 0;                    ///< share of exact zeros
    std::vector<std::int64_t> histogram; ///< equal bins over [low, high]; the last one is closed
    double low = 0;
    double high = 0;
};

struct HistogramRange
{
    int bins = 64;
    double low = 0;
    double high = 0; ///< not above low: the values' own range
};

/// Of finite values of any shape; sums in float64. Values outside the range are in no bin.
WeightStatistics statisticsOf(const at::Tensor &values, HistogramRange range = {});

} // namespace pare
