// What the document tells its views: plain values.
#pragma once

#include "core/base/message.h"
#include "core/model/layer.h"
#include "core/model/run.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pare {

/// What is open, and how far.
enum class ModelState {
    None,    ///< nothing chosen: the start page
    Opening, ///< described as far as known, weights follow
    Open,
    Failed, ///< `modelError` says why
};

/// Hashes of what is chosen, as they stand in runs; empty: not known (yet).
struct Identity
{
    std::string model;
    std::string data;
    std::string calibration;
    std::int64_t calibrationRows = 0;         ///< that there are, with `calibration`
    std::map<std::string, std::string> texts; ///< by path: those that steps read
};

/// What the recipe as it stands would make of the model, before it is measured.
struct PlanSummary
{
    Recipe recipe;                ///< as it would be stored: checked, in the order of application
    std::optional<Message> error; ///< why the recipe cannot be run; the rest is empty then
    std::vector<Message> notes;   ///< what is done that the recipe does not say
    std::optional<std::int64_t>
        bytes; ///< of the exported file, exact; nothing: depends on the weights
    std::optional<std::int64_t> parameters;
    struct LayerPlan
    {
        std::string name;
        std::string sharedWith;            ///< empty: owns its weight
        std::optional<std::int64_t> bytes; ///< own ones
        std::vector<std::string> steps;    ///< as text
    };
    std::vector<LayerPlan> layers; ///< of the description, in its order
    struct StepSaving
    {
        int layers = 0; ///< that it touches
        std::optional<std::int64_t>
            bytes; ///< that the steps up to this one save more than those before it
        std::optional<Message> error; ///< what is wrong with this step
    };
    std::vector<StepSaving> steps; ///< one for each of Choices::steps, switched off ones too
};

/// The long job that runs, or the last one's end.
struct JobStatus
{
    enum class State { Idle, Running, Finished, Cancelled, Failed };
    State state = State::Idle;
    Message title;    ///< "Measuring 4 bits, groups of 32"
    Message finished; ///< what is said once it has finished; empty: a run was measured
    Message what;     ///< the part of it that runs
    Message figure;
    std::int64_t done = 0;
    std::int64_t total = 0;
    double secondsLeft = -1; ///< below 0: not known
    std::size_t waiting = 0; ///< jobs behind it
    std::optional<Message> error;
};

/// A layer's weight before and after the recipe, as far as they can be told quickly.
struct LayerLook
{
    struct Statistics
    {
        std::int64_t count = 0;
        double mean = 0, deviation = 0, minimum = 0, maximum = 0, kurtosis = 0, zeros = 0;
        std::vector<std::int64_t> histogram;
        double low = 0, high = 0;
    };
    std::string name;
    Statistics before;
    std::optional<Statistics> after; ///< nothing where no step changes it
    double weightError = 0;          ///< ‖W−Ŵ‖/‖W‖, with `after`
    std::optional<Message> unknown;  ///< why `after` cannot be told, where a step changes it
};

} // namespace pare
