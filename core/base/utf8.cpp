#include "core/base/utf8.h"

namespace pare {

namespace {

int sequenceLength(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead >= 0xc2 && lead <= 0xdf)
        return 2;
    if ((lead & 0xf0) == 0xe0)
        return 3;
    if (lead >= 0xf0 && lead <= 0xf4)
        return 4;
    return 0;
}

} // namespace

std::optional<std::size_t> firstInvalidUtf8(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    std::size_t i = 0;
    while (i < text.size()) {
        const int length = sequenceLength(byte(i));
        if (length == 0 || i + length > text.size())
            return i;
        for (int k = 1; k < length; ++k) {
            if ((byte(i + k) & 0xc0) != 0x80)
                return i;
        }
        const unsigned char lead = byte(i);
        const unsigned char second = length > 1 ? byte(i + 1) : 0;
        const bool overlong = (lead == 0xe0 && second < 0xa0) || (lead == 0xf0 && second < 0x90);
        const bool surrogate = lead == 0xed && second > 0x9f;
        const bool tooLarge = lead == 0xf4 && second > 0x8f;
        if (overlong || surrogate || tooLarge)
            return i;
        i += length;
    }
    return std::nullopt;
}

std::string validUtf8(std::string_view text)
{
    std::string valid;
    while (const auto invalid = firstInvalidUtf8(text)) {
        valid += text.substr(0, *invalid);
        valid += "\ufffd";
        text.remove_prefix(*invalid + 1);
    }
    return valid.append(text);
}

char32_t nextCodePoint(std::string_view text, std::size_t &offset)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(offset);
    const int length = sequenceLength(lead);
    char32_t value = length == 1   ? lead
                     : length == 2 ? lead & 0x1fu
                     : length == 3 ? lead & 0x0fu
                                   : lead & 0x07u;
    for (int k = 1; k < length; ++k)
        value = (value << 6) | (byte(offset + k) & 0x3fu);
    offset += length;
    return value;
}

std::string_view firstCodePoints(std::string_view text, std::size_t count)
{
    std::size_t end = 0;
    while (end < text.size() && ((text[end] & 0xc0) == 0x80 || count-- > 0))
        ++end;
    return text.substr(0, end);
}

void appendUtf8(std::string &text, char32_t c)
{
    if (c < 0x80) {
        text += static_cast<char>(c);
    } else if (c < 0x800) {
        text += static_cast<char>(0xc0 | (c >> 6));
        text += static_cast<char>(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        text += static_cast<char>(0xe0 | (c >> 12));
        text += static_cast<char>(0x80 | ((c >> 6) & 0x3f));
        text += static_cast<char>(0x80 | (c & 0x3f));
    } else {
        text += static_cast<char>(0xf0 | (c >> 18));
        text += static_cast<char>(0x80 | ((c >> 12) & 0x3f));
        text += static_cast<char>(0x80 | ((c >> 6) & 0x3f));
        text += static_cast<char>(0x80 | (c & 0x3f));
    }
}

} // namespace pare
