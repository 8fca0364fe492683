// One linear layer of inference, ready to run: weights prepacked, bias and activation fused.
//
// Owned by the network's layer; immutable and free of state between calls, so that any number of
// threads may run the same kernel. The caller may free its own copy of weight and bias once the
// kernel is made.
#pragma once

#include "core/network/kernels/activation.h"
#include "core/network/kernels/kernelchoice.h"

#include <cstdint>
#include <memory>
#include <string_view>

namespace pare {

struct LinearShape
{
    std::int64_t out = 0;
    std::int64_t in = 0;

    bool operator==(const LinearShape &) const = default;
};

/// The type of x and W inside a product; sums are float32, or int32 of Int8.
enum class Precision { Float32, BFloat16, Int8 };

class LinearKernel
{
public:
    virtual ~LinearKernel() = default;

    /// y[tokens, out] = epilogue(x[tokens, in] Wᵀ + b), rows contiguous, x and y apart, with
    /// kernelThreads() threads; no tokens: nothing happens. Throws Error (NotEnoughMemory,
    /// Unsupported).
    virtual void run(const float *x, float *y, std::int64_t tokens) const = 0;

    /// What computes, as the library itself reports it: "float32 oneDNN (brgemm:avx512_core)".
    virtual std::string_view name() const = 0;

    /// Bytes this kernel holds: prepacked weight and bias.
    virtual std::int64_t bytes() const = 0;
};

/// `weight` [out, in], `bias` [out] or null; both are copied. Throws Error (NotEnoughMemory,
/// Unsupported).
std::unique_ptr<LinearKernel> makeLinearKernel(KernelKind kind, const float *weight,
                                               const float *bias, LinearShape shape,
                                               Epilogue epilogue);

/// Whether layers stored that way are multiplied that way: as kernelChoice() says, where the
/// processor has the instructions; else they are multiplied in float32.
bool multipliesIn(Precision precision);

struct BFloat16Weight
{
    const std::uint16_t *values = nullptr; ///< [out, in], the upper halves of float32
    const float *inputScale = nullptr;     ///< [in], multiplied onto x; or null
};

/// Rounds x to bfloat16 (half to even); sums, bias and activation in float32. Copies what it is
/// given. Throws Error (NotEnoughMemory; Unsupported where the processor has no such instructions).
std::unique_ptr<LinearKernel> makeBFloat16LinearKernel(const BFloat16Weight &weight,
                                                       const float *bias, LinearShape shape,
                                                       Epilogue epilogue);

struct Int8Weight
{
    const std::int8_t *codes = nullptr; ///< [out, in], in ±127
    const float *scales = nullptr;      ///< [out]
    const float *inputScale = nullptr;  ///< [in], multiplied onto x; or null
};

/// Rounds every row of x to 8 bits with a scale of its own, max|x| / 127 (half to even); sums are
/// exact, so that a row's result depends neither on the other rows nor on the number of threads.
/// Copies what it is given. Throws as above.
std::unique_ptr<LinearKernel> makeInt8LinearKernel(const Int8Weight &weight, const float *bias,
                                                   LinearShape shape, Epilogue epilogue);

} // namespace pare
