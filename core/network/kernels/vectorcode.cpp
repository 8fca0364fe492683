#include "core/network/kernels/vectorcode.h"

namespace pare {

const std::vector<const VectorCode *> &supportedVectorCode()
{
    static const std::vector<const VectorCode *> supported = [] {
        std::vector<const VectorCode *> tables;
        __builtin_cpu_init();
        const bool fused = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
        if (fused && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
            __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq"))
            tables.push_back(&vectorCodeAvx512);
        if (fused)
            tables.push_back(&vectorCodeAvx2);
        tables.push_back(&vectorCodeSse2);
        return tables;
    }();
    return supported;
}

const VectorCode &vectorCode()
{
    static const VectorCode &best = *supportedVectorCode().front();
    return best;
}

} // namespace pare
