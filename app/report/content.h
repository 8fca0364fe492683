// What a report says, in its order and in the reader's language, without saying how it is drawn: the
// one value that the HTML, the PDF and the Markdown are written from. Plain values; any thread.
#pragma once

#include "widgets/charts/tradeoffdata.h"
#include "widgets/layermap/layermapdata.h"

#include <QString>
#include <QStringList>
#include <variant>
#include <vector>

namespace pare {

enum class ParagraphTone {
    Plain,
    Quiet, ///< what stands below something and explains it
    Alert, ///< what a reader must not miss
};

struct ReportParagraph
{
    QString text;
    ParagraphTone tone = ParagraphTone::Plain;
};

/// A number that is read first.
struct ReportFigure
{
    QString name;
    QString value;
    QString below;
};

struct ReportFigures
{
    std::vector<ReportFigure> figures;
};

enum class ColumnKind {
    Words,  ///< to the left, takes the room that is left
    Code,   ///< the same, as one types it
    Number, ///< to the right, never broken
};

struct ReportColumn
{
    QString title;
    ColumnKind kind = ColumnKind::Number;
};

struct ReportCell
{
    QString text;
    QStringList code = {}; ///< lines below the text, as one types them
    QString mark = {};     ///< a word that sets the row apart: "front"
};

enum class RowKind { Plain, Original, Chosen };

struct ReportRow
{
    std::vector<ReportCell> cells;
    RowKind kind = RowKind::Plain;
};

struct ReportTable
{
    QString caption; ///< empty: the text before it says what it is
    std::vector<ReportColumn> columns;
    std::vector<ReportRow> rows;
};

/// A drawing, kept as what it shows, so that each writer draws it in its own way.
struct ReportPicture
{
    std::variant<TradeoffData, LayerMapData> shown;
    QString caption; ///< what is seen, and what of; stands for the picture where there is none
};

/// What one types.
struct ReportCode
{
    QString text;
};

struct ReportReference
{
    QString name; ///< "Quantize to few bits"
    QString text;
    QString paper;    ///< authors, year, number; empty: none
    QStringList used; ///< as the recipes call it: "quantize.affine"
};

struct ReportReferences
{
    std::vector<ReportReference> entries;
};

using ReportBlock = std::variant<ReportParagraph, ReportFigures, ReportTable, ReportPicture,
                                 ReportCode, ReportReferences>;

struct ReportSection
{
    QString title;
    int level = 2; ///< of its heading: 2, or 3 for a part of the one before
    std::vector<ReportBlock> blocks;
};

struct ReportContent
{
    QString language; ///< "en"
    QString title;
    QString under; ///< one line below the title
    std::vector<ReportSection> sections;
};

} // namespace pare
