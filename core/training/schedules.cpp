#include "core/training/schedules.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace pare {

double cubicRise(double share)
{
    const double left = 1 - std::clamp(share, 0.0, 1.0);
    return 1 - left * left * left;
}

int bitsAt(int initial, int final, double share)
{
    assert(initial >= final);
    const int levels = initial - final + 1;
    return initial - std::min(levels - 1, static_cast<int>(std::clamp(share, 0.0, 1.0) * levels));
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
