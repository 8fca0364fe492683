// A drawing for paper as a value: panels of series above each other on one horizontal axis, or a matrix
// in colours, and beside it the table of all it shows. Painted light, whatever the window is.
//
// Needs a QApplication (the offscreen platform will do); its thread.
#pragma once

#include "widgets/charts/chartexport.h"
#include "widgets/charts/ticks.h"

#include <QColor>
#include <QRectF>
#include <QString>
#include <optional>
#include <vector>

namespace pare {

enum class FigureShape {
    Line,
    Dashed, ///< with a disc at each value, for what is known at few of them
    Points, ///< hollow diamonds
    Bars,   ///< filled, around their x; of negative y hanging down
};

enum class FigureSide { Left, Right };

struct FigureAxis
{
    QString title; ///< with its unit: "loss, nats"
    double low = 0;
    double high = 1;
    TickSigns signs = TickSigns::Signed;
};

struct FigureSeries
{
    QString name;
    FigureShape shape = FigureShape::Line;
    QColor colour;
    std::vector<double> x;
    std::vector<double> y;
    FigureSide side = FigureSide::Left;
    double width = 1; ///< of bars, in units of x
};

enum class MarkLine { None, Solid, Dashed };

/// A place of the horizontal axis, named above the panel.
struct FigureMark
{
    double x = 0;
    QString text;
    MarkLine line = MarkLine::Dashed;
};

struct FigurePanel
{
    FigureAxis left;
    std::optional<FigureAxis> right = {};
    std::vector<FigureSeries> series = {};
    std::vector<FigureMark> marks = {};
    int share = 1; ///< of the height
};

/// Blocks of a matrix, row by row, over the weights that they cover.
struct FigureGrid
{
    int rows = 0;
    int columns = 0;
    std::vector<float> values;
    QRectF covered; ///< by the blocks, in weights, x being columns
    QRectF shown;
    QString quantity; ///< of the scale of colours
    double low = 0;
    double high = 1;
    bool diverging = false;            ///< both ways from 0
    std::vector<QRectF> outlined = {}; ///< in weights: heads
};

struct PlotFigure
{
    QString title;
    QString caption;
    FigureAxis x;
    std::vector<FigurePanel> panels = {};
    std::optional<FigureGrid> grid = {}; ///< in place of panels; rows run downwards
    QString gridRows = {};               ///< title of the grid's vertical axis
    double flat = 0.72; ///< height of its width, where nobody says how high; a grid's is its shape
    FigureTable table = {};
};

/// As the content of a file; `options` say title and caption, which are not taken from `figure`.
QByteArray plotPicture(const PlotFigure &figure, PictureFormat format,
                       const ChartExport &options = {});

} // namespace pare
