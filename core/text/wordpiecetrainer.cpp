#include "core/text/wordpiecetrainer.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/text/bertwords.h"
#include "core/text/messages.h"

#include <algorithm>
#include <map>
#include <queue>
#include <unordered_set>
#include <vector>

namespace pare {

namespace {

constexpr std::string_view continuation = "##";
constexpr std::size_t longestWord = 100; // characters; what the tokenizer calls [UNK]
constexpr std::string_view specialTokens[] = {padToken, unknownToken, classifyToken, separatorToken,
                                              maskToken};

struct CountedWord
{
    std::vector<char32_t> characters;
    std::int64_t count;
};

/// Two neighbouring pieces by their ids, in one number that sorts by age.
using Pair = std::uint64_t;
Pair pairOf(int left, int right)
{
    return static_cast<Pair>(left) << 32 | static_cast<Pair>(right);
}

std::vector<CountedWord> sortedWords(const std::unordered_map<std::string, std::int64_t> &counts)
{
    std::map<std::string_view, std::int64_t> sorted(counts.begin(), counts.end());
    std::vector<CountedWord> words;
    words.reserve(sorted.size());
    for (const auto &[text, count] : sorted) {
        CountedWord word{{}, count};
        for (std::size_t i = 0; i < text.size();)
            word.characters.push_back(nextCodePoint(text, i));
        if (word.characters.size() <= longestWord)
            words.push_back(std::move(word));
    }
    return words;
}

/// The most frequent characters; among equals, the lower code point.
std::unordered_set<char32_t> alphabetOf(const std::vector<CountedWord> &words, int limit)
{
    std::map<char32_t, std::int64_t> counts;
    for (const CountedWord &word : words) {
        for (const char32_t c : word.characters)
            counts[c] += word.count;
    }
    std::vector<std::pair<char32_t, std::int64_t>> sorted(counts.begin(), counts.end());
    std::ranges::stable_sort(sorted, std::greater(), &std::pair<char32_t, std::int64_t>::second);
    sorted.resize(std::min(sorted.size(), static_cast<std::size_t>(std::max(limit, 0))));
    std::unordered_set<char32_t> alphabet;
    for (const auto &[c, count] : sorted)
        alphabet.insert(c);
    return alphabet;
}

class Merger
{
public:
    Merger(std::vector<CountedWord> words, const std::unordered_set<char32_t> &alphabet)
    {
        m_tokens.assign(std::begin(specialTokens), std::end(specialTokens));
        std::erase_if(words, [&](const CountedWord &word) {
            return !std::ranges::all_of(word.characters,
                                        [&](char32_t c) { return alphabet.contains(c); });
        });
        addCharacters(words);
        for (std::size_t i = 0; i < m_words.size(); ++i) {
            for (std::size_t k = 1; k < m_words[i].pieces.size(); ++k)
                change(pairOf(m_words[i].pieces[k - 1], m_words[i].pieces[k]), i, m_words[i].count);
        }
        queueGrown();
    }

    std::size_t words() const { return m_words.size(); }
    std::size_t size() const { return m_tokens.size(); }
    const std::vector<std::string> &tokens() const { return m_tokens; }

    /// Merges the most frequent pair; false where none is frequent enough.
    bool mergeNext(std::int64_t minimumFrequency)
    {
        while (!m_queue.empty()) {
            const Candidate best = m_queue.top();
            m_queue.pop();
            const auto entry = m_pairs.find(best.pair);
            if (entry == m_pairs.end() || entry->second.count <= 0)
                continue;
            if (entry->second.count !=
                best.count) { // counted down since: once more, with what it is now
                m_queue.push({entry->second.count, best.pair});
                continue;
            }
            if (best.count < minimumFrequency)
                return false;
            merge(best.pair);
            return true;
        }
        return false;
    }

private:
    struct Word
    {
        std::vector<int> pieces;
        std::int64_t count;
    };
    struct PairCount
    {
        std::int64_t count = 0;
        std::vector<std::uint32_t> words; ///< where it is or was; may name a word twice
    };
    struct Candidate
    {
        std::int64_t count;
        Pair pair;

        bool operator<(const Candidate &other) const
        {
            return count != other.count ? count < other.count : pair > other.pair;
        }
    };

