// How a student that has no weights of its own begins: with layers of its teacher where they fit.
// Any thread.
#pragma once

#include "core/training/distill/distillation.h"

#include <string_view>

namespace pare {

/// Which of the teacher's blocks a method's student begins with, one for each of its own:
/// DistilBERT's are spread from the first to the last (0, 2, 4, 7, 9, 11 of 12), those of BERT-PKD,
/// BERT-of-Theseus and plain softened answers the first ones, those of the others the blocks that
/// teach them by TinyBERT's uniform map.
std::vector<int> startBlocks(std::string_view method, const TeachingDepths &depths);

/// The student's weights with those that it lacks taken from the teacher where shapes are equal;
/// what is still missing is for training to draw. `blocks` as above.
ModelWeights startedFrom(const DistillModel &student, const DistillModel &teacher,
                         std::span<const int> blocks);

} // namespace pare
