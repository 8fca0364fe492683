#include "core/base/error.h"
#include "core/weights/messages.h"
#include "core/weights/weight.h"

namespace pare {

std::string ModelWeights::ownerOf(const std::string &layer) const
{
    std::string name = layer;
    for (std::size_t step = 0; step <= layers.size(); ++step) {
        const auto found = layers.find(name);
        if (found == layers.end())
            throw Error(ErrorKind::InvalidFile, messages::layerMissing, name);
        const auto *shared = std::get_if<Shared>(&found->second.weight);
        if (!shared)
            return name;
        name = shared->layer;
    }
    throw Error(ErrorKind::InvalidFile, messages::layerCycle, layer);
}

const LayerWeights &ModelWeights::resolved(const std::string &layer) const
{
    return layers.at(ownerOf(layer));
}

} // namespace pare
