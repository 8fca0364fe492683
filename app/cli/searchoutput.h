// What a search for a budget found, for a terminal and for programs.
#pragma once

#include "core/search/measuredbudget.h"

#include <optional>
#include <vector>

namespace pare {

/// One budget of a front.
struct BudgetPoint
{
    Recipe recipe;
    BudgetChoice choice;
    std::optional<Run> measured;
};

void printBudget(const MeasuredBudget &answer, const ResponseTable &table);
/// {"schema": 1, "recipe", "predicted", "certificate": {"value", "bound", "gap", "options"}, "measured", "attempts",
/// "agrees", "why": [{"layer", "chosen", "nextBest", "bytes", "milliseconds", "value", "text"}]}
void printBudgetJson(const MeasuredBudget &answer);

void printFront(const std::vector<BudgetPoint> &points, const ResponseTable &table);
/// {"schema": 1, "front": [{"recipe", "bytes", "predicted", "certificate", "measured"}]}
void printFrontJson(const std::vector<BudgetPoint> &points);

} // namespace pare
