#include "core/compression/compress.h"

#include "core/base/error.h"
#include "core/compression/factorize/weightedsvd.h"
#include "core/compression/messages.h"
#include "core/compression/prune/mask.h"
#include "core/compression/prune/scores.h"
#include "core/compression/prune/sparsegpt.h"
#include "core/compression/quantize/awq.h"
#include "core/compression/quantize/codebook.h"
#include "core/compression/quantize/gptq.h"
#include "core/compression/quantize/stepcodec.h"
#include "core/model/technique.h"
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

/// What one factor sees; undefined where nothing is known or asked for.
struct FactorInputs
{
    at::Tensor norms;          ///< float64 [in]
    at::Tensor meanMagnitudes; ///< float32 [in]; of the second of two factors root mean squares
    at::Tensor moment;         ///< float64 [in, in]
};

/// The same behind a scale of the inputs.
FactorInputs scaled(FactorInputs inputs, const at::Tensor &scale)
{
    if (!scale.defined())
        return inputs;
    const at::Tensor factors = scale.to(at::kDouble);
    inputs.norms = inputs.norms.mul(factors.abs());
    inputs.meanMagnitudes = inputs.meanMagnitudes.mul(factors.abs().to(at::kFloat));
    if (inputs.moment.defined())
        inputs.moment = inputs.moment.mul(factors).mul(factors.unsqueeze(1));
    return inputs;
}

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

/// Carries out one plan: layers one after the other, those that one threshold prunes at the end.
class Compressor
{
public:
    Compressor(const RecipePlan &plan, Progress &progress, const CompressionContext &context)
        : m_plan(plan)
        , m_progress(progress)
        , m_context(context)
    {}

    ModelWeights run(const ModelWeights &original);

private:
    /// A layer between its form and its mask. `kind` says which alternative is rebuilt.
    struct OpenLayer
    {
        const PlannedLayer *planned;
        Weight kind;
        std::vector<Draft> drafts;
        // Of each draft, where one threshold prunes several layers after all have been seen:
        std::vector<at::Tensor> scores;
        std::vector<FactorInputs> codecInputs;
    };

    OpenLayer opened(const PlannedLayer &planned, const ModelWeights &original);
    void average(OpenLayer &layer, const ModelWeights &original);
    LowRank lowRank(const OpenLayer &layer, const at::Tensor &values);
    void factorize(OpenLayer &layer);
    void prune(OpenLayer &layer, std::size_t factor);
    const Step &step(const std::optional<int> &number) const
    {
        return m_plan.recipe.steps[static_cast<std::size_t>(number.value())];
    }
    bool codecNeedsInputs(const PlannedLayer &planned) const;
    FactorInputs inputsOf(const OpenLayer &layer, std::size_t factor, const Step &step) const;
    at::Tensor scoresOf(const OpenLayer &layer, std::size_t factor) const;
    Factor encoded(const OpenLayer &layer, std::size_t factor) const;
    void finish(OpenLayer &layer);
    void finishPools();
    void share(const PlannedLayer &planned);

