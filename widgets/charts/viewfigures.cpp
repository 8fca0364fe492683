#include "widgets/charts/viewfigures.h"

#include "widgets/charts/losscurve.h"
#include "widgets/theme/words.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace pare {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pare::Figure)
};

constexpr double air = 1.05; // above the largest

std::int64_t sumOf(const std::vector<std::int64_t> &counts)
{
    return std::accumulate(counts.begin(), counts.end(), std::int64_t(0));
}

/// The part of a title that names a layer; nothing where it is not known.
QString ofLayer(const QString &what, const QString &layer)
{
    return layer.isEmpty() ? what : Words::tr("%1: %2").arg(layer, what);
}

FigureSeries series(const QString &name, FigureShape shape, const QColor &colour,
                    FigureSide side = FigureSide::Left)
{
    FigureSeries made;
    made.name = name;
    made.shape = shape;
    made.colour = colour;
    made.side = side;
    return made;
}

void add(FigureSeries &to, double x, double y)
{
    to.x.push_back(x);
    to.y.push_back(y);
}

FigureTable lossTable(const TrainingRecord &record)
{
    struct Row
    {
        const TrainingPoint *point = nullptr;
        const TrainingEvaluation *evaluation = nullptr;
    };
    std::map<std::int64_t, Row> rows;
    for (const TrainingPoint &point : record.points)
        rows[point.step].point = &point;
    for (const TrainingEvaluation &evaluation : record.evaluations)
        rows[evaluation.step].evaluation = &evaluation;
    FigureTable table;
    for (const char *column :
         {"step", "epoch", "loss_nats", "learning_rate", "gradient_norm", "development_loss_nats",
          "development_accuracy_share", "development_examples"})
        table.columns << QLatin1String(column);
    for (const auto &[step, row] : rows) {
        QStringList cells{QString::number(step),
                          plainNumber(row.point ? row.point->epoch : row.evaluation->epoch)};
        if (row.point)
            cells << plainNumber(row.point->loss) << plainNumber(row.point->learningRate)
                  << plainNumber(row.point->gradientNorm);
        else
            cells << QString() << QString() << QString();
        if (row.evaluation)
            cells << plainNumber(row.evaluation->loss) << plainNumber(row.evaluation->accuracy)
                  << QString::number(row.evaluation->n);
        else
            cells << QString() << QString() << QString();
        table.rows.push_back(cells);
    }
    return table;
}

/// In per cent, with some air above the tallest bar that is not cut.
double ceilingOf(const std::vector<std::int64_t> &counts)
{
    return 100 * air * static_cast<double>(histogramCeiling(counts)) /
           static_cast<double>(std::max<std::int64_t>(1, sumOf(counts)));
}

/// Shares of the weights, and the bins that reach beyond the axis named above it.
struct Bars
{
    FigureSeries series;
    std::vector<FigureMark> beyond;
};

Bars barsOf(const HistogramData &data, const std::vector<std::int64_t> &counts, double ceiling)
{
    Bars bars;
    const auto total = static_cast<double>(std::max<std::int64_t>(1, sumOf(counts)));
    const double width = (data.high - data.low) / static_cast<double>(counts.size());
    bars.series.width = width;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const double middle = data.low + width * (static_cast<double>(i) + 0.5);
        const double share = 100 * static_cast<double>(counts[i]) / total;
        add(bars.series, middle, std::min(share, ceiling));
        if (share > ceiling)
            bars.beyond.push_back({middle,
                                   Words::tr("%1 % of the weights, beyond the axis")
                                       .arg(numberText(share, share < 10 ? 1 : 0)),
                                   MarkLine::None});
    }
    return bars;
}

