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

/// ‖X Dᵀ‖² = tr(D M Dᵀ), for those who compare many approximations of one matrix.
double squaredOutput(const at::Tensor &matrix, const at::Tensor &secondMoment);

} // namespace pare
