// Distillation by what a teacher answers: losses on logits. Free functions; any thread.
//
// Each is differentiable once with respect to the student's logits; the teacher's get no gradient.
// Their gradient is computed with the value, in blocks of rows, so that beside the logits of a
// vocabulary only one tensor of their size is kept.
#pragma once

#include <ATen/core/Tensor.h>

namespace pare {

/// T² KL( softmax(z_T / T) ‖ softmax(z_S / T) ), the mean over the rows: Hinton et al. 2015, as in
/// DistilBERT (Sanh et al. 2019) and BERT-PKD (Sun et al. 2019). The factor T² keeps the gradient's
/// size where T changes. Logits [rows, classes], a scalar in nats; 0 where there are no rows.
/// Throws InvalidSetting for unlike shapes and a temperature that is not above 0.
at::Tensor softenedKl(const at::Tensor &student, const at::Tensor &teacher, double temperature);

/// -Σ softmax(z_T / t) log softmax(z_S / t), the mean over the rows: TinyBERT's loss of the
/// prediction layer (Jiao et al. 2020), as the paper has it; the authors' code divides by the
/// number of classes as well. Not 0 for equal logits, but the entropy of the teacher's answer.
/// Shapes and errors as above.
at::Tensor softCrossEntropy(const at::Tensor &student, const at::Tensor &teacher,
                            double temperature);

} // namespace pare
