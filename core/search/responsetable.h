// What each place of a model answers to each option: the one table that sensitivity, predictions,
// the budget solver, blame and the map read.
//
// Plain values; any thread.
#pragma once

#include "core/model/run.h"
#include "core/search/probeestimate.h"
#include "core/search/probeorder.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pare {

/// One option at one place, everything else as in the original.
struct Response
{
    std::string id;          ///< of the experiment, as a run of its recipe would have it
    std::string place;       ///< a layer; of structure, 'stack=encoder and block=3'
    Recipe recipe;           ///< checked; the option is the last step
    std::int64_t bytes = 0;  ///< of the whole model's file
    double milliseconds = 0; ///< added to the time of one answer; negative: faster
    double weightError = 0;  ///< ‖W−Ŵ‖/‖W‖; where several layers changed, the largest
    std::optional<double> outputError = {}; ///< likewise, on calibration data; nothing: none there
    std::vector<float> changes =
        {};                ///< of the logits, [rows, labels], as half precision holds them
    bool finished = false; ///< more rows would answer nothing that was asked

    const Step &option() const { return recipe.steps.back(); }

    bool operator==(const Response &) const = default;
};

/// Two options at two places at once.
struct JointResponse
{
    std::size_t first = 0; ///< of the table's responses
    std::size_t second = 0;
    Response response;
};

struct ResponseTable
{
    std::string modelHash;
    std::string dataHash;
    ProbeOrder order;
    ProbeAnswers original;
    std::int64_t bytes = 0;  ///< of the original's file
    double milliseconds = 0; ///< of one of its answers
    std::vector<Response> responses;
    std::vector<JointResponse> joints; ///< of pairs that were asked together
    std::vector<Response> leftOut; ///< of options everywhere but at the place (leftOutResponses())

    std::int64_t rows(const Response &response) const
    {
        return static_cast<std::int64_t>(response.changes.size()) / original.labels;
    }
    ProbeEstimate estimateOf(const Response &response) const
    {
        return estimated(order, original, response.changes);
    }
    /// Of all that was measured of answers and weights; times, which never repeat, are left out.
    std::string hash() const;
};

} // namespace pare
