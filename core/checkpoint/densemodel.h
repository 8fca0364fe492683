// The same model with every weight unpacked: what a program opens that knows nothing of packing.
#pragma once

#include "core/checkpoint/modelfolder.h"
#include "core/model/dtype.h"
#include "core/model/specification.h"

#include <ATen/core/Tensor.h>
#include <optional>
#include <vector>

namespace pare {

/// Why Hugging Face's layout has no words for a model; nothing where it has.
std::optional<Message> whyNotDense(const NetworkSpecification &specification);

/// The weight of a layer as numbers, float32 [out, in], sharing followed; of another dtype: rounded
/// to it. Throws InvalidFile where a number does not fit.
at::Tensor denseWeight(const ModelWeights &weights, const std::string &layer, DType dtype);

/// The bias a layer is computed with; of one that shares, its owner's, unless it has one of its own (a
/// tied decoder has). Undefined: none.
at::Tensor biasOf(const ModelWeights &weights, const std::string &layer);

/// Writes config.json, model.safetensors (float32 or float16, one tensor in memory at a time) and
/// the tokenizer's files. Layers that share are written each for itself, since the layout ties
/// nothing but the decoder to the token table. Returns what of the model is not in the file. Throws
/// Unsupported with whyNotDense(), Io, NotEnoughMemory and what `between` throws.
std::vector<Message> writeDenseModel(const std::filesystem::path &folder,
                                     const NetworkSpecification &specification,
                                     const ModelWeights &weights, const TokenizerSource &tokenizer,
                                     DType dtype, const BetweenTensors &between = {});

} // namespace pare
