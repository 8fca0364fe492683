// The hidden states of a network at the borders of its blocks, so that another that differs from it
// from block k on runs from there only.
//
// Borders take memory; where all of them do not fit the limit, every second, third … one is kept, and the
// way from the last kept one is run again. Belongs to one sweep, on its thread.
#pragma once

#include "core/base/progress.h"
#include "core/network/network.h"
#include "core/network/packedbatch.h"

#include <ATen/core/Tensor.h>
#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

namespace pare {

class BorderStates
{
public:
    /// `network` must outlive this. `rows` examples in all will pass, of `tokens` tokens together.
    BorderStates(const Network &network, std::int64_t tokens, std::int64_t limitBytes);

    /// Before block `block` (the number of blocks: behind all), float32 [tokens, width]; `number`
    /// names the batch. Throws Cancelled.
    at::Tensor before(int block, std::size_t number, const PackedBatch &batch, Progress &progress);

    /// Only those before block 0, `stride`, 2 · `stride` … stay.
    int stride() const { return m_stride; }
    std::int64_t bytes() const { return m_bytes; }

private:
    const Network &m_network;
    int m_stride = 1;
    std::int64_t m_bytes = 0;
    std::map<std::pair<std::size_t, int>, at::Tensor> m_states; ///< by batch and block
};

/// Class logits float32 [sequences, labels] of `network` from the states before `block` on, in packed
/// order. Throws Cancelled.
at::Tensor logitsFrom(const Network &network, int block, at::Tensor states,
                      const PackedBatch &batch, Progress &progress);

} // namespace pare
