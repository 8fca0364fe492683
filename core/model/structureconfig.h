// What a model's structure has become, as its config.json says it.
//
// Heads that are gone are Hugging Face's `pruned_heads`, {"0": [2, 5]}: by block the numbers they had
// before. What its layout has no word for stands under our own key:
//
//     "pare": {
//         "intermediate_sizes": [96, 128],     feed-forward units of each block, where they differ
//         "embedding_attention": {"width": 32, "heads": 2}     token rows of that width see each other
//     }
//
// Inner to core/model.
#pragma once

#include "core/model/specification.h"

#include <nlohmann/json_fwd.hpp>

namespace pare {

class ConfigReader;

/// The network with what those keys say, shapes normalised. Throws InvalidFile for blocks, heads and
/// widths that cannot be, Unsupported for a key under "pare" that nobody knows.
NetworkSpecification withStructureKeys(NetworkSpecification network, ConfigReader &reader);

/// Those keys for a network: none where all of it is whole.
nlohmann::ordered_json structureKeys(const NetworkSpecification &network);

} // namespace pare
