#include "core/base/json.h"

#include "core/base/error.h"
#include "core/base/jsonproblem.h"
#include "core/base/messages.h"

#include <algorithm>
#include <set>
#include <vector>

namespace pare {

namespace {

constexpr int deepest = 100;

using Json = nlohmann::ordered_json;

/// The keys of the objects that are being read, the innermost last.
class OpenObjects
{
public:
    void see(Json::parse_event_t event, const Json &value)
    {
        if (event == Json::parse_event_t::object_start)
            m_keys.emplace_back();
        else if (event == Json::parse_event_t::object_end)
            m_keys.pop_back();
        else if (event == Json::parse_event_t::key &&
                 !m_keys.back().insert(value.get<std::string>()).second)
            throw Error(ErrorKind::InvalidFile, messages::jsonKeyTwice, value.get<std::string>());
    }

private:
    std::vector<std::set<std::string>> m_keys;
};

} // namespace

nlohmann::ordered_json parsedJson(std::string_view text, RepeatedKeys repeated)
{
    OpenObjects objects;
    const auto checkDepth = [&](int depth, Json::parse_event_t event, const Json &value) {
        if (depth > deepest)
            throw Error(ErrorKind::InvalidFile, messages::jsonTooDeep, deepest);
        if (repeated == RepeatedKeys::Refused)
            objects.see(event, value);
        return true;
    };
    try {
        return Json::parse(text, checkDepth);
    } catch (const nlohmann::json::exception &error) {
        const std::optional<Message> problem = jsonProblem(text, error);
        throw Error(ErrorKind::InvalidFile,
                    problem ? *problem : message(messages::jsonInvalid, reasonOf(error)));
    }
}

std::string reasonOf(const nlohmann::json::exception &error)
{
    std::string_view what = error.what(); // "[json.exception.parse_error.101] parse error at …"
    what.remove_prefix(std::min(what.size(), what.find("] ") + 2));
    // It quotes what it read, whatever that was.
    constexpr auto replacing = nlohmann::json::error_handler_t::replace;
    return nlohmann::json::parse(nlohmann::json(what).dump(-1, ' ', false, replacing))
        .get<std::string>();
}

} // namespace pare
