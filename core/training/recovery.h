// Training with what was done to a model held: masks stay or are learnt, codecs are trained through,
// shared weights move together, factors train as factors. Runs on the calling thread, which has set
// its thread counts.
#pragma once

#include "core/base/progress.h"
#include "core/training/objectivelesson.h"
#include "core/training/trainingreport.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace pare {

/// Masks that training learns, and how it goes about it.
struct MaskPlan
{
    std::map<std::string, LearnedMask> masks; ///< by layer
    double penalty = 0;                       ///< on mean gates of SoftMovement
    double gradual = 0.7; ///< share of the training by which masks have all they take away

    bool empty() const { return masks.empty(); }
};

/// Learns a task with masks that grow.
class RecoveryLesson : public ObjectiveLesson
{
public:
    RecoveryLesson(TrainableNetwork &network, const TrainingData &data, std::int64_t batchTokens,
                   const MaskPlan &plan);

    at::Tensor loss(std::span<const std::size_t> batch, const LessonStep &step) override;
    void reached(double share) override { advance(share); }
    std::map<std::string, std::vector<SchedulePoint>> schedules(std::int64_t steps) const override;
    bool isWhole() const override { return m_maskShare >= 1; }

private:
    void advance(double share);
    double maskShareAt(double share) const;

    MaskPlan m_plan;
    double m_maskShare = 0;
};

struct RecoveryInputs
{
    const NetworkSpecification &specification;
    const ModelWeights &weights;             ///< compressed; as stored
    const ModelWeights *originals = nullptr; ///< of the same layers, before
    const TrainingData &data;                ///< of the task
    MaskPlan masks = {};
    TrainingOptions options = {};
    /// Where to go on from and to save to, while it lasts; empty: nothing is saved.
    std::filesystem::path state = {};
    std::string identity = {}; ///< what else the result follows from
};

struct Recovered
{
    ModelWeights weights; ///< in the form of those that came in
    TrainingReport report;
    std::vector<Message> notes = {};
};

/// The best model on the development data, else the last. Throws Error; Cancelled after the state
/// was saved.
Recovered recovered(const RecoveryInputs &inputs, Progress &progress);

/// One Trainer to its end, going on from `state` where it is there (empty: nothing is saved); what
/// every training inside of an experiment does. The best parameters are the lesson's afterwards. The
/// state stays: from it the end is reached again without a step.
TrainingReport trainedTo(Lesson &lesson, const TrainingOptions &options,
                         const std::filesystem::path &state, const std::string &fingerprint,
                         Progress &progress);

} // namespace pare
