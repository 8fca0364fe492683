// The hand-written loops of attention and norm, compiled once per instruction set of x86.
//
// The program is built for any x86-64; which table runs is decided when it starts. A table is
// constant, its functions are pure, work on one thread and know nothing of threads themselves.
#pragma once

#include "core/network/kernels/attention.h"
#include "core/network/kernels/norm.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace pare {

/// One head of one sequence; members as in AttentionArguments, pointers at the head's first value.
struct HeadArguments
{
    const float *q = nullptr;
    const float *k = nullptr;
    const float *v = nullptr;
    float *out = nullptr;
    std::int64_t length = 0;
    std::int64_t keyLength = 0;
    std::int64_t headWidth = 0;
    std::int64_t stride = 0;
    std::int64_t keyStride = 0;
    std::int64_t outStride = 0;
    float scale = 1;
    AttentionMask mask = AttentionMask::None;
    float *scratch = nullptr; ///< headScratch() floats, aligned to 64 bytes
};

struct VectorCode
{
    std::string_view name; ///< "avx512", "avx2", "sse2"

    /// Floats that attendHead() needs as scratch; a multiple of 16.
    std::int64_t (*headScratch)(std::int64_t keyLength, std::int64_t headWidth);
    void (*attendHead)(const HeadArguments &arguments);
    /// Rows [first, last) of layerNorm(arguments).
    void (*normRows)(const NormArguments &arguments, std::int64_t first, std::int64_t last);
    /// values[count] += more[count].
    void (*add)(float *values, const float *more, std::int64_t count);
};

extern const VectorCode vectorCodeAvx512;
extern const VectorCode vectorCodeAvx2;
extern const VectorCode vectorCodeSse2;

/// Those that this processor can run, best first: at least one.
const std::vector<const VectorCode *> &supportedVectorCode();

/// The best of them.
const VectorCode &vectorCode();

} // namespace pare
