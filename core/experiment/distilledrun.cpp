#include "core/experiment/distilledrun.h"

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/checkpoint/checkpoint.h"
#include "core/compression/layerrecords.h"
#include "core/evaluation/loyalty.h"
#include "core/experiment/experiment.h"
#include "core/experiment/measure.h"
#include "core/experiment/messages.h"
#include "core/experiment/runanswers.h"
#include "core/experiment/runfields.h"
#include "core/experiment/versions.h"
#include "core/experiment/weightinputs.h"
#include "core/network/computing.h"
#include "core/network/network.h"
#include "core/text/datasource.h"

#include <algorithm>
#include <limits>

namespace pare {

namespace {

Measured measured(const NetworkSpecification &specification, const ModelWeights &weights,
                  const EncodedData &data, const ExperimentOptions &options, Progress &progress)
{
    Measured result = measure(Network(specification, weights), data, options, progress);
    result.measurement.bytes = exportedBytes(specification, weights);
    result.measurement.parameters = parameterCount(weights);
    result.measurement.bytesByPart = bytesByPart(weights, result.measurement.bytes);
    return result;
}

/// Of the student alone: nothing of the teacher's is what one of its layers came from.
std::vector<LayerRecord> recordsOf(const Distilled &student, const Measured &measured)
{
    std::vector<LayerRecord> records;
    for (const Layer &layer : described(student.specification, student.weights).layers) {
        LayerRecord record;
        record.name = layer.name;
        record.sharedWith = layer.sharedWith;
        record.bytes = layer.bytes;
        record.storage = layer.storage;
        record.weightError = std::numeric_limits<double>::quiet_NaN();
        if (const auto kernel = measured.kernels.find(layer.name); kernel != measured.kernels.end())
            record.kernel = kernel->second;
        if (const auto own = student.weights.layers.find(layer.name);
            own != student.weights.layers.end()) {
            record.bytesByPart = bytesByPart(own->second.weight);
            if (own->second.bias.defined())
                record.bytesByPart["rest"] += static_cast<std::int64_t>(own->second.bias.nbytes());
        }
        records.push_back(std::move(record));
    }
    return records;
}

Distillation distillationOf(const DistilledRunInputs &inputs)
{
    const DistillRequest &request = inputs.request;
    Distillation result{.method = request.method, .layerMap = inputs.student.layerMap};
    const auto set = [&](const char *name, double value) {
        if (value > 0)
            result.options[name] = formatReal(value);
    };
    set("epochs", request.options.epochs);
    set("learning-rate", request.options.learningRate);
    set("batch-tokens", static_cast<double>(request.options.batchTokens));
    set("patience", request.options.patience);
    if (request.options.precision)
        result.options["precision"] = trainingPrecisionName(*request.options.precision);
    if (!request.student.empty())
        result.studentPath = absolutePath(request.student);
    if (!request.corpus.empty()) {
        result.corpusPath = namedPath(request.corpus);
        result.corpusHash = inputs.corpusHash;
    }
    return result;
}

/// What it was made from and measured on, and what it is called by.
Run begunRun(const DistilledRunInputs &inputs, const ExperimentOptions &options, Progress &progress)
{
    const DistillRequest &request = inputs.request;
    Run run;
    run.modelPath = absolutePath(request.teacher);
    run.modelHash = hashOf(inputs.teacher, progress);
    run.dataPath = namedPath(request.measuredOn);
    run.dataHash = openDataset(request.measuredOn).hash();
    run.task = "classification";
    run.recipe = inputs.recipe;
    run.training = inputs.student.record();
    run.distillation = distillationOf(inputs);
    if (!request.data.empty()) {
        run.trainPath = namedPath(request.data);
        run.trainHash = inputs.trainHash;
    }
    if (!request.dev.empty()) {
        run.devPath = namedPath(request.dev);
        run.devHash = inputs.devHash;
    }
    run.seed = options.seed;
    run.threads = options.threads;
    run.batchTokens = options.batchTokens;
    run.versions = versions();
    run.primaryMetric = "accuracy";
    RunOrigin origin{run.modelHash, run.dataHash, run.seed, run.threads, {}};
    origin.taught = inputs.taught;
    run.id = runId(run.recipe, origin);
    if (run.dataHash == run.devHash)
        run.notes.push_back(message(messages::distillMeasuredOnDev).text());
    return run;
}

} // namespace

void checkMeasurable(const Checkpoint &teacher, const DistillRequest &request)
{
    if (request.measuredOn.empty())
        throw Error(ErrorKind::InvalidSetting, messages::distillNoTest);
    if (teacher.specification.head != HeadKind::Classification)
        throw Error(ErrorKind::Unsupported, messages::distillNothingToCompare, request.teacher);
}

Checkpoint readerOf(const Checkpoint &teacher, const NetworkSpecification &student)
{
    Checkpoint reader = teacher;
    int &positions = reader.specification.embedding.positions;
    positions = std::min(positions, student.embedding.positions);
    return reader;
}

DistilledRun distilledRun(const DistilledRunInputs &inputs, Progress &progress)
{
    const DistillRequest &request = inputs.request;
    ExperimentOptions options;
    options.seed = request.options.seed;
    options.threads = request.options.threads > 0 ? request.options.threads : usableCores();
    Run run = begunRun(inputs, options, progress);
    const Dataset examples = openDataset(request.measuredOn);
    const EncodedData asked =
        encodedExamples(inputs.teacher, examples, request.measuredOn, {}, progress);
    const EncodedData data = encodedExamples(readerOf(inputs.teacher, inputs.student.specification),
                                             examples, request.measuredOn, inputs.tokens, progress);
    const Measured teacher =
        measured(inputs.teacher.specification, inputs.teacher.weights, asked, options, progress);
    const Measured student =
        measured(inputs.student.specification, inputs.student.weights, data, options, progress);
    run.examples = data.size();
    run.truncated = data.truncated;
    run.baseline = teacher.measurement;
    run.baseline.bytes = inputs.teacher.description.bytes;
    run.baseline.parameters = inputs.teacher.description.parameters;
    run.baseline.bytesByPart = bytesByPart(inputs.teacher.weights, run.baseline.bytes);
    run.measured = student.measurement;
    run.labelLoyalty = labelLoyalty(student.logits, teacher.logits);
    run.probabilityLoyalty = probabilityLoyalty(student.logits, teacher.logits);
    run.layers = recordsOf(inputs.student, student);
    run.kernels = distinctKernels(student.kernels);
    run.weightHash = hashOf(inputs.student.specification, inputs.student.weights, progress);
    run.time = timeNow();
    RunAnswers answers = runAnswers(data, run.dataHash, student.logits, teacher.logits);
    return {std::move(run), std::move(answers)};
}

} // namespace pare
