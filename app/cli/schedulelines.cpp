#include "app/cli/schedulelines.h"

#include "app/cli/messages.h"
#include "core/base/numbers.h"
#include "core/training/plannedschedules.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace pare {

namespace {

std::string drawing(const std::vector<SchedulePoint> &points)
{
    constexpr std::array bars{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    constexpr std::size_t columns = 24;
    const auto [low, high] = std::ranges::minmax(points, {}, &SchedulePoint::value);
    std::string text;
    for (std::size_t column = 0; column < columns; ++column) {
        const double value = points[column * (points.size() - 1) / (columns - 1)].value;
        const double share =
            high.value > low.value ? (value - low.value) / (high.value - low.value) : 0;
        text += bars[static_cast<std::size_t>(std::lround(share * (bars.size() - 1)))];
    }
    return text;
}

std::vector<std::string> linesOf(const SchedulePlan &plan)
{
    std::vector<std::string> lines;
    for (const auto &[name, points] : plan.schedules) {
        const bool share = name == "sparsity"; // of that of the end
        const auto number = [&](double value) {
            return formatReal(share ? 100 * value : value) + (share ? " %" : "");
        };
        const std::string what = share ? "share of the sparsity" : name;
        const std::string first = number(points.front().value), last = number(points.back().value);
        if (first == last && drawing(points).find("█") == std::string::npos)
            lines.push_back(message(messages::scheduleSteady, what, first).text());
        else if (plan.axis == SchedulePlan::Axis::Steps)
            lines.push_back(message(messages::scheduleBySteps, what, first, drawing(points), last,
                                    settledAt(points))
                                .text());
        else
            lines.push_back(message(messages::scheduleByShare, what, first, drawing(points), last,
                                    100 * settledAt(points) / points.back().step)
                                .text());
    }
    return lines;
}

} // namespace

std::vector<std::string> scheduleLines(const Recipe &recipe)
{
    return linesOf(plannedSchedules(recipe));
}

std::vector<std::string> scheduleLines(const Step &method)
{
    return linesOf(plannedSchedules(method));
}

} // namespace pare
