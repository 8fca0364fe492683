#include "core/experiment/distill.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/modelfolder.h"
#include "core/compression/compressedmodel.h"
#include "core/experiment/distilledrun.h"
#include "core/experiment/messages.h"
#include "core/experiment/weightinputs.h"
#include "core/model/architecture.h"
#include "core/network/computing.h"
#include "core/tensors/torcherrors.h"
#include "core/text/datasource.h"
#include "core/training/trainingsource.h"

#include <algorithm>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace pare {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// The student before it learns.
struct Student
{
    NetworkSpecification specification;
    ModelWeights weights;
    ModelWeights otherHeads;
    TrainedForm form = TrainedForm::Dense;
    const ModelWeights *originals = nullptr;
    std::vector<int> tokens = {}; ///< of the teacher's vocabulary, that it kept; empty: all
    Recipe recipe = {};           ///< as it was carried out
    std::vector<Message> notes = {};
};

/// What the two learn from.
struct Lessons
{
    TrainingData task;
    TrainingSet readByTeacher; ///< where the student kept a part of the vocabulary
    std::vector<Sequence> text;
    MaskingOptions masking;
    std::string hash; ///< of all of them
    std::string trainHash;
    std::string devHash;
    std::string corpusHash;
};

/// As many as a message holds.
std::string labelsText(const std::vector<std::string> &labels)
{
    constexpr std::size_t most = 12;
    const std::size_t shown = std::min(most, labels.size());
    return fmt::format(
        "{}{}",
        fmt::join(labels.begin(), labels.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
        shown < labels.size() ? ", …" : "");
}

bool isConfig(const fs::path &student)
{
    return student.extension() == ".json";
}

Checkpoint openStudent(const DistillRequest &request)
{
    Checkpoint checkpoint =
        openCheckpoint(request.student, isConfig(request.student) ? CheckpointWeights::Ignored
                                                                  : CheckpointWeights::Required);
    if (const std::optional<Message> refusal = whyNotRun(checkpoint.specification))
        throw Error(ErrorKind::Unsupported, *refusal);
    if (isConfig(request.student)) {
        checkpoint.weights.layers.clear();
        checkpoint.otherHeads.layers.clear();
    }
    return checkpoint;
}

/// Of `base` (the student, or the teacher in its place) after the steps.
Student studentOf(const Checkpoint &base, const DistillRequest &request, Progress &progress)
{
    Student student{base.specification, base.weights, base.otherHeads};
    if (base.compressed)
        student.form = TrainedForm::Stored;
    if (request.recipe.steps.empty())
        return student;
    if (!base.hasWeights())
        throw Error(ErrorKind::InvalidSetting, messages::distillStepsOfConfig, request.student);
    ExperimentOptions options;
    options.calibration = request.calibration;
    options.dev = request.dev;
    options.seed = request.options.seed;
    const WeightInputs inputs(base, options, progress);
    checkInputs(request.recipe, inputs.context(nullptr, progress));
    const RecipePlan planned = plan(request.recipe, base.description);
    CompressedModel made = compressedModel({base.specification, base.description, base.weights},
                                           planned, progress, inputs.context(nullptr, progress));
    student.specification = std::move(made.specification);
    student.weights = std::move(made.weights);
    student.form = TrainedForm::Stored;
    student.notes = made.plan.notes;
    student.recipe = made.plan.recipe;
    student.tokens = made.tokens();
    if (!made.plan.structure.changesModel())
        student.originals = &base.weights;
    return student;
}

/// `tokens` of the teacher's vocabulary are the student's.
Lessons lessonsOf(const Checkpoint &teacher, const std::vector<int> &tokens,
                  const DistillRequest &request, Progress &progress)
{
    Lessons lessons;
    Hasher hasher;
    const WordPieceTokenizer tokenizer = tokenizerOf(teacher, tokens);
    const auto examples = [&](const Dataset &dataset, const std::string &source,
                              const std::vector<int> &readBy) {
        EncodedData data = encodedExamples(teacher, dataset, source, readBy, progress);
        return TrainingSet{std::move(data.sequences), std::move(data.labels)};
    };
    if (!request.data.empty()) {
        const Dataset dataset = openDataset(request.data);
        lessons.trainHash = dataset.hash();
        hasher.add(lessons.trainHash);
        lessons.task.train = examples(dataset, request.data, tokens);
        if (!tokens.empty())
            lessons.readByTeacher = examples(dataset, request.data, {});
    }
    if (!request.dev.empty()) {
        const Dataset dataset = openDataset(request.dev);
        lessons.devHash = dataset.hash();
        hasher.add(lessons.devHash);
        lessons.task.dev = examples(dataset, request.dev, tokens);
    }
    if (!request.corpus.empty()) {
        const Corpus corpus = openCorpus(request.corpus);
        lessons.corpusHash = corpus.hash;
        hasher.add(corpus.hash);
        lessons.text = textSet(corpus, tokenizer, request.corpus, progress).sequences;
    }
    if (tokenizer.maskId())
        lessons.masking = maskingFor(tokenizer, request.options);
    lessons.hash = hasher.hex();
    return lessons;
}

/// Whence `pare export` brings it back. Of its heads, the one that was measured.
void keepStudent(const Distilled &student, const TokenizerSource &tokenizer, const Run &run,
                 const DistillRequest &request)
{
    if (!request.trained.empty())
        writeModel(request.trained / run.weightHash, student.specification, student.weights,
                   tokenizer);
}

fs::path stateFolder(const std::string &identity)
{
    return cacheFolder() / "training" / ("distill-" + identity.substr(0, 16));
}

/// What is read must not be written over.
void checkOutput(const DistillRequest &request)
{
    std::error_code ignored;
    for (const fs::path &read : {request.teacher, request.student}) {
        const fs::path folder =
            fs::is_directory(read, ignored) ? read : fs::absolute(read, ignored).parent_path();
        if (!read.empty() && fs::equivalent(folder, request.output, ignored))
            throw Error(ErrorKind::InvalidSetting, messages::experimentOverwrites, request.output);
    }
    checkWritableFolder(request.output);
}

/// Ids in the teacher's vocabulary of what a student reads by; empty: all of it. A student with a
/// vocabulary of its own learns nothing from texts in the teacher's numbers. Throws InvalidSetting.
std::vector<int> keptTokens(const Vocabulary &teacher, const Checkpoint &student)
{
    std::error_code ignored;
    if (!fs::exists(student.folder / "vocab.txt", ignored))
        return {};
    const WordPieceTokenizer tokenizer = tokenizerOf(student);
    const Vocabulary &own = tokenizer.vocabulary();
    std::vector<int> kept;
    int id = 0;
    for (int i = 0; i < own.size(); ++i, ++id) {
        while (id < teacher.size() && teacher.token(id) != own.token(i))
            ++id;
        if (id == teacher.size())
            throw Error(ErrorKind::InvalidSetting, messages::distillTokens, i, own.token(i),
                        i > 0 ? own.token(i - 1) : std::string_view());
        kept.push_back(id);
    }
    if (own.size() == teacher.size())
        kept.clear();
    return kept;
}

/// Of those that are left of `first`; both are ids of what was there before, empty for all of it.
std::vector<int> leftOf(const std::vector<int> &first, const std::vector<int> &left)
{
    if (first.empty() || left.empty())
        return first.empty() ? left : first;
    std::vector<int> both;
    for (const int id : left)
        both.push_back(first[static_cast<std::size_t>(id)]);
    return both;
}

/// A student that classifies already does so by the teacher's labels, in their order.
void checkLabels(const NetworkSpecification &teacher, const Checkpoint &student)
{
    const NetworkSpecification &own = student.specification;
    if (own.head != HeadKind::Classification || teacher.head != HeadKind::Classification ||
        !student.hasWeights())
        return;
    const bool named = own.labelsNamed && teacher.labelsNamed;
    if (named ? own.labels != teacher.labels : own.labels.size() != teacher.labels.size())
        throw Error(ErrorKind::InvalidSetting, messages::distillOtherLabels,
                    labelsText(teacher.labels), labelsText(own.labels));
}

/// Says what of a file is not what was told of the student.
Message keptHeads(const Distilled &made, std::int64_t bytes)
{
    std::string names;
    for (const auto &[name, layer] : made.otherHeads.layers)
        names += (names.empty() ? "" : ", ") + name;
    return message(messages::distillKeptHeads,
                   bytes - exportedBytes(made.specification, made.weights), names);
}

/// A teacher without a classifier has no labels: they are the data's.
Checkpoint openTeacher(const DistillRequest &request)
{
    Checkpoint teacher = openCheckpoint(request.teacher);
    if (const std::optional<Message> refusal = whyNotRun(teacher.specification))
        throw Error(ErrorKind::Unsupported, *refusal);
    if (request.data.empty() || teacher.specification.head == HeadKind::Classification)
        return teacher;
    if (isOneOf("kd|pkd|theseus|tinybert", request.method.technique))
        throw Error(ErrorKind::Unsupported, messages::distillTeacherHead, request.teacher,
                    request.method.technique);
    return withHead(std::move(teacher), HeadKind::Classification,
                    openDataset(request.data).labels());
}

} // namespace

