// Writes a model as one TorchScript file that PyTorch and LibTorch run without Pare. Any one thread at
// a time.
//
//   forward(input_ids, attention_mask, token_type_ids = None) -> logits
//
// input_ids [n, length], whole numbers; attention_mask [n, length], 0 where a sequence is padded;
// token_type_ids as input_ids, all 0 where nothing is given. Logits are float32 [n, labels], of a
// masked-LM head [n, length, vocabulary]. The file holds "labels.json" beside it, a list of texts.
//
// Masks and codes are written as the values they stand for; low-rank products stay two matrices, and
// shared and tied weights are there once. Inputs that a codec rounds to 8 bits are rounded here on every
// processor; Network does so where it has a kernel for it.
#pragma once

#include "core/checkpoint/modelfile.h"
#include "core/model/specification.h"
#include "core/weights/weight.h"

#include <filesystem>

namespace pare {

struct TorchScriptOptions
{
    DType values = DType::Float32; ///< or Float16: half the bytes, widened whenever they are used
    BetweenTensors between = {};   ///< called while the file is written
};

/// Throws Unsupported, naming `file`, for a model without logits or with two kinds of them and for what it cannot
/// compute.
void checkScriptComputes(const NetworkSpecification &specification,
                         const std::filesystem::path &file);

/// The file appears complete or not at all. One tensor is decoded at a time; what is not mapped as it
/// is written waits in a file without a name beside it.
/// Throws as checkScriptComputes() does, InvalidFile for weights that do not fit, Io.
void writeTorchScript(const std::filesystem::path &file, const NetworkSpecification &specification,
                      const ModelWeights &weights, const TorchScriptOptions &options = {});

} // namespace pare
