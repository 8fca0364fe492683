// Options that several commands share.
#pragma once

#include "core/experiment/experiment.h"
#include "core/model/recipe.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <string>
#include <vector>

namespace pare {

/// [--recipe R.json] [--step STEP]…, the file first, steps appended in order.
struct RecipeOptions
{
    std::string file;
    std::vector<std::string> steps;
    std::string recover; ///< settings of the training
    bool recovers = false;

    void addTo(CLI::App &command);
    /// Without training.
    void addStepsTo(CLI::App &command);
    bool empty() const { return file.empty() && steps.empty() && !recovers; }
    /// Throws Error.
    Recipe recipe() const;
};

/// What makes weights beside the recipe: shared by `run`, `sweep` and `export`.
struct WeightOptions
{
    std::string calibration;
    int calibrationExamples = 128;
    std::string dev;
    std::string train;
    std::uint64_t seed = 0;
    int threads = 0;

    void addTo(CLI::App &command);
    /// Checks what no step of this recipe reads, and says so.
    void checkCalibration(const Recipe &recipe) const;
    void checkDev(const Recipe &recipe) const;
};

/// What `run` and `sweep` share beside the recipe.
struct MeasureOptions
{
    std::string model;
    std::string data;
    std::int64_t batchTokens = ExperimentOptions().batchTokens;
    WeightOptions weights;
    std::string project;
    std::uint64_t weightsLimit = 4'000'000'000;
    bool json = false;

    void addTo(CLI::App &command);
    ExperimentOptions experiment() const;
};

} // namespace pare