Json toJson(const DistillReport &report)
{
    Json stages = Json::array();
    for (const DistillStage &stage : report.stages) {
        Json json{{"name", stage.name}};
        json.update(toJson(stage.report));
        stages.push_back(std::move(json));
    }
    Json notes = Json::array();
    for (const Message &note : report.notes)
        notes.push_back(note.text());
    const DistillRequest &request = report.request;
    Json json{{"schema", 1},
              {"method", request.method.technique},
              {"settings", request.method.settings},
              {"teacher", request.teacher.string()},
              {"teacherParameters", report.teacherParameters},
              {"teacherBytes", report.teacherBytes},
              {"student", request.student.empty() ? Json() : Json(request.student.string())},
              {"recipe", toJson(request.recipe)},
              {"layerMap", report.layerMap},
              {"output", request.output.string()},
              {"parameters", report.parameters},
              {"bytes", report.bytes},
              {"stages", std::move(stages)},
              {"notes", std::move(notes)}};
    if (report.run)
        json["run"] = toJson(*report.run);
    return json;
}

DistillReport distill(const DistillRequest &request, Progress &progress)
{
    return translatingTorchErrors([&] {
        checkOutput(request);
        startComputing(request.options.threads);
        const Checkpoint teacher = openTeacher(request);
        std::optional<Checkpoint> given;
        if (!request.student.empty())
            given = openStudent(request);
        const WordPieceTokenizer tokenizer = tokenizerOf(teacher);
        std::vector<int> kept;
        if (given && !isConfig(request.student)) {
            kept = keptTokens(tokenizer.vocabulary(), *given);
            checkLabels(teacher.specification, *given);
        }
        const bool measures = !request.trained.empty() || !request.measuredOn.empty();
        if (measures)
            checkMeasurable(teacher, request);
        for (const std::string &data : {request.data, request.dev, request.measuredOn}) {
            if (!data.empty())
                checkExamples(teacher, openDataset(data), data);
        }
        Student student = studentOf(given ? *given : teacher, request, progress);
        student.tokens = leftOf(kept, student.tokens);
        student.specification.labels = teacher.specification.labels;
        student.specification.labelsNamed = teacher.specification.labelsNamed;
        student.specification.head = teacher.specification.head;
        student.specification.pooler |= teacher.specification.pooler;
        const Lessons lessons =
            lessonsOf(readerOf(teacher, student.specification), student.tokens, request, progress);
        const TokenizerSource reads(teacher.folder, student.tokens);
        Hasher teaching;
        teaching.add(hashOf(teacher, progress)).add(lessons.hash);
        Hasher identity;
        identity.add(teaching.hex()).add(request.method.text());
        identity.add(configJson(student.specification).dump()).add(request.layerMap);
        if (!student.weights.layers.empty())
            identity.add(hashOf(student.specification, student.weights, progress));
        identity.add(identityOf(request.options));
        const DistillInputs inputs{
            .teacher = {teacher.specification, teacher.weights, teacher.otherHeads},
            .student = {student.specification, student.weights, student.otherHeads},
            .form = student.form,
            .originals = student.originals,
            .method = request.method,
            .layerMap = request.layerMap,
            .task = lessons.task,
            .readByTeacher = student.tokens.empty() ? nullptr : &lessons.readByTeacher.sequences,
            .text = lessons.text,
            .vocabulary = tokenizer.vocabulary(),
            .masking = lessons.masking,
            .options = request.options,
            .state = stateFolder(identity.hex()),
            .cache = cacheFolder() / "teachers",
            .identity = identity.hex(),
            .teaching = teaching.hex(),
        };
        Distilled made = distilled(inputs, progress);
        DistillReport report{request, made.stages, std::move(student.notes), {}, 0, 0, 0, 0};
        report.notes.insert(report.notes.end(), made.notes.begin(), made.notes.end());
        if (measures || !lessons.task.train.empty()) // heads that the task does not use
            made.otherHeads.layers.clear();
        writeModel(request.output, made.specification, made.weights, reads, made.otherHeads);
        report.bytes =
            static_cast<std::int64_t>(fs::file_size(request.output / "model.safetensors"));
        if (!made.otherHeads.layers.empty())
            report.notes.push_back(keptHeads(made, report.bytes));
        report.layerMap = made.layerMap;
        report.parameters = described(made.specification, made.weights).parameters;
        report.teacherBytes = teacher.description.bytes;
        report.teacherParameters = teacher.description.parameters;
        if (measures) {
            DistilledRun measured = distilledRun({teacher, request, made, student.tokens,
                                                  student.recipe, identity.hex(), lessons.trainHash,
                                                  lessons.devHash, lessons.corpusHash},
                                                 progress);
            report.run = std::move(measured.run);
            report.answers = std::move(measured.answers);
            keepStudent(made, reads, *report.run, request);
        }
        return report;
    });
}

} // namespace pare
