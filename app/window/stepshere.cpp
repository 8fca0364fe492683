#include "app/window/stepshere.h"

#include "app/window/layerselection.h"
#include "app/window/strength.h"
#include "core/base/error.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

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

/// Those of the layers that the technique can act on; of structure all of their blocks.
Names actable(const TechniqueInfo &technique, const Names &layers, const ModelDescription &model)
{
    std::set<std::pair<std::string_view, int>> blocks;
    for (const std::string &name : layers) {
        const Layer *layer = model.find(name);
        if (layer && technique.part == LayerPart::Structure && technique.actsOn(*layer))
            blocks.emplace(layer->stack, layer->block);
    }
    const std::set<std::string_view> wanted(layers.begin(), layers.end());
    Names able;
    for (const Layer &layer : model.layers) {
        if (technique.actsOn(layer) &&
            (wanted.contains(layer.name) || blocks.contains({layer.stack, layer.block})))
            able.push_back(layer.name);
    }
    return able;
}

/// Those in the roles that are acted on anywhere, unless there are none.
Names inRolesOf(const Names &acted, const Names &able, const ModelDescription &model)
{
    std::set<LayerRole> roles;
    for (const std::string &name : acted)
        roles.insert(model.find(name)->role);
    Names left;
    std::ranges::copy_if(able, std::back_inserter(left), [&](const std::string &name) {
        return roles.contains(model.find(name)->role);
    });
    return left.empty() ? able : left;
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

/// The steps in groups of those that differ in strength alone, with all the layers of each group.
struct Group
{
    std::vector<std::size_t> steps;
    Names layers;
};

std::vector<Group> groupsOf(const std::vector<ChosenStep> &steps, const ModelDescription &model)
{
    std::vector<Group> groups;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const Step &step = steps[i].step;
        const std::optional<Names> own =
            findTechnique(step.technique) ? readLayers(step, model) : std::nullopt;
        if (!own)
            continue;
        auto group = std::ranges::find_if(groups, [&](const Group &other) {
            return differInStrengthAlone(steps[other.steps.front()].step, step);
        });
        if (group == groups.end())
            group = groups.insert(groups.end(), Group());
        group->steps.push_back(i);
        std::ranges::copy(*own, std::back_inserter(group->layers));
    }
    return groups;
}

/// By layer the step that acts on it: where two set the same, the later one wins.
std::map<std::string, std::size_t> actingOn(const Names &layers, const Group &group,
                                            const std::vector<ChosenStep> &steps,
                                            const ModelDescription &model)
{
    std::map<std::string, std::size_t> acting;
    for (const std::size_t i : group.steps) {
        if (!steps[i].enabled)
            continue;
        for (const std::string &name : common(layers, layersOf(steps[i].step, model)))
            acting[name] = i;
    }
    return acting;
}

} // namespace

std::vector<StepsHere> stepsHere(const std::vector<ChosenStep> &steps, const Names &layers,
                                 const ModelDescription &model)
{
    std::vector<StepsHere> all;
    for (const Group &group : groupsOf(steps, model)) {
        const Step &first = steps[group.steps.front()].step;
        const Names able = actable(techniqueInfo(first.technique), layers, model);
        if (able.empty())
            continue;
        StepsHere here{group.steps, inRolesOf(group.layers, able, model), {}, {}, {}, {}};
        const auto acting = actingOn(here.possible, group, steps, model);
        double sum = 0;
        for (const std::string &name : here.possible) {
            const auto found = acting.find(name);
            if (found == acting.end())
                continue;
            here.acting.push_back(name);
            const auto strengthAt = [&steps](std::size_t i) {
                return strengthOf(steps[i].step).value_or(0);
            };
            const std::size_t by = found->second;
            sum += strengthAt(by);
            if (!here.gentlest || strengthAt(by) < strengthAt(*here.gentlest))
                here.gentlest = by;
            if (!here.hardest || strengthAt(by) > strengthAt(*here.hardest))
                here.hardest = by;
        }
        if (!here.acting.empty() && differInStrengthAlone(first, first) && strengthOf(first))
            here.strength = sum / static_cast<double>(here.acting.size());
        all.push_back(std::move(here));
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
    Names missing = without(here.possible, here.acting);
    for (const std::size_t i : here.steps) { // as strong as they were, where they have a step
        const Names own = layersOf(changed[i].step, model);
        if (!changed[i].enabled && !own.empty() && without(own, missing).empty()) {
            changed[i].enabled = true;
            missing = without(missing, own);
        }
    }
    if (missing.empty())
        return changed;
    std::optional<std::size_t> most;
    const auto size = [&](std::size_t i) { return layersOf(changed[i].step, model).size(); };
    for (const std::size_t i : here.steps) {
        if (changed[i].enabled && (!most || size(i) > size(*most)))
            most = i;
    }
    Step &step = changed[most.value_or(here.steps.front())].step;
    Names layers = most ? layersOf(step, model) : Names(); // else on here, and nowhere else
    std::ranges::copy(missing, std::back_inserter(layers));
    setLayers(step, layers, model);
    changed[most.value_or(here.steps.front())].enabled = true;
    return changed;
}

} // namespace pare