/// What became of the weights, as the window draws it: mirrored below the line on which stands what they
/// were. 16 values hold more weights each than 60 bins do, so that they have an axis of their own, unless
/// weights were removed alone.
void hangBelow(const HistogramData &data, FigurePanel &panel)
{
    const bool same = onlyRemoved(data);
    const double high = same ? panel.left.high : ceilingOf(data.after);
    const Theme theme = Theme::light();
    Bars after = barsOf(data, data.after, high);
    after.series.name = data.afterTitle.isEmpty()
                            ? Words::tr("after, below")
                            : Words::tr("after, below: %1").arg(data.afterTitle);
    after.series.shape = FigureShape::Bars;
    after.series.colour = data.family ? theme.family(*data.family) : theme.accent;
    for (double &share : after.series.y)
        share = -share;
    panel.series.front().name = Words::tr("before, above");
    panel.left.low = -panel.left.high;
    panel.left.signs = TickSigns::Mirrored;
    if (!same) {
        panel.left.signs = TickSigns::Above;
        panel.left.title = Words::tr("before, %");
        panel.right = FigureAxis{Words::tr("after, %"), -high, high, TickSigns::Below};
        after.series.side = FigureSide::Right;
    }
    panel.series.push_back(std::move(after.series));
    for (FigureMark &mark : after.beyond)
        mark.text = Words::tr("after: %1").arg(mark.text);
    panel.marks.insert(panel.marks.end(), after.beyond.begin(), after.beyond.end());
}

FigureTable histogramTable(const HistogramData &data)
{
    FigureTable table;
    for (const char *column : {"weight_low", "weight_high", "before_count", "after_count"})
        table.columns << QLatin1String(column);
    const auto count = static_cast<double>(data.before.size());
    for (std::size_t i = 0; i < data.before.size(); ++i) {
        const auto place = static_cast<double>(i);
        const double width = data.high - data.low;
        table.rows.push_back({plainNumber(data.low + width * place / count),
                              plainNumber(data.low + width * (place + 1) / count),
                              QString::number(data.before[i]),
                              i < data.after.size() ? QString::number(data.after[i]) : QString()});
    }
    return table;
}

FigureTable spectrumTable(const SpectrumData &data, int rank, const std::vector<double> &energies)
{
    FigureTable table;
    for (const char *column : {"rank", "singular_value", "energy_share", "kept"})
        table.columns << QLatin1String(column);
    for (std::size_t i = 0; i < data.values.size(); ++i)
        table.rows.push_back(
            {QString::number(i + 1), plainNumber(data.values[i]), plainNumber(energies[i]),
             static_cast<int>(i) < rank ? QStringLiteral("1") : QStringLiteral("0")});
    return table;
}

std::vector<double> energiesOf(const std::vector<double> &values)
{
    std::vector<double> energies;
    double sum = 0;
    for (const double value : values)
        energies.push_back(sum += value * value);
    for (double &energy : energies)
        energy = sum > 0 ? energy / sum : 0;
    return energies;
}

FigureTable matrixTable(const MatrixData &data, const QRectF &shown)
{
    FigureTable table;
    for (const char *column : {"row_first", "row_last", "column_first", "column_last", "shown",
                               "mean_before", "mean_after"})
        table.columns << QLatin1String(column);
    const QRect covered = data.covered();
    // The block b of n over c weights begins at ⌊b·c/n⌋.
    const auto begin = [](int first, std::int64_t block, std::int64_t count, std::int64_t blocks) {
        return first + block * count / blocks;
    };
    const auto number = [](const std::vector<float> &values, std::size_t place) {
        return place < values.size() ? QString::number(static_cast<double>(values[place]), 'g', 8)
                                     : QString();
    };
    for (int row = 0; row < data.rows; ++row) {
        const auto top = begin(covered.top(), row, covered.height(), data.rows);
        const auto below = begin(covered.top(), row + 1, covered.height(), data.rows);
        if (static_cast<double>(below) <= shown.top() || static_cast<double>(top) >= shown.bottom())
            continue;
        for (int column = 0; column < data.columns; ++column) {
            const auto left = begin(covered.left(), column, covered.width(), data.columns);
            const auto right = begin(covered.left(), column + 1, covered.width(), data.columns);
            if (static_cast<double>(right) <= shown.left() ||
                static_cast<double>(left) >= shown.right())
                continue;
            const auto place = static_cast<std::size_t>(row * data.columns + column);
            table.rows.push_back({QString::number(top), QString::number(below - 1),
                                  QString::number(left), QString::number(right - 1),
                                  number(data.values, place), number(data.before, place),
                                  number(data.after, place)});
        }
    }
    return table;
}

