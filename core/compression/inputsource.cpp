#include "core/compression/inputsource.h"

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/compression/messages.h"
#include "core/model/technique.h"

#include <algorithm>
#include <set>

namespace pare {

namespace {

/// Techniques that look at the second moment; the others do with what is known per input.
InputDetail detailOf(const Step &step)
{
    constexpr std::string_view moments =
        "factorize.svd-llm|prune.sparsegpt|quantize.gptq|quantize.awq";
    return isOneOf(moments, step.technique) ? InputDetail::Moments : InputDetail::Norms;
}

bool isSequential(const Step &step)
{
    return !step.has("inputs") || step.choice("inputs") == "sequential";
}

} // namespace

LayerInputSource::LayerInputSource(const RecipePlan &plan,
                                   const NetworkSpecification *specification,
                                   const CalibrationData *data, const ModelWeights &start,
                                   Progress &progress)
    : m_specification(specification)
    , m_data(data)
    , m_start(start)
{
    std::set<std::string> owners;
    for (const PlannedLayer &layer : plan.layers)
        owners.insert(layer.owner);
    for (const PlannedLayer &layer : plan.layers) {
        for (const std::optional<int> &number : {layer.formStep, layer.maskStep, layer.codecStep}) {
            if (!number || !layer.owner.empty())
                continue;
            const Step &step = plan.recipe.steps[static_cast<std::size_t>(*number)];
            if (needOf(step) != Need::Inputs)
                continue;
            if (!data || data->empty() || !specification)
                throw Error(ErrorKind::InvalidSetting, messages::calibrationMissing,
                            step.technique);
            const bool isFactor =
                std::holds_alternative<Factor>(start.layers.at(layer.name).weight);
            want(layer, step, owners.contains(layer.name), layer.formStep || !isFactor);
        }
    }
    if (!m_wantedOfShared.empty())
        lookAtShared(progress);
}

int LayerInputSource::blockOf(const std::string &layer) const
{
    const std::string prefix = m_specification->stacks.at(0).name + ".";
    if (layer.starts_with("embedding."))
        return -1;
    if (!layer.starts_with(prefix))
        return m_specification->stacks[0].blocks;
    const std::size_t dot = layer.find('.', prefix.size());
    return static_cast<int>(
        parseInteger(std::string_view(layer).substr(prefix.size(), dot - prefix.size())).value());
}

void LayerInputSource::want(const PlannedLayer &layer, const Step &step, bool isShared,
                            bool isProduct)
{
    Way &way = isSequential(step) ? m_sequential : m_original;
    Wanted &wanted = isShared ? m_wantedOfShared : way.wanted[blockOf(layer.name)];
    InputDetail &detail = wanted[layer.name];
    // What the second of two factors sees follows from the second moment alone.
    detail = std::max(detail, isProduct ? InputDetail::Moments : detailOf(step));
}

void LayerInputSource::lookAtShared(Progress &progress)
{
    CalibrationWalk walk(*m_specification, m_start, *m_data);
    while (walk.block() < m_specification->stacks[0].blocks) {
        walk.observe(m_start, m_wantedOfShared, m_shared, progress);
        walk.advance(m_start, progress);
    }
}

void LayerInputSource::enter(Way &way, int block, const ModelWeights &weights, Progress &progress)
{
    way.inputs.clear();
    const bool needed =
        std::ranges::any_of(way.wanted, [&](const auto &later) { return later.first >= block; });
    if (!needed)
        return;
    if (!way.walk)
        way.walk.emplace(*m_specification, weights, *m_data);
    while (way.walk->block() < block)
        way.walk->advance(weights, progress);
    const auto wanted = way.wanted.find(block);
    if (wanted == way.wanted.end())
        return;
    if (block < m_specification->stacks[0].blocks)
        way.walk->observe(weights, wanted->second, way.inputs, progress);
    else
        way.walk->observeHead(weights, wanted->second, way.inputs, progress);
}

void LayerInputSource::enter(const std::string &layer, const ModelWeights &now, Progress &progress)
{
    if (m_original.wanted.empty() && m_sequential.wanted.empty())
        return;
    const int block = blockOf(layer);
    if (block <= m_block)
        return;
    m_block = block;
    progress.check();
    enter(m_original, block, m_start, progress);
    enter(m_sequential, block, now, progress);
}

std::shared_ptr<const InputStatistics> LayerInputSource::of(const std::string &layer,
                                                            const Step &step) const
{
    for (const LayerInputs *inputs :
         {&m_shared, isSequential(step) ? &m_sequential.inputs : &m_original.inputs}) {
        if (const auto found = inputs->find(layer); found != inputs->end())
            return found->second;
    }
    return nullptr;
}

} // namespace pare
