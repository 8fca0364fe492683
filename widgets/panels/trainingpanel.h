// Lets a student learn from the model that is open, and shows how any training goes.
//
// Shows the values it was given; intentions leave by signals. Window's thread; owned by its parent.
#pragma once

#include "core/model/trainingrecord.h"
#include "widgets/panels/datafield.h"

#include <QString>
#include <QWidget>
#include <array>
#include <vector>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLayout;
class QLineEdit;
class QPushButton;

namespace pare {

class LossCurve;
class ScheduleView;

/// A way of teaching, as the table of methods has it.
struct TeachingMethod
{
    QString id;
    QString title;
    QString summary;
    QString settings; ///< its defaults: "alpha=0.5 temperature=2"
    bool mapsLayers = false;
};

/// What a person asks for.
struct TeachingChoice
{
    QString student;  ///< folder or config.json; empty: the model after the recipe's steps
    QString method;   ///< 'kd temperature=2'
    QString layerMap; ///< empty: the method's own
    double epochs = 0;
    QString output;
};

/// What a student learns from.
enum class TeachingInput {
    Examples,    ///< labelled, of the task
    Text,        ///< running text
    Development, ///< labelled; they choose the epoch that is kept
};
inline constexpr std::array teachingInputs{TeachingInput::Examples, TeachingInput::Text,
                                           TeachingInput::Development};

enum class TeachingStage {
    Asked,   ///< nothing runs
    Running, ///< or waits to
    Paused,  ///< the choice as it stands was begun, and goes on where it was
};

struct TrainingPanelData
{
    std::vector<TeachingMethod> methods;
    QString studentOfRecipe; ///< what the steps make: "half of the layers"; empty: nothing smaller
    std::array<DataFieldData, teachingInputs.size()> inputs; ///< in the order of TeachingInput
    TeachingStage stage = TeachingStage::Asked;
    bool canTeach = false;
    QString help;           ///< why not, or what it does
    QString problem;        ///< of the choice as it stands
    QString mapText;        ///< "0 ← 1, 1 ← 3": which layer learns from which
    SchedulePlan schedules; ///< of the method as it stands
};

class TrainingPanel : public QWidget
{
    Q_OBJECT

public:
    explicit TrainingPanel(QWidget *parent = nullptr);

    void setData(const TrainingPanelData &data);
    /// `run`: the finished one it is of; empty: of the training that goes on, or was the last.
    void setRecord(const TrainingRecord &record, const QString &run = {});
    TeachingChoice choice() const;

Q_SIGNALS:
    /// Whoever knows answers with setData(): problem and mapText.
    void edited();
    void studentFileRequested();
    void outputRequested();
    void dataFileRequested(pare::TeachingInput input);
    /// A file, the name of installed data, or empty: none.
    void dataChosen(pare::TeachingInput input, const QString &source);
    /// What runs stops, and can go on.
    void pauseRequested();
    void teachRequested(const pare::TeachingChoice &choice);

public Q_SLOTS:
    void setStudent(const QString &path);
    void setOutput(const QString &folder);

private:
    void nameFields();
    QLayout *makeForm();
    void connectFields();
    void showMethod();
    void showStage();
    QWidget *withButton(QLineEdit *line, void (TrainingPanel::*signal)());

    TrainingPanelData m_data;
    QComboBox *m_method;
    QLabel *m_summary;
    QLineEdit *m_settings;
    QLineEdit *m_student;
    QComboBox *m_map;
    QLabel *m_mapText;
    QLabel *m_mapTitle;
    QDoubleSpinBox *m_epochs;
    std::array<DataField *, teachingInputs.size()> m_inputs;
    std::array<QLabel *, teachingInputs.size()> m_inputTitles;
    QLineEdit *m_output;
    QLabel *m_problem;
    ScheduleView *m_plan; ///< of what is asked for
    QPushButton *m_start;
    QPushButton *m_pause;
    QLabel *m_score;
    ScheduleView *m_schedules; ///< of the training that the curve shows
    QLabel *m_run;             ///< whose curve it is
    LossCurve *m_curve;
};

} // namespace pare
