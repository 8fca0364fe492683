// Lets a student learn from the model that is open, and shows how any training goes.
//
// Shows the values it was given; intentions leave by signals. Window's thread; owned by its parent.
#pragma once

#include "core/model/trainingrecord.h"
#include "widgets/panels/datachoice.h"

#include <QString>
#include <QWidget>
#include <vector>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace pare {

class LossCurve;

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

struct TrainingPanelData
{
    std::vector<TeachingMethod> methods;
    QString studentOfRecipe; ///< what the steps make: "half of the layers"; empty: nothing smaller
    DataChoiceData train;
    bool canTeach = false;
    QString help;    ///< why not, or what it does
    QString problem; ///< of the choice as it stands
    QString mapText; ///< "0 ← 1, 1 ← 3": which layer learns from which
};

class TrainingPanel : public QWidget
{
    Q_OBJECT

public:
    explicit TrainingPanel(QWidget *parent = nullptr);

    void setData(const TrainingPanelData &data);
    void setRecord(const TrainingRecord &record);
    TeachingChoice choice() const;

Q_SIGNALS:
    /// Whoever knows answers with setData(): problem and mapText.
    void edited();
    void studentFileRequested();
    void outputRequested();
    void trainFileRequested();
    void trainSourceChosen(const QString &source);
    void teachRequested(const pare::TeachingChoice &choice);

public Q_SLOTS:
    void setStudent(const QString &path);
    void setOutput(const QString &folder);

private:
    void showMethod();
    QWidget *withButton(QLineEdit *line, const QString &text, void (TrainingPanel::*signal)());

    TrainingPanelData m_data;
    QComboBox *m_method;
    QLabel *m_summary;
    QLineEdit *m_settings;
    QLineEdit *m_student;
    QComboBox *m_map;
    QLabel *m_mapText;
    QLabel *m_mapTitle;
    QDoubleSpinBox *m_epochs;
    DataChoice *m_train;
    QLineEdit *m_output;
    QLabel *m_problem;
    QPushButton *m_start;
    LossCurve *m_curve;
};

} // namespace pare
