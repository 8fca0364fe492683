// What the document tells its views: plain values.
#pragma once

#include "app/document/layervalues.h"
#include "core/base/message.h"
#include "core/model/exportrecord.h"
#include "core/model/layer.h"
#include "core/model/names.h"
#include "core/model/run.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pare {

/// What is open, and how far.
enum class ModelState {
    None,    ///< nothing chosen: the start page
    Opening, ///< described as far as known, weights follow
    Open,
    Failed, ///< `modelError` says why
};

/// Hashes of what is chosen, as they stand in runs; empty: not known (yet).
struct Identity
{
    std::string model;
    std::string data;
    std::string calibration;
    std::int64_t calibrationRows = 0;         ///< that there are, with `calibration`
    std::map<std::string, std::string> texts; ///< by path: those that steps read
};

/// What the recipe as it stands would make of the model, before it is measured.
struct PlanSummary
{
    Recipe recipe;                ///< as it would be stored: checked, in the order of application
    std::optional<Message> error; ///< why the recipe cannot be run; the rest is empty then
    std::vector<Message> notes;   ///< what is done that the recipe does not say
    std::optional<std::int64_t>
        bytes; ///< of the exported file, exact; nothing: depends on the weights
    std::optional<std::int64_t> parameters;
    struct LayerPlan
    {
        std::string name;
        std::string sharedWith;                ///< empty: owns its weight
        std::optional<std::int64_t> bytes;     ///< own ones
        std::vector<std::string> steps;        ///< as text
        std::optional<std::int64_t> rank = {}; ///< of the product it becomes, where it is one
    };
    std::vector<LayerPlan> layers; ///< of the description, in its order
    struct StepSaving
    {
        int layers = 0; ///< that it touches
        std::optional<std::int64_t>
            bytes; ///< that the steps up to this one save more than those before it
        std::optional<Message> error; ///< what is wrong with this step
    };
    std::vector<StepSaving> steps; ///< one for each of Choices::steps, switched off ones too
};

/// What the recipe as it stands would probably answer, from what single layers were asked.
struct Forecast
{
    enum class State {
        Unknown, ///< nothing was asked of this model and data yet, or it cannot be told
        Working,
        Known,
    };
    State state = State::Unknown;
    Interval accuracy; ///< with its 90 % band; n: of how many runs the band is made
    Interval changed;  ///< share of answers that differ from the original's
    double milliseconds = 0;
    std::int64_t rows = 0;         ///< that were asked
    int unmeasured = 0;            ///< parts of the recipe that no sweep has asked
    std::optional<Message> reason; ///< why it cannot be told, where something was asked
};

/// What measuring a setting at several values would take.
struct SweepOutlook
{
    int runs = 0;
    int measured = 0;              ///< of them, already
    std::optional<double> seconds; ///< of the others together; nothing: not known
    bool atLeast = false;          ///< it takes longer than that, but how much is not known
    std::optional<Message> error;  ///< why not all of them can be measured
};

struct ExportRequest
{
    std::string folder;
    ExportFormat format = ExportFormat::Packed;
    DType dtype = DType::Float32;
    bool verify = true; ///< compare answers to the data, too
};

/// What to read a file of data as.
enum class DataContent { Examples, Text };

struct DataQuestion
{
    std::string source; ///< a file, or the name of installed data
    DataContent content = DataContent::Examples;

    auto operator<=>(const DataQuestion &) const = default;
};

/// What a file of data holds.
struct DataDescription
{
    DataQuestion question;
    std::int64_t rows = 0;   ///< examples, or lines of text
    std::int64_t groups = 0; ///< distinct labels, or documents
    std::int64_t modelLabels =
        0; ///< that the model answers with; 0: none is open, or it does not classify
    std::string hash = {}; ///< of examples
    std::optional<Message>
        error; ///< why it cannot be used; what is known by then is told all the same
};

/// What is known of the data for one purpose, beside which they are.
struct DataState
{
    std::string pending; ///< a source that is looked at, and chosen if it can be used; empty: none
    std::optional<DataDescription> chosen; ///< nothing: none, or not known (yet)
    std::optional<DataDescription>
        refused; ///< what was to be chosen last, where it could not be used
};

/// A student to be taught by the model that is open.
struct TeachRequest
{
    std::string student;   ///< folder or config.json; empty: the model after the recipe's steps
    std::string method;    ///< 'kd temperature=2'
    std::string layerMap;  ///< empty: the method's own
    double epochs = 0;     ///< 0: the method's own
    std::string output;    ///< folder
    std::string text = {}; ///< running text to learn from; empty: that of the examples
    std::string development = {}; ///< labelled; the best epoch on them is kept; empty: the last

    bool operator==(const TeachRequest &) const = default;
};

/// What one layer loses alone to one option.
struct LayerSensitivity
{
    std::string layer;
    std::string option;     ///< the step without its layers: the same for all layers
    Step step;              ///< with them
    std::int64_t bytes = 0; ///< that the whole file would have
    Interval accuracy;      ///< n: rows asked
    Interval changed;
    double milliseconds = 0; ///< added to one answer; negative: faster
};

/// The best recipe for a budget, before anything is applied.
struct BudgetProposal
{
    struct Reason
    {
        std::string layer;
        std::string chosen;                  ///< a step; empty: stays as it is
        std::optional<std::string> nextBest; ///< likewise; nothing: nothing else fits
        std::int64_t bytes = 0;              ///< that the file would grow by then
        double changed = 0;                  ///< share of answers more that would change
    };
    std::string target;
    Recipe recipe;
    std::int64_t bytes = 0;
    Interval accuracy; ///< predicted, with its 90 % band
    Interval changed;
    double milliseconds = 0;
    std::int64_t options = 0;             ///< that were considered
    double value = 0, bound = 0, gap = 0; ///< the certificate
    std::vector<Reason> reasons;
    /// The best recipes for other sizes, from the smallest file to the model as it is; without
    /// reasons and fronts of their own.
    std::vector<BudgetProposal> front;
    std::optional<Message> error; ///< why there is none; the rest is empty then
};

/// The long job that runs, or the last one's end.
struct JobStatus
{
    enum class State { Idle, Running, Finished, Cancelled, Failed };
    State state = State::Idle;
    Message title;       ///< "Measuring 4 bits, groups of 32"
    NameParts name = {}; ///< what it measures, as it stands in the title; empty: nothing named
    Message what;        ///< the part of it that runs
    Message figure;
    std::int64_t done = 0;
    std::int64_t total = 0;
    double secondsLeft = -1; ///< below 0: not known
    std::size_t waiting = 0; ///< jobs behind it
    bool paused = false;     ///< it holds between two units of its work
    std::optional<Message> error;
};

/// The runs of a project that is not open, as points.
struct ProjectCurve
{
    std::string path;
    std::vector<std::pair<double, double>> points; ///< bytes and primary metric; empty: none
};

/// A long job of this session: one that runs, waits, or ended.
struct JobEntry
{
    enum class State { Running, Paused, Waiting, Finished, Cancelled, Failed };
    std::uint64_t number = 0; ///< by which intentions name it
    State state = State::Waiting;
    Message title;
    NameParts name = {}; ///< as of JobStatus
    Message figure;      ///< the last one it told: its result
    std::optional<Message> error;
    std::chrono::system_clock::time_point began; ///< not of one that waits
    double seconds = 0;                          ///< that it worked, without pauses
    bool repeatable = false; ///< ended without its result, and can be tried again
};

} // namespace pare
