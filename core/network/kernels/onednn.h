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

/// makeLinearKernel() and gemm() for KernelKind::OneDnnFloat32.
std::unique_ptr<LinearKernel> makeOneDnnLinearKernel(const float *weight, const float *bias,
                                                     LinearShape shape, Epilogue epilogue);
void oneDnnGemm(const GemmArguments &arguments);

/// "2.6.3"
std::string oneDnnVersion();

/// The instruction set that oneDNN generates code for: "avx512_core_amx", "avx2", …
std::string oneDnnInstructionSet();

} // namespace pare
