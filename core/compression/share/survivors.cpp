#include "core/compression/share/survivors.h"

#include "core/base/error.h"
#include "core/compression/messages.h"
#include "core/tensors/torcherrors.h"

#include <ATen/ops/zeros_like.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include <fmt/ranges.h>

namespace pare {

namespace {

/// Numbers of the layers that come to share one weight, its owner first.
using Group = std::vector<std::size_t>;

/// Which of a group survives: the one at this place, or the average.
struct Candidate
{
    std::optional<std::size_t> place;
};

bool isChoice(const Step &step)
{
    return step.technique == "share.layers" && step.has("keep-weights") &&
           step.choice("keep-weights") == "best";
}

std::vector<Group> groupsOf(const RecipePlan &plan, const Step &step)
{
    std::map<std::string, std::size_t> numbers;
    for (std::size_t i = 0; i < plan.layers.size(); ++i)
        numbers.emplace(plan.layers[i].name, i);
    const std::string text = step.text();
    std::map<std::size_t, Group> groups;
    for (std::size_t i = 0; i < plan.layers.size(); ++i) {
        const PlannedLayer &layer = plan.layers[i];
        const bool shares = std::ranges::find(layer.steps, text) != layer.steps.end();
        if (layer.owner.empty() || !shares || !plan.model.layers[i].sharedWith.empty())
            continue; // one that used another's weight before has none to offer
        const std::size_t owner = numbers.at(layer.owner);
        Group &group = groups[owner];
        if (group.empty())
            group.push_back(owner);
        group.push_back(i);
    }
    std::vector<Group> result;
    for (auto &[owner, group] : groups)
        result.push_back(std::move(group));
    return result;
}

std::vector<Candidate> candidatesOf(const std::vector<Group> &groups, std::size_t most)
{
    std::size_t largest = 0;
    for (const Group &group : groups)
        largest = std::max(largest, group.size());
    if (largest < 2)
        return {};
    std::vector<Candidate> candidates{{0}, {std::nullopt}};
    const std::size_t others = std::min(most - 2, largest - 1);
    for (std::size_t i = 1; i <= others; ++i) {
        const double place = static_cast<double>(i * (largest - 1)) / static_cast<double>(others);
        candidates.push_back({static_cast<std::size_t>(std::lround(place))});
    }
    return candidates;
}

const Factor &plainFactor(const ModelWeights &weights, const std::string &layer)
{
    const auto *factor = std::get_if<Factor>(&weights.layers.at(layer).weight);
    if (!factor || !factor->codec().isDense() || factor->mask().defined() ||
        factor->inputScale().defined())
        throw Error(ErrorKind::Unsupported, messages::shareNotPlain, layer);
    return *factor;
}

/// Mean of values and biases, in the types of the first.
LayerWeights averageOf(const ModelWeights &weights, const std::vector<std::string> &layers)
{
    const LayerWeights &own = weights.layers.at(layers.front());
    const auto share = static_cast<double>(layers.size());
    const at::Tensor first = plainFactor(weights, layers.front()).values();
    at::Tensor values = at::zeros_like(first, at::kFloat);
    at::Tensor bias = own.bias.defined() ? at::zeros_like(own.bias, at::kFloat) : at::Tensor();
    for (const std::string &layer : layers) {
        values.add_(plainFactor(weights, layer).values());
        if (bias.defined())
            bias.add_(weights.layers.at(layer).bias.to(at::kFloat));
    }
    const Codec codec = plainFactor(weights, layers.front()).codec();
    return {Factor::encoded(values.div_(share), codec),
            bias.defined() ? bias.div_(share).to(own.bias.scalar_type()) : bias};
}

/// The owners of all groups with the weights of the candidate.
ModelWeights withSurvivor(const ModelWeights &weights, const RecipePlan &plan,
                          const std::vector<Group> &groups, const Candidate &candidate)
{
    ModelWeights result = weights;
    for (const Group &group : groups) {
        std::vector<std::string> names;
        for (const std::size_t layer : group)
            names.push_back(plan.layers[layer].name);
        if (candidate.place)
            names = {names[std::min(*candidate.place, names.size() - 1)]};
        const std::string &owner = plan.layers[group.front()].name;
        const Codec &codec = plainFactor(weights, owner).codec();
        const Factor &survivor = plainFactor(weights, names.front());
        if (names.size() > 1)
            result.layers.at(owner) = averageOf(weights, names);
        else if (names.front() != owner)
            result.layers.at(owner) = {survivor.codec() == codec
                                           ? survivor
                                           : Factor::encoded(survivor.values(), codec),
                                       weights.layers.at(names.front()).bias};
    }
    return result;
}

/// "block 2", "blocks 1, 3": those whose weights survive.
std::string survivorText(const RecipePlan &plan, const std::vector<Group> &groups,
                         const Candidate &candidate)
{
    if (!candidate.place)
        return message(messages::shareSurvivorAverage).text();
    std::set<int> blocks;
    for (const Group &group : groups)
        blocks.insert(plan.model.layers[group[std::min(*candidate.place, group.size() - 1)]].block);
    return message(blocks.size() == 1 ? messages::shareSurvivorBlock
                                      : messages::shareSurvivorBlocks,
                   fmt::format("{}", fmt::join(blocks, ", ")))
        .text();
}

bool isBetter(const DevScore &one, const DevScore &other)
{
    return one.accuracy > other.accuracy ||
           (one.accuracy == other.accuracy && one.loss < other.loss);
}

} // namespace

bool choosesSurvivors(const Recipe &recipe)
{
    return std::ranges::any_of(recipe.steps, isChoice);
}

Survivors bestSurvivors(const ModelWeights &weights, const RecipePlan &plan,
                        const WeightScore &score, Progress &progress)
{
    const c10::NoGradGuard noGrad;
    return translatingTorchErrors([&] {
        Survivors survivors{weights, {}};
        for (const Step &step : plan.recipe.steps) {
            if (!isChoice(step))
                continue;
            const std::vector<Group> groups = groupsOf(plan, step);
            const std::vector<Candidate> candidates =
                candidatesOf(groups, static_cast<std::size_t>(step.integer("candidates")));
            std::optional<DevScore> best;
            ModelWeights winner = survivors.weights;
            std::string name;
            for (const Candidate &candidate : candidates) {
                progress.check();
                ModelWeights tried = withSurvivor(survivors.weights, plan, groups, candidate);
                const DevScore found = score(tried);
                if (best && !isBetter(found, *best))
                    continue;
                best = found;
                winner = std::move(tried);
                name = survivorText(plan, groups, candidate);
            }
            if (best)
                survivors.notes.push_back(message(messages::shareSurvives, step.text(),
                                                  candidates.size(), name,
                                                  fmt::format("{:.2f}", 100 * best->accuracy),
                                                  fmt::format("{:.4f}", best->loss)));
            survivors.weights = std::move(winner);
        }
        return survivors;
    });
}

} // namespace pare
