// Training with what was done to a model held: masks stay or are learnt, codecs are trained through,
// shared weights move together, factors train as factors. Runs on the calling thread, which has set
// its thread counts.
#pragma once

#include "core/base/progress.h"
#include "core/training/objectivelesson.h"
#include "core/training/splitplan.h"
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
    double gradual = 0.7; ///< share of the training by which masks have all they take away, and
                          ///< bits have come down

    bool empty() const { return masks.empty(); }
};

/// What becomes stricter while a network is trained.
struct RecoveryPlan
{
    MaskPlan masks = {};
    /// Affine weights that are stored with fewer bits begin with so many, and have their own once
    /// masks have all they take away; 0: they have their own from the start.
    int bitsFrom = 0;
};

/// Learns a task with masks that grow and bits that become fewer.
class RecoveryLesson : public ObjectiveLesson
{
public:
    RecoveryLesson(TrainableNetwork &network, const TrainingData &data, std::int64_t batchTokens,
                   const RecoveryPlan &plan);

    at::Tensor loss(std::span<const std::size_t> batch, const LessonStep &step) override;
    void reached(double share) override { advance(share); }
    Schedules schedules(std::int64_t steps) const override;
    bool isWhole() const override { return m_maskShare >= 1 && m_bits <= m_fewestBits; }

private:
    void advance(double share);
    double tightened(double share) const;
    double maskShareAt(double share) const;
    int bitsAt(double share) const;

    MaskPlan m_plan;
    double m_maskShare = 0;
    int m_bitsFrom = 0; ///< not more than the fewest: bits stay
    int m_fewestBits = 0;
    int m_bits = 0;
};

struct RecoveryInputs
{
    const NetworkSpecification &specification;
    const ModelWeights &weights;             ///< compressed; as stored
    const ModelWeights *originals = nullptr; ///< of the same layers, before
    const TrainingData &data;                ///< of the task
    MaskPlan masks = {};
    int bitsFrom = 0; ///< RecoveryPlan
    SplitPlan split = {};
    TrainingOptions options = {};
    /// Where to go on from and to save to, while it lasts; empty: nothing is saved. What comes after
    /// a split has a file of its own beside it.
    std::filesystem::path state = {};
    std::string identity = {}; ///< what else the result follows from
};

struct Recovered
{
    ModelWeights weights; ///< in the form of those that came in
    TrainingReport report;
    std::vector<Message> notes = {};
};

/// The best model on the development data, else the last; where ternary layers are split, the best of
/// before, and then of after. Throws Error; Cancelled after the state was saved.
Recovered recovered(const RecoveryInputs &inputs, Progress &progress);

/// One Trainer to its end, going on from `state` where it is there (empty: nothing is saved); what
/// every training inside of an experiment does. The best parameters are the lesson's afterwards. The
/// state stays: from it the end is reached again without a step.
TrainingReport trainedTo(Lesson &lesson, const TrainingOptions &options,
                         const std::filesystem::path &state, const std::string &fingerprint,
                         Progress &progress);

} // namespace pare
