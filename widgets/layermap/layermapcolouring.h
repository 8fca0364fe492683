// Which colour a cell of the layer map has, and what the legend says about it. A plain value; any
// thread.
#pragma once

#include "widgets/layermap/layermapdata.h"
#include "widgets/theme/theme.h"

namespace pare {

/// The one thing that colour shows.
enum class LayerColour { Bytes, Technique, Value };

/// From the least to the greatest number that a scale reaches, before it is rounded.
struct ColourRange
{
    double low = 0;
    double high = 0;
};

class LayerMapColouring
{
public:
    /// The scale reaches at least over `seen`: so that a recipe that is being edited does not change what a
    /// colour means.
    LayerMapColouring(const LayerMapData &data, LayerColour colour, const Theme &theme,
                      const std::optional<ColourRange> &seen = {});

    /// What to hand on as `seen`; nothing: no number is known.
    const std::optional<ColourRange> &range() const { return m_range; }

    QColor fill(const LayerMapCell &cell) const;
    /// Of layers that no technique touched, or for which nothing was measured.
    QColor neutral() const;
    QColor at(double position) const;

    LayerColour colour() const { return m_colour; }
    /// Whether there is a range of numbers to draw a scale for.
    bool hasScale() const { return m_colour != LayerColour::Technique && m_high > 0; }
    QString lowText() const { return m_lowText; }
    QString highText() const { return m_highText; }

    const std::vector<Family> &families() const { return m_families; } ///< that occur, in order
    bool hasNeutral() const { return m_hasNeutral; }
    bool hasCut() const { return m_hasCut; }
    bool hasShared() const { return m_hasShared; }
    bool hasUnknown() const { return m_hasUnknown; } ///< sizes that measuring will tell

private:
    void survey(const LayerMapData &data);
    void widen(double value);
    void takeIn(const ColourRange &seen);
    void describe(const LayerMeasure &measure);
    double position(double value) const; ///< on the scale, 0…1

    LayerColour m_colour;
    ValueScale m_scale; ///< of bytes and values
    Theme m_theme;
    std::optional<ColourRange> m_range;
    double m_low = 0;
    double m_high = 0;
    QString m_lowText;
    QString m_highText;
    std::vector<Family> m_families;
    bool m_hasNeutral = false;
    bool m_hasCut = false;
    bool m_hasShared = false;
    bool m_hasUnknown = false;
};

} // namespace pare
