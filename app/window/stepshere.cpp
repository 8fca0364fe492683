#include "app/window/stepshere.h"

#include "app/window/layerselection.h"
#include "app/window/strength.h"
#include "core/base/error.h"

#include <algorithm>
#include <set>

namespace pare {

namespace {

using Names = std::vector<std::string>;

Names without(const Names &names, const Names &taken)
{
    const std::set<std::string_view> gone(taken.begin(), taken.end());
    Names left;
    std::ranges::copy_if(names, std::back_inserter(left),
                         [&gone](const std::string &name) { return !gone.contains(name); });
    return left;
}

Names common(const Names &names, const Names &others)
{
    return without(names, without(names, others));
}

Names actable(const TechniqueInfo &technique, const Names &layers, const ModelDescription &model)
{
    Names able;
    std::ranges::copy_if(layers, std::back_inserter(able), [&](const std::string &name) {
        const Layer *layer = model.find(name);
        return layer && technique.actsOn(*layer);
    });
    return able;
}

/// Nothing where its selection cannot be read.
std::optional<Names> readLayers(const Step &step, const ModelDescription &model)
{
    try {
        return layersOf(step, model);
    } catch (const Error &) {
        return std::nullopt;
    }
}

void setLayers(Step &step, const Names &layers, const ModelDescription &model)
{
    step.layers = selectionText(techniqueInfo(step.technique), layers, model);
}

/// Takes layers away from the steps of a group; returns those that have none left, which keep theirs.
std::vector<std::size_t> takeAway(std::vector<ChosenStep> &steps, const StepsHere &here,
                                  const Names &layers, const ModelDescription &model)
{
    std::vector<std::size_t> emptied;
    for (const std::size_t i : here.steps) {
        if (!steps[i].enabled)
            continue;
        const Names before = layersOf(steps[i].step, model);
        const Names left = without(before, layers);
        if (left.empty())
            emptied.push_back(i);
        else if (left.size() < before.size())
            setLayers(steps[i].step, left, model);
    }
    return emptied;
}

} // namespace

std::vector<StepsHere> stepsHere(const std::vector<ChosenStep> &steps, const Names &layers,
                                 const ModelDescription &model)
{
    std::vector<StepsHere> all;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const Step &step = steps[i].step;
        const TechniqueInfo *technique = findTechnique(step.technique);
        const std::optional<Names> own = technique ? readLayers(step, model) : std::nullopt;
        const Names possible = technique ? actable(*technique, layers, model) : Names();
        if (!own || possible.empty())
            continue;
        auto group = std::ranges::find_if(all, [&](const StepsHere &other) {
            return differInStrengthAlone(steps[other.steps.front()].step, step);
        });
        if (group == all.end()) {
            all.push_back({{}, possible, {}, std::nullopt, std::nullopt});
            group = std::prev(all.end());
        }
        group->steps.push_back(i);
        const Names acting = steps[i].enabled ? common(possible, *own) : Names();
        if (acting.empty())
            continue;
        // Where two set the same, the later one wins.
        const Names others = without(group->acting, acting);
        const std::optional<double> strength =
            differInStrengthAlone(step, step) ? strengthOf(step) : std::nullopt;
        const auto count = [](const Names &names) { return static_cast<double>(names.size()); };
        if (strength)
            group->strength =
                (group->strength.value_or(0) * count(others) + *strength * count(acting)) /
                (count(others) + count(acting));
        group->uniform = others.empty() ? std::optional(i) : std::nullopt;
        group->acting = others;
        std::ranges::copy(acting, std::back_inserter(group->acting));
    }
    return all;
}

std::vector<ChosenStep> withStrengthHere(const std::vector<ChosenStep> &steps,
                                         const StepsHere &here, double strength,
                                         const ModelDescription &model)
{
    std::vector<ChosenStep> changed = steps;
    if (here.acting.empty())
        return changed;
    ChosenStep moved{withStrength(steps[here.steps.front()].step, strength), true};
    std::vector<std::size_t> emptied = takeAway(changed, here, here.acting, model);
    const auto same = std::ranges::find_if(here.steps, [&](std::size_t i) {
        return changed[i].enabled && changed[i].step.settings == moved.step.settings;
    });
    Names layers = here.acting;
    std::size_t place = emptied.empty() ? here.steps.back() + 1 : emptied.front();
    if (same != here.steps.end()) {
        place = *same;
        if (std::ranges::find(emptied, place) == emptied.end()) {
            const Names there = layersOf(changed[place].step, model);
            layers = without(there, here.acting);
            std::ranges::copy(here.acting, std::back_inserter(layers));
        }
    }
    const bool added = same == here.steps.end() && emptied.empty();
    setLayers(moved.step, layers, model);
    if (added)
        changed.insert(changed.begin() + static_cast<std::ptrdiff_t>(place), moved);
    else
        changed[place] = moved;
    std::erase(emptied, place);
    for (auto i = emptied.rbegin(); i != emptied.rend(); ++i)
        changed.erase(changed.begin() + static_cast<std::ptrdiff_t>(*i));
    return changed;
}

std::vector<ChosenStep> withSwitchHere(const std::vector<ChosenStep> &steps, const StepsHere &here,
                                       ActsHere wanted, const ModelDescription &model)
{
    std::vector<ChosenStep> changed = steps;
    if (wanted == ActsHere::No) {
        for (const std::size_t i : takeAway(changed, here, here.possible, model))
            changed[i].enabled = false;
        return changed;
    }
    const Names missing = without(here.possible, here.acting);
    const auto on =
        std::ranges::find_if(here.steps, [&changed](std::size_t i) { return changed[i].enabled; });
    if (on == here.steps.end()) { // on here, and nowhere else
        ChosenStep &first = changed[here.steps.front()];
        first.enabled = true;
        setLayers(first.step, missing, model);
        return changed;
    }
    Names layers = layersOf(changed[*on].step, model);
    std::ranges::copy(missing, std::back_inserter(layers));
    setLayers(changed[*on].step, layers, model);
    return changed;
}

} // namespace pare
