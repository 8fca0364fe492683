// What was removed from a model's structure, as its config.json says it.
//
// Heads are Hugging Face's `pruned_heads`, {"0": [2, 5]}: by block the numbers they had before. What
// its layout has no word for stands under our own key:
//
//     "pare": {
//         "intermediate_sizes": [96, 128]      feed-forward units of each block, where they differ
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

/// Those keys for a network: none where all its blocks are whole.
nlohmann::ordered_json structureKeys(const NetworkSpecification &network);

} // namespace pare
