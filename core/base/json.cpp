#include "core/base/json.h"

#include "core/base/error.h"
#include "core/base/messages.h"

#include <algorithm>
#include <nlohmann/json.hpp>

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
        std::string_view what = error.what(); // "[json.exception.parse_error.101] parse error at …"
        what.remove_prefix(std::min(what.size(), what.find("] ") + 2));
        throw Error(ErrorKind::InvalidFile, messages::jsonInvalid, what);
    }
}

} // namespace pare
