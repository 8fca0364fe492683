// Which labelled examples a recipe is measured and calibrated on, and how many calibrate it.
// Shows the values it was given; window's thread; owned by the recipe panel.
#pragma once

#include "core/model/choices.h"
#include "widgets/panels/datachoice.h"

#include <QWidget>

class QLabel;
class QSpinBox;

namespace pare {

struct DataSectionData
{
    DataChoiceData measuring;
    DataChoiceData calibration;
    int calibrationExamples = 128;
    bool editable = true;
};

class DataSection : public QWidget
{
    Q_OBJECT

public:
    explicit DataSection(QWidget *parent = nullptr);

    void setData(const DataSectionData &data);

Q_SIGNALS:
    void fileRequested(pare::DataUse use);
    void sourceChosen(pare::DataUse use, const QString &source);
    void calibrationExamplesChanged(int count);

private:
    void connectChoice(DataChoice *choice, DataUse use);

    QLabel *m_measuringTitle;
    DataChoice *m_measuring;
    QLabel *m_calibrationTitle;
    DataChoice *m_calibration;
    QLabel *m_examplesTitle;
    QSpinBox *m_examples;
};

} // namespace pare
