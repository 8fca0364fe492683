#include "app/window/layerfilter.h"

#include "app/window/messages.h"
#include "core/base/error.h"
#include "core/model/selection.h"

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

std::optional<Condition> conditionIn(const QString &text)
{
    static const QRegularExpression form(QStringLiteral(
        R"(^\s*(bytes|after|left|error|value)\s*(<=|>=|<|>|=)\s*([0-9.]+)\s*(%|[kKmMgG]?[bB])?\s*$)"));
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    bool read = false;
    const double number = match.captured(3).toDouble(&read);
    if (!read)
        throw Error(ErrorKind::InvalidSetting, messages::filterNumber,
                    match.captured(3).toStdString());
    return Condition{match.captured(1), match.captured(2), number * factorOf(match.captured(4))};
}

double quantityOf(const QString &name, const LayerMapCell &cell)
{
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
    return cell.state.value;
}

bool holds(const Condition &condition, const LayerMapCell &cell)
{
    const double value = quantityOf(condition.quantity, cell);
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

std::function<bool(const LayerMapCell &)> testFor(const QString &text,
                                                  const ModelDescription &model)
{
    if (const std::optional<Condition> condition = conditionIn(text))
        return [condition](const LayerMapCell &cell) { return holds(*condition, cell); };
    const bool isSelection = text.contains('*') || text.contains('=') || text.contains(" and ");
    if (!isSelection)
        return [part = text.trimmed()](const LayerMapCell &cell) {
            return QString::fromStdString(cell.name).contains(part, Qt::CaseInsensitive);
        };
    const Selection selection = Selection::parsed(text.trimmed().toStdString());
    return [selection, &model](const LayerMapCell &cell) {
        const Layer *layer = model.find(cell.name);
        return layer && selection.matches(*layer);
    };
}

} // namespace

QStringList layersMatching(const QString &text, const LayerMapData &data,
                           const ModelDescription &model)
{
    QStringList names;
    if (text.trimmed().isEmpty())
        return names;
    const auto matches = testFor(text, model);
    for (const LayerMapCell &cell : data.cells) {
        if (matches(cell))
            names << QString::fromStdString(cell.name);
    }
    return names;
}

} // namespace pare
