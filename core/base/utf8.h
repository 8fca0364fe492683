// UTF-8 as bytes in files and in tokenizers.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace pare {

/// The offset of the first byte that is not well-formed UTF-8 (overlong forms, surrogates and
/// values past U+10FFFF included), or nothing.
std::optional<std::size_t> firstInvalidUtf8(std::string_view text);

/// Reads one code point of well-formed `text` at `offset` and moves `offset` past it.
char32_t nextCodePoint(std::string_view text, std::size_t &offset);

/// The first `count` code points, or all; of any bytes.
std::string_view firstCodePoints(std::string_view text, std::size_t count);

/// `text` with U+FFFD in place of every byte that is no part of well-formed UTF-8: names of files may
/// hold any, what people and programs read may not.
std::string validUtf8(std::string_view text);

void appendUtf8(std::string &text, char32_t codePoint);

} // namespace pare
