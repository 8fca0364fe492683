#include "core/experiment/modelcard.h"

#include "core/base/numbers.h"
#include "core/base/utf8.h"
#include "core/model/names.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace pare {

namespace {

std::string percent(const Interval &interval)
{
    return fmt::format("{:.1f} % ({:.1f} … {:.1f})", 100 * interval.value, 100 * interval.low,
                       100 * interval.high);
}

std::string fileName(const std::string &path)
{
    return std::filesystem::path(path).filename().string();
}

std::string nameOfModel(const ExportRecord &record)
{
    return fileName(record.model);
}

std::string header(const ExportRecord &record)
{
    const char *library = record.format == ExportFormat::Dense ? "transformers" : "pare";
    return fmt::format("---\nlibrary_name: {}\npipeline_tag: text-classification\n"
                       "base_model: {}\ntags:\n- compression\n- pare\n---\n\n",
                       library, nameOfModel(record));
}

std::string howToOpen(const ExportRecord &record)
{
    switch (record.format) {
    case ExportFormat::Packed:
        return "Opens in Pare (`pare inspect .`, `pare run . --data TEST.tsv`). "
               "`model.safetensors` "
               "holds each weight as it was measured; its metadata `pare` says how it is packed.\n";
    case ExportFormat::Dense:
        return "Opens in Hugging Face transformers and in Pare. The values are those that were "
               "measured, each unpacked to a whole number of bytes, so that the file is larger "
               "than "
               "the packed one.\n";
    case ExportFormat::TorchScript:
        return "`torch.jit.load(\"model.pt\")` in PyTorch or LibTorch; `forward(input_ids, "
               "attention_mask)` gives the logits, [n, labels]. The tokenizer's files lie beside "
               "it.\n";
    case ExportFormat::Gguf:
        return "Opens in what reads GGUF files of the architecture `bert`. The tokenizer is within "
               "the file.\n";
    }
    return {};
}

/// What makes figures less than they look.
std::string notesOf(const Run &run)
{
    std::string text;
    for (const std::string &note : run.notes)
        text += "\nNote: " + note + ".\n";
    return text;
}

/// What is known without a run: the accuracy that reading it again found, where data with labels were
/// given.
std::string verifiedMeasurements(const ExportRecord &record)
{
    const auto accuracy = record.parity ? record.parity->accuracy : std::nullopt;
    std::string text =
        fmt::format("| | |\n|---|---|\n| size of `{}` | {} |\n| accuracy{} | {} |\n",
                    weightFileOf(record.format), formatBytes(record.bytes),
                    accuracy ? " (95 %)" : "", accuracy ? percent(*accuracy) : "not measured");
    if (accuracy)
        text +=
            fmt::format("\nMeasured on {} examples of `{}` with `{}` as it was written, seed {}; "
                        "the original was not measured beside it.\n",
                        accuracy->n, record.parity->data, weightFileOf(record.format), record.seed);
    return text;
}

std::string measurements(const ExportRecord &record)
{
    if (!record.run)
        return verifiedMeasurements(record);
    const Run &run = *record.run;
    std::string text = fmt::format(
        "| | original | this model |\n|---|---:|---:|\n| size as Pare packs it | {} | {} |\n",
        formatBytes(run.baseline.bytes), formatBytes(run.measured.bytes));
    if (record.format != ExportFormat::Packed)
        text += fmt::format("| size of `{}` | | {} |\n", weightFileOf(record.format),
                            formatBytes(record.bytes));
    for (const auto &[name, value] : run.measured.metrics) {
        const auto original = run.baseline.metrics.find(name);
        text += fmt::format("| {} (95 %) | {} | {} |\n", name,
                            original == run.baseline.metrics.end() ? std::string()
                                                                   : percent(original->second),
                            percent(value));
    }
    text += fmt::format("| ms an example (median) | {:.2f} | {:.2f} |\n",
                        run.baseline.latencyMs.median, run.measured.latencyMs.median);
    return text +
           fmt::format(
               "\nMeasured on {} examples of `{}` (hash `{}`), seed {}, {} thread{}, as the "
               "packed file; the answers of {} differ from the original's.\n",
               run.examples, fileName(run.dataPath), run.dataHash.substr(0, 16), run.seed,
               run.threads, run.threads == 1 ? "" : "s", answersChanged(run)) +
           notesOf(run);
}

/// How a student learnt; empty: it is none.
std::string teachingText(const ExportRecord &record)
{
    if (!record.run || !record.run->distillation)
        return {};
    const Distillation &taught = *record.run->distillation;
    const std::string student = taught.studentPath.empty()
                                    ? std::string("the result")
                                    : '`' + fileName(taught.studentPath) + '`';
    std::string text = fmt::format("1. `{}`: {} learnt from `{}`", taught.method.text(), student,
                                   nameOfModel(record));
    if (!taught.layerMap.empty())
        text += fmt::format(", layers `{}`", taught.layerMap);
    std::vector<std::string> sources;
    for (const std::string &path : {record.run->trainPath, taught.corpusPath}) {
        if (!path.empty())
            sources.push_back('`' + fileName(path) + '`');
    }
    if (!sources.empty())
        text += fmt::format(", on {}", fmt::join(sources, " and "));
    return text + ".\n";
}

/// Whether something in the file is codes, or made of several matrices.
bool isCompressed(const ExportRecord &record)
{
    return std::ranges::any_of(record.packing, [](const auto &packing) {
        constexpr std::array plain{"float32", "float16", "bfloat16", "F32", "F16", "BF16"};
        return !packing.second.starts_with("= ") &&
               std::ranges::find(plain, packing.second) == plain.end();
    });
}

std::string recipeText(const ExportRecord &record)
{
    std::string text;
    for (const EarlierExport &earlier : record.history) {
        std::vector<std::string> steps;
        for (const Step &step : earlier.recipe.allSteps())
            steps.push_back('`' + step.text() + '`');
        text += fmt::format("1. Before, to `{}`: {}\n", fileName(earlier.model),
                            fmt::join(steps, ", "));
    }
    for (const Step &step : record.recipe.steps)
        text += fmt::format("1. `{}`\n", step.text());
    if (record.recipe.training)
        text += fmt::format("1. `{}`\n", record.recipe.training->text());
    text += teachingText(record);
    if (!text.empty() && !record.recipe.name.empty())
        text = "The recipe `" + record.recipe.name + "`:\n\n" + text;
    if (!text.empty())
        return text;
    return isCompressed(record)
               ? "Nothing here: it had been compressed before, and no record says how.\n"
               : "Nothing: this is the model as it was.\n";
}

std::string verification(const ExportRecord &record)
{
    if (!record.parity)
        return "The file was not read again.\n";
    const Parity &parity = *record.parity;
    if (!parity.passed())
        return fmt::format("**Failed: {}. Do not use this file.**\n", parity.failure);
    std::string text = "Read again after it was written.";
    if (parity.tensors > 0)
        text += fmt::format(" {} layers hold the values they were written from.", parity.tensors);
    text += "\n";
    if (parity.examples == 0)
        return text;
    const std::string asked =
        parity.data.empty()
            ? fmt::format("{} made-up sequences of random tokens", parity.examples)
            : fmt::format("{} examples of `{}`", parity.examples, fileName(parity.data));
    if (parity.compared == Compared::HiddenStates)
        return text + fmt::format("Of {}, hidden states differ from those of the model that was "
                                  "exported by at most {:.2g}.\n",
                                  asked, parity.largestDifference);
    return text + fmt::format("Of {}, {} are answered in another way than by the model that was "
                              "exported; logits differ by at most {:.2g}.{}\n",
                              asked, parity.changedAnswers, parity.largestDifference,
                              parity.data.empty() ? " That is no accuracy." : "");
}

} // namespace

std::string modelCard(const ExportRecord &record, const std::vector<std::string> &labels)
{
    std::string card = header(record);
    const std::string recipe = record.run ? text(nameParts(*record.run)) : shortName(record.recipe);
    card += fmt::format("# {}{}{}\n\n", nameOfModel(record), recipe.empty() ? "" : ", ", recipe);
    if (!record.history.empty())
        card += "It had been compressed before; figures compare with what it was then, not with "
                "what that was made from.\n\n";
    card += measurements(record);
    card += "\n## What was done to it\n\n" + recipeText(record);
    for (const std::string &remark : record.remarks)
        card += "\nNote: " + remark + ".\n";
    card += "\n## How to open it\n\n" + howToOpen(record);
    if (!labels.empty())
        card += fmt::format("Labels, by index: {}.\n", fmt::join(labels, ", "));
    card += "\n## Checked\n\n" + verification(record);
    card += fmt::format("\nWeights `{}`; `pare.json` has the recipe, every figure, versions and "
                        "hashes.\n",
                        record.weightHash.substr(0, 16));
    return validUtf8(card);
}

} // namespace pare
