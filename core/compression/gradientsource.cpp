#include "core/compression/gradientsource.h"

#include "core/base/error.h"
#include "core/compression/messages.h"
#include "core/model/technique.h"

#include <fmt/format.h>

namespace pare {

namespace {

constexpr auto sumKind = "slopes";
constexpr auto squareKind = "fisher";

/// What a store keeps it as.
std::string nameOf(const char *kind, const std::string &layer)
{
    return fmt::format("{} {}", kind, layer);
}

} // namespace

GradientSource::GradientSource(const RecipePlan &plan, const CalibrationWork &work,
                               const ModelWeights &start)
    : m_work(work)
    , m_start(start)
    , m_kept(work, start)
{
    for (std::size_t i = 0; i < plan.layers.size(); ++i) {
        const PlannedLayer &layer = plan.layers[i];
        if (!layer.owner.empty())
            continue;
        if (plan.model.layers[i].isMatrix() && plan.model.layers[i].block >= 0)
            m_matrices.insert(layer.name);
        for (const std::optional<int> &number : {layer.formStep, layer.maskStep, layer.codecStep}) {
            if (!number)
                continue;
            const Step &step = plan.recipe.steps[static_cast<std::size_t>(*number)];
            if (needOf(step) != Need::Gradients)
                continue;
            if (!work.data || work.data->empty() || !work.specification)
                throw Error(ErrorKind::InvalidSetting, messages::gradientsNeedData, step.technique);
            // A form weighs rows by their Fisher information; a mask asks for the slope.
            const bool isForm = techniqueInfo(step.technique).part == LayerPart::Form;
            (isForm ? m_wanted.squares : m_wanted.sums).insert(layer.name);
        }
    }
    if (!m_wanted.empty())
        checkLabelled(*work.specification, *work.data);
}

std::set<std::string> GradientSource::recall(const char *kind, const std::set<std::string> &wanted,
                                             Sums &sums)
{
    std::set<std::string> missing;
    for (const std::string &layer : wanted) {
        const auto found = m_kept.find(nameOf(kind, layer));
        if (found && found->contains(kind))
            sums.emplace(layer, found->at(kind));
        else
            missing.insert(layer);
    }
    return missing;
}

void GradientSource::keep(const LayerGradients &gradients)
{
    std::map<std::string, StatisticsStore::Tensors> entries;
    for (const auto &[layer, sum] : gradients.sums)
        entries[nameOf(sumKind, layer)] = {{sumKind, sum}};
    for (const auto &[layer, sum] : gradients.squares)
        entries[nameOf(squareKind, layer)] = {{squareKind, sum}};
    m_kept.keep(entries);
}

LayerGradients GradientSource::made(WantedGradients missing, Progress &progress)
{
    if (m_kept.keepsAnything()) {
        for (std::set<std::string> *wanted : {&missing.sums, &missing.squares}) {
            if (!wanted->empty())
                wanted->insert(m_matrices.begin(), m_matrices.end());
        }
    }
    LayerGradients made =
        layerGradients(*m_work.specification, m_start, *m_work.data, missing, progress);
    keep(made);
    std::erase_if(made.sums, [&](const auto &sum) { return !m_wanted.sums.contains(sum.first); });
    std::erase_if(made.squares,
                  [&](const auto &sum) { return !m_wanted.squares.contains(sum.first); });
    return made;
}

const LayerGradients &GradientSource::gradients(Progress &progress)
{
    if (m_gradients)
        return *m_gradients;
    LayerGradients known;
    const WantedGradients missing{recall(sumKind, m_wanted.sums, known.sums),
                                  recall(squareKind, m_wanted.squares, known.squares)};
    if (!missing.empty()) {
        LayerGradients others = made(missing, progress);
        known.sums.merge(others.sums);
        known.squares.merge(others.squares);
    }
    m_gradients = std::move(known);
    return *m_gradients;
}

const at::Tensor &GradientSource::sum(const std::string &layer, Progress &progress)
{
    return gradients(progress).sums.at(layer);
}

const at::Tensor &GradientSource::squares(const std::string &layer, Progress &progress)
{
    return gradients(progress).squares.at(layer);
}

} // namespace pare
