// What the size–accuracy chart shows: runs as points. Plain values; any thread.
#pragma once

#include "core/model/run.h"

#include <QColor>
#include <QString>
#include <optional>
#include <vector>

namespace pare {

/// What of a run an axis can show.
enum class RunQuantity {
    Bytes,
    Milliseconds,
    MultiplyAdds,
    Parameters,
    Metric, ///< the primary one
    LabelLoyalty,
    ProbabilityLoyalty,
};

enum class AxisScale { Linear, Logarithmic };
enum class Better { Higher, Lower };
enum class Certainty { Predicted, Measured };

/// Points hold base units (bytes, shares); an axis says how people read them.
struct TradeoffAxis
{
    QString title;     ///< "exported file"
    QString unit;      ///< "MB"
    double factor = 1; ///< from the base unit to `unit`
    AxisScale scale = AxisScale::Linear;
    Better better = Better::Higher;
    QString column = QStringLiteral("value"); ///< of a table, in base units: "file_bytes"

    /// "exported file, MB (log)"
    QString caption() const;
    /// A value in base units with its unit: "2.30 MB".
    QString text(double value) const;
};

struct TradeoffPoint
{
    QString id;    ///< of the run
    QString title; ///< its recipe in few words
    double x = 0;
    double y = 0;
    double low = 0; ///< of the 95 % interval of y
    double high = 0;
    std::vector<Family>
        families;          ///< of its recipe, in their order; the last one gives shape and colour
    bool original = false; ///< the model without steps
    bool pinned = false;   ///< a person wants it named, whatever families are hidden
    QColor colour = {};    ///< a person's; not valid: that of its family
};

/// The recipe as it is now, which may not have been run.
struct TradeoffCurrent
{
    double x = 0;
    double y = 0;
    double low = 0;
    double high = 0;
    Certainty certainty = Certainty::Predicted;
};

struct TradeoffData
{
    std::vector<TradeoffPoint> points;
    std::optional<TradeoffCurrent> current;
    TradeoffAxis x; ///< default: bytes as MB, logarithmic, lower is better
    TradeoffAxis y; ///< default: a share as %, higher is better

    TradeoffData();
};

/// How people read a quantity.
TradeoffAxis axisOf(RunQuantity quantity);

struct TradeoffAxes
{
    RunQuantity x = RunQuantity::Bytes;
    RunQuantity y = RunQuantity::Metric;

    bool operator==(const TradeoffAxes &) const = default;
};

/// A run as a point; coordinates that were not measured are NaN.
TradeoffPoint tradeoffPoint(const Run &run, TradeoffAxes axes = {});
/// The original of a run, as it was measured beside it.
TradeoffPoint originalPoint(const Run &run, TradeoffAxes axes = {});

/// Indices of the points that no other beats in one coordinate without losing in the other, by
/// rising x. Of equal points the first is kept; points that are not finite never belong to it.
std::vector<std::size_t> paretoFront(const TradeoffData &data);

} // namespace pare
