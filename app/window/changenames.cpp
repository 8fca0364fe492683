#include "app/window/changenames.h"

#include "core/model/names.h"
#include "widgets/theme/words.h"

#include <QCoreApplication>
#include <algorithm>
#include <optional>

namespace pare {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pare::ChangeNames)
};

/// The first at which they differ; the shorter one's end where it begins the other.
std::size_t firstDifference(const std::vector<ChosenStep> &a, const std::vector<ChosenStep> &b)
{
    return static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
}

/// The one step that `more` has and `fewer` has not, where that is all.
std::optional<Step> additional(const std::vector<ChosenStep> &fewer,
                               std::vector<ChosenStep> more)
{
    if (more.size() != fewer.size() + 1)
        return std::nullopt;
    const auto added = more.begin() + static_cast<std::ptrdiff_t>(firstDifference(fewer, more));
    const Step step = added->step;
    more.erase(added);
    return more == fewer ? std::optional(step) : std::nullopt;
}

QString stepsChange(const std::vector<ChosenStep> &before, const std::vector<ChosenStep> &after)
{
    if (const std::optional<Step> added = additional(before, after))
        return Words::tr("addition of %1").arg(translatedName(*added));
    if (const std::optional<Step> removed = additional(after, before))
        return Words::tr("removal of %1").arg(translatedName(*removed));
    const std::size_t at = firstDifference(before, after);
    std::vector<ChosenStep> same = before;
    if (before.size() == after.size())
        same[at] = after[at];
    if (same != after)
        return Words::tr("change of the recipe");
    const QString name = translatedName(after[at].step);
    if (before[at].enabled != after[at].enabled)
        return Words::tr("switch of %1").arg(name);
    return before[at].step.technique == after[at].step.technique
               ? Words::tr("change to %1").arg(name)
               : Words::tr("change of the recipe");
}

} // namespace

QString changeName(const Choices &before, const Choices &after)
{
    if (before.modelPath != after.modelPath)
        return Words::tr("choice of a model");
    if (before.dataPath != after.dataPath)
        return Words::tr("choice of a data file");
    if (before.calibrationPath != after.calibrationPath)
        return Words::tr("choice of calibration data");
    if (before.calibrationExamples != after.calibrationExamples)
        return Words::tr("number of calibration examples");
    if (before.steps != after.steps)
        return stepsChange(before.steps, after.steps);
    if (before.threads != after.threads)
        return Words::tr("number of threads");
    return before.seed == after.seed ? QString() : Words::tr("change of the seed");
}

QString changedRuns(const NoteChanges &changes, const std::vector<Run> &runs)
{
    if (changes.size() != 1)
        return Words::tr("%1 runs").arg(changes.size());
    const std::string &id = changes.begin()->first;
    const auto run = std::ranges::find(runs, id, &Run::id);
    return run == runs.end() ? QString::fromStdString(id) : translatedName(*run);
}

QString changeName(const NoteChanges &changes, const std::vector<Run> &runs)
{
    if (changes.empty())
        return {};
    const QString of = changedRuns(changes, runs);
    const NoteChange &change = changes.begin()->second;
    if (change.before.deleted != change.after.deleted)
        return change.after.deleted ? Words::tr("delete of %1").arg(of)
                                    : Words::tr("return of %1").arg(of);
    if (change.before.pinned != change.after.pinned)
        return change.after.pinned ? Words::tr("pin of %1").arg(of)
                                   : Words::tr("unpinning of %1").arg(of);
    if (change.before.colour != change.after.colour)
        return Words::tr("colour of %1").arg(of);
    return change.before.tags != change.after.tags ? Words::tr("tags of %1").arg(of)
                                                   : Words::tr("note of %1").arg(of);
}

bool deletesRuns(const NoteChanges &changes)
{
    return !changes.empty() && std::ranges::all_of(changes, [](const auto &entry) {
        return !entry.second.before.deleted && entry.second.after.deleted;
    });
}

} // namespace pare
