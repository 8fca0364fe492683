#include "core/training/trainingstate.h"

#include "core/base/error.h"
#include "core/tensors/safetensorswriter.h"
#include "core/tensors/tensor.h"
#include "core/tensors/torcherrors.h"
#include "core/training/messages.h"

#include <nlohmann/json.hpp>

namespace pare {

namespace {

using Json = nlohmann::ordered_json;

Json positionJson(Trainer &trainer)
{
    const TrainerPosition &position = trainer.position();
    const TrainingReport &report = trainer.report();
    Json json = toJson(report);
    json["epochsDone"] = position.epoch;
    json["batchesDone"] = position.batch;
    json["lossSum"] = position.lossSum;
    json["lossCount"] = position.lossCount;
    json["optimizerSteps"] = trainer.optimizer().steps();
    return json;
}

TrainingReport reportFrom(const Json &json)
{
    TrainingReport report;
    report.steps = json.at("steps").get<std::int64_t>();
    report.tokens = json.at("tokens").get<std::int64_t>();
    report.seconds = json.at("seconds").get<double>();
    report.truncated = json.at("truncated").get<std::int64_t>();
    report.labels = json.at("labels").get<std::vector<std::string>>();
    for (const Json &point : json.at("points"))
        report.points.push_back(
            {point.at("step"), point.at("epoch"), point.at("loss"), point.at("learningRate")});
    for (const Json &evaluation : json.at("evaluations"))
        report.evaluations.push_back({evaluation.at("step"), evaluation.at("epoch"),
                                      evaluation.at("loss"), evaluation.at("accuracy"),
                                      evaluation.at("n"), evaluation.at("best")});
    return report;
}

at::Tensor stored(const std::shared_ptr<const SafetensorsFile> &file, const std::string &name,
                  const at::Tensor &like)
{
    const SafetensorsEntry *entry = file->find(name);
    const std::vector<std::int64_t> shape = like.sizes().vec();
    if (!entry || entry->dtype != DType::Float32 || entry->shape != shape)
        throw Error(ErrorKind::InvalidFile, messages::stateBroken, file->path(), name);
    return toTensor(file, *entry);
}

} // namespace

void saveTrainingState(const std::filesystem::path &file, const std::string &fingerprint,
                       Trainer &trainer)
{
    translatingTorchErrors([&] {
        std::map<std::string, at::Tensor> tensors;
        const AdamW &optimizer = trainer.optimizer();
        for (std::size_t i = 0; i < optimizer.parameters().size(); ++i) {
            const NamedParameter &parameter = optimizer.parameters()[i];
            tensors["parameter." + parameter.name] = parameter.tensor.detach();
            tensors["mean." + parameter.name] = optimizer.means()[i];
            tensors["square." + parameter.name] = optimizer.squares()[i];
        }
        writeSafetensors(
            file, tensors,
            {{"fingerprint", fingerprint}, {"training", positionJson(trainer).dump()}});
    });
}

void restoreTrainingState(const std::filesystem::path &path, const std::string &fingerprint,
                          Trainer &trainer)
{
    const auto file = std::make_shared<const SafetensorsFile>(path);
    const auto belongs = file->metadata().find("fingerprint");
    if (belongs == file->metadata().end() || belongs->second != fingerprint)
        throw Error(ErrorKind::InvalidFile, messages::stateForeign, path);
    try {
        const Json json = Json::parse(file->metadata().at("training"));
        TrainerPosition position;
        position.epoch = json.at("epochsDone").get<std::int64_t>();
        position.batch = json.at("batchesDone").get<std::int64_t>();
        position.lossSum = json.at("lossSum").get<double>();
        position.lossCount = json.at("lossCount").get<std::int64_t>();
        translatingTorchErrors([&] {
            AdamW &optimizer = trainer.optimizer();
            std::vector<at::Tensor> means;
            std::vector<at::Tensor> squares;
            std::vector<at::Tensor> values;
            for (const NamedParameter &parameter : optimizer.parameters()) {
                values.push_back(stored(file, "parameter." + parameter.name, parameter.tensor));
                means.push_back(stored(file, "mean." + parameter.name, parameter.tensor));
                squares.push_back(stored(file, "square." + parameter.name, parameter.tensor));
            }
            for (std::size_t i = 0; i < values.size(); ++i)
                optimizer.parameters()[i].tensor.detach().copy_(values[i]);
            optimizer.restore(means, squares, json.at("optimizerSteps").get<std::int64_t>());
        });
        trainer.resume(position, reportFrom(json));
    } catch (const nlohmann::json::exception &error) {
        throw Error(ErrorKind::InvalidFile, messages::stateBroken, path, error.what());
    } catch (const std::out_of_range &) {
        throw Error(ErrorKind::InvalidFile, messages::stateBroken, path, "training");
    }
}

} // namespace pare
