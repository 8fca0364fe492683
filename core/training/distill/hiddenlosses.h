// Distillation by what passes between a teacher's layers: losses on hidden states. Free functions;
// any thread.
//
// Hidden states are [tokens, width], of all sequences of a batch end to end, so that every token
// counts alike. Functions of autograd on the student's side and on the projection; the teacher's
// tensors get no gradient. All throw InvalidSetting for shapes that do not fit.
#pragma once

#include "core/network/packedbatch.h"

#include <ATen/core/Tensor.h>
#include <cstdint>
#include <span>
#include <vector>

namespace pare {

/// The output of a student's layer and of the teacher's layer that teaches it.
struct HiddenPair
{
    at::Tensor student;
    at::Tensor teacher;
};

/// 1 - cos(h_S, h_T), the mean over the tokens: DistilBERT (Sanh et al. 2019). A state of zeros
/// has no direction: its distance is 1 and it learns nothing.
at::Tensor cosineDistance(const at::Tensor &student, const at::Tensor &teacher);

/// ‖ h_S/‖h_S‖ - h_T/‖h_T‖ ‖² of the [CLS] states, the mean over layers and sequences: the patience
/// loss of BERT-PKD (Sun et al. 2019). The paper adds up where this is a mean; the authors' code
/// divides by the width as well, and their weight beta of 10 to 1000 belongs to that. `starts` are
/// the rows of [CLS] (PackedBatch::starts); neither it nor `pairs` may be empty.
at::Tensor patienceLoss(std::span<const HiddenPair> pairs, std::span<const std::int64_t> starts);

/// Mean of (h_S Wᵀ - h_T)² over all entries: TinyBERT's loss of hidden states and of embeddings
/// (Jiao et al. 2020). `projection` is [teacher's width, student's width], like a layer's weight,
/// and learnt along; undefined where the widths are equal.
at::Tensor hiddenMse(const at::Tensor &student, const at::Tensor &teacher,
                     const at::Tensor &projection = {});

/// Mean of (h_T - h_S)² over tokens and width: MobileBERT's feature map transfer (Sun et al. 2020), as
/// the paper has it; the authors' code normalises both sides first.
at::Tensor featureMapTransfer(const at::Tensor &student, const at::Tensor &teacher);

} // namespace pare
