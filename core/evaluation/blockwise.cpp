#include "core/evaluation/blockwise.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/tensor.h>
#include <fmt/format.h>
#include <numeric>

namespace pare {

namespace {

/// Examples that go through the model together.
class Pass
{
public:
    Pass(const NetworkSpecification &specification, const WeightSource &weights)
        : m_specification(specification)
        , m_weights(weights)
    {}

    void start(const EncodedData &data, const std::vector<std::size_t> &examples,
               std::int64_t batchTokens)
    {
        const Network part = partOf({"embedding."});
        for (const auto &batch : batchesByLength(data.sequences, examples, batchTokens)) {
            m_batches.push_back(packed(data.sequences, batch));
            m_hidden.push_back(part.embeddings(m_batches.back()));
        }
    }

    void runBlock(int number)
    {
        const Network part =
            partOf({fmt::format("{}.{}.", m_specification.stacks[0].name, number)});
        for (std::size_t i = 0; i < m_batches.size(); ++i)
            m_hidden[i] = part.block(number, m_hidden[i], m_batches[i]);
    }

    /// Into the rows of `logits`, made when it is known how long they are.
    at::Tensor finished(at::Tensor logits, std::int64_t examples) const
    {
        const Network part = partOf({"pooler", "classifier", "pair", "mlm."});
        for (std::size_t i = 0; i < m_batches.size(); ++i) {
            const at::Tensor own = answers(part, m_hidden[i], m_batches[i]);
            if (!logits.defined())
                logits = at::empty({examples, own.size(1)}, at::kFloat);
            const std::vector<std::size_t> &order = m_batches[i].order;
            for (std::size_t row = 0; row < order.size(); ++row)
                logits[static_cast<std::int64_t>(order[row])].copy_(
                    own[static_cast<std::int64_t>(row)]);
        }
        return logits;
    }

private:
    at::Tensor answers(const Network &head, const at::Tensor &hidden,
                       const PackedBatch &batch) const
    {
        if (m_specification.head == HeadKind::None)
            return hidden.index_select(0, at::tensor(batch.starts, at::kLong));
        return hasMaskedLm(m_specification.head) ? head.vocabularyLogits(hidden, batch.starts)
                                                 : head.classLogits(hidden, batch);
    }

    Network partOf(const std::vector<std::string> &beginnings) const
    {
        const LayerFilter isWanted = [&](const std::string &layer) {
            return std::ranges::any_of(beginnings, [&](const std::string &beginning) {
                return layer.starts_with(beginning);
            });
        };
        return Network::part(m_specification, m_weights(isWanted), isWanted);
    }

    const NetworkSpecification &m_specification;
    const WeightSource &m_weights;
    std::vector<PackedBatch> m_batches;
    std::vector<at::Tensor> m_hidden;
};

} // namespace

at::Tensor logitsByBlock(const NetworkSpecification &specification, const WeightSource &weights,
                         const EncodedData &data, const BlockwiseOptions &options,
                         Progress &progress)
{
    std::vector<std::size_t> all(data.sequences.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    const int blocks = specification.stacks.front().blocks;
    at::Tensor logits;
    std::int64_t done = 0;
    for (const auto &examples : batchesByLength(data.sequences, all, options.passTokens)) {
        Pass pass(specification, weights);
        pass.start(data, examples, options.batchTokens);
        for (int block = 0; block < blocks; ++block) {
            progress.check();
            pass.runBlock(block);
        }
        logits = pass.finished(logits, data.size());
        done += static_cast<std::int64_t>(examples.size());
        progress.step({{}, done, data.size(), {}});
    }
    return logits;
}

} // namespace pare
