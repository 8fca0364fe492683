// Answers "what if" for the window from the response table of earlier sweeps.
//
// Opens model and data once and keeps them while they stay the same. Made by the document, used on
// the Look lane only.
#pragma once

#include "app/document/documentvalues.h"
#include "core/base/progress.h"
#include "core/experiment/experiment.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace pare {

class WhatIf;

struct ForecastRequest
{
    ExperimentOptions options;
    std::shared_ptr<const std::vector<Run>> runs; ///< of the project
    std::uint64_t asked = 0; ///< changes whenever a sweep has asked something more
};

class Forecaster
{
public:
    Forecaster();
    ~Forecaster();

    /// Never throws Error: what cannot be told is unknown. Throws Cancelled.
    Forecast of(const ForecastRequest &request, const Recipe &recipe, Progress &progress);

    /// What is known of usualLayerOptions(), layer by layer; empty: nothing. Throws Error, Cancelled.
    std::vector<LayerSensitivity> sensitivities(const ForecastRequest &request, Progress &progress);

    /// Added to one answer by each recipe of one step on one layer; nothing where no sweep asked it.
    /// Throws Error, Cancelled.
    std::vector<std::optional<double>> milliseconds(const ForecastRequest &request,
                                                    const std::vector<Recipe> &recipes,
                                                    Progress &progress);

private:
    void open(const ForecastRequest &request, Progress &progress);

    ForecastRequest m_opened;
    std::unique_ptr<Experiment> m_experiment;
    std::unique_ptr<WhatIf> m_whatIf;
    bool m_nothingAsked = false;
};

/// As the window shows a response of a table.
struct Response;
struct ResponseTable;
LayerSensitivity sensitivityOf(const ResponseTable &table, const Response &response);

} // namespace pare
