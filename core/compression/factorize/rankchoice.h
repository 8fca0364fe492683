// Which rank a matrix keeps, from its singular values: plain numbers, any thread.
#pragma once

#include <cstdint>
#include <span>

namespace pare {

/// out · in / (out + in): below this rank two factors hold fewer weights than the matrix.
double breakEvenRank(std::int64_t out, std::int64_t in);

/// Whether the two factors hold fewer weights than the matrix.
bool rankSaves(std::int64_t rank, std::int64_t out, std::int64_t in);

/// The least rank (1 at least) whose singular values hold `energy` (0 … 1) of the sum of the squares
/// of all, `singularValues`, descending; to within 1e-12 of that sum, below which they are rounding.
std::int64_t rankForEnergy(std::span<const double> singularValues, double energy);

/// The least rank (1 at least) with ‖W − W_r‖ <= error · ‖W‖ (Frobenius, `error` 0 … 1): energy
/// 1 − error².
std::int64_t rankForError(std::span<const double> singularValues, double error);

/// What a matrix's own singular values are asked for, in place of a number.
struct RankBound
{
    enum class Kind { Energy, Error };

    Kind kind = Kind::Energy;
    double value = 1; ///< 0 … 1

    bool operator==(const RankBound &) const = default;
};

/// rankForEnergy() or rankForError().
std::int64_t rankWithin(const RankBound &bound, std::span<const double> singularValues);

} // namespace pare
