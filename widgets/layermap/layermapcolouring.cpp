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
QString trimmedValueText(const LayerMapData &data, double value)
{
    QString number = QString::number(value, 'f', 6);
    while (number.endsWith(QChar('0')))
        number.chop(1);
    if (number.endsWith(QChar('.')))
        number.chop(1);
    number = numberInLocale(number);
    return data.valueUnit.isEmpty() ? number : number + QChar(0x202f) + data.valueUnit;
}

} // namespace

LayerMapColouring::LayerMapColouring(const LayerMapData &data, LayerColour colour,
                                     const Theme &theme)
    : m_colour(colour)
    , m_theme(theme)
{
    survey(data);
    if (colour == LayerColour::Bytes) {
        m_lowText = bytesText(static_cast<std::int64_t>(m_low));
        m_highText = QCoreApplication::translate("pare::LayerMap", "%1 (log)")
                         .arg(bytesText(static_cast<std::int64_t>(m_high)));
    } else if (colour == LayerColour::Value) {
        m_high = roundedUp(m_high);
        m_lowText = QStringLiteral("0");
        m_highText = trimmedValueText(data, m_high) + QChar(' ') + data.valueTitle;
    }
}

void LayerMapColouring::survey(const LayerMapData &data)
{
    bool first = true;
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
        if (m_colour == LayerColour::Bytes && !bytes)
            continue;
        const double value =
            m_colour == LayerColour::Bytes ? static_cast<double>(*bytes) : cell.state.value;
        if (std::isnan(value) || value < 0 || (m_colour == LayerColour::Bytes && value == 0)) {
            m_hasNeutral = m_hasNeutral || std::isnan(value);
            continue;
        }
        m_low = first ? value : std::min(m_low, value);
        m_high = first ? value : std::max(m_high, value);
        first = false;
    }
    std::ranges::sort(m_families);
}

QColor LayerMapColouring::neutral() const
{
    return mixed(m_theme.background, m_theme.secondary,
                 m_theme.mode == ThemeMode::Dark ? 0.42 : 0.34);
}

QColor LayerMapColouring::at(double position) const
{
    return scaleColour(position, m_theme.mode);
}

QColor LayerMapColouring::fill(const LayerMapCell &cell) const
{
    switch (m_colour) {
    case LayerColour::Technique:
        return cell.state.families.empty() ? neutral() : m_theme.family(cell.state.families.back());
    case LayerColour::Bytes:
        if (!cell.state.bytes)
            return neutral();
        // Layers differ by factors, so equal factors get equal steps.
        if (m_high <= m_low || *cell.state.bytes <= 0)
            return at(*cell.state.bytes > 0 ? 1 : 0);
        return at(std::log(static_cast<double>(*cell.state.bytes) / m_low) /
                  std::log(m_high / m_low));
    case LayerColour::Value:
        if (std::isnan(cell.state.value))
            return neutral();
        return at(m_high > 0 ? cell.state.value / m_high : 0);
    }
    return neutral();
}

} // namespace pare
