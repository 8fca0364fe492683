#include "core/training/splitplan.h"

#include "core/base/hash.h"
#include "core/base/numbers.h"

namespace pare {

TrainingOptions splitOptions(TrainingOptions options, const SplitPlan &split)
{
    options.epochs = split.epochs;
    if (split.learningRate > 0)
        options.learningRate = split.learningRate;
    return options;
}

std::string identityOf(const SplitPlan &split)
{
    Hasher hasher;
    for (const std::string &layer : split.layers)
        hasher.add(layer);
    return hasher.add(formatReal(split.epochs)).add(formatReal(split.learningRate)).hex();
}

} // namespace pare
