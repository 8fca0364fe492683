// What one training learns from: sequences, and the label of each for a task. A value, made once.
#pragma once

#include "core/network/packedbatch.h"
#include "core/training/masking.h"
#include "core/training/pretraininglesson.h"
#include "core/training/trainingoptions.h"

#include <cstdint>
#include <vector>

namespace pare {

struct TrainingSet
{
    std::vector<Sequence> sequences;
    std::vector<std::int64_t> labels; ///< class index of each; empty for MaskedLm

    bool empty() const { return sequences.empty(); }
};

struct TrainingData
{
    Objective objective = Objective::Task;
    TrainingSet train;
    TrainingSet dev;        ///< may be empty
    MaskingOptions masking; ///< for MaskedLm
    PretrainingText text = {}; ///< for SentencePair and Pretraining, in place of the sets
};

} // namespace pare
