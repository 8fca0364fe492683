#include "core/model/run.h"

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/base/utf8.h"
#include "core/model/messages.h"

#include <cmath>
#include <limits>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace pare {

namespace {

using Json = nlohmann::ordered_json;

constexpr int schemaVersion = 1;

/// JSON has no word for what is not a number: it writes null.
double realFrom(const Json &json)
{
    return json.is_null() ? std::numeric_limits<double>::quiet_NaN() : json.get<double>();
}

void addMeasurement(Json &json, const Measurement &measured)
{
    json["bytes"] = measured.bytes;
    json["parameters"] = measured.parameters;
    json["metrics"] = Json::object();
    for (const auto &[name, interval] : measured.metrics)
        json["metrics"][name] = toJson(interval);
    json["latencyMs"] = {{"median", measured.latencyMs.median},
                         {"low", measured.latencyMs.low},
                         {"high", measured.latencyMs.high}};
    json["examplesPerSecond"] = measured.examplesPerSecond;
    if (measured.multiplyAdds)
        json["multiplyAdds"] = *measured.multiplyAdds;
    if (!measured.bytesByPart.empty())
        json["bytesByPart"] = measured.bytesByPart;
}

Measurement measurementFrom(const Json &json)
{
    Measurement measured;
    measured.bytes = json.at("bytes").get<std::int64_t>();
    measured.parameters = json.at("parameters").get<std::int64_t>();
    for (const auto &[name, interval] : json.at("metrics").items())
        measured.metrics[name] = intervalFromJson(interval);
    const Json &latency = json.at("latencyMs");
    measured.latencyMs = {realFrom(latency.at("median")), realFrom(latency.at("low")),
                          realFrom(latency.at("high"))};
    measured.examplesPerSecond = realFrom(json.at("examplesPerSecond"));
    if (const auto count = json.find("multiplyAdds"); count != json.end())
        measured.multiplyAdds = count->get<std::int64_t>();
    measured.bytesByPart = json.value("bytesByPart", std::map<std::string, std::int64_t>{});
    return measured;
}

Json layerJson(const LayerRecord &layer)
{
    Json settings = std::move(toJson(Recipe{layer.settings})["steps"]);
    return {{"name", layer.name},
            {"steps", layer.steps},
            {"settings", std::move(settings)},
            {"sharedWith", layer.sharedWith.empty() ? Json() : Json(layer.sharedWith)},
            {"bytes", layer.bytes},
            {"bytesByPart", layer.bytesByPart},
            {"storage", layer.storage},
            {"bitsPerWeight", layer.bitsPerWeight},
            {"kernel", layer.kernel},
            {"weightError", layer.weightError},
            {"outputError", layer.outputError ? Json(*layer.outputError) : Json()}};
}

LayerRecord layerFrom(const Json &json)
{
    LayerRecord layer;
    layer.name = json.at("name").get<std::string>();
    layer.steps = json.at("steps").get<std::vector<std::string>>();
    if (const auto owner = json.find("sharedWith"); owner != json.end() && owner->is_string())
        layer.sharedWith = owner->get<std::string>();
    layer.bytes = json.at("bytes").get<std::int64_t>();
    layer.bytesByPart = json.at("bytesByPart").get<std::map<std::string, std::int64_t>>();
    layer.kernel = json.at("kernel").get<std::string>();
    layer.weightError = realFrom(json.at("weightError"));
    if (const auto settings = json.find("settings"); settings != json.end())
        layer.settings = recipeFromJson(Json{{"steps", *settings}}.dump(), layer.name).steps;
    if (const auto error = json.find("outputError"); error != json.end() && !error->is_null())
        layer.outputError = error->get<double>();
    layer.storage = json.value("storage", "");
    layer.bitsPerWeight = json.value("bitsPerWeight", 0.0);
    return layer;
}

Json distillationJson(const Distillation &distillation)
{
    Json json = toJson(Recipe{{distillation.method}})["steps"][0];
    json["layerMap"] = distillation.layerMap;
    json["options"] = distillation.options;
    if (!distillation.studentPath.empty())
        json["student"] = distillation.studentPath;
    if (!distillation.corpusPath.empty())
        json["corpus"] = {{"path", distillation.corpusPath}, {"hash", distillation.corpusHash}};
    return json;
}

Distillation distillationFrom(const Json &json)
{
    Json method = json;
    for (const char *key : {"layerMap", "student", "corpus", "options"})
        method.erase(key);
    Distillation distillation;
    distillation.method =
        recipeFromJson(Json{{"steps", Json::array({method})}}.dump(), "distillation").steps.at(0);
    distillation.layerMap = json.value("layerMap", "");
    distillation.studentPath = json.value("student", "");
    distillation.options = json.value("options", std::map<std::string, std::string>{});
    if (const auto corpus = json.find("corpus"); corpus != json.end()) {
        distillation.corpusPath = corpus->at("path").get<std::string>();
        distillation.corpusHash = corpus->at("hash").get<std::string>();
    }
    return distillation;
}

Run readRun(const Json &json)
{
    Run run;
    run.id = json.at("id").get<std::string>();
    run.time = json.value("time", "");
    run.modelPath = json.at("model").at("path").get<std::string>();
    run.modelHash = json.at("model").at("hash").get<std::string>();
    const Json &data = json.at("data");
    run.dataPath = data.at("path").get<std::string>();
    run.dataHash = data.at("hash").get<std::string>();
    run.task = data.at("task").get<std::string>();
    run.examples = data.at("examples").get<std::int64_t>();
    run.truncated = data.value("truncated", std::int64_t{0});
    if (const auto calibration = json.find("calibration"); calibration != json.end()) {
        run.calibrationPath = calibration->at("path").get<std::string>();
        run.calibrationHash = calibration->at("hash").get<std::string>();
        run.calibrationExamples = calibration->at("examples").get<int>();
    }
    if (const auto dev = json.find("dev"); dev != json.end()) {
        run.devPath = dev->at("path").get<std::string>();
        run.devHash = dev->at("hash").get<std::string>();
    }
    if (const auto training = json.find("training"); training != json.end()) {
        run.training = trainingRecordFromJson(*training);
        run.trainPath = training->at("data").at("path").get<std::string>();
        run.trainHash = training->at("data").at("hash").get<std::string>();
    }
    if (const auto distillation = json.find("distillation"); distillation != json.end())
        run.distillation = distillationFrom(*distillation);
    if (const auto prediction = json.find("prediction"); prediction != json.end())
        run.prediction = {intervalFromJson(prediction->at("accuracy")),
                          realFrom(prediction->at("latencyMs"))};
    run.seed = json.at("seed").get<std::uint64_t>();
    run.threads = json.at("threads").get<int>();
    run.versions = json.at("versions").get<std::map<std::string, std::string>>();
    run.recipe = recipeFromJson(json.at("recipe").dump(), "recipe");
    run.notes = json.value("notes", std::vector<std::string>{});
    run.primaryMetric = json.at("primaryMetric").get<std::string>();
    run.measured = measurementFrom(json);
    run.labelLoyalty = intervalFromJson(json.at("loyalty").at("label"));
    run.probabilityLoyalty = intervalFromJson(json.at("loyalty").at("probability"));
    run.batchTokens = json.at("batchTokens").get<std::int64_t>();
    run.kernels = json.at("kernels").get<std::vector<std::string>>();
    run.baseline = measurementFrom(json.at("baseline"));
    for (const Json &layer : json.at("layers"))
        run.layers.push_back(layerFrom(layer));
    run.weightHash = json.value("weightHash", "");
    return run;
}

} // namespace

