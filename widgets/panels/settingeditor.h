// One setting of a technique, edited with what suits its kind: slider, spin box, list, switch.
// Shows the value it was given; window's thread; owned by the form.
#pragma once

#include "core/model/technique.h"

#include <QString>
#include <QWidget>
#include <optional>

class QComboBox;
class QSlider;
class QDoubleSpinBox;

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
    void makeChoice();
    void showNumber(double value);
    bool isShare() const;
    QString numberText() const;

    const SettingInfo &m_info;
    double m_scale = 1; ///< from the value to what is shown: 100 for shares
    QSlider *m_slider = nullptr;
    QDoubleSpinBox *m_spin = nullptr;
    QComboBox *m_combo = nullptr;
    ToggleSwitch *m_switch = nullptr;
};

/// A setting's name as a label: "granularity" becomes "Granularity".
QString settingTitle(const SettingInfo &info);
/// Its help with unit, range and default.
QString settingHelp(const SettingInfo &info);

} // namespace pare
