#include "core/compression/compress.h"

#include "core/base/error.h"
#include "core/compression/messages.h"
#include "core/compression/prune/magnitude.h"
#include "core/tensors/torcherrors.h"

#include <ATen/ops/isfinite.h>
#include <c10/core/GradMode.h>

#include <cassert>
#include <utility>

namespace pare {

namespace {

/// A factor in the making.
struct Draft
{
    at::Tensor values; ///< float32
    at::Tensor mask;
    Codec codec;
    at::Tensor inputScale;
};

/// The factors a weight is made of, in a fixed order.
std::vector<const Factor *> factorsOf(const Weight &weight)
{
    struct Visitor
    {
        using Factors = std::vector<const Factor *>;
        Factors operator()(const Factor &factor) const { return {&factor}; }
        Factors operator()(const Product &product) const { return {&product.left, &product.right}; }
        Factors operator()(const Kronecker &kronecker) const
        {
            return {&kronecker.a, &kronecker.b};
        }
        Factors operator()(const Columns &columns) const
        {
            return {&columns.chosen, &columns.rest};
        }
        Factors operator()(const Shared &) const { return {}; }
    };
    return std::visit(Visitor(), weight);
}

/// A weight of the same kind with other factors.
Weight withFactors(const Weight &weight, const std::vector<Factor> &factors)
{
    if (std::holds_alternative<Product>(weight))
        return Product{factors[0], factors[1]};
    if (std::holds_alternative<Kronecker>(weight))
        return Kronecker{factors[0], factors[1]};
    if (const auto *columns = std::get_if<Columns>(&weight))
        return Columns{columns->indices, factors[0], factors[1]};
    return factors[0];
}

void checkFinite(const std::string &layer, const at::Tensor &values)
{
    const at::Tensor finite = at::isfinite(values);
    const std::int64_t count = finite.sum().item<std::int64_t>();
    if (count != values.numel())
        throw Error(ErrorKind::Unsupported, messages::layerNotFinite, layer, values.numel() - count,
                    values.numel());
}

Factor encoded(const Draft &draft, const std::string &layer)
{
    try {
        const Factor factor = Factor::encoded(draft.values, draft.codec, draft.mask);
        return draft.inputScale.defined() ? factor.withInputScale(draft.inputScale) : factor;
    } catch (const Error &error) {
        throw Error(error.kind(), messages::layerNotCompressed, layer, error.message().text());
    }
}

/// Carries out one plan: layers one after the other, those that one threshold prunes at the end.
class Compressor
{
public:
    Compressor(const RecipePlan &plan, Progress &progress, DecompositionCache *cache)
        : m_plan(plan)
        , m_progress(progress)
        , m_cache(cache)
    {}

    ModelWeights run(const ModelWeights &original);

private:
    /// A layer between its form and its mask. `kind` says which alternative is rebuilt.
    struct OpenLayer
    {
        const PlannedLayer *planned;
        Weight kind;
        std::vector<Draft> drafts;
    };

    OpenLayer opened(const PlannedLayer &planned, const ModelWeights &original);
    void average(OpenLayer &layer, const ModelWeights &original);
    void factorize(OpenLayer &layer);
    void finish(OpenLayer &layer);
    void finishPools();
    void share(const PlannedLayer &planned);

