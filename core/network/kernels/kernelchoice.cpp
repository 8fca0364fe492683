#include "core/network/kernels/kernelchoice.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/network/kernels/messages.h"
#include "core/network/kernels/onednn.h"
#include "core/network/kernels/vectorcode.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <omp.h>
#include <torch/version.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <mutex>
#include <optional>

namespace pare {

namespace {

// A file longer than this is not one that was written here; more machines than this share no home.
constexpr std::uint64_t longestFile = 1 << 20;
constexpr std::size_t mostMachines = 200;

struct Resolved
{
    std::mutex mutex;
    std::optional<KernelChoice> forced;
    std::map<int, KernelChoice> byThreads;
};

Resolved &resolved()
{
    static Resolved instance;
    return instance;
}

/// Sets `own` to the one of `kinds` that is called so; false if none is.
template <class Kind>
bool take(Kind &own, std::string_view text, std::initializer_list<Kind> kinds,
          std::string_view (*nameOf)(Kind))
{
    for (const Kind kind : kinds) {
        if (nameOf(kind) == text) {
            own = kind;
            return true;
        }
    }
    return false;
}

/// Sets one "linear=onednn" in `choice`; false if it says nothing known.
bool apply(std::string_view part, KernelChoice &choice)
{
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos)
        return false;
    const std::string_view key = part.substr(0, equals);
    const std::string_view value = part.substr(equals + 1);
    if (key == "attention")
        return take(choice.attention, value, {AttentionKind::Tiled, AttentionKind::Aten},
                    attentionKindName);
    if (key == "bfloat16" || key == "int8")
        return take(key == "int8" ? choice.int8 : choice.bfloat16, value,
                    {LowPrecision::OneDnn, LowPrecision::Float32}, lowPrecisionName);
    if (key == "training")
        return take(choice.training, value,
                    {TrainingPrecision::Float32, TrainingPrecision::BFloat16},
                    trainingPrecisionName);
    if (key == "bfloat16gemm")
        return take(choice.bfloat16Gemm, value, {BFloat16Gemm::OneDnn, BFloat16Gemm::Tiles},
                    bfloat16GemmName);
    return (key == "linear" || key == "gemm") &&
           take(key == "linear" ? choice.linear : choice.gemm, value,
                {KernelKind::OneDnnFloat32, KernelKind::AtenFloat32}, kernelKindName);
}

std::string processorName()
{
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);) {
        const std::size_t colon = line.find(": ");
        if (line.starts_with("model name") && colon != std::string::npos)
            return line.substr(colon + 2);
    }
    return "x86-64";
}

/// The whole file as an object; empty if it is missing or anything else.
nlohmann::json storedChoices(const std::filesystem::path &file)
{
    try {
        nlohmann::json stored = nlohmann::json::parse(readFile(file, longestFile));
        if (stored.is_object())
            return stored;
    } catch (const Error &) {
    } catch (const nlohmann::json::exception &) {
    }
    return nlohmann::json::object();
}

/// Empty if nothing is stored that can be read.
std::string storedText(const nlohmann::json &stored, const std::string &machine)
{
    const auto found = stored.find(machine);
    if (found == stored.end() || !found->is_string())
        return {};
    auto text = found->get<std::string>();
    try {
        parseKernelChoice(text);
    } catch (const Error &) {
        return {};
    }
    return text;
}

/// Whether `text`, which can be read, leaves no part to the defaults.
bool namesEveryPart(std::string_view text)
{
    constexpr KernelChoice others{KernelKind::AtenFloat32, KernelKind::AtenFloat32,
                                  AttentionKind::Aten,     LowPrecision::Float32,
                                  LowPrecision::Float32,   TrainingPrecision::BFloat16,
                                  BFloat16Gemm::Tiles};
    return parseKernelChoice(text) == parseKernelChoice(text, others);
}

KernelChoice resolve()
{
    if (const char *given = std::getenv("PARE_KERNELS"); given && *given)
        return parseKernelChoice(given);
    std::filesystem::path file;
    try {
        file = cacheFolder() / "kernels.json";
    } catch (const Error &) {
        return measuredKernelChoice();
    }
    return rememberedKernelChoice(file, kernelMachine(), measuredKernelChoice);
}

} // namespace

