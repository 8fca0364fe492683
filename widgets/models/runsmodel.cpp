#include "widgets/models/runsmodel.h"

#include "widgets/theme/familymark.h"
#include "widgets/theme/words.h"

#include <QBrush>
#include <QDateTime>
#include <QFont>
#include <QPainter>
#include <algorithm>
#include <array>

namespace pare {

namespace {

const Interval *primaryMetric(const Run &run)
{
    const auto found = run.measured.metrics.find(run.primaryMetric);
    return found == run.measured.metrics.end() ? nullptr : &found->second;
}

/// A number that stands in the table; nothing: not a number, or not known.
std::optional<double> figureOf(const Run &run, RunsModel::Column column)
{
    switch (column) {
    case RunsModel::BytesColumn:
        return static_cast<double>(run.measured.bytes);
    case RunsModel::MetricColumn:
        return primaryMetric(run) ? std::optional(primaryMetric(run)->value) : std::nullopt;
    case RunsModel::IntervalColumn:
        return primaryMetric(run) ? std::optional(primaryMetric(run)->low) : std::nullopt;
    case RunsModel::LatencyColumn:
        return run.measured.latencyMs.median;
    case RunsModel::LoyaltyColumn:
        return run.labelLoyalty.value;
    case RunsModel::ChangedColumn:
        return static_cast<double>(answersChanged(run));
    case RunsModel::MultiplyAddsColumn:
        return run.measured.multiplyAdds
                   ? std::optional(static_cast<double>(*run.measured.multiplyAdds))
                   : std::nullopt;
    case RunsModel::ParametersColumn:
        return static_cast<double>(run.measured.parameters);
    default:
        return std::nullopt;
    }
}

bool isText(RunsModel::Column column)
{
    return column == RunsModel::RecipeColumn || column >= RunsModel::TimeColumn;
}

QString tagsText(const RunNote &note)
{
    QStringList tags;
    for (const std::string &tag : note.tags)
        tags << QString::fromStdString(tag);
    return tags.join(QStringLiteral(", "));
}

QString cellText(const Run &run, const RunNote &note, RunsModel::Column column)
{
    switch (column) {
    case RunsModel::TagsColumn:
        return tagsText(note);
    case RunsModel::NoteColumn:
        return QString::fromStdString(note.text).simplified();
    default:
        return runFigure(run, column);
    }
}

QString timeText(const Run &run)
{
    const QDateTime time =
        QDateTime::fromString(QString::fromStdString(run.time), Qt::ISODate).toLocalTime();
    return time.isValid() ? time.toString(QStringLiteral("yyyy-MM-dd hh:mm")) : QString();
}

QString millions(double value)
{
    return QString::number(value / 1e6, 'f', value < 1e8 ? 2 : 1);
}

/// As it is, also where its row is selected.
QIcon untinted(QIcon icon)
{
    icon.addPixmap(icon.pixmap(20, 20), QIcon::Selected);
    return icon;
}

/// The mark of the recipe's last family, a black square for the original; in the run's own colour
/// where it has one.
QIcon markOf(const Run &run, const RunNote &note, Theme theme)
{
    const QColor own(QString::fromStdString(note.colour));
    if (own.isValid()) {
        theme.families.fill(own);
        theme.text = own;
    }
    if (const std::vector<Family> families = familiesOf(run); !families.empty())
        return untinted(familyIcon(families.back(), theme));
    QPixmap square(20, 20);
    square.fill(Qt::transparent);
    QPainter painter(&square);
    painter.fillRect(QRect(5, 5, 10, 10), theme.text);
    return untinted(QIcon(square));
}

QString intervalText(const Interval &interval)
{
    return RunsModel::tr("%1 of %2 examples").arg(shareText(interval), countText(interval.n));
}

QString toolTip(const Run &run, const RunNote &note, const RunExports &exports)
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
    lines << exports.lines;
    if (note.pinned)
        lines << RunsModel::tr("pinned");
    if (!note.tags.empty())
        lines << RunsModel::tr("tags: %1").arg(tagsText(note));
    if (!note.text.empty())
        lines << QString::fromStdString(note.text);
    return lines.join('\n');
}

QString columnHelp(RunsModel::Column column)
{
    switch (column) {
    case RunsModel::RecipeColumn:
        return RunsModel::tr("What was done to the model");
    case RunsModel::BytesColumn:
        return RunsModel::tr("Size of the exported model.safetensors, 1 MB = 1,000,000 bytes");
    case RunsModel::MetricColumn:
        return RunsModel::tr("Primary metric, % of the examples of the data file");
    case RunsModel::IntervalColumn:
        return RunsModel::tr("95 % interval of the primary metric, % of the examples");
    case RunsModel::LatencyColumn:
        return RunsModel::tr("Time of one answer, median, milliseconds");
    case RunsModel::LoyaltyColumn:
        return RunsModel::tr("The same answers as the original, % of the examples");
    case RunsModel::ChangedColumn:
        return RunsModel::tr("Answers that are not the original's");
    case RunsModel::MultiplyAddsColumn:
        return RunsModel::tr("Multiply-adds of one answer, the mean over the data, millions");
    case RunsModel::ParametersColumn:
        return RunsModel::tr("Numbers the model keeps, millions");
    case RunsModel::TimeColumn:
        return RunsModel::tr("When it was measured");
    case RunsModel::TagsColumn:
        return RunsModel::tr("Words to find runs by: tag:paper in the filter");
    case RunsModel::OriginColumn:
        return RunsModel::tr("The run that this one was before it was trained");
    case RunsModel::ExportsColumn:
        return RunsModel::tr("Formats it was exported in; each file was read again and compared");
    default:
        return RunsModel::tr("What you noted of it");
    }
}

} // namespace

