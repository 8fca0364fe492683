// Which implementation multiplies: measured once per machine and user, and remembered.
//
// The processor's name says little about which library is fastest on it, so each candidate runs on
// small representative shapes (about half a second together). The result is stored as
// cacheFolder()/kernels.json under a key of processor, instruction set, threads and library
// versions; a file that is missing, broken or cannot be written only means measuring again. All
// functions may be called from any thread.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace pare {

/// How a product of float32 matrices is computed.
enum class KernelKind {
    OneDnnFloat32,
    AtenFloat32, ///< LibTorch's own route to its BLAS
};

enum class AttentionKind {
    Tiled, ///< ours, for sequences of any length
    Aten,  ///< LibTorch's batched product and softmax
};

/// How inference multiplies a layer that is stored in bfloat16, or in 8 bits to run on 8-bit inputs.
enum class LowPrecision {
    OneDnn,  ///< as it is stored, if the processor has the instructions
    Float32, ///< widened, by the linear kernel of float32
};

/// What training multiplies in where nobody says; parameters, sums and gradients of parameters are
/// float32 in either case.
enum class TrainingPrecision { Float32, BFloat16 };

/// What multiplies in bfloat16 while training.
enum class BFloat16Gemm {
    OneDnn,
    Tiles, ///< ours, where the processor has tile registers
};

struct KernelChoice
{
    KernelKind linear = KernelKind::OneDnnFloat32; ///< inference, weights prepacked
    KernelKind gemm = KernelKind::OneDnnFloat32;   ///< training, weights as they are
    AttentionKind attention = AttentionKind::Tiled;
    LowPrecision bfloat16 = LowPrecision::OneDnn;
    LowPrecision int8 = LowPrecision::OneDnn;
    TrainingPrecision training = TrainingPrecision::Float32;
    BFloat16Gemm bfloat16Gemm = BFloat16Gemm::OneDnn;

    bool operator==(const KernelChoice &) const = default;
};

/// "onednn", "aten"; "tiled", "aten"; "onednn", "float32"; "float32", "bfloat16"; "onednn", "tiles": as
/// written in kernels.json and PARE_KERNELS.
std::string_view kernelKindName(KernelKind kind);
std::string_view attentionKindName(AttentionKind kind);
std::string_view lowPrecisionName(LowPrecision kind);
std::string_view trainingPrecisionName(TrainingPrecision precision);
std::string_view bfloat16GemmName(BFloat16Gemm kind);

/// "linear=onednn,gemm=onednn,attention=tiled,bfloat16=onednn,int8=onednn,training=bfloat16,
/// bfloat16gemm=tiles"; for the record of a run.
std::string kernelChoiceText(const KernelChoice &choice);
/// The inverse; parts that are missing are as in `others`. Throws InvalidSetting.
KernelChoice parseKernelChoice(std::string_view text, const KernelChoice &others = {});

/// What setKernelChoice() forced, else what the environment variable PARE_KERNELS says, else what
/// was measured for the calling thread's number of threads. Throws InvalidSetting if PARE_KERNELS
/// cannot be read, nothing otherwise.
KernelChoice kernelChoice();

/// Forces the choice for the rest of the process.
void setKernelChoice(const KernelChoice &choice);

/// Measures now, without looking at or writing any file; a fraction of a second.
KernelChoice measuredKernelChoice();

/// What `file` holds for `machine`, else what `measure` answers, which is added to the file if that
/// can be written. Where an older version left parts out, these are measured and added. Throws only
/// what `measure` throws.
KernelChoice rememberedKernelChoice(const std::filesystem::path &file, const std::string &machine,
                                    const std::function<KernelChoice()> &measure);

/// The kernel behind each kind, for the record of a run: "float32 oneDNN (sgemm)", "float32 Pare
/// (avx512)". Linear layers have a name of their own each.
std::string gemmName(KernelKind kind);
std::string attentionName(AttentionKind kind);

/// Processor and instruction set, threads of the calling thread, versions of oneDNN and LibTorch:
/// "Intel(R) Xeon(R) Processor avx512_core_amx; 2 threads; oneDNN 2.6.3; LibTorch 1.13.1".
std::string kernelMachine();

/// The number of threads that the kernels called from this thread use. LibTorch may bring an OpenMP
/// library of its own, so this is set beside at::set_num_threads(), on every thread that computes.
void setKernelThreads(int threads);
int kernelThreads();

} // namespace pare
