#include "core/training/trainingstate.h"

#include "core/base/error.h"
#include "core/base/json.h"
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
    json["normSum"] = position.normSum;
    json["lossCount"] = position.lossCount;
    json["stopped"] = position.stopped;
    json["optimizerSteps"] = trainer.optimizer().steps();
    return json;
}

TrainingReport reportFrom(const Json &json)
{
    TrainingReport report;
    static_cast<TrainingRecord &>(report) = trainingRecordFromJson(json);
    report.truncated = json.at("truncated").get<std::int64_t>();
    report.labels = json.at("labels").get<std::vector<std::string>>();
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
                       Trainer &trainer, const std::vector<at::Tensor> &best)
{
    translatingTorchErrors([&] {
        std::map<std::string, at::Tensor> tensors;
        const AdamW &optimizer = trainer.optimizer();
        for (std::size_t i = 0; i < optimizer.parameters().size(); ++i) {
            const NamedParameter &parameter = optimizer.parameters()[i];
            tensors["parameter." + parameter.name] = parameter.tensor.detach();
            tensors["mean." + parameter.name] = optimizer.means()[i];
            tensors["square." + parameter.name] = optimizer.squares()[i];
            if (!best.empty())
                tensors["best." + parameter.name] = best[i];
        }
        writeSafetensors(
            file, tensors,
            {{"fingerprint", fingerprint}, {"training", positionJson(trainer).dump()}});
    });
}

std::vector<at::Tensor> restoreTrainingState(const std::filesystem::path &path,
                                             const std::string &fingerprint, Trainer &trainer)
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
        position.normSum = json.at("normSum").get<double>();
        position.lossCount = json.at("lossCount").get<std::int64_t>();
        position.stopped = json.at("stopped").get<bool>();
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
        std::vector<at::Tensor> best;
        for (const NamedParameter &parameter : trainer.optimizer().parameters()) {
            const std::string name = "best." + parameter.name;
            if (file->find(name))
                best.push_back(stored(file, name, parameter.tensor).clone());
        }
        if (!best.empty() && best.size() != trainer.optimizer().parameters().size())
            throw Error(ErrorKind::InvalidFile, messages::stateBroken, path, "best");
        trainer.resume(position, reportFrom(json));
        return best;
    } catch (const nlohmann::json::exception &error) {
        throw Error(ErrorKind::InvalidFile, messages::stateBroken, path, reasonOf(error));
    } catch (const std::out_of_range &) {
        throw Error(ErrorKind::InvalidFile, messages::stateBroken, path, "training");
    }
}

} // namespace pare
