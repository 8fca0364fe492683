// Linear layers whose weight is made of two factors, as kernels made of two: neither ever multiplies
// the whole matrix.
//
// Owned and used as LinearKernel says; each owns its parts.
#pragma once

#include "core/network/kernels/linearkernel.h"

#include <ATen/core/Tensor.h>
#include <memory>

namespace pare {

/// W = left · right; `right` has neither bias nor epilogue, `left` has the layer's.
std::unique_ptr<LinearKernel> makeProductKernel(std::unique_ptr<LinearKernel> left,
                                                std::unique_ptr<LinearKernel> right,
                                                std::int64_t rank);

/// What comes after both parts.
struct LinearEnd
{
    at::Tensor bias; ///< float32 [out], contiguous; may be undefined
    Epilogue epilogue = Epilogue::None;
};

/// W = a ⊗ b, a of shape [m, n] and b of shape [p, q], both without bias and epilogue. With an
/// input as X [n, q] the output is a X bᵀ [m, p], in that of the two orders that multiplies less:
/// min(n·q·p + m·n·p, m·n·q + m·q·p) times a token.
std::unique_ptr<LinearKernel> makeKroneckerKernel(std::unique_ptr<LinearKernel> a,
                                                  LinearShape sizeA,
                                                  std::unique_ptr<LinearKernel> b,
                                                  LinearShape sizeB, LinearEnd end);

/// One of two kinds of columns, without bias and epilogue.
struct ColumnsPart
{
    std::unique_ptr<LinearKernel> kernel;
    at::Tensor columns; ///< int64, the inputs it takes, contiguous
};

/// The sum of both; `out` rows.
std::unique_ptr<LinearKernel> makeColumnsKernel(ColumnsPart first, ColumnsPart second,
                                                LinearShape shape, LinearEnd end);

} // namespace pare
