#include "core/training/masking.h"

#include "core/base/hash.h"
#include "core/base/random.h"
#include "core/text/vocabulary.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <span>

namespace pare {

namespace {

/// Rows `begin` to `end` - 1 of a batch.
struct Unit
{
    std::int64_t begin = 0;
    std::int64_t end = 0;
};

bool isSpecial(const MaskingOptions &options, std::int64_t id)
{
    return std::ranges::find(options.special, id) != options.special.end();
}

/// The smallest units that may be asked for: tokens, or words with all their pieces.
std::vector<Unit> candidates(const PackedBatch &batch, const MaskingOptions &options)
{
    std::vector<Unit> units;
    for (std::int64_t row = 0; row < batch.tokens(); ++row) {
        const std::int64_t id = batch.ids[row];
        if (isSpecial(options, id))
            continue;
        const bool adjoins =
            !units.empty() && units.back().end == row && batch.positions[row] > 0;
        if (options.unit != MaskingUnit::Token && adjoins && options.continuing.at(id))
            ++units.back().end;
        else
            units.push_back({row, row + 1});
    }
    return units;
}

std::vector<Unit> drawn(const std::vector<Unit> &units, double share, Random &random)
{
    std::vector<Unit> chosen;
    for (const Unit &unit : units) {
        if (random.uniform() < share)
            chosen.push_back(unit);
    }
    return chosen;
}

/// How many of `words` words each n-gram takes. Their number does not depend on their lengths, so
/// that neither the share nor the lengths are biased: a sum that had to be hit would prefer short
/// ones at its end.
std::vector<std::int64_t> drawnLengths(std::int64_t words, const MaskingOptions &options,
                                       Random &random)
{
    const std::int64_t longest = std::min<std::int64_t>(options.longestNGram, words);
    double harmonic = 0;
    for (std::int64_t n = 1; n <= longest; ++n)
        harmonic += 1 / static_cast<double>(n);
    const double meanLength = static_cast<double>(longest) / harmonic;
    const double expected = options.share * static_cast<double>(words) / meanLength;
    const auto count = static_cast<std::int64_t>(std::floor(expected + random.uniform()));
    std::vector<std::int64_t> lengths;
    for (std::int64_t i = 0; i < count; ++i) {
        double draw = random.uniform() * harmonic;
        std::int64_t n = 1;
        while (n < longest && draw >= 1 / static_cast<double>(n))
            draw -= 1 / static_cast<double>(n++);
        lengths.push_back(n);
    }
    std::int64_t total = std::accumulate(lengths.begin(), lengths.end(), std::int64_t{0});
    for (; total > words; --total) { // only where nearly everything is asked for
        if (--lengths.back() == 0)
            lengths.pop_back();
    }
    return lengths;
}

/// N-grams among words that follow each other; every way to lay them out is equally likely.
void appendNGrams(std::vector<Unit> &chosen, std::span<const Unit> words,
                  const MaskingOptions &options, Random &random)
{
    const auto count = static_cast<std::int64_t>(words.size());
    const std::vector<std::int64_t> lengths = drawnLengths(count, options, random);
    std::int64_t free = count - std::accumulate(lengths.begin(), lengths.end(), std::int64_t{0});
    std::int64_t word = 0;
    for (std::size_t i = 0; i < lengths.size();) {
        const auto left = static_cast<std::int64_t>(lengths.size() - i);
        if (random.below(static_cast<std::uint64_t>(free + left)) <
            static_cast<std::uint64_t>(left)) {
            chosen.push_back({words[word].begin, words[word + lengths[i] - 1].end});
            word += lengths[i++];
        } else {
            ++word;
            --free;
        }
    }
}

std::vector<Unit> drawnNGrams(const std::vector<Unit> &words, const PackedBatch &batch,
                              const MaskingOptions &options, Random &random)
{
    std::vector<Unit> chosen;
    for (std::size_t begin = 0; begin < words.size();) {
        std::size_t end = begin + 1;
        while (end < words.size() && words[end].begin == words[end - 1].end &&
               batch.positions[words[end].begin] > 0)
            ++end;
        appendNGrams(chosen, std::span(words).subspan(begin, end - begin), options, random);
        begin = end;
    }
    return chosen;
}

std::int64_t randomToken(Random &random, const MaskingOptions &options)
{
    constexpr int tries = 100;
    for (int i = 0; i < tries; ++i) {
        const auto id =
            static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(options.vocabulary)));
        if (!isSpecial(options, id))
            return id;
    }
    return options.maskId; // a vocabulary of little else than special tokens
}

/// One draw decides for all rows of `unit`.
void replace(PackedBatch &batch, Unit unit, const MaskingOptions &options, Random &random)
{
    const double draw = random.uniform();
    for (std::int64_t row = unit.begin; row < unit.end; ++row) {
        if (draw < 0.8)
            batch.ids[row] = options.maskId;
        else if (draw < 0.9)
            batch.ids[row] = randomToken(random, options);
    }
}

} // namespace

MaskedBatch masked(PackedBatch batch, const MaskingOptions &options, std::uint64_t seed,
                   std::int64_t step)
{
    assert(options.longestNGram >= 1);
    Random random(seed ^ stableHash("masks"), static_cast<std::uint64_t>(step));
    const std::vector<Unit> all = candidates(batch, options);
    const bool together = options.unit == MaskingUnit::NGram;
    std::vector<Unit> chosen = together ? drawnNGrams(all, batch, options, random)
                                        : drawn(all, options.share, random);
    if (chosen.empty() && !all.empty())
        chosen.push_back(all[random.below(all.size())]);
    MaskedBatch result;
    for (const Unit &unit : chosen) {
        result.units.push_back(unit.end - unit.begin);
        for (std::int64_t row = unit.begin; row < unit.end; ++row) {
            result.rows.push_back(row);
            result.targets.push_back(batch.ids[row]);
            if (!together)
                replace(batch, {row, row + 1}, options, random);
        }
        if (together)
            replace(batch, unit, options, random);
    }
    result.batch = std::move(batch);
    return result;
}

std::vector<bool> continuingPieces(const Vocabulary &vocabulary)
{
    std::vector<bool> continuing(static_cast<std::size_t>(vocabulary.size()));
    for (int id = 0; id < vocabulary.size(); ++id)
        continuing[static_cast<std::size_t>(id)] =
            vocabulary.token(id).starts_with("##") && vocabulary.token(id).size() > 2;
    return continuing;
}

} // namespace pare
