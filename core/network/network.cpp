#include "core/network/network.h"

#include "core/base/error.h"
#include "core/network/batchcheck.h"
#include "core/network/messages.h"
#include "core/network/networklayers.h"
#include "core/tensors/torcherrors.h"

#include <ATen/ops/empty.h>
#include <algorithm>
#include <cassert>
#include <numeric>
#include <optional>
#include <utility>

#include <fmt/ranges.h>

namespace pare {

Network::Network(const NetworkSpecification &specification, const ModelWeights &weights,
                 const std::function<void(const std::string &)> &taken)
{
    assert(specification.stacks.size() == 1 && specification.block().normPlace == NormPlace::Post);
    auto layers = std::make_unique<Layers>();
    translatingTorchErrors([&] {
        build(*layers, {specification, weights, taken}, [](const std::string &) { return true; });
    });
    m_layers = std::move(layers);
}

Network::Network(const Network &original, const NetworkSpecification &specification,
                 const ModelWeights &weights, const std::set<std::string> &changed)
{
    assert(specification.stacks.size() == 1 &&
           specification.stacks[0].blocks == original.specification().stacks[0].blocks);
    auto layers = std::make_unique<Layers>(*original.m_layers);
    translatingTorchErrors([&] {
        build(*layers, {specification, weights},
              [&](const std::string &layer) { return changed.contains(layer); });
    });
    m_layers = std::move(layers);
}

Network::Network(std::unique_ptr<const Layers> layers)
    : m_layers(std::move(layers))
{}

Network Network::part(const NetworkSpecification &specification, const ModelWeights &weights,
                      const LayerFilter &isWanted)
{
    auto layers = std::make_unique<Layers>();
    translatingTorchErrors([&] { build(*layers, {specification, weights}, isWanted); });
    return Network(std::move(layers));
}

Network::~Network() = default;
Network::Network(Network &&) noexcept = default;

/// float32 [tokens, embedding width], once the narrow rows have seen each other.
at::Tensor Network::Layers::tokenRows(const PackedBatch &batch) const
{
    const std::array tables{EmbeddingTable{tokens.data_ptr<float>(), batch.ids.data()}};
    at::Tensor x = at::empty({batch.tokens(), tokens.size(1)}, at::kFloat);
    EmbeddingArguments arguments;
    arguments.tables = tables;
    arguments.y = x.data_ptr<float>();
    arguments.tokens = x.size(0);
    arguments.width = x.size(1);
    embed(arguments);
    const AttentionLayer &attention = tokenAttention->attention;
    x.add_((*attention.output)(attention.context(x, batch)));
    return (*tokenAttention->projection)(x);
}

at::Tensor Network::Layers::embedded(const PackedBatch &batch) const
{
    std::vector<std::int64_t> ids = batch.ids;
    at::Tensor rows = tokens;
    if (tokenAttention) {
        rows = tokenRows(batch); // one for each token, in their order
        std::iota(ids.begin(), ids.end(), std::int64_t{0});
    }
    const std::array tables{EmbeddingTable{rows.data_ptr<float>(), ids.data()},
                            EmbeddingTable{positions.data_ptr<float>(), batch.positions.data()},
                            EmbeddingTable{types.data_ptr<float>(), batch.types.data()}};
    at::Tensor x = at::empty({batch.tokens(), specification.embedding.width}, at::kFloat);
    EmbeddingArguments arguments;
    arguments.tables = tables;
    arguments.y = x.data_ptr<float>();
    arguments.tokens = x.size(0);
    arguments.width = x.size(1);
    arguments.norm = embeddingNorm.parameters();
    embed(arguments);
    return x;
}

void Network::Layers::runBlock(std::size_t number, at::Tensor &x, const PackedBatch &batch,
                               const InputObserver &observer) const
{
    const Block &block = blocks[number];
    const auto observed = [&](const at::Tensor &inputs,
                              std::initializer_list<const char *> layers) {
        if (!observer)
            return;
        std::vector<std::string> names;
        for (const char *layer : layers)
            names.push_back(fmt::format("{}.{}.{}", specification.stacks[0].name, number, layer));
        observer(names, inputs);
    };
    observed(x, {"attention.query", "attention.key", "attention.value"});
    const at::Tensor context = block.attention.context(x, batch);
    observed(context, {"attention.output"});
    at::Tensor attended = (*block.attention.output)(context);
    block.attentionNorm.addTo(attended, x);
    observed(attended, {"ffn.up"});
    const at::Tensor inner = (*block.up)(attended);
    observed(inner, {"ffn.down"});
    block.down->run(inner.data_ptr<float>(), x.data_ptr<float>(), x.size(0));
    block.feedForwardNorm.addTo(x, attended);
}

at::Tensor Network::Layers::forward(const PackedBatch &batch) const
{
    checkBatch(batch, specification.embedding);
    at::Tensor x = embedded(batch);
    for (std::size_t i = 0; i < blocks.size(); ++i)
        runBlock(i, x, batch);
    return x;
}

at::Tensor Network::Layers::classify(const at::Tensor &hidden, const PackedBatch &batch,
                                     const InputObserver &observer) const
{
    const std::int64_t width = hidden.size(1);
    at::Tensor first = at::empty({batch.sequences(), width}, at::kFloat);
    for (std::int64_t i = 0; i < batch.sequences(); ++i)
        std::copy_n(hidden.data_ptr<float>() + batch.starts[i] * width, width,
                    first.data_ptr<float>() + i * width);
    if (observer)
        observer(std::array{std::string("pooler")}, first);
    const at::Tensor pooled = (*pooler)(first);
    if (observer)
        observer(std::array{classifierName}, pooled);
    return (*classifier)(pooled);
}

at::Tensor Network::embeddings(const PackedBatch &batch) const
{
    return translatingTorchErrors([&] {
        checkBatch(batch, m_layers->specification.embedding);
        return m_layers->embedded(batch);
    });
}

at::Tensor Network::block(int block, const at::Tensor &hiddenStates, const PackedBatch &batch,
                          const InputObserver &observer) const
{
    return translatingTorchErrors([&] {
        at::Tensor x = hiddenStates.clone();
        m_layers->runBlock(static_cast<std::size_t>(block), x, batch, observer);
        return x;
    });
}

at::Tensor Network::hiddenStates(const PackedBatch &batch) const
{
    return translatingTorchErrors([&] { return m_layers->forward(batch); });
}

at::Tensor Network::logits(const PackedBatch &batch) const
{
    if (!m_layers->classifier)
        throw Error(ErrorKind::Unsupported, messages::networkHead, "classification");
    return translatingTorchErrors(
        [&] { return m_layers->classify(m_layers->forward(batch), batch); });
}

at::Tensor Network::classLogits(const at::Tensor &hiddenStates, const PackedBatch &batch,
                                const InputObserver &observer) const
{
    if (!m_layers->classifier)
        throw Error(ErrorKind::Unsupported, messages::networkHead, "classification");
    return translatingTorchErrors(
        [&] { return m_layers->classify(hiddenStates, batch, observer); });
}

at::Tensor Network::vocabularyLogits(const at::Tensor &hiddenStates,
                                     std::span<const std::int64_t> rows) const
{
    if (!m_layers->decoder)
        throw Error(ErrorKind::Unsupported, messages::networkHead, "masked-LM");
    return translatingTorchErrors([&] {
        const std::int64_t width = hiddenStates.size(1);
        at::Tensor chosen = at::empty({static_cast<std::int64_t>(rows.size()), width}, at::kFloat);
        for (std::size_t i = 0; i < rows.size(); ++i)
            std::copy_n(hiddenStates.data_ptr<float>() + rows[i] * width, width,
                        chosen.data_ptr<float>() + i * width);
        at::Tensor transformed = (*m_layers->transform)(chosen);
        m_layers->transformNorm.addTo(transformed, {});
        return (*m_layers->decoder)(transformed);
    });
}

const NetworkSpecification &Network::specification() const
{
    return m_layers->specification;
}

std::int64_t Network::multiplyAdds(const PackedBatch &batch) const
{
    std::int64_t total = 0;
    if (const auto &tokens = m_layers->tokenAttention)
        total += tokens->attention.multiplyAdds(batch) +
                 tokens->projection->multiplyAdds() * batch.tokens();
    for (const Block &block : m_layers->blocks)
        total += block.attention.multiplyAdds(batch) +
                 (block.up->multiplyAdds() + block.down->multiplyAdds()) * batch.tokens();
    if (m_layers->classifier)
        total += (m_layers->pooler->multiplyAdds() + m_layers->classifier->multiplyAdds()) *
                 batch.sequences();
    return total;
}

const std::map<std::string, std::string> &Network::kernels() const
{
    return m_layers->kernels;
}

} // namespace pare
