// What the stored answers of a group's runs tell. A free function; any one thread.
#pragma once

#include "app/report/facts.h"

namespace pare {

/// Fills in RunFacts::answers, and of the chosen run at most so many `examples` with their texts.
/// Throws Error where the project is damaged, and Cancelled.
void addAnswers(ReportGroup &group, const Project &project, std::size_t examples,
                Progress &progress);

} // namespace pare
