// A thin bar under a figure of the meter: parts of a whole in colours, or an interval with its
// point and a tick. Window's thread; owned by its parent.
#pragma once

#include "widgets/theme/theme.h"

#include <QWidget>
#include <optional>
#include <vector>

namespace pare {

/// Everything is a share of the bar's length, 0…1.
struct MeterBarData
{
    struct Part
    {
        double share = 0;
        std::optional<Family> family; ///< nothing: as the original
    };
    std::vector<Part> parts; ///< one after another from the left
    struct Band
    {
        double low = 0;
        double high = 0;
        double point = 0;
    };
    std::optional<Band> band;
    std::optional<double> tick; ///< the original
};

class MeterBar : public QWidget
{
    Q_OBJECT

public:
    explicit MeterBar(QWidget *parent = nullptr);

    void setData(MeterBarData data);
    const MeterBarData &data() const { return m_data; }
    QSize sizeHint() const override { return {160, 14}; }
    QSize minimumSizeHint() const override { return {80, 14}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    MeterBarData m_data;
};

} // namespace pare