    const RecipePlan &m_plan;
    Progress &m_progress;
    const CompressionContext &m_context;
    ModelWeights m_weights;
    std::optional<LayerInputSource> m_inputs;
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
    OpenLayer layer{&planned, weight, {}, {}, {}};
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

LowRank Compressor::lowRank(const OpenLayer &layer, const at::Tensor &values)
{
    const Step &form = step(layer.planned->formStep);
    const std::int64_t rank = *layer.planned->rank;
    if (needOf(form) == Need::Nothing) {
        const Decomposition decomposition =
            m_context.decompositions ? m_context.decompositions->decomposed(values, m_progress)
                                     : decomposed(values, m_progress);
        return truncated(values, decomposition, rank);
    }
    const std::shared_ptr<const InputStatistics> inputs = m_inputs->of(layer.planned->name, form);
    assert(inputs);
    ErrorWeighting weighting;
    if (form.technique == "factorize.asvd")
        weighting.columns = activationColumns(inputs->meanMagnitudes(), form.real("alpha"));
    else
        weighting.moment = inputs->secondMoment();
    return weightedDecomposition(values, weighting, m_progress).truncated(rank);
}

void Compressor::factorize(OpenLayer &layer)
{
    const at::Tensor values =
        layer.planned->averagedWith.empty() ? denseValues(layer.kind) : layer.drafts.front().values;
    LowRank factors = lowRank(layer, values);
    const Codec codec = layer.drafts.front().codec;
    layer.kind = Product{};
    layer.drafts = {{std::move(factors.left), {}, codec, {}},
                    {std::move(factors.right), {}, codec, {}}};
}

/// Of a product U V the factor V sees the layer's inputs X, and U sees X Vᵀ.
FactorInputs Compressor::inputsOf(const OpenLayer &layer, std::size_t factor,
                                  const Step &step) const
{
    const std::shared_ptr<const InputStatistics> inputs = m_inputs->of(layer.planned->name, step);
    assert(inputs);
    if (layer.drafts.size() == 1)
        return scaled({inputs->norms(), inputs->meanMagnitudes(), inputs->secondMoment()},
                      layer.drafts[0].inputScale);
    if (!std::holds_alternative<Product>(layer.kind))
        throw Error(ErrorKind::Unsupported, messages::layerInputsUnknown, step.technique,
                    layer.planned->name);
    if (factor == 1)
        return scaled({inputs->norms(), inputs->meanMagnitudes(), inputs->secondMoment()},
                      layer.drafts[1].inputScale);
    at::Tensor right = layer.drafts[1].values.to(at::kDouble);
    if (layer.drafts[1].inputScale.defined())
        right = right.mul(layer.drafts[1].inputScale.to(at::kDouble));
    const at::Tensor moment = right.matmul(inputs->secondMoment()).matmul(right.t());
    const at::Tensor norms = moment.diagonal().clamp_min(0).sqrt();
    const double rows = static_cast<double>(std::max<std::int64_t>(1, inputs->rows()));
    return {norms, norms.div(std::sqrt(rows)).to(at::kFloat), moment};
}

/// What a pruning step ranks the weights of one factor by: what is smallest goes.
at::Tensor Compressor::scoresOf(const OpenLayer &layer, std::size_t factor) const
{
    const Step &pruning = step(layer.planned->maskStep);
    const at::Tensor &values = layer.drafts[factor].values;
    if (pruning.technique != "prune.wanda")
        return magnitudeScores(values);
    return wandaScores(values, inputsOf(layer, factor, pruning).norms);
}

void Compressor::prune(OpenLayer &layer, std::size_t factor)
{
    Draft &draft = layer.drafts[factor];
    const Step &pruning = step(layer.planned->maskStep);
    if (pruning.technique != "prune.sparsegpt") {
        draft.mask = maskOf(scoresOf(layer, factor), *layer.planned->mask);
        return;
    }
    SparseGptResult pruned = sparseGpt(draft.values, inputsOf(layer, factor, pruning).moment,
                                       *layer.planned->mask, {}, m_progress);
    draft.values = std::move(pruned.values);
    draft.mask = std::move(pruned.mask);
}

bool Compressor::codecNeedsInputs(const PlannedLayer &planned) const
{
    return planned.codecStep &&
           needOf(step(planned.codecStep)) == Need::Inputs;
}

Factor Compressor::encoded(const OpenLayer &layer, std::size_t factor) const
{
    const Draft &draft = layer.drafts[factor];
    if (!layer.planned->codecStep)
        return Factor::encoded(draft.values, draft.codec, draft.mask);
    const Step &rounding = step(layer.planned->codecStep);
    if (rounding.technique == "quantize.gptq") {
        const FactorInputs inputs = layer.codecInputs.empty() ? inputsOf(layer, factor, rounding)
                                                              : layer.codecInputs[factor];
        const GptqOptions options{.codec = draft.codec,
                                  .actOrder = rounding.choice("act-order") == "yes",
                                  .clip = stepClip(rounding)};
        return gptq(draft.values, inputs.moment, options, draft.mask, m_progress);
    }
    if (rounding.technique == "quantize.awq") {
        const FactorInputs inputs = layer.codecInputs.empty() ? inputsOf(layer, factor, rounding)
                                                              : layer.codecInputs[factor];
        return awq(draft.values, inputs.meanMagnitudes, inputs.moment,
                   {draft.codec, stepClip(rounding)}, draft.mask, m_progress)
            .factor;
    }
    if (draft.codec.kind == CodecKind::Codebook)
        return kMeans(draft.values, draft.codec, draft.mask);
    if (stepClip(rounding) == Clip::MinMax)
        return Factor::encoded(draft.values, draft.codec, draft.mask);
    return Factor::encodedWithScales(
        draft.values, draft.codec,
        clippedScales(draft.values, draft.codec, draft.mask, stepClip(rounding)), draft.mask);
}

void Compressor::finish(OpenLayer &layer)
{
    std::vector<Factor> factors(layer.drafts.size());
    for (std::size_t i = layer.drafts.size(); i-- > 0;) {
        Draft &draft = layer.drafts[i];
        try {
            factors[i] = encoded(layer, i);
            if (draft.inputScale.defined() && !factors[i].inputScale().defined())
                factors[i] = factors[i].withInputScale(draft.inputScale);
        } catch (const Error &error) {
            throw Error(error.kind(), messages::layerNotCompressed, layer.planned->name,
                        error.message().text());
        }
        draft.values = factors[i].effectiveValues(); // what the factor to its left sees
    }
    m_weights.layers.at(layer.planned->name).weight = withFactors(layer.kind, factors);
}

void Compressor::finishPools()
{
    for (auto &[number, layers] : m_pools) {
        std::vector<at::Tensor> values;
        for (const OpenLayer &layer : layers) {
            values.insert(values.end(), layer.scores.begin(), layer.scores.end());
        }
        m_progress.check();
        const auto masks = globalMasks(values, *layers.front().planned->mask);
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
        if (!planned.owner.empty())
            share(planned);
    }
    const ModelWeights start = m_weights;
    m_inputs.emplace(m_plan, m_context.specification, m_context.calibration, start, m_progress);
    for (const PlannedLayer &planned : m_plan.layers) {
        if (!planned.owner.empty() || !planned.changesWeight())
            continue;
        m_progress.step({message(messages::compressingLayer, planned.name), done++, total, {}});
        m_inputs->enter(planned.name, m_weights, m_progress);
        OpenLayer layer = opened(planned, original);
        const bool pooled = planned.mask && planned.mask->scope == MaskScope::Global;
        for (std::size_t i = layer.drafts.size(); planned.mask && i-- > 0;) {
            if (pooled)
                layer.scores.insert(layer.scores.begin(), scoresOf(layer, i));
            else
                prune(layer, i);
        }
        if (pooled && codecNeedsInputs(planned)) {
            for (std::size_t i = 0; i < layer.drafts.size(); ++i)
                layer.codecInputs.push_back(inputsOf(layer, i, step(planned.codecStep)));
        }
        if (pooled)
            m_pools[planned.mask->pool].push_back(std::move(layer));
        else
            finish(layer);
    }
    finishPools();
    m_progress.step({{}, total, total, {}});
    return std::move(m_weights);
}

} // namespace

ModelWeights compressed(const ModelWeights &original, const RecipePlan &plan, Progress &progress,
                        const CompressionContext &context)
{
    const c10::NoGradGuard noGrad;
    return translatingTorchErrors(
        [&] { return Compressor(plan, progress, context).run(original); });
}

} // namespace pare
