// A BERT in float64 and plain operations, one sequence at a time: what gradients and gates are
// differentiated against. Shares no code with the networks it is compared with.
#pragma once

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include "core/compression/calibration.h"
#include "core/model/specification.h"
#include "core/weights/weight.h"

#include <cmath>
#include <map>
#include <string>

namespace pare {

/// What multiplies the parts of one block; undefined: nothing does.
struct Gates
{
    int block = -1;
    at::Tensor heads = {};   ///< float64 [heads]: each head's context
    at::Tensor neurons = {}; ///< float64 [feed-forward width]: each unit's activation
    bool leftOut = false;    ///< the block passes its inputs on
};

class SlowEncoder
{
public:
    SlowEncoder(const NetworkSpecification &specification, const ModelWeights &weights)
        : m_specification(specification)
    {
        for (const auto &[name, layer] : weights.layers) {
            const LayerWeights &owner = weights.resolved(name);
            m_owners[name] = weights.ownerOf(name);
            this->weights[m_owners[name]] = denseValues(owner.weight).to(at::kDouble).clone();
            const at::Tensor bias = layer.bias.defined() ? layer.bias : owner.bias;
            if (bias.defined())
                m_biases[name] = bias.to(at::kDouble);
        }
    }

    /// −log p(label)
    double loss(const Sequence &sequence, std::int64_t label, const Gates &gates = {}) const
    {
        const at::NoGradGuard noGrad;
        at::Tensor x = embedded(sequence);
        for (int block = 0; block < m_specification.stacks[0].blocks; ++block) {
            if (block != gates.block)
                x = afterBlock(block, x, {});
            else if (!gates.leftOut)
                x = afterBlock(block, x, gates);
        }
        const at::Tensor logits =
            linear("classifier", at::tanh(linear("pooler", x.slice(0, 0, 1)))).flatten();
        const at::Tensor shifted = logits.sub(logits.max());
        return std::log(shifted.exp().sum().item<double>()) - shifted[label].item<double>();
    }

    double meanLoss(const CalibrationData &data, const Gates &gates = {}) const
    {
        double sum = 0;
        for (std::size_t i = 0; i < data.sequences.size(); ++i)
            sum += loss(data.sequences[i], data.labels[i], gates);
        return sum / static_cast<double>(data.sequences.size());
    }

    /// What ffn.down of a block sees, [tokens, feed-forward width].
    at::Tensor activations(const Sequence &sequence, int block) const
    {
        at::Tensor x = embedded(sequence);
        for (int before = 0; before < block; ++before)
            x = afterBlock(before, x, {});
        return inner(prefixOf(block), attended(block, x, {}));
    }

    std::map<std::string, at::Tensor> weights; ///< float64, by owner; may be changed

private:
    std::string prefixOf(int block) const
    {
        return m_specification.stacks[0].name + "." + std::to_string(block) + ".";
    }

    const at::Tensor &weight(const std::string &layer) const
    {
        return weights.at(m_owners.at(layer));
    }

    at::Tensor linear(const std::string &layer, const at::Tensor &x) const
    {
        return at::matmul(x, weight(layer).t()).add(m_biases.at(layer));
    }

    at::Tensor norm(const std::string &layer, const at::Tensor &x) const
    {
        const at::Tensor centred = x.sub(x.mean(1, true));
        const at::Tensor variance = centred.square().mean(1, true);
        return centred.div(variance.add(m_specification.block().normEpsilon).sqrt())
            .mul(weight(layer))
            .add(m_biases.at(layer));
    }

    at::Tensor embedded(const Sequence &sequence) const
    {
        const auto length = static_cast<std::int64_t>(sequence.ids.size());
        at::Tensor x = at::zeros({length, m_specification.width()}, at::kDouble);
        for (std::int64_t i = 0; i < length; ++i)
            x[i] = weight("embedding.token")[sequence.ids[i]] + weight("embedding.position")[i] +
                   weight("embedding.type")[sequence.types[i]];
        return norm("embedding.norm", x);
    }

    at::Tensor attended(int block, const at::Tensor &x, const Gates &gates) const
    {
        const std::string prefix = prefixOf(block) + "attention.";
        const at::Tensor q = linear(prefix + "query", x), k = linear(prefix + "key", x),
                         v = linear(prefix + "value", x);
        const std::int64_t width = m_specification.block().headWidth();
        at::Tensor context = at::zeros_like(q);
        for (std::int64_t head = 0; head < q.size(1) / width; ++head) {
            const auto part = [&](const at::Tensor &of) {
                return of.slice(1, head * width, (head + 1) * width);
            };
            const at::Tensor scores =
                at::matmul(part(q), part(k).t()).div(std::sqrt(static_cast<double>(width)));
            at::Tensor own = at::matmul(at::softmax(scores, 1), part(v));
            if (gates.heads.defined())
                own = own.mul(gates.heads[head]);
            part(context).copy_(own);
        }
        return norm(prefix + "norm", linear(prefix + "output", context).add(x));
    }

    at::Tensor inner(const std::string &prefix, const at::Tensor &attended) const
    {
        const at::Tensor up = linear(prefix + "ffn.up", attended);
        return up.mul(at::erf(up.div(std::sqrt(2.0))).add(1)).div(2);
    }

    at::Tensor afterBlock(int block, const at::Tensor &x, const Gates &gates) const
    {
        const std::string prefix = prefixOf(block);
        const at::Tensor middle = attended(block, x, gates);
        at::Tensor active = inner(prefix, middle);
        if (gates.neurons.defined())
            active = active.mul(gates.neurons);
        return norm(prefix + "ffn.norm", linear(prefix + "ffn.down", active).add(middle));
    }

    NetworkSpecification m_specification;
    std::map<std::string, std::string> m_owners;
    std::map<std::string, at::Tensor> m_biases;
};

/// Labelled sequences of the vocabulary of test::randomSpecification().
inline CalibrationData labelledData(int count, std::uint64_t seed)
{
    Random random(seed);
    CalibrationData data;
    for (int i = 0; i < count; ++i) {
        Sequence sequence;
        const std::uint64_t length = 2 + random.below(9);
        for (std::uint64_t k = 0; k < length; ++k) {
            sequence.ids.push_back(static_cast<std::int64_t>(random.below(40)));
            sequence.types.push_back(static_cast<std::int64_t>(random.below(2)));
        }
        data.sequences.push_back(std::move(sequence));
        data.labels.push_back(static_cast<std::int64_t>(random.below(3)));
    }
    return data;
}

} // namespace pare
