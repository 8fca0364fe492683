#include "core/training/trainingoptions.h"

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/numbers.h"
#include "core/network/kernels/gemm.h"
#include "core/training/messages.h"

#include <cassert>
#include <cmath>
#include <map>

namespace pare {

namespace {

void require(const char *name, double value, double low, double high)
{
    if (!(value >= low && value <= high))
        throw Error(ErrorKind::InvalidSetting, messages::trainingSetting, name, formatReal(low),
                    formatReal(high), formatReal(value));
}

} // namespace

TrainingOptions withDefaults(TrainingOptions options, const NetworkSpecification &network,
                             TrainingStart start)
{
    require("epochs", options.epochs, 0, 100'000);
    require("learning rate", options.learningRate, 0, 10);
    require("batch tokens", static_cast<double>(options.batchTokens), 0, 1 << 24);
    require("threads", options.threads, 0, 4096);
    require("warm-up", options.warmupShare, 0, 1);
    require("weight decay", options.weightDecay, 0, 1);
    require("clip", options.clip, 0, 1e9);
    require("masked share", options.maskedShare, 0.001, 0.9);
    require("learning rate of scores", options.scoreLearningRate, 0, 10);
    require("patience", options.patience, 0, 100'000);
    require("minutes between saves", options.saveEveryMinutes, 0, 1e9);
    const double width = network.width();
    const bool fineTuning =
        options.objective == Objective::Task && start == TrainingStart::Checkpoint;
    if (options.epochs == 0)
        options.epochs = fineTuning ? 4 : 10;
    if (!options.precision)
        options.precision = fastestTrainingPrecision();
    if (options.batchTokens == 0)
        options.batchTokens = options.objective == Objective::Task ? 1024 : 4096;
    if (options.learningRate == 0)
        options.learningRate = fineTuning ? 5e-5 * 768 / width : 1e-3 * std::sqrt(128 / width);
    return options;
}

NamedObjective parsedObjective(std::string_view text)
{
    constexpr auto next = PairObjective::NextSentence, order = PairObjective::SentenceOrder;
    const std::map<std::string_view, NamedObjective> known{
        {"task", {Objective::Task, next}},           {"mlm", {Objective::MaskedLm, next}},
        {"nsp", {Objective::SentencePair, next}},    {"sop", {Objective::SentencePair, order}},
        {"mlm+nsp", {Objective::Pretraining, next}}, {"nsp+mlm", {Objective::Pretraining, next}},
        {"mlm+sop", {Objective::Pretraining, order}}, {"sop+mlm", {Objective::Pretraining, order}}};
    const auto found = known.find(text);
    if (found == known.end())
        throw Error(ErrorKind::InvalidSetting, messages::trainingObjective, text);
    return found->second;
}

std::optional<TrainingPrecision> parsedPrecision(std::string_view text)
{
    assert(text == "auto" || text == "float32" || text == "bfloat16");
    if (text == "auto")
        return {};
    return text == "bfloat16" ? TrainingPrecision::BFloat16 : TrainingPrecision::Float32;
}

std::string nameOf(const TrainingOptions &options)
{
    const char *pair = options.pair == PairObjective::NextSentence ? "nsp" : "sop";
    switch (options.objective) {
    case Objective::Task:
        return "task";
    case Objective::MaskedLm:
        return "mlm";
    case Objective::SentencePair:
        return pair;
    case Objective::Pretraining:
        break;
    }
    return std::string("mlm+") + pair;
}

std::string identityOf(const TrainingOptions &options)
{
    Hasher hasher;
    for (const double number :
         {options.epochs, options.learningRate, options.warmupShare, options.weightDecay,
          options.clip, options.maskedShare, options.scoreLearningRate})
        hasher.add(formatReal(number));
    hasher.add(options.batchTokens).add(static_cast<std::int64_t>(options.seed));
    hasher.add(nameOf(options)).add(static_cast<std::int64_t>(options.masking));
    hasher.add(static_cast<std::int64_t>(options.patience));
    hasher.add(options.precision ? trainingPrecisionName(*options.precision) : "");
    return hasher.hex();
}

} // namespace pare
