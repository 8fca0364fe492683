// The list that opens under "Add a technique": every row of the technique table with its sentence,
// by family; where calibration data are not chosen yet, which techniques need them, and a way to
// choose them. Window's thread; owned by the recipe panel.
#pragma once

#include "core/model/technique.h"
#include "widgets/panels/datachoice.h"

#include <QFrame>
#include <QString>

class QScrollArea;
class QVBoxLayout;

namespace pare {

class ChoiceButton;

class TechniqueChooser : public QFrame
{
    Q_OBJECT

public:
    explicit TechniqueChooser(QWidget *parent = nullptr);

    /// What techniques that look at data would look at.
    void setCalibration(const DataChoiceData &calibration);
    /// Opens it under `anchor`, or beside it where there is more room.
    void open(const QWidget *anchor);

Q_SIGNALS:
    void techniqueChosen(const QString &id);
    /// A file of calibration data is to be asked for, or one of those suggested was chosen.
    void calibrationFileRequested();
    void calibrationChosen(const QString &source);

private:
    QWidget *makeCalibrationNotice();
    void addFamily(Family family);
    int heightFor(int width) const;

    QWidget *m_notice;
    DataChoice *m_calibration;
    QScrollArea *m_list;
    QVBoxLayout *m_column;
    std::vector<ChoiceButton *> m_calibrated; ///< of techniques that look at data
};

} // namespace pare
