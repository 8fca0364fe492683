// Asks which setting of the recipe is to be measured at which values, and says what that takes.
// Window's thread; deletes itself.
#pragma once

#include "app/document/documentvalues.h"
#include "core/model/choices.h"
#include "core/model/technique.h"

#include <QDialog>
#include <QString>
#include <functional>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace pare {

/// A setting of one of the recipe's steps.
struct SweptSetting
{
    std::size_t index = 0; ///< of its step
    Step step;
    const SettingInfo *info = nullptr; ///< of the table of techniques
};

/// Those of steps that are on whose values can be listed: numbers, choices, patterns and blocks; those
/// of `chosen` first, if that is a step.
std::vector<SweptSetting> sweptSettings(const std::vector<ChosenStep> &steps,
                                        std::optional<std::size_t> chosen);

/// Values worth trying, within the setting's range, from the smallest on: as a person reads them (shares
/// as per cent).
QString proposedValues(const SweptSetting &setting);

/// The step in each form that the text names: "2, 3, 4, 8", choices as the command line spells them or
/// "2..8:2"; none: the text names nothing. Throws InvalidSetting.
std::vector<Step> formsOf(const SweptSetting &setting, const QString &text);

class SweepDialog : public QDialog
{
    Q_OBJECT

public:
    struct Answers
    {
        std::function<SweepOutlook(std::size_t, const std::vector<Step> &)> outlook;
        std::function<QString(std::size_t, const std::vector<Step> &)> command;
        std::function<void(std::size_t, const std::vector<Step> &)> measure;
    };

    /// `first`: which of the settings is asked for at first.
    SweepDialog(std::vector<SweptSetting> settings, std::size_t first, Answers answers,
                QWidget *parent);

private:
    void makeFields();
    void arrange();
    const SweptSetting &setting() const;
    void propose();
    void showOutlook();

    std::vector<SweptSetting> m_settings;
    Answers m_answers;
    std::vector<Step> m_forms; ///< what the fields say; empty: nothing that can be measured
    QComboBox *m_setting;
    QLineEdit *m_values;
    QLabel *m_unit;
    QLabel *m_outlook;
    QPushButton *m_copy;
    QPushButton *m_measure;
};

} // namespace pare
