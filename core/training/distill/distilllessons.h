// What each way of distilling teaches in one stage. Formulas stand in logitlosses.h, hiddenlosses.h
// and attentionlosses.h.
//
// Belong to one distillation, on its thread; keep references to networks, data and teacher states.
#pragma once

#include "core/model/recipe.h"
#include "core/model/teachermap.h"
#include "core/training/distill/teacherstates.h"
#include "core/training/distill/theseus.h"
#include "core/training/objectivelesson.h"

#include <functional>

namespace pare {

/// Softened answers beside the labels (kd), and first tokens of intermediate layers (pkd).
struct SoftAnswers
{
    double temperature = 2;
    double alpha = 0.5;    ///< share of the teacher's answers
    double patience = 0;   ///< weight of patienceLoss() as the authors' code scales it
    TeacherMap map = {};   ///< of pkd
    bool onlySoft = false; ///< TinyBERT's prediction layer: softCrossEntropy() alone
};

class SoftAnswersLesson : public ObjectiveLesson
{
public:
    SoftAnswersLesson(TrainableNetwork &student, const TrainingData &task, std::int64_t batchTokens,
                      const TeacherStates &teacher, const SoftAnswers &options);

    at::Tensor loss(std::span<const std::size_t> batch, const LessonStep &step) override;
    Message title() const override;

private:
    const TeacherStates &m_teacher;
    SoftAnswers m_options;
};

/// What one layer stage compares, of one batch.
struct LayerComparison
{
    const NetworkTrace &student;
    const NetworkTrace &teacher;
    const PackedBatch &batch;
    const LessonStep &step;
};

/// How layers learn: a loss over traces.
struct LayerTeaching
{
    std::function<at::Tensor(const LayerComparison &)> loss;
    std::vector<NamedParameter> more = {}; ///< parameters beside the student's, that the loss uses
    /// The first of the student's blocks that learns in this step at the whole rate; empty, or 0:
    /// everything does.
    std::function<int(const LessonStep &)> firstBlock = {};
    double lowerRate = 0; ///< factor of those below it and of the embeddings; 0: they are held
};

/// Which parts of the networks learn from which.
class LayersLesson : public Lesson
{
public:
    LayersLesson(TrainableNetwork &student, const std::vector<Sequence> &texts,
                 const TeacherStates &teacher, LayerTeaching teaching);

    std::vector<NamedParameter> parameters() const override;
    const std::vector<Sequence> &sequences(std::int64_t) override { return m_texts; }
    at::Tensor loss(std::span<const std::size_t> batch, const LessonStep &step) override;
    std::vector<double> rateFactors(const LessonStep &step) const override;
    std::optional<TrainingEvaluation> evaluated(Progress &) override { return {}; }
    Message title() const override;

private:
    NetworkTrace studentTrace(const PackedBatch &batch, const LessonStep &step) const;

    TrainableNetwork &m_student;
    const std::vector<Sequence> &m_texts;
    const TeacherStates &m_teacher;
    LayerTeaching m_teaching;
};

/// The teacher's masked language model, on running text.
struct TextAnswers
{
    double temperature = 2;
    double soft = 5;
    double hard = 2;
    double cosine = 1;           ///< of last hidden states
    bool onlyMaskedRows = false; ///< where the teacher's answers count; else everywhere
};

class TextAnswersLesson : public Lesson
{
public:
    TextAnswersLesson(TrainableNetwork &student, const TrainableNetwork &teacher,
                      const std::vector<Sequence> &texts, const MaskingOptions &masking,
                      const TextAnswers &options);

    std::vector<NamedParameter> parameters() const override { return m_student.parameters(); }
    const std::vector<Sequence> &sequences(std::int64_t) override { return m_texts; }
    at::Tensor loss(std::span<const std::size_t> batch, const LessonStep &step) override;
    std::optional<TrainingEvaluation> evaluated(Progress &) override { return {}; }
    Message title() const override;

private:
    TrainableNetwork &m_student;
    const TrainableNetwork &m_teacher;
    const std::vector<Sequence> &m_texts;
    const MaskingOptions &m_masking;
    TextAnswers m_options;
};

/// Modules of the frozen predecessor replaced by the successor's, with a growing probability.
struct Replacing
{
    double base = 0.3;
    std::optional<double> slope; ///< otherwise 1 is reached after seven tenths of the training
};

class TheseusLesson : public ObjectiveLesson
{
public:
    TheseusLesson(TrainableNetwork &successor, const TrainableNetwork &predecessor,
                  const TrainingData &task, std::int64_t batchTokens, const Replacing &options);

    /// Those of the successor's blocks alone.
    std::vector<NamedParameter> parameters() const override;
    at::Tensor loss(std::span<const std::size_t> batch, const LessonStep &step) override;
    Schedules schedules(std::int64_t steps) const override;
    /// What is kept is the last: a successor that is still being put in cannot be judged alone.
    std::optional<TrainingEvaluation> evaluated(Progress &) override { return {}; }
    Message title() const override;

private:
    TheseusCurriculum curriculum(std::int64_t steps) const;

    const TrainableNetwork &m_predecessor;
    Replacing m_options;
};

} // namespace pare
