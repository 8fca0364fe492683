// What single layers answer to single options: the table of a sweep per layer.
#pragma once

#include "core/model/run.h"

#include <string>
#include <vector>

namespace pare {

/// One option on one layer, and the run that measured it.
struct Response
{
    std::string layer;
    Step option; ///< its selection is the layer
    Run run;
};

/// One line a response, in the given order.
void printResponses(const std::vector<Response> &responses);

/// {"schema": 1, "runs": […], "responses": [{"layer", "technique", "settings", "run", "bytes",
/// "savedBytes", "latencyMs", "weightError", "outputError", "answersChanged", "examples"}]}
void printResponsesJson(const std::vector<Response> &responses);

} // namespace pare
