#include "core/compression/gradients.h"

#include "core/base/error.h"
#include "core/compression/messages.h"
#include "core/network/interrupted.h"
#include "core/network/trainableoperations.h"
#include "core/tensors/torcherrors.h"

#include <ATen/ops/mm.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/zeros_like.h>
#include <c10/core/GradMode.h>

#include <array>
#include <cassert>
#include <cmath>

namespace pare {

namespace {

constexpr std::string_view weightSuffix = ".weight";

/// Where a factor's inputs are scaled, so is the gradient of each of its columns.
at::Tensor behindScale(const at::Tensor &gradient, const Factor &factor)
{
    if (!factor.inputScale().defined())
        return gradient;
    return gradient.mul(factor.inputScale().to(at::kFloat));
}

struct FactorGradients
{
    using Gradients = std::vector<at::Tensor>;

    const at::Tensor &gradient; ///< float32 [out, in]

    Gradients operator()(const Factor &factor) const { return {behindScale(gradient, factor)}; }

    Gradients operator()(const Product &product) const
    {
        const at::Tensor left = at::mm(gradient, product.right.effectiveValues().t());
        const at::Tensor right = at::mm(product.left.effectiveValues().t(), gradient);
        return {behindScale(left, product.left), behindScale(right, product.right)};
    }

    /// W[i p + k, j q + l] = A[i, j] B[k, l].
    Gradients operator()(const Kronecker &kronecker) const
    {
        const at::Tensor a = kronecker.a.effectiveValues();
        const at::Tensor b = kronecker.b.effectiveValues();
        const at::Tensor blocks = gradient.reshape({a.size(0), b.size(0), a.size(1), b.size(1)})
                                      .permute({0, 2, 1, 3})
                                      .reshape({a.numel(), b.numel()});
        const at::Tensor ofA = at::mm(blocks, b.reshape({-1, 1})).view(a.sizes());
        const at::Tensor ofB = at::mm(a.reshape({1, -1}), blocks).view(b.sizes());
        return {behindScale(ofA, kronecker.a), behindScale(ofB, kronecker.b)};
    }

    Gradients operator()(const Columns &columns) const
    {
        const at::Tensor chosen = columns.indices.to(at::kLong);
        at::Tensor isOther = at::ones({gradient.size(1)}, at::kBool);
        isOther.index_fill_(0, chosen, false);
        const at::Tensor others = isOther.nonzero().flatten();
        return {behindScale(gradient.index_select(1, chosen), columns.chosen),
                behindScale(gradient.index_select(1, others), columns.rest)};
    }

    Gradients operator()(const Shared &) const { return {}; }
};

/// One sum for each of `names`, zero so far.
std::map<std::string, at::Tensor> zerosFor(const std::set<std::string> &names,
                                           const LossGradients &loss)
{
    std::map<std::string, at::Tensor> sums;
    for (const std::string &name : names)
        sums.emplace(name, at::zeros_like(loss.weight(name)));
    return sums;
}

const CalibrationData &labelled(const NetworkSpecification &specification,
                                const CalibrationData &data)
{
    checkLabelled(specification, data);
    return data;
}

} // namespace

void checkLabelled(const NetworkSpecification &specification, const CalibrationData &data)
{
    if (specification.head != HeadKind::Classification)
        throw Error(ErrorKind::Unsupported, messages::gradientsNeedHead);
    if (data.empty() || data.labels.size() != data.sequences.size())
        throw Error(ErrorKind::InvalidSetting, messages::gradientsNeedLabels,
                    data.sequences.size(), data.labels.size());
    const auto classes = static_cast<std::int64_t>(specification.labels.size());
    for (std::size_t i = 0; i < data.labels.size(); ++i) {
        if (data.labels[i] < 0 || data.labels[i] >= classes)
            throw Error(ErrorKind::InvalidSetting, messages::gradientsLabelUnknown, i + 1,
                        data.labels[i], classes - 1);
    }
}

LossGradients::LossGradients(const NetworkSpecification &specification,
                             const ModelWeights &weights, const CalibrationData &data)
    : m_data(labelled(specification, data))
    , m_network(specification, weights, 0)
{
    for (const NamedParameter &parameter : m_network.parameters()) {
        const std::string &name = parameter.name;
        if (name.ends_with(weightSuffix))
            m_weights.emplace(name.substr(0, name.size() - weightSuffix.size()), parameter.tensor);
    }
}

double LossGradients::differentiate(std::size_t example, Progress &progress)
{
    progress.check();
    return translatingTorchErrors([&] {
        const c10::AutoGradMode gradients(true); // those who compress do without
        m_network.clearGradients();
        try {
            const std::array chosen{example};
            ForwardOptions options;
            options.border = interruptedBy(progress);
            const at::Tensor logits = m_network.logits(packed(m_data.sequences, chosen), options);
            const at::Tensor loss =
                trainedCrossEntropy(logits, std::array{m_data.labels.at(example)});
            const auto value = loss.item<double>();
            if (!std::isfinite(value))
                throw Error(ErrorKind::Unsupported, messages::gradientsNotFinite, example + 1);
            loss.backward();
            return value;
        } catch (const Interrupted &) {
            throw Cancelled();
        }
    });
}

at::Tensor LossGradients::weight(const std::string &owner) const
{
    return m_weights.at(owner).detach();
}

at::Tensor LossGradients::gradient(const std::string &owner) const
{
    const at::Tensor &gradient = m_weights.at(owner).grad();
    assert(gradient.defined()); // every layer of such a network takes part in the loss
    return gradient;
}

LayerGradients layerGradients(const NetworkSpecification &specification,
                              const ModelWeights &weights, const CalibrationData &data,
                              const WantedGradients &wanted, Progress &progress)
{
    return translatingTorchErrors([&] {
        LossGradients loss(specification, weights, data);
        LayerGradients result{zerosFor(wanted.sums, loss), zerosFor(wanted.squares, loss)};
        for (std::size_t i = 0; i < loss.examples(); ++i) {
            progress.step({message(messages::differentiatingLoss), static_cast<std::int64_t>(i),
                           static_cast<std::int64_t>(loss.examples())});
            loss.differentiate(i, progress);
            for (auto &[name, sum] : result.sums)
                sum.add_(loss.gradient(name));
            for (auto &[name, sum] : result.squares)
                sum.addcmul_(loss.gradient(name), loss.gradient(name));
        }
        return result;
    });
}

std::vector<at::Tensor> factorGradients(const Weight &weight, const at::Tensor &gradient)
{
    assert(std::holds_alternative<Shared>(weight) || shapeOf(weight) == gradient.sizes());
    const at::Tensor values = gradient.to(at::kFloat);
    return std::visit(FactorGradients{values}, weight);
}

} // namespace pare
