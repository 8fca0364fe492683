// The size–accuracy chart as a picture for paper and web, with a legend and names along the front.
//
// Needs a QApplication (the offscreen platform will do); call it on the application's thread.
#pragma once

#include "widgets/charts/tradeoffdata.h"
#include "widgets/theme/figure.h"
#include "widgets/theme/figuretable.h"
#include "widgets/theme/theme.h"

#include <QByteArray>
#include <QSize>
#include <optional>

namespace pare {

struct ChartExport
{
    QSize size{1600, 900}; ///< pixels of a PNG; of SVG and PDF the shape
    QString title;
    QString caption; ///< below: what was measured, on what
    ThemeMode mode = ThemeMode::Light;
    int dotsPerInch = 300; ///< that a PNG says it has, for programs that place it by its size
    /// For paper, with sizes of its own in place of `size` and `dotsPerInch`, and always light.
    std::optional<FigureStyle> paper = {};
};

/// The picture as the content of a file, to be embedded in a page.
QByteArray chartPicture(const TradeoffData &data, PictureFormat format,
                        const ChartExport &options = {});

/// The picture of `options.size`, not of paper.
FigureDrawing chartDrawing(const TradeoffData &data, const ChartExport &options = {});

/// The figures behind the points: run, recipe, families, x, y, low and high of the 95 % interval of y,
/// in base units.
FigureTable chartTable(const TradeoffData &data);

/// Writes .png, .svg, .pdf or .csv, as the name ends; the file appears complete or not at all.
/// Throws InvalidSetting for another ending, Io where it cannot be written.
void exportChart(const TradeoffData &data, const QString &path, const ChartExport &options = {});

} // namespace pare
