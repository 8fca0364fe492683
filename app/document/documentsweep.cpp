// One setting at several values, and the recipe on other data: ordinary measuring, several times.
#include "core/base/error.h"
#include "core/project/project.h"

#include "app/document/commandtext.h"
#include "app/document/document.h"
#include "app/document/documentplan.h"
#include "app/document/messages.h"

#include <algorithm>
#include <numeric>

namespace pare {

namespace {

constexpr std::size_t newest = 5; ///< jobs that say how long the next will take

} // namespace

/// The recipe as it stands with one of its steps in another form, on whatever its switch says.
Recipe Document::recipeWith(std::size_t index, const Step &form) const
{
    Choices choices = m_choices;
    choices.steps.at(index) = {checked(form), true};
    return choices.recipe();
}

/// Of one run: what those of this session took, or at least what its examples take.
std::optional<Document::RunTime> Document::expectedTime() const
{
    std::vector<double> seconds;
    for (const EndedJob &job : m_ended) {
        const bool measured = job.entry.title.pattern == messages::documentMeasuring &&
                              job.entry.state == JobEntry::State::Finished;
        if (measured && seconds.size() < newest)
            seconds.push_back(job.entry.seconds);
    }
    if (!seconds.empty())
        return RunTime{std::accumulate(seconds.begin(), seconds.end(), 0.0) /
                           static_cast<double>(seconds.size()),
                       false};
    for (auto run = m_runs.rbegin(); run != m_runs.rend(); ++run) {
        if (run->modelHash == m_identity.model && run->dataHash == m_identity.data &&
            run->measured.examplesPerSecond > 0)
            return RunTime{static_cast<double>(run->examples) / run->measured.examplesPerSecond,
                           true};
    }
    return std::nullopt;
}

SweepOutlook Document::outlook(std::size_t index, const std::vector<Step> &forms) const
{
    SweepOutlook outlook;
    try {
        for (const Step &form : forms) {
            const Recipe recipe = recipeWith(index, form);
            const PlanSummary plan = planFor(recipe);
            if (plan.error)
                throw Error(ErrorKind::InvalidSetting, *plan.error);
            if (const TechniqueInfo *technique = calibratedTechnique(recipe);
                technique && m_choices.calibrationPath.empty())
                throw Error(ErrorKind::InvalidSetting, messages::documentNoCalibration,
                            technique->id);
            ++outlook.runs;
            if (findRun(idOf(plan.recipe)))
                ++outlook.measured;
        }
    } catch (const Error &error) {
        outlook.error = error.message();
        return outlook;
    }
    if (const std::optional<RunTime> each = expectedTime()) {
        outlook.seconds = each->seconds * (outlook.runs - outlook.measured);
        outlook.atLeast = each->atLeast;
    }
    return outlook;
}

QString Document::sweepCommand(std::size_t index, const std::vector<Step> &forms) const
{
    Choices others = m_choices;
    others.steps.erase(others.steps.begin() + static_cast<std::ptrdiff_t>(index));
    const std::string sweep = alternativesText(forms);
    // A sweep tries its step after all others: does it mean the same there?
    const bool same = !sweep.empty() && std::ranges::all_of(forms, [&](const Step &form) {
        Choices last = others;
        last.steps.push_back({form, true});
        const Recipe here = recipeWith(index, form);
        return here.training == others.recipe().training &&
               planFor(here).recipe == planFor(last.recipe()).recipe;
    });
    if (same) {
        CommandParts parts = commandParts(recipeWith(index, forms.front()));
        parts.sweep = sweep;
        return commandText(parts, others.recipe());
    }
    QStringList lines;
    for (const Step &form : forms)
        lines << commandFor(recipeWith(index, form));
    return lines.join('\n');
}

void Document::measureForms(std::size_t index, const std::vector<Step> &forms)
{
    if (!canAsk() || isReadOnly())
        return;
    attempt([&] {
        for (const Step &form : forms) {
            const Recipe recipe = recipeWith(index, form);
            const PlanSummary plan = planFor(recipe);
            if (plan.error)
                throw Error(ErrorKind::InvalidSetting, *plan.error);
            if (const Run *run = findRun(idOf(plan.recipe)))
                bringBack(run->id);
            else
                enqueue(recipe, nameParts(plan.recipe));
        }
    });
}

void Document::measureOn(const QString &pathOrSource)
{
    const std::string data = storedSource(pathOrSource);
    if (m_modelState != ModelState::Open)
        Q_EMIT failed(message(messages::documentNoModel));
    else if (m_plan.error)
        Q_EMIT failed(*m_plan.error);
    else if (const TechniqueInfo *technique = uncalibratedTechnique())
        Q_EMIT failed(message(messages::documentNoCalibration, technique->id));
    else if (data == m_choices.dataPath)
        measure();
    else if (!isReadOnly())
        enqueue(m_choices.recipe(), nameParts(m_plan.recipe), data);
}

bool Document::isElsewhere(const Run &run) const
{
    return !run.dataHash.empty() && !m_identity.data.empty() && run.dataHash != m_identity.data;
}

} // namespace pare
