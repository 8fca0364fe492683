// The sheet that every chart is exported on: title, legend above the data, caption, and the room that
// is left. QCustomPlot stays in this folder. Its application's thread.
#pragma once

#include "widgets/charts/chartexport.h"

#include <functional>
#include <qcustomplot.h>

namespace pare {

/// What a legend says of one kind of mark.
struct LegendEntry
{
    QString text;
    /// Draws it, its middle at a place of the sheet; about 14 units wide.
    std::function<void(QPainter &, const QPointF &)> draw;
};

class ChartSheet
{
public:
    ChartSheet(const ChartExport &options, const QSize &size);

    const Theme &theme() const { return m_theme; }
    const QFont &font() const { return m_font; }
    double lineScale() const { return m_options.paper ? m_options.paper->lineScale() : 1; }

    /// Paints all but the plot and returns its place. `note` stands at the legend's end.
    QRect paintFrame(QPainter &painter, const std::vector<LegendEntry> &legend,
                     const QString &note) const;

private:
    qreal paintLegend(QPainter &painter, qreal top, const std::vector<LegendEntry> &legend,
                      const QString &note) const;

    const ChartExport &m_options;
    QSize m_size;
    Theme m_theme;
    QFont m_font;
};

/// In which a sheet is laid out; on paper without a height of its own it is `flat` times as high as
/// wide.
QSizeF sheetUnits(const ChartExport &options, double flat = 1);

/// The content of a file.
QByteArray sheetPicture(PictureFormat format, const ChartExport &options, double flat,
                        const std::function<void(QCPPainter &, const ChartSheet &)> &paint);

/// A plot into its place.
void paintPlot(QCPPainter &painter, QCustomPlot &plot, const QRect &place);

} // namespace pare
