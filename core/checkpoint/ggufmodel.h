// What GGUF calls a BERT: its keys, its names of tensors, and what it has no words for. Free functions;
// any thread.
//
// The layout "bert" has one width and one number of heads for all blocks, GELU, post-norm, and a head
// of two matrices: "cls" (the pooler, with tanh) and "cls.output" (the classifier). It does not say
// which form of GELU is meant; a key of our own, `pare.hidden_act`, does, which others pass over.
#pragma once

#include "core/checkpoint/ggufreader.h"
#include "core/checkpoint/tokenizerfiles.h"
#include "core/model/layer.h"
#include "core/model/specification.h"
#include "core/weights/weight.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace pare {

/// Throws Unsupported, naming `file`, what it cannot hold and where.
void checkGgufHolds(const NetworkSpecification &specification, const std::filesystem::path &file);

/// "blk.3.attn_q" for "encoder.3.attention.query": tensors are that with ".weight" and ".bias". Empty
/// for layers that GGUF has no place for.
std::string ggufName(const Layer &layer);

/// All keys but those of the tokenizer. `name`: of the model, for people; `fileType`: what most of
/// the weights are.
std::vector<std::pair<std::string, GgufValue>>
ggufMetadata(const NetworkSpecification &specification, const std::string &name, GgufType fileType);

/// The tokenizer's keys: the vocabulary of the source, padded with unused tokens to the table's rows.
/// Words begin with U+2581 in place of the "##" of what continues one. Throws Io and InvalidFile.
std::vector<std::pair<std::string, GgufValue>>
ggufTokenizer(const NetworkSpecification &specification, const TokenizerSource &tokenizer);

struct GgufModel
{
    NetworkSpecification specification;
    ModelWeights weights; ///< as ggufFactor() has them; biases and norms float32
};

/// A model read back by what the file alone says: layout "bert", a classifier where it has
/// "cls.output", else no head. `beside`, the config.json it lies with, may say more: that the head is
/// one for pairs, and its labels; where it speaks of another model, a tensor has another shape than
/// expected. Throws InvalidFile for keys and tensors that are missing, of another kind or shape,
/// Unsupported for another layout.
GgufModel readGgufModel(const std::shared_ptr<const GgufReader> &reader,
                        const std::optional<NetworkSpecification> &beside = {});

} // namespace pare
