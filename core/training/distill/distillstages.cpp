#include "core/training/distill/distiller.h"

#include "core/network/normaldraw.h"
#include "core/training/distill/attentionlosses.h"
#include "core/training/distill/augmentation.h"
#include "core/training/distill/distillpairs.h"
#include "core/training/distill/hiddenlosses.h"
#include "core/training/distill/messages.h"

#include <algorithm>
#include <c10/core/GradMode.h>

namespace pare {

TrainingOptions Distiller::taskOptions(double epochs) const
{
    TrainingOptions options = m_inputs.options;
    if (epochs > 0)
        options.epochs = epochs;
    options.objective = Objective::Task;
    return withDefaults(options, m_specification, TrainingStart::Checkpoint);
}

/// On text layers are learnt as a language model is; --learning-rate is the task's, "transfer-rate"
/// theirs.
TrainingOptions Distiller::textOptions(double epochs) const
{
    TrainingOptions options = m_inputs.options;
    options.epochs = epochs;
    options.learningRate =
        m_inputs.method.has("transfer-rate") ? m_inputs.method.real("transfer-rate") : 0;
    options.objective = Objective::MaskedLm;
    options = withDefaults(options, m_specification, TrainingStart::Checkpoint);
    if (m_inputs.options.batchTokens == 0)
        options.batchTokens = 1024; // logits of every token against the whole vocabulary
    return options;
}

/// Running text, or the texts of the task.
const std::vector<Sequence> &Distiller::text() const
{
    return m_inputs.text.empty() ? m_inputs.task.train.sequences : m_inputs.text;
}

Stage Distiller::layerStage(const std::string &name, double epochs,
                            const std::vector<Sequence> &texts, LayerTeaching teaching)
{
    const HeadKind head = m_task.train.empty() ? m_specification.head : HeadKind::Classification;
    return {name, textOptions(epochs), head,
            [this, name, &texts,
             teaching = std::move(teaching)](TrainableNetwork &student) -> std::unique_ptr<Lesson> {
                return std::make_unique<LayersLesson>(
                    student, texts, states(texts, TeacherWants::Trace, name), teaching);
            }};
}

void Distiller::addTask(std::vector<Stage> &stages)
{
    if (m_task.train.empty())
        return;
    const TrainingOptions options = taskOptions();
    stages.push_back({"the task", options, HeadKind::Classification,
                      [this, options](TrainableNetwork &student) -> std::unique_ptr<Lesson> {
                          return std::make_unique<ObjectiveLesson>(student, m_task,
                                                                   options.batchTokens);
                      }});
}

void Distiller::addSoftAnswers(std::vector<Stage> &stages)
{
    const Step &method = m_inputs.method;
    SoftAnswers answers;
    answers.temperature = method.real("temperature");
    answers.onlySoft = m_method == "tinybert";
    if (method.has("alpha"))
        answers.alpha = method.real("alpha");
    if (m_method == "pkd") {
        answers.map = teacherMapOf(m_inputs);
        answers.patience = answers.map.pairs().empty() ? 0 : method.real("beta");
    }
    const TrainingOptions options = taskOptions();
    stages.push_back(
        {"the teacher's answers", options, HeadKind::Classification,
         [this, options, answers](TrainableNetwork &student) -> std::unique_ptr<Lesson> {
             const TeacherWants wants =
                 answers.patience > 0 ? TeacherWants::Firsts : TeacherWants::Logits;
             return std::make_unique<SoftAnswersLesson>(
                 student, m_task, options.batchTokens,
                 states(m_inputs.readByTeacher ? *m_inputs.readByTeacher : m_task.train.sequences,
                        wants, "answers"), answers);
         }});
}

void Distiller::addDistilBert(std::vector<Stage> &stages)
{
    const Step &method = m_inputs.method;
    const TextAnswers answers{method.real("temperature"), method.real("soft-weight"),
                              method.real("mlm-weight"), method.real("cosine-weight"), false};
    stages.push_back(
        {"the masked language model, on running text", textOptions(method.real("transfer-epochs")),
         HeadKind::MaskedLm, [this, answers](TrainableNetwork &student) -> std::unique_ptr<Lesson> {
             return std::make_unique<TextAnswersLesson>(student, teacher(HeadKind::MaskedLm),
                                                        text(), m_inputs.masking, answers);
         }});
    addTask(stages);
}

/// Embeddings, and scores and states of each pair of layers, all with weight 1.
LayerTeaching Distiller::tinyBertTeaching() const
{
    LayerTeaching teaching;
    const TeacherMap map = teacherMapOf(m_inputs);
    const NetworkSpecification &teacher = m_inputs.teacher.specification;
    at::Tensor projection;
    if (teacher.width() != m_specification.width()) {
        projection =
            normalDraw({teacher.width(), m_specification.width()}, m_specification.initializerRange,
                       m_inputs.options.seed, "projection")
                .requires_grad_(true);
        teaching.more.push_back({"projection", ParameterKind::Matrix, projection});
    }
    const StackSpecification students = m_specification.stacks.front();
    const StackSpecification teachers = teacher.stacks.front();
    teaching.loss = [=](const LayerComparison &compared) {
        at::Tensor loss =
            hiddenMse(compared.student.embedding, compared.teacher.embedding, projection);
        for (const LayerPair &pair : map.pairs()) {
            const BlockOutput &mine = compared.student.blocks[pair.student];
            const BlockOutput &theirs = compared.teacher.blocks[pair.teacher];
            loss = loss.add(hiddenMse(mine.hidden, theirs.hidden, projection))
                       .add(scoreMse({{mine.queryKeyValue, students.heads(pair.student)},
                                      {theirs.queryKeyValue, teachers.heads(pair.teacher)}},
                                     compared.batch.groups));
        }
        return loss;
    };
    return teaching;
}

/// The task's texts, and altered ones beside them.
void Distiller::augment()
{
    const Step &method = m_inputs.method;
    AugmentationOptions options;
    options.copies = method.integer("augment");
    options.candidates = method.integer("candidates");
    options.probability = method.real("replace");
    options.maskId = m_inputs.masking.maskId;
    options.seed = m_inputs.options.seed;
    if (options.copies == 0)
        return;
    const TrainableNetwork &model = teacher(HeadKind::MaskedLm);
    const std::vector<std::int64_t> allowed = wordIds(m_inputs.vocabulary);
    const WordCandidates candidates = [&](std::span<const MaskedWord> words, std::int64_t count) {
        const c10::NoGradGuard noGradients;
        std::vector<Sequence> texts;
        for (const MaskedWord &word : words)
            texts.push_back(word.sequence);
        const PackedBatch batch = packed(texts);
        std::vector<std::int64_t> rows;
        for (std::size_t i = 0; i < batch.order.size(); ++i)
            rows.push_back(batch.starts[i] +
                           static_cast<std::int64_t>(words[batch.order[i]].position));
        const std::vector<std::vector<std::int64_t>> best =
            bestTokens(model.vocabularyLogits(batch, rows, {}), allowed, count);
        std::vector<std::vector<std::int64_t>> result(words.size());
        for (std::size_t i = 0; i < batch.order.size(); ++i)
            result[batch.order[i]] = best[i];
        return result;
    };
    const std::size_t count = m_task.train.sequences.size();
    for (std::size_t i = 0; i < count; ++i) {
        m_progress.step({message(messages::distillAugmenting), static_cast<std::int64_t>(i),
                         static_cast<std::int64_t>(count)});
        options.text = i;
        const Sequence text = m_task.train.sequences[i];
        for (Sequence &copy : augmented(text, singlePieceWords(text.ids, m_inputs.vocabulary),
                                        candidates, options)) {
            m_task.train.sequences.push_back(std::move(copy));
            m_task.train.labels.push_back(m_task.train.labels[i]);
        }
    }
    m_notes.push_back(message(messages::distillMultiPiece, m_task.train.sequences.size(), count));
}

void Distiller::addTinyBert(std::vector<Stage> &stages)
{
    const Step &method = m_inputs.method;
    const LayerTeaching teaching = tinyBertTeaching();
    if (const double epochs = method.real("general-epochs"); epochs > 0)
        stages.push_back(layerStage("layers, on running text", epochs, text(), teaching));
    if (m_task.train.empty())
        return;
    augment();
    if (const double epochs = method.real("intermediate-epochs"); epochs > 0)
        stages.push_back(
            layerStage("layers, on the task", epochs, m_task.train.sequences, teaching));
    addSoftAnswers(stages);
}

/// Each layer in its turn, from below; those beneath it go on at a smaller rate.
void Distiller::addMobileBert(std::vector<Stage> &stages)
{
    const Step &method = m_inputs.method;
    const TeacherMap map = teacherMapOf(m_inputs);
    const double attention = method.real("attention-weight");
    const StackSpecification students = m_specification.stacks.front();
    const StackSpecification teachers = m_inputs.teacher.specification.stacks.front();
    const auto turnOf = [count = map.pairs().size()](const LessonStep &step) {
        const auto turn =
            static_cast<std::size_t>(static_cast<double>(step.step) /
                                     static_cast<double>(step.steps) * static_cast<double>(count));
        return std::min(count - 1, turn);
    };
    LayerTeaching teaching;
    teaching.lowerRate = method.real("lower-rate");
    teaching.firstBlock = [=](const LessonStep &step) {
        const std::size_t turn = turnOf(step);
        return turn == 0 ? 0 : map.pairs()[turn - 1].student + 1;
    };
    teaching.loss = [=](const LayerComparison &compared) {
        const LayerPair pair = map.pairs()[turnOf(compared.step)];
        const BlockOutput &mine = compared.student.blocks[pair.student];
        const BlockOutput &theirs = compared.teacher.blocks[pair.teacher];
        return featureMapTransfer(mine.hidden, theirs.hidden)
            .add(attentionKl({{mine.queryKeyValue, students.heads(pair.student)},
                              {theirs.queryKeyValue, teachers.heads(pair.teacher)}},
                             compared.batch.groups),
                 attention);
    };
    stages.push_back(layerStage("layer after layer, on running text",
                                method.real("transfer-epochs"), text(), teaching));
    const double epochs = method.real("prediction-epochs");
    if (epochs > 0 && !teachesMaskedLm(m_inputs.teacher)) {
        m_notes.push_back(message(messages::distillNoPrediction));
    } else if (epochs > 0) {
        const double alpha = method.real("alpha");
        const TextAnswers answers{method.real("temperature"), 1 - alpha, alpha, 0, true};
        stages.push_back(
            {"the masked language model, on running text", textOptions(epochs), HeadKind::MaskedLm,
             [this, answers](TrainableNetwork &student) -> std::unique_ptr<Lesson> {
                 return std::make_unique<TextAnswersLesson>(student, teacher(HeadKind::MaskedLm),
                                                            text(), m_inputs.masking, answers);
             }});
    }
    addTask(stages);
}

void Distiller::addMiniLm(std::vector<Stage> &stages)
{
    const Step &method = m_inputs.method;
    const TeachingDepths depths = depthsOf(m_inputs);
    const int mine = depths.student - 1;
    const int theirs = m_method == "minilm" ? depths.teacher - 1 : relationLayer(m_inputs);
    const std::int64_t studentHeads = m_specification.stacks.front().heads(mine);
    const std::int64_t teacherHeads = m_inputs.teacher.specification.stacks.front().heads(theirs);
    const RelationOptions relations{.heads = relationHeads(m_inputs)};
    const bool first = m_method == "minilm";
    LayerTeaching teaching;
    teaching.loss = [=](const LayerComparison &compared) {
        const AttentionPair pair{{compared.student.blocks[mine].queryKeyValue, studentHeads},
                                 {compared.teacher.blocks[theirs].queryKeyValue, teacherHeads}};
        const PackedGroups &groups = compared.batch.groups;
        return first ? attentionKl(pair, groups).add(valueRelationKl(pair, groups))
                     : relationKl(pair, groups, relations);
    };
    stages.push_back(layerStage("relations of the last layer, on running text",
                                method.real("transfer-epochs"), text(), teaching));
    addTask(stages);
}

void Distiller::addTheseus(std::vector<Stage> &stages)
{
    const Step &method = m_inputs.method;
    Replacing replacing;
    replacing.base = method.real("base");
    if (method.has("slope"))
        replacing.slope = method.real("slope");
    const TrainingOptions options = taskOptions();
    stages.push_back(
        {"modules replaced, on the task", options, HeadKind::Classification,
         [this, options, replacing](TrainableNetwork &student) -> std::unique_ptr<Lesson> {
             return std::make_unique<TheseusLesson>(student, teacher(HeadKind::Classification),
                                                    m_task, options.batchTokens, replacing);
         }});
    if (const double epochs = method.real("successor-epochs"); epochs > 0) {
        const TrainingOptions after = taskOptions(epochs);
        stages.push_back({"the successor alone, on the task", after, HeadKind::Classification,
                          [this, after](TrainableNetwork &student) -> std::unique_ptr<Lesson> {
                              return std::make_unique<ObjectiveLesson>(student, m_task,
                                                                       after.batchTokens);
                          }});
    }
}

std::vector<Stage> Distiller::stages()
{
    std::vector<Stage> stages;
    if (m_method == "kd" || m_method == "pkd")
        addSoftAnswers(stages);
    else if (m_method == "distilbert")
        addDistilBert(stages);
    else if (m_method == "tinybert")
        addTinyBert(stages);
    else if (m_method == "mobilebert")
        addMobileBert(stages);
    else if (m_method == "theseus")
        addTheseus(stages);
    else
        addMiniLm(stages);
    return stages;
}

} // namespace pare
