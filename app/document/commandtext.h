// What a run or a sweep is called in a shell. Plain values; any thread.
#pragma once

#include "core/model/recipe.h"

#include <QString>
#include <cstdint>
#include <string>

namespace pare {

struct CommandParts
{
    std::string model, data, calibration;
    int calibrationExamples = 0;
    std::string train = {}, dev = {};
    int threads = 0;
    std::uint64_t seed = 0;
    std::string sweep = {}; ///< a step with alternatives, as `pare sweep` takes it; empty: one run
};

/// "pare run 'MODEL' --data 'FILE' --step '…'", or "pare sweep" with the step last that varies.
QString commandText(const CommandParts &parts, const Recipe &recipe);

/// The steps as one with alternatives, 'quantize.affine bits=2|4'; empty: they differ in more than one
/// setting.
std::string alternativesText(const std::vector<Step> &steps);

} // namespace pare
