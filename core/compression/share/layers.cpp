#include "core/compression/share/layers.h"

#include "core/base/error.h"
#include "core/compression/messages.h"

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
    if (mode == "sandwich")
        return layer.role != LayerRole::Norm;
    if (mode == "attention")
        return !isFeedForward(layer);
    return mode == "all" || isFeedForward(layer);
}

std::vector<SharedPair> sharedPairs(const Step &step, const ModelDescription &model,
                                    std::span<const std::size_t> selected)
{
    const std::string &mode = step.choice("mode");
    const bool sandwich = mode == "sandwich";
    const std::size_t fewest = sandwich ? 3 : 2;
    std::map<std::string, std::vector<std::size_t>> places;
    for (const std::size_t index : selected)
        places[placeOf(model.layers[index])].push_back(index);

    std::vector<SharedPair> pairs;
    for (auto &[place, layers] : places) {
        std::ranges::sort(layers, {}, [&](std::size_t index) { return model.layers[index].block; });
        if (layers.size() < fewest)
            throw Error(ErrorKind::InvalidSetting, messages::shareTooFewBlocks, step.technique,
                        mode, fewest, layers.size(), place);
        const std::size_t owner = sandwich ? layers[1] : layers.front();
        for (const std::size_t member : layers) {
            const bool keepsOwn = sandwich && (member == layers.front() || member == layers.back());
            if (!keepsOwn)
                checkPair(step, model.layers[member], model.layers[owner]);
            pairs.push_back({member, keepsOwn ? member : owner});
        }
    }
    return pairs;
}

} // namespace pare