std::string_view kernelKindName(KernelKind kind)
{
    switch (kind) {
    case KernelKind::OneDnnFloat32:
        return "onednn";
    case KernelKind::AtenFloat32:
        return "aten";
    }
    return {};
}

std::string_view attentionKindName(AttentionKind kind)
{
    switch (kind) {
    case AttentionKind::Tiled:
        return "tiled";
    case AttentionKind::Aten:
        return "aten";
    }
    return {};
}

std::string_view lowPrecisionName(LowPrecision kind)
{
    switch (kind) {
    case LowPrecision::OneDnn:
        return "onednn";
    case LowPrecision::Float32:
        return "float32";
    }
    return {};
}

std::string_view trainingPrecisionName(TrainingPrecision precision)
{
    switch (precision) {
    case TrainingPrecision::Float32:
        return "float32";
    case TrainingPrecision::BFloat16:
        return "bfloat16";
    }
    return {};
}

std::string_view bfloat16GemmName(BFloat16Gemm kind)
{
    switch (kind) {
    case BFloat16Gemm::OneDnn:
        return "onednn";
    case BFloat16Gemm::Tiles:
        return "tiles";
    }
    return {};
}

std::string gemmName(KernelKind kind)
{
    return kind == KernelKind::OneDnnFloat32 ? "float32 oneDNN (sgemm)"
                                             : "float32 LibTorch (addmm)";
}

std::string attentionName(AttentionKind kind)
{
    if (kind == AttentionKind::Aten)
        return "float32 LibTorch (matmul)";
    return fmt::format("float32 Pare ({})", vectorCode().name);
}

std::string kernelChoiceText(const KernelChoice &choice)
{
    return fmt::format("linear={},gemm={},attention={},bfloat16={},int8={},training={},"
                       "bfloat16gemm={}",
                       kernelKindName(choice.linear), kernelKindName(choice.gemm),
                       attentionKindName(choice.attention), lowPrecisionName(choice.bfloat16),
                       lowPrecisionName(choice.int8), trainingPrecisionName(choice.training),
                       bfloat16GemmName(choice.bfloat16Gemm));
}

KernelChoice parseKernelChoice(std::string_view text, const KernelChoice &others)
{
    KernelChoice choice = others;
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t comma = rest.find(',');
        const std::string_view part = rest.substr(0, comma);
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
        if (!apply(part, choice))
            throw Error(ErrorKind::InvalidSetting, messages::unknownKernel, text, part);
    }
    return choice;
}

KernelChoice rememberedKernelChoice(const std::filesystem::path &file, const std::string &machine,
                                    const std::function<KernelChoice()> &measure)
{
    nlohmann::json stored = storedChoices(file);
    const std::string text = storedText(stored, machine);
    if (!text.empty() && namesEveryPart(text))
        return parseKernelChoice(text);
    const KernelChoice choice = parseKernelChoice(text, measure());
    if (stored.size() >= mostMachines)
        stored.clear();
    try {
        stored[machine] = kernelChoiceText(choice);
        writeFile(file, stored.dump(2) + '\n');
    } catch (const Error &) {
        // Measured again next time: slower, not wrong.
    } catch (const nlohmann::json::exception &) {
    }
    return choice;
}

KernelChoice kernelChoice()
{
    Resolved &state = resolved();
    const std::lock_guard lock(state.mutex);
    if (state.forced)
        return *state.forced;
    const int threads = kernelThreads();
    const auto found = state.byThreads.find(threads);
    if (found != state.byThreads.end())
        return found->second;
    return state.byThreads.emplace(threads, resolve()).first->second;
}

void setKernelChoice(const KernelChoice &choice)
{
    Resolved &state = resolved();
    const std::lock_guard lock(state.mutex);
    state.forced = choice;
}

std::string kernelMachine()
{
    return fmt::format("{} {}; {} threads; oneDNN {}; LibTorch {}", processorName(),
                       oneDnnInstructionSet(), kernelThreads(), oneDnnVersion(), TORCH_VERSION);
}

void setKernelThreads(int threads)
{
    omp_set_num_threads(threads);
}

int kernelThreads()
{
    return omp_get_max_threads();
}

} // namespace pare
