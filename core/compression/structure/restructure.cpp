#include "core/compression/structure/restructure.h"

#include "core/tensors/torcherrors.h"

#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <cassert>

namespace pare {

namespace {

/// Rows and columns that stay of one layer; undefined: all.
struct Cut
{
    at::Tensor rows;    ///< int64
    at::Tensor columns; ///< int64

    bool cuts() const { return rows.defined() || columns.defined(); }
};

at::Tensor indices(const std::vector<int> &numbers, int width, std::int64_t all)
{
    if (static_cast<std::int64_t>(numbers.size()) * width == all)
        return {};
    std::vector<std::int64_t> result;
    for (const int number : numbers) {
        for (int i = 0; i < width; ++i)
            result.push_back(std::int64_t{number} * width + i);
    }
    return at::tensor(result, at::kLong);
}

Cut cutOf(const Layer &layer, const ModelDescription &model, const Structure &structure)
{
    if (layer.stack == structure.stack && layer.block >= 0) {
        const auto block = static_cast<std::size_t>(layer.block);
        const bool headsKnown = model.headWidth > 0;
        switch (layer.role) {
        case LayerRole::Query:
        case LayerRole::Key:
        case LayerRole::Value:
            if (!headsKnown)
                return {};
            return {indices(structure.heads.at(block), model.headWidth, layer.shape[0]), {}};
        case LayerRole::Output:
            if (!headsKnown)
                return {};
            return {{}, indices(structure.heads.at(block), model.headWidth, layer.shape[1])};
        case LayerRole::Up:
            return {indices(structure.neurons.at(block), 1, layer.shape[0]), {}};
        case LayerRole::Down:
            return {{}, indices(structure.neurons.at(block), 1, layer.shape[1])};
        default:
            return {};
        }
    }
    const bool table = layer.role == LayerRole::TokenEmbedding ||
                       (layer.role == LayerRole::Head && layer.sharedWith == "embedding.token");
    if (structure.tokens && table)
        return {indices(*structure.tokens, 1, layer.shape[0]), {}};
    return {};
}

at::Tensor cut(at::Tensor values, const Cut &kept)
{
    if (kept.rows.defined())
        values = values.index_select(0, kept.rows);
    if (kept.columns.defined())
        values = values.index_select(1, kept.columns);
    return values.contiguous();
}

LayerWeights cut(const LayerWeights &layer, const Cut &kept)
{
    LayerWeights result = layer;
    if (const auto *factor = std::get_if<Factor>(&layer.weight))
        result.weight = Factor::dense(cut(factor->denseValues(), kept));
    if (kept.rows.defined() && layer.bias.defined())
        result.bias = layer.bias.index_select(0, kept.rows);
    return result;
}

} // namespace

ModelWeights withStructure(const ModelWeights &weights, const ModelDescription &model,
                           const Structure &structure)
{
    const c10::NoGradGuard noGrad;
    return translatingTorchErrors([&] {
        ModelWeights result;
        const ModelDescription smaller = withStructure(model, structure);
        for (const Layer &left : smaller.layers) {
            const Layer &layer = *model.find(left.name);
            const LayerWeights &own = weights.layers.at(left.name);
            LayerWeights &kept = result.layers[nameAnew(structure, left.name)];
            // A layer may own the weight that it used before, where the owner is gone.
            kept = left.sharedWith.empty() ? weights.resolved(left.name) : own;
            if (own.bias.defined())
                kept.bias = own.bias;
            if (const auto *shared = std::get_if<Shared>(&kept.weight))
                kept.weight = Shared{nameAnew(structure, left.sharedWith), shared->transposed};
            if (const Cut rest = cutOf(layer, model, structure); rest.cuts())
                kept = cut(kept, rest);
        }
        return result;
    });
}

at::Tensor inWhole(const at::Tensor &values, const Layer &layer, const ModelDescription &model,
                   const Structure &structure)
{
    const Cut kept = cutOf(layer, model, structure);
    at::Tensor whole = values;
    if (kept.columns.defined())
        whole = at::zeros({whole.size(0), layer.shape[1]}, whole.options())
                    .index_copy(1, kept.columns, whole);
    if (kept.rows.defined())
        whole = at::zeros({layer.shape[0], whole.size(1)}, whole.options())
                    .index_copy(0, kept.rows, whole);
    return whole;
}

} // namespace pare
