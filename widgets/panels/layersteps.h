// What the recipe does to the layers that are selected: for each step a switch, and a slider of its strength
// there. Shows the values it was given; window's thread; owned by its parent.
#pragma once

#include <QString>
#include <QWidget>
#include <optional>
#include <vector>

class QGridLayout;

namespace pare {

class ElidedLabel;
class StrengthSlider;
class ToggleSwitch;

struct LayerStepData
{
    QString title;                  ///< "4 bits", "4 bits, on 3 of 12"
    bool on = false;                ///< acts on one of the layers at least
    std::optional<double> strength; ///< 0…1; nothing: it has none here

    bool operator==(const LayerStepData &) const = default;
};

class LayerSteps : public QWidget
{
    Q_OBJECT

public:
    explicit LayerSteps(QWidget *parent = nullptr);

    /// Hidden without any. A slider that a person drags stays where it is.
    void setSteps(const std::vector<LayerStepData> &steps, bool editable);

Q_SIGNALS:
    /// By their places among those that are shown.
    void switched(std::size_t step, bool on);
    void strengthPreviewed(std::size_t step, double strength);
    void strengthChosen(std::size_t step, double strength);

private:
    struct Row
    {
        ToggleSwitch *acts;
        ElidedLabel *title;
        StrengthSlider *strength;
    };
    void addRow();
    void removeRow();

    QGridLayout *m_grid;
    std::vector<Row> m_rows;
    std::vector<LayerStepData> m_steps;
};

} // namespace pare
