// What a search for a budget found, for a terminal and for programs.
#pragma once

#include "core/search/measuredbudget.h"

#include <optional>
#include <string>
#include <vector>

namespace pare {

/// One budget of a front.
struct BudgetPoint
{
    Recipe recipe;
    BudgetChoice choice;
    std::optional<Run> measured;
};

/// A target, and as it was written.
struct AskedTarget
{
    BudgetTarget target;
    std::string text;
};

void printBudget(const MeasuredBudget &answer, const AskedTarget &target,
                 const ResponseTable &table);
/// {"schema": 1, "target", "met" (by what was measured), "recipe", "predicted", "certificate": {"value", "bound", "gap", "options"}, "measured", "attempts",
/// "agrees", "why": [{"layer", "chosen", "nextBest", "bytes", "milliseconds", "value", "text"}]}
void printBudgetJson(const MeasuredBudget &answer, const AskedTarget &target);

void printFront(const std::vector<BudgetPoint> &points, const ResponseTable &table);
/// {"schema": 1, "front": [{"recipe", "bytes", "predicted", "certificate", "measured"}]}
void printFrontJson(const std::vector<BudgetPoint> &points);

} // namespace pare
