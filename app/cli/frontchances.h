// How likely each run of a project is on the front of the runs it can be compared with.
//
// A free function; on the thread of one command.
#pragma once

#include "core/model/run.h"

#include <map>
#include <span>
#include <string>

namespace pare {

class Project;

/// By the run's id: frontShares() among those of `runs` that were measured on the same data and the same model, and that
/// model itself. Nothing of runs whose answers were not kept.
std::map<std::string, double> frontChances(const Project &project, std::span<const Run> runs);

} // namespace pare
