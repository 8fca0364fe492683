#include "app/window/changenames.h"

#include "core/base/error.h"
#include "core/experiment/demo.h"
#include "core/model/names.h"
#include "widgets/theme/words.h"

#include <QCoreApplication>
#include <algorithm>
#include <optional>

namespace pare {

namespace {

constexpr qsizetype longestName = 48;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pare::ChangeNames)
};

/// The first at which they differ; the shorter one's end where it begins the other.
std::size_t firstDifference(const std::vector<ChosenStep> &a, const std::vector<ChosenStep> &b)
{
    return static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
}

/// What `more` has beside all of `fewer`, in its order; nothing: something of `fewer` is missing.
std::optional<std::vector<Step>> additions(const std::vector<ChosenStep> &fewer,
                                           const std::vector<ChosenStep> &more)
{
    std::vector<Step> added;
    auto next = fewer.begin();
    for (const ChosenStep &step : more) {
        if (next != fewer.end() && *next == step)
            ++next;
        else
            added.push_back(step.step);
    }
    return next == fewer.end() ? std::optional(added) : std::nullopt;
}

/// Its name where these are the steps of one; empty: none.
QString presetOf(std::vector<Step> steps)
{
    const auto text = [](const Step &step) { return step.text(); };
    std::ranges::sort(steps, {}, text);
    try {
        static const std::vector<Preset> known = presets();
        for (const Preset &preset : known) {
            std::vector<Step> own = preset.recipe.allSteps();
            std::ranges::sort(own, {}, text);
            if (own == steps)
                return QCoreApplication::translate("core", preset.name.c_str());
        }
    } catch (const Error &) {
        return {}; // the menu tells it
    }
    return {};
}

QString counted(const std::vector<Step> &steps)
{
    return steps.size() == 1 ? translatedName(steps.front())
                             : Words::tr("%1 steps").arg(steps.size());
}

/// What it became, in as many letters as a menu has room for.
QString becoming(const std::vector<ChosenStep> &after)
{
    Choices choices;
    choices.steps = after;
    const QString name = translatedName(choices.recipe());
    return name.isEmpty() || name.size() > longestName ? Words::tr("change of the recipe")
                                                       : Words::tr("change to %1").arg(name);
}

QString stepsChange(const std::vector<ChosenStep> &before, const std::vector<ChosenStep> &after)
{
    if (const std::optional<std::vector<Step>> added = additions(before, after)) {
        const QString preset = presetOf(*added);
        return preset.isEmpty() ? Words::tr("addition of %1").arg(counted(*added))
                                : Words::tr("preset %1").arg(preset);
    }
    if (after.empty() && before.size() > 1)
        return Words::tr("removal of all steps");
    if (const std::optional<std::vector<Step>> removed = additions(after, before))
        return Words::tr("removal of %1").arg(counted(*removed));
    const std::size_t at = firstDifference(before, after);
    std::vector<ChosenStep> same = before;
    if (before.size() == after.size())
        same[at] = after[at];
    if (same != after)
        return becoming(after);
    const QString name = translatedName(after[at].step);
    if (before[at].enabled != after[at].enabled)
        return Words::tr("switch of %1").arg(name);
    return before[at].step.technique == after[at].step.technique
               ? Words::tr("change to %1").arg(name)
               : becoming(after);
}

} // namespace

QString changeName(const Choices &before, const Choices &after)
{
    if (before.modelPath != after.modelPath)
        return Words::tr("choice of a model");
    if (before.dataPath != after.dataPath)
        return after.dataPath.empty() ? Words::tr("removal of the data file")
                                      : Words::tr("choice of a data file");
    if (before.steps != after.steps) // a run's recipe brings its calibration data
        return stepsChange(before.steps, after.steps);
    if (before.calibrationPath != after.calibrationPath)
        return after.calibrationPath.empty() ? Words::tr("removal of calibration data")
                                             : Words::tr("choice of calibration data");
    if (before.calibrationExamples != after.calibrationExamples)
        return Words::tr("number of calibration examples");
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
