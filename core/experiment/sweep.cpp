#include "core/experiment/sweep.h"

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/experiment/messages.h"
#include "core/model/selection.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace pare {

namespace {

constexpr std::size_t mostRecipes = 10'000;

/// "32..256:32" → 32, 64 … 256; the step may be left out (1).
std::vector<std::string> rangeValues(std::string_view text, std::string_view technique)
{
    const auto refuse = [&] {
        return Error(ErrorKind::InvalidSetting, messages::sweepRange, technique, text);
    };
    const std::size_t dots = text.find("..");
    const std::size_t colon = text.find(':', dots);
    const std::string_view end = colon == std::string_view::npos
                                     ? text.substr(dots + 2)
                                     : text.substr(dots + 2, colon - dots - 2);
    const auto first = parseReal(text.substr(0, dots));
    const auto last = parseReal(end);
    const auto step =
        colon == std::string_view::npos ? std::optional(1.0) : parseReal(text.substr(colon + 1));
    if (!first || !last || !step || *step <= 0 || *last < *first)
        throw refuse();
    const double count = std::floor((*last - *first) / *step + 1e-9);
    if (count >= mostRecipes)
        throw Error(ErrorKind::InvalidSetting, messages::sweepTooMany, technique, count + 1,
                    mostRecipes);
    std::vector<std::string> values;
    for (int i = 0; i <= static_cast<int>(count); ++i)
        values.push_back(
            formatReal(std::round((*first + i * *step) * 1e9) / 1e9)); // 0.1 + 2 * 0.1 reads 0.3
    return values;
}

/// What a step can touch by itself: single layers that own their weight; of what structure removes
/// from blocks, one block.
std::vector<std::string> places(const Step &step, const ModelDescription &model)
{
    const Selection selection = Selection::parsed(step.layers);
    const TechniqueInfo &info = techniqueInfo(step.technique);
    std::vector<std::string> names;
    for (const Layer &layer : model.layers) {
        if (!layer.sharedWith.empty() || !info.actsOn(layer) || !selection.matches(layer))
            continue;
        const bool whole = info.part == LayerPart::Structure && layer.block >= 0;
        std::string name =
            whole ? "stack=" + layer.stack + " and block=" + std::to_string(layer.block)
                  : layer.name;
        if (names.empty() || names.back() != name)
            names.push_back(std::move(name));
    }
    return names;
}

void appendOnce(std::vector<Recipe> &recipes, Recipe recipe, std::string_view technique)
{
    if (std::ranges::find(recipes, recipe) == recipes.end())
        recipes.push_back(std::move(recipe));
    if (recipes.size() > mostRecipes)
        throw Error(ErrorKind::InvalidSetting, messages::sweepTooMany, technique, recipes.size(),
                    mostRecipes);
}

} // namespace

std::vector<std::string> alternativeValues(std::string_view text, std::string_view technique)
{
    std::vector<std::string> values;
    while (true) {
        const std::size_t bar = text.find('|');
        const std::string_view one = text.substr(0, bar);
        if (one.find("..") != std::string_view::npos) {
            for (std::string &value : rangeValues(one, technique))
                values.push_back(std::move(value));
        } else {
            values.emplace_back(one);
        }
        if (bar == std::string_view::npos)
            return values;
        text.remove_prefix(bar + 1);
    }
}

std::vector<Step> alternatives(std::string_view text)
{
    const Step pattern = parsedStep(text);
    std::vector<Step> steps{Step{pattern.technique, {}, pattern.layers}};
    for (const auto &[name, value] : pattern.settings) {
        const std::vector<std::string> values = alternativeValues(value, text);
        if (steps.size() * values.size() > mostRecipes)
            throw Error(ErrorKind::InvalidSetting, messages::sweepTooMany, text,
                        steps.size() * values.size(), mostRecipes);
        std::vector<Step> product;
        for (const Step &step : steps) {
            for (const std::string &one : values) {
                product.push_back(step);
                product.back().settings[name] = one;
            }
        }
        steps = std::move(product);
    }
    for (Step &step : steps)
        step = checked(step);
    return steps;
}

std::vector<std::string> usualLayerOptions()
{
    return {"quantize.affine bits=8|6|5|4|3|2",
            "quantize.affine bits=8|6|5|4|3|2 @ embedding.token", "factorize.svd keep=0.5"};
}

std::vector<Recipe> sweepRecipes(const Recipe &base, const std::vector<std::string> &techniques)
{
    std::vector<Recipe> recipes;
    for (const std::string &technique : techniques) {
        for (const Step &step : alternatives(technique)) {
            Recipe recipe = base;
            recipe.steps.push_back(step);
            appendOnce(recipes, std::move(recipe), technique);
        }
    }
    return recipes;
}

std::vector<Recipe> sweepRecipesPerLayer(const Recipe &base,
                                         const std::vector<std::string> &techniques,
                                         const ModelDescription &model)
{
    std::vector<Recipe> recipes;
    for (const std::string &technique : techniques) {
        const std::size_t before = recipes.size();
        for (const Step &step : alternatives(technique)) {
            for (std::string &place : places(step, model)) {
                Recipe recipe = base;
                recipe.steps.push_back(step);
                recipe.steps.back().layers = std::move(place);
                appendOnce(recipes, std::move(recipe), technique);
            }
        }
        if (recipes.size() == before)
            throw Error(ErrorKind::InvalidSetting, messages::sweepNothing, technique);
    }
    return recipes;
}

} // namespace pare
