// What the layer map shows: the layers of a model as cells, and what a recipe or a run makes of
// each. Plain values; any thread.
#pragma once

#include "core/model/layer.h"
#include "core/model/run.h"
#include "widgets/layermap/layermeasure.h"

#include <QString>
#include <QStringList>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pare {

/// What became of one layer, or would become of it.
struct LayerState
{
    /// As export would write it; nothing: it depends on weights or data, known after measuring.
    std::optional<std::int64_t> bytes = 0;
    QStringList badges = {};      ///< the techniques in few letters: "r24", "4b"
    QString technique = {};       ///< the same in words: "4 bits, groups of 64"
    std::vector<Family> families; ///< applied to it, in their order of application
    std::string sharedWith; ///< canonical name of the layer whose weight it uses; empty: its own
    double value = std::numeric_limits<double>::quiet_NaN(); ///< to colour by; NaN: not measured
};

/// One layer. Widths come from `bytesBefore`, the filled part from `state.bytes`.
struct LayerMapCell
{
    std::string name; ///< canonical
    LayerRole role = LayerRole::Head;
    std::string stack;
    int block = -1;
    std::vector<std::int64_t> shape;
    DType dtype = DType::Float32;
    std::int64_t bytesBefore = 0; ///< in the original, as if it owned its weight
    std::string sharedBefore;     ///< whose weight it used in the original; empty: its own
    LayerState state;

    bool isShared() const { return !state.sharedWith.empty(); }
};

struct LayerMapData
{
    std::vector<LayerMapCell> cells; ///< in the order in which data flows
    LayerMeasure shown;              ///< what LayerState::value is; its own values are empty
    std::vector<LayerMeasure> measures = {}; ///< all there are, the shown one among them

    /// Index of the cell of that name, or nothing.
    std::optional<std::size_t> find(std::string_view name) const;
    /// The measure of that key; nothing: there is none.
    const LayerMeasure *measure(std::string_view key) const;
    /// Makes `measures[index]` what colour and LayerState::value are.
    void show(std::size_t index);
};

/// The map of a model; layers that `states` does not name are as they were.
LayerMapData layerMapData(const ModelDescription &model,
                          const std::map<std::string, LayerState> &states = {});

/// What a run says of a layer; its value is the weight error in percent. `rank`: of the product that it
/// becomes, where that is known; a step may ask for a share.
LayerState stateOf(const LayerRecord &record, std::optional<std::int64_t> rank = {});
/// The rank of the product that a layer was stored as; nothing: it is none.
std::optional<std::int64_t> storedRank(const LayerRecord &record);

/// A step in few letters: "4b", "r24", "2:4", "−50 %"; empty for sharing, which is drawn as an
/// arrow, and for what only its family's mark can say.
QString badgeOf(const Step &step, std::optional<std::int64_t> rank = {});

/// "512 × 128"
QString layerShapeText(const std::vector<std::int64_t> &shape);
QString bytesText(std::int64_t bytes);
/// The same, or "?" where it is not known yet.
QString shortBytesText(std::optional<std::int64_t> bytes);
/// The value with its unit, three significant digits, never an exponent; "not measured" for NaN.
QString valueText(const LayerMeasure &measure, double value);
/// "query", "token embedding" …
QString roleTitle(LayerRole role);
/// "attention", "query" …, as the column of a role is headed.
QString partTitle(const std::string &part);

/// A cell in sentences, for screen readers.
QString spokenText(const LayerMapData &data, const LayerMapCell &cell);
/// A cell in a few lines of rich text, for a tool tip.
QString toolTipText(const LayerMapData &data, const LayerMapCell &cell);

} // namespace pare
