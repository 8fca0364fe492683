// The model that is open: reading it, knowing what it is, planning and looking without measuring.
#include "core/checkpoint/checkpoint.h"
#include "core/experiment/demo.h"
#include "core/experiment/versions.h"
#include "core/experiment/weightinputs.h"
#include "core/network/computing.h"
#include "core/project/project.h"

#include "app/document/document.h"
#include "app/document/documentplan.h"

#include <QMetaObject>
#include <QScopeGuard>
#include <algorithm>
#include <filesystem>

namespace pare {

const Run *Document::currentRun() const
{
    if (m_plan.error)
        return nullptr;
    return findRun(idOf(m_plan.recipe));
}

std::string Document::idOf(const Recipe &recipe) const
{
    if (m_identity.model.empty() || m_identity.data.empty())
        return {};
    const int threads = m_choices.threads > 0 ? m_choices.threads : usableCores();
    const bool texts = std::ranges::all_of(textsOf(recipe), [this](const std::string &text) {
        return m_identity.texts.contains(text);
    });
    if (!texts || (calibratedTechnique(recipe) && m_identity.calibration.empty()))
        return {};
    const auto examples =
        std::min<std::int64_t>(m_choices.calibrationExamples, m_identity.calibrationRows);
    RunOrigin origin{m_identity.model, m_identity.data, m_choices.seed, threads,
                     identityOf(recipe, {m_identity.calibration, examples, m_identity.texts})};
    if (recipe.training)
        origin.train = m_identity.calibration;
    return runId(recipe, origin);
}

const TechniqueInfo *Document::uncalibratedTechnique() const
{
    return m_choices.calibrationPath.empty() ? calibratedTechnique(m_choices.recipe()) : nullptr;
}

QStringList Document::installedData(DataUse use) const
{
    try {
        std::error_code ignored;
        if (!std::filesystem::equivalent(m_choices.modelPath, demoModel(), ignored))
            return {};
    } catch (const Error &) {
        return {}; // no demo is installed
    }
    return {QString::fromUtf8(use == DataUse::Measuring ? demoData : demoCalibration)};
}

void Document::loadModel()
{
    stopLooking();
    forgetFigures();
    m_looker.reset(); // it holds on to the model before
    m_checkpoint.reset();
    m_reading.reset();
    m_identity = {};
    ++m_identityRequest;
    m_description = {};
    m_modelError.reset();
    m_modelWarnings.clear();
    const std::uint64_t request = ++m_modelRequest;
    m_modelState = m_choices.modelPath.empty() ? ModelState::None : ModelState::Opening;
    updatePlan();
    Q_EMIT modelChanged();
    if (m_modelState == ModelState::None)
        return;
    const auto opened = std::make_shared<Checkpoint>();
    m_reading = opened;
    startLook([opened, path = m_choices.modelPath](
                  Progress &) { *opened = openCheckpoint(path, CheckpointWeights::Optional); },
              [this, request, opened](const JobOutcome &outcome) {
                  modelLoaded(request, opened, outcome);
              });
}

void Document::modelLoaded(std::uint64_t request,
                           const std::shared_ptr<const Checkpoint> &checkpoint,
                           const JobOutcome &outcome)
{
    if (request != m_modelRequest || outcome.result == JobResult::Cancelled)
        return;
    if (outcome.error) {
        m_modelState = ModelState::Failed;
        m_modelError = outcome.error->message();
    } else {
        m_modelState = ModelState::Open;
        m_checkpoint = checkpoint;
        m_description = checkpoint->description;
        m_modelWarnings = checkpoint->warnings;
        if (const std::optional<Message> compressed = checkpoint->alreadyCompressed())
            m_modelWarnings.insert(m_modelWarnings.begin(), *compressed);
    }
    identify();
    updatePlan();
    Q_EMIT modelChanged();
}

/// Work that reads on the Look lane, and what its end means on this thread.
JobId Document::startLook(std::function<void(Progress &)> work,
                          std::function<void(const JobOutcome &)> ended)
{
    Job job;
    job.work = std::move(work);
    job.ended = [this, ended = std::move(ended)](const JobOutcome &outcome) {
        QMetaObject::invokeMethod(
            this, [ended, outcome] { ended(outcome); }, Qt::QueuedConnection);
    };
    return m_jobs->start(Lane::Look, std::move(job));
}

/// Finds out what model and data really hold, as far as it is not known: a path says little about
/// it.
void Document::identify()
{
    const std::uint64_t request = ++m_identityRequest;
    if (!m_checkpoint || !m_checkpoint->hasWeights())
        return;
    const auto identity = std::make_shared<Identity>(m_identity);
    startLook(
        [identity, checkpoint = m_checkpoint, choices = m_choices,
         data = dataLook(DataUse::Measuring).read,
         calibration = dataLook(DataUse::Calibration).read](Progress &progress) {
            if (data && identity->data.empty() && data->question.source == choices.dataPath)
                identity->data = data->hash;
            if (calibration && identity->calibration.empty() &&
                calibration->question.source == choices.calibrationPath) {
                identity->calibration = calibration->hash;
                identity->calibrationRows = calibration->rows;
            }
            complete(*identity, *checkpoint, choices, progress);
        },
        [this, request, identity](const JobOutcome &) {
            if (request != m_identityRequest)
                return;
            m_identity = *identity; // as far as it came: what is wrong with data is told elsewhere
            Q_EMIT runsChanged();
            Q_EMIT planChanged();
            updateForecast();
            lookUpSensitivities();
            gatherFigures();
            continueDemo();
        });
}

void Document::findVersions()
{
    const auto found = std::make_shared<std::map<std::string, std::string>>();
    const bool busy = !m_active.empty(); // what is tried meanwhile would be timed wrongly
    startLook(
        [found, busy, threads = m_choices.threads](Progress &) {
            startComputing(threads); // kernels are chosen for a number of them
            const auto before = qScopeGuard([] { startComputing(1); });
            *found = builtVersions();
            if (!busy)
                *found = versions();
        },
        [this, found](const JobOutcome &outcome) {
            Q_EMIT versionsFound(*found);
            if (outcome.error)
                Q_EMIT failed(outcome.error->message());
        });
}

void Document::previewSteps(std::vector<ChosenStep> steps)
{
    if (!m_checkpoint || isReadOnly())
        return;
    m_plannedSteps = std::move(steps);
    m_plan = planSummary(*m_checkpoint, m_plannedSteps);
    Q_EMIT planChanged();
    updateForecast();
}

void Document::previewStep(std::size_t index, const Step &step)
{
    if (!m_checkpoint || isReadOnly())
        return;
    std::vector<ChosenStep> steps = m_choices.steps;
    try {
        steps.at(index).step = checked(step);
    } catch (const Error &error) {
        m_plan.error = error.message();
        Q_EMIT planChanged();
        updateForecast();
        return;
    }
    previewSteps(std::move(steps));
}

PlanSummary Document::planFor(const Recipe &recipe) const
{
    if (!m_checkpoint)
        return {};
    return planSummary(*m_checkpoint, chosenSteps(recipe));
}

void Document::updatePlan()
{
    m_plan = {};
    m_plannedSteps = m_choices.steps;
    if (m_checkpoint)
        m_plan = planSummary(*m_checkpoint, m_plannedSteps);
    Q_EMIT planChanged();
    updateForecast();
}

} // namespace pare
