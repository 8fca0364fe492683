// A linear layer of inference as the kernels that multiply it: one, or two where its weight is made
// of two factors. Which kernel runs, each factor says by how it is stored: its 8-bit codes or bfloat16
// values are multiplied as they are where the machine can, and everything else in float32.
//
// Owned by the network; immutable, any number of threads may run it.
#pragma once

#include "core/network/kernels/linearkernel.h"
#include "core/weights/weight.h"

#include <ATen/core/Tensor.h>
#include <memory>
#include <span>
#include <string>

namespace pare {

class Linear
{
public:
    Linear() = default;

    /// `bias` [out], may be undefined; both are copied, never wider than they will be multiplied.
    /// Throws Error (NotEnoughMemory, Unsupported).
    Linear(const Weight &weight, const at::Tensor &bias, Epilogue epilogue);

    /// Several layers of the same inputs as one whose outputs follow each other, for what
    /// areFusible() accepts.
    explicit Linear(std::span<const LayerWeights *const> layers);

    /// y [tokens, out] = epilogue(x [tokens, in] Wᵀ + b), rows contiguous, x and y apart.
    void run(const float *x, float *y, std::int64_t tokens) const;
    /// The same; x float32 [tokens, in], contiguous.
    at::Tensor operator()(const at::Tensor &x) const;

    /// What multiplies, as the kernels report it; of two factors both, where they differ.
    std::string kernelName() const { return std::string(m_kernel->name()); }
    std::int64_t multiplyAdds() const { return m_multiplyAdds; } ///< per token
    explicit operator bool() const { return m_kernel != nullptr; }

private:
    struct Operand;
    static Operand operandOf(const Factor &factor);
    static std::unique_ptr<LinearKernel> kernelOf(const Operand &operand, const at::Tensor &bias,
                                                  Epilogue epilogue);

    std::unique_ptr<LinearKernel> m_kernel;
    std::int64_t m_out = 0;
    std::int64_t m_multiplyAdds = 0;
};

/// Whether one kernel can multiply them all: single factors with biases, multiplied in the same
/// precision, with the same input scale or none.
bool areFusible(std::span<const LayerWeights *const> layers);

} // namespace pare
