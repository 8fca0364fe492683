#include "core/weights/json.h"

#include "core/base/error.h"
#include "core/weights/messages.h"

namespace pare {

namespace {

using Json = nlohmann::ordered_json;

[[noreturn]] void reject(const Json *found, const char *key, const std::string &expected,
                         const std::string &origin)
{
    constexpr std::size_t longest = 60;
    std::string text = found ? found->dump(-1, ' ', true) : "nothing";
    if (text.size() > longest)
        text = text.substr(0, longest) + "…";
    throw Error(ErrorKind::InvalidFile, messages::packingKey, origin, expected, key, text);
}

const Json *valueAt(const Json &json, const char *key)
{
    const auto found = json.is_object() ? json.find(key) : json.end();
    return found == json.end() ? nullptr : &*found;
}

bool isInteger(const Json &value, IntegerRange range)
{
    if (!value.is_number_integer() ||
        (value.is_number_unsigned() && value.get<std::uint64_t>() > INT64_MAX))
        return false;
    const auto number = value.get<std::int64_t>();
    return number >= range.minimum && number <= range.maximum;
}

} // namespace

const Json &objectAt(const Json &json, const char *key, const std::string &origin)
{
    const Json *value = valueAt(json, key);
    if (!value || !value->is_object())
        reject(value, key, "an object", origin);
    return *value;
}

std::string textAt(const Json &json, const char *key, const std::string &origin)
{
    const Json *value = valueAt(json, key);
    if (!value || !value->is_string())
        reject(value, key, "a text", origin);
    return value->get<std::string>();
}

bool boolAt(const Json &json, const char *key, const std::string &origin)
{
    const Json *value = valueAt(json, key);
    if (!value || !value->is_boolean())
        reject(value, key, "true or false", origin);
    return value->get<bool>();
}

std::int64_t integerAt(const Json &json, const char *key, IntegerRange range,
                       const std::string &origin)
{
    const Json *value = valueAt(json, key);
    if (!value || !isInteger(*value, range))
        reject(value, key,
               range.minimum == range.maximum
                   ? std::to_string(range.minimum)
                   : fmt::format("a whole number from {} to {}", range.minimum, range.maximum),
               origin);
    return value->get<std::int64_t>();
}

std::vector<std::int64_t> shapeAt(const Json &json, const char *key, const std::string &origin)
{
    const Json *value = valueAt(json, key);
    const std::string expected = "one or two sizes from 0";
    if (!value || !value->is_array() || value->empty() || value->size() > 2)
        reject(value, key, expected, origin);
    // Bytes and bits of as many weights can still be counted in 64 bits.
    constexpr std::int64_t longest = INT32_MAX;
    constexpr std::int64_t most = std::int64_t(1) << 48;
    std::vector<std::int64_t> shape;
    std::int64_t product = 1;
    for (const Json &size : *value) {
        if (!isInteger(size, {0, longest}))
            reject(value, key, expected, origin);
        shape.push_back(size.get<std::int64_t>());
        if (__builtin_mul_overflow(product, std::max<std::int64_t>(shape.back(), 1), &product) ||
            product > most)
            reject(value, key, expected, origin);
    }
    return shape;
}

} // namespace pare
