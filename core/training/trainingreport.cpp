#include "core/training/trainingreport.h"

#include <nlohmann/json.hpp>

namespace pare {

using Json = nlohmann::ordered_json;

Json toJson(const TrainingPoint &point)
{
    return {{"step", point.step},
            {"epoch", point.epoch},
            {"loss", point.loss},
            {"learningRate", point.learningRate}};
}

Json toJson(const TrainingEvaluation &evaluation)
{
    return {{"step", evaluation.step}, {"epoch", evaluation.epoch},
            {"loss", evaluation.loss}, {"accuracy", evaluation.accuracy},
            {"n", evaluation.n},       {"best", evaluation.best}};
}

Json toJson(const TrainingReport &report)
{
    Json points = Json::array();
    for (const TrainingPoint &point : report.points)
        points.push_back(toJson(point));
    Json evaluations = Json::array();
    for (const TrainingEvaluation &evaluation : report.evaluations)
        evaluations.push_back(toJson(evaluation));
    return {{"schema", 1},
            {"objective", report.options.objective == Objective::Task ? "task" : "mlm"},
            {"steps", report.steps},
            {"epochs", report.options.epochs},
            {"learningRate", report.options.learningRate},
            {"batchTokens", report.options.batchTokens},
            {"seed", report.options.seed},
            {"tokens", report.tokens},
            {"seconds", report.seconds},
            {"tokensPerSecond", report.tokensPerSecond()},
            {"parameters", report.parameters},
            {"truncated", report.truncated},
            {"labels", report.labels},
            {"points", points},
            {"evaluations", evaluations}};
}

} // namespace pare