Json toJson(const Interval &interval)
{
    return {{"value", interval.value},
            {"low", interval.low},
            {"high", interval.high},
            {"n", interval.n}};
}

Interval intervalFromJson(const Json &json)
{
    return {realFrom(json.at("value")), realFrom(json.at("low")), realFrom(json.at("high")),
            json.at("n").get<std::int64_t>()};
}

std::vector<Step> allSteps(const Run &run)
{
    std::vector<Step> all = run.recipe.allSteps();
    if (run.distillation)
        all.push_back(run.distillation->method);
    return all;
}

std::vector<Family> familiesOf(const Run &run)
{
    std::vector<Family> families;
    for (const Step &step : run.recipe.allSteps()) {
        if (const TechniqueInfo *technique = findTechnique(step.technique))
            families.push_back(technique->family);
    }
    if (run.distillation)
        families.push_back(Family::Training);
    return families;
}

bool isOriginal(const Run &run)
{
    return run.recipe.empty() && !run.distillation;
}

std::int64_t answersChanged(const Run &run)
{
    const Interval &same = run.labelLoyalty;
    return std::llround((1 - same.value) * static_cast<double>(same.n));
}

Json toJson(const Run &run)
{
    Json json;
    json["schema"] = schemaVersion;
    json["id"] = run.id;
    json["time"] = run.time;
    json["model"] = {{"path", validUtf8(run.modelPath)}, {"hash", run.modelHash}};
    json["data"] = {{"path", validUtf8(run.dataPath)},
                    {"hash", run.dataHash},
                    {"task", run.task},
                    {"examples", run.examples},
                    {"truncated", run.truncated}};
    if (!run.calibrationPath.empty())
        json["calibration"] = {{"path", validUtf8(run.calibrationPath)},
                               {"hash", run.calibrationHash},
                               {"examples", run.calibrationExamples}};
    if (!run.devPath.empty())
        json["dev"] = {{"path", validUtf8(run.devPath)}, {"hash", run.devHash}};
    if (run.training) {
        json["training"] = toJson(*run.training);
        json["training"]["data"] = {{"path", validUtf8(run.trainPath)}, {"hash", run.trainHash}};
    }
    if (run.distillation)
        json["distillation"] = distillationJson(*run.distillation);
    if (run.prediction)
        json["prediction"] = {{"accuracy", toJson(run.prediction->accuracy)},
                              {"latencyMs", run.prediction->milliseconds}};
    json["seed"] = run.seed;
    json["threads"] = run.threads;
    json["versions"] = run.versions;
    json["recipe"] = toJson(run.recipe);
    json["notes"] = run.notes;
    json["primaryMetric"] = run.primaryMetric;
    addMeasurement(json, run.measured);
    json["loyalty"] = {{"label", toJson(run.labelLoyalty)},
                       {"probability", toJson(run.probabilityLoyalty)}};
    json["answersChanged"] = answersChanged(run);
    json["batchTokens"] = run.batchTokens;
    json["kernels"] = run.kernels;
    json["baseline"] = Json::object();
    addMeasurement(json["baseline"], run.baseline);
    json["layers"] = Json::array();
    for (const LayerRecord &layer : run.layers)
        json["layers"].push_back(layerJson(layer));
    json["weightHash"] = run.weightHash;
    return json;
}

Run runFromJson(const Json &document)
{
    try {
        return readRun(document);
    } catch (const nlohmann::json::exception &error) {
        throw Error(ErrorKind::InvalidFile, messages::runJson, reasonOf(error));
    }
}

std::string runId(const Recipe &checkedRecipe, const RunOrigin &origin)
{
    Hasher hasher;
    hasher.add(checkedRecipe.text()).add(origin.modelHash).add(origin.dataHash);
    hasher.add(static_cast<std::int64_t>(origin.seed));
    hasher.add(static_cast<std::int64_t>(origin.threads)).add(origin.calibration);
    if (!origin.dev.empty())
        hasher.add(origin.dev);
    if (!origin.train.empty())
        hasher.add("train").add(origin.train);
    if (!origin.taught.empty())
        hasher.add("taught").add(origin.taught);
    return hasher.hex().substr(0, 12);
}

} // namespace pare
