// The commands of `pare`, one file each, thin callers of core.
#pragma once

#include <CLI/App.hpp>

namespace pare {

void addInspect(CLI::App &app);
void addTokenize(CLI::App &app);
void addTrain(CLI::App &app);
void addDistill(CLI::App &app);
void addRun(CLI::App &app);
void addSearch(CLI::App &app);
void addSweep(CLI::App &app);
void addExport(CLI::App &app);
void addRecipe(CLI::App &app);
void addRuns(CLI::App &app);
void addCompare(CLI::App &app);
void addFlips(CLI::App &app);
void addReport(CLI::App &app);
void addTechniques(CLI::App &app);
/// What is left after its callback ran is for main: the demo needs Qt, which the others do not.
void addDemo(CLI::App &app);

} // namespace pare
