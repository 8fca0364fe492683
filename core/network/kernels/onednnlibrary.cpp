#include "core/network/kernels/onednnlibrary.h"

#include "core/base/error.h"
#include "core/network/kernels/messages.h"
#include "core/network/kernels/onednn.h"

#include <fmt/format.h>

namespace pare {

const dnnl::engine &oneDnnEngine()
{
    static const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
    return engine;
}

dnnl::stream &oneDnnStream()
{
    thread_local dnnl::stream stream(oneDnnEngine());
    return stream;
}

void throwOneDnnError(const dnnl::error &error, const std::string &what)
{
    if (error.status == dnnl_out_of_memory)
        throw Error(ErrorKind::NotEnoughMemory, messages::kernelNeedsMemory, what);
    throw Error(ErrorKind::Unsupported, messages::kernelFailed, what, "oneDNN", error.what());
}

std::string oneDnnVersion()
{
    const dnnl_version_t *version = dnnl_version();
    return fmt::format("{}.{}.{}", version->major, version->minor, version->patch);
}

bool oneDnnHasInstructions(Precision precision)
{
    const dnnl_cpu_isa_t effective = dnnl_get_effective_cpu_isa();
    const auto contains = [effective](dnnl_cpu_isa_t isa) { return (effective & isa) == isa; };
    switch (precision) {
    case Precision::Float32:
        return true;
    case Precision::BFloat16:
        return contains(dnnl_cpu_isa_avx512_core_bf16);
    case Precision::Int8:
        // Older ones multiply in pieces of 16 bits, which overflow.
        return contains(dnnl_cpu_isa_avx512_core_vnni) || contains(dnnl_cpu_isa_avx2_vnni);
    }
    return false;
}

std::string oneDnnInstructionSet()
{
    // Each set has the bits of those it contains, so the first that is contained names the best.
    struct Named
    {
        dnnl_cpu_isa_t isa;
        const char *name;
    };
    constexpr Named sets[] = {
        {dnnl_cpu_isa_avx512_core_amx, "avx512_core_amx"},
        {dnnl_cpu_isa_avx512_core_bf16, "avx512_core_bf16"},
        {dnnl_cpu_isa_avx512_core_vnni, "avx512_core_vnni"},
        {dnnl_cpu_isa_avx512_core, "avx512_core"},
        {dnnl_cpu_isa_avx2_vnni, "avx2_vnni"},
        {dnnl_cpu_isa_avx2, "avx2"},
        {dnnl_cpu_isa_avx, "avx"},
        {dnnl_cpu_isa_sse41, "sse41"},
    };
    const dnnl_cpu_isa_t effective = dnnl_get_effective_cpu_isa();
    for (const Named &set : sets) {
        if ((effective & set.isa) == set.isa)
            return set.name;
    }
    return "generic";
}

} // namespace pare
