#include "core/text/bertwords.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/text/character.h"
#include "core/text/messages.h"

#include <algorithm>
#include <vector>

namespace pare {

namespace {

/// Characters in, words out. Marks wait until the next character that is none, since NFD orders
/// them.
class WordWriter
{
public:
    WordWriter(const TokenizerOptions &options, std::size_t bytes)
        : m_lowerCase(options.lowerCase)
        , m_decompose(options.dropsMarks())
        , m_splitIdeographs(options.tokenizeChineseChars)
    {
        m_words.reserve(bytes + bytes / 4);
    }

    void add(char32_t c)
    {
        const CharacterTraits traits = traitsOf(c);
        if (has(traits, CharacterTrait::Removed))
            return;
        if (has(traits, CharacterTrait::Space)) {
            endWord();
        } else if (m_splitIdeographs && has(traits, CharacterTrait::Ideograph)) {
            endWord();
            normalize(c);
            endWord();
        } else {
            normalize(c);
        }
    }

    std::string take()
    {
        writeMarks();
        return std::move(m_words);
    }

private:
    struct Mark
    {
        int combiningClass;
        char32_t character;
    };

    void endWord()
    {
        writeMarks();
        m_gap = true;
    }

    void normalize(char32_t c)
    {
        if (c < 0x80 || !m_decompose) {
            writeMarks();
            write(c);
            return;
        }
        const Decomposition parts = decomposed(c);
        for (int i = 0; i < parts.count; ++i) {
            const int order = combiningClass(parts.characters[i]);
            if (order == 0) {
                writeMarks();
                write(parts.characters[i]);
            } else {
                m_marks.push_back({order, parts.characters[i]});
            }
        }
    }

    void writeMarks()
    {
        if (m_marks.empty())
            return;
        std::ranges::stable_sort(m_marks, {}, &Mark::combiningClass);
        for (const Mark &mark : m_marks)
            write(mark.character);
        m_marks.clear();
    }

    void write(char32_t c)
    {
        if (m_decompose && has(traitsOf(c), CharacterTrait::Mark))
            return;
        constexpr char32_t capitalDottedI = 0x130;
        constexpr char32_t dotAbove = 0x307;
        if (m_lowerCase && c == capitalDottedI) {
            append(U'i');
            append(dotAbove);
        } else {
            append(m_lowerCase ? lowered(c) : c);
        }
    }

    static char32_t lowered(char32_t c)
    {
        if (c < 0x80)
            return c >= U'A' && c <= U'Z' ? c + (U'a' - U'A') : c;
        return lowerCase(c);
    }

    void append(char32_t c)
    {
        const bool alone = has(traitsOf(c), CharacterTrait::Punctuation);
        if ((m_gap || alone) && !m_words.empty())
            m_words += ' ';
        m_gap = alone;
        if (c < 0x80)
            m_words += static_cast<char>(c);
        else
            appendUtf8(m_words, c);
    }

    const bool m_lowerCase;
    const bool m_decompose;
    const bool m_splitIdeographs;
    bool m_gap = false;
    std::vector<Mark> m_marks;
    std::string m_words;
};

} // namespace

std::string bertWords(std::string_view text, const TokenizerOptions &options)
{
    if (const auto invalid = firstInvalidUtf8(text))
        throw Error(ErrorKind::InvalidSetting, messages::textNotUtf8, *invalid + 1);
    WordWriter writer(options, text.size());
    for (std::size_t i = 0; i < text.size();) {
        if (static_cast<unsigned char>(text[i]) < 0x80)
            writer.add(static_cast<unsigned char>(text[i++]));
        else
            writer.add(nextCodePoint(text, i));
    }
    return writer.take();
}

} // namespace pare
