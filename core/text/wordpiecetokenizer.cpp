#include "core/text/wordpiecetokenizer.h"

#include "core/base/error.h"
#include "core/text/bertwords.h"
#include "core/text/messages.h"

#include <algorithm>
#include <limits>

namespace pare {

namespace {

constexpr std::size_t longestWord = 100; // characters; longer ones are [UNK]
constexpr std::string_view continuation = "##";
constexpr std::int64_t fewestPositions = 3; // [CLS] [SEP] [SEP]

bool startsCharacter(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xc0) != 0x80;
}

std::size_t countCharacters(std::string_view text)
{
    return static_cast<std::size_t>(std::ranges::count_if(text, startsCharacter));
}

struct Lengths
{
    std::size_t a;
    std::size_t b;
};

/// Shortens the longer text until both are as long, then both in turn; an odd token goes to the
/// longer one.
Lengths longestFirst(Lengths lengths, std::size_t budget)
{
    if (lengths.a + lengths.b <= budget)
        return lengths;
    const bool swapped = lengths.a > lengths.b;
    const std::size_t shorter = std::min({lengths.a, lengths.b, budget / 2});
    const std::size_t longer = budget - shorter;
    return swapped ? Lengths{longer, shorter} : Lengths{shorter, longer};
}

} // namespace

WordPieceTokenizer::WordPieceTokenizer(Vocabulary vocabulary, TokenizerOptions options,
                                       const std::filesystem::path &origin)
    : m_vocabulary(std::move(vocabulary))
    , m_options(options)
    , m_pad(m_vocabulary.require(padToken, origin))
    , m_unknown(m_vocabulary.require(unknownToken, origin))
    , m_classify(m_vocabulary.require(classifyToken, origin))
    , m_separator(m_vocabulary.require(separatorToken, origin))
    , m_mask(m_vocabulary.id(maskToken))
{
    m_special = {{padToken, m_pad},
                 {unknownToken, m_unknown},
                 {classifyToken, m_classify},
                 {separatorToken, m_separator}};
    if (m_mask)
        m_special.emplace_back(maskToken, *m_mask);
}

WordPieceTokenizer WordPieceTokenizer::open(const std::filesystem::path &folder,
                                            std::optional<std::int64_t> vocabSizeLimit,
                                            std::optional<std::int64_t> positionLimit)
{
    const std::filesystem::path file = folder / "vocab.txt";
    TokenizerOptions options = readTokenizerOptions(folder / "tokenizer_config.json");
    if (positionLimit && *positionLimit < fewestPositions)
        throw Error(ErrorKind::Unsupported, messages::tooFewPositions, folder, fewestPositions,
                    *positionLimit);
    if (positionLimit &&
        *positionLimit < options.maxLength.value_or(std::numeric_limits<int>::max()))
        options.maxLength = static_cast<int>(*positionLimit);
    return WordPieceTokenizer(Vocabulary::read(file, vocabSizeLimit), options, file);
}

Encoding WordPieceTokenizer::encode(std::string_view text) const
{
    return assembled(pieces(text), nullptr);
}

Encoding WordPieceTokenizer::encode(std::string_view a, std::string_view b) const
{
    const Ids second = pieces(b);
    return assembled(pieces(a), &second);
}

std::vector<std::int32_t> WordPieceTokenizer::pieces(std::string_view text) const
{
    Ids ids;
    ids.reserve(text.size() / 4 + 1);
    std::size_t begin = 0;
    for (std::size_t at = text.find('['); at != std::string_view::npos; at = text.find('[', at)) {
        const auto special = std::ranges::find_if(
            m_special, [&](const auto &row) { return text.substr(at).starts_with(row.first); });
        if (special == m_special.end()) {
            ++at;
            continue;
        }
        appendText(ids, text.substr(begin, at - begin));
        ids.push_back(special->second);
        begin = at += special->first.size();
    }
    appendText(ids, text.substr(begin));
    return ids;
}

std::vector<std::string> WordPieceTokenizer::tokens(const std::vector<std::int32_t> &ids) const
{
    std::vector<std::string> result;
    result.reserve(ids.size());
    for (const std::int32_t id : ids)
        result.emplace_back(m_vocabulary.token(id));
    return result;
}

void WordPieceTokenizer::appendText(Ids &ids, std::string_view text) const
{
    std::string buffer;
    const std::string words = bertWords(text, m_options);
    forEachWord(words, [&](std::string_view word) { appendWord(ids, word, buffer); });
}

/// Longest match first. The two bytes before what is left of the word are overwritten by "##", so
/// that every candidate is one contiguous piece of `buffer`.
void WordPieceTokenizer::appendWord(Ids &ids, std::string_view word, std::string &buffer) const
{
    if (const auto whole =
            word.size() <= m_vocabulary.longest() ? m_vocabulary.id(word) : std::nullopt;
        whole && countCharacters(word) <= longestWord) {
        ids.push_back(*whole);
        return;
    }
    const std::size_t before = ids.size();
    const auto giveUp = [&] {
        ids.resize(before);
        ids.push_back(m_unknown);
    };
    if (countCharacters(word) > longestWord)
        return giveUp();

    buffer.assign(continuation).append(word);
    std::size_t begin = continuation.size();
    while (begin < buffer.size()) {
        const bool first = begin == continuation.size();
        const std::size_t from = first ? begin : begin - continuation.size();
        if (!first)
            buffer.replace(from, continuation.size(), continuation);
        std::size_t end = std::min(buffer.size(), from + m_vocabulary.longest());
        std::optional<int> id;
        for (; end > begin; --end) {
            if (end < buffer.size() && !startsCharacter(buffer[end]))
                continue;
            if ((id = m_vocabulary.id(std::string_view(buffer).substr(from, end - from))))
                break;
        }
        if (!id)
            return giveUp();
        ids.push_back(*id);
        begin = end;
    }
}

Encoding WordPieceTokenizer::assembled(std::span<const std::int32_t> a, const Ids *b) const
{
    const std::size_t added = b ? 3 : 2;
    const std::size_t all = a.size() + (b ? b->size() : 0);
    const auto limit =
        static_cast<std::size_t>(m_options.maxLength.value_or(std::numeric_limits<int>::max()));
    const std::size_t budget = limit > added ? limit - added : 0;
    const Lengths lengths =
        b ? longestFirst({a.size(), b->size()}, budget) : Lengths{std::min(a.size(), budget), 0};

    Encoding encoding;
    encoding.truncated = lengths.a + lengths.b < all;
    encoding.ids.reserve(lengths.a + lengths.b + added);
    encoding.ids.push_back(m_classify);
    encoding.ids.insert(encoding.ids.end(), a.begin(),
                        a.begin() + static_cast<std::ptrdiff_t>(lengths.a));
    encoding.ids.push_back(m_separator);
    encoding.types.assign(encoding.ids.size(), 0);
    if (b) {
        encoding.ids.insert(encoding.ids.end(), b->begin(),
                            b->begin() + static_cast<std::ptrdiff_t>(lengths.b));
        encoding.ids.push_back(m_separator);
        encoding.types.resize(encoding.ids.size(), 1);
    }
    return encoding;
}

} // namespace pare
