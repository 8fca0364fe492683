// The hand-written loops of training, compiled once per instruction set of x86, as VectorCode is.
//
// A table is constant, its functions are pure, work on one thread and know nothing of threads
// themselves. Dropout keeps no masks: whether a value is kept is a hash of (key, row, column), so
// that the backward pass finds the same values and the number of threads changes nothing.
#pragma once

#include <cstdint>
#include <string_view>

namespace pare {

/// Kept values are multiplied by 1 / (1 - probability).
struct Dropout
{
    std::uint64_t key = 0;
    float probability = 0; ///< 0: everything is kept
};

/// Attention of one head of one sequence. Pointers at the head's first value; q, k, v and their
/// gradients have rows `stride` apart, the context and its gradient `contextStride`.
struct TrainedHead
{
    const float *q = nullptr;
    const float *k = nullptr;
    const float *v = nullptr;
    std::int64_t stride = 0;
    std::int64_t contextStride = 0;
    std::int64_t length = 0;
    std::int64_t headWidth = 0;
    float scale = 1;
    bool causal = false;
    float *probabilities =
        nullptr; ///< [length, length], before dropout: written forward, read backward
    Dropout dropout;
    std::int64_t firstRow = 0; ///< number of the first row of `probabilities`, for dropout
    float *scratch = nullptr;  ///< trainedHeadScratch() floats, aligned to 64 bytes
};

/// y = norm(dropout(x) + residual) * gamma + beta, row by row.
struct TrainedNorm
{
    const float *x = nullptr;
    const float *residual = nullptr; ///< or null
    const float *gamma = nullptr;
    const float *beta = nullptr;
    float *y = nullptr;
    float *normalized = nullptr; ///< what is multiplied by gamma; kept for the backward pass
    float *factors = nullptr;    ///< [rows], 1 / standard deviation; kept for the backward pass
    std::int64_t width = 0;
    double epsilon = 0;
    Dropout dropout;
};

struct TrainedNormGradient
{
    const float *dy = nullptr;
    const float *gamma = nullptr;
    const float *normalized = nullptr;
    const float *factors = nullptr;
    float *dx = nullptr;
    float *dresidual = nullptr; ///< or null; may be dx where nothing is dropped
    float *dgamma = nullptr;    ///< [width], added to
    float *dbeta = nullptr;     ///< [width], added to
    std::int64_t width = 0;
    Dropout dropout;
};

/// One step of AdamW (Loshchilov and Hutter 2019); the factors hold the bias corrections.
struct AdamUpdate
{
    float *parameters = nullptr;
    const float *gradients = nullptr;
    float *means = nullptr;
    float *squares = nullptr;
    float gradientFactor = 1; ///< clipping
    float beta1 = 0.9F;
    float beta2 = 0.999F;
    float stepSize = 0;      ///< learning rate / (1 - beta1^t)
    float squaresFactor = 1; ///< 1 / (1 - beta2^t)
    float epsilon = 1e-8F;
    float decayFactor = 1; ///< 1 - learning rate * weight decay
};

struct TrainingCode
{
    std::string_view name; ///< "avx512", "avx2", "sse2"

    std::int64_t (*trainedHeadScratch)(std::int64_t length, std::int64_t headWidth);
    void (*attendForward)(const TrainedHead &head, float *context);
    /// `dq`, `dk`, `dv` are replaced.
    void (*attendBackward)(const TrainedHead &head, const float *dcontext, float *dq, float *dk,
                           float *dv);

    void (*normForward)(const TrainedNorm &norm, std::int64_t first, std::int64_t last);
    void (*normBackward)(const TrainedNormGradient &norm, std::int64_t first, std::int64_t last);
    /// y = dropout(x), rows [first, last) of `width` values; its gradient is itself.
    void (*dropRows)(const Dropout &dropout, const float *x, float *y, std::int64_t width,
                     std::int64_t first, std::int64_t last);

    /// y = x Φ(x); Φ to 2e-7 absolute.
    void (*gelu)(const float *x, float *y, std::int64_t count);
    void (*geluBackward)(const float *x, const float *dy, float *dx, std::int64_t count);

    /// sums[width] += the rows [first, last) of x.
    void (*sumRows)(const float *x, std::int64_t width, std::int64_t first, std::int64_t last,
                    float *sums);
    void (*add)(float *values, const float *more, std::int64_t count);

    /// Replaces the logits of one row by factor * (softmax - onehot(target)); returns -log
    /// softmax[target].
    float (*crossEntropy)(float *logits, std::int64_t classes, std::int64_t target, float factor);

    void (*adam)(const AdamUpdate &update, std::int64_t first, std::int64_t last);
    double (*squaredSum)(const float *values, std::int64_t count);
};

extern const TrainingCode trainingCodeAvx512;
extern const TrainingCode trainingCodeAvx2;
extern const TrainingCode trainingCodeSse2;

/// The best that this processor can run.
const TrainingCode &trainingCode();

/// That of this name, or null where the processor cannot run it.
const TrainingCode *trainingCode(std::string_view name);

} // namespace pare