std::vector<QRectF> headsOf(const MatrixData &data)
{
    std::vector<QRectF> heads;
    if (!data.heads || data.heads->width < 1)
        return heads;
    const bool vertical = data.heads->stacked == Qt::Vertical;
    const std::int64_t length = vertical ? data.out : data.in;
    for (std::int64_t edge = 0; edge < length; edge += data.heads->width) {
        const auto first = static_cast<qreal>(edge);
        const auto size = static_cast<qreal>(std::min(data.heads->width, length - edge));
        heads.push_back(vertical ? QRectF(0, first, static_cast<qreal>(data.in), size)
                                 : QRectF(first, 0, size, static_cast<qreal>(data.out)));
    }
    return heads;
}

} // namespace

PlotFigure lossFigure(const TrainingRecord &record)
{
    const Theme theme = Theme::light();
    const LossRanges ranges = lossRanges(record);
    FigurePanel above{{Words::tr("loss, nats"), 0, ranges.lossHigh}};
    above.share = 2;
    FigureSeries loss = series(Words::tr("loss"), FigureShape::Line, theme.accent);
    for (const TrainingPoint &point : record.points)
        add(loss, static_cast<double>(point.step), point.loss);
    above.series.push_back(std::move(loss));
    if (!record.evaluations.empty()) {
        FigureSeries development =
            series(Words::tr("loss on the development data"), FigureShape::Points, theme.accent);
        FigureSeries score = series(Words::tr("right on the development data"), FigureShape::Dashed,
                                    theme.family(Family::Training), FigureSide::Right);
        for (const TrainingEvaluation &evaluation : record.evaluations) {
            add(development, static_cast<double>(evaluation.step), evaluation.loss);
            add(score, static_cast<double>(evaluation.step), 100 * evaluation.accuracy);
        }
        above.right = {Words::tr("right, %"), 100 * ranges.scoreLow, 100 * ranges.scoreHigh};
        above.series.push_back(std::move(development));
        above.series.push_back(std::move(score));
    }
    const auto top = [](double high) { return high > 0 ? 1.1 * high : 1; };
    FigurePanel below{{Words::tr("learning rate"), 0, top(ranges.rateHigh)}};
    below.right = {Words::tr("gradient norm"), 0, top(ranges.normHigh)};
    FigureSeries rate = series(Words::tr("learning rate"), FigureShape::Line, theme.secondary);
    FigureSeries norm = series(Words::tr("gradient norm"), FigureShape::Line,
                               theme.family(Family::Pruning), FigureSide::Right);
    for (const TrainingPoint &point : record.points) {
        add(rate, static_cast<double>(point.step), point.learningRate);
        add(norm, static_cast<double>(point.step), point.gradientNorm);
    }
    below.series = {std::move(rate), std::move(norm)};
    PlotFigure figure;
    figure.title = Words::tr("How the training went");
    figure.x = {Words::tr("steps"), 0, 1.04 * ranges.steps}; // room for the last mark
    figure.panels = {std::move(above), std::move(below)};
    figure.flat = 1;
    figure.table = lossTable(record);
    return figure;
}

PlotFigure histogramFigure(const HistogramData &data, const QString &layer)
{
    const Theme theme = Theme::light();
    const QString axis = Words::tr("% of the weights");
    const double ceiling = ceilingOf(data.before);
    Bars before = barsOf(data, data.before, ceiling);
    before.series.name = Words::tr("before");
    before.series.shape = FigureShape::Bars;
    before.series.colour = mixed(theme.panel, theme.secondary, 0.45);
    PlotFigure figure;
    figure.title = ofLayer(Words::tr("weights"), layer);
    figure.x = {Words::tr("weight"), data.low, data.high};
    FigurePanel panel{{axis, 0, ceiling}};
    panel.series.push_back(std::move(before.series));
    panel.marks = std::move(before.beyond);
    if (!data.after.empty())
        hangBelow(data, panel);
    figure.panels.push_back(std::move(panel));
    figure.table = histogramTable(data);
    return figure;
}

