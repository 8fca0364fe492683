#include "core/experiment/exporting.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/folderlock.h"
#include "core/base/utf8.h"
#include "core/checkpoint/densemodel.h"
#include "core/checkpoint/exportedfiles.h"
#include "core/checkpoint/gguffile.h"
#include "core/checkpoint/ggufmodel.h"
#include "core/checkpoint/ggufreader.h"
#include "core/checkpoint/modelfolder.h"
#include "core/checkpoint/torchscript.h"
#include "core/experiment/exportcheck.h"
#include "core/experiment/messages.h"
#include "core/experiment/modelcard.h"
#include "core/experiment/runfields.h"
#include "core/experiment/weightinputs.h"
#include "core/model/architecture.h"
#include "core/text/datasource.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

#include <fmt/format.h>

namespace pare {

namespace {

namespace fs = std::filesystem;

/// One message for all layers to which the same happened.
std::vector<Message> inFewWords(const std::vector<GgufRemark> &remarks)
{
    std::vector<Message> words;
    std::set<std::tuple<std::string, std::optional<GgufType>, bool>> told;
    for (const GgufRemark &remark : remarks) {
        const auto sameHappened = [&](const GgufRemark &other) {
            return !other.layer.empty() && other.was == remark.was &&
                   other.became == remark.became && (other.error == 0) == (remark.error == 0);
        };
        const auto count = std::ranges::count_if(remarks, sameHappened);
        if (remark.layer.empty() || !remark.became || count < 2) {
            words.push_back(remark.message);
            continue;
        }
        if (!told.emplace(remark.was, remark.became, remark.error == 0).second)
            continue;
        std::int64_t before = 0, after = 0;
        double error = 0;
        for (const GgufRemark &other : remarks) {
            if (!sameHappened(other))
                continue;
            before += other.bytesBefore;
            after += other.bytesAfter;
            error = std::max(error, other.error);
        }
        const std::string_view type = traitsOf(*remark.became).name;
        words.push_back(error == 0 ? message(messages::exportGgufSame, remark.layer, count - 1,
                                             remark.was, type, before, after)
                                   : message(messages::exportGgufOther, remark.layer, count - 1,
                                             remark.was, type, before, after,
                                             fmt::format("{:.2g}", error)));
    }
    return words;
}

/// Before anything in the folder is touched: what is there may be an earlier export.
void refuseWhatHasNoPlace(const ExportSource &source, const ExportTarget &target)
{
    const fs::path file = target.folder / weightFileOf(target.format);
    if (target.format == ExportFormat::Gguf)
        checkGgufHolds(source.specification, file);
    if (target.format == ExportFormat::TorchScript)
        checkScriptComputes(source.specification, file);
    if (const auto reason = whyNotDense(source.specification);
        target.format == ExportFormat::Dense && reason)
        throw Error(ErrorKind::Unsupported, *reason);
}

/// Before weights are made that may take long.
void checkVerified(const fs::path &model, const ExportTarget &target)
{
    if (!target.verify.empty())
        checkExamples(openCheckpoint(model), openDataset(target.verify), target.verify);
}

/// The folder says in config.json what the file computes, so that it can be looked at.
std::vector<Message> writtenGguf(const ExportSource &source, const ExportTarget &target,
                                 const TokenizerSource &tokenizer)
{
    startModelFolder(target.folder);
    GgufOptions options;
    options.halves = target.dtype == DType::Float16;
    options.name = validUtf8(fs::path(source.record.model).filename().string());
    options.taken = [&source](const std::string &) { source.checkpoint->releasePages(); };
    const std::vector<GgufRemark> remarks = writeGguf(
        target.folder / "model.gguf", source.specification, source.weights, tokenizer, options);
    finishModelFolder(target.folder, configJson(source.specification), tokenizer);
    return inFewWords(remarks);
}

/// Returns what of the model the format could not keep.
std::vector<Message> written(const ExportSource &source, const ExportTarget &target,
                             Progress &progress)
{
    const TokenizerSource tokenizer(source.checkpoint->folder, source.tokens);
    const BetweenTensors between = [&] {
        progress.check();
        source.checkpoint->releasePages();
    };
    switch (target.format) {
    case ExportFormat::Packed:
        writeModel(target.folder, source.specification, source.weights, tokenizer,
                   source.otherHeads, between);
        return {};
    case ExportFormat::Dense:
        return writeDenseModel(target.folder, source.specification, source.weights, tokenizer,
                               target.dtype, between);
    case ExportFormat::TorchScript:
        startModelFolder(target.folder);
        writeTorchScript(target.folder / "model.pt", source.specification, source.weights,
                         {target.dtype, between});
        finishModelFolder(target.folder, configJson(source.specification), tokenizer);
        return {};
    case ExportFormat::Gguf:
        return writtenGguf(source, target, tokenizer);
    }
    return {};
}

/// How the file holds a layer; a GGUF file says so itself.
std::map<std::string, std::string> packingOf(const ExportSource &source, const ExportTarget &target)
{
    std::map<std::string, std::string> packing;
    if (target.format == ExportFormat::Gguf) {
        const GgufReader reader(target.folder / weightFileOf(target.format));
        for (const Layer &layer : describe(source.specification).layers) {
            if (const GgufTensor *tensor = reader.find(ggufName(layer) + ".weight"))
                packing[layer.name] = traitsOf(tensor->type).name;
        }
        return packing;
    }
    const bool isPacked = target.format == ExportFormat::Packed;
    const auto layers = described(source.specification, source.weights).layers;
    for (const Layer &layer : layers) {
        const auto *product = std::get_if<Product>(&source.weights.layers.at(layer.name).weight);
        const bool isTied = target.format != ExportFormat::Dense || layer.role == LayerRole::Head;
        std::string &text = packing[layer.name];
        if (!layer.sharedWith.empty() && isTied)
            text = "= " + layer.sharedWith;
        else if (isPacked)
            text = layer.storage.empty() ? std::string(nameOf(layer.dtype)) : layer.storage;
        else if (product && target.format == ExportFormat::TorchScript)
            text = fmt::format("rank {}, {}", product->left.shape().back(), nameOf(target.dtype));
        else
            text = nameOf(target.dtype);
    }
    return packing;
}

void writeRecord(const fs::path &folder, const ExportRecord &record,
                 const std::vector<std::string> &labels)
{
    writeFile(folder / "pare.json", toJson(record).dump(2) + "\n");
    writeFile(folder / "README.md", modelCard(record, labels));
}

} // namespace

KeptExport keptExport(const ExportRecord &record, const fs::path &folder, const std::string &run)
{
    KeptExport kept{run, timeNow(), absolutePath(folder / weightFileOf(record.format)), record};
    kept.record.run.reset();
    return kept;
}

ExportRecord checkedExport(const ExportSource &source, ExportRecord record,
                           const ExportTarget &target, Progress &progress)
{
    record.parity =
        exportParity(source, target, heldOutExamples(source, target, progress), progress);
    writeRecord(target.folder, record, source.specification.labels);
    markFinished(target.folder);
    if (target.checked)
        target.checked(record);
    if (!record.parity->passed())
        throw Error(ErrorKind::InvalidFile, messages::exportMismatch,
                    target.folder / weightFileOf(target.format), record.parity->failure);
    return record;
}

Exported exportModel(const ExportSource &source, const ExportTarget &target, Progress &progress)
{
    heldOutExamples(source, target, progress); // throws, or nothing is written
    refuseWhatHasNoPlace(source, target);
    const FolderLock lock(target.folder); // weights of one and names of another would fit nothing
    Exported exported{source.record, source.checkpoint->warnings, source.notes};
    ExportRecord &record = exported.record;
    record.format = target.format;
    record.dtype = target.dtype;
    markUnfinished(target.folder);
    const std::vector<Message> remarks = written(source, target, progress);
    exported.notes.insert(exported.notes.end(), remarks.begin(), remarks.end());
    for (const Message &remark : remarks)
        record.remarks.push_back(remark.text());
    const fs::path file = target.folder / weightFileOf(target.format);
    record.bytes = static_cast<std::int64_t>(fs::file_size(file));
    record.packing = packingOf(source, target);
    record.files = exportedFiles(target.folder, target.format);
    record = checkedExport(source, std::move(record), target, progress);
    return exported;
}

Exported exportModel(const ExperimentOptions &options, const Recipe &recipe,
                     const ExportTarget &target, Progress &progress)
{
    checkVerified(options.model, target);
    return exportModel(exportSource(options, recipe, target.folder, progress), target, progress);
}

Exported exportRun(const Run &run, const ExportTarget &target, Progress &progress,
                   const fs::path &trained)
{
    checkVerified(run.modelPath, target);
    return exportModel(exportSource(run, trained, target.folder, progress), target, progress);
}

} // namespace pare
