#include "app/report/csvwriter.h"

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace pare {

namespace {

using Json = nlohmann::ordered_json;
using Fields = std::vector<std::pair<std::string, std::string>>;

std::string joined(const std::string &prefix, const std::string &key)
{
    return prefix.empty() ? key : prefix + '.' + key;
}

std::string leafText(const Json &leaf)
{
    if (leaf.is_string())
        return leaf.get<std::string>();
    return leaf.is_null() ? std::string()
                          : leaf.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool isList(const Json &json)
{
    return json.is_array() && (json.empty() || !json.front().is_structured());
}

void flatten(const Json &json, const std::string &prefix, Fields &fields)
{
    if (isList(json)) {
        std::string list;
        for (const Json &item : json)
            list += (list.empty() ? "" : "; ") + leafText(item);
        fields.emplace_back(prefix, std::move(list));
    } else if (json.is_array()) {
        std::size_t number = 0;
        for (const Json &item : json) {
            const auto name = item.find("name"); // layers have one
            const std::string key = name != item.end() && name->is_string()
                                        ? name->get<std::string>()
                                        : std::to_string(number);
            flatten(item, joined(prefix, key), fields);
            ++number;
        }
    } else if (json.is_object()) {
        for (const auto &[key, value] : json.items())
            flatten(value, joined(prefix, key), fields);
    } else {
        fields.emplace_back(prefix, leafText(json));
    }
}

/// The fields of one run, those of its layers apart: they are the widest part and go last.
struct RunFields
{
    Fields run;
    Fields layers;
};

/// "gguf float32 out/model.gguf: passed", one after the other.
std::string exportsText(const ReportGroup &group, const Run &run)
{
    std::string text;
    for (const KeptExport &kept : group.exports) {
        if (!holds(kept, run))
            continue;
        const std::filesystem::path file(kept.file);
        const bool passed = kept.record.parity && kept.record.parity->passed();
        text += (text.empty() ? "" : "; ") + std::string(nameOf(kept.record.format)) + ' ' +
                std::string(nameOf(kept.record.dtype)) + ' ' +
                (file.parent_path().filename() / file.filename()).string() +
                (passed ? ": passed" : ": failed");
    }
    return text;
}

/// What is known of a run beside it: what a person said, and how it stands to the original.
void addJudgement(Fields &fields, const ReportGroup &group, std::size_t place)
{
    const RunFacts &facts = group.runs[place];
    const auto add = [&](const char *column, std::string text) {
        fields.emplace_back(column, std::move(text));
    };
    const auto number = [](double value) { return leafText(Json(value)); };
    std::string tags;
    for (const std::string &tag : facts.note.tags)
        tags += (tags.empty() ? "" : "; ") + tag;
    add("note", facts.note.text);
    add("tags", std::move(tags));
    add("chosen", place == group.chosen ? "true" : "false");
    add("onFront", group.onFront[place] ? "true" : "false");
    const bool compared = facts.answers && facts.answers->comparison;
    const Interval difference = compared ? facts.answers->comparison->difference : Interval();
    add("difference.value", compared ? number(difference.value) : std::string());
    add("difference.low", compared ? number(difference.low) : std::string());
    add("difference.high", compared ? number(difference.high) : std::string());
    add("verdict",
        compared ? std::string(nameOf(facts.answers->comparison->verdict)) : std::string());
    add("exports", exportsText(group, facts.run));
}

/// Recipes and steps as people write them rather than as documents.
RunFields fieldsOf(const ReportGroup &group, std::size_t place)
{
    const Run &run = group.runs[place].run;
    Json json = toJson(run);
    json["recipe"] = run.recipe.text();
    for (Json &layer : json["layers"])
        layer.erase("settings");
    RunFields fields;
    fields.run.emplace_back("name", shortName(run));
    addJudgement(fields.run, group, place);
    for (const auto &[key, value] : json.items()) {
        if (key != "layers")
            flatten(value, key, fields.run);
        else if (!value.empty())
            flatten(value, key, fields.layers);
    }
    return fields;
}

void appendField(std::string &line, const std::string &text)
{
    if (text.find_first_of("\",\r\n") == std::string::npos) {
        line += text;
        return;
    }
    line += '"';
    for (const char c : text)
        line += c == '"' ? std::string("\"\"") : std::string(1, c);
    line += '"';
}

template <class Texts>
void appendLine(std::string &table, const Texts &texts)
{
    bool first = true;
    for (const std::string &text : texts) {
        if (!first)
            table += ',';
        first = false;
        appendField(table, text);
    }
    table += "\r\n";
}

} // namespace

QByteArray csvOf(const ReportFacts &facts)
{
    std::vector<RunFields> rows;
    for (const ReportGroup &group : facts.groups) {
        for (std::size_t place = 0; place < group.runs.size(); ++place)
            rows.push_back(fieldsOf(group, place));
    }
    std::vector<std::string> columns;
    std::map<std::string, std::size_t> places;
    for (const auto part : {&RunFields::run, &RunFields::layers}) {
        for (const RunFields &row : rows) {
            for (const auto &[column, text] : row.*part) {
                if (places.try_emplace(column, columns.size()).second)
                    columns.push_back(column);
            }
        }
    }
    std::string table;
    appendLine(table, columns);
    for (const RunFields &row : rows) {
        std::vector<std::string> line(columns.size());
        for (const auto part : {&RunFields::run, &RunFields::layers}) {
            for (const auto &[column, text] : row.*part)
                line[places.at(column)] = text;
        }
        appendLine(table, line);
    }
    return QByteArray::fromStdString(table);
}

} // namespace pare
