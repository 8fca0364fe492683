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

/// What a store keeps it as.
std::string nameOf(const std::string &layer, InputDetail detail)
{
    return (detail == InputDetail::Moments ? "moments " : "norms ") + inputPlace(layer);
}

bool isSequential(const Step &step)
{
    return !step.has("inputs") || step.choice("inputs") == "sequential";
}

} // namespace

LayerInputSource::LayerInputSource(const RecipePlan &plan, const CalibrationWork &work,
                                   const ModelWeights &start, Progress &progress)
    : m_work(work)
    , m_start(start)
    , m_kept(work, start)
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
            if (!work.data || work.data->empty() || !work.specification)
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
    const std::string prefix = m_work.specification->stacks.at(0).name + ".";
    if (layer.starts_with("embedding."))
        return -1;
    if (!layer.starts_with(prefix))
        return m_work.specification->stacks[0].blocks;
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
    CalibrationWalk walk(*m_work.specification, m_start, *m_work.data);
    while (walk.block() < m_work.specification->stacks[0].blocks) {
        walk.observe(m_start, m_wantedOfShared, m_shared, progress);
        walk.advance(m_start, progress);
    }
}

/// Sees what is wanted at the next block, or at the head behind all of them.
void LayerInputSource::look(Way &way, const Wanted &wanted, const ModelWeights &weights,
                            Progress &progress)
{
    if (way.walk->block() < m_work.specification->stacks[0].blocks)
        way.walk->observe(weights, wanted, way.inputs, progress);
    else
        way.walk->observeHead(weights, wanted, way.inputs, progress);
}

/// Takes from the store what it has; the rest is still wanted.
LayerInputSource::Wanted LayerInputSource::recall(const Wanted &wanted)
{
    Wanted missing;
    std::map<std::string, std::shared_ptr<InputStatistics>> places;
    for (const auto &[layer, detail] : wanted) {
        std::shared_ptr<InputStatistics> &known = places[nameOf(layer, detail)];
        for (const InputDetail kept : {detail, InputDetail::Moments}) {
            if (known)
                break;
            if (const auto tensors = m_kept.find(nameOf(layer, kept))) {
                if (const auto found = InputStatistics::fromTensors(*tensors, detail))
                    known = std::make_shared<InputStatistics>(*found);
            }
        }
        if (known)
            m_original.inputs[layer] = known;
        else
            missing.emplace(layer, detail);
    }
    return missing;
}

void LayerInputSource::keep(const Wanted &wanted)
{
    std::map<std::string, StatisticsStore::Tensors> entries;
    for (const auto &[layer, detail] : wanted) {
        if (const auto found = m_original.inputs.find(layer); found != m_original.inputs.end())
            entries[nameOf(layer, found->second->detail())] = found->second->tensors();
    }
    m_kept.keep(entries);
}

void LayerInputSource::enterOriginal(int block, Progress &progress)
{
    m_original.inputs.clear();
    const auto wanted = m_original.wanted.find(block);
    if (wanted == m_original.wanted.end())
        return;
    const Wanted missing = recall(wanted->second);
    if (missing.empty())
        return;
    if (!m_original.walk)
        m_original.walk.emplace(*m_work.specification, m_start, *m_work.data);
    while (m_original.walk->block() < block)
        m_original.walk->advance(m_start, progress);
    look(m_original, missing, m_start, progress);
    keep(missing);
}

void LayerInputSource::enterSequential(int block, const ModelWeights &weights, Progress &progress)
{
    m_sequential.inputs.clear();
    const bool needed = std::ranges::any_of(
        m_sequential.wanted, [&](const auto &later) { return later.first >= block; });
    if (!needed)
        return;
    if (!m_sequential.walk)
        m_sequential.walk.emplace(*m_work.specification, weights, *m_work.data);
    while (m_sequential.walk->block() < block)
        m_sequential.walk->advance(weights, progress);
    const auto wanted = m_sequential.wanted.find(block);
    if (wanted != m_sequential.wanted.end())
        look(m_sequential, wanted->second, weights, progress);
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
    enterOriginal(block, progress);
    enterSequential(block, now, progress);
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
