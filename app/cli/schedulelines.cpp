#include "app/cli/schedulelines.h"

#include "app/cli/messages.h"
#include "core/base/numbers.h"
#include "core/model/training.h"
#include "core/training/distill/theseus.h"
#include "core/training/plannedschedules.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace pare {

namespace {

constexpr std::int64_t drawnSteps = 1000; // of a training whose length is not known yet

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

/// The first step from which it stays as it is at the end.
std::int64_t settledAt(const std::vector<SchedulePoint> &points)
{
    const double last = points.back().value;
    const auto moves =
        std::find_if(points.rbegin(), points.rend(),
                     [&](const SchedulePoint &point) { return point.value != last; });
    return moves.base()->step;
}

enum class Axis { Share, Steps };

std::vector<std::string> linesOf(const Schedules &schedules, Axis axis)
{
    std::vector<std::string> lines;
    for (const auto &[name, points] : schedules) {
        const bool share = name == "sparsity"; // of that of the end
        const auto number = [&](double value) {
            return formatReal(share ? 100 * value : value) + (share ? " %" : "");
        };
        const std::string what = share ? "share of the sparsity" : name;
        const std::string first = number(points.front().value), last = number(points.back().value);
        if (first == last && drawing(points).find("█") == std::string::npos)
            lines.push_back(message(messages::scheduleSteady, what, first).text());
        else if (axis == Axis::Steps)
            lines.push_back(message(messages::scheduleBySteps, what, first, drawing(points), last,
                                    settledAt(points))
                                .text());
        else
            lines.push_back(message(messages::scheduleByShare, what, first, drawing(points), last,
                                    100 * settledAt(points) / drawnSteps)
                                .text());
    }
    return lines;
}

} // namespace

std::vector<std::string> scheduleLines(const Recipe &recipe)
{
    if (!recipe.training)
        return {};
    if (recipe.training->choice("method") != "task")
        return scheduleLines(teachingStep(*recipe.training));
    return linesOf(schedulesOf(recipe, drawnSteps), Axis::Share);
}

std::vector<std::string> scheduleLines(const Step &method)
{
    if (method.technique != "theseus" || !method.has("slope"))
        return linesOf(schedulesOf(method, drawnSteps), Axis::Share);
    const std::optional<std::int64_t> full =
        fullReplacementStep({method.real("base"), method.real("slope")});
    const std::int64_t steps = full ? std::max<std::int64_t>(*full + *full / 4, 1) : drawnSteps;
    return linesOf(schedulesOf(method, steps), Axis::Steps);
}

} // namespace pare
