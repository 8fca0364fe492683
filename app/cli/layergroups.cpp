#include "app/cli/layergroups.h"

#include "core/base/numbers.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace pare {

namespace {

/// One place in every block: "attention.query" of "encoder" in blocks 0, 1 and 2.
struct Place
{
    std::string stack;
    std::string name;
    std::vector<std::int64_t> blocks;
};

/// "encoder.3.ffn.up"; nothing for a layer outside the blocks.
std::optional<Place> placeOf(const std::string &layer)
{
    const std::size_t first = layer.find('.');
    const std::size_t second = layer.find('.', first + 1);
    if (second == std::string::npos)
        return std::nullopt;
    const auto block = parseInteger(std::string_view(layer).substr(first + 1, second - first - 1));
    if (!block)
        return std::nullopt;
    return Place{layer.substr(0, first), layer.substr(second + 1), {*block}};
}

/// "0-2,5"
std::string ranges(const std::vector<std::int64_t> &numbers)
{
    std::string text;
    for (std::size_t i = 0; i < numbers.size();) {
        std::size_t last = i;
        while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1)
            ++last;
        text += text.empty() ? "" : ",";
        text += last == i ? fmt::to_string(numbers[i])
                          : fmt::format("{}-{}", numbers[i], numbers[last]);
        i = last + 1;
    }
    return text;
}

} // namespace

std::vector<std::string> groupedNames(const std::vector<std::string> &layers)
{
    std::vector<Place> places;
    for (const std::string &layer : layers) {
        const std::optional<Place> place = placeOf(layer);
        const auto same = std::ranges::find_if(places, [&](const Place &other) {
            return place && other.stack == place->stack && other.name == place->name;
        });
        if (same != places.end())
            same->blocks.push_back(place->blocks.front());
        else
            places.push_back(place.value_or(Place{{}, layer, {}}));
    }
    std::vector<std::string> texts;
    std::vector<std::string> heads;
    for (const Place &place : places) {
        const std::string head =
            place.blocks.empty() ? "" : fmt::format("{}.{}: ", place.stack, ranges(place.blocks));
        const auto known = std::ranges::find(heads, head);
        if (head.empty() || known == heads.end()) {
            heads.push_back(head);
            texts.push_back(head + place.name);
        } else {
            texts[static_cast<std::size_t>(known - heads.begin())] += ", " + place.name;
        }
    }
    return texts;
}

} // namespace pare
