#include "core/training/sentencepairs.h"

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/random.h"
#include "core/training/messages.h"

#include <algorithm>
#include <array>
#include <utility>

namespace pare {

namespace {

constexpr std::int64_t specialTokens = 3;
constexpr std::int64_t shortestPair = specialTokens + 2;

using Sentence = std::span<const std::int64_t>;
using Document = std::vector<Sentence>;

/// Documents and sentences without those that are empty.
std::vector<Document> withWords(std::span<const DocumentTokens> documents)
{
    std::vector<Document> result;
    for (const DocumentTokens &tokens : documents) {
        Document document;
        for (const SentenceTokens &sentence : tokens) {
            if (!sentence.empty())
                document.emplace_back(sentence);
        }
        if (!document.empty())
            result.push_back(std::move(document));
    }
    return result;
}

SentenceTokens joined(std::span<const Sentence> sentences)
{
    SentenceTokens tokens;
    for (const Sentence sentence : sentences)
        tokens.insert(tokens.end(), sentence.begin(), sentence.end());
    return tokens;
}

/// Sentences from `begin` on that hold `target` tokens, or all; at least `fewest` where there are.
std::span<const Sentence> taken(const Document &document, std::size_t begin, std::int64_t target,
                                std::size_t fewest)
{
    std::size_t end = begin;
    for (std::int64_t tokens = 0;
         end < document.size() && (tokens < target || end - begin < fewest); ++end)
        tokens += static_cast<std::int64_t>(document[end].size());
    return std::span(document).subspan(begin, end - begin);
}

class PairWriter
{
public:
    PairWriter(std::vector<Document> documents, const PairOptions &options)
        : m_documents(std::move(documents))
        , m_options(options)
        , m_room(options.maxLength - specialTokens)
        , m_random(options.seed ^ stableHash("sentence pairs"),
                   static_cast<std::uint64_t>(options.epoch))
    {}

    SentencePairs write()
    {
        for (std::size_t i = 0; i < m_documents.size(); ++i) {
            for (std::size_t begin = 0; m_documents[i].size() - begin >= 2;)
                begin += addPair(i, begin);
        }
        return std::move(m_pairs);
    }

private:
    std::size_t below(std::size_t bound) { return m_random.below(bound); }

    std::int64_t drawnTarget()
    {
        if (m_random.uniform() >= m_options.shortShare)
            return m_room;
        return 2 + static_cast<std::int64_t>(below(static_cast<std::size_t>(m_room - 1)));
    }

    /// A pair that begins at one of at least two sentences; returns how many of them it used.
    std::size_t addPair(std::size_t document, std::size_t begin)
    {
        const std::int64_t target = drawnTarget();
        const std::span<const Sentence> chunk = taken(m_documents[document], begin, target, 2);
        const std::size_t split = 1 + below(chunk.size() - 1);
        const bool wrong = below(2) == 1;
        SentenceTokens first = joined(chunk.first(split));
        if (wrong && m_options.objective == PairObjective::NextSentence) {
            const std::int64_t rest = target - static_cast<std::int64_t>(first.size());
            add(std::move(first), segmentOfAnother(document, rest), 1);
            return split;
        }
        SentenceTokens second = joined(chunk.subspan(split));
        if (wrong)
            std::swap(first, second);
        add(std::move(first), std::move(second), wrong ? 1 : 0);
        return chunk.size();
    }

    SentenceTokens segmentOfAnother(std::size_t document, std::int64_t target)
    {
        const std::size_t other = below(m_documents.size() - 1);
        const Document &chosen = m_documents[other < document ? other : other + 1];
        return joined(taken(chosen, below(chosen.size()), target, 1));
    }

    /// At either end, so that neither the beginning nor the end of a segment tells that it was cut.
    void cut(SentenceTokens &first, SentenceTokens &second)
    {
        std::array<std::span<const std::int64_t>, 2> left{first, second};
        while (static_cast<std::int64_t>(left[0].size() + left[1].size()) > m_room) {
            std::span<const std::int64_t> &longer = left[left[0].size() > left[1].size() ? 0 : 1];
            longer = longer.subspan(below(2), longer.size() - 1);
        }
        first = SentenceTokens(left[0].begin(), left[0].end());
        second = SentenceTokens(left[1].begin(), left[1].end());
    }

    void add(SentenceTokens first, SentenceTokens second, std::int64_t label)
    {
        cut(first, second);
        Sequence sequence;
        sequence.ids.reserve(first.size() + second.size() + specialTokens);
        sequence.ids.push_back(m_options.classifyId);
        sequence.ids.insert(sequence.ids.end(), first.begin(), first.end());
        sequence.ids.push_back(m_options.separatorId);
        sequence.types.assign(sequence.ids.size(), 0);
        sequence.ids.insert(sequence.ids.end(), second.begin(), second.end());
        sequence.ids.push_back(m_options.separatorId);
        sequence.types.resize(sequence.ids.size(), 1);
        m_pairs.sequences.push_back(std::move(sequence));
        m_pairs.labels.push_back(label);
    }

    const std::vector<Document> m_documents;
    const PairOptions m_options;
    const std::int64_t m_room; ///< for the tokens of both segments
    Random m_random;
    SentencePairs m_pairs;
};

} // namespace

SentencePairs sentencePairs(std::span<const DocumentTokens> documents, const PairOptions &options)
{
    if (options.maxLength < shortestPair)
        throw Error(ErrorKind::InvalidSetting, messages::pairsLength, shortestPair,
                    options.maxLength);
    std::vector<Document> left = withWords(documents);
    if (std::ranges::none_of(left, [](const Document &document) { return document.size() > 1; }))
        throw Error(ErrorKind::InvalidSetting, messages::pairsNone, left.size());
    if (options.objective == PairObjective::NextSentence && left.size() < 2)
        throw Error(ErrorKind::InvalidSetting, messages::pairsOneDocument);
    return PairWriter(std::move(left), options).write();
}

} // namespace pare
