#include "core/model/trainingrecord.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace pare {

using Json = nlohmann::ordered_json;

std::int64_t settledAt(const std::vector<SchedulePoint> &points)
{
    const double last = points.back().value;
    const auto moves =
        std::find_if(points.rbegin(), points.rend(),
                     [&](const SchedulePoint &point) { return point.value != last; });
    return moves.base()->step;
}

TrainingRecord joined(TrainingRecord first, const TrainingRecord &second, double epochs)
{
    for (TrainingPoint point : second.points) {
        point.step += first.steps;
        point.epoch += epochs;
        first.points.push_back(point);
    }
    for (TrainingEvaluation evaluation : second.evaluations) {
        evaluation.step += first.steps;
        evaluation.epoch += epochs;
        first.evaluations.push_back(evaluation);
    }
    for (const auto &[name, schedule] : second.schedules) {
        for (const SchedulePoint &point : schedule)
            first.schedules[name].push_back({first.steps + point.step, point.value});
    }
    first.steps += second.steps;
    first.tokens += second.tokens;
    first.seconds += second.seconds;
    return first;
}

Json toJson(const TrainingPoint &point)
{
    return {{"step", point.step},
            {"epoch", point.epoch},
            {"loss", point.loss},
            {"learningRate", point.learningRate},
            {"gradientNorm", point.gradientNorm}};
}

Json toJson(const TrainingEvaluation &evaluation)
{
    Json json{{"step", evaluation.step},     {"epoch", evaluation.epoch},
              {"loss", evaluation.loss},     {"accuracy", evaluation.accuracy},
              {"n", evaluation.n},           {"best", evaluation.best},
              {"byLoss", evaluation.byLoss}, {"whole", evaluation.whole}};
    if (!evaluation.scores.empty())
        json["scores"] = evaluation.scores;
    return json;
}

Json toJson(const TrainingRecord &record)
{
    Json points = Json::array();
    for (const TrainingPoint &point : record.points)
        points.push_back(toJson(point));
    Json evaluations = Json::array();
    for (const TrainingEvaluation &evaluation : record.evaluations)
        evaluations.push_back(toJson(evaluation));
    Json json{{"steps", record.steps},
              {"tokens", record.tokens},
              {"seconds", record.seconds},
              {"tokensPerSecond", record.tokensPerSecond()},
              {"points", std::move(points)},
              {"evaluations", std::move(evaluations)}};
    for (const auto &[name, schedule] : record.schedules) {
        for (const SchedulePoint &point : schedule)
            json["schedules"][name].push_back({{"step", point.step}, {"value", point.value}});
    }
    return json;
}

TrainingRecord trainingRecordFromJson(const Json &json)
{
    TrainingRecord record;
    record.steps = json.at("steps").get<std::int64_t>();
    record.tokens = json.at("tokens").get<std::int64_t>();
    record.seconds = json.at("seconds").get<double>();
    for (const Json &point : json.at("points"))
        record.points.push_back({point.at("step"), point.at("epoch"), point.at("loss"),
                                 point.at("learningRate"), point.at("gradientNorm")});
    for (const Json &evaluation : json.at("evaluations"))
        record.evaluations.push_back({evaluation.at("step"), evaluation.at("epoch"),
                                      evaluation.at("loss"), evaluation.at("accuracy"),
                                      evaluation.at("n"), evaluation.at("best"),
                                      evaluation.at("byLoss"), evaluation.at("whole"),
                                      evaluation.value("scores", std::map<std::string, double>{})});
    const Json schedules = json.value("schedules", Json::object());
    for (const auto &[name, schedule] : schedules.items()) {
        for (const Json &point : schedule)
            record.schedules[name].push_back({point.at("step"), point.at("value")});
    }
    return record;
}

} // namespace pare
