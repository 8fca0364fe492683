// The settings of one step, a form made from the technique's row of the table.
// Shows the step it was given; window's thread; owned by the recipe panel.
#pragma once

#include "core/model/recipe.h"

#include <QWidget>
#include <vector>

class QFormLayout;
class QLabel;
class QPushButton;

namespace pare {

class LayersLine;
class SettingEditor;

class SettingsForm : public QWidget
{
    Q_OBJECT

public:
    explicit SettingsForm(QWidget *parent = nullptr);

    /// A checked step. Fields are made anew only for another technique.
    void setStep(const Step &step);
    const Step &step() const { return m_step; }
    /// How many layers are selected on the map: what "Use the selection" would take.
    void setSelectedLayers(int count);
    /// How many layers the step acts on; negative: not known.
    void setTouchedLayers(int count);
    const std::vector<SettingEditor *> &editors() const { return m_editors; }
    /// The setting that has the keyboard, or was changed last; empty: none.
    QString editedSetting() const;

Q_SIGNALS:
    void previewed(const pare::Step &step);
    void edited(const pare::Step &step);
    void selectionWanted();

private:
    void makeFields(const TechniqueInfo &technique);
    Step stepWith(const SettingEditor &editor) const;
    void refresh();

    Step m_step;
    QFormLayout *m_fields;
    LayersLine *m_layers;
    QPushButton *m_useSelection;
    std::vector<SettingEditor *> m_editors;
    std::vector<QLabel *> m_titles; ///< of the editors
    QString m_edited;               ///< the setting that was changed last
};

/// `step` with one setting changed: what it excludes goes, what it requires comes, what required
/// the old value goes.
Step withSetting(Step step, const SettingInfo &setting, const std::optional<std::string> &value);

} // namespace pare
