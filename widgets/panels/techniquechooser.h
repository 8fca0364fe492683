// The list that opens under "Add a technique": every row of the technique table with its sentence,
// by family, and a line that finds some of them; where calibration data are not chosen yet, which techniques need them, and a way to
// choose them. Window's thread; owned by the recipe panel.
#pragma once

#include "core/model/technique.h"
#include "widgets/panels/datafield.h"

#include <QFrame>
#include <QString>

class QLabel;
class QLineEdit;
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
    void setCalibration(const DataFieldData &calibration);
    /// Opens it under `anchor`, or beside it where there is more room.
    void open(const QWidget *anchor);

Q_SIGNALS:
    void techniqueChosen(const QString &id);
    /// A file of calibration data is to be asked for, or one of those suggested was chosen.
    void calibrationFileRequested();
    void calibrationChosen(const QString &source);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Row
    {
        ChoiceButton *button = nullptr;
        QLabel *heading = nullptr; ///< of its family
        QString words;             ///< by which it is found
    };

    QWidget *makeCalibrationNotice();
    void addFamily(Family family);
    void addRow(const TechniqueInfo &technique, QLabel *heading);
    void showFound();
    ChoiceButton *neighbour(const QObject *button, int direction) const;
    int heightFor(int width) const;

    QWidget *m_notice;
    DataField *m_calibration;
    QLineEdit *m_filter;
    QLabel *m_none;
    QScrollArea *m_list;
    QVBoxLayout *m_column;
    std::vector<Row> m_rows;
    std::vector<ChoiceButton *> m_calibrated; ///< of techniques that look at data
};

} // namespace pare
