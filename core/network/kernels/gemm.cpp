#include "core/network/kernels/gemm.h"

#include "core/network/kernels/aten.h"
#include "core/network/kernels/onednn.h"

namespace pare {

void gemm(KernelKind kind, const GemmArguments &arguments)
{
    switch (kind) {
    case KernelKind::OneDnnFloat32:
        return oneDnnGemm(arguments);
    case KernelKind::AtenFloat32:
        return atenGemm(arguments);
    }
}

void gemm(const GemmArguments &arguments)
{
    gemm(kernelChoice().gemm, arguments);
}

} // namespace pare
