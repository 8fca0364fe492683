// How much a weight matters, for pruning by masks: what scores least is removed (prune/mask.h). All
// float32, none below zero, of the shape of the values ([out, in]). Any thread.
#pragma once

#include <ATen/core/Tensor.h>

namespace pare {

/// |w|: what is nearest to zero goes.
at::Tensor magnitudeScores(const at::Tensor &values);

/// ‖x_j‖₂ of each input, float64 [in], from Σ x xᵀ (float64 [in, in]).
at::Tensor inputNorms(const at::Tensor &secondMoment);

/// |w_ij| · ‖x_j‖₂ (Wanda, Sun et al. 2023); `norms` float64 [in].
at::Tensor wandaScores(const at::Tensor &values, const at::Tensor &norms);

/// |w · ∂L/∂w|, what removing a weight changes in the loss, to first order (Molchanov et al. 2017);
/// `gradient` [out, in]: of the loss summed over examples, on one scale for all that are compared.
at::Tensor firstOrderScores(const at::Tensor &values, const at::Tensor &gradient);

} // namespace pare