    void addCharacters(const std::vector<CountedWord> &words)
    {
        std::map<std::string, int> ids;
        const auto written = [](const CountedWord &word, std::size_t i) {
            std::string piece(i == 0 ? "" : continuation);
            appendUtf8(piece, word.characters[i]);
            return piece;
        };
        for (const CountedWord &word : words) {
            for (std::size_t i = 0; i < word.characters.size(); ++i)
                ids.emplace(written(word, i), 0);
        }
        for (auto &[piece, id] : ids)
            id = idOf(piece);
        for (const CountedWord &word : words) {
            Word pieces{{}, word.count};
            for (std::size_t i = 0; i < word.characters.size(); ++i)
                pieces.pieces.push_back(ids.at(written(word, i)));
            m_words.push_back(std::move(pieces));
        }
    }

    /// Different pairs can make the same piece: a ##bc and ab ##c.
    int idOf(const std::string &piece)
    {
        const auto [entry, isNew] = m_ids.emplace(piece, static_cast<int>(m_tokens.size()));
        if (isNew)
            m_tokens.push_back(piece);
        return entry->second;
    }

    void change(Pair pair, std::size_t word, std::int64_t by)
    {
        PairCount &entry = m_pairs[pair];
        entry.count += by;
        if (by <= 0)
            return;
        if (entry.words.empty() || entry.words.back() != word)
            entry.words.push_back(static_cast<std::uint32_t>(word));
        m_grown.push_back(pair);
    }

    void queueGrown()
    {
        std::ranges::sort(m_grown);
        const auto rest = std::ranges::unique(m_grown);
        m_grown.erase(rest.begin(), rest.end());
        for (const Pair pair : m_grown)
            m_queue.push({m_pairs.at(pair).count, pair});
        m_grown.clear();
    }

    void merge(Pair pair);
    void mergeInWord(std::size_t index, Pair pair, int merged);

    std::vector<std::string> m_tokens;
    std::unordered_map<std::string, int> m_ids;
    std::vector<Word> m_words;
    std::vector<Pair> m_grown;
    std::unordered_map<Pair, PairCount> m_pairs;
    std::priority_queue<Candidate> m_queue;
};

void Merger::merge(Pair pair)
{
    const std::string &left = m_tokens[pair >> 32];
    const std::string right = m_tokens[pair & UINT32_MAX].substr(continuation.size());
    const int merged = idOf(left + right);
    const std::vector<std::uint32_t> where = std::move(m_pairs[pair].words);
    for (const std::uint32_t word : where)
        mergeInWord(word, pair, merged);
    m_pairs.erase(pair);
    queueGrown();
}

void Merger::mergeInWord(std::size_t index, Pair pair, int merged)
{
    Word &word = m_words[index];
    std::vector<int> &pieces = word.pieces;
    for (std::size_t i = 0; i + 1 < pieces.size(); ++i) {
        if (pairOf(pieces[i], pieces[i + 1]) != pair)
            continue;
        if (i > 0) {
            change(pairOf(pieces[i - 1], pieces[i]), index, -word.count);
            change(pairOf(pieces[i - 1], merged), index, word.count);
        }
        if (i + 2 < pieces.size()) {
            change(pairOf(pieces[i + 1], pieces[i + 2]), index, -word.count);
            change(pairOf(merged, pieces[i + 2]), index, word.count);
        }
        pieces[i] = merged;
        pieces.erase(pieces.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    }
}

} // namespace

WordPieceTrainer::WordPieceTrainer(TrainerOptions options)
    : m_options(options)
{}

void WordPieceTrainer::add(std::string_view text)
{
    std::string key;
    forEachWord(bertWords(text, m_options.words), [&](std::string_view word) {
        key.assign(word);
        ++m_counts[key];
    });
}

Vocabulary WordPieceTrainer::train(Progress &progress) const
{
    if (m_counts.empty())
        throw Error(ErrorKind::InvalidSetting, messages::trainerEmpty);
    std::vector<CountedWord> words = sortedWords(m_counts);
    const std::unordered_set<char32_t> alphabet = alphabetOf(words, m_options.alphabet);
    Merger merger(std::move(words), alphabet);
    const auto wanted = static_cast<std::size_t>(std::max(m_options.size, 0));
    if (wanted < merger.size())
        throw Error(ErrorKind::InvalidSetting, messages::trainerSize, wanted,
                    std::size(specialTokens), merger.size() - std::size(specialTokens));

    constexpr std::size_t stepsPerReport = 64;
    const Message what = message(messages::trainerMerging, merger.words());
    while (merger.size() < wanted && merger.mergeNext(m_options.minimumFrequency)) {
        if (merger.size() % stepsPerReport == 0)
            progress.step({what, static_cast<std::int64_t>(merger.size()), m_options.size, {}});
    }
    return Vocabulary(merger.tokens());
}

} // namespace pare
