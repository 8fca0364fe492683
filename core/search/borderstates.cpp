#include "core/search/borderstates.h"

#include <algorithm>

namespace pare {

namespace {

int blocksOf(const Network &network)
{
    return network.specification().stacks.at(0).blocks;
}

} // namespace

BorderStates::BorderStates(const Network &network, std::int64_t tokens, std::int64_t limitBytes)
    : m_network(network)
{
    const std::int64_t one =
        tokens * network.specification().block().width * std::int64_t{sizeof(float)};
    const int borders = blocksOf(network) + 1;
    const auto fit = std::clamp<std::int64_t>(one > 0 ? limitBytes / one : borders, 0, borders);
    // Where not even one fits, states are made from the embeddings each time.
    m_stride = fit == 0 ? borders + 1 : static_cast<int>((borders + fit - 1) / fit);
}

at::Tensor BorderStates::before(int block, std::size_t number, const PackedBatch &batch,
                                Progress &progress)
{
    int from = std::min(block, blocksOf(m_network)) / m_stride * m_stride;
    auto kept = m_states.find({number, from});
    while (kept == m_states.end() && from > 0) {
        from -= m_stride;
        kept = m_states.find({number, from});
    }
    const bool keepsAny = m_stride <= blocksOf(m_network) + 1;
    const auto keep = [&](int border, const at::Tensor &states) {
        if (!keepsAny || border % m_stride != 0)
            return;
        m_bytes += static_cast<std::int64_t>(states.nbytes());
        m_states.emplace(std::pair(number, border), states);
    };
    at::Tensor states;
    if (kept != m_states.end()) {
        states = kept->second;
    } else {
        states = m_network.embeddings(batch);
        from = 0;
        keep(0, states);
    }
    for (; from < block; ++from) {
        progress.check();
        states = m_network.block(from, states, batch);
        keep(from + 1, states);
    }
    return states;
}

at::Tensor logitsFrom(const Network &network, int block, at::Tensor states,
                      const PackedBatch &batch, Progress &progress)
{
    for (; block < blocksOf(network); ++block) {
        progress.check();
        states = network.block(block, states, batch);
    }
    progress.check();
    return network.classLogits(states, batch);
}

} // namespace pare
