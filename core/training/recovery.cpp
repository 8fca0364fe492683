#include "core/training/recovery.h"

#include "core/base/hash.h"
#include "core/base/numbers.h"
#include "core/training/messages.h"
#include "core/training/plannedschedules.h"
#include "core/training/schedules.h"
#include "core/training/trainer.h"
#include "core/training/trainingstate.h"

#include <algorithm>
#include <chrono>

namespace pare {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

std::string fingerprintOf(const RecoveryInputs &inputs, const TrainingOptions &options)
{
    Hasher hasher;
    hasher.add(inputs.identity).add(identityOf(options));
    if (!inputs.split.empty())
        hasher.add(identityOf(inputs.split));
    if (inputs.bitsFrom > 0)
        hasher.add(static_cast<std::int64_t>(inputs.bitsFrom));
    hasher.add(formatReal(inputs.masks.penalty)).add(formatReal(inputs.masks.gradual));
    for (const auto &[layer, mask] : inputs.masks.masks) {
        hasher.add(layer).add(static_cast<std::int64_t>(mask.score));
        hasher.add(formatReal(mask.sparsity)).add(formatReal(mask.threshold));
    }
    return hasher.hex();
}

/// Of what comes after a split.
fs::path splitState(const fs::path &state)
{
    fs::path beside = state;
    return state.empty() ? state : beside.replace_extension(".split" + state.extension().string());
}

/// Copies of parameters, to go back to.
class KeptParameters
{
public:
    explicit KeptParameters(const std::vector<NamedParameter> &parameters)
        : m_parameters(parameters)
    {}

    void keep()
    {
        m_kept.clear();
        for (const NamedParameter &parameter : m_parameters)
            m_kept.push_back(parameter.tensor.detach().clone());
    }
    void putBack() const
    {
        for (std::size_t i = 0; i < m_kept.size(); ++i)
            m_parameters[i].tensor.detach().copy_(m_kept[i]);
    }
    const std::vector<at::Tensor> &values() const { return m_kept; }
    std::vector<at::Tensor> &values() { return m_kept; }

private:
    std::vector<NamedParameter> m_parameters;
    std::vector<at::Tensor> m_kept;
};

} // namespace

RecoveryLesson::RecoveryLesson(TrainableNetwork &network, const TrainingData &data,
                               std::int64_t batchTokens, const RecoveryPlan &plan)
    : ObjectiveLesson(network, data, batchTokens)
    , m_plan(plan.masks)
    , m_bitsFrom(plan.bitsFrom)
    , m_fewestBits(network.fewestBits().value_or(plan.bitsFrom))
{
    advance(0);
}

double RecoveryLesson::maskShareAt(double share) const
{
    return m_plan.empty() ? 1 : cubicRise(tightened(share));
}

/// 1 once all is as strict as it becomes.
double RecoveryLesson::tightened(double share) const
{
    return m_plan.gradual > 0 ? share / m_plan.gradual : 1;
}

int RecoveryLesson::bitsAt(double share) const
{
    return m_bitsFrom > m_fewestBits ? pare::bitsAt(m_bitsFrom, m_fewestBits, tightened(share)) : 0;
}

Schedules
RecoveryLesson::schedules(std::int64_t steps) const
{
    return schedulesOf({.masks = !m_plan.empty(),
                        .bitsFrom = m_bitsFrom,
                        .fewestBits = m_fewestBits,
                        .gradual = m_plan.gradual},
                       steps);
}

void RecoveryLesson::advance(double share)
{
    m_maskShare = maskShareAt(share);
    network().setMaskShare(m_maskShare);
    m_bits = bitsAt(share);
    network().setBits(m_bits);
}

at::Tensor RecoveryLesson::loss(std::span<const std::size_t> batch, const LessonStep &step)
{
    advance(step.share);
    const at::Tensor loss = ObjectiveLesson::loss(batch, step);
    if (!loss.defined() || m_plan.penalty == 0)
        return loss;
    const at::Tensor gate = network().meanGate();
    return gate.defined() ? loss.add(gate, m_plan.penalty * m_maskShare) : loss;
}

TrainingReport trainedTo(Lesson &lesson, const TrainingOptions &options, const fs::path &state,
                         const std::string &fingerprint, Progress &progress)
{
    Trainer trainer(lesson, options);
    KeptParameters best(trainer.optimizer().parameters());
    std::error_code ignored;
    if (!state.empty() && fs::exists(state, ignored))
        best.values() = restoreTrainingState(state, fingerprint, trainer);
    Clock::time_point saved = Clock::now();
    const auto save = [&] {
        if (state.empty())
            return;
        fs::create_directories(state.parent_path());
        saveTrainingState(state, fingerprint, trainer, best.values());
        saved = Clock::now();
    };
    const auto saveIfDue = [&] {
        if (Clock::now() - saved >= std::chrono::duration<double>(options.saveEveryMinutes * 60))
            save();
    };
    try {
        trainer.run(progress, {saveIfDue, [&] { best.keep(); }, save});
    } catch (const Cancelled &) {
        save();
        throw;
    }
    best.putBack();
    return trainer.report();
}

namespace {

/// Of a network trained with ternary layers, whose masks are whole.
TrainingReport trainedSplit(TrainableNetwork &network, const RecoveryInputs &inputs,
                            const std::string &fingerprint, Progress &progress)
{
    network.splitTernary(inputs.split.layers);
    MaskPlan masks = inputs.masks;
    masks.gradual = 0;
    const TrainingOptions options = splitOptions(
        withDefaults(inputs.options, inputs.specification, TrainingStart::Checkpoint),
        inputs.split);
    RecoveryLesson lesson(network, inputs.data, options.batchTokens, {masks});
    return trainedTo(lesson, options, splitState(inputs.state), fingerprint + " split", progress);
}

} // namespace

Recovered recovered(const RecoveryInputs &inputs, Progress &progress)
{
    const TrainingOptions options =
        withDefaults(inputs.options, inputs.specification, TrainingStart::Checkpoint);
    TrainableOptions form;
    form.seed = options.seed;
    form.form = TrainedForm::Stored;
    form.originals = inputs.originals;
    form.masks = inputs.masks.masks;
    TrainableNetwork network(inputs.specification, inputs.weights, form);
    const std::string fingerprint = fingerprintOf(inputs, options);
    RecoveryLesson lesson(network, inputs.data, options.batchTokens,
                          {inputs.masks, inputs.bitsFrom});
    TrainingReport report = trainedTo(lesson, options, inputs.state, fingerprint, progress);
    network.setMaskShare(1);
    network.setBits(0);
    if (!inputs.split.empty()) {
        // What was ternary was not yet what is asked for.
        for (TrainingEvaluation &evaluation : report.evaluations)
            evaluation.whole = evaluation.best = false;
        static_cast<TrainingRecord &>(report) =
            joined(report, trainedSplit(network, inputs, fingerprint, progress), options.epochs);
    }
    std::error_code ignored;
    fs::remove(inputs.state, ignored);
    fs::remove(splitState(inputs.state), ignored);
    return {network.weights(), report, {}};
}

} // namespace pare
