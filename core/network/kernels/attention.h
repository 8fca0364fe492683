// Scaled dot-product attention (Vaswani et al. 2017) over a group of sequences of equal length.
#pragma once

#include "core/network/kernels/kernelchoice.h"

#include <cstdint>

namespace pare {

enum class AttentionMask { None, Causal };

/// Rows of q, out: batch * length tokens, sequence after sequence; rows of k, v: batch * keyLength.
/// In a row, head h is at h * headWidth. q, k and v may be three parts of one [tokens, 3 * width]
/// matrix.
struct AttentionArguments
{
    const float *q = nullptr;
    const float *k = nullptr;
    const float *v = nullptr;
    float *out = nullptr; ///< apart from the inputs
    std::int64_t batch = 0;
    std::int64_t length = 0;
    std::int64_t keyLength = 0; ///< 0: as length
    std::int64_t heads = 0;
    std::int64_t headWidth = 0;
    std::int64_t stride = 0;    ///< floats between rows of q; 0: heads * headWidth
    std::int64_t keyStride = 0; ///< floats between rows of k and v; 0: as stride
    std::int64_t outStride = 0; ///< floats between rows of out; 0: heads * headWidth
    float scale = 1;            ///< of the products of q and k, as 1 / sqrt(headWidth)
    AttentionMask mask = AttentionMask::None; ///< Causal: query i sees keys 0 … i
};

/// out = softmax(scale q kᵀ + mask) v for every sequence and head, with kernelThreads() threads;
/// thread-safe. Throws Error (NotEnoughMemory).
void attention(AttentionKind kind, const AttentionArguments &arguments);

/// With kernelChoice().attention.
void attention(const AttentionArguments &arguments);

} // namespace pare
