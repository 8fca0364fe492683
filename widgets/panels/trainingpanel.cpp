#include "widgets/panels/trainingpanel.h"

#include "widgets/charts/losscurve.h"
#include "widgets/theme/theme.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <algorithm>

namespace pare {

TrainingPanel::TrainingPanel(QWidget *parent)
    : QWidget(parent)
    , m_method(new QComboBox)
    , m_summary(new QLabel)
    , m_settings(new QLineEdit)
    , m_student(new QLineEdit)
    , m_map(new QComboBox)
    , m_mapText(new QLabel)
    , m_mapTitle(new QLabel(tr("Layers")))
    , m_epochs(new QDoubleSpinBox)
    , m_train(new DataChoice)
    , m_output(new QLineEdit)
    , m_problem(new QLabel)
    , m_start(new QPushButton(tr("Teach")))
    , m_curve(new LossCurve)
{
    setAttribute(Qt::WA_StyledBackground);
    m_method->setObjectName(QStringLiteral("teachMethod"));
    m_settings->setObjectName(QStringLiteral("teachSettings"));
    m_student->setObjectName(QStringLiteral("teachStudent"));
    m_map->setObjectName(QStringLiteral("teachMap"));
    m_epochs->setObjectName(QStringLiteral("teachEpochs"));
    m_train->setObjectName(QStringLiteral("teachData"));
    m_output->setObjectName(QStringLiteral("teachOutput"));
    m_start->setObjectName(QStringLiteral("teachStart"));
    m_problem->setObjectName(QStringLiteral("teachProblem"));
    m_start->setProperty("primary", true);
    m_summary->setProperty("kind", "secondary");
    m_summary->setWordWrap(true);
    m_mapText->setProperty("kind", "secondary");
    m_mapText->setWordWrap(true);
    m_problem->setProperty("kind", "problem");
    m_problem->setWordWrap(true);
    m_map->setEditable(true);
    m_map->addItem(tr("as the method says"));
    for (const char *kind : {"uniform", "top", "bottom", "skip", "last"})
        m_map->addItem(QLatin1String(kind));
    m_map->setToolTip(
        tr("Which layer of the teacher teaches which of the student: a rule, or pairs "
           "student:teacher from 0, as in 0:1,1:3"));
    m_epochs->setRange(0, 1000);
    m_epochs->setDecimals(1);
    m_epochs->setSingleStep(0.5);
    m_epochs->setSpecialValueText(tr("the method's own"));
    m_epochs->setToolTip(tr("Passes over the examples"));

    auto *form = new QFormLayout;
    form->setHorizontalSpacing(spacing::around);
    form->setVerticalSpacing(spacing::inside);
    form->addRow(tr("Method"), m_method);
    form->addRow(QString(), m_summary);
    form->addRow(tr("Settings"), m_settings);
    form->addRow(tr("Student"),
                 withButton(m_student, tr("Choose…"), &TrainingPanel::studentFileRequested));
    form->addRow(m_mapTitle, m_map);
    form->addRow(QString(), m_mapText);
    form->addRow(tr("Learns from"), m_train);
    form->addRow(tr("Epochs"), m_epochs);
    form->addRow(tr("Write to"),
                 withButton(m_output, tr("Choose…"), &TrainingPanel::outputRequested));
    auto *inner = new QWidget;
    auto *stations = new QVBoxLayout(inner);
    stations->setContentsMargins(spacing::around, spacing::inside, spacing::around,
                                 spacing::inside);
    stations->setSpacing(spacing::inside);
    stations->addLayout(form);
    stations->addWidget(m_problem);
    auto *line = new QHBoxLayout;
    line->addWidget(m_start);
    line->addStretch(1);
    stations->addLayout(line);
    stations->addWidget(m_curve, 1);
    auto *scroll = new QScrollArea;
    scroll->setWidget(inner);
    scroll->setWidgetResizable(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(scroll);

    connect(m_method, &QComboBox::currentIndexChanged, this, [this] {
        showMethod();
        Q_EMIT edited();
    });
    for (QLineEdit *edit : {m_settings, m_student, m_output})
        connect(edit, &QLineEdit::textChanged, this, &TrainingPanel::edited);
    connect(m_map, &QComboBox::currentTextChanged, this, &TrainingPanel::edited);
    connect(m_train, &DataChoice::fileRequested, this, &TrainingPanel::trainFileRequested);
    connect(m_train, &DataChoice::sourceChosen, this, &TrainingPanel::trainSourceChosen);
    connect(m_start, &QPushButton::clicked, this, [this] { Q_EMIT teachRequested(choice()); });
    setFocusProxy(m_method);
}

QWidget *TrainingPanel::withButton(QLineEdit *line, const QString &text,
                                   void (TrainingPanel::*signal)())
{
    auto *both = new QWidget;
    auto *row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(spacing::inside);
    auto *button = new QPushButton(text);
    row->addWidget(line, 1);
    row->addWidget(button);
    connect(button, &QPushButton::clicked, this, signal);
    return both;
}

void TrainingPanel::setData(const TrainingPanelData &data)
{
    const bool otherMethods = !std::ranges::equal(data.methods, m_data.methods, {},
                                                  &TeachingMethod::id, &TeachingMethod::id);
    m_data = data;
    if (otherMethods) {
        const QSignalBlocker blocker(m_method);
        m_method->clear();
        for (const TeachingMethod &method : data.methods)
            m_method->addItem(method.title, method.id);
        showMethod();
    }
    m_student->setPlaceholderText(data.studentOfRecipe.isEmpty()
                                      ? tr("the model itself; or a folder, or a config.json")
                                      : tr("the model after: %1").arg(data.studentOfRecipe));
    m_train->setData(data.train);
    m_start->setEnabled(data.canTeach && data.problem.isEmpty());
    m_start->setToolTip(data.help);
    m_problem->setText(data.problem);
    m_problem->setVisible(!data.problem.isEmpty());
    m_mapText->setText(data.mapText);
    m_mapText->setVisible(!data.mapText.isEmpty());
}

void TrainingPanel::showMethod()
{
    const int index = m_method->currentIndex();
    if (index < 0 || index >= static_cast<int>(m_data.methods.size()))
        return;
    const TeachingMethod &method = m_data.methods[static_cast<std::size_t>(index)];
    m_summary->setText(method.summary);
    m_settings->clear();
    m_settings->setPlaceholderText(method.settings);
    m_settings->setToolTip(tr("What is not named keeps its default: %1").arg(method.settings));
    m_map->setVisible(method.mapsLayers);
    m_mapTitle->setVisible(method.mapsLayers);
}

TeachingChoice TrainingPanel::choice() const
{
    TeachingChoice choice;
    choice.student = m_student->text().trimmed();
    choice.method =
        (m_method->currentData().toString() + ' ' + m_settings->text().trimmed()).trimmed();
    if (m_map->isVisibleTo(this) && m_map->currentText() != m_map->itemText(0))
        choice.layerMap = m_map->currentText().trimmed();
    choice.epochs = m_epochs->value();
    choice.output = m_output->text().trimmed();
    return choice;
}

void TrainingPanel::setRecord(const TrainingRecord &record)
{
    m_curve->setRecord(record);
}

void TrainingPanel::setStudent(const QString &path)
{
    m_student->setText(path);
}

void TrainingPanel::setOutput(const QString &folder)
{
    m_output->setText(folder);
}

} // namespace pare
