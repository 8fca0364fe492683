// prune.magnitude: removes the weights nearest to zero. The count is exact whatever the ties: of
// equal magnitudes those that come first in row order are removed first, so that the same weights
// always give the same mask. Not-a-number counts as larger than everything.
#pragma once

#include "core/compression/prune/masksetting.h"
#include "core/model/recipe.h"

#include <ATen/core/Tensor.h>
#include <span>
#include <vector>

namespace pare {

/// What a checked prune.magnitude step asks for; `pool` numbers it where its scope is global.
MaskSetting magnitudeSetting(const Step &step, int pool);

/// bool, of the shape of `values` (float32, [rows, width]): true where a weight stays. Undefined
/// where the setting removes nothing. Not for MaskScope::Global.
at::Tensor magnitudeMask(const at::Tensor &values, const MaskSetting &setting);

/// One mask for each of `values` (float32), with one threshold for all of them together and exactly
/// removedCount(sparsity, all weights) removed. Undefined where nothing of a matrix is removed.
std::vector<at::Tensor> globalMagnitudeMasks(std::span<const at::Tensor> values, double sparsity);

} // namespace pare
