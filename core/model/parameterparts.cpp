#include "core/model/parameterparts.h"

namespace pare {

ParameterParts parametersByPart(const ModelDescription &model)
{
    ParameterParts parts;
    for (const Layer &layer : model.layers) {
        if (layer.block >= 0)
            parts.blocks += layer.parameters;
        else if (layer.name.starts_with("embedding."))
            parts.embeddings += layer.parameters;
        else if (layer.role == LayerRole::Pooler)
            parts.pooler += layer.parameters;
        else
            parts.head += layer.parameters;
    }
    return parts;
}

std::optional<std::int64_t> positionWidth(const ModelDescription &model)
{
    const Layer *positions = model.find("embedding.position");
    return positions ? std::optional(positions->shape[1]) : std::nullopt;
}

} // namespace pare
