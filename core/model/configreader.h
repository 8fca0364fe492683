// Typed values out of one object of a config.json, each checked as it is read.
//
// Remembers which keys were asked for, so that the others can be told. Lives as long as the object
// and the origin it was made with. Inner to core/model.
#pragma once

#include "core/base/message.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pare {

class ConfigReader
{
public:
    using Json = nlohmann::ordered_json;

    /// `origin` opens the messages.
    ConfigReader(const Json &object, const std::string &origin)
        : m_object(object)
        , m_origin(origin)
    {}

    const std::string &origin() const { return m_origin; }

    /// Null where the key is absent or null.
    const Json *find(const char *key);

    // Each throws InvalidFile for a value that is none of its kind.
    int integer(const char *key, int low, int high, std::optional<int> fallback = {});
    double real(const char *key, double low, double high, double fallback);
    std::string text(const char *key, const std::string &fallback);
    bool flag(const char *key, bool fallback);
    /// A list of `count` numbers; empty where the key is absent.
    std::vector<int> integers(const char *key, int count, int low, int high);

    /// Throws Unsupported unless the key is absent or holds `only`.
    void require(const char *key, const Json &only);

    /// One warning for each key that nobody asked for and that is not known to be harmless.
    std::vector<Message> unknownKeys() const;
    /// Throws Unsupported for the first key that nobody asked for.
    void refuseUnknownKeys() const;

private:
    bool isKnown(const std::string &key) const;

    const Json &m_object;
    const std::string &m_origin;
    std::vector<std::string> m_known;
};

/// A number without a fraction, whatever its size in JSON; nothing for anything else or for one that
/// no int64 holds.
std::optional<std::int64_t> wholeNumber(const nlohmann::ordered_json &value);

} // namespace pare
