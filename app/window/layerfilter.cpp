#include "app/window/layerfilter.h"

#include "app/window/messages.h"
#include "core/base/error.h"
#include "core/model/selection.h"

#include <QHash>
#include <QRegularExpression>
#include <cmath>
#include <functional>
#include <optional>

namespace pare {

namespace {

struct Condition
{
    QString quantity;
    QString relation;
    double limit = 0;
};

double factorOf(const QString &unit)
{
    const QString small = unit.toLower();
    return small == "kb" ? 1e3 : small == "mb" ? 1e6 : small == "gb" ? 1e9 : 1;
}

const QStringList always{"bytes", "after", "left", "error", "value"};

bool isQuantity(const QString &word, const LayerMapData &data)
{
    return always.contains(word) || data.measure(word.toStdString());
}

/// As the measures spell what people may call otherwise.
QString keyOf(const QString &word)
{
    static const QHash<QString, QString> others{
        {"sensitivity", "lost"}, {"sparsity", "zeros"}, {"size", "bytes"}, {"rms", "norm"}};
    return others.value(word, word);
}

QString quantities(const LayerMapData &data)
{
    QStringList words = always;
    for (const LayerMeasure &measure : data.measures) {
        if (const QString key = QString::fromStdString(measure.key); !words.contains(key))
            words << key;
    }
    return words.join(QStringLiteral(", "));
}

/// Says what a condition that cannot be read lacks: no name holds "<" or ">".
[[noreturn]] void refuse(const QString &text, const LayerMapData &data)
{
    static const QRegularExpression begun(QStringLiteral(R"(^([a-z]+)\s*(<=|>=|<|>)$)"));
    const QRegularExpressionMatch match = begun.match(text);
    if (!match.hasMatch())
        throw Error(ErrorKind::InvalidSetting, messages::filterCondition, text.toStdString());
    if (!isQuantity(keyOf(match.captured(1)), data))
        throw Error(ErrorKind::InvalidSetting, messages::filterQuantity,
                    match.captured(1).toStdString(), quantities(data).toStdString());
    throw Error(ErrorKind::InvalidSetting, messages::filterUnfinished, text.toStdString());
}

std::optional<Condition> conditionIn(const QString &text, const LayerMapData &data)
{
    static const QRegularExpression form(
        QStringLiteral(R"(^\s*([a-z]+)\s*(<=|>=|<|>|=)\s*(-?[0-9.]+)\s*(%|[kKmMgG]?[bB])?\s*$)"));
    const QRegularExpressionMatch match = form.match(text);
    const QString key = keyOf(match.captured(1));
    static const QStringList ofSelections{"role", "block", "stack"};
    if (!match.hasMatch() && text.contains(QRegularExpression(QStringLiteral("[<>]"))))
        refuse(text.simplified(), data);
    if (!match.hasMatch() || ofSelections.contains(key))
        return std::nullopt;
    if (!isQuantity(key, data))
        throw Error(ErrorKind::InvalidSetting, messages::filterQuantity, key.toStdString(),
                    quantities(data).toStdString());
    bool read = false;
    const double number = match.captured(3).toDouble(&read);
    if (!read)
        throw Error(ErrorKind::InvalidSetting, messages::filterNumber,
                    match.captured(3).toStdString());
    return Condition{key, match.captured(2), number * factorOf(match.captured(4))};
}

double quantityOf(const QString &name, const LayerMapData &data, std::size_t index)
{
    const LayerMapCell &cell = data.cells[index];
    const double before = static_cast<double>(cell.bytesBefore);
    const double after = cell.isShared()    ? 0
                         : cell.state.bytes ? static_cast<double>(*cell.state.bytes)
                                            : std::nan("");
    if (name == "bytes")
        return before;
    if (name == "after")
        return after;
    if (name == "left")
        return before > 0 ? 100 * after / before : std::nan("");
    const LayerMeasure *measure = data.measure(name.toStdString());
    return measure ? measure->values[index] : cell.state.value;
}

bool holds(const Condition &condition, const LayerMapData &data, std::size_t index)
{
    const double value = quantityOf(condition.quantity, data, index);
    if (std::isnan(value))
        return false;
    if (condition.relation == "<")
        return value < condition.limit;
    if (condition.relation == "<=")
        return value <= condition.limit;
    if (condition.relation == ">")
        return value > condition.limit;
    if (condition.relation == ">=")
        return value >= condition.limit;
    return value == condition.limit;
}

/// "512x128", "512 × *", "shape=128": sizes in order, of which a star is any. Empty: no shape is meant.
std::vector<std::optional<std::int64_t>> shapeIn(const QString &text)
{
    static const QRegularExpression form(
        QStringLiteral(R"(^\s*(shape\s*=)?\s*((?:\d+|\*)(?:\s*[x\x{d7}]\s*(?:\d+|\*))*)\s*$)"),
        QRegularExpression::UseUnicodePropertiesOption);
    static const QRegularExpression by(QStringLiteral("[x\u00d7]"));
    const QRegularExpressionMatch match = form.match(text);
    std::vector<std::optional<std::int64_t>> sizes;
    if (!match.hasMatch() || (match.captured(1).isEmpty() && !match.captured(2).contains(by)))
        return sizes; // a number alone is part of a name
    for (const QString &size : match.captured(2).split(by)) {
        const bool any = size.trimmed() == QLatin1String("*");
        sizes.push_back(any ? std::nullopt : std::optional(size.trimmed().toLongLong()));
    }
    return sizes;
}

QStringList partsOf(const QString &text)
{
    static const QRegularExpression joint(QStringLiteral(R"(\s+and\s+)"));
    return text.split(joint);
}

/// Takes the number of a cell.
using CellTest = std::function<bool(std::size_t)>;

CellTest testFor(const QString &text, const LayerMapData &data, const ModelDescription &model)
{
    if (const auto sizes = shapeIn(text); !sizes.empty())
        return [sizes, &data](std::size_t cell) {
            return std::ranges::equal(sizes, data.cells[cell].shape,
                                      [](std::optional<std::int64_t> wanted, std::int64_t size) {
                                          return !wanted || *wanted == size;
                                      });
        };
    if (const std::optional<Condition> condition = conditionIn(text, data))
        return [condition, &data](std::size_t cell) { return holds(*condition, data, cell); };
    const bool isSelection = text.contains('*') || text.contains('=') || text.contains("not ");
    if (!isSelection)
        return [part = text.trimmed(), &data](std::size_t cell) {
            return QString::fromStdString(data.cells[cell].name)
                .contains(part, Qt::CaseInsensitive);
        };
    const Selection selection = Selection::parsed(text.trimmed().toStdString());
    return [selection, &data, &model](std::size_t cell) {
        const Layer *layer = model.find(data.cells[cell].name);
        return layer && selection.matches(*layer);
    };
}

} // namespace

QString measureNamedIn(const QString &text, const LayerMapData &data)
{
    QString known;
    for (const QString &part : partsOf(text)) {
        const std::optional<Condition> condition = conditionIn(part, data);
        if (!condition)
            continue;
        if (knownOfNone(condition->quantity, data))
            return condition->quantity;
        known = known.isEmpty() ? condition->quantity : known;
    }
    return known;
}

bool knownOfNone(const QString &quantity, const LayerMapData &data)
{
    for (std::size_t cell = 0; cell < data.cells.size(); ++cell) {
        if (!std::isnan(quantityOf(quantity, data, cell)))
            return false;
    }
    return !data.cells.empty();
}

QStringList layersMatching(const QString &text, const LayerMapData &data,
                           const ModelDescription &model)
{
    QStringList names;
    if (text.trimmed().isEmpty())
        return names;
    std::vector<CellTest> tests;
    for (const QString &part : partsOf(text))
        tests.push_back(testFor(part, data, model));
    for (std::size_t cell = 0; cell < data.cells.size(); ++cell) {
        if (std::ranges::all_of(tests, [cell](const CellTest &matches) { return matches(cell); }))
            names << QString::fromStdString(data.cells[cell].name);
    }
    return names;
}

} // namespace pare
