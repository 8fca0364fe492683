// Many layers in few words: "encoder.0-5: attention.query, attention.key".
#pragma once

#include <string>
#include <vector>

namespace pare {

/// Canonical names, those at the same places of several blocks together, in the order in which they
/// come first; one text for each set of blocks and each layer outside them.
std::vector<std::string> groupedNames(const std::vector<std::string> &layers);

} // namespace pare
