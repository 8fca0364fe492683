// A picture for paper: how wide, in which font, and the file that holds it.
//
// Whoever draws lays a picture out in units, about pixels of a screen, and the style says how large
// one is on paper: so that a picture in two columns is wider and not larger print. Needs a
// QGuiApplication (the offscreen platform will do); its thread.
#pragma once

#include <QByteArray>
#include <QFont>
#include <QPicture>
#include <QSizeF>
#include <QString>
#include <functional>

class QPaintDevice;

namespace pare {

enum class PictureFormat { Png, Svg, Pdf };

/// As journals ask for it.
struct FigureStyle
{
    QString family = {};    ///< of the font; empty: the program's
    double points = 8;      ///< of names and numbers, 1/72 inch
    double widthMm = 85;    ///< one column; two are 174
    double heightMm = 0;    ///< 0: as the picture likes it
    double lineWidth = 0.8; ///< of the thin lines, points
    int dotsPerInch = 300;  ///< of a PNG

    /// In which all of a picture is drawn: its smaller size comes out as `points`.
    QFont font() const;
    double millimetresPerUnit() const;
    /// How many times as thick lines of 1.25 units are to be drawn.
    double lineScale() const;
};

struct FigureSheet
{
    QSizeF units; ///< of the picture as it was laid out
    double millimetresPerUnit = 25.4 / 96;
    int dotsPerInch = 300; ///< of a PNG
    QString title = {};
};

/// The content of a file. `paint` is given the device and how many of its own units make one of the
/// picture's. Text stays text in SVG; fonts are embedded in PDF.
QByteArray drawnFigure(PictureFormat format, const FigureSheet &sheet,
                       const std::function<void(QPaintDevice &, double)> &paint);

/// A picture as drawing commands, for a page that another painter draws: text stays text there, which it
/// does not where SVG is rendered.
struct FigureDrawing
{
    QPicture commands;
    QSizeF units; ///< of the picture as it was laid out
};

/// ".png" as files of it end, without the point.
QString suffixOf(PictureFormat format);

} // namespace pare
