#include "core/training/trainingreport.h"

#include <nlohmann/json.hpp>

namespace pare {

using Json = nlohmann::ordered_json;

Json toJson(const TrainingReport &report)
{
    Json json{{"schema", 1},
              {"objective", nameOf(report.options)},
              {"epochs", report.options.epochs},
              {"learningRate", report.options.learningRate},
              {"batchTokens", report.options.batchTokens},
              {"precision", trainingPrecisionName(report.options.precision.value_or(
                                TrainingPrecision::Float32))},
              {"seed", report.options.seed},
              {"parameters", report.parameters},
              {"truncated", report.truncated},
              {"labels", report.labels}};
    json.update(toJson(static_cast<const TrainingRecord &>(report)));
    return json;
}

} // namespace pare
