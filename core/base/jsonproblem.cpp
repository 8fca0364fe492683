#include "core/base/jsonproblem.h"

#include "core/base/messages.h"
#include "core/base/utf8.h"

#include <algorithm>
#include <vector>

namespace pare {

namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::string_view hexDigits = "0123456789abcdefABCDEF";

bool isControl(char byte)
{
    return static_cast<unsigned char>(byte) < ' ' || byte == '\x7f';
}

/// Goes through a text by the grammar of RFC 8259, and stops where it is broken.
class JsonScanner
{
public:
    explicit JsonScanner(std::string_view text)
        : m_text(text)
    {}

    std::optional<Message> problem()
    {
        for (;;) {
            takesAll(" \t\r\n");
            if (m_next == Next::Nothing && m_at == m_text.size())
                return std::nullopt;
            if (const char *wrong = step())
                return message(wrong, line(), column(), found());
        }
    }

private:
    enum class Next { Value, FirstValue, Key, FirstKey, Colon, CommaOrEnd, Nothing };

    char here() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    bool takes(char wanted)
    {
        if (m_at == m_text.size() || here() != wanted)
            return false;
        ++m_at;
        return true;
    }
    /// How many of `characters` stand here, which are passed over.
    std::size_t takesAll(std::string_view characters)
    {
        const std::size_t begin = m_at;
        m_at = std::min(m_text.find_first_not_of(characters, m_at), m_text.size());
        return m_at - begin;
    }

    /// Nothing, or the pattern of what is wrong at m_at.
    const char *step()
    {
        switch (m_next) {
        case Next::Value:
            return value();
        case Next::FirstValue:
            return takes(']') ? close() : value();
        case Next::FirstKey:
            return takes('}') ? close() : key();
        case Next::Key:
            return key();
        case Next::Colon:
            m_next = Next::Value;
            return takes(':') ? nullptr : messages::jsonColon;
        case Next::CommaOrEnd:
            return commaOrEnd();
        case Next::Nothing:
            break;
        }
        return messages::jsonNothingMore;
    }

    const char *close()
    {
        m_open.pop_back();
        return finished();
    }
    const char *finished()
    {
        m_next = m_open.empty() ? Next::Nothing : Next::CommaOrEnd;
        return nullptr;
    }

    const char *commaOrEnd()
    {
        const bool isObject = m_open.back() == '{';
        if (takes(isObject ? '}' : ']'))
            return close();
        m_next = isObject ? Next::Key : Next::Value;
        if (takes(','))
            return nullptr;
        return isObject ? messages::jsonObjectEnd : messages::jsonListEnd;
    }

    const char *key()
    {
        m_next = Next::Colon;
        return here() == '"' ? string() : messages::jsonKey;
    }

    const char *value()
    {
        const char begin = here();
        if (begin == '{' || begin == '[') {
            ++m_at;
            m_open.push_back(begin);
            m_next = begin == '{' ? Next::FirstKey : Next::FirstValue;
            return nullptr;
        }
        finished();
        if (begin == '"')
            return string();
        if (begin == '-' || (begin >= '0' && begin <= '9'))
            return number();
        for (const std::string_view word : {"true", "false", "null"}) {
            if (m_text.substr(m_at).starts_with(word)) {
                m_at += word.size();
                return nullptr;
            }
        }
        return messages::jsonValue;
    }

    const char *string()
    {
        ++m_at;
        while (!takes('"')) {
            if (static_cast<unsigned char>(here()) < ' ') // or the end
                return messages::jsonQuote;
            if (!takes('\\')) {
                ++m_at;
                continue;
            }
            const bool isKnown = std::string_view("\"\\/bfnrtu").find(here()) != std::string::npos;
            const bool isCode = isKnown && here() == 'u';
            const std::string_view code = m_text.substr(std::min(m_at + 1, m_text.size()), 4);
            if (!isKnown || (isCode && (code.size() < 4 || code.find_first_not_of(hexDigits) !=
                                                               std::string_view::npos)))
                return messages::jsonEscape;
            m_at += isCode ? 5 : 1;
        }
        return nullptr;
    }

    const char *number()
    {
        takes('-');
        if (!takes('0') && takesAll(digits) == 0)
            return messages::jsonDigit;
        if (takes('.') && takesAll(digits) == 0)
            return messages::jsonDigit;
        if (takes('e') || takes('E')) {
            if (!takes('+'))
                takes('-');
            if (takesAll(digits) == 0)
                return messages::jsonDigit;
        }
        return nullptr;
    }

    std::ptrdiff_t line() const { return 1 + std::ranges::count(m_text.substr(0, m_at), '\n'); }
    std::size_t column() const
    {
        const std::string_view before = m_text.substr(0, m_at);
        const std::size_t begin = before.rfind('\n') + 1; // 0 where there is none
        std::size_t column = 1;
        for (const char byte : before.substr(begin))
            column += (static_cast<unsigned char>(byte) & 0xc0) != 0x80; // letters, not bytes
        return column;
    }

    /// The word that stands at m_at, or its one character.
    std::string found() const
    {
        constexpr std::size_t longest = 20;
        const std::string_view rest = m_text.substr(m_at);
        if (rest.empty())
            return message(messages::jsonEnd).text();
        if (rest.front() == '\n' || rest.front() == '\r')
            return message(messages::jsonLineEnd).text();
        const auto endsWord = [](char byte) {
            return isControl(byte) || std::string_view(" ,:[]{}\"").find(byte) != std::string::npos;
        };
        if (isControl(rest.front()))
            return message(messages::jsonControl).text();
        const auto length = std::find_if(rest.begin() + 1, rest.end(), endsWord) - rest.begin();
        const std::size_t shown = endsWord(rest.front()) ? 1 : static_cast<std::size_t>(length);
        return validUtf8(firstCodePoints(rest.substr(0, shown), longest));
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    Next m_next = Next::Value;
    std::vector<char> m_open; ///< the brackets that are not closed yet
};

} // namespace

std::optional<Message> jsonProblem(std::string_view text)
{
    return JsonScanner(text).problem();
}

} // namespace pare
