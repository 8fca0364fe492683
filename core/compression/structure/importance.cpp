#include "core/compression/structure/importance.h"

#include "core/compression/gradients.h"
#include "core/compression/messages.h"
#include "core/network/network.h"
#include "core/tensors/torcherrors.h"

#include <ATen/ops/log_softmax.h>
#include <ATen/ops/zeros.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

namespace pare {

namespace {

constexpr std::int64_t batchTokens = 2048;

/// ∂L/∂ξ_j of gates on the inputs a_j of a linear layer, float64 [in]. With δ the gradient of its
/// outputs and sums over tokens, ∂L/∂ξ_j = Σ a_j (Σ_i W_ij δ_i) = Σ_i W_ij Σ δ_i a_j = Σ_i W_ij
/// ∂L/∂W_ij: the gradient of the weight says it all, and no activation is looked at.
at::Tensor inputGates(const LossGradients &loss, const std::string &owner)
{
    return loss.weight(owner).mul(loss.gradient(owner)).sum(0, false, at::kDouble);
}

at::Tensor ofUnitLength(const at::Tensor &importance)
{
    const double length = importance.norm().item<double>();
    return length > 0 ? importance.div(length) : importance;
}

StructureImportance nothingOf(const StackSpecification &stack)
{
    StructureImportance nothing;
    for (int block = 0; block < stack.blocks; ++block) {
        nothing.heads.push_back(at::zeros({stack.heads(block)}, at::kDouble));
        nothing.neurons.push_back(at::zeros({stack.feedForwardWidth(block)}, at::kDouble));
    }
    return nothing;
}

/// |∂L/∂ξ| of the example that was differentiated last.
void addExample(StructureImportance &sums, const LossGradients &loss, const ModelWeights &weights,
                const StackSpecification &stack)
{
    for (std::size_t block = 0; block < sums.heads.size(); ++block) {
        const std::string prefix = fmt::format("{}.{}.", stack.name, block);
        // A head's gate is one of all the columns that it fills.
        const at::Tensor context = inputGates(loss, weights.ownerOf(prefix + "attention.output"));
        sums.heads[block].add_(context.view({sums.heads[block].size(0), -1}).sum(1).abs());
        sums.neurons[block].add_(inputGates(loss, weights.ownerOf(prefix + "ffn.down")).abs());
    }
}

/// Σ −log p(label) over the sequences of a batch.
double lossOf(const at::Tensor &logits, const PackedBatch &batch,
              const std::vector<std::int64_t> &labels)
{
    const at::Tensor scores = at::log_softmax(logits.to(at::kDouble), 1);
    const auto *score = scores.data_ptr<double>();
    double sum = 0;
    for (std::int64_t i = 0; i < batch.sequences(); ++i)
        sum -= score[i * scores.size(1) + labels[batch.order[i]]];
    return sum;
}

/// Of one batch: Σ loss as it is, and without each block.
class BlockTrial
{
public:
    explicit BlockTrial(int blocks)
        : m_without(blocks)
    {}

    void add(const Network &network, const PackedBatch &batch,
             const std::vector<std::int64_t> &labels, Progress &progress)
    {
        at::Tensor hidden = network.embeddings(batch);
        for (std::size_t block = 0; block < m_without.size(); ++block) {
            at::Tensor rest = hidden;
            for (std::size_t later = block + 1; later < m_without.size(); ++later) {
                progress.check();
                rest = network.block(static_cast<int>(later), rest, batch);
            }
            m_without[block] += lossOf(network.classLogits(rest, batch), batch, labels);
            hidden = network.block(static_cast<int>(block), hidden, batch);
        }
        m_whole += lossOf(network.classLogits(hidden, batch), batch, labels);
    }

    std::vector<double> growth(std::size_t examples) const
    {
        std::vector<double> growth;
        for (const double sum : m_without)
            growth.push_back((sum - m_whole) / static_cast<double>(examples));
        return growth;
    }

private:
    double m_whole = 0;
    std::vector<double> m_without;
};

} // namespace

StructureImportance gateImportance(const NetworkSpecification &specification,
                                   const ModelWeights &weights, const CalibrationData &data,
                                   Progress &progress)
{
    return translatingTorchErrors([&] {
        LossGradients loss(specification, weights, data);
        StructureImportance sums = nothingOf(specification.stacks.at(0));
        for (std::size_t i = 0; i < loss.examples(); ++i) {
            progress.step({message(messages::differentiatingLoss), static_cast<std::int64_t>(i),
                           static_cast<std::int64_t>(loss.examples())});
            loss.differentiate(i, progress);
            addExample(sums, loss, weights, specification.stacks[0]);
        }
        // The number of examples goes with the length.
        std::ranges::transform(sums.heads, sums.heads.begin(), ofUnitLength);
        std::ranges::transform(sums.neurons, sums.neurons.begin(), ofUnitLength);
        return sums;
    });
}

std::vector<at::Tensor> neuronActivations(const NetworkSpecification &specification,
                                          const ModelWeights &weights, const CalibrationData &data,
                                          Progress &progress)
{
    const StackSpecification &stack = specification.stacks.at(0);
    std::vector<at::Tensor> activations;
    CalibrationWalk walk(specification, weights, data);
    while (walk.block() < stack.blocks) {
        const std::string owner =
            weights.ownerOf(fmt::format("{}.{}.ffn.down", stack.name, walk.block()));
        LayerInputs inputs; // of this block alone, whoever else uses its weight
        walk.observe(weights, {{owner, InputDetail::Norms}}, inputs, progress);
        activations.push_back(inputs.at(owner)->meanMagnitudes().to(at::kDouble));
        walk.advance(weights, progress);
    }
    return activations;
}

std::vector<double> blockImportance(const NetworkSpecification &specification,
                                    const ModelWeights &weights, const CalibrationData &data,
                                    Progress &progress)
{
    checkLabelled(specification, data);
    const c10::NoGradGuard noGrad;
    return translatingTorchErrors([&] {
        const Network network(specification, weights);
        std::vector<std::size_t> all(data.sequences.size());
        std::iota(all.begin(), all.end(), std::size_t{0});
        BlockTrial trial(specification.stacks.at(0).blocks);
        std::int64_t done = 0;
        for (const auto &chosen : batchesByLength(data.sequences, std::move(all), batchTokens)) {
            progress.step({message(messages::leavingOutBlocks), done,
                           static_cast<std::int64_t>(data.sequences.size())});
            trial.add(network, packed(data.sequences, chosen), data.labels, progress);
            done += static_cast<std::int64_t>(chosen.size());
        }
        return trial.growth(data.sequences.size());
    });
}

} // namespace pare
