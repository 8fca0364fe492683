// How the loss changes with a model's weights, on labelled calibration data: what techniques with
// Need::Gradients look at.
//
// The loss of an example is the cross-entropy of the task, −log p(its label), without dropout. One
// example at a time goes forward and back, because the Fisher information is the mean over
// examples of squared gradients, and head importance that of magnitudes: neither follows from the
// gradient of a batch. Of all examples only sums are held. Layers that use one weight are one
// parameter: their gradients add up under the name of the layer that owns it. One thread at a time.
#pragma once

#include "core/base/progress.h"
#include "core/compression/calibration.h"
#include "core/model/specification.h"
#include "core/network/trainablenetwork.h"
#include "core/weights/weight.h"

#include <ATen/core/Tensor.h>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace pare {

/// Throws Unsupported for a model without a classifier, InvalidSetting for data in which an example
/// has no label or one that the model does not know.
void checkLabelled(const NetworkSpecification &specification, const CalibrationData &data);

/// The gradients of one example after the other.
class LossGradients
{
public:
    /// Copies the weights as dense float32; `data` must outlive it. Throws what checkLabelled()
    /// does.
    LossGradients(const NetworkSpecification &specification, const ModelWeights &weights,
                  const CalibrationData &data);

    std::size_t examples() const { return m_data.sequences.size(); }

    /// The loss of one example; from then on gradient() is that of this example. Polls `progress`
    /// at the borders of blocks, there and back. Throws Cancelled; Unsupported where the loss is
    /// not finite.
    double differentiate(std::size_t example, Progress &progress);

    /// Of a layer that owns its weight: float32 [out, in], not to be changed.
    at::Tensor weight(const std::string &owner) const;
    /// ∂L/∂W, float32 of the same shape; valid until the next differentiate().
    at::Tensor gradient(const std::string &owner) const;

private:
    const CalibrationData &m_data;
    TrainableNetwork m_network;
    std::map<std::string, at::Tensor> m_weights;
};

/// Names of layers that own their weight.
struct WantedGradients
{
    std::set<std::string> sums;
    std::set<std::string> squares;

    bool empty() const { return sums.empty() && squares.empty(); }
};

/// By the layer that owns the weight; float32 [out, in].
struct LayerGradients
{
    std::map<std::string, at::Tensor> sums;    ///< Σ ∂L(x)/∂W over the examples x
    std::map<std::string, at::Tensor> squares; ///< Σ (∂L(x)/∂W)²: the empirical Fisher information
                                               ///< (its diagonal) times the number of examples
};

/// What is `wanted`, over all examples; reports them. Throws Cancelled and what LossGradients
/// does.
LayerGradients layerGradients(const NetworkSpecification &specification,
                              const ModelWeights &weights, const CalibrationData &data,
                              const WantedGradients &wanted, Progress &progress);

/// By the chain rule from ∂L/∂W [out, in]: the gradients of the values of the factors that `weight`
/// is made of, float32, in the order of its members. Of a product U V: ∂L/∂W Vᵀ and Uᵀ ∂L/∂W.
/// Shared weights have no factors of their own: none.
std::vector<at::Tensor> factorGradients(const Weight &weight, const at::Tensor &gradient);

} // namespace pare