const Run *runBeforeTraining(const Run &run, const std::vector<Run> &runs)
{
    const bool ownStudent = run.distillation && !run.distillation->studentPath.empty();
    if (ownStudent || (!run.distillation && !run.recipe.training))
        return nullptr;
    const auto before = std::ranges::find_if(runs, [&run](const Run &other) {
        return !other.distillation && !other.recipe.training &&
               other.recipe.steps == run.recipe.steps && other.modelHash == run.modelHash &&
               other.dataHash == run.dataHash;
    });
    return before == runs.end() ? nullptr : &*before;
}

QString runFigure(const Run &run, RunsModel::Column column)
{
    const std::optional<double> known = figureOf(run, column);
    const double value = known.value_or(0);
    switch (column) {
    case RunsModel::RecipeColumn:
        return translatedName(run);
    case RunsModel::TimeColumn:
        return timeText(run);
    default:
        break;
    }
    if (!known)
        return isText(column) ? QString() : QStringLiteral("–");
    switch (column) {
    case RunsModel::BytesColumn:
    case RunsModel::MultiplyAddsColumn:
    case RunsModel::ParametersColumn:
        return millions(value);
    case RunsModel::IntervalColumn:
        return endsText(*primaryMetric(run));
    case RunsModel::LatencyColumn:
        return numberText(value, value < 10 ? 2 : 1);
    case RunsModel::ChangedColumn:
        return numberText(value, 0);
    default:
        return numberText(100 * value, 1);
    }
}

QString columnKey(RunsModel::Column column)
{
    static constexpr std::array keys{"recipe",  "bytes",   "metric",       "interval",   "latency",
                                     "loyalty", "changed", "multiplyAdds", "parameters", "time",
                                     "tags",    "note",    "origin",       "exports"};
    static_assert(keys.size() == RunsModel::ColumnCount);
    return QString::fromLatin1(keys[static_cast<std::size_t>(column)]);
}

QString columnTitle(RunsModel::Column column)
{
    switch (column) {
    case RunsModel::RecipeColumn:
        return RunsModel::tr("Recipe");
    case RunsModel::BytesColumn:
        return RunsModel::tr("Size, MB");
    case RunsModel::MetricColumn:
        return RunsModel::tr("Accuracy, %");
    case RunsModel::IntervalColumn:
        return RunsModel::tr("95 % interval of the accuracy");
    case RunsModel::LatencyColumn:
        return RunsModel::tr("Time of one answer, ms");
    case RunsModel::LoyaltyColumn:
        return RunsModel::tr("Loyalty, %");
    case RunsModel::ChangedColumn:
        return RunsModel::tr("Changed answers");
    case RunsModel::MultiplyAddsColumn:
        return RunsModel::tr("Multiply-adds, millions");
    case RunsModel::ParametersColumn:
        return RunsModel::tr("Parameters, millions");
    case RunsModel::TimeColumn:
        return RunsModel::tr("When");
    case RunsModel::TagsColumn:
        return RunsModel::tr("Tags");
    case RunsModel::OriginColumn:
        return RunsModel::tr("Came from");
    case RunsModel::ExportsColumn:
        return RunsModel::tr("Exported");
    default:
        return RunsModel::tr("Note");
    }
}

