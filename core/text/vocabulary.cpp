#include "core/text/vocabulary.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/text/lines.h"
#include "core/text/messages.h"

#include <algorithm>
#include <bit>

namespace pare {

namespace {

constexpr std::uint64_t longestFile = 256u << 20;
constexpr std::size_t fewestSlots = 16;

} // namespace

Vocabulary::Vocabulary(std::span<const std::string> tokens)
{
    std::size_t bytes = 0;
    for (const std::string &token : tokens)
        bytes += token.size();
    reserve(tokens.size(), bytes);
    for (const std::string &token : tokens) {
        if (token.find_first_of("\r\n") != std::string::npos)
            throw Error(ErrorKind::InvalidSetting, messages::tokenLineBreak, size());
        if (!add(token))
            throw Error(ErrorKind::InvalidSetting, messages::tokenRepeated, token);
    }
}

Vocabulary Vocabulary::read(const std::filesystem::path &file, std::optional<std::int64_t> limit)
{
    const std::string content = readFile(file, longestFile);
    requireUtf8(content, file);
    const std::string_view text = withoutByteOrderMark(content);
    const auto lineCount = static_cast<std::int64_t>(countLines(text));
    if (limit && lineCount > *limit)
        throw Error(ErrorKind::InvalidFile, messages::vocabularyTooLarge, file, *limit, lineCount);

    Vocabulary vocabulary;
    vocabulary.reserve(static_cast<std::size_t>(lineCount), text.size());
    LineReader lines(text);
    while (const auto line = lines.next()) {
        if (vocabulary.add(*line))
            continue;
        const int first = *vocabulary.id(*line) + 1;
        throw Error(ErrorKind::InvalidFile, messages::vocabularyRepeats, file, lines.number(),
                    shownText(*line), first);
    }
    for (const std::string_view token : {padToken, unknownToken, classifyToken, separatorToken})
        vocabulary.require(token, file);
    return vocabulary;
}

std::optional<int> Vocabulary::id(std::string_view token) const
{
    if (m_slots.empty())
        return std::nullopt;
    const std::int32_t id = m_slots[slotOf(token)];
    return id < 0 ? std::nullopt : std::optional<int>(id);
}

int Vocabulary::require(std::string_view token, const std::filesystem::path &file) const
{
    const std::optional<int> found = id(token);
    if (!found)
        throw Error(ErrorKind::InvalidFile, messages::vocabularyLacks, file, token);
    return *found;
}

void Vocabulary::save(const std::filesystem::path &file) const
{
    std::string content;
    for (int id = 0; id < size(); ++id)
        content.append(token(id)) += '\n';
    writeFile(file, content);
}

void Vocabulary::reserve(std::size_t tokens, std::size_t bytes)
{
    m_tokens.reserve(tokens, bytes);
    m_slots.assign(std::bit_ceil(std::max(fewestSlots, tokens * 2)), -1);
}

bool Vocabulary::add(std::string_view token)
{
    const std::size_t slot = slotOf(token);
    if (m_slots[slot] >= 0)
        return false;
    m_slots[slot] = size();
    m_tokens.add(token);
    m_longest = std::max(m_longest, token.size());
    return true;
}

std::size_t Vocabulary::slotOf(std::string_view token) const
{
    const std::size_t mask = m_slots.size() - 1;
    std::size_t slot = stableHash(token) & mask;
    while (m_slots[slot] >= 0 && this->token(m_slots[slot]) != token)
        slot = (slot + 1) & mask;
    return slot;
}

} // namespace pare
