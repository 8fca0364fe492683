#include "core/model/exportrecord.h"

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/utf8.h"
#include "core/model/messages.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace pare {

namespace {

using Json = nlohmann::ordered_json;

struct FormatRow
{
    ExportFormat format;
    std::string_view name;
    std::string_view title;
    std::string_view file;
};

constexpr std::array formats{
    FormatRow{ExportFormat::Packed, "packed", "packed", "model.safetensors"},
    FormatRow{ExportFormat::Dense, "dense", "dense", "model.safetensors"},
    FormatRow{ExportFormat::TorchScript, "torchscript", "TorchScript", "model.pt"},
    FormatRow{ExportFormat::Gguf, "gguf", "GGUF", "model.gguf"},
};

const FormatRow &rowOf(ExportFormat format)
{
    return formats.at(static_cast<std::size_t>(format));
}

/// Every value of a key that ends in "Path" cut to its last part, at any depth.
void cutPaths(Json &document)
{
    for (auto &item : document.items()) {
        Json &value = item.value();
        const std::string &key = item.key();
        if (value.is_structured())
            cutPaths(value);
        else if (value.is_string() && (key.ends_with("Path") || key.ends_with("path")))
            value = std::filesystem::path(value.get<std::string>()).filename().string();
    }
}

std::string_view nameOf(Compared compared)
{
    return compared == Compared::Logits ? "logits" : "hidden states";
}

Json parityJson(const Parity &parity)
{
    Json json{{"passed", parity.passed()}, {"tensors", parity.tensors}};
    if (!parity.passed())
        json["failure"] = parity.failure;
    if (parity.examples > 0) {
        if (parity.data.empty())
            json["randomTokens"] = true;
        else
            json["data"] = validUtf8(parity.data);
        json["examples"] = parity.examples;
        json["compared"] = nameOf(parity.compared);
        json["largestDifference"] = parity.largestDifference;
        json["tolerance"] = parity.tolerance;
        if (parity.compared == Compared::Logits)
            json["changedAnswers"] = parity.changedAnswers;
    }
    if (parity.accuracy)
        json["accuracy"] = toJson(*parity.accuracy);
    return json;
}

Parity parityFrom(const Json &json)
{
    Parity parity;
    parity.tensors = json.at("tensors").get<std::int64_t>();
    parity.failure = json.value("failure", "");
    parity.data = json.value("data", "");
    parity.examples = json.value("examples", std::int64_t(0));
    parity.largestDifference = json.value("largestDifference", 0.0);
    parity.tolerance = json.value("tolerance", 0.0);
    parity.changedAnswers = json.value("changedAnswers", std::int64_t(0));
    if (json.value("compared", "") == nameOf(Compared::HiddenStates))
        parity.compared = Compared::HiddenStates;
    if (json.contains("accuracy"))
        parity.accuracy = intervalFromJson(json["accuracy"]);
    return parity;
}

ExportRecord recordFrom(const Json &json)
{
    const int schema = json.at("schema").get<int>();
    if (schema > ExportRecord::schema)
        throw Error(ErrorKind::Unsupported, messages::exportNewer, schema, ExportRecord::schema);
    ExportRecord record;
    record.format = exportFormatNamed(json.at("format").get<std::string>());
    record.dtype = json.at("dtype").get<std::string>() == nameOf(DType::Float16) ? DType::Float16
                                                                                 : DType::Float32;
    record.bytes = json.at("bytes").get<std::int64_t>();
    record.weightHash = json.at("weightHash").get<std::string>();
    record.model = json.at("model").get<std::string>();
    record.modelHash = json.at("modelHash").get<std::string>();
    record.seed = json.at("seed").get<std::uint64_t>();
    record.recipe = recipeFromJson(json.at("recipe").dump(), "pare.json");
    for (const Json &earlier : json.value("history", Json::array()))
        record.history.push_back({earlier.at("model").get<std::string>(),
                                  earlier.at("modelHash").get<std::string>(),
                                  recipeFromJson(earlier.at("recipe").dump(), "pare.json")});
    record.versions = json.at("versions").get<std::map<std::string, std::string>>();
    record.packing = json.at("packing").get<std::map<std::string, std::string>>();
    const Json files = json.value("files", Json::object());
    for (const auto &[name, file] : files.items())
        record.files[name] = {file.at("bytes").get<std::int64_t>(),
                              file.at("sha256").get<std::string>()};
    record.remarks = json.at("remarks").get<std::vector<std::string>>();
    if (json.contains("run"))
        record.run = runFromJson(json["run"]);
    if (json.contains("verification"))
        record.parity = parityFrom(json["verification"]);
    return record;
}

} // namespace

