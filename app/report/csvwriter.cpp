#include "app/report/csvwriter.h"

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

/// Recipes and steps as people write them rather than as documents.
RunFields fieldsOf(const Run &run)
{
    Json json = toJson(run);
    json["recipe"] = run.recipe.text();
    for (Json &layer : json["layers"])
        layer.erase("settings");
    RunFields fields;
    fields.run.emplace_back("name", shortName(run));
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

QByteArray csvOf(std::span<const Run> runs)
{
    std::vector<RunFields> rows;
    for (const Run &run : runs)
        rows.push_back(fieldsOf(run));
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
