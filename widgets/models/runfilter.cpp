#include "widgets/models/runfilter.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace pare {

namespace {

using Field = RunFilter::Field;
using Relation = RunFilter::Relation;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pare::RunFilter)
};

struct Name
{
    const char *name;
    Field field;
};

constexpr std::array names{
    Name{"recipe", Field::Recipe},
    Name{"note", Field::Note},
    Name{"tag", Field::Tag},
    Name{"tags", Field::Tag},
    Name{"id", Field::Id},
    Name{"bytes", Field::Bytes},
    Name{"size", Field::Bytes},
    Name{"accuracy", Field::Accuracy},
    Name{"acc", Field::Accuracy},
    Name{"loyalty", Field::Loyalty},
    Name{"ms", Field::Milliseconds},
    Name{"time", Field::Milliseconds},
    Name{"changed", Field::Changed},
    Name{"parameters", Field::Parameters},
    Name{"multiply-adds", Field::MultiplyAdds},
};

/// Null: no such field.
const Name *named(const QString &name)
{
    const auto found = std::ranges::find_if(names, [&](const Name &known) {
        return name.compare(QLatin1String(known.name), Qt::CaseInsensitive) == 0;
    });
    return found == names.end() ? nullptr : &*found;
}

bool isText(Field field)
{
    return field <= Field::Id;
}

Relation relationOf(const QString &sign)
{
    if (sign == "<")
        return Relation::Less;
    if (sign == "<=" || sign == QStringLiteral("≤"))
        return Relation::LessOrEqual;
    if (sign == ">")
        return Relation::Greater;
    if (sign == ">=" || sign == QStringLiteral("≥"))
        return Relation::GreaterOrEqual;
    return Relation::Equal;
}

/// "4MB" → 4e6; not a number where it is none with a unit of these.
double numberOf(const QString &text)
{
    static const QRegularExpression pattern(
        QStringLiteral("^([0-9]*\\.?[0-9]+)(B|kB|KB|MB|GB|k|K|M|G|%|ms)?$"));
    const QRegularExpressionMatch match = pattern.match(text);
    if (!match.hasMatch())
        return std::nan("");
    const double number = match.captured(1).toDouble();
    const QString unit = match.captured(2).toLower();
    if (unit == "k" || unit == "kb")
        return number * 1e3;
    if (unit == "m" || unit == "mb")
        return number * 1e6;
    if (unit == "g" || unit == "gb")
        return number * 1e9;
    return number;
}

/// The line in parts at its blanks, but those within quotation marks and around signs.
QStringList partsOf(QString line)
{
    static const QRegularExpression signs(QStringLiteral("\\s*(<=|>=|≤|≥|<|>|=)\\s*"));
    static const QRegularExpression units(
        QStringLiteral("([<>=≤≥][0-9.]+)\\s+(B|kB|KB|MB|GB|%|ms)(?=\\s|$)"));
    line.replace(signs, QStringLiteral("\\1"));
    line.replace(units, QStringLiteral("\\1\\2"));
    QStringList parts;
    QString part;
    bool quoted = false;
    for (const QChar character : line) {
        if (character == '"') {
            quoted = !quoted;
        } else if (character.isSpace() && !quoted) {
            parts << part;
            part.clear();
        } else {
            part += character;
        }
    }
    parts << part;
    parts.removeAll(QString());
    return parts;
}

std::optional<double> valueOf(const Run &run, Field field)
{
    switch (field) {
    case Field::Bytes:
        return static_cast<double>(run.measured.bytes);
    case Field::Accuracy: {
        const auto metric = run.measured.metrics.find(run.primaryMetric);
        return metric == run.measured.metrics.end() ? std::nullopt
                                                    : std::optional(100 * metric->second.value);
    }
    case Field::Loyalty:
        return 100 * run.labelLoyalty.value;
    case Field::Milliseconds:
        return run.measured.latencyMs.median;
    case Field::Changed:
        return static_cast<double>(answersChanged(run));
    case Field::Parameters:
        return static_cast<double>(run.measured.parameters);
    case Field::MultiplyAdds:
        return run.measured.multiplyAdds
                   ? std::optional(static_cast<double>(*run.measured.multiplyAdds))
                   : std::nullopt;
    default:
        return std::nullopt;
    }
}

