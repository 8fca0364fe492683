// Layer normalisation (Ba, Kiros, Hinton 2016), fused with what comes before it.
#pragma once

#include <cstdint>
#include <span>

namespace pare {

struct NormParameters
{
    const float *gamma = nullptr; ///< [width]
    const float *beta = nullptr;  ///< [width]
    double epsilon = 1e-12;
};

struct NormArguments
{
    const float *x = nullptr;        ///< [tokens, width]
    const float *residual = nullptr; ///< [tokens, width], added to x first; or null
    float *sum = nullptr;            ///< [tokens, width], receives x + residual; or null
    float *y = nullptr;              ///< [tokens, width]; may be x or residual
    std::int64_t tokens = 0;
    std::int64_t width = 0;
    NormParameters norm;
};

/// y = (s - mean(s)) / sqrt(variance(s) + epsilon) * gamma + beta, s = x + residual, for every row,
/// with kernelThreads() threads; thread-safe.
void layerNorm(const NormArguments &arguments);

struct EmbeddingTable
{
    const float *rows = nullptr;       ///< [entries, width]
    const std::int64_t *ids = nullptr; ///< [tokens], each in [0, entries): checked by the caller
};

struct EmbeddingArguments
{
    std::span<const EmbeddingTable> tables; ///< token, position, type, …: at least one
    float *y = nullptr;                     ///< [tokens, width]
    std::int64_t tokens = 0;
    std::int64_t width = 0;
    NormParameters norm; ///< gamma null: no norm
};

/// y[t] = norm(sum over the tables of rows[ids[t]]), with kernelThreads() threads; thread-safe.
void embed(const EmbeddingArguments &arguments);

} // namespace pare
