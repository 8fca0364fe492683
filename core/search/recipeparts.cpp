#include "core/search/recipeparts.h"

#include "core/compression/plan.h"
#include "core/model/technique.h"

#include <algorithm>
#include <set>

namespace pare {

namespace {

Recipe onlyStep(const Step &step, std::string place)
{
    return {{Step{step.technique, step.settings, std::move(place)}}};
}

/// Whether what a step does at one place follows from all of its places.
bool actsAsOne(const Step &step)
{
    const TechniqueInfo &info = techniqueInfo(step.technique);
    return info.part == LayerPart::Owner || step.technique == "prune.layers" ||
           step.technique == "prune.vocabulary" ||
           (step.has("scope") && step.choice("scope") == "global");
}

/// Where structure takes heads or units away: its blocks.
std::vector<std::string> blocksOf(int number, const RecipePlan &plan, const ModelDescription &model)
{
    std::vector<std::string> places;
    for (const Layer &layer : model.layers) {
        const auto steps = plan.structure.steps.find(layer.name);
        if (steps == plan.structure.steps.end() ||
            std::ranges::find(steps->second, number) == steps->second.end())
            continue;
        std::string place = "stack=" + layer.stack + " and block=" + std::to_string(layer.block);
        if (std::ranges::find(places, place) == places.end())
            places.push_back(std::move(place));
    }
    return places;
}

std::vector<std::string> layersOf(int number, const RecipePlan &plan)
{
    std::vector<std::string> places;
    for (const PlannedLayer &layer : plan.layers) {
        if (layer.owner.empty() &&
            (layer.formStep == number || layer.maskStep == number || layer.codecStep == number))
            places.push_back(layer.name);
    }
    return places;
}

} // namespace

std::vector<Recipe> partsOf(const Recipe &recipe, const ModelDescription &model)
{
    const RecipePlan planned = plan(recipe, model);
    std::vector<Recipe> parts;
    for (int i = 0; i < static_cast<int>(planned.recipe.steps.size()); ++i) {
        const Step &step = planned.recipe.steps[static_cast<std::size_t>(i)];
        if (actsAsOne(step)) {
            parts.push_back({{step}});
            continue;
        }
        const bool isStructure = techniqueInfo(step.technique).part == LayerPart::Structure;
        for (std::string &place : isStructure ? blocksOf(i, planned, model) : layersOf(i, planned))
            parts.push_back(onlyStep(step, std::move(place)));
    }
    return parts;
}

} // namespace pare
