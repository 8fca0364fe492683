// The hand-written loops of attention, norm and what surrounds products of few bits, compiled once per instruction set of x86.
//
// The program is built for any x86-64; which table runs is decided when it starts. A table is
// constant, its functions are pure, work on one thread and know nothing of threads themselves.
#pragma once

#include "core/network/kernels/activation.h"
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

/// One row of a product of 8-bit integers.
struct RescaleArguments
{
    float *values = nullptr; ///< [count]: int32 sums, which become float32
    std::int64_t count = 0;
    const float *scales = nullptr; ///< [count], one per column
    float scale = 1;               ///< of the row
    const float *bias = nullptr;   ///< [count] or null
    Epilogue epilogue = Epilogue::None;
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
    /// Answers s = max|x · inputScale| / 127; codes[width] = x · inputScale / s in ±127, rounded
    /// half to even. `inputScale` [width] may be null. A row of zeros, or all below 1e-30: s and
    /// codes are 0. A row that is not finite: s is not a number.
    float (*quantizeRow)(const float *x, const float *inputScale, std::int64_t width,
                         std::int8_t *codes);
    /// values[width] = x · inputScale as bfloat16, rounded half to even. `inputScale` may be null.
    void (*roundRow)(const float *x, const float *inputScale, std::int64_t width,
                     std::uint16_t *values);
    /// values = epilogue(sums · scale · scales + bias), in place.
    void (*rescaleRow)(const RescaleArguments &arguments);
};

extern const VectorCode vectorCodeAvx512;
extern const VectorCode vectorCodeAvx2;
extern const VectorCode vectorCodeSse2;

/// Those that this processor can run, best first: at least one.
const std::vector<const VectorCode *> &supportedVectorCode();

/// The best of them.
const VectorCode &vectorCode();

} // namespace pare
