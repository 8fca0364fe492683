// What a person has chosen in a project: which model, which data, which steps, and which of them
// are on.
#pragma once

#include "core/model/recipe.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace pare {

/// A step with its switch: one that is off keeps its settings and its place.
struct ChosenStep
{
    Step step;
    bool enabled = true;

    bool operator==(const ChosenStep &) const = default;
};

/// What labelled examples are chosen for.
enum class DataUse { Measuring, Calibration };

struct Choices
{
    std::string modelPath;         ///< UTF-8, absolute; empty: none chosen
    std::string dataPath;          ///< as above
    std::string calibrationPath;   ///< as above
    int calibrationExamples = 128; ///< so many of them, in the classes' proportion, by seed
    std::vector<ChosenStep> steps;
    std::uint64_t seed = 0;
    int threads = 0; ///< 0: as many as the machine has cores

    /// The steps that are on, in their order: what a run would do.
    Recipe recipe() const;
    bool operator==(const Choices &) const = default;
};

/// Where one more step stands among those there are, so that they stand in the order in which they are
/// applied: behind all that set the same or an earlier part of a layer.
std::size_t placeOf(const Step &step, const std::vector<ChosenStep> &steps);

/// A recipe's steps as choices, all of them on; its training is the last.
std::vector<ChosenStep> chosenSteps(const Recipe &recipe);

} // namespace pare
