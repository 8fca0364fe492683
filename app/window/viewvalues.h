// What the views show of a document: free functions from its values to theirs. Window's thread.
#pragma once

#include "app/document/documentvalues.h"
#include "core/model/runnote.h"
#include "widgets/charts/tradeoffdata.h"
#include "widgets/layermap/layermapdata.h"
#include "widgets/models/runsmodel.h"
#include "widgets/panels/inspectorpanel.h"
#include "widgets/panels/jobstrip.h"
#include "widgets/panels/meter.h"
#include "widgets/panels/noticebar.h"
#include "widgets/panels/recipepanel.h"
#include "widgets/theme/words.h"

namespace pare {

class Document;
struct LayerSeen;

/// What is on the views: the current recipe, or a finished run that was chosen.
struct Shown
{
    PlanSummary plan;
    const Run *run = nullptr; ///< of `plan`'s recipe; nothing: not measured
    bool finished = false;    ///< a run was chosen; otherwise the current recipe is shown
    std::optional<Forecast> forecast = {}; ///< of the current recipe, where no run is there
};

enum class DeletedRuns { LeftOut, Included };

/// The runs of the model and the data that are open; where the model of the newest run has moved
/// away, those of that run's model and data. The document's own, not copies: this is asked at every turn.
std::vector<const Run *> comparableRuns(const Document &document,
                                        DeletedRuns deleted = DeletedRuns::LeftOut);

/// "3 bits" of 'quantize.affine bits=3 …', whatever layers it names; of nothing, "as it is".
QString optionTitle(const std::string &option);

/// What a layer of the map is coloured by, beside bytes and technique. The last two are there while
/// two runs are compared.
enum class MapMeasure {
    WeightError,
    OutputError,
    LostAlone,
    BitsPerWeight,
    Zeros,
    Rank,
    Norm,
    Kurtosis,
    Time,
    BytesBetween,
    ErrorBetween
};

/// Two runs side by side: the first is what the second is compared with.
struct ComparedRuns
{
    const Run *first = nullptr; ///< nothing: no two runs are compared
    const Run *second = nullptr;
};

/// In the order of MapMeasure, for people.
QStringList mapMeasureTitles(const ComparedRuns &compared = {});
/// How closely weights must be looked at for a measure of that key; nothing: not at all.
std::optional<FigureDepth> figuresFor(std::string_view key);

LayerMapData mapData(const Document &document, const Shown &shown,
                     MapMeasure measure = MapMeasure::WeightError,
                     const ComparedRuns &compared = {});
/// The files that a run was written to, as far as the project knows.
RunExports exportsOf(const Document &document, const Run &run);
/// One that is not there yet, for the model of `run` or, without one, that of the recipe as it stands: beside the
/// project, or the model where the project is one of the program's own; in the home folder where neither can be
/// written to.
QString newExportFolder(const Document &document, const Run *run);
MeterData meterData(const Document &document, const Shown &shown);
TradeoffData chartData(const std::vector<const Run *> &runs, const Shown &shown,
                       TradeoffAxes axes = {}, const RunNotes &notes = {});
RecipePanelData recipeData(const Document &document, const Shown &shown,
                           std::optional<std::size_t> chosen);
/// Only its config.json was found.
bool lacksWeights(const Document &document);
/// That and nothing else, in the words of every view.
QString noWeightsText();
/// Why this model cannot be asked anything; empty: it can.
QString whyNotReady(const Document &document);
/// What exporting the model does, or why it cannot be done.
QString exportHelp(const Document &document);
JobStripData stripData(const Document &document);
Notice noticeOf(const Document &document, const Shown &shown);
/// "dev.tsv" of a path; the name of installed data.
QString dataTitle(const std::string &path);

/// What is selected on the map, and what has been seen of it by now.
struct Inspected
{
    QStringList selected;
    const LayerSeen &seen;
    const Run *run = nullptr; ///< of the recipe that is shown; nothing: not measured
    bool editable = false;    ///< whether steps can be added
};

/// The weight error of a layer in a run, in percent; nothing: not measured.
std::optional<double> measuredError(const Run *run, std::string_view layer);

InspectorData inspectorData(const Document &document, const LayerMapData &map,
                            const Inspected &inspected);

} // namespace pare
