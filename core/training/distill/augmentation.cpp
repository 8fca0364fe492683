#include "core/training/distill/augmentation.h"

#include "core/base/hash.h"
#include "core/base/random.h"
#include "core/base/utf8.h"
#include "core/text/character.h"

#include <ATen/ops/tensor.h>
#include <algorithm>
#include <array>
#include <cassert>

namespace pare {

namespace {

constexpr std::string_view continuation = "##";
constexpr std::array special{padToken, unknownToken, classifyToken, separatorToken, maskToken};

std::vector<MaskedWord> maskedWords(const Sequence &text, std::span<const std::size_t> positions,
                                    std::int64_t maskId)
{
    std::vector<MaskedWord> words;
    for (const std::size_t position : positions) {
        assert(position < text.ids.size());
        words.push_back({text, position});
        words.back().sequence.ids[position] = maskId;
    }
    return words;
}

bool isNew(const std::vector<std::int64_t> &ids, const Sequence &text,
           const std::vector<Sequence> &copies)
{
    return ids != text.ids &&
           std::ranges::none_of(copies, [&](const Sequence &copy) { return copy.ids == ids; });
}

} // namespace

bool beginsWord(std::string_view token)
{
    if (token.empty() || token.starts_with(continuation) ||
        std::ranges::find(special, token) != special.end())
        return false;
    std::size_t offset = 0;
    return !has(traitsOf(nextCodePoint(token, offset)), CharacterTrait::Punctuation);
}

std::vector<std::size_t> singlePieceWords(std::span<const std::int64_t> ids,
                                          const Vocabulary &vocabulary)
{
    const auto token = [&](std::size_t i) { return vocabulary.token(static_cast<int>(ids[i])); };
    std::vector<std::size_t> positions;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const bool continues = i + 1 < ids.size() && token(i + 1).starts_with(continuation);
        if (!continues && beginsWord(token(i)))
            positions.push_back(i);
    }
    return positions;
}

std::vector<std::int64_t> wordIds(const Vocabulary &vocabulary)
{
    std::vector<std::int64_t> ids;
    for (int id = 0; id < vocabulary.size(); ++id) {
        if (beginsWord(vocabulary.token(id)))
            ids.push_back(id);
    }
    return ids;
}

std::vector<std::vector<std::int64_t>>
bestTokens(const at::Tensor &logits, std::span<const std::int64_t> allowed, std::int64_t count)
{
    const at::Tensor ids =
        at::tensor(at::ArrayRef<std::int64_t>(allowed.data(), allowed.size()), at::kLong);
    const at::Tensor chosen = logits.detach().index_select(1, ids);
    const std::int64_t kept = std::min<std::int64_t>(count, ids.size(0));
    const at::Tensor best = ids.take(std::get<1>(chosen.topk(kept, 1)));
    std::vector<std::vector<std::int64_t>> rows;
    for (std::int64_t row = 0; row < best.size(0); ++row) {
        const auto *first = best.data_ptr<std::int64_t>() + row * kept;
        rows.emplace_back(first, first + kept);
    }
    return rows;
}

std::vector<Sequence> augmented(const Sequence &text, std::span<const std::size_t> positions,
                                const WordCandidates &candidates,
                                const AugmentationOptions &options)
{
    const std::vector<MaskedWord> words = maskedWords(text, positions, options.maskId);
    if (words.empty())
        return {};
    const std::vector<std::vector<std::int64_t>> found = candidates(words, options.candidates);
    assert(found.size() == words.size());
    Random random(options.seed ^ stableHash("augmentation"), options.text);
    std::vector<Sequence> copies;
    for (std::int64_t draw = 0; draw < options.copies; ++draw) {
        Sequence copy = text;
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (random.uniform() >= options.probability || found[i].empty())
                continue;
            copy.ids[words[i].position] = found[i][random.below(found[i].size())];
        }
        if (isNew(copy.ids, text, copies))
            copies.push_back(std::move(copy));
    }
    return copies;
}

} // namespace pare
