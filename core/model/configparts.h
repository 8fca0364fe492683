// What every architecture's config.json says under other keys. Inner to core/model.
#pragma once

#include "core/model/specification.h"

#include <string>

namespace pare {

class ConfigReader;

/// Throws Unsupported for a name that is none of ours.
Activation readActivation(ConfigReader &reader, const char *key, const std::string &fallback);

/// The number under `key` of heads that share `width`, which stands under `widthKey`. Throws
/// InvalidFile where it does not divide it.
int readHeads(ConfigReader &reader, const char *key, const char *widthKey, int width);

} // namespace pare
