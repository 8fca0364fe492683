// The attention of one block, or of token rows among themselves, as the kernels that multiply it.
//
// Owned by the network; immutable, any number of threads may run it. Layers that share weights hold
// the same linear ones.
#pragma once

#include "core/network/kernels/attention.h"
#include "core/network/linear.h"
#include "core/network/packedbatch.h"

#include <array>
#include <memory>

namespace pare {

struct AttentionLayer
{
    std::int64_t heads = 0;
    std::int64_t headWidth = 0;
    AttentionMask mask = AttentionMask::None;
    std::shared_ptr<const Linear> queryKeyValue =
        {}; ///< [3 width(), in] where one kernel can multiply all three
    std::array<std::shared_ptr<const Linear>, 3> separate = {}; ///< else
    std::shared_ptr<const Linear> output = {};

    std::int64_t width() const { return heads * headWidth; } ///< of all heads

    /// What the output matrix is given, float32 [tokens, width()]; x float32 [tokens, in],
    /// contiguous.
    at::Tensor context(const at::Tensor &x, const PackedBatch &batch) const;

    /// Of all its matrices and of its own products.
    std::int64_t multiplyAdds(const PackedBatch &batch) const;
};

} // namespace pare
