// What is done to the model: a card for each step, a way to add one, the settings of the chosen
// one. Shows the values it was given; window's thread; owned by its dock.
#pragma once

#include "core/model/recipe.h"
#include "core/model/trainingrecord.h"
#include "widgets/panels/datasection.h"
#include "widgets/panels/stepcard.h"
#include "widgets/panels/strengthline.h"

#include <QScrollArea>
#include <optional>
#include <vector>

class QLabel;
class QLayout;
class QMenu;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace pare {

class ScheduleView;
class SettingsForm;
class TechniqueChooser;

struct RecipePanelData
{
    std::vector<StepCardData> cards;
    std::optional<std::size_t> chosen;
    Step chosenStep;        ///< checked; with `chosen`
    int chosenLayers = -1;  ///< that it acts on; negative: not known
    SchedulePlan schedules; ///< of the training that the chosen step is of or is learnt in
    QString shownRun;       ///< a finished run whose recipe this is; empty: the current recipe
    bool editable = true;   ///< false: a run's recipe, or a project that cannot be written to
    bool hasModel = false;
    int selectedLayers = 0;
    std::optional<StrengthData> strength; ///< nothing: no step has one
    QStringList notes; ///< what is done that the recipe does not say
    /// What it is measured and calibrated on; nothing: without weights nothing is.
    std::optional<DataSectionData> data;
    QString footer; ///< "seed 7"
};

class RecipePanel : public QScrollArea
{
    Q_OBJECT

public:
    explicit RecipePanel(QWidget *parent = nullptr);

    void setData(const RecipePanelData &data);
    const RecipePanelData &data() const { return m_data; }
    /// Of the chosen step: the setting that has the keyboard, or was changed last; empty: none.
    QString editedSetting() const;
    /// Recipes to begin with, as a menu of whoever knows them.
    void setPresets(QMenu *menu);
    /// Opens the list of techniques.
    void chooseTechnique();
    QSize sizeHint() const override { return {296, 480}; }
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void stepChosen(std::size_t index);
    void stepEnabled(std::size_t index, bool enabled);
    void stepRemoved(std::size_t index);
    void stepPreviewed(std::size_t index, const pare::Step &step);
    void stepEdited(std::size_t index, const pare::Step &step);
    /// Of all steps, while the slider is dragged and then.
    void strengthPreviewed(double strength);
    void strengthChosen(double strength);
    void sensitivityWanted();
    void techniqueAdded(const QString &id);
    void selectionWanted(std::size_t index);
    /// Of a shown run: its recipe is to become the current one, or the current one is to be shown
    /// again.
    void restoreRequested();
    void backRequested();
    /// Labelled examples: a file is to be asked for, or installed ones were chosen (empty: none).
    void dataFileRequested(pare::DataUse use);
    void dataChosen(pare::DataUse use, const QString &source);
    void calibrationExamplesChanged(int count);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QLayout *makeHead();
    QWidget *makeRunNotice();
    QWidget *makeSettings();
    void connectData();
    void resizeCards(std::size_t count);

    RecipePanelData m_data;
    std::vector<StepCard *> m_cards;
    QWidget *m_runNotice;
    QLabel *m_runTitle;
    QLabel *m_order;
    QToolButton *m_presets;
    QVBoxLayout *m_cardColumn;
    QLabel *m_empty;
    QPushButton *m_add;
    TechniqueChooser *m_chooser;
    StrengthLine *m_strength;
    QWidget *m_settings;
    QLabel *m_settingsTitle;
    SettingsForm *m_form;
    ScheduleView *m_schedules;
    QLabel *m_notes;
    DataSection *m_dataSection;
    QLabel *m_footer;
};

} // namespace pare
