// The immutable tree the map draws: what a model consists of, without its weights.
#pragma once

#include "core/model/dtype.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pare {

enum class LayerRole {
    TokenEmbedding,
    PositionEmbedding,
    TypeEmbedding,
    EmbeddingAttention,  ///< matrices of the attention among narrow token rows (SAFE)
    EmbeddingProjection, ///< from the embedding's width to the model's (ALBERT)
    Query,
    Key,
    Value,
    Output, ///< of attention
    Up,     ///< first matrix of the feed-forward part
    Down,   ///< second one
    Norm,
    Pooler,
    Classifier,
    Head, ///< other matrices above the stacks: the masked-LM transform
};

/// "query", "token-embedding", … as selections and JSON say it.
std::string_view nameOf(LayerRole role);
/// "token-embedding, query, …": all of them, for people.
std::string layerRoleNames();
std::optional<LayerRole> layerRoleFromName(std::string_view name);

/// One tensor of a checkpoint that a layer is made of, or a part of one.
struct TensorSource
{
    std::string name; ///< in the checkpoint: "bert.encoder.layer.0.attention.self.query.weight"
    bool transposed = false; ///< stored [in, out] (GPT-2's Conv1D)
    int sliceDimension = -1; ///< -1: the whole tensor
    std::int64_t sliceBegin = 0;
    std::int64_t sliceEnd = 0;

    bool operator==(const TensorSource &) const = default;
};

/// A weight matrix (or table, or norm) with the bias that belongs to it.
struct Layer
{
    std::string name; ///< canonical: "encoder.3.attention.query"
    LayerRole role = LayerRole::Head;
    std::string stack;               ///< "encoder", "decoder", or empty outside the stacks
    int block = -1;                  ///< from 0; -1 outside the stacks
    std::vector<std::int64_t> shape; ///< [out, in]; [rows, width] of a table; [width] of a norm
    bool bias = false;               ///< has a vector of `shape[0]` beside it (norms: their shift)
    DType dtype = DType::Float32;
    std::int64_t parameters = 0; ///< own ones: 0 where shared
    std::int64_t bytes = 0;      ///< own ones, as export writes them without their names
    std::string sharedWith;      ///< canonical name of the owner; empty: owns its weight
    std::string
        storage; ///< how a compressed checkpoint holds it: "4 bits, groups of 64"; else empty
    std::vector<TensorSource> tensors; ///< weight first, then bias

    bool isMatrix() const { return shape.size() == 2; }
    bool operator==(const Layer &) const = default;
};

struct ModelDescription
{
    std::string architecture;    ///< `model_type` of config.json
    std::vector<Layer> layers;   ///< in the order in which data flows
    std::int64_t parameters = 0; ///< tied and shared ones counted once
    std::int64_t bytes = 0;      ///< of the `model.safetensors` that export without steps writes
    int blocks = 0;              ///< of the first stack
    int width = 0;               ///< hidden size
    int headWidth = 0;           ///< rows of query, key and value that are one head; 0: not known
    bool weightsKnown = false;   ///< false: described from config.json alone

    const Layer *find(std::string_view name) const;
    bool operator==(const ModelDescription &) const = default;
};

} // namespace pare
