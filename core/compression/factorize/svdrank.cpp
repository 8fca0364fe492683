#include "core/compression/factorize/svdrank.h"

#include "core/base/error.h"
#include "core/compression/messages.h"
#include "core/compression/prune/masksetting.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include <fmt/format.h>

namespace pare {

std::int64_t svdRank(const Step &step, const Layer &layer)
{
    assert(layer.isMatrix());
    const std::int64_t out = layer.shape[0];
    const std::int64_t in = layer.shape[1];
    const double breakEven = breakEvenRank(out, in);
    const std::string shape = fmt::format("[{}, {}]", out, in);
    const std::string limit = fmt::format("{:.6g}", breakEven);
    std::int64_t rank = 0;
    if (step.has("rank")) {
        rank = step.integer("rank");
    } else {
        // The margin keeps 0.29 · 100 at 29 although it is 28.999… in binary.
        rank = static_cast<std::int64_t>(std::floor(step.real("keep") * breakEven * (1 + 1e-12)));
        if (rank < 1)
            throw Error(ErrorKind::InvalidSetting, messages::rankBelowOne, step.technique,
                        step.choice("keep"), layer.name, shape, limit);
    }
    if (!rankSaves(rank, out, in))
        throw Error(ErrorKind::InvalidSetting, messages::rankSavesNothing, step.technique, rank,
                    layer.name, shape, limit);
    return rank;
}

std::optional<RankBound> rankBound(const Step &step)
{
    if (step.has("energy"))
        return RankBound{RankBound::Kind::Energy, step.real("energy")};
    if (step.has("error"))
        return RankBound{RankBound::Kind::Error, step.real("error")};
    return std::nullopt;
}

KroneckerShape stepKronecker(const Step &step, const Layer &layer)
{
    assert(layer.isMatrix());
    const std::int64_t out = layer.shape[0];
    const std::int64_t in = layer.shape[1];
    const std::string matrix = fmt::format("[{}, {}]", out, in);
    const std::vector<KroneckerShape> possible = kroneckerShapes(out, in);
    if (step.has("block")) {
        const auto [p, q] = blockShape(step, "block");
        if (out % p != 0 || in % q != 0)
            throw Error(ErrorKind::InvalidSetting, messages::blockDoesNotFit, step.technique,
                        step.choice("block"), matrix, layer.name);
        const KroneckerShape shape{p, q};
        if (std::ranges::find(possible, shape) == possible.end())
            throw Error(ErrorKind::InvalidSetting, messages::kroneckerSavesNothing, step.technique,
                        step.choice("block"), layer.name, matrix, kroneckerWeights(shape, out, in));
        return shape;
    }
    if (possible.empty())
        throw Error(ErrorKind::InvalidSetting, messages::kroneckerImpossible, step.technique,
                    layer.name, matrix);
    const std::optional<KroneckerShape> shape = kroneckerShapeFor(step.real("keep"), out, in);
    if (shape)
        return *shape;
    std::int64_t most = 0;
    for (const KroneckerShape &candidate : possible)
        most = std::max(most, kroneckerWeights(candidate, out, in));
    throw Error(ErrorKind::InvalidSetting, messages::kroneckerTooLarge, step.technique, layer.name,
                matrix, step.choice("keep"),
                fmt::format("{:.4g}", static_cast<double>(most) / static_cast<double>(out * in)));
}

} // namespace pare
