#include "app/cli/checks.h"
#include "app/cli/commands.h"
#include "app/cli/messages.h"
#include "core/base/numbers.h"
#include "core/model/technique.h"
#include "core/model/training.h"

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace pare {

namespace {

using Json = nlohmann::ordered_json;

std::vector<std::string> split(std::string_view alternatives)
{
    std::vector<std::string> parts;
    while (!alternatives.empty()) {
        const std::size_t bar = alternatives.find('|');
        parts.emplace_back(alternatives.substr(0, bar));
        alternatives.remove_prefix(bar == std::string_view::npos ? alternatives.size() : bar + 1);
    }
    return parts;
}

std::vector<std::string_view> roleNames(const TechniqueInfo &info)
{
    std::vector<std::string_view> names;
    for (const LayerRole role : info.roles)
        names.push_back(nameOf(role));
    return names;
}

bool isNumber(const SettingInfo &setting)
{
    return setting.kind == SettingKind::Integer || setting.kind == SettingKind::Real;
}

const char *nameOf(SettingKind kind)
{
    switch (kind) {
    case SettingKind::Integer:
        return "integer";
    case SettingKind::Real:
        return "real";
    case SettingKind::Choice:
        return "choice";
    case SettingKind::Pattern:
        return "pattern";
    case SettingKind::Block:
        return "block";
    case SettingKind::Text:
        return "text";
    }
    return "";
}

/// Numbers as numbers, what is not there as null.
Json valueJson(const SettingInfo &setting, std::string_view text)
{
    if (text.empty())
        return {};
    if (setting.kind == SettingKind::Integer)
        return parseInteger(text).value();
    if (setting.kind == SettingKind::Real)
        return parseReal(text).value();
    return text;
}

Json settingJson(const SettingInfo &setting)
{
    const auto limit = [&](double value) {
        if (!isNumber(setting))
            return Json();
        return setting.kind == SettingKind::Integer ? Json(static_cast<std::int64_t>(value))
                                                    : Json(value);
    };
    return {{"name", setting.name},
            {"kind", nameOf(setting.kind)},
            {"minimum", limit(setting.minimum)},
            {"maximum", limit(setting.maximum)},
            {"unit", setting.unit.empty() ? Json() : Json(setting.unit)},
            {"choices", split(setting.choices)},
            {"default", valueJson(setting, setting.defaultValue)},
            {"excludes", split(setting.excludes)},
            {"requires", setting.requires_.empty() ? Json() : Json(setting.requires_)},
            {"help", message(setting.help).text()}};
}

Json techniqueJson(const TechniqueInfo &info)
{
    Json json{{"id", info.id},
              {"family", nameOf(info.family)},
              {"title", message(info.title).text()},
              {"summary", message(info.summary).text()},
              {"reference", info.reference},
              {"needs", nameOf(info.need)},
              {"needsWhen", Json::array()},
              {"roles", roleNames(info)},
              {"elsewhere", message(info.elsewhere).text()},
              {"defaultSelection", info.defaultSelection},
              {"settings", Json::array()}};
    for (const NeedRule &rule : info.needRules)
        json["needsWhen"].push_back({{"when", rule.when}, {"needs", nameOf(rule.need)}});
    for (const SettingInfo &setting : info.settings)
        json["settings"].push_back(settingJson(setting));
    return json;
}

std::string nameForPeople(Need need)
{
    switch (need) {
    case Need::Nothing:
        return message(messages::needsNothing).text();
    case Need::Inputs:
        return message(messages::needsInputs).text();
    case Need::Gradients:
        return message(messages::needsGradients).text();
    case Need::Training:
        return message(messages::needsTraining).text();
    }
    return {};
}

/// "calibration data; with importance=gradient labelled calibration data"
std::string needText(const TechniqueInfo &info)
{
    std::string text = nameForPeople(info.need);
    for (const NeedRule &rule : info.needRules)
        text += "; " + message(messages::needsWith, rule.when, nameForPeople(rule.need)).text();
    return text;
}

/// "bits=2…8 bits", "pattern=N:M", "scope=matrix|row"
std::string usageOf(const SettingInfo &setting)
{
    const std::string name(setting.name);
    switch (setting.kind) {
    case SettingKind::Integer:
    case SettingKind::Real:
        return fmt::format("{}={}…{}{}", name, formatReal(setting.minimum),
                           formatReal(setting.maximum),
                           isOneOf("|share", setting.unit) ? "" : " " + std::string(setting.unit));
    case SettingKind::Choice:
        return name + "=" + std::string(setting.choices);
    case SettingKind::Pattern:
        return name + "=N:M";
    case SettingKind::Block:
        return name + "=RxC";
    case SettingKind::Text:
        return name + "=TEXT";
    }
    return name;
}

void printSetting(const SettingInfo &setting)
{
    std::vector<std::string> remarks;
    if (!setting.defaultValue.empty())
        remarks.push_back(message(messages::settingDefault, setting.defaultValue).text());
    if (!setting.requires_.empty())
        remarks.push_back(message(messages::settingRequires, setting.requires_).text());
    if (!setting.excludes.empty())
        remarks.push_back(message(messages::settingExcludes,
                                  fmt::format("{}", fmt::join(split(setting.excludes), ", ")))
                              .text());
    const std::string remark =
        remarks.empty() ? "" : fmt::format(" ({})", fmt::join(remarks, "; "));
    fmt::print("  {}{}\n      {}\n", usageOf(setting), remark, message(setting.help).text());
}

void printTechnique(const TechniqueInfo &info)
{
    fmt::print("{}: {}\n\n{}\n\n", info.id, message(info.title).text(),
               message(info.summary).text());
    const auto row = [](const char *name, std::string_view text) {
        fmt::print("{:<12} {}\n", message(name).text(), text);
    };
    row(messages::techniqueFamily, message(titleOf(info.family)).text());
    row(messages::techniquePaper, info.reference);
    if (info.family != Family::Training) {
        row(messages::techniqueNeeds, needText(info));
        row(messages::techniqueActsOn, fmt::format("{}", fmt::join(roleNames(info), ", ")));
        row("", message(info.elsewhere).text());
        row(messages::techniqueWithoutSelection, info.defaultSelection);
    }
    fmt::print("\n{}\n", message(info.settings.empty() ? messages::techniqueNoSettings
                                                       : messages::techniqueSettings)
                             .text());
    for (const SettingInfo &setting : info.settings)
        printSetting(setting);
}

void printTable()
{
    std::size_t width = 0;
    std::size_t titleWidth = 0;
    for (const TechniqueInfo &info : techniqueTable()) {
        width = std::max(width, info.id.size());
        titleWidth = std::max(titleWidth, message(info.title).text().size());
    }
    for (const Family family : {Family::Structure, Family::Sharing, Family::LowRank,
                                Family::Pruning, Family::Quantization}) {
        bool first = true;
        for (const TechniqueInfo &info : techniqueTable()) {
            if (info.family != family)
                continue;
            if (first)
                fmt::print("{}\n", message(titleOf(family)).text());
            first = false;
            const bool free = info.need == Need::Nothing && info.needRules.empty();
            const std::string need =
                free ? "" : message(messages::needsMore, needText(info)).text();
            const std::string line = fmt::format("  {:<{}}  {:<{}}  {}", info.id, width,
                                                 message(info.title).text(), titleWidth, need);
            fmt::print("{}\n", line.substr(0, line.find_last_not_of(' ') + 1));
        }
        if (!first)
            fmt::print("\n");
    }
    const auto way = [&](const TechniqueInfo &info) {
        fmt::print("  {:<{}}  {}\n", info.id, width, message(info.title).text());
    };
    fmt::print("{}\n", message(titleOf(Family::Training)).text());
    way(recoverInfo());
    fmt::print("\n{}\n", message(messages::techniqueDistillation).text());
    for (const TechniqueInfo &info : distillationTable())
        way(info);
    fmt::print("\n{}\n", message(messages::techniqueMore).text());
}

/// A technique, "recover", or a way to distil.
const TechniqueInfo &infoOf(const std::string &id)
{
    if (id == recoverInfo().id)
        return recoverInfo();
    const auto way = std::ranges::find(distillationTable(), id, &TechniqueInfo::id);
    return way == distillationTable().end() ? techniqueInfo(id) : *way;
}

void printJson(const std::string &id)
{
    Json json{{"schema", 1}};
    if (!id.empty()) {
        json.update(techniqueJson(infoOf(id)));
    } else {
        json["techniques"] = Json::array();
        for (const TechniqueInfo &info : techniqueTable())
            json["techniques"].push_back(techniqueJson(info));
        json["training"] = {techniqueJson(recoverInfo())};
        json["distillation"] = Json::array();
        for (const TechniqueInfo &info : distillationTable())
            json["distillation"].push_back(techniqueJson(info));
    }
    fmt::print("{}\n", json.dump(2));
}

} // namespace

void addTechniques(CLI::App &app)
{
    struct Options
    {
        std::string id;
        bool json = false;
    };
    CLI::App *command =
        app.add_subcommand("techniques", "List the techniques, or one with all its settings");
    const auto options = std::make_shared<Options>();
    command->add_option("ID", options->id, "A technique, as in quantize.affine")
        ->check(parsedBy(&infoOf));
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] {
        if (options->json)
            printJson(options->id);
        else if (options->id.empty())
            printTable();
        else
            printTechnique(infoOf(options->id));
    });
}

} // namespace pare
