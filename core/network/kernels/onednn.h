// What Pare uses of oneDNN, without its header: raw pointers and shapes only, no LibTorch.
//
// The files onednn*.cpp are a target of their own, because a LibTorch other than the system's may
// bring the header of another oneDNN.
#pragma once

#include "core/network/kernels/gemm.h"
#include "core/network/kernels/linearkernel.h"

#include <memory>
#include <string>

namespace pare {

/// y = x Wᵀ with prepacked weights; immutable, for any number of threads at once.
class PrepackedProduct
{
public:
    virtual ~PrepackedProduct() = default;

    /// x [rows, in] of the product's precision; y [rows, out] float32, or int32 of Int8.
    virtual void run(const void *x, void *y, std::int64_t rows) const = 0;
    /// "brg:avx512_core_vnni": as oneDNN reports it.
    virtual std::string implementation() const = 0;
    virtual std::int64_t bytes() const = 0;
};

/// `weight` [out, in] of that precision and `bias` [out] or null are copied. Int8 has neither bias
/// nor activation.
std::unique_ptr<PrepackedProduct> makeOneDnnProduct(Precision precision, const void *weight,
                                                    const float *bias, LinearShape shape,
                                                    Epilogue epilogue);

/// Whether the processor has instructions for it that oneDNN uses.
bool oneDnnHasInstructions(Precision precision);

/// makeLinearKernel() and gemm() for KernelKind::OneDnnFloat32.
std::unique_ptr<LinearKernel> makeOneDnnLinearKernel(const float *weight, const float *bias,
                                                     LinearShape shape, Epilogue epilogue);
void oneDnnGemm(const GemmArguments &arguments);

/// gemm() in bfloat16, where oneDnnHasInstructions().
void oneDnnGemm(const BFloat16GemmArguments &arguments);

/// "2.6.3"
std::string oneDnnVersion();

/// The instruction set that oneDNN generates code for: "avx512_core_amx", "avx2", …
std::string oneDnnInstructionSet();

} // namespace pare
