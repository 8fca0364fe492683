// Which labelled examples a recipe is measured and calibrated on, and how many calibrate it.
// Shows the values it was given; window's thread; owned by the recipe panel.
#pragma once

#include "core/model/choices.h"
#include "widgets/panels/datafield.h"

#include <QWidget>

class QLabel;
class QSpinBox;

namespace pare {

struct DataSectionData
{
    DataFieldData measuring;
    DataFieldData calibration;
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
    void connectField(DataField *field, DataUse use);

    QLabel *m_measuringTitle;
    DataField *m_measuring;
    QLabel *m_calibrationTitle;
    DataField *m_calibration;
    QLabel *m_examplesTitle;
    QSpinBox *m_examples;
};

} // namespace pare
