// Which of two models answers better, said only as far as the examples carry it.
//
// Two models answer the same examples, so that only those count which one answers rightly and the
// other does not. Free functions without state; any thread.
#pragma once

#include "core/base/message.h"
#include "core/model/run.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace pare {

/// Two models on the same examples.
struct AnswerPairs
{
    std::int64_t bothRight = 0;
    std::int64_t onlyReference = 0; ///< right in the reference, wrong in the other
    std::int64_t onlyOther = 0;
    std::int64_t bothWrong = 0;

    std::int64_t n() const { return bothRight + onlyReference + onlyOther + bothWrong; }
    std::int64_t discordant() const { return onlyReference + onlyOther; }
    bool operator==(const AnswerPairs &) const = default;
};

/// Of answers that are right (1) or wrong (0), of equal number.
AnswerPairs answerPairs(std::span<const std::uint8_t> reference,
                        std::span<const std::uint8_t> other);

/// How often one looks at the examples while they come in.
enum class Looks {
    Once,    ///< when all are there
    Anytime, ///< whenever one likes, to stop or go on
};

/// The two-sided p-value of the hypothesis that both models are right equally often (McNemar 1947,
/// exact: twice the smaller binomial tail of the discordant pairs, at most 1).
double exactMcNemar(const AnswerPairs &pairs);

/// The same for results that are watched: the chance that it ever falls to p is at most p, however
/// often one looks. The reciprocal of the evidence that anytimeInterval() inverts, for the share of
/// the discordant pairs, against one half.
double anytimeMcNemar(const AnswerPairs &pairs);

/// p-values corrected for their number: the chance of one wrong finding among all of them keeps to
/// what one promises (Holm 1979). In the order given.
std::vector<double> holm(std::span<const double> p);

/// Accuracy of the other minus that of the reference. `Once`: the paired bootstrap (percentiles over
/// all resamples, none is drawn), or where there are few discordant pairs, which would bootstrap to
/// nothing, the score interval of Tango 1998.
/// `Anytime`: a confidence sequence, from those of the share of discordant pairs and of how they
/// divide.
Interval accuracyDifference(const AnswerPairs &pairs, Looks looks = Looks::Once);

enum class Verdict {
    Better, ///< the other is
    Worse,
    Same, ///< no difference larger than the margin
    Open, ///< too few examples to say
};
/// "better", "worse", "same", "open": in JSON and CSV.
std::string_view nameOf(Verdict verdict);

struct ComparisonOptions
{
    double margin = 0.01; ///< where no difference shows, one surely smaller than this is none
    Looks looks = Looks::Once;
};

/// One model against the reference.
struct Comparison
{
    AnswerPairs pairs;
    Interval difference;
    double p = 1;         ///< of this comparison alone
    double corrected = 1; ///< for all of them (Holm); what the verdict goes by
    Verdict verdict = Verdict::Open;
    std::int64_t moreRows = 0; ///< that would settle it, roughly; 0: it is settled
};

/// Each of `others` against `reference`; all of equal length, at least one example. Better and
/// Worse hold at 5 % for all comparisons together; Same where the difference's interval lies
/// within the margin.
std::vector<Comparison> compareAnswers(std::span<const std::uint8_t> reference,
                                       std::span<const std::vector<std::uint8_t>> others,
                                       const ComparisonOptions &options = {});

/// Rows beyond those there are after which, if answers go on dividing so, four in five experiments
/// show the difference, or that it is within the margin, whichever comes first. `comparisons`: how
/// many are made at once.
std::int64_t moreRowsNeeded(const AnswerPairs &pairs, std::size_t comparisons,
                            const ComparisonOptions &options);

/// "no difference larger than 0.8 points at 2000 rows"
Message verdictText(const Comparison &comparison);

/// A model as a point between bytes and accuracy.
struct FrontPoint
{
    std::int64_t bytes = 0;
    std::vector<std::uint8_t> correct; ///< of each example; equally many in all points
};

/// How likely each is on the front: the share of `resamples` of the examples, the same for all
/// (paired bootstrap), in which no other is smaller and at least as accurate, or as small and more
/// accurate.
std::vector<double> frontShares(std::span<const FrontPoint> points, int resamples = 2000,
                                std::uint64_t seed = 0);

/// As many as are done in about a second, but at least 50 and no more than 500.
int frontResamples(std::size_t points, std::size_t examples);

} // namespace pare
