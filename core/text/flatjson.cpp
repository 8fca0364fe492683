#include "core/text/flatjson.h"

#include "core/base/numbers.h"
#include "core/text/lines.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace pare {

namespace {

using Json = nlohmann::json;

class ObjectParser : public nlohmann::json_sax<Json>
{
public:
    FlatObject take() { return std::move(m_object); }

    bool null() override { return value(JsonKind::Null, "null"); }
    bool boolean(bool given) override { return value(JsonKind::Boolean, given ? "true" : "false"); }
    bool number_integer(std::int64_t given) override
    {
        return value(JsonKind::Number, fmt::to_string(given));
    }
    bool number_unsigned(std::uint64_t given) override
    {
        return value(JsonKind::Number, fmt::to_string(given));
    }
    // As the library hands it over, the text of a number follows the locale; its value does not.
    bool number_float(double given, const std::string &) override
    {
        return value(JsonKind::Number, formatReal(given));
    }
    bool string(std::string &given) override { return value(JsonKind::Text, std::move(given)); }
    bool binary(Json::binary_t &) override { return false; }
    bool start_object(std::size_t) override
    {
        if (m_depth == 0)
            m_object.state = FlatObject::State::Read;
        return open(JsonKind::Object);
    }
    bool start_array(std::size_t) override { return open(JsonKind::Array); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(std::string &name) override
    {
        if (m_depth != 1)
            return true;
        if (m_object.members.size() == mostJsonMembers) {
            m_object.state = FlatObject::State::TooManyMembers;
            return false;
        }
        m_object.members.push_back({std::move(name), JsonKind::Null, {}});
        return true;
    }
    bool parse_error(std::size_t position, const std::string &, const Json::exception &) override
    {
        m_object.state = FlatObject::State::NotJson;
        m_object.errorByte = position;
        return false;
    }

private:
    bool value(JsonKind kind, std::string text)
    {
        if (m_depth == 0)
            m_object.state = FlatObject::State::NotAnObject;
        else if (m_depth == 1 && m_object.state == FlatObject::State::Read) {
            m_object.members.back().kind = kind;
            m_object.members.back().value = std::move(text);
        }
        return true;
    }
    bool open(JsonKind kind)
    {
        if (m_depth > 0 || kind == JsonKind::Array)
            value(kind, {});
        ++m_depth;
        return true;
    }
    bool close()
    {
        --m_depth;
        return true;
    }

    FlatObject m_object;
    std::size_t m_depth = 0;
};

} // namespace

std::string shownValue(const JsonMember &member)
{
    switch (member.kind) {
    case JsonKind::Text:
        return '"' + shownText(member.value) + '"';
    case JsonKind::Array:
        return "an array";
    case JsonKind::Object:
        return "an object";
    case JsonKind::Number:
    case JsonKind::Boolean:
    case JsonKind::Null:
        break;
    }
    return member.value;
}

const JsonMember *FlatObject::find(std::string_view key) const
{
    const auto found = std::ranges::find(members, key, &JsonMember::key);
    return found == members.end() ? nullptr : &*found;
}

FlatObject parseFlatObject(std::string_view json)
{
    ObjectParser parser;
    Json::sax_parse(json.begin(), json.end(), &parser);
    return parser.take();
}

} // namespace pare
