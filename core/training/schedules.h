// What becomes stricter while a network is trained: sparsity and bits by the step. Pure functions;
// any thread.
#pragma once

#include "core/model/trainingrecord.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace pare {

/// 1 - (1 - share)³, the share from 0 to 1: fast at first, slower towards the end. How sparsity rises
/// in gradual pruning (Zhu and Gupta 2017, 1710.01878; Sanh et al. 2020, 2005.07683).
double cubicRise(double share);

/// Whole bits, one after another from `initial` down to `final` (at most that) in stretches of equal
/// length: at a share of 0 the first of them, at 1 the last. The share from 0 to 1.
int bitsAt(int initial, int final, double share);

/// For a chart: the schedule at `points` steps (2 at least, fewer where there are fewer steps)
/// spread evenly over 0 … lastStep, both ends among them.
std::vector<SchedulePoint> drawnSchedule(const std::function<double(std::int64_t)> &schedule,
                                         std::int64_t lastStep, std::int64_t points = 200);

} // namespace pare
