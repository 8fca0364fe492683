// What a Network holds, and how it is taken out of weights. For network.cpp and networkbuilder.cpp alone.
#pragma once

#include "core/network/attentionlayer.h"
#include "core/network/kernels/norm.h"
#include "core/network/linear.h"
#include "core/network/network.h"

#include <ATen/core/Tensor.h>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pare {

struct NormLayer
{
    at::Tensor gamma;
    at::Tensor beta;
    double epsilon = 0;

    NormParameters parameters() const
    {
        return {gamma.data_ptr<float>(), beta.data_ptr<float>(), epsilon};
    }

    /// In place over `y`: norm(y + residual).
    void addTo(at::Tensor &y, const at::Tensor &residual) const
    {
        NormArguments arguments;
        arguments.x = y.data_ptr<float>();
        arguments.residual = residual.defined() ? residual.data_ptr<float>() : nullptr;
        arguments.y = y.data_ptr<float>();
        arguments.tokens = y.size(0);
        arguments.width = y.size(1);
        arguments.norm = parameters();
        layerNorm(arguments);
    }
};

/// One block, post-norm. Blocks that share weights hold the same linear layers.
struct Block
{
    AttentionLayer attention;
    NormLayer attentionNorm;
    std::shared_ptr<const Linear> up;
    std::shared_ptr<const Linear> down;
    NormLayer feedForwardNorm;
};

/// What narrow token rows go through: x + attention(x), projected to the embedding's width.
struct TokenAttention
{
    AttentionLayer attention;
    std::shared_ptr<const Linear> projection;
};

struct Network::Layers
{
    NetworkSpecification specification;
    at::Tensor tokens; ///< rows as wide as `tokenAttention` takes them, where there is one
    std::optional<TokenAttention> tokenAttention;
    at::Tensor positions;
    at::Tensor types;
    NormLayer embeddingNorm;
    std::vector<Block> blocks;
    std::shared_ptr<const Linear> pooler;
    std::shared_ptr<const Linear> classifier; ///< or the pair head
    std::string classifierName;               ///< which of them
    std::shared_ptr<const Linear> transform;
    NormLayer transformNorm;
    std::shared_ptr<const Linear> decoder;
    std::map<std::string, std::string> kernels;

    at::Tensor tokenRows(const PackedBatch &batch) const;
    at::Tensor embedded(const PackedBatch &batch) const;
    void runBlock(std::size_t number, at::Tensor &x, const PackedBatch &batch,
                  const InputObserver &observer = {}) const;
    at::Tensor classify(const at::Tensor &hidden, const PackedBatch &batch,
                        const InputObserver &observer = {}) const;
    at::Tensor forward(const PackedBatch &batch) const;
};

/// Where layers are taken from.
struct NetworkSource
{
    const NetworkSpecification &specification;
    const ModelWeights &weights;
    std::function<void(const std::string &)> taken = {}; ///< told of each layer; may be empty
};

/// Fills in the layers that `isWanted` names, their shapes checked. Throws InvalidFile where one is missing or of
/// another shape.
void build(Network::Layers &layers, const NetworkSource &source, const LayerFilter &isWanted);

} // namespace pare
