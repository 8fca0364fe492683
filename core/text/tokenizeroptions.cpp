#include "core/text/tokenizeroptions.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/numbers.h"
#include "core/text/flatjson.h"
#include "core/text/messages.h"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

namespace pare {

namespace {

constexpr std::uint64_t longestConfig = 1u << 20;
constexpr int shortestMaxLength = 3; // [CLS] [SEP] [SEP]

FlatObject parsedConfig(const std::filesystem::path &file)
{
    FlatObject config = parseFlatObject(readFile(file, longestConfig));
    switch (config.state) {
    case FlatObject::State::NotJson:
        throw Error(ErrorKind::InvalidFile, messages::tokenizerJson, file, config.errorByte);
    case FlatObject::State::NotAnObject:
        throw Error(ErrorKind::InvalidFile, messages::configNoObject, file);
    case FlatObject::State::TooManyMembers:
        throw Error(ErrorKind::InvalidFile, messages::configTooManyKeys, file, mostJsonMembers);
    case FlatObject::State::Read:
        break;
    }
    return config;
}

std::optional<bool> flag(const FlatObject &config, const char *key,
                         const std::filesystem::path &file)
{
    const JsonMember *found = config.find(key);
    if (!found || found->kind == JsonKind::Null)
        return std::nullopt;
    if (found->kind != JsonKind::Boolean)
        throw Error(ErrorKind::InvalidFile, messages::tokenizerFlag, file, key, shownValue(*found));
    return found->value == "true";
}

std::optional<int> maximumLength(const FlatObject &config, const std::filesystem::path &file)
{
    constexpr auto key = "model_max_length";
    const JsonMember *found = config.find(key);
    if (!found || found->kind == JsonKind::Null)
        return std::nullopt;
    const auto number = found->kind == JsonKind::Number ? parseReal(found->value) : std::nullopt;
    // Hugging Face writes int(1e30) where there is no limit.
    if (number && *number > std::numeric_limits<int>::max())
        return std::nullopt;
    if (!number || *number < shortestMaxLength || *number != std::floor(*number))
        throw Error(ErrorKind::InvalidFile, messages::configMaxLength, file, key, shortestMaxLength,
                    shownValue(*found));
    return static_cast<int>(*number);
}

} // namespace

TokenizerOptions readTokenizerOptions(const std::filesystem::path &file)
{
    TokenizerOptions options;
    std::error_code error;
    if (!std::filesystem::exists(std::filesystem::status(file, error)))
        return options;
    const FlatObject config = parsedConfig(file);
    options.lowerCase = flag(config, "do_lower_case", file).value_or(options.lowerCase);
    options.stripAccents = flag(config, "strip_accents", file);
    options.tokenizeChineseChars =
        flag(config, "tokenize_chinese_chars", file).value_or(options.tokenizeChineseChars);
    options.maxLength = maximumLength(config, file);
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
