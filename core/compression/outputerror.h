// How far a layer's outputs move when its weights do, over the tokens a second moment was summed
// over. Any thread.
#pragma once

#include <ATen/core/Tensor.h>

namespace pare {

/// ‖X Ŵᵀ − X Wᵀ‖ / ‖X Wᵀ‖ (Frobenius) without X: ‖X Dᵀ‖² = tr(D M Dᵀ), where M = Σ x xᵀ. `original`
/// and `approximation` [out, in] of any floating type; `secondMoment` float64 [in, in], symmetric,
/// of any scale. 0 where both are zero, infinite where only the original's outputs are. Computed in
/// float64, by blocks of rows.
double outputError(const at::Tensor &original, const at::Tensor &approximation,
                   const at::Tensor &secondMoment);

/// ‖X d‖² = d M dᵀ for each row d of `matrix` [out, in], float64 [out]: their sum is the square of
/// ‖X Dᵀ‖. For those who compare approximations of one matrix, or of its rows, which do not meet.
at::Tensor squaredOutputs(const at::Tensor &matrix, const at::Tensor &secondMoment);

} // namespace pare
