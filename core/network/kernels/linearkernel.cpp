#include "core/network/kernels/linearkernel.h"

#include "core/network/kernels/aten.h"
#include "core/network/kernels/onednn.h"

#include <cassert>

namespace pare {

std::unique_ptr<LinearKernel> makeLinearKernel(KernelKind kind, const float *weight,
                                               const float *bias, LinearShape shape,
                                               Epilogue epilogue)
{
    switch (kind) {
    case KernelKind::OneDnnFloat32:
        return makeOneDnnLinearKernel(weight, bias, shape, epilogue);
    case KernelKind::AtenFloat32:
        return makeAtenLinearKernel(weight, bias, shape, epilogue);
    }
    assert(false);
    return nullptr;
}

bool multipliesIn(Precision precision)
{
    if (!oneDnnHasInstructions(precision))
        return false;
    switch (precision) {
    case Precision::Float32:
        return true;
    case Precision::BFloat16:
        return kernelChoice().bfloat16 == LowPrecision::OneDnn;
    case Precision::Int8:
        return kernelChoice().int8 == LowPrecision::OneDnn;
    }
    return false;
}

} // namespace pare
