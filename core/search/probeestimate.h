// What a sample of answers says about a whole data set: of one model compared with the original.
//
// Free functions without state; any thread.
#pragma once

#include "core/model/run.h"
#include "core/search/probeorder.h"

#include <cstdint>
#include <span>
#include <vector>

namespace pare {

/// What was asked of the original: logits [rows, labels] in the order of ProbeOrder, and what is
/// right.
struct ProbeAnswers
{
    std::vector<float> logits;
    std::vector<std::int64_t> gold; ///< [rows], class indices
    std::int64_t labels = 0;
    double accuracy = 0; ///< of the original, on the whole data set

    std::size_t rows() const { return gold.size(); }
};

struct ProbeEstimate
{
    Interval accuracy;   ///< of the whole data set; may be looked at as rows come in
    Interval changed;    ///< share of answers that differ from the original's
    double distance = 0; ///< mean Jensen-Shannon distance, base 2: 1 - probability loyalty
    double halfWidth() const { return (accuracy.high - accuracy.low) / 2; }
};

/// `changes` [rows, labels]: what is added to the original's logits on the first rows. Intervals are
/// asymptotic confidence sequences (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas 2021) about
/// Horvitz-Thompson estimates, with more changes than were seen, so that no change seen does not mean
/// none at all. n is the number of rows.
ProbeEstimate estimated(const ProbeOrder &order, const ProbeAnswers &original,
                        std::span<const float> changes);

/// How many standard errors a 95 % confidence sequence reaches after `rows` looks.
double sequenceReach(std::size_t rows);

/// The index of the largest of `logits`, the first among equals.
std::int64_t answerOf(std::span<const float> logits);

} // namespace pare
