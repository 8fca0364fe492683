#include "core/text/tokenizeroptions.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/text/messages.h"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

namespace pare {

namespace {

using Json = nlohmann::json;

constexpr std::uint64_t longestConfig = 1u << 20;
constexpr int shortestMaxLength = 3; // [CLS] [SEP] [SEP]

/// Nothing this file is read for lies deeper than the root, and deep nesting costs memory.
bool isRootOrScalar(int depth, Json::parse_event_t event, const Json &)
{
    if (event == Json::parse_event_t::array_start)
        return false;
    return event != Json::parse_event_t::object_start || depth == 0;
}

Json parsedRoot(const std::string &text, const std::filesystem::path &file)
{
    Json root;
    try {
        root = Json::parse(text, isRootOrScalar);
    } catch (const Json::exception &error) {
        throw Error(ErrorKind::InvalidFile, messages::configJson, file, error.what());
    }
    if (!root.is_object())
        throw Error(ErrorKind::InvalidFile, messages::configNoObject, file);
    return root;
}

std::optional<bool> flag(const Json &root, const char *key, const std::filesystem::path &file)
{
    const auto found = root.find(key);
    if (found == root.end() || found->is_null() || found->is_discarded())
        return std::nullopt;
    if (!found->is_boolean())
        throw Error(ErrorKind::InvalidFile, messages::configFlag, file, key,
                    found->dump(-1, ' ', false, Json::error_handler_t::replace));
    return found->get<bool>();
}

std::optional<int> maximumLength(const Json &root, const std::filesystem::path &file)
{
    constexpr auto key = "model_max_length";
    const auto found = root.find(key);
    if (found == root.end() || found->is_null())
        return std::nullopt;
    const double value = found->is_number() ? found->get<double>() : std::nan("");
    // Hugging Face writes int(1e30) where there is no limit.
    if (value > std::numeric_limits<int>::max())
        return std::nullopt;
    if (!(value >= shortestMaxLength) || value != std::floor(value))
        throw Error(ErrorKind::InvalidFile, messages::configMaxLength, file, key, shortestMaxLength,
                    found->dump(-1, ' ', false, Json::error_handler_t::replace));
    return static_cast<int>(value);
}

} // namespace

TokenizerOptions readTokenizerOptions(const std::filesystem::path &file)
{
    TokenizerOptions options;
    std::error_code error;
    if (!std::filesystem::exists(std::filesystem::status(file, error)))
        return options;
    const Json root = parsedRoot(readFile(file, longestConfig), file);
    options.lowerCase = flag(root, "do_lower_case", file).value_or(options.lowerCase);
    options.stripAccents = flag(root, "strip_accents", file);
    options.tokenizeChineseChars =
        flag(root, "tokenize_chinese_chars", file).value_or(options.tokenizeChineseChars);
    options.maxLength = maximumLength(root, file);
    return options;
}

void saveTokenizerOptions(const TokenizerOptions &options, const std::filesystem::path &file)
{
    nlohmann::ordered_json root;
    root["tokenizer_class"] = "BertTokenizer";
    root["do_lower_case"] = options.lowerCase;
    root["strip_accents"] = nullptr;
    if (options.stripAccents)
        root["strip_accents"] = *options.stripAccents;
    root["tokenize_chinese_chars"] = options.tokenizeChineseChars;
    if (options.maxLength)
        root["model_max_length"] = *options.maxLength;
    writeFile(file, root.dump(2) + "\n");
}

} // namespace pare
