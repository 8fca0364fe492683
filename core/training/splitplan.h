// Ternary layers that become the sum of two binary planes once they are trained, and are trained on as
// that: ternary weight splitting (Bai et al. 2021, 2012.15701). Plain values; any thread.
#pragma once

#include "core/training/trainingoptions.h"

#include <set>
#include <string>

namespace pare {

struct SplitPlan
{
    std::set<std::string> layers;
    double epochs = 0;       ///< after it
    double learningRate = 0; ///< after it; 0: that of before

    bool empty() const { return layers.empty(); }
};

/// `options`, defaults filled in, for what comes after it.
TrainingOptions splitOptions(TrainingOptions options, const SplitPlan &split);

/// What follows from it, for fingerprints.
std::string identityOf(const SplitPlan &split);

} // namespace pare
