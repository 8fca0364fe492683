// Masks from scores: what scores least goes, whatever the technique that scored. The count is exact
// whatever the ties: of equal scores those that come first in row order are removed first, so that
// the same scores always give the same mask. Not-a-number counts as more than everything.
//
// The score of a block is the sum of its weights' scores, added up in float64 and rounded to
// float32. Any thread.
#pragma once

#include "core/compression/prune/masksetting.h"

#include <ATen/core/Tensor.h>
#include <span>
#include <vector>

namespace pare {

/// bool, of the shape of `scores` (float32, none below zero, [rows, width]): true where a weight
/// stays. Undefined where the setting removes nothing. Not for MaskScope::Global. The scores must be
/// whole blocks (maskRefusal()).
at::Tensor maskOf(const at::Tensor &scores, const MaskSetting &setting);

/// The same for those who spread one sparsity over several parts of a matrix themselves: removes
/// `removed` blocks of all (MaskScope::Matrix) or of each row of blocks (MaskScope::Row).
at::Tensor maskRemoving(const at::Tensor &scores, const MaskSetting &setting, std::int64_t removed);

/// One mask for each of `scores`, with one threshold for all of them together, which keeps exactly
/// keptTogether(setting, all weights). Undefined where nothing of a matrix is removed.
std::vector<at::Tensor> globalMasks(std::span<const at::Tensor> scores, const MaskSetting &setting);

} // namespace pare
