#include "core/training/plannedschedules.h"

#include "core/model/training.h"
#include "core/training/distill/theseus.h"
#include "core/training/schedules.h"

#include <algorithm>

namespace pare {

namespace {

/// Of the weights that a step quantizes to fewer bits than it trains them with at first; bits where
/// there are none.
int fewestBits(const Recipe &recipe, int bits)
{
    int fewest = bits;
    for (const Step &step : recipe.steps) {
        if (step.technique == "quantize.affine")
            fewest = std::min(fewest, static_cast<int>(step.integer("bits")));
    }
    return fewest;
}

constexpr std::int64_t parts = 1000; // of a training whose length is not known

} // namespace

Schedules schedulesOf(const Tightening &tightening, std::int64_t steps)
{
    const auto tightened = [&](std::int64_t step) {
        const double share = static_cast<double>(step) / static_cast<double>(steps);
        return tightening.gradual > 0 ? share / tightening.gradual : 1;
    };
    Schedules result;
    if (tightening.masks)
        result["sparsity"] = drawnSchedule(
            [&](std::int64_t step) { return cubicRise(tightened(step)); }, steps);
    if (tightening.bitsFrom > tightening.fewestBits)
        result["bits"] = drawnSchedule(
            [&](std::int64_t step) {
                return static_cast<double>(
                    bitsAt(tightening.bitsFrom, tightening.fewestBits, tightened(step)));
            },
            steps);
    return result;
}

Schedules schedulesOf(const Step &method, std::int64_t steps)
{
    if (method.technique != "theseus")
        return {};
    const std::optional<double> slope =
        method.has("slope") ? std::optional(method.real("slope")) : std::nullopt;
    const TheseusCurriculum curriculum = curriculumOf(method.real("base"), slope, steps);
    return {{"replacement",
             drawnSchedule([&](std::int64_t step) { return replacementProbability(curriculum, step); },
                           steps)}};
}

Schedules schedulesOf(const Recipe &recipe, std::int64_t steps)
{
    if (!recipe.training)
        return {};
    const Step &training = *recipe.training;
    if (training.choice("method") != "task")
        return schedulesOf(teachingStep(training), steps);
    Tightening tightening;
    tightening.masks = std::ranges::any_of(
        recipe.steps, [](const Step &step) { return needOf(step) == Need::Training; });
    tightening.gradual = training.real("gradual");
    if (training.has("bits-from")) {
        tightening.bitsFrom = static_cast<int>(training.integer("bits-from"));
        tightening.fewestBits = fewestBits(recipe, tightening.bitsFrom);
    }
    return schedulesOf(tightening, steps);
}

SchedulePlan plannedSchedules(const Step &method)
{
    if (method.technique != "theseus" || !method.has("slope"))
        return {schedulesOf(method, parts), SchedulePlan::Axis::Share};
    const std::optional<std::int64_t> full =
        fullReplacementStep({method.real("base"), method.real("slope")});
    const std::int64_t steps = full ? std::max<std::int64_t>(*full + *full / 4, 1) : parts;
    return {schedulesOf(method, steps), SchedulePlan::Axis::Steps};
}

SchedulePlan plannedSchedules(const Recipe &recipe)
{
    if (recipe.training && recipe.training->choice("method") != "task")
        return plannedSchedules(teachingStep(*recipe.training));
    return {schedulesOf(recipe, parts), SchedulePlan::Axis::Share};
}

} // namespace pare
