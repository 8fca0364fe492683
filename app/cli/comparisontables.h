// Models side by side and what may be said of their difference, as text for a terminal or as JSON.
#pragma once

#include "core/evaluation/verdicts.h"
#include "core/model/run.h"

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace pare {

/// One of those compared: a run, or an original.
struct ComparedModel
{
    std::string name;    ///< the run's id, or "original"
    std::string project; ///< the file it was stored in
    std::string recipe;  ///< for people
    std::int64_t bytes = 0;
    Interval accuracy;
    std::vector<std::uint8_t> correct; ///< of each example
};

struct ComparedModels
{
    std::string dataPath;
    std::string dataHash;
    std::vector<ComparedModel> models;   ///< the first is the reference of all others
    std::vector<Comparison> comparisons; ///< of each but the first
    std::vector<double> front;           ///< of each model, how likely it is on the front
    ComparisonOptions options;
};

void printComparison(const ComparedModels &compared);

/// {"schema": 1, "data", "test", "correction", "margin", "models": […], "comparisons": […]}
void printComparisonJson(const ComparedModels &compared);

/// {"value", "low", "high", "n"}
nlohmann::ordered_json intervalJson(const Interval &interval);

} // namespace pare
