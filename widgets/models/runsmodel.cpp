#include "widgets/models/runsmodel.h"

#include "widgets/theme/familymark.h"
#include "widgets/theme/words.h"

#include <QPainter>
#include <algorithm>
#include <limits>

namespace pare {

namespace {

const Interval *primaryMetric(const Run &run)
{
    const auto found = run.measured.metrics.find(run.primaryMetric);
    return found == run.measured.metrics.end() ? nullptr : &found->second;
}

double sortValue(const Run &run, RunsModel::Column column)
{
    switch (column) {
    case RunsModel::BytesColumn:
        return static_cast<double>(run.measured.bytes);
    case RunsModel::MetricColumn:
        return primaryMetric(run) ? primaryMetric(run)->value : 0;
    case RunsModel::LatencyColumn:
        return run.measured.latencyMs.median;
    default:
        return 0;
    }
}

/// The mark of the recipe's last family, a black square for the original.
QIcon markOf(const Run &run, const Theme &theme)
{
    if (const std::vector<Family> families = familiesOf(run); !families.empty())
        return familyIcon(families.back(), theme);
    QPixmap square(20, 20);
    square.fill(Qt::transparent);
    QPainter painter(&square);
    painter.fillRect(QRect(5, 5, 10, 10), theme.text);
    return QIcon(square);
}

QString intervalText(const Interval &interval)
{
    return RunsModel::tr("%1 % (95 %: %2 to %3) of %4 rows")
        .arg(numberText(100 * interval.value, 1))
        .arg(numberText(100 * interval.low, 1))
        .arg(numberText(100 * interval.high, 1))
        .arg(interval.n);
}

QString toolTip(const Run &run)
{
    QStringList lines{translatedName(run)};
    for (const Step &step : allSteps(run))
        lines << QString::fromStdString(step.text());
    if (const Interval *metric = primaryMetric(run))
        lines << QStringLiteral("%1: %2").arg(QString::fromStdString(run.primaryMetric),
                                              intervalText(*metric));
    lines << RunsModel::tr("same answers as the original: %1").arg(intervalText(run.labelLoyalty));
    if (run.calibrationExamples > 0)
        lines << RunsModel::tr("calibrated on %1 examples of %2")
                     .arg(run.calibrationExamples)
                     .arg(QString::fromStdString(run.calibrationPath));
    lines << RunsModel::tr("%n thread(s), seed %1", nullptr, run.threads).arg(run.seed);
    return lines.join('\n');
}

} // namespace

QString runFigure(const Run &run, RunsModel::Column column)
{
    const double value = sortValue(run, column);
    switch (column) {
    case RunsModel::BytesColumn:
        return numberText(value / 1e6, value < 1e8 ? 2 : 1);
    case RunsModel::MetricColumn:
        return numberText(100 * value, 1);
    case RunsModel::LatencyColumn:
        return numberText(value, value < 10 ? 2 : 1);
    default:
        return translatedName(run);
    }
}

RunsModel::RunsModel(QObject *parent)
    : QAbstractTableModel(parent)
    , m_theme(Theme::light())
{}

void RunsModel::setRuns(const std::vector<Run> &runs)
{
    const bool longer =
        runs.size() >= m_runs.size() && std::equal(m_runs.begin(), m_runs.end(), runs.begin());
    if (!longer) {
        beginResetModel();
        m_runs = runs;
        endResetModel();
    } else if (runs.size() > m_runs.size()) {
        beginInsertRows({}, static_cast<int>(m_runs.size()), static_cast<int>(runs.size()) - 1);
        m_runs = runs;
        endInsertRows();
    }
}

void RunsModel::setTheme(const Theme &theme)
{
    m_theme = theme;
    if (!m_runs.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, 0), {Qt::DecorationRole});
}

std::optional<int> RunsModel::rowOf(const QString &id) const
{
    const auto found = std::ranges::find(m_runs, id.toStdString(), &Run::id);
    if (found == m_runs.end())
        return std::nullopt;
    return static_cast<int>(found - m_runs.begin());
}

int RunsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

int RunsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RunsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Run &run = m_runs[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return runFigure(run, column);
    case Qt::DecorationRole:
        return column == RecipeColumn ? QVariant(markOf(run, m_theme)) : QVariant();
    case Qt::ToolTipRole:
        return toolTip(run);
    case Qt::TextAlignmentRole:
        return QVariant(column == RecipeColumn ? Qt::AlignLeft | Qt::AlignVCenter
                                               : Qt::AlignRight | Qt::AlignVCenter);
    case SortRole:
        return column == RecipeColumn ? QVariant(runFigure(run, column))
                                      : QVariant(sortValue(run, column));
    case IdRole:
        return QString::fromStdString(run.id);
    default:
        return {};
    }
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(section == RecipeColumn ? Qt::AlignLeft | Qt::AlignVCenter
                                                : Qt::AlignRight | Qt::AlignVCenter);
    const bool toolTip = role == Qt::ToolTipRole;
    if (role != Qt::DisplayRole && !toolTip)
        return {};
    switch (section) {
    case RecipeColumn:
        return toolTip ? tr("What was done to the model") : tr("Recipe");
    case BytesColumn:
        return toolTip ? tr("Size of the exported model.safetensors, 1 MB = 1,000,000 bytes")
                       : tr("MB");
    case MetricColumn:
        return toolTip ? tr("Primary metric, % of the rows of the data file") : tr("Acc.");
    case LatencyColumn:
        return toolTip ? tr("Time of one answer, median, milliseconds") : tr("ms");
    default:
        return {};
    }
}

} // namespace pare
