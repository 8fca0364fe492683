#include "core/compression/structure/choice.h"

#include "core/base/error.h"
#include "core/compression/messages.h"
#include "core/tensors/torcherrors.h"

#include <ATen/core/Tensor.h>
#include <c10/core/GradMode.h>

namespace pare {

namespace {

enum class Axis { Rows, Columns };

/// Adds the squares of each row or column of a layer's weight to `sums`, `width` of them together.
void addSquares(std::vector<double> &sums, const ModelWeights &weights, const std::string &layer,
                Axis axis, int width)
{
    const at::Tensor values = denseValues(weights.resolved(layer).weight).to(at::kDouble);
    const at::Tensor squares = values.square().sum(axis == Axis::Rows ? 1 : 0);
    const at::Tensor parts = squares.reshape({-1, width}).sum(1).contiguous();
    sums.resize(static_cast<std::size_t>(parts.size(0)));
    for (std::size_t i = 0; i < sums.size(); ++i)
        sums[i] += parts.data_ptr<double>()[i];
}

std::vector<double> numbersOf(const at::Tensor &tensor)
{
    const at::Tensor values = tensor.to(at::kDouble).contiguous();
    return {values.data_ptr<double>(), values.data_ptr<double>() + values.numel()};
}

} // namespace

StructureChoice::StructureChoice(const OpenedModel &model, const CompressionContext &context,
                                 Progress &progress)
    : m_model(model)
    , m_context(context)
    , m_progress(progress)
{}

StructureScores StructureChoice::scores() const
{
    StructureScores scores;
    scores.heads = [this](const Step &step, int block) { return ofHeads(step, block); };
    scores.neurons = [this](const Step &step, int block) { return ofNeurons(step, block); };
    scores.blocks = [this](const Step &step) { return ofBlocks(step); };
    scores.tokens = [this](const Step &step) {
        if (!m_context.tokensOf)
            throw Error(ErrorKind::InvalidSetting, messages::vocabularyUnknown, step.technique);
        return m_context.tokensOf(step.has("text") ? step.choice("text") : std::string());
    };
    return scores;
}

const CalibrationData &StructureChoice::calibration(const Step &step) const
{
    if (!m_context.calibration || m_context.calibration->empty())
        throw Error(ErrorKind::InvalidSetting, messages::calibrationMissing, step.technique);
    return *m_context.calibration;
}

const StructureImportance &StructureChoice::importance(const Step &step) const
{
    if (!m_importance)
        m_importance = gateImportance(m_model.specification, m_model.weights, calibration(step),
                                      m_progress);
    return *m_importance;
}

std::vector<double> StructureChoice::ofBlocks(const Step &step) const
{
    if (m_blocks.empty())
        m_blocks = blockImportance(m_model.specification, m_model.weights, calibration(step),
                                   m_progress);
    return m_blocks;
}

std::vector<double> StructureChoice::ofHeads(const Step &step, int block) const
{
    if (step.choice("importance") == "gradient")
        return numbersOf(importance(step).heads.at(static_cast<std::size_t>(block)));
    const c10::NoGradGuard noGrad;
    return translatingTorchErrors([&] {
        m_progress.check();
        const std::string prefix =
            m_model.specification.stacks[0].name + "." + std::to_string(block) + ".attention.";
        const int width = m_model.description.headWidth;
        std::vector<double> sums;
        for (const char *part : {"query", "key", "value"})
            addSquares(sums, m_model.weights, prefix + part, Axis::Rows, width);
        addSquares(sums, m_model.weights, prefix + "output", Axis::Columns, width);
        return sums;
    });
}

std::vector<double> StructureChoice::ofNeurons(const Step &step, int block) const
{
    const auto number = static_cast<std::size_t>(block);
    if (step.choice("importance") == "first-order")
        return numbersOf(importance(step).neurons.at(number));
    if (step.choice("importance") == "activation") {
        if (m_activations.empty())
            m_activations = neuronActivations(m_model.specification, m_model.weights,
                                              calibration(step), m_progress);
        return numbersOf(m_activations.at(number));
    }
    const c10::NoGradGuard noGrad;
    return translatingTorchErrors([&] {
        m_progress.check();
        const std::string prefix =
            m_model.specification.stacks[0].name + "." + std::to_string(block) + ".ffn.";
        std::vector<double> sums;
        addSquares(sums, m_model.weights, prefix + "up", Axis::Rows, 1);
        addSquares(sums, m_model.weights, prefix + "down", Axis::Columns, 1);
        return sums;
    });
}

} // namespace pare
