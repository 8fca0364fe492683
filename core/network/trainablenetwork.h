// A transformer that can be trained: the weights of the algebra as float32 parameters with
// gradients, by canonical layer name.
//
// Shared layers are one parameter. Everything random (new layers, dropout) derives from seeds, so
// that the same seed, step and number of threads give the same network. Belongs to one thread at a
// time.
#pragma once

#include "core/model/specification.h"
#include "core/network/packedbatch.h"
#include "core/network/trainableweight.h"

#include <ATen/core/Tensor.h>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace pare {

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
    /// Of the products of linear layers, forward and backward.
    TrainingPrecision precision = TrainingPrecision::Float32;
};

enum class TrainedForm {
    Dense,  ///< every matrix dense, float32, whatever it was stored as
    Stored, ///< as it is stored: what was done to it is held
};

struct TrainableOptions
{
    std::uint64_t seed = 0; ///< of layers that are drawn
    TrainedForm form = TrainedForm::Dense;
    /// Where the values behind codecs begin, with TrainedForm::Stored; may be null.
    const ModelWeights *originals = nullptr;
    std::map<std::string, LearnedMask> masks = {}; ///< by layer
};

/// What one block makes of its inputs.
struct BlockOutput
{
    at::Tensor hidden;        ///< [rows, width]
    at::Tensor queryKeyValue; ///< [tokens, 3 attentionWidth], before the attention
};

/// What distillation compares of two networks.
struct NetworkTrace
{
    at::Tensor embedding; ///< [tokens, width]
    std::vector<BlockOutput> blocks;
};

class TrainableNetwork
{
public:
    /// Takes the weights over as `options` say. Layers that `weights` lacks (a new head, or all of
    /// them) are drawn: matrices from N(0, initializerRange), by seed and name; biases 0, norms 1
    /// and 0. Throws InvalidFile naming a layer of another shape.
    TrainableNetwork(const NetworkSpecification &specification, const ModelWeights &weights,
                     const TrainableOptions &options);
    /// Dense.
    TrainableNetwork(const NetworkSpecification &specification, const ModelWeights &weights,
                     std::uint64_t seed)
        : TrainableNetwork(specification, weights, TrainableOptions{seed})
    {}
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
    /// Of a network that only teaches: nothing in it wants a gradient any more.
    void freeze();

    /// Ternary weights of these layers become the sum of two binary planes: TrainableFactor::split().
    /// The parameters are others afterwards.
    void splitTernary(const std::set<std::string> &layers);

    /// TrainableFactor::setBits() of each.
    void setBits(int bits);
    /// Fewest that an affine weight is stored with; nothing: there is none.
    std::optional<int> fewestBits() const;

    /// Masks that are learnt take away this share (0…1) of what they do at the end.
    void setMaskShare(double share);
    /// Mean over all scores of SoftMovement of their sigmoid; undefined: there are none.
    at::Tensor meanGate() const;

    const NetworkSpecification &specification() const;

    /// A copy, in the form in which they are trained; what was shared is shared again.
    ModelWeights weights() const;

private:
    friend class TrainablePass;
    struct State;
    std::unique_ptr<State> m_state;
};

/// One batch on its way through a network, part by part; what codecs make of the weights is worked
/// out once. Keeps references to network and batch; belongs to the network's thread.
class TrainablePass
{
public:
    /// Throws InvalidSetting for tokens or lengths that the network does not know.
    TrainablePass(const TrainableNetwork &network, const PackedBatch &batch,
                  const ForwardOptions &options);
    ~TrainablePass();

    /// [tokens, width]
    at::Tensor embedded();
    /// Of x [tokens, width]; `rows` as in hiddenStates().
    BlockOutput block(int number, const at::Tensor &x, std::span<const std::int64_t> rows = {});
    /// embedded(), and all blocks one after the other.
    NetworkTrace traced();
    /// Class logits of the first tokens' hidden states [sequences, width].
    at::Tensor classLogits(const at::Tensor &first);
    /// Of the pair head, of the same [sequences, 2].
    at::Tensor pairLogits(const at::Tensor &first);
    /// Vocabulary logits of hidden states.
    at::Tensor tokenLogits(const at::Tensor &hidden);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace pare
