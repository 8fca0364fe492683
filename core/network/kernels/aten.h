// LibTorch's own operations behind the interfaces of this folder, over memory of the caller's.
#pragma once

#include "core/network/kernels/attention.h"
#include "core/network/kernels/gemm.h"
#include "core/network/kernels/linearkernel.h"

#include <memory>

namespace pare {

std::unique_ptr<LinearKernel> makeAtenLinearKernel(const float *weight, const float *bias,
                                                   LinearShape shape, Epilogue epilogue);
void atenGemm(const GemmArguments &arguments);
void atenAttention(const AttentionArguments &arguments);
void atenActivate(Epilogue epilogue, float *values, std::int64_t count);

} // namespace pare
