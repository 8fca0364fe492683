// Text to token ids, exactly as BERT's own tokenizer. An immutable value; any thread may use it.
#pragma once

#include "core/text/tokenizeroptions.h"
#include "core/text/vocabulary.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pare {

/// One text or pair as the network reads it.
struct Encoding
{
    std::vector<std::int32_t> ids;
    std::vector<std::int32_t>
        types; ///< 0 up to and including the first [SEP], then 1; as long as ids
    bool truncated = false;

    bool operator==(const Encoding &) const = default;
};

class WordPieceTokenizer
{
public:
    /// `origin` names the vocabulary in errors: InvalidFile where [PAD], [UNK], [CLS] or [SEP] is
    /// missing.
    WordPieceTokenizer(Vocabulary vocabulary, TokenizerOptions options,
                       const std::filesystem::path &origin = "vocab.txt");

    /// vocab.txt and tokenizer_config.json of a model's folder. A vocabulary larger than
    /// `vocabSizeLimit` (vocab_size) is refused; encodings are no longer than `positionLimit`
    /// (max_position_embeddings), which has to be 3 at least. Throws InvalidFile, Unsupported or
    /// Io.
    static WordPieceTokenizer open(const std::filesystem::path &folder,
                                   std::optional<std::int64_t> vocabSizeLimit = {},
                                   std::optional<std::int64_t> positionLimit = {});

    const Vocabulary &vocabulary() const { return m_vocabulary; }
    const TokenizerOptions &options() const { return m_options; }

    int padId() const { return m_pad; }
    int unknownId() const { return m_unknown; }
    int classifyId() const { return m_classify; }
    int separatorId() const { return m_separator; }
    std::optional<int> maskId() const { return m_mask; }

    /// [CLS] text [SEP], at most options().maxLength tokens. Special tokens written in the text are
    /// those tokens. Throws InvalidSetting where the text is not UTF-8.
    Encoding encode(std::string_view text) const;
    /// [CLS] a [SEP] b [SEP]; the longer one is shortened first.
    Encoding encode(std::string_view a, std::string_view b) const;
    /// The ids of the text alone: nothing added, nothing cut.
    std::vector<std::int32_t> pieces(std::string_view text) const;

    /// For people. Every id must be one of the vocabulary.
    std::vector<std::string> tokens(const std::vector<std::int32_t> &ids) const;

private:
    using Ids = std::vector<std::int32_t>;

    void appendText(Ids &ids, std::string_view text) const;
    void appendWord(Ids &ids, std::string_view word, std::string &buffer) const;
    Encoding assembled(std::span<const std::int32_t> a, const std::vector<std::int32_t> *b) const;

    Vocabulary m_vocabulary;
    TokenizerOptions m_options;
    int m_pad = 0;
    int m_unknown = 0;
    int m_classify = 0;
    int m_separator = 0;
    std::optional<int> m_mask;
    std::vector<std::pair<std::string_view, int>> m_special; ///< of constants
};

} // namespace pare
