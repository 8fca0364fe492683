#include "widgets/layermap/layermapmark.h"

#include "widgets/layermap/layermaplayout.h"
#include "widgets/theme/words.h"

#include <QFontMetricsF>
#include <algorithm>
#include <array>
#include <cmath>

namespace pare {

namespace {

constexpr int fewestLetters = 5; // of a name that is cut off

struct Places
{
    QRectF inside;
    QRectF beside;
};

Places placesIn(const CellRoom &room)
{
    return {room.filled.adjusted(cellPadding, 0, -cellPadding, 0),
            room.rect.adjusted(room.filled.width() + cellPadding * 0.7, 0, -cellPadding / 2, 0)};
}

/// Forms in the order in which they are wanted, each inside the fill or beside it.
std::optional<CellMark> fittingText(const QStringList &forms, const Places &places,
                                    const QFontMetricsF &metrics)
{
    for (const QString &form : forms) {
        const qreal wanted = metrics.horizontalAdvance(form);
        for (const bool inside : {true, false}) {
            const QRectF &place = inside ? places.inside : places.beside;
            if (wanted <= place.width())
                return CellMark{CellMark::Kind::Text, form, place, inside, 0};
        }
    }
    return std::nullopt;
}

QString joined(const QString &badge, const QString &name)
{
    return badge.isEmpty() ? name : badge + QStringLiteral("  ") + name;
}

/// Name and badge, whole or at least the beginning of the name; no half badge.
std::optional<CellMark> fittingName(const LayerMapCell &cell, const Places &places,
                                    const QFontMetricsF &metrics)
{
    const QStringList badges = badgeForms(cell.state);
    const QString badge = badges.value(0);
    const QString name = QString::fromStdString(cell.name);
    const QString last = QString::fromStdString(cell.name.substr(cell.name.rfind('.') + 1));
    const QString withName = joined(badge, name);
    const QStringList whole{withName + QStringLiteral("  ") + layerShapeText(cell.shape), withName};
    // Both inside the fill rather than the longer one beside it.
    if (auto mark = fittingText(whole, {places.inside, {}}, metrics))
        return mark;
    if (auto mark = fittingText(whole + QStringList(joined(badge, last)), places, metrics))
        return mark;
    const bool inside = places.inside.width() >= places.beside.width();
    const QRectF &place = inside ? places.inside : places.beside;
    for (const QString &form : badges.isEmpty() ? QStringList(QString()) : badges) {
        const qreal left = place.width() - metrics.horizontalAdvance(joined(form, QString()));
        if (left >= metrics.averageCharWidth() * fewestLetters)
            return CellMark{CellMark::Kind::Text,
                            joined(form, metrics.elidedText(last, Qt::ElideRight, left)), place,
                            inside, 0};
    }
    return std::nullopt;
}

CellMark symbols(const LayerMapCell &cell, const Places &places, const QRectF &rect)
{
    CellMark mark;
    const auto count = static_cast<int>(cell.state.families.size());
    if (rect.height() >= symbolSize + 1) {
        for (const int shown : {count, 1}) {
            const qreal wanted = symbolStep * (shown - 1) + symbolSize;
            for (const bool inside : {true, false}) {
                // Symbols need less air than letters.
                const QRectF place = (inside ? places.inside : places.beside).adjusted(-4, 0, 2, 0);
                if (wanted <= place.width())
                    return {CellMark::Kind::Symbols, {}, place, inside, shown};
            }
        }
    }
    mark.kind = CellMark::Kind::Corner;
    return mark;
}

/// "24 × 66.0 kB" of blocks that stand as one, "66.0 kB", "66 kB": without decimals only where they are a
/// twentieth at most.
QStringList bytesForms(std::optional<std::int64_t> bytes, int blocks)
{
    QStringList forms{shortBytesText(bytes)};
    if (blocks > 1)
        forms.prepend(QStringLiteral("%1 \u00d7 %2").arg(blocks).arg(forms.first()));
    constexpr std::array<std::pair<double, const char *>, 3> units{
        {{1e9, " GB"}, {1e6, " MB"}, {1e3, " kB"}}};
    for (const auto &[size, unit] : units) {
        const double count = bytes ? static_cast<double>(*bytes) / size : 0;
        if (count >= 10) {
            forms << numberText(count, 0) + QLatin1String(unit);
            break;
        }
    }
    return forms;
}

} // namespace

QStringList badgeForms(const LayerState &state)
{
    QStringList forms;
    if (!state.badges.isEmpty())
        forms << state.badges.join(QChar(0xb7));
    if (state.badges.size() > 1)
        forms << state.badges.first() + QChar('+');
    return forms;
}

CellMark cellMark(const LayerMapCell &cell, const CellRoom &room, const QFontMetricsF &metrics)
{
    const bool touched = !cell.state.families.empty() || !cell.state.badges.isEmpty();
    const Places places = placesIn(room);
    if (room.rect.height() >= metrics.height()) {
        const bool named = cell.block < 0 && !room.namedBeside;
        const QStringList bytes =
            cell.block < 0 ? QStringList() : bytesForms(cell.state.bytes, room.blocks);
        const auto mark =
            named ? fittingName(cell, places, metrics)
                  : fittingText(touched ? badgeForms(cell.state) : bytes, places, metrics);
        if (mark)
            return *mark;
        if (const auto badge = fittingText(badgeForms(cell.state), places, metrics))
            return *badge;
    }
    return touched ? symbols(cell, places, room.rect) : CellMark{};
}

} // namespace pare
