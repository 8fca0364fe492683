#include "core/model/layer.h"

#include <algorithm>
#include <array>
#include <utility>

namespace pare {

namespace {

constexpr std::array<std::pair<LayerRole, std::string_view>, 15> roleNames{{
    {LayerRole::TokenEmbedding, "token-embedding"},
    {LayerRole::PositionEmbedding, "position-embedding"},
    {LayerRole::TypeEmbedding, "type-embedding"},
    {LayerRole::EmbeddingAttention, "embedding-attention"},
    {LayerRole::EmbeddingProjection, "embedding-projection"},
    {LayerRole::Query, "query"},
    {LayerRole::Key, "key"},
    {LayerRole::Value, "value"},
    {LayerRole::Output, "output"},
    {LayerRole::Up, "up"},
    {LayerRole::Down, "down"},
    {LayerRole::Norm, "norm"},
    {LayerRole::Pooler, "pooler"},
    {LayerRole::Classifier, "classifier"},
    {LayerRole::Head, "head"},
}};

} // namespace

std::string_view nameOf(LayerRole role)
{
    return roleNames[static_cast<std::size_t>(role)].second;
}

std::string layerRoleNames()
{
    std::string names;
    for (const auto &[role, name] : roleNames) {
        names += names.empty() ? "" : ", ";
        names += name;
    }
    return names;
}

std::optional<LayerRole> layerRoleFromName(std::string_view name)
{
    for (const auto &[role, text] : roleNames) {
        if (text == name)
            return role;
    }
    return std::nullopt;
}

const Layer *ModelDescription::find(std::string_view name) const
{
    const auto found = std::ranges::find(layers, name, &Layer::name);
    return found == layers.end() ? nullptr : &*found;
}

} // namespace pare
