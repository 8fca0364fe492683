// The members of one JSON object, read without building a tree: nesting costs a bit per bracket,
// not a node. Stateless; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pare {

enum class JsonKind { Text, Number, Boolean, Null, Array, Object };

struct JsonMember
{
    std::string key;
    JsonKind kind = JsonKind::Null;
    std::string value; ///< the text itself; a number, true, false, null as written; nothing for
                       ///< what is nested
};

/// For people: the value, text in quotes, or "an array", "an object".
std::string shownValue(const JsonMember &member);

constexpr std::size_t mostJsonMembers = 1000;

struct FlatObject
{
    enum class State { Read, NotJson, NotAnObject, TooManyMembers };

    State state = State::NotJson;
    std::vector<JsonMember> members; ///< as they stand, with repeated keys
    std::size_t errorByte = 0;       ///< where NotJson, from 1

    /// The first of that name, or null.
    const JsonMember *find(std::string_view key) const;
};

FlatObject parseFlatObject(std::string_view json);

} // namespace pare
