// A transformer ready to answer: weights prepacked for the kernels, no gradients.
//
// Built from a specification and weights by their canonical names; knows nothing of architectures
// or files. Immutable: any number of threads may run it. Activations live only during a call.
#pragma once

#include "core/model/specification.h"
#include "core/network/kernels/linearkernel.h"
#include "core/network/packedbatch.h"
#include "core/weights/weight.h"

#include <ATen/core/Tensor.h>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace pare {

/// Told the inputs float32 [rows, in] of linear layers while a network runs: the canonical names of
/// those that take the same ones.
using InputObserver =
    std::function<void(std::span<const std::string> layers, const at::Tensor &inputs)>;

/// Whether a layer, by its canonical name, is asked for.
using LayerFilter = std::function<bool(const std::string &layer)>;

class Network
{
public:
    /// Prepacks layer after layer, so that at most one decoded copy exists at a time; `taken` is
    /// called after each with its name, so that the owner may let go of it. Throws Unsupported or
    /// InvalidFile naming a layer that is missing or misshapen.
    Network(const NetworkSpecification &specification, const ModelWeights &weights,
            const std::function<void(const std::string &)> &taken = {});
    /// `original` with the layers named in `changed` taken from `weights` instead, users of a
    /// changed weight named as well; it shares all others. The number of blocks stays, and the shapes
    /// of blocks of which nothing changed. Answers as a network built of all of `weights`, bit for bit.
    Network(const Network &original, const NetworkSpecification &specification,
            const ModelWeights &weights, const std::set<std::string> &changed);
    /// Of those layers alone that `isWanted` names, which `weights` need not go beyond: where a whole
    /// model in memory is too much. Those functions can be called that need no other layers.
    static Network part(const NetworkSpecification &specification, const ModelWeights &weights,
                        const LayerFilter &isWanted);
    ~Network();
    Network(Network &&) noexcept;

    /// Class logits float32 [sequences, labels], in packed order. For HeadKind::Classification; of
    /// SentencePair and Pretraining those of the pair head, [sequences, pairAnswers].
    at::Tensor logits(const PackedBatch &batch) const;

    /// Hidden states before the first block, float32 [tokens, width], in packed order.
    at::Tensor embeddings(const PackedBatch &batch) const;
    /// Those after block `block` of those before it, which stay as they are.
    at::Tensor block(int block, const at::Tensor &hiddenStates, const PackedBatch &batch,
                     const InputObserver &observer = {}) const;
    /// Class logits of the last hidden states.
    at::Tensor classLogits(const at::Tensor &hiddenStates, const PackedBatch &batch,
                           const InputObserver &observer = {}) const;

    /// Last hidden states float32 [tokens, width], in packed order.
    at::Tensor hiddenStates(const PackedBatch &batch) const;

    /// Vocabulary logits float32 [rows, vocabulary] of the tokens at `rows`. For
    /// HeadKind::MaskedLm and Pretraining.
    at::Tensor vocabularyLogits(const at::Tensor &hiddenStates,
                                std::span<const std::int64_t> rows) const;

    const NetworkSpecification &specification() const;

    /// Floating-point multiply-adds of one forward pass over the batch.
    std::int64_t multiplyAdds(const PackedBatch &batch) const;

    /// Which kernel multiplies each layer, by canonical name; layers without one are left out.
    const std::map<std::string, std::string> &kernels() const;

    struct Layers; ///< of the implementation

private:
    explicit Network(std::unique_ptr<const Layers> layers);

    std::unique_ptr<const Layers> m_layers;
};

} // namespace pare
