// The examples that a compressed model answers otherwise than the original. Free functions; any
// thread.
#pragma once

#include "core/model/answers.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pare {

enum class FlipKind {
    Better,      ///< the original was wrong, this is right
    Worse,       ///< the original was right, this is wrong
    OtherwiseWrong, ///< both are wrong
};

struct Flip
{
    std::size_t example = 0; ///< from 0, in the data's order
    FlipKind kind = FlipKind::Worse;
    std::int32_t gold = 0; ///< class indices
    std::int32_t original = 0;
    std::int32_t now = 0;
    double originalConfidence = 0; ///< the probability (softmax) it gives to its answer
    double confidence = 0;
    double margin = 0; ///< how sure the original was: its largest probability minus the second
};

/// Those whose original was surest first. Whether an answer differs is told by the stored classes,
/// confidences by the stored logits.
std::vector<Flip> flips(const RunAnswers &answers);

struct FlipCounts
{
    std::int64_t better = 0;
    std::int64_t worse = 0;
    std::int64_t otherwiseWrong = 0;

    std::int64_t all() const { return better + worse + otherwiseWrong; }
    bool operator==(const FlipCounts &) const = default;
};

FlipCounts counted(const std::vector<Flip> &flips);

/// The probability each answer was given with.
std::vector<double> confidences(const ModelAnswers &answers);

} // namespace pare
