#include "core/compression/compress.h"

#include "core/compression/factorize/safe.h"
#include "core/compression/layercodec.h"
#include "core/compression/layerform.h"
#include "core/compression/layermask.h"
#include "core/compression/messages.h"
#include "core/compression/prune/mask.h"
#include "core/tensors/torcherrors.h"

#include <c10/core/GradMode.h>

#include <utility>

#include <fmt/ranges.h>

namespace pare {

namespace {

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
    void share(const PlannedLayer &planned);
    void compress(const PlannedLayer &planned, const ModelWeights &original, const LayerWork &work);
    void finish(OpenLayer &layer, const LayerWork &work);
    void finishPools(const LayerWork &work);

    const RecipePlan &m_plan;
    Progress &m_progress;
    const CompressionContext &m_context;
    ModelWeights m_weights;
    std::map<int, std::vector<OpenLayer>> m_pools;
};

void Compressor::share(const PlannedLayer &planned)
{
    LayerWeights &layer = m_weights.layers.at(planned.name);
    const auto *before = std::get_if<Shared>(&layer.weight);
    layer.weight = Shared{planned.owner, before && before->transposed};
    if (planned.sharesBias)
        layer.bias = at::Tensor();
}

void Compressor::compress(const PlannedLayer &planned, const ModelWeights &original,
                          const LayerWork &work)
{
    OpenLayer layer = opened(planned, m_weights, original);
    setForm(layer, work);
    const bool pooled = planned.mask && planned.mask->scope == MaskScope::Global;
    // What training learns to remove is all there until then.
    const bool masked = planned.mask && needOf(work.step(planned.maskStep)) != Need::Training;
    for (std::size_t i = layer.drafts.size(); masked && i-- > 0;) {
        if (pooled)
            layer.scores.insert(layer.scores.begin(), scoresOf(layer, i, work));
        else
            setMask(layer, i, work);
    }
    if (!pooled)
        return finish(layer, work);
    for (std::size_t i = 0; codecNeedsInputs(planned, work) && i < layer.drafts.size(); ++i)
        layer.codecInputs.push_back(inputsOf(layer, i, work.step(planned.codecStep), work));
    m_pools[planned.mask->pool].push_back(std::move(layer));
}

void Compressor::finish(OpenLayer &layer, const LayerWork &work)
{
    m_weights.layers.at(layer.planned->name).weight = closed(layer, work);
}

void Compressor::finishPools(const LayerWork &work)
{
    for (auto &[number, layers] : m_pools) {
        std::vector<at::Tensor> scores;
        for (const OpenLayer &layer : layers)
            scores.insert(scores.end(), layer.scores.begin(), layer.scores.end());
        m_progress.check();
        const auto masks = globalMasks(scores, *layers.front().planned->mask);
        std::size_t next = 0;
        for (OpenLayer &layer : layers) {
            m_progress.check();
            for (Draft &draft : layer.drafts)
                draft.mask = masks[next++];
            finish(layer, work);
        }
    }
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
        else if (!planned.averagedWith.empty())
            m_weights.layers.at(planned.name) = averaged(planned, original);
    }
    const ModelWeights start = m_weights;
    const CalibrationWork calibration{m_context.specification, m_context.calibration,
                                      m_context.statistics};
    GradientSource gradients(m_plan, calibration, start);
    LayerInputSource inputs(m_plan, calibration, start, m_progress);
    const LayerWork work{m_plan.recipe, inputs, gradients, m_context.decompositions, m_progress};
    for (const PlannedLayer &planned : m_plan.layers) {
        if (!planned.owner.empty() || !planned.changesWeight())
            continue;
        m_progress.step({message(messages::compressingLayer, planned.name), done++, total, {}});
        inputs.enter(planned.name, m_weights, m_progress);
        compress(planned, original, work);
    }
    finishPools(work);
    m_progress.step({{}, total, total, {}});
    return std::move(m_weights);
}

} // namespace

ModelWeights compressed(const ModelWeights &original, const RecipePlan &plan, Progress &progress,
                        const CompressionContext &context)
{
    const c10::NoGradGuard noGrad;
    return translatingTorchErrors([&] {
        ModelWeights whole = original;
        if (plan.tokenAttention)
            whole.layers.merge(tokenAttentionWeights(*plan.tokenAttention).layers);
        return Compressor(plan, progress, context).run(whole);
    });
}

std::vector<Message> notesOn(const RecipePlan &plan, const ModelWeights &made,
                             const std::function<std::string(const std::string &)> &nameOf)
{
    std::map<int, std::vector<std::string>> whole; // by step
    for (const PlannedLayer &planned : plan.layers) {
        if (!planned.rankBound || !planned.owner.empty())
            continue;
        const std::string name = nameOf ? nameOf(planned.name) : planned.name;
        if (!std::holds_alternative<Product>(made.layers.at(name).weight))
            whole[*planned.formStep].push_back(planned.name);
    }
    std::vector<Message> notes;
    for (const auto &[step, layers] : whole)
        notes.push_back(message(messages::rankSavesTooLittle,
                                plan.recipe.steps[static_cast<std::size_t>(step)].text(),
                                layers.size(), fmt::format("{}", fmt::join(layers, ", "))));
    return notes;
}

} // namespace pare
