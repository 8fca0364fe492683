// The layer map as a picture for a report: whole, with its legend.
//
// Needs a QGuiApplication (the offscreen platform will do); call it on the application's thread.
#pragma once

#include "widgets/layermap/layermapcolouring.h"
#include "widgets/layermap/layermaplayout.h"
#include "widgets/theme/figure.h"
#include "widgets/theme/figuretable.h"

#include <QByteArray>
#include <optional>

namespace pare {

struct LayerMapExport
{
    LayerColour colour = LayerColour::Bytes;
    LayerWidths widths = LayerWidths::SquareRoot;
    int width = 960; ///< pixels; the height follows
    ThemeMode mode = ThemeMode::Light;
    /// For paper, with sizes of its own in place of `width`, and always light. Where a row of the
    /// map does not fit, all of it is drawn smaller.
    std::optional<FigureStyle> paper = {};
};

/// An SVG document, to be embedded in a page.
QByteArray layerMapSvg(const LayerMapData &data, const LayerMapExport &options = {});
/// The same for another painter.
FigureDrawing layerMapDrawing(const LayerMapData &data, const LayerMapExport &options = {});
/// A PNG file of twice as many pixels, for sharp print.
QByteArray layerMapPng(const LayerMapData &data, const LayerMapExport &options = {});
/// In the style of `options.paper`, as that is by default where there is none.
QByteArray layerMapFigure(const LayerMapData &data, PictureFormat format, LayerMapExport options);

/// A row for each layer: layer, role, stack, block, shape (512x128), dtype, bytes_before,
/// bytes_after (empty: known after measuring), shared_with, techniques, and the number that colour can
/// show under its key and unit, "error_percent".
FigureTable layerMapTable(const LayerMapData &data);

} // namespace pare
