// What the views show of a document: free functions from its values to theirs. Window's thread.
#pragma once

#include "app/document/documentvalues.h"
#include "widgets/charts/tradeoffdata.h"
#include "widgets/layermap/layermapdata.h"
#include "widgets/panels/inspectorpanel.h"
#include "widgets/panels/jobstrip.h"
#include "widgets/panels/meter.h"
#include "widgets/panels/noticebar.h"
#include "widgets/panels/recipepanel.h"

namespace pare {

class Document;

/// What is on the views: the current recipe, or a finished run that was chosen.
struct Shown
{
    PlanSummary plan;
    const Run *run = nullptr; ///< of `plan`'s recipe; nothing: not measured
    bool finished = false;    ///< a run was chosen; otherwise the current recipe is shown
};

/// In the person's language.
QString translated(const Message &message);

enum class DeletedRuns { LeftOut, Included };

/// The runs of the model and the data that are open; where the model of the newest run has moved
/// away, those of that run's model and data.
std::vector<Run> comparableRuns(const Document &document,
                                DeletedRuns deleted = DeletedRuns::LeftOut);

LayerMapData mapData(const Document &document, const Shown &shown);
MeterData meterData(const Document &document, const Shown &shown);
TradeoffData chartData(const std::vector<Run> &runs, const Shown &shown);
RecipePanelData recipeData(const Document &document, const Shown &shown,
                           std::optional<std::size_t> chosen);
JobStripData stripData(const Document &document);
Notice noticeOf(const Document &document);

/// `look` of the one layer that is selected, if it has come.
InspectorData inspectorData(const Document &document, const LayerMapData &map,
                            const QStringList &selected, const std::optional<LayerLook> &look);

} // namespace pare
