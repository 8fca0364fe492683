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

} // namespace pare
