#include "app/report/facts.h"

#include "app/report/groupanswers.h"
#include "app/report/messages.h"
#include "core/base/error.h"
#include "core/checkpoint/checkpoint.h"
#include "core/project/project.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace pare {

namespace {

/// NaN where the metric was not measured.
double accuracyOf(const Measurement &measured, const Run &run)
{
    const auto found = measured.metrics.find(run.primaryMetric);
    return found == measured.metrics.end() ? std::numeric_limits<double>::quiet_NaN()
                                           : found->second.value;
}

std::vector<ReportGroup> grouped(const Project &project)
{
    const RunNotes notes = project.runNotes();
    std::vector<ReportGroup> groups;
    for (Run &run : project.runs()) {
        RunNote note = noteOf(notes, run.id);
        if (note.deleted)
            continue;
        auto group = std::ranges::find_if(groups, [&](const ReportGroup &other) {
            return other.first().modelHash == run.modelHash &&
                   other.first().dataHash == run.dataHash;
        });
        if (group == groups.end())
            group = groups.insert(groups.end(), ReportGroup());
        group->runs.push_back({std::move(run), std::move(note), {}});
    }
    return groups;
}

/// Each to the group of its run; what was not measured, to the first group of its model.
void addExports(std::vector<ReportGroup> &groups, const Project &project)
{
    for (KeptExport &kept : lastOfEachFile(project.exports())) {
        const auto isOf = [&kept](const RunFacts &facts) { return holds(kept, facts.run); };
        auto group = std::ranges::find_if(groups, [&](const ReportGroup &candidate) {
            return std::ranges::any_of(candidate.runs, isOf);
        });
        if (group == groups.end() && kept.run.empty())
            group = std::ranges::find_if(groups, [&](const ReportGroup &candidate) {
                return candidate.first().modelHash == kept.record.modelHash;
            });
        if (group != groups.end())
            group->exports.push_back(std::move(kept));
    }
}

std::size_t chosenOf(const std::vector<RunFacts> &runs, double points)
{
    if (const auto within = smallestWithin(runs, points))
        return *within;
    const auto best = bestUnder(runs, std::numeric_limits<std::int64_t>::max());
    return best.value_or(0);
}

std::vector<bool> frontOf(const std::vector<RunFacts> &runs)
{
    std::vector<bool> front;
    for (const RunFacts &facts : runs) {
        const Run &run = facts.run;
        const double accuracy = accuracyOf(run.measured, run);
        const bool beaten = std::ranges::any_of(runs, [&](const RunFacts &other) {
            const double theirs = accuracyOf(other.run.measured, other.run);
            return other.run.measured.bytes <= run.measured.bytes && theirs >= accuracy &&
                   (other.run.measured.bytes < run.measured.bytes || theirs > accuracy);
        });
        front.push_back(std::isfinite(accuracy) && !beaten);
    }
    return front;
}

/// A model that was replaced by another one since would be drawn with the wrong layers.
bool isModelOf(const ModelDescription &model, const Run &run)
{
    return model.bytes == run.baseline.bytes && model.parameters == run.baseline.parameters;
}

void findModel(ReportGroup &group)
{
    const Run &run = group.first();
    try {
        ModelDescription model =
            openCheckpoint(run.modelPath, CheckpointWeights::Optional).description;
        if (isModelOf(model, run))
            group.model = std::move(model);
        else
            group.withoutModel = message(messages::reportModelChanged, run.modelPath);
    } catch (const Error &error) {
        group.withoutModel = message(messages::reportModelGone, error.what());
    }
}

} // namespace

std::vector<Run> ReportFacts::runs() const
{
    std::vector<Run> all;
    for (const ReportGroup &group : groups) {
        for (const RunFacts &facts : group.runs)
            all.push_back(facts.run);
    }
    return all;
}

ReportFacts readFacts(const Project &project, Progress &progress, const FactsOptions &options)
{
    ReportFacts facts{project.path().filename().string(), grouped(project)};
    if (facts.groups.empty())
        throw Error(ErrorKind::InvalidSetting, messages::reportNoRuns, project.path());
    addExports(facts.groups, project);
    for (ReportGroup &group : facts.groups) {
        group.chosen = chosenOf(group.runs, options.points);
        group.onFront = frontOf(group.runs);
        findModel(group);
        addAnswers(group, project, options.examples, progress);
    }
    return facts;
}

std::optional<std::size_t> smallestWithin(const std::vector<RunFacts> &runs, double points)
{
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const Run &run = runs[i].run;
        const double loss = 100 * (accuracyOf(run.baseline, run) - accuracyOf(run.measured, run));
        // Rounding must not turn a loss of exactly so much into one of more.
        const bool within = loss <= points + 1e-9 && run.measured.bytes < run.baseline.bytes;
        if (within && (!best || run.measured.bytes < runs[*best].run.measured.bytes))
            best = i;
    }
    return best;
}

std::optional<std::size_t> bestUnder(const std::vector<RunFacts> &runs, std::int64_t bytes)
{
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const Run &run = runs[i].run;
        const double accuracy = accuracyOf(run.measured, run);
        if (isOriginal(run) || run.measured.bytes > bytes || !std::isfinite(accuracy))
            continue;
        if (!best || accuracy > accuracyOf(runs[*best].run.measured, runs[*best].run) ||
            (accuracy == accuracyOf(runs[*best].run.measured, runs[*best].run) &&
             run.measured.bytes < runs[*best].run.measured.bytes))
            best = i;
    }
    return best;
}

} // namespace pare
