// Intervals of what was measured on a sample of examples. Every interval means 95 %.
//
// Free functions without state; any thread.
#pragma once

#include "core/model/run.h"

#include <cstdint>
#include <span>
#include <vector>

namespace pare {

/// Of a proportion that is looked at once, when all examples are done (Wilson 1927, the score
/// interval). n = 0 gives [0, 1].
Interval wilsonInterval(std::int64_t successes, std::int64_t n);

/// Of a mean of values in [0, 1] that is watched while examples come in: at most one sequence in
/// twenty excludes the truth at any look, however many looks there are and whatever is decided at
/// them. The Beta-binomial mixture with Beta(1/2, 1/2) of Robbins 1970 in the form of Howard,
/// Ramdas, McAuliffe and Sekhon 2021 (sub-Bernoulli), inverted by bisection. `sum` is that of the n
/// values (successes, for answers that are right or wrong). Examples in proportion to their classes
/// keep the promise: the mean of logarithms is at most the logarithm of the mean, so that a round
/// of all classes gains no more than as many equal draws. `error` is the share of sequences that
/// may exclude the truth.
Interval anytimeInterval(double sum, std::int64_t n, double error = 0.05);

/// Of a mean of any values, by the normal approximation; fewer than two values tell nothing of
/// their spread, so that their interval is all numbers.
Interval meanInterval(std::span<const double> values);

struct BootstrapOptions
{
    int resamples = 2000;
    std::uint64_t seed = 0;
};

/// Of mean(a) − mean(b), measured on the same examples in the same order: the percentile bootstrap
/// over examples (Efron and Tibshirani 1993). The two must be of equal length.
Interval pairedBootstrap(std::span<const double> a, std::span<const double> b,
                         const BootstrapOptions &options = {});

/// The value below which `share` (0…1) of `values` lies, interpolated between neighbours; `values`
/// in any order, at least one.
double percentile(std::vector<double> values, double share);

/// Spearman's correlation of two rankings of the same things, −1…1: equal values share their mean rank. 0 where
/// one of the two ranks nothing. Both of equal length.
double rankCorrelation(std::span<const double> a, std::span<const double> b);

} // namespace pare
