// One setting of a technique, edited with what suits its kind: slider, spin box, list, switch; as
// text where nothing does.
// Shows the value it was given; window's thread; owned by the form.
#pragma once

#include "core/model/technique.h"

#include <QString>
#include <QWidget>
#include <optional>

class QComboBox;
class QSlider;
class QDoubleSpinBox;
class QLineEdit;

namespace pare {

class ToggleSwitch;

class SettingEditor : public QWidget
{
    Q_OBJECT

public:
    /// `info` is a row of the technique table, which lives as long as the program.
    explicit SettingEditor(const SettingInfo &info, QWidget *parent = nullptr);

    const SettingInfo &info() const { return m_info; }
    /// As a step holds it; nothing: not set. Emits nothing.
    void setValue(const std::optional<QString> &value);
    std::optional<QString> value() const;

Q_SIGNALS:
    /// While a slider is dragged: shown, not yet meant.
    void previewed();
    /// A person chose another value.
    void edited();

private:
    void makeNumber();
    void makeSlider(double low, double high);
    void makeChoice();
    void makePresets(const QStringList &presets);
    void makeText();
    bool isOptional() const;
    QString unsetText() const;
    void showNumber(double value);
    bool isShare() const;
    QString numberText() const;

    const SettingInfo &m_info;
    double m_scale = 1; ///< from the value to what is shown: 100 for shares
    double m_tick = 1;  ///< of what is shown: one place of the slider
    QSlider *m_slider = nullptr;
    QDoubleSpinBox *m_spin = nullptr;
    QComboBox *m_combo = nullptr;
    ToggleSwitch *m_switch = nullptr;
    QLineEdit *m_line = nullptr;
};

} // namespace pare
