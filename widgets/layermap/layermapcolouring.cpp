#include "widgets/layermap/layermapcolouring.h"

#include "widgets/theme/colourscale.h"
#include "widgets/theme/words.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace pare {

namespace {

/// The next of 1, 1.2, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten: an end of a scale that reads
/// well.
double roundedUp(double value)
{
    if (value <= 0)
        return 0;
    const double power = std::pow(10, std::floor(std::log10(value)));
    for (const double step : {1.0, 1.2, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0}) {
        if (value <= step * power * (1 + 1e-9))
            return step * power;
    }
    return 10 * power;
}

/// "10 %" rather than "10.0 %": the end of a scale is exact.
QString trimmedValueText(const LayerMeasure &measure, double value)
{
    QString number = QString::number(value, 'f', 6);
    while (number.endsWith(QChar('0')))
        number.chop(1);
    if (number.endsWith(QChar('.')))
        number.chop(1);
    number = numberInLocale(number);
    return measure.unit.isEmpty() ? number : number + QChar(0x202f) + measure.unit;
}

QString logarithmic(const QString &end)
{
    return QCoreApplication::translate("pare::LayerMap", "%1 (log)").arg(end);
}

} // namespace

LayerMapColouring::LayerMapColouring(const LayerMapData &data, LayerColour colour,
                                     const Theme &theme, const std::optional<ColourRange> &seen)
    : m_colour(colour)
    , m_scale(colour == LayerColour::Value ? data.shown.scale : ValueScale::Logarithmic)
    , m_theme(theme)
{
    survey(data);
    if (seen)
        takeIn(*seen);
    m_low = m_range ? m_range->low : 0;
    m_high = m_range ? m_range->high : 0;
    if (colour == LayerColour::Bytes) {
        m_lowText = bytesText(static_cast<std::int64_t>(m_low));
        m_highText = logarithmic(bytesText(static_cast<std::int64_t>(m_high)));
    } else if (colour == LayerColour::Value) {
        describe(data.shown);
    }
}

void LayerMapColouring::describe(const LayerMeasure &measure)
{
    if (m_scale == ValueScale::Logarithmic) {
        m_lowText = valueText(measure, m_low);
        m_highText = QCoreApplication::translate("pare::LayerMap", "%1 %2",
                                                 "the end of a scale, and what it measures")
                         .arg(logarithmic(valueText(measure, m_high)), measure.title);
        return;
    }
    m_high = roundedUp(m_high);
    const QString high = trimmedValueText(measure, m_high);
    if (m_scale == ValueScale::FromZero) {
        m_lowText = QStringLiteral("0");
        m_highText = QCoreApplication::translate("pare::LayerMap", "%1 %2",
                                                 "the end of a scale, and what it measures")
                         .arg(high, measure.title);
        return;
    }
    m_low = -m_high;
    m_lowText = measure.less + QStringLiteral(" \u2212") + high;
    m_highText = QStringLiteral("+%1 %2 \u00b7 %3").arg(high, measure.more, measure.title);
    if (!measure.about.isEmpty())
        m_highText += QStringLiteral(" \u00b7 ") + measure.about;
}

void LayerMapColouring::survey(const LayerMapData &data)
{
    for (const LayerMapCell &cell : data.cells) {
        if (cell.isShared()) {
            m_hasShared = true;
            continue;
        }
        const std::optional<std::int64_t> bytes = cell.state.bytes;
        m_hasCut = m_hasCut || (bytes && *bytes < cell.bytesBefore);
        m_hasUnknown = m_hasUnknown || !bytes;
        for (const Family family : cell.state.families) {
            if (std::ranges::find(m_families, family) == m_families.end())
                m_families.push_back(family);
        }
        if (m_colour == LayerColour::Technique) {
            m_hasNeutral = m_hasNeutral || cell.state.families.empty();
            continue;
        }
        if (m_colour == LayerColour::Bytes && cell.bytesBefore > 0)
            widen(static_cast<double>(cell.bytesBefore));
        if (m_colour == LayerColour::Bytes && !bytes)
            continue;
        double value =
            m_colour == LayerColour::Bytes ? static_cast<double>(*bytes) : cell.state.value;
        m_hasNeutral = m_hasNeutral || std::isnan(value);
        if (m_scale == ValueScale::Centred)
            value = std::abs(value);
        if (std::isnan(value) || value < 0 || (m_scale == ValueScale::Logarithmic && value == 0))
            continue;
        widen(value);
    }
    std::ranges::sort(m_families);
}

void LayerMapColouring::widen(double value)
{
    m_range = m_range ? ColourRange{std::min(m_range->low, value), std::max(m_range->high, value)}
                      : ColourRange{value, value};
}

/// A scale from zero on that is several times too long shows no differences any more: it starts anew.
void LayerMapColouring::takeIn(const ColourRange &seen)
{
    constexpr double longest = 4;
    if (m_range && m_scale != ValueScale::Logarithmic && seen.high > longest * m_range->high)
        return;
    widen(seen.low);
    widen(seen.high);
}

QColor LayerMapColouring::neutral() const
{
    return mixed(m_theme.background, m_theme.secondary,
                 m_theme.mode == ThemeMode::Dark ? 0.42 : 0.34);
}

QColor LayerMapColouring::at(double position) const
{
    return m_scale == ValueScale::Centred ? divergingColour(2 * position - 1, m_theme.mode)
                                          : scaleColour(position, m_theme.mode);
}

double LayerMapColouring::position(double value) const
{
    switch (m_scale) {
    case ValueScale::Logarithmic: // layers differ by factors
        if (m_high <= m_low || value <= 0)
            return value > 0 ? 1 : 0;
        return std::log(value / m_low) / std::log(m_high / m_low);
    case ValueScale::Centred:
        return m_high > 0 ? (value / m_high + 1) / 2 : 0.5;
    case ValueScale::FromZero:
        break;
    }
    return m_high > 0 ? value / m_high : 0;
}

QColor LayerMapColouring::fill(const LayerMapCell &cell) const
{
    switch (m_colour) {
    case LayerColour::Technique:
        return cell.state.families.empty() ? neutral() : m_theme.family(cell.state.families.back());
    case LayerColour::Bytes:
        return cell.state.bytes ? at(position(static_cast<double>(*cell.state.bytes))) : neutral();
    case LayerColour::Value:
        return std::isnan(cell.state.value) ? neutral() : at(position(cell.state.value));
    }
    return neutral();
}

} // namespace pare
