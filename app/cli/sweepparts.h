// What the commands that ask layers share: `sweep --per-layer` and `search`.
#pragma once

#include "core/experiment/experiment.h"
#include "core/search/layersweep.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <vector>

namespace pare {

/// [--rows N] [--tolerance X]; returned in that order.
std::vector<CLI::Option *> addSweepOptions(CLI::App &command, SweepOptions &options);

/// Recipes that this model refuses, or for which data is missing, are told before the first is
/// measured; one at least must be left.
void leaveOutImpossible(std::vector<Recipe> &recipes, const Experiment &experiment);

/// On standard error; nothing where everything was asked before.
void printForecast(const SweepForecast &forecast);

} // namespace pare
