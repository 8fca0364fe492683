#include "core/compression/factorize/rankchoice.h"

#include <algorithm>
#include <cassert>
#include <vector>

namespace pare {

namespace {

/// The least rank that leaves at most `share` of the sum of squares.
std::int64_t rankLeaving(std::span<const double> singularValues, double share)
{
    assert(!singularValues.empty());
    // From the smallest, so that none is lost against the sum of the larger ones.
    std::vector<double> tails(singularValues.size() + 1);
    for (std::size_t i = singularValues.size(); i-- > 0;)
        tails[i] = tails[i + 1] + singularValues[i] * singularValues[i];
    constexpr double rounding = 1e-12;
    const double allowed = (share + rounding) * tails.front();
    std::size_t rank = 1;
    while (rank < singularValues.size() && tails[rank] > allowed)
        ++rank;
    return static_cast<std::int64_t>(rank);
}

} // namespace

double breakEvenRank(std::int64_t out, std::int64_t in)
{
    return static_cast<double>(out) * static_cast<double>(in) / static_cast<double>(out + in);
}

bool rankSaves(std::int64_t rank, std::int64_t out, std::int64_t in)
{
    return rank * (out + in) < out * in;
}

std::int64_t rankForEnergy(std::span<const double> singularValues, double energy)
{
    assert(energy >= 0 && energy <= 1);
    return rankLeaving(singularValues, 1 - energy);
}

std::int64_t rankForError(std::span<const double> singularValues, double error)
{
    assert(error >= 0 && error <= 1);
    return rankLeaving(singularValues, error * error);
}

std::int64_t rankWithin(const RankBound &bound, std::span<const double> singularValues)
{
    return bound.kind == RankBound::Kind::Energy ? rankForEnergy(singularValues, bound.value)
                                                 : rankForError(singularValues, bound.value);
}

} // namespace pare
