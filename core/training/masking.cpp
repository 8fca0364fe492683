#include "core/training/masking.h"

#include "core/base/hash.h"
#include "core/base/random.h"

#include <algorithm>

namespace pare {

namespace {

std::int64_t randomToken(Random &random, const MaskingOptions &options)
{
    constexpr int tries = 100;
    for (int i = 0; i < tries; ++i) {
        const auto id =
            static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(options.vocabulary)));
        if (std::ranges::find(options.special, id) == options.special.end())
            return id;
    }
    return options.maskId; // a vocabulary of little else than special tokens
}

} // namespace

MaskedBatch masked(PackedBatch batch, const MaskingOptions &options, std::uint64_t seed,
                   std::int64_t step)
{
    Random random(seed ^ stableHash("masks"), static_cast<std::uint64_t>(step));
    MaskedBatch result;
    std::vector<std::int64_t> candidates;
    for (std::int64_t i = 0; i < batch.tokens(); ++i) {
        if (std::ranges::find(options.special, batch.ids[i]) == options.special.end())
            candidates.push_back(i);
    }
    for (const std::int64_t row : candidates) {
        if (random.uniform() < options.share)
            result.rows.push_back(row);
    }
    if (result.rows.empty() && !candidates.empty())
        result.rows.push_back(candidates[random.below(candidates.size())]);
    for (const std::int64_t row : result.rows) {
        result.targets.push_back(batch.ids[row]);
        const double draw = random.uniform();
        if (draw < 0.8)
            batch.ids[row] = options.maskId;
        else if (draw < 0.9)
            batch.ids[row] = randomToken(random, options);
    }
    result.batch = std::move(batch);
    return result;
}

} // namespace pare
