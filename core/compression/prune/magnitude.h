// prune.magnitude and prune.wanda by their former names.
#pragma once

#include "core/compression/prune/mask.h"
#include "core/compression/prune/scores.h"

namespace pare {

inline MaskSetting magnitudeSetting(const Step &step, int pool)
{
    return maskSetting(step, pool);
}

inline at::Tensor magnitudeMask(const at::Tensor &scores, const MaskSetting &setting)
{
    return maskOf(magnitudeScores(scores), setting);
}

inline std::vector<at::Tensor> globalMagnitudeMasks(std::span<const at::Tensor> scores,
                                                    double sparsity)
{
    return globalMasks(scores, {.scope = MaskScope::Global, .sparsity = sparsity});
}

} // namespace pare
