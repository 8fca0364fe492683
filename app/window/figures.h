// All that can leave the window as a picture or as numbers, as values: what dialog, clipboard and menus
// share. Window's thread.
#pragma once

#include "widgets/charts/plotfigure.h"
#include "widgets/layermap/layermapexport.h"

#include <array>
#include <memory>
#include <variant>
#include <vector>

class QMimeData;

namespace pare {

enum class FigureKind { Chart, SecondChart, Map, Loss, Histogram, Spectrum, Matrix };

inline constexpr std::array figureKinds{
    FigureKind::Chart,     FigureKind::SecondChart, FigureKind::Map,   FigureKind::Loss,
    FigureKind::Histogram, FigureKind::Spectrum,    FigureKind::Matrix};

/// "chart", "map", "loss" …: begins the names of its controls and files.
const char *nameOf(FigureKind kind);

struct MapFigure
{
    LayerMapData data;
    LayerMapExport options; ///< as it stands in the window
};

struct FigureSubject
{
    FigureKind kind = FigureKind::Chart;
    QString name; ///< "The chart"
    QString title;
    QString caption;
    std::variant<TradeoffData, MapFigure, PlotFigure> shown;
};

enum class FigureTexts { Plain, Titled };

struct FigureLook
{
    FigureTexts texts = FigureTexts::Plain;
    std::optional<FigureStyle> paper = {}; ///< nothing: for a screen, 1600 pixels wide
};

/// The content of a file, always light.
QByteArray figurePicture(const FigureSubject &subject, PictureFormat format,
                         const FigureLook &look);
FigureTable figureTable(const FigureSubject &subject);

/// For the clipboard: a PNG that every program takes, and SVG for those that can. Empty of pixels
/// where it could not be drawn.
std::unique_ptr<QMimeData> copiedPicture(const FigureSubject &subject, const FigureLook &look);
/// As tabs between numbers, and as CSV.
std::unique_ptr<QMimeData> copiedFigures(const FigureSubject &subject);

} // namespace pare
