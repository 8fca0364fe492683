// What the columns of a matrix still to come take over when one of them is changed, so that the
// outputs stay as near as they can (optimal brain surgeon, a column at a time): for the techniques
// that go through a matrix column by column, GPTQ and SparseGPT. Any thread.
//
//     H = Σ x xᵀ + damping · mean(diag H) · I,   H⁻¹ = UᵀU with U upper triangular
//     w_k becomes q:   w_m −= (w_k − q) · U_km/U_kk  for all m > k,
//     and the squared error of the outputs grows by (w_k − q)²/U_kk²
#pragma once

#include "core/base/progress.h"

#include <ATen/core/Tensor.h>

namespace pare {

struct ColumnFeedback
{
    at::Tensor weights;  ///< float32 [in, in], −U_km/U_kk: what column m adds of w_k − q
    at::Tensor diagonal; ///< float64 [in], U_kk
};

/// Inputs that were always zero: bool [in], from the moment's diagonal.
at::Tensor deadInputs(const at::Tensor &secondMoment);

/// Of Σ x xᵀ (float64 [in, in], any scale) in the `order` (int64 [in]) in which columns are taken.
/// Dead inputs are kept apart from all others; if H is not positive definite, the damping is raised
/// tenfold until it is. Polls `progress` between decompositions, which take tenths of a second for
/// 3072 inputs. Throws Cancelled; Unsupported for a moment that is zero or not finite.
ColumnFeedback columnFeedback(const at::Tensor &secondMoment, const at::Tensor &order,
                              double damping, Progress &progress);

} // namespace pare
