// What a report is made of, gathered from a project: its runs by model and data, what their answers
// tell, and what the models look like. Nothing in it is words yet.
//
// Values; readFacts() belongs to any one thread, together with the project it is given.
#pragma once

#include "core/base/progress.h"
#include "core/evaluation/flips.h"
#include "core/evaluation/slices.h"
#include "core/evaluation/verdicts.h"
#include "core/model/exportrecord.h"
#include "core/model/layer.h"
#include "core/model/run.h"
#include "core/model/runnote.h"

#include <optional>
#include <string>
#include <vector>

namespace pare {

class Project;

/// A part of the data whose loss the mean hides.
struct CollapsedSlice
{
    Slice slice; ///< without its examples
    double originalAccuracy = 0;
    double accuracy = 0;
    double restOriginalAccuracy = 0; ///< of all other examples
    double restAccuracy = 0;
};

/// What the stored answers of a run tell.
struct AnswerFacts
{
    FlipCounts changed;
    std::int64_t examples = 0;
    std::vector<CollapsedSlice> collapsed;
    std::optional<Comparison> comparison; ///< with the original; nothing for the original itself
    double onFront = 0; ///< share of resamples in which no other run of the group is better
};

/// One answer that is not the original's.
struct ChangedExample
{
    std::string text; ///< empty where the data is not there any more
    Flip flip;
};

struct RunFacts
{
    Run run;
    RunNote note;                       ///< what a person said of it
    std::optional<AnswerFacts> answers; ///< nothing: the project kept none
};

/// All runs of one model on one data set, in the order in which they were measured.
struct ReportGroup
{
    std::vector<RunFacts> runs; ///< at least one
    std::size_t chosen = 0;     ///< the one that the report tells in full
    std::vector<bool> onFront;  ///< beside `runs`: none is smaller and at least as accurate
    std::optional<ModelDescription> model; ///< of the original
    Message withoutModel;                  ///< why it is not there
    std::vector<std::string> labels;       ///< by class index
    std::vector<ChangedExample> examples;  ///< of the chosen run, the original surest first
    Message withoutTexts;                  ///< why they have none
    /// The files that these runs were written to, and the model without having been measured.
    std::vector<KeptExport> exports;

    const RunFacts &chosenRun() const { return runs[chosen]; }
    const Run &first() const { return runs.front().run; }
};

struct ReportFacts
{
    std::string project; ///< name of the file
    std::vector<ReportGroup> groups;

    std::vector<Run> runs() const; ///< of all groups, in their order
};

struct FactsOptions
{
    std::size_t examples = 5; ///< so many changed answers are shown
    double points = 1;        ///< what a chosen run may lose
};

/// Deleted runs are left out. Throws Error for a project without runs, and Cancelled; a model or
/// data that is not there any more is no error.
ReportFacts readFacts(const Project &project, Progress &progress, const FactsOptions &options = {});

/// The run with the smallest file whose accuracy is at most `points` (of 100) below its original's,
/// and whose file is smaller than that; nothing where there is none.
std::optional<std::size_t> smallestWithin(const std::vector<RunFacts> &runs, double points);

/// The most accurate run whose file has at most so many bytes; the original does not count.
std::optional<std::size_t> bestUnder(const std::vector<RunFacts> &runs, std::int64_t bytes);

} // namespace pare
