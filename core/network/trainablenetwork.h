// A transformer that can be trained: float32 parameters by canonical layer name, with gradients.
//
// Shared layers are one parameter. Everything random (new layers, dropout) derives from seeds, so
// that the same seed, step and number of threads give the same network. Belongs to one thread at a
// time.
#pragma once

#include "core/model/specification.h"
#include "core/network/packedbatch.h"
#include "core/weights/weight.h"

#include <ATen/core/Tensor.h>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace pare {

enum class ParameterKind {
    Matrix, ///< matrices and tables
    Vector, ///< biases and norms
};

struct NamedParameter
{
    std::string name; ///< "encoder.0.ffn.up.weight"
    ParameterKind kind = ParameterKind::Matrix;
    at::Tensor tensor; ///< float32, contiguous, a leaf that wants a gradient
};

/// Which values dropout drops: those of this step.
struct DropoutStep
{
    std::uint64_t seed = 0;
    std::int64_t step = 0;
};

struct ForwardOptions
{
    std::optional<DropoutStep> dropout; ///< nothing: no dropout, as in evaluation
    /// Called at the borders of blocks, forward and backward; may throw a std::exception to give
    /// up.
    std::function<void()> border;
};

class TrainableNetwork
{
public:
    /// Copies the weights as dense float32. Layers that `weights` lacks (a new head, or all of
    /// them) are drawn: matrices from N(0, initializerRange), by seed and name; biases 0, norms 1
    /// and 0. Throws InvalidFile naming a layer of another shape.
    TrainableNetwork(const NetworkSpecification &specification, const ModelWeights &weights,
                     std::uint64_t seed);
    ~TrainableNetwork();
    TrainableNetwork(TrainableNetwork &&) noexcept;

    /// Hidden states after the last block [rows, width] of the tokens at `rows` (ascending; empty:
    /// all), in packed order. What only other tokens need of the last block is left out.
    at::Tensor hiddenStates(const PackedBatch &batch, std::span<const std::int64_t> rows,
                            const ForwardOptions &options) const;

    /// Class logits [sequences, labels], in packed order. For HeadKind::Classification.
    at::Tensor logits(const PackedBatch &batch, const ForwardOptions &options) const;

    /// Vocabulary logits [rows, vocabulary] of the tokens at `rows`. For HeadKind::MaskedLm.
    at::Tensor vocabularyLogits(const PackedBatch &batch, std::span<const std::int64_t> rows,
                                const ForwardOptions &options) const;

    /// In the order in which data flows; each once, however many layers share it.
    const std::vector<NamedParameter> &parameters() const;
    void clearGradients();

    const NetworkSpecification &specification() const;

    /// A copy as dense float32 factors; what was shared is shared again.
    ModelWeights weights() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace pare