Message inWords(const Parity &parity)
{
    const std::string largest = fmt::format("{:.2g}", parity.largestDifference);
    const bool isMadeUp = parity.data.empty();
    if (parity.compared == Compared::HiddenStates)
        return message(isMadeUp ? messages::parityRandomHidden : messages::parityHidden,
                       parity.examples, largest);
    return message(isMadeUp ? messages::parityRandom : messages::parityAnswers,
                   parity.changedAnswers, parity.examples, largest);
}

std::string_view nameOf(ExportFormat format)
{
    return rowOf(format).name;
}

std::string_view titleOf(ExportFormat format)
{
    return rowOf(format).title;
}

std::string_view weightFileOf(ExportFormat format)
{
    return rowOf(format).file;
}

ExportFormat exportFormatNamed(std::string_view name)
{
    for (const FormatRow &row : formats) {
        if (row.name == name)
            return row.format;
    }
    throw Error(ErrorKind::InvalidSetting, messages::exportFormat, name);
}

std::vector<EarlierExport> historyOf(const ExportRecord &record)
{
    std::vector<EarlierExport> history = record.history;
    if (!record.recipe.steps.empty() || record.recipe.training)
        history.push_back({record.model, record.modelHash, record.recipe});
    return history;
}

std::vector<KeptExport> lastOfEachFile(const std::vector<KeptExport> &exports)
{
    std::vector<KeptExport> last;
    for (auto kept = exports.begin(); kept != exports.end(); ++kept) {
        const bool isReplaced = std::any_of(kept + 1, exports.end(), [&](const KeptExport &later) {
            return later.file == kept->file;
        });
        if (!isReplaced)
            last.push_back(*kept);
    }
    return last;
}

std::string placeOf(const KeptExport &kept)
{
    const std::filesystem::path file(kept.file);
    return (file.parent_path().filename() / file.filename()).string();
}

bool holds(const KeptExport &kept, const Run &run)
{
    if (!kept.run.empty())
        return kept.run == run.id;
    return !run.weightHash.empty() && kept.record.weightHash == run.weightHash &&
           kept.record.modelHash == run.modelHash;
}

Json toJson(const ExportRecord &record)
{
    Json json{{"schema", ExportRecord::schema},
              {"format", nameOf(record.format)},
              {"dtype", nameOf(record.dtype)},
              {"file", weightFileOf(record.format)},
              {"bytes", record.bytes},
              {"weightHash", record.weightHash},
              {"model", validUtf8(std::filesystem::path(record.model).filename().string())},
              {"modelHash", record.modelHash},
              {"seed", record.seed},
              {"recipe", toJson(record.recipe)},
              {"packing", record.packing},
              {"files", Json::object()},
              {"remarks", record.remarks},
              {"versions", record.versions}};
    for (const auto &[name, file] : record.files)
        json["files"][name] = {{"bytes", file.bytes}, {"sha256", file.sha256}};
    for (const EarlierExport &earlier : record.history)
        json["history"].push_back({{"model", validUtf8(earlier.model)},
                                   {"modelHash", earlier.modelHash},
                                   {"recipe", toJson(earlier.recipe)}});
    if (record.run) {
        json["run"] = toJson(*record.run);
        cutPaths(json["run"]);
    }
    if (record.parity)
        json["verification"] = parityJson(*record.parity);
    return json;
}

ExportRecord exportRecordFromJson(const Json &document)
{
    try {
        return recordFrom(document);
    } catch (const nlohmann::json::exception &error) {
        throw Error(ErrorKind::InvalidFile, messages::exportJson, reasonOf(error));
    }
}

} // namespace pare
