#include "core/training/distill/distilllessons.h"

#include "core/network/trainableoperations.h"
#include "core/training/distill/hiddenlosses.h"
#include "core/training/distill/logitlosses.h"
#include "core/training/schedules.h"
#include "core/training/messages.h"

#include <c10/core/GradMode.h>

namespace pare {

namespace {

std::vector<std::int64_t> targetsOf(const TrainingSet &set, const PackedBatch &batch)
{
    std::vector<std::int64_t> targets;
    for (const std::size_t index : batch.order)
        targets.push_back(set.labels[index]);
    return targets;
}

} // namespace

SoftAnswersLesson::SoftAnswersLesson(TrainableNetwork &student, const TrainingData &task,
                                     std::int64_t batchTokens, const TeacherStates &teacher,
                                     const SoftAnswers &options)
    : ObjectiveLesson(student, task, batchTokens)
    , m_teacher(teacher)
    , m_options(options)
{}

at::Tensor SoftAnswersLesson::loss(std::span<const std::size_t> chosen, const LessonStep &step)
{
    const PackedBatch batch = packed(data().train.sequences, chosen);
    const TeacherAnswers teacher = m_teacher.answers(batch, step.forward.border);
    TrainablePass pass(network(), batch, step.forward);
    at::Tensor patience;
    at::Tensor logits;
    if (m_options.patience > 0) {
        const NetworkTrace trace = pass.traced();
        std::vector<HiddenPair> pairs;
        std::vector<std::int64_t> rows;
        for (std::size_t i = 0; i < batch.starts.size(); ++i)
            rows.push_back(static_cast<std::int64_t>(i));
        for (const LayerPair &pair : m_options.map.pairs())
            pairs.push_back({trainedRows(trace.blocks[pair.student].hidden, batch.starts),
                             teacher.firsts[pair.teacher]});
        if (!pairs.empty())
            patience = patienceLoss(pairs, rows);
        logits = pass.classLogits(trainedRows(trace.blocks.back().hidden, batch.starts));
    } else {
        logits = network().logits(batch, step.forward);
    }
    if (m_options.onlySoft)
        return softCrossEntropy(logits, teacher.logits, m_options.temperature);
    at::Tensor loss =
        softenedKl(logits, teacher.logits, m_options.temperature).mul(m_options.alpha);
    if (patience.defined()) // the authors' weight is for the mean over the width as well
        loss = loss.add(patience, m_options.patience / network().specification().width());
    // Last: it takes the logits over.
    return m_options.alpha < 1
               ? loss.add(trainedCrossEntropy(logits.clone(), targetsOf(data().train, batch)),
                          1 - m_options.alpha)
               : loss;
}

Message SoftAnswersLesson::title() const
{
    return message(messages::distillAnswers);
}

LayersLesson::LayersLesson(TrainableNetwork &student, const std::vector<Sequence> &texts,
                           const TeacherStates &teacher, LayerTeaching teaching)
    : m_student(student)
    , m_texts(texts)
    , m_teacher(teacher)
    , m_teaching(std::move(teaching))
{}

std::vector<NamedParameter> LayersLesson::parameters() const
{
    std::vector<NamedParameter> parameters = m_student.parameters();
    parameters.insert(parameters.end(), m_teaching.more.begin(), m_teaching.more.end());
    return parameters;
}

NetworkTrace LayersLesson::studentTrace(const PackedBatch &batch, const LessonStep &step) const
{
    TrainablePass pass(m_student, batch, step.forward);
    const int first = m_teaching.firstBlock ? m_teaching.firstBlock(step) : 0;
    NetworkTrace trace{pass.embedded(), {}};
    at::Tensor x = trace.embedding;
    for (int i = 0; i < m_student.specification().stacks.front().blocks; ++i) {
        if (i == first && i > 0 && m_teaching.lowerRate == 0)
            x = x.detach(); // no gradient goes further down
        trace.blocks.push_back(pass.block(i, x));
        x = trace.blocks.back().hidden;
    }
    return trace;
}

std::vector<double> LayersLesson::rateFactors(const LessonStep &step) const
{
    const int first = m_teaching.firstBlock ? m_teaching.firstBlock(step) : 0;
    if (first == 0)
        return {};
    const auto blockPrefix = [&](int block) {
        return m_student.specification().stacks.front().name + "." + std::to_string(block) + ".";
    };
    std::vector<double> factors;
    for (const NamedParameter &parameter : parameters()) {
        bool below = parameter.name.starts_with("embedding.");
        for (int block = 0; block < first && !below; ++block)
            below = parameter.name.starts_with(blockPrefix(block));
        factors.push_back(below ? m_teaching.lowerRate : 1);
    }
    return factors;
}

at::Tensor LayersLesson::loss(std::span<const std::size_t> chosen, const LessonStep &step)
{
    const PackedBatch batch = packed(m_texts, chosen);
    const TeacherAnswers teacher = m_teacher.answers(batch, step.forward.border);
    const NetworkTrace student = studentTrace(batch, step);
    return m_teaching.loss({student, teacher.trace, batch, step});
}

Message LayersLesson::title() const
{
    return message(messages::distillLayers);
}

TextAnswersLesson::TextAnswersLesson(TrainableNetwork &student, const TrainableNetwork &teacher,
                                     const std::vector<Sequence> &texts,
                                     const MaskingOptions &masking, const TextAnswers &options)
    : m_student(student)
    , m_teacher(teacher)
    , m_texts(texts)
    , m_masking(masking)
    , m_options(options)
{}

at::Tensor TextAnswersLesson::loss(std::span<const std::size_t> chosen, const LessonStep &step)
{
    const MaskedBatch asked =
        masked(packed(m_texts, chosen), m_masking, step.seed, step.step);
    if (asked.rows.empty())
        return {};
    at::Tensor taught;
    at::Tensor taughtHidden;
    {
        const c10::NoGradGuard noGradients;
        ForwardOptions options;
        options.border = step.forward.border;
        TrainablePass pass(m_teacher, asked.batch, options);
        taughtHidden = pass.traced().blocks.back().hidden;
        taught = pass.tokenLogits(m_options.onlyMaskedRows ? trainedRows(taughtHidden, asked.rows)
                                                           : taughtHidden);
    }
    TrainablePass pass(m_student, asked.batch, step.forward);
    const at::Tensor hidden = pass.traced().blocks.back().hidden;
    const at::Tensor logits =
        pass.tokenLogits(m_options.onlyMaskedRows ? trainedRows(hidden, asked.rows) : hidden);
    at::Tensor loss = softenedKl(logits, taught, m_options.temperature).mul(m_options.soft);
    if (m_options.cosine > 0)
        loss = loss.add(cosineDistance(hidden, taughtHidden), m_options.cosine);
    if (m_options.hard > 0) {
        const at::Tensor rows =
            m_options.onlyMaskedRows ? logits.clone() : trainedRows(logits, asked.rows);
        loss = loss.add(trainedCrossEntropy(rows, asked.targets), m_options.hard);
    }
    return loss;
}

Message TextAnswersLesson::title() const
{
    return message(messages::distillText);
}

TheseusLesson::TheseusLesson(TrainableNetwork &successor, const TrainableNetwork &predecessor,
                             const TrainingData &task, std::int64_t batchTokens,
                             const Replacing &options)
    : ObjectiveLesson(successor, task, batchTokens)
    , m_predecessor(predecessor)
    , m_options(options)
{}

std::vector<NamedParameter> TheseusLesson::parameters() const
{
    std::vector<NamedParameter> blocks;
    const std::string prefix = m_predecessor.specification().stacks.front().name + ".";
    for (const NamedParameter &parameter : ObjectiveLesson::parameters()) {
        if (parameter.name.starts_with(prefix))
            blocks.push_back(parameter);
    }
    return blocks;
}

TheseusCurriculum TheseusLesson::curriculum(std::int64_t steps) const
{
    return curriculumOf(m_options.base, m_options.slope, steps);
}

Schedules TheseusLesson::schedules(std::int64_t steps) const
{
    return {{"replacement",
             drawnSchedule([curriculum = curriculum(steps)](
                               std::int64_t step) { return replacementProbability(curriculum, step); },
                           steps)}};
}

at::Tensor TheseusLesson::loss(std::span<const std::size_t> chosen, const LessonStep &step)
{
    const std::int64_t modules = network().specification().stacks.front().blocks;
    const std::int64_t blocks = m_predecessor.specification().stacks.front().blocks;
    const std::vector<TheseusModule> drawn =
        drawnModules(curriculum(step.steps), modules, step.seed, step.step);
    const PackedBatch batch = packed(data().train.sequences, chosen);
    ForwardOptions before = step.forward;
    if (before.dropout)
        before.dropout->seed ^= 1; // other values than the successor's
    TrainablePass predecessor(m_predecessor, batch, before);
    TrainablePass successor(network(), batch, step.forward);
    at::Tensor x = predecessor.embedded();
    for (std::int64_t module = 0; module < modules; ++module) {
        if (drawn[static_cast<std::size_t>(module)] == TheseusModule::Successor) {
            x = successor.block(static_cast<int>(module), x).hidden;
            continue;
        }
        for (std::int64_t i = module * blocks / modules; i < (module + 1) * blocks / modules; ++i)
            x = predecessor.block(static_cast<int>(i), x).hidden;
    }
    if (!x.requires_grad())
        return {}; // none of the successor's modules was drawn: nothing to learn
    const at::Tensor logits = predecessor.classLogits(trainedRows(x, batch.starts));
    return trainedCrossEntropy(logits, targetsOf(data().train, batch));
}

Message TheseusLesson::title() const
{
    return message(messages::distillTheseus);
}

} // namespace pare
