// Values of a packing's description, checked; only for the .cpp files of this folder.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace pare {

struct IntegerRange
{
    std::int64_t minimum;
    std::int64_t maximum;
};

/// Each throws InvalidFile, opened by `origin`, where the key is missing or holds something else.
const nlohmann::ordered_json &objectAt(const nlohmann::ordered_json &json, const char *key,
                                       const std::string &origin);
std::string textAt(const nlohmann::ordered_json &json, const char *key, const std::string &origin);
bool boolAt(const nlohmann::ordered_json &json, const char *key, const std::string &origin);
std::int64_t integerAt(const nlohmann::ordered_json &json, const char *key, IntegerRange range,
                       const std::string &origin);
/// One or two sizes whose product can be counted.
std::vector<std::int64_t> shapeAt(const nlohmann::ordered_json &json, const char *key,
                                  const std::string &origin);

} // namespace pare
