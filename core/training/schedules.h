// What becomes stricter while a network is trained: sparsity and bits by the step. Pure functions;
// any thread.
#pragma once

#include "core/model/trainingrecord.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace pare {

/// 1 - (1 - share)³, the share from 0 to 1: fast at first, slower towards the end. The shape of the
/// schedule below.
double cubicRise(double share);

/// s(t) = s_f + (s_i - s_f) (1 - (t - t_0) / (n Δt))³ for t = t_0, t_0 + Δt, … t_0 + n Δt, held in
/// between and on both sides: gradual pruning, Zhu and Gupta 2017. Movement pruning (Sanh et al.
/// 2020) is the same with Δt = 1.
struct SparsitySchedule
{
    double initial = 0;
    double final = 0.9;
    std::int64_t firstStep = 0; ///< t_0
    std::int64_t times = 1;     ///< n, at least 1
    std::int64_t every = 1;     ///< Δt in steps, at least 1
};

/// The share of weights that is zero at a step.
double sparsityAt(const SparsitySchedule &schedule, std::int64_t step);

/// Whole bits, one after another from `initial` to `final` in stretches of equal length: at
/// `firstStep` the first of them, the last one until `lastStep` and after it.
struct BitsSchedule
{
    int initial = 8;
    int final = 4;
    std::int64_t firstStep = 0;
    std::int64_t lastStep = 1; ///< after firstStep
};

int bitsAt(const BitsSchedule &schedule, std::int64_t step);

/// For a chart: the schedule at `points` steps (2 at least, fewer where there are fewer steps)
/// spread evenly over 0 … lastStep, both ends among them.
std::vector<SchedulePoint> drawnSchedule(const std::function<double(std::int64_t)> &schedule,
                                         std::int64_t lastStep, std::int64_t points = 200);

} // namespace pare
