#include "widgets/panels/datasection.h"

#include "widgets/panels/undokeys.h"
#include "widgets/theme/theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>

namespace pare {

namespace {

constexpr int mostExamples = 1'000'000;

} // namespace

DataSection::DataSection(QWidget *parent)
    : QWidget(parent)
    , m_measuringTitle(new QLabel)
    , m_measuring(new DataField)
    , m_calibrationTitle(new QLabel)
    , m_calibration(new DataField)
    , m_examplesTitle(new QLabel(tr("Examples")))
    , m_examples(new QSpinBox)
{
    m_measuring->choice()->setObjectName(QStringLiteral("measuringData"));
    m_calibration->choice()->setObjectName(QStringLiteral("calibrationData"));
    m_measuring->words()->setObjectName(QStringLiteral("measuringDataWords"));
    m_calibration->words()->setObjectName(QStringLiteral("calibrationDataWords"));
    m_examples->setObjectName(QStringLiteral("calibrationExamples"));
    m_examples->setRange(1, mostExamples);
    m_examples->setKeyboardTracking(false);
    passUndoOn(m_examples);
    m_examples->setAccessibleName(tr("How many examples calibrate"));
    m_examples->setToolTip(
        tr("So many of the calibration data are looked at: in the classes' "
           "proportion, chosen by the seed. All of them where there are fewer."));
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(spacing::inside, 0, spacing::inside, 0);
    grid->setHorizontalSpacing(spacing::wide);
    grid->setVerticalSpacing(spacing::tight);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const auto &[title, field] :
         std::initializer_list<std::pair<QLabel *, QWidget *>>{{m_measuringTitle, m_measuring},
                                                               {m_calibrationTitle, m_calibration},
                                                               {m_examplesTitle, m_examples}}) {
        title->setProperty("kind", "secondary");
        title->setBuddy(field);
        grid->addWidget(title, row, 0);
        grid->addWidget(field, row++, 1);
        if (const auto *data = qobject_cast<DataField *>(field)) // across both columns
            grid->addWidget(data->words(), row++, 0, 1, 2);
    }
    connectField(m_measuring, DataUse::Measuring);
    connectField(m_calibration, DataUse::Calibration);
    connect(m_examples, &QSpinBox::valueChanged, this, &DataSection::calibrationExamplesChanged);
}

void DataSection::connectField(DataField *field, DataUse use)
{
    connect(field, &DataField::fileRequested, this, [this, use] { Q_EMIT fileRequested(use); });
    connect(field, &DataField::sourceChosen, this,
            [this, use](const QString &source) { Q_EMIT sourceChosen(use, source); });
}

void DataSection::setData(const DataSectionData &data)
{
    m_measuringTitle->setText(data.measuring.choice.title);
    m_measuring->setData(data.measuring);
    m_calibrationTitle->setText(data.calibration.choice.title);
    m_calibration->setData(data.calibration);
    const QSignalBlocker quiet(m_examples);
    m_examples->setValue(data.calibrationExamples);
    for (QWidget *field : std::initializer_list<QWidget *>{m_measuring, m_calibration, m_examples})
        field->setEnabled(data.editable);
    const bool some = !data.calibration.choice.chosen.isEmpty();
    m_examples->setVisible(some);
    m_examplesTitle->setVisible(some);
}

} // namespace pare
