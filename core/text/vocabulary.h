// The tokens of a WordPiece vocabulary and their ids. An immutable value; any thread may read it.
#pragma once

#include "core/text/textlist.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pare {

/// The tokens BERT gives a meaning of their own, in the order a new vocabulary starts with.
inline constexpr std::string_view padToken = "[PAD]";
inline constexpr std::string_view unknownToken = "[UNK]";
inline constexpr std::string_view classifyToken = "[CLS]";
inline constexpr std::string_view separatorToken = "[SEP]";
inline constexpr std::string_view maskToken = "[MASK]";

class Vocabulary
{
public:
    Vocabulary() = default;
    /// Ids are positions. Throws InvalidSetting where a token stands twice or holds a line break.
    explicit Vocabulary(std::span<const std::string> tokens);

    /// Reads vocab.txt: one token per line, in the order of their ids; CRLF and a byte order mark
    /// are tolerated. Throws InvalidFile: not UTF-8, a token twice, [PAD] [UNK] [CLS] [SEP]
    /// missing, more tokens than `limit` (the model's vocab_size; checked before anything is
    /// built).
    static Vocabulary read(const std::filesystem::path &file,
                           std::optional<std::int64_t> limit = {});

    int size() const { return static_cast<int>(m_tokens.size()); }
    /// 0 <= id < size().
    std::string_view token(int id) const { return m_tokens[static_cast<std::size_t>(id)]; }
    std::optional<int> id(std::string_view token) const;
    /// The id, or InvalidFile that names `file` as lacking it.
    int require(std::string_view token, const std::filesystem::path &file) const;
    /// Of the longest token, in bytes.
    std::size_t longest() const { return m_longest; }

    /// As vocab.txt. Throws Io.
    void save(const std::filesystem::path &file) const;

    bool operator==(const Vocabulary &other) const { return m_tokens == other.m_tokens; }

private:
    void reserve(std::size_t tokens, std::size_t bytes);
    /// False where it is there already.
    bool add(std::string_view token);
    std::size_t slotOf(std::string_view token) const;

    TextList m_tokens;
    std::vector<std::int32_t>
        m_slots; ///< open addressing, a power of two, at most half full; -1: free
    std::size_t m_longest = 0;
};

} // namespace pare