    const RecipePlan &m_plan;
    Progress &m_progress;
    DecompositionCache *m_cache;
    ModelWeights m_weights;
    std::map<int, std::vector<OpenLayer>> m_pools;
};

/// The mean of the layer's weight and bias with those of the layers that will use them.
void Compressor::average(OpenLayer &layer, const ModelWeights &original)
{
    const LayerWeights &own = original.layers.at(layer.planned->name);
    const auto share = static_cast<double>(layer.planned->averagedWith.size() + 1);
    at::Tensor values = denseValues(own.weight).clone();
    at::Tensor bias = own.bias.defined() ? own.bias.to(at::kFloat).clone() : at::Tensor();
    for (const std::string &name : layer.planned->averagedWith) {
        const LayerWeights &other = original.layers.at(name);
        values.add_(denseValues(other.weight));
        if (bias.defined())
            bias.add_(other.bias.to(at::kFloat));
    }
    const Codec codec = layer.drafts.front().codec;
    layer.kind = Factor();
    layer.drafts = {{values.div_(share), {}, codec, {}}};
    if (bias.defined())
        m_weights.layers.at(layer.planned->name).bias = bias.div_(share).to(own.bias.scalar_type());
}

Compressor::OpenLayer Compressor::opened(const PlannedLayer &planned, const ModelWeights &original)
{
    const Weight &weight = original.layers.at(planned.name).weight;
    OpenLayer layer{&planned, weight, {}};
    for (const Factor *factor : factorsOf(weight)) {
        layer.drafts.push_back(
            {factor->values(), factor->mask(), factor->codec(), factor->inputScale()});
        checkFinite(planned.name, layer.drafts.back().values);
    }
    if (!planned.averagedWith.empty())
        average(layer, original);
    if (planned.rank)
        factorize(layer);
    if (planned.codec) {
        for (Draft &draft : layer.drafts)
            draft.codec = *planned.codec;
    }
    return layer;
}

void Compressor::factorize(OpenLayer &layer)
{
    const at::Tensor values =
        layer.planned->averagedWith.empty() ? denseValues(layer.kind) : layer.drafts.front().values;
    const Decomposition decomposition =
        m_cache ? m_cache->decomposed(values, m_progress) : decomposed(values, m_progress);
    LowRank factors = truncated(values, decomposition, *layer.planned->rank);
    const Codec codec = layer.drafts.front().codec;
    layer.kind = Product{};
    layer.drafts = {{std::move(factors.left), {}, codec, {}},
                    {std::move(factors.right), {}, codec, {}}};
}

void Compressor::finish(OpenLayer &layer)
{
    std::vector<Factor> factors;
    for (const Draft &draft : layer.drafts)
        factors.push_back(encoded(draft, layer.planned->name));
    m_weights.layers.at(layer.planned->name).weight = withFactors(layer.kind, factors);
}

void Compressor::finishPools()
{
    for (auto &[number, layers] : m_pools) {
        std::vector<at::Tensor> values;
        for (const OpenLayer &layer : layers) {
            for (const Draft &draft : layer.drafts)
                values.push_back(draft.values);
        }
        m_progress.check();
        const auto masks = globalMagnitudeMasks(values, layers.front().planned->mask->sparsity);
        std::size_t next = 0;
        for (OpenLayer &layer : layers) {
            m_progress.check();
            for (Draft &draft : layer.drafts)
                draft.mask = masks[next++];
            finish(layer);
        }
    }
}

void Compressor::share(const PlannedLayer &planned)
{
    LayerWeights &layer = m_weights.layers.at(planned.name);
    const auto *before = std::get_if<Shared>(&layer.weight);
    layer.weight = Shared{planned.owner, before && before->transposed};
    if (planned.sharesBias)
        layer.bias = at::Tensor();
}

ModelWeights Compressor::run(const ModelWeights &original)
{
    m_weights = original;
    std::int64_t total = 0, done = 0;
    for (const PlannedLayer &planned : m_plan.layers)
        total += planned.changesWeight();
    for (const PlannedLayer &planned : m_plan.layers) {
        if (!planned.owner.empty()) {
            share(planned);
            continue;
        }
        if (!planned.changesWeight())
            continue;
        m_progress.step({message(messages::compressingLayer, planned.name), done++, total, {}});
        OpenLayer layer = opened(planned, original);
        if (planned.mask && planned.mask->scope == MaskScope::Global) {
            m_pools[planned.mask->pool].push_back(std::move(layer));
            continue;
        }
        for (Draft &draft : layer.drafts) {
            if (planned.mask)
                draft.mask = magnitudeMask(draft.values, *planned.mask);
        }
        finish(layer);
    }
    finishPools();
    m_progress.step({{}, total, total, {}});
    return std::move(m_weights);
}

} // namespace

ModelWeights compressed(const ModelWeights &original, const RecipePlan &plan, Progress &progress,
                        DecompositionCache *cache)
{
    const c10::NoGradGuard noGrad;
    return translatingTorchErrors([&] { return Compressor(plan, progress, cache).run(original); });
}

} // namespace pare
