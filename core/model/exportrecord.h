// What `pare.json` beside an exported model says: how it was written, what it was made from, what was
// measured of it, and whether it was read again and found the same.
#pragma once

#include "core/base/message.h"
#include "core/model/dtype.h"
#include "core/model/recipe.h"
#include "core/model/run.h"

#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pare {

enum class ExportFormat {
    Packed,      ///< model.safetensors as it was measured: what Pare reads
    Dense,       ///< the same values unpacked, in Hugging Face's layout
    TorchScript, ///< model.pt, which LibTorch and PyTorch run alone
    Gguf,        ///< model.gguf, for what it can hold
};

std::string_view nameOf(ExportFormat format);
/// As people write it: "TorchScript"; the same in every language.
std::string_view titleOf(ExportFormat format);
/// Throws InvalidSetting naming those there are.
ExportFormat exportFormatNamed(std::string_view name);
/// The file within the folder that holds the weights.
std::string_view weightFileOf(ExportFormat format);

/// What answers are taken from: hidden states of models that have no logits.
enum class Compared { Logits, HiddenStates };

/// What reading an exported file again found.
struct Parity
{
    std::int64_t tensors = 0;  ///< layers compared with what they were written from
    std::int64_t examples = 0; ///< answered by both; 0: it did not come to that
    Compared compared = Compared::Logits;
    double largestDifference = 0;    ///< of one of those, from what was measured
    std::int64_t changedAnswers = 0; ///< of `examples`; none where hidden states were compared
    double tolerance = 0;            ///< how far they may be from what the file's own numbers say
    std::string failure = {};        ///< in words; empty: the file is what it should be
    std::string data = {};           ///< what the examples were taken from; empty: random tokens
    std::optional<Interval> accuracy = {}; ///< of the file's answers, where `data` has labels

    bool passed() const { return failure.empty(); }
    bool operator==(const Parity &) const = default;
};

/// "0 of 60 answers changed, logits differ by at most 1e-06": of one with examples.
Message inWords(const Parity &parity);

/// What had been done to a model before it was exported again.
struct EarlierExport
{
    std::string model; ///< the folder it was made from, its name alone
    std::string modelHash;
    Recipe recipe; ///< checked

    bool operator==(const EarlierExport &) const = default;
};

/// A file of the folder as it was when it had been written.
struct ExportedFile
{
    std::int64_t bytes = 0;
    std::string sha256; ///< 64 hexadecimal digits

    bool operator==(const ExportedFile &) const = default;
};

struct ExportRecord
{
    static constexpr int schema = 2; ///< 1 had no files, and no packing but of packed ones

    ExportFormat format = ExportFormat::Packed;
    DType dtype = DType::Float32; ///< of what is written dense
    std::int64_t bytes = 0;       ///< of the file that holds the weights
    std::string weightHash;       ///< of the weights that were written, as runs name them
    std::string model;            ///< the folder it was made from, its name alone
    std::string modelHash;
    std::uint64_t seed = 0;
    Recipe recipe; ///< checked
    std::vector<EarlierExport> history =
        {}; ///< of `model`, the oldest first; empty: nothing that is known
    std::map<std::string, std::string> versions;
    std::map<std::string, std::string>
        packing; ///< by layer: "4 bits, groups of 64", "float32", "Q8_0"
    std::map<std::string, ExportedFile> files =
        {}; ///< weights, configuration and tokenizer, by name; empty: not known
    std::vector<std::string> remarks;  ///< what of the model the format could not keep
    std::optional<Run> run = {};       ///< what was measured; nothing where it was not
    std::optional<Parity> parity = {}; ///< nothing where it was not read again

    bool operator==(const ExportRecord &) const = default;
};

/// A file that was written, as a project remembers it.
struct KeptExport
{
    std::string run;     ///< id of the one whose weights it holds; empty: they were not measured
    std::string time;    ///< UTC, ISO 8601
    std::string file;    ///< where the weights were written
    ExportRecord record; ///< without its run

    bool operator==(const KeptExport &) const = default;
};

/// The file with its folder alone: "out/model.gguf".
std::string placeOf(const KeptExport &kept);
/// The last of those that were written to one place, in the order in which they were written.
std::vector<KeptExport> lastOfEachFile(const std::vector<KeptExport> &exports);
/// Whether it holds what `run` measured: written from it, or from the same weights before those were
/// measured.
bool holds(const KeptExport &kept, const Run &run);

/// Its history, and its own recipe where that does anything: the history of what is made of it.
std::vector<EarlierExport> historyOf(const ExportRecord &record);

/// Paths of a run are cut to their last part: a published folder says nothing of somebody's disk.
nlohmann::ordered_json toJson(const ExportRecord &record);
/// Throws InvalidFile; Unsupported for a newer schema.
ExportRecord exportRecordFromJson(const nlohmann::ordered_json &document);

} // namespace pare
