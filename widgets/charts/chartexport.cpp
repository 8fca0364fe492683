#include "widgets/charts/chartexport.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "widgets/charts/chartsheet.h"
#include "widgets/charts/messages.h"
#include "widgets/charts/tradeoffplot.h"
#include "widgets/theme/familymark.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <algorithm>
#include <set>

namespace pare {

namespace {

constexpr double flat = 0.66; // height of its width, where nobody says how high

std::vector<LegendEntry> legendOf(const TradeoffData &data, const Theme &theme)
{
    std::set<Family> families;
    for (const TradeoffPoint &point : data.points)
        families.insert(point.families.begin(), point.families.end());
    std::vector<LegendEntry> legend;
    for (const Family family : families) {
        legend.push_back({QCoreApplication::translate("core", titleOf(family)),
                          [family, theme](QPainter &painter, const QPointF &middle) {
                              painter.fillPath(familyPath(family, middle, 9), theme.family(family));
                          }});
    }
    return legend;
}

void paintChart(QCPPainter &painter, const ChartSheet &sheet, const TradeoffData &data)
{
    const QRect place = sheet.paintFrame(
        painter, legendOf(data, sheet.theme()),
        QCoreApplication::translate("pare::TradeoffChart", "bars: 95 % intervals"));
    TradeoffPlot plot;
    plot.runs()->setLabels(FrontLabels::Shown);
    plot.setLineScale(sheet.lineScale());
    plot.setContent(data, sheet.theme(), sheet.font());
    plot.fit();
    paintPlot(painter, plot, place);
}

} // namespace

QByteArray chartPicture(const TradeoffData &data, PictureFormat format, const ChartExport &options)
{
    return sheetPicture(format, options, flat, [&](QCPPainter &painter, const ChartSheet &sheet) {
        paintChart(painter, sheet, data);
    });
}

FigureDrawing chartDrawing(const TradeoffData &data, const ChartExport &options)
{
    FigureDrawing drawing;
    drawing.units = sheetUnits(options);
    QCPPainter painter(&drawing.commands);
    painter.setMode(QCPPainter::pmVectorized);
    paintChart(painter, ChartSheet(options, drawing.units.toSize()), data);
    return drawing;
}

FigureTable chartTable(const TradeoffData &data)
{
    FigureTable table;
    table.columns = {QStringLiteral("run"),
                     QStringLiteral("recipe"),
                     QStringLiteral("families"),
                     data.x.column,
                     data.y.column,
                     data.y.column + QStringLiteral("_low"),
                     data.y.column + QStringLiteral("_high")};
    for (const TradeoffPoint &point : data.points) {
        QStringList families;
        for (const Family family : point.families)
            families << QString::fromUtf8(titleOf(family));
        table.rows.push_back({point.id, point.title, families.join(QStringLiteral("; ")),
                              plainNumber(point.x), plainNumber(point.y), plainNumber(point.low),
                              plainNumber(point.high)});
    }
    return table;
}

void exportChart(const TradeoffData &data, const QString &path, const ChartExport &options)
{
    const QString ending = QFileInfo(path).suffix().toLower();
    if (ending == QLatin1String("csv")) {
        writeFile(path.toStdString(), chartTable(data).csv().toStdString());
        return;
    }
    const std::pair<const char *, PictureFormat> formats[] = {
        {"png", PictureFormat::Png}, {"svg", PictureFormat::Svg}, {"pdf", PictureFormat::Pdf}};
    for (const auto &[name, format] : formats) {
        if (ending != QLatin1String(name))
            continue;
        const QByteArray bytes = chartPicture(data, format, options);
        writeFile(path.toStdString(),
                  std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
        return;
    }
    throw Error(ErrorKind::InvalidSetting, messages::chartFormat, path.toStdString());
}

} // namespace pare
