// What a model's tokenizer_config.json says about its text. A value.
#pragma once

#include <filesystem>
#include <optional>

namespace pare {

struct TokenizerOptions
{
    bool lowerCase = true;
    std::optional<bool> stripAccents; ///< nothing said: as lowerCase
    bool tokenizeChineseChars = true;
    std::optional<int> maxLength; ///< of an encoding in tokens, [CLS] and [SEP] included

    bool dropsMarks() const { return stripAccents.value_or(lowerCase); }
    bool operator==(const TokenizerOptions &) const = default;
};

/// Reads do_lower_case, strip_accents, tokenize_chinese_chars and model_max_length; other keys are
/// passed over, a file that does not exist gives the defaults. Throws InvalidFile or Io.
TokenizerOptions readTokenizerOptions(const std::filesystem::path &file);

/// As tokenizer_config.json, with the keys named above.
void saveTokenizerOptions(const TokenizerOptions &options, const std::filesystem::path &file);

} // namespace pare