PlotFigure spectrumFigure(const SpectrumData &data, int rank, const QString &layer)
{
    const Theme theme = Theme::light();
    const std::vector<double> energies = energiesOf(data.values);
    FigureSeries kept =
        series(Words::tr("kept singular values"), FigureShape::Bars, theme.family(Family::LowRank));
    FigureSeries dropped = series(Words::tr("dropped ones"), FigureShape::Bars,
                                  mixed(theme.panel, theme.secondary, 0.45));
    FigureSeries energy =
        series(Words::tr("energy"), FigureShape::Line, theme.text, FigureSide::Right);
    add(energy, 0.5, 0);
    for (std::size_t i = 0; i < data.values.size(); ++i) {
        const auto number = static_cast<double>(i + 1);
        add(static_cast<int>(i) < rank ? kept : dropped, number, data.values[i]);
        add(energy, number, 100 * energies[i]);
    }
    const double largest = data.values.empty() ? 1 : std::max(data.values.front(), 1e-12);
    FigurePanel panel{{Words::tr("singular value"), 0, air * largest}};
    panel.right = {Words::tr("energy, %"), 0, 100 * air};
    panel.series.push_back(std::move(kept));
    if (!dropped.x.empty())
        panel.series.push_back(std::move(dropped));
    panel.series.push_back(std::move(energy));
    const auto count = static_cast<double>(data.values.size());
    if (rank >= 1 && rank <= static_cast<int>(data.values.size()))
        panel.marks.push_back(
            {rank + 0.5,
             Words::tr("rank %1, %2 % of the energy")
                 .arg(rank)
                 .arg(numberText(100 * energies[static_cast<std::size_t>(rank - 1)], 1)),
             MarkLine::Solid});
    if (data.breakEven > 0 && data.breakEven <= count)
        panel.marks.push_back({data.breakEven,
                               Words::tr("break-even %1").arg(numberText(data.breakEven, 1)),
                               MarkLine::Dashed});
    PlotFigure figure;
    figure.title = ofLayer(Words::tr("singular values"), layer);
    figure.x = {Words::tr("rank"), 0.5, std::max(1.0, count) + 0.5};
    figure.panels.push_back(std::move(panel));
    figure.table = spectrumTable(data, rank, energies);
    return figure;
}

PlotFigure matrixFigure(const MatrixData &data, const QRectF &shown, const QString &layer)
{
    FigureGrid grid;
    grid.rows = data.rows;
    grid.columns = data.columns;
    grid.values = data.values;
    grid.covered = data.covered();
    grid.shown = shown;
    grid.quantity = data.quantity;
    grid.diverging = data.scale == MatrixData::Scale::Signed;
    grid.high = data.limit > 0 ? data.limit : 1;
    grid.low = grid.diverging ? -grid.high : 0;
    grid.outlined = headsOf(data);
    PlotFigure figure;
    figure.title = ofLayer(data.quantity, layer);
    figure.caption = data.isExact() ? Words::tr("%1 × %2 weights").arg(data.out).arg(data.in)
                                    : Words::tr("%1 × %2 weights in blocks of %3 × %4")
                                          .arg(data.out)
                                          .arg(data.in)
                                          .arg(qRound(grid.covered.height() / data.rows))
                                          .arg(qRound(grid.covered.width() / data.columns));
    figure.x = {Words::tr("column (input)"), 0, 1};
    figure.gridRows = Words::tr("row (output)");
    figure.grid = std::move(grid);
    figure.table = matrixTable(data, shown);
    return figure;
}

} // namespace pare