RunsModel::RunsModel(QObject *parent)
    : QAbstractTableModel(parent)
    , m_theme(Theme::light())
{}

void RunsModel::setRuns(const std::vector<Run> &runs, const RunNotes &notes,
                        const ExportsOfRuns &exports)
{
    const bool longer =
        runs.size() >= m_runs.size() && std::equal(m_runs.begin(), m_runs.end(), runs.begin());
    const bool otherNotes = notes != m_notes || exports != m_exports;
    m_exports = exports;
    if (!longer) {
        beginResetModel();
        m_runs = runs;
        m_notes = notes;
        endResetModel();
        return;
    }
    const int before = rowCount();
    if (runs.size() > m_runs.size()) {
        beginInsertRows({}, before, static_cast<int>(runs.size()) - 1);
        m_runs = runs;
        m_notes = notes;
        endInsertRows();
    }
    m_notes = notes;
    if (otherNotes && before > 0)
        Q_EMIT dataChanged(index(0, 0), index(before - 1, ColumnCount - 1));
}

RunNote RunsModel::note(int row) const
{
    return noteOf(m_notes, m_runs[static_cast<std::size_t>(row)].id);
}

RunExports RunsModel::exports(int row) const
{
    const auto found = m_exports.find(m_runs[static_cast<std::size_t>(row)].id);
    return found == m_exports.end() ? RunExports() : found->second;
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

QString RunsModel::text(int row, Column column) const
{
    const Run &run = m_runs[static_cast<std::size_t>(row)];
    if (column == ExportsColumn)
        return exports(row).formats;
    if (column != OriginColumn)
        return cellText(run, note(row), column);
    const Run *before = runBeforeTraining(run, m_runs);
    return before ? translatedName(*before) : QString();
}

QVariant RunsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Run &run = m_runs[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(index.row(), column);
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1: %2").arg(columnTitle(column), text(index.row(), column));
    case Qt::ToolTipRole:
        return toolTip(run, note(index.row()), exports(index.row()));
    case SortRole:
        if (isText(column)) // times sort as they are written
            return text(index.row(), column);
        return figureOf(run, column).value_or(-1);
    case IdRole:
        return QString::fromStdString(run.id);
    default:
        return look(index.row(), column, role);
    }
}

QVariant RunsModel::look(int row, Column column, int role) const
{
    const bool deleted = note(row).deleted;
    switch (role) {
    case Qt::DecorationRole:
        return column == RecipeColumn
                   ? QVariant(markOf(m_runs[static_cast<std::size_t>(row)], note(row), m_theme))
                   : QVariant();
    case Qt::TextAlignmentRole:
        return headerData(column, Qt::Horizontal, Qt::TextAlignmentRole);
    case Qt::FontRole: {
        QFont font;
        if (!deleted)
            return note(row).pinned ? QVariant(heavierFont(font)) : QVariant();
        font.setStrikeOut(true);
        return font;
    }
    case Qt::ForegroundRole:
        return deleted ? QVariant(QBrush(m_theme.secondary)) : QVariant();
    default:
        return {};
    }
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const auto column = static_cast<Column>(section);
    if (role == Qt::TextAlignmentRole)
        return QVariant(isText(column) ? Qt::AlignLeft | Qt::AlignVCenter
                                       : Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole)
        return columnHelp(column);
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case BytesColumn:
        return tr("MB");
    case MetricColumn:
        return tr("Acc.");
    case IntervalColumn:
        return tr("95 %");
    case LatencyColumn:
        return tr("ms");
    case LoyaltyColumn:
        return tr("Loyalty");
    case ChangedColumn:
        return tr("Changed");
    case MultiplyAddsColumn:
        return tr("M mult-adds");
    case ParametersColumn:
        return tr("M param.");
    default:
        return columnTitle(column);
    }
}

} // namespace pare
