#include "core/training/schedules.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdlib>

namespace pare {

double cubicRise(double share)
{
    const double left = 1 - std::clamp(share, 0.0, 1.0);
    return 1 - left * left * left;
}

double sparsityAt(const SparsitySchedule &schedule, std::int64_t step)
{
    assert(schedule.times >= 1 && schedule.every >= 1);
    if (step <= schedule.firstStep)
        return schedule.initial;
    const std::int64_t pruned = (step - schedule.firstStep) / schedule.every;
    if (pruned >= schedule.times)
        return schedule.final;
    const double risen =
        cubicRise(static_cast<double>(pruned) / static_cast<double>(schedule.times));
    return schedule.initial + (schedule.final - schedule.initial) * risen;
}

int bitsAt(const BitsSchedule &schedule, std::int64_t step)
{
    assert(schedule.lastStep > schedule.firstStep);
    const int levels = std::abs(schedule.final - schedule.initial) + 1;
    const double share = std::clamp(static_cast<double>(step - schedule.firstStep) /
                                        static_cast<double>(schedule.lastStep - schedule.firstStep),
                                    0.0, 1.0);
    const int level = std::min(levels - 1, static_cast<int>(share * levels));
    return schedule.initial + (schedule.final < schedule.initial ? -level : level);
}

std::vector<SchedulePoint> drawnSchedule(const std::function<double(std::int64_t)> &schedule,
                                         std::int64_t lastStep, std::int64_t points)
{
    assert(lastStep >= 0 && points >= 2);
    const std::int64_t count = std::min(points, lastStep + 1);
    std::vector<SchedulePoint> result;
    for (std::int64_t i = 0; i < count; ++i) {
        const double share =
            count > 1 ? static_cast<double>(i) / static_cast<double>(count - 1) : 0;
        const auto step =
            static_cast<std::int64_t>(std::llround(share * static_cast<double>(lastStep)));
        result.push_back({step, schedule(step)});
    }
    return result;
}

} // namespace pare
