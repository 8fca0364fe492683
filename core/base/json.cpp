#include "core/base/json.h"

#include "core/base/error.h"
#include "core/base/messages.h"

#include <algorithm>

namespace pare {

namespace {

constexpr int deepest = 100;

} // namespace

nlohmann::ordered_json parsedJson(std::string_view text)
{
    using Json = nlohmann::ordered_json;
    const auto checkDepth = [](int depth, Json::parse_event_t, const Json &) {
        if (depth > deepest)
            throw Error(ErrorKind::InvalidFile, messages::jsonTooDeep, deepest);
        return true;
    };
    try {
        return Json::parse(text, checkDepth);
    } catch (const nlohmann::json::exception &error) {
        throw Error(ErrorKind::InvalidFile, messages::jsonInvalid, reasonOf(error));
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
