// What models answered to every example of a data set: kept with runs, so that they can be compared
// without computing again.
//
// Plain values without LibTorch; any thread may read them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace pare {

/// What belongs to the data: nothing else of its content is kept.
struct AnsweredData
{
    std::string hash;                    ///< of the data's content
    std::vector<std::string> labelNames; ///< by class index, as the model names them
    std::vector<std::int32_t> gold;      ///< correct class index of each example, in their order

    bool operator==(const AnsweredData &) const = default;
};

/// Of one model to all examples, in the data's order.
struct ModelAnswers
{
    /// Class index of each example, chosen among the logits as they were computed: among stored
    /// ones, which are rounded, two may be equal.
    std::vector<std::int32_t> predicted;
    std::vector<float> logits; ///< [examples, labels], row by row; in half precision once stored

    /// [labels] of one example.
    std::span<const float> row(std::size_t example) const;
    bool operator==(const ModelAnswers &) const = default;
};

/// Of a run's compressed model and of the original that it was measured beside.
struct RunAnswers
{
    AnsweredData data;
    ModelAnswers run;
    ModelAnswers original;

    /// Nothing was kept.
    bool empty() const { return data.gold.empty(); }
    bool operator==(const RunAnswers &) const = default;
};

/// Whether each answer is the correct one: 1 or 0.
std::vector<std::uint8_t> correctAnswers(const AnsweredData &data, const ModelAnswers &answers);

/// The softmax of one example's logits, at least one.
std::vector<double> probabilities(std::span<const float> logits);

} // namespace pare
