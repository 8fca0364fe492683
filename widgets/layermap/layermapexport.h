// The layer map as a picture for a report: whole, with its legend.
//
// Needs a QGuiApplication (the offscreen platform will do); call it on the application's thread.
#pragma once

#include "widgets/layermap/layermapcolouring.h"
#include "widgets/layermap/layermaplayout.h"

#include <QByteArray>

namespace pare {

struct LayerMapExport
{
    LayerColour colour = LayerColour::Bytes;
    LayerWidths widths = LayerWidths::SquareRoot;
    int width = 960; ///< pixels; the height follows
    ThemeMode mode = ThemeMode::Light;
};

/// An SVG document, to be embedded in a page.
QByteArray layerMapSvg(const LayerMapData &data, const LayerMapExport &options = {});
/// A PNG file of twice as many pixels, for sharp print.
QByteArray layerMapPng(const LayerMapData &data, const LayerMapExport &options = {});

} // namespace pare
