// Parts of a data set, and where a good mean hides a part that became bad. Free functions without
// state; any thread.
#pragma once

#include "core/evaluation/flips.h"
#include "core/model/answers.h"
#include "core/model/run.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace pare {

enum class SliceKind { All, Label, Words, RareWords };

struct Slice
{
    SliceKind kind = SliceKind::All;
    std::int32_t label = 0; ///< of Label
    double low = 0;         ///< of Words (their number) and RareWords (their share, 0…1)
    double high = 0;
    std::vector<std::size_t> examples; ///< at least one

    bool operator==(const Slice &) const = default;
};

/// One for each label that examples have.
std::vector<Slice> labelSlices(const AnsweredData &data);

/// Examples in three parts by value, as equal in number as values let them be: equal values stay
/// together, so that there may be fewer parts. None where there would be one.
std::vector<Slice> thirds(SliceKind kind, std::span<const double> values);

/// What became of a slice; 95 % intervals.
struct SliceReport
{
    Slice slice;
    Interval accuracy;
    Interval originalAccuracy;
    Interval difference; ///< of the two
    Interval loyalty;    ///< share of answers that are the original's
    Interval calibrationError;
    Interval originalCalibrationError;
    FlipCounts flips;
    double p = 1; ///< of so many right answers lost here by chance, corrected for all slices (Holm)
    bool collapsed = false;
};

struct SlicesReport
{
    SliceReport all;
    std::vector<SliceReport> slices;
};

struct SliceOptions
{
    int resamples = 1000; ///< of the calibration errors' bootstrap
    std::uint64_t seed = 0;
};

/// Measures `slices` and all examples. A slice has collapsed where it lost more of the original's
/// right answers than the rest did (Fisher's exact test, one-sided, Holm over all slices, 5 %), and
/// its accuracy fell by at least `leastFall` and twice as much as that of the rest.
SlicesReport sliceReports(const RunAnswers &answers, std::span<const Slice> slices,
                          const SliceOptions &options = {});

inline constexpr double leastFall = 0.05;

/// The chance that at least `lostHere` of the `lost` ones among `right` are found among `rightHere`
/// of them that were picked without looking (hypergeometric).
double chanceOfLoss(std::int64_t right, std::int64_t lost, std::int64_t rightHere,
                    std::int64_t lostHere);

} // namespace pare
