#include "core/compression/gradientsource.h"

#include "core/base/error.h"
#include "core/compression/messages.h"

namespace pare {

GradientSource::GradientSource(const RecipePlan &plan, const NetworkSpecification *specification,
                               const CalibrationData *data, const ModelWeights &start)
    : m_specification(specification)
    , m_data(data)
    , m_start(start)
{
    for (const PlannedLayer &layer : plan.layers) {
        for (const std::optional<int> &number : {layer.formStep, layer.maskStep, layer.codecStep}) {
            if (!number || !layer.owner.empty())
                continue;
            const Step &step = plan.recipe.steps[static_cast<std::size_t>(*number)];
            if (needOf(step) != Need::Gradients)
                continue;
            if (!data || data->empty() || !specification)
                throw Error(ErrorKind::InvalidSetting, messages::gradientsNeedData, step.technique);
            // A form weighs rows by their Fisher information; a mask asks for the slope.
            const bool isForm = techniqueInfo(step.technique).part == LayerPart::Form;
            (isForm ? m_wanted.squares : m_wanted.sums).insert(layer.name);
        }
    }
    if (!m_wanted.empty())
        checkLabelled(*specification, *data);
}

const LayerGradients &GradientSource::computed(Progress &progress)
{
    if (!m_gradients)
        m_gradients = layerGradients(*m_specification, m_start, *m_data, m_wanted, progress);
    return *m_gradients;
}

const at::Tensor &GradientSource::sum(const std::string &layer, Progress &progress)
{
    return computed(progress).sums.at(layer);
}

const at::Tensor &GradientSource::squares(const std::string &layer, Progress &progress)
{
    return computed(progress).squares.at(layer);
}

} // namespace pare
