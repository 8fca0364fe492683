#include "app/window/layerselection.h"

#include "core/model/selection.h"

#include <algorithm>
#include <set>

namespace pare {

namespace {

std::string joined(const std::vector<std::string> &parts)
{
    std::string text;
    for (const std::string &part : parts)
        text += (text.empty() ? "" : ",") + part;
    return text;
}

/// "0,2-5"
std::string blocksText(const std::set<int> &blocks)
{
    std::vector<std::string> parts;
    for (auto first = blocks.begin(); first != blocks.end();) {
        auto last = first;
        while (std::next(last) != blocks.end() && *std::next(last) == *last + 1)
            ++last;
        parts.push_back(*first == *last ? std::to_string(*first)
                                        : std::to_string(*first) + '-' + std::to_string(*last));
        first = std::next(last);
    }
    return joined(parts);
}

std::vector<std::string> matched(const TechniqueInfo &technique, const std::string &selection,
                                 const ModelDescription &model)
{
    const Selection parsed = Selection::parsed(selection);
    std::vector<std::string> names;
    for (const Layer &layer : model.layers) {
        if (technique.actsOn(layer) && parsed.matches(layer))
            names.push_back(layer.name);
    }
    return names;
}

} // namespace

std::vector<std::string> layersOf(const Step &step, const ModelDescription &model)
{
    const TechniqueInfo &technique = techniqueInfo(step.technique);
    if (technique.roles.empty()) // of whole models
        return {};
    return matched(technique,
                   step.layers.empty() ? std::string(technique.defaultSelection) : step.layers,
                   model);
}

std::string selectionText(const TechniqueInfo &technique, const std::vector<std::string> &names,
                          const ModelDescription &model)
{
    std::vector<std::string> wanted; // in the order of the model, as matched() gives them
    std::vector<std::string> roles;
    std::set<int> blocks;
    const std::set<std::string_view> named(names.begin(), names.end());
    for (const Layer &layer : model.layers) {
        if (!technique.actsOn(layer) || !named.contains(layer.name))
            continue;
        wanted.push_back(layer.name);
        if (const std::string role(nameOf(layer.role));
            std::ranges::find(roles, role) == roles.end())
            roles.push_back(role);
        blocks.insert(layer.block);
    }
    if (wanted.empty())
        return {};
    const std::string byRole = "role=" + joined(roles);
    if (wanted.size() > 1 && matched(technique, byRole, model) == wanted)
        return byRole;
    if (wanted.size() > 1 && *blocks.begin() >= 0) {
        const std::string byBoth = byRole + " and block=" + blocksText(blocks);
        if (matched(technique, byBoth, model) == wanted)
            return byBoth;
    }
    // All but a few read better than all that are left.
    std::vector<std::string> others = matched(technique, byRole, model);
    std::erase_if(others, [&wanted](const std::string &name) {
        return std::ranges::find(wanted, name) != wanted.end();
    });
    constexpr std::size_t few = 3;
    if (!others.empty() && others.size() <= few && others.size() < wanted.size())
        return byRole + " and not " + joined(others);
    return joined(wanted);
}

Step withLayerToggled(Step step, const std::string &name, const ModelDescription &model)
{
    const TechniqueInfo &technique = techniqueInfo(step.technique);
    const Layer *layer = model.find(name);
    if (!layer || !technique.actsOn(*layer))
        return step;
    std::vector<std::string> names = layersOf(step, model);
    if (std::erase(names, name) == 0)
        names.push_back(name);
    if (!names.empty())
        step.layers = selectionText(technique, names, model);
    return step;
}

} // namespace pare