bool holds(double value, Relation relation, double limit)
{
    switch (relation) {
    case Relation::Less:
        return value < limit;
    case Relation::LessOrEqual:
        return value <= limit;
    case Relation::GreaterOrEqual:
        return value >= limit;
    case Relation::Greater:
        return value > limit;
    default:
        return std::abs(value - limit) <= 1e-9 * std::abs(limit);
    }
}

bool contains(const std::string &text, const QString &part)
{
    return QString::fromStdString(text).contains(part, Qt::CaseInsensitive);
}

bool tagged(const RunNote &note, const QString &tag)
{
    return std::ranges::any_of(note.tags, [&](const std::string &one) {
        return QString::fromStdString(one).compare(tag, Qt::CaseInsensitive) == 0;
    });
}

bool inRecipe(const Run &run, const QString &part)
{
    return contains(shortName(run), part) || contains(run.recipe.text(), part);
}

bool holds(const RunFilter::Condition &condition, const Run &run, const RunNote &note)
{
    switch (condition.field) {
    case Field::Recipe:
        return inRecipe(run, condition.text);
    case Field::Note:
        return contains(note.text, condition.text);
    case Field::Tag:
        return tagged(note, condition.text);
    case Field::Id:
        return contains(run.id, condition.text);
    case Field::Anything:
        return inRecipe(run, condition.text) || contains(note.text, condition.text) ||
               contains(run.id, condition.text) ||
               std::ranges::any_of(note.tags, [&](const std::string &tag) {
                   return contains(tag, condition.text);
               });
    default: {
        const std::optional<double> value = valueOf(run, condition.field);
        return value && holds(*value, condition.relation, condition.number);
    }
    }
}

void addPart(RunFilter &filter, QString part)
{
    static const QRegularExpression pattern(
        QStringLiteral("^([A-Za-z-]+)(<=|>=|≤|≥|<|>|=|:)(.*)$"));
    RunFilter::Condition condition;
    if (part.size() > 1 && part.startsWith('-')) {
        condition.negated = true;
        part.remove(0, 1);
    }
    condition.text = part;
    const QRegularExpressionMatch match = pattern.match(part);
    const Name *name = match.hasMatch() ? named(match.captured(1)) : nullptr;
    const bool compares = match.hasMatch() && match.captured(2) != ":";
    if (compares && !name) {
        filter.problem = Words::tr("\"%1\" is none of accuracy, bytes, ms, loyalty, changed, "
                                   "parameters, multiply-adds")
                             .arg(match.captured(1));
        return;
    }
    if (name) {
        const bool text = isText(name->field);
        condition.field = name->field;
        condition.text = match.captured(3);
        const double number = numberOf(condition.text);
        condition.relation = text ? Relation::Contains : relationOf(match.captured(2));
        condition.number = number;
        if (condition.text.isEmpty() || (!text && std::isnan(number))) {
            filter.problem = text ? Words::tr("%1: expected a text").arg(part)
                                  : Words::tr("%1: expected a number, as in bytes<4MB").arg(part);
            return;
        }
    }
    filter.conditions.push_back(condition);
}

} // namespace

bool RunFilter::accepts(const Run &run, const RunNote &note) const
{
    return std::ranges::all_of(conditions, [&](const Condition &condition) {
        return holds(condition, run, note) != condition.negated;
    });
}

RunFilter parsedRunFilter(const QString &line)
{
    RunFilter filter;
    for (const QString &part : partsOf(line))
        addPart(filter, part);
    return filter;
}

} // namespace pare
