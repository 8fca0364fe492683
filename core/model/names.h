// Names for people of what is done to a model, made of parts so that they can be translated.
// Free functions over values; any thread.
#pragma once

#include "core/base/message.h"
#include "core/model/run.h"

#include <string>
#include <vector>

namespace pare {

/// A name's parts in their order, each beginning with what separates it from the one before:
/// "4 bits", ", groups of 64", " in query and key". Arguments may be words of the table of techniques.
using NameParts = std::vector<Message>;

NameParts nameParts(const Step &step);
NameParts nameParts(const Recipe &recipe);
NameParts nameParts(const Run &run);

/// In English.
std::string text(const NameParts &parts);

} // namespace pare
