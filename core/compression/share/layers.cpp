#include "core/compression/share/layers.h"

#include "core/base/error.h"
#include "core/compression/messages.h"
#include "core/model/technique.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace pare {

namespace {

bool isFeedForward(const Layer &layer)
{
    if (layer.role == LayerRole::Norm)
        return layer.name.find(".ffn.") != std::string::npos;
    return layer.role == LayerRole::Up || layer.role == LayerRole::Down;
}

/// "encoder.3.ffn.up" → "encoder.*.ffn.up": what layers that can share have in common.
std::string placeOf(const Layer &layer)
{
    const std::string prefix = fmt::format("{}.{}.", layer.stack, layer.block);
    if (!layer.name.starts_with(prefix))
        return layer.name;
    return layer.stack + ".*." + layer.name.substr(prefix.size());
}

void checkPair(const Step &step, const Layer &member, const Layer &owner)
{
    if (member.shape != owner.shape)
        throw Error(ErrorKind::InvalidSetting, messages::shareShapesDiffer, step.technique,
                    member.name, fmt::format("[{}]", fmt::join(member.shape, ", ")), owner.name,
                    fmt::format("[{}]", fmt::join(owner.shape, ", ")));
    if (member.bias != owner.bias)
        throw Error(ErrorKind::InvalidSetting, messages::shareBiasDiffers, step.technique,
                    member.name, owner.name);
}

} // namespace

bool takesPart(std::string_view mode, const Layer &layer)
{
    if (layer.block < 0)
        return false;
    if (mode == "attention")
        return !isFeedForward(layer);
    if (mode == "ffn")
        return isFeedForward(layer);
    return isOneOf("all|groups", mode) || layer.role != LayerRole::Norm;
}

std::vector<std::size_t> owners(const Step &step, std::size_t count)
{
    const std::string &mode = step.choice("mode");
    const std::size_t half = std::max<std::size_t>(1, count / 2);
    const std::size_t groups =
        step.has("groups") ? static_cast<std::size_t>(step.integer("groups")) : half;
    const std::size_t every =
        step.has("every") ? static_cast<std::size_t>(step.integer("every")) : count;
    const std::size_t lastRound = (count - 1) / groups * groups;
    std::vector<std::size_t> result(count, 0);
    for (std::size_t i = 0; i < count; ++i) {
        if (mode == "sandwich")
            result[i] = i == 0 || i + 1 == count ? i : 1;
        else if (mode == "every-n")
            result[i] = i / every * every;
        else if (mode == "groups") // the first block of group i · groups / count
            result[i] = (i * groups / count * count + groups - 1) / groups;
        else if (mode == "cycle" || (mode == "cycle-reverse" && i < std::max(lastRound, groups)))
            result[i] = i % groups;
        else if (mode == "cycle-reverse")
            result[i] = groups - 1 - i % groups;
    }
    return result;
}

std::vector<SharedPair> sharedPairs(const Step &step, const ModelDescription &model,
                                    std::span<const std::size_t> selected)
{
    const std::string &mode = step.choice("mode");
    const std::size_t groups =
        step.has("groups") ? static_cast<std::size_t>(step.integer("groups")) : 1;
    const std::size_t fewest = mode == "sandwich" ? 3 : std::max<std::size_t>(2, groups);
    std::map<std::string, std::vector<std::size_t>> places;
    for (const std::size_t index : selected)
        places[placeOf(model.layers[index])].push_back(index);

    std::vector<SharedPair> pairs;
    for (auto &[place, layers] : places) {
        std::ranges::sort(layers, {}, [&](std::size_t index) { return model.layers[index].block; });
        if (layers.size() < fewest)
            throw Error(ErrorKind::InvalidSetting, messages::shareTooFewBlocks, step.technique,
                        mode, fewest, layers.size(), place);
        const std::vector<std::size_t> owner = owners(step, layers.size());
        for (std::size_t i = 0; i < layers.size(); ++i) {
            checkPair(step, model.layers[layers[i]], model.layers[layers[owner[i]]]);
            pairs.push_back({layers[i], layers[owner[i]]});
        }
    }
    return pairs;
}

} // namespace pare
