// README.md beside an exported model: what it is, how big, how good, and how to open it.
#pragma once

#include "core/model/exportrecord.h"

#include <string>

namespace pare {

/// Markdown, with the header that model hubs read; ends in a line break. `labels` by class index.
std::string modelCard(const ExportRecord &record, const std::vector<std::string> &labels);

} // namespace pare
