// The report's pictures. Needs a QApplication (the offscreen platform will do); the application's
// thread.
#pragma once

#include "app/report/content.h"
#include "widgets/theme/figure.h"
#include "widgets/theme/theme.h"

#include <QByteArray>
#include <QSize>
#include <span>

namespace pare {

/// The runs of one model and data set as points, the original as a square.
TradeoffData tradeoffData(std::span<const Run> runs);

/// An SVG document as others read it.
QByteArray pictureSvg(const ReportPicture &picture, ThemeMode mode = ThemeMode::Light);

/// Light, for a page that another painter draws.
FigureDrawing pictureDrawing(const ReportPicture &picture);

/// A PNG file for pictures that would take too many bytes as SVG.
QByteArray picturePng(const ReportPicture &picture);

/// The document as an element that can stand within HTML, beside others: without what stands
/// before "<svg", with the class and a text for those who do not see it. `prefix` makes its names
/// its own.
QByteArray inlineSvg(const QByteArray &svg, const QString &cssClass, const QString &text,
                     const QString &prefix);

} // namespace pare
