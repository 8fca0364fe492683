#include "widgets/panels/trainingpanel.h"

#include "widgets/charts/losscurve.h"
#include "widgets/charts/scheduleview.h"
#include "widgets/theme/elided.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/words.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <algorithm>

namespace pare {

namespace {

constexpr std::array<const char *, teachingInputs.size()> inputNames{"teachData", "teachText",
                                                                     "teachDevelopment"};

/// "91.2 % right", or by what the better one is chosen.
QString scoreText(const TrainingEvaluation &evaluation)
{
    return evaluation.byLoss
               ? TrainingPanel::tr("loss %1").arg(numberText(evaluation.loss, 3))
               : TrainingPanel::tr("%1 % right").arg(numberText(100 * evaluation.accuracy, 1));
}

/// The best and the last of what the development data said; empty before the first.
QString scoreText(const TrainingRecord &record)
{
    if (record.evaluations.empty())
        return {};
    const TrainingEvaluation *best = &record.evaluations.front();
    for (const TrainingEvaluation &evaluation : record.evaluations) {
        if (evaluation.isBetterThan(*best))
            best = &evaluation;
    }
    const TrainingEvaluation &last = record.evaluations.back();
    return TrainingPanel::tr("Best: %1 after %2 epochs \u00b7 last: %3, of %4 examples")
        .arg(scoreText(*best), numberText(best->epoch, 1), scoreText(last), countText(last.n));
}

} // namespace

TrainingPanel::TrainingPanel(QWidget *parent)
    : QWidget(parent)
    , m_method(new ElidedComboBox)
    , m_summary(new QLabel)
    , m_settings(new QLineEdit)
    , m_student(new QLineEdit)
    , m_map(new QComboBox)
    , m_mapText(new QLabel)
    , m_mapTitle(new QLabel(tr("Layers")))
    , m_epochs(new QDoubleSpinBox)
    , m_inputs{new DataField, new DataField, new DataField}
    , m_inputTitles{new QLabel, new QLabel, new QLabel}
    , m_output(new QLineEdit)
    , m_problem(new QLabel)
    , m_plan(new ScheduleView)
    , m_start(new QPushButton)
    , m_pause(new QPushButton(tr("Pause")))
    , m_score(new QLabel)
    , m_schedules(new ScheduleView)
    , m_run(new QLabel)
    , m_curve(new LossCurve)
{
    setAttribute(Qt::WA_StyledBackground);
    nameFields();
    for (QLabel *label : {m_summary, m_mapText, m_score, m_run, m_problem})
        label->setWordWrap(true);
    auto *inner = new QWidget;
    auto *stations = new QVBoxLayout(inner);
    stations->setContentsMargins(spacing::around, spacing::inside, spacing::around,
                                 spacing::inside);
    stations->setSpacing(spacing::inside);
    stations->addLayout(makeForm());
    stations->addWidget(m_plan);
    stations->addWidget(m_problem);
    auto *line = new QHBoxLayout;
    line->setSpacing(spacing::inside);
    line->addWidget(m_start);
    line->addWidget(m_pause);
    line->addStretch(1);
    stations->addLayout(line);
    stations->addWidget(m_run);
    stations->addWidget(m_score);
    stations->addWidget(m_schedules);
    stations->addWidget(m_curve, 1000);
    stations->addStretch(1); // while there is no curve
    auto *scroll = new QScrollArea;
    scroll->setWidget(inner);
    scroll->setWidgetResizable(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(scroll);
    connectFields();
    setFocusProxy(m_method);
    showStage();
    setRecord({});
}

void TrainingPanel::nameFields()
{
    const auto name = [](QWidget *field, const char *object, const QString &accessible,
                         const QString &help) {
        field->setObjectName(QLatin1String(object));
        field->setAccessibleName(accessible);
        field->setToolTip(help);
    };
    name(m_method, "teachMethod", tr("Method"), tr("How the student learns from its teacher"));
    name(m_settings, "teachSettings", tr("Settings"), {});
    name(m_student, "teachStudent", tr("Student"),
         tr("A model folder, or a config.json for one that begins with random weights. Empty: the "
            "model after the steps of the recipe."));
    name(m_map, "teachMap", tr("Layers"),
         tr("Which layer of the teacher teaches which of the student: a rule, or pairs "
            "student:teacher from 0, as in 0:1,1:3"));
    name(m_epochs, "teachEpochs", tr("Epochs"), tr("Passes over the examples, from 0.5 to 1000"));
    name(m_output, "teachOutput", tr("Write to"), tr("The folder that becomes the student"));
    name(m_start, "teachStart", {}, {});
    name(m_pause, "teachPause", tr("Pause"),
         tr("What was learnt is kept, and goes on from there, after a restart too"));
    m_problem->setObjectName(QStringLiteral("teachProblem"));
    m_score->setObjectName(QStringLiteral("teachScore"));
    m_run->setObjectName(QStringLiteral("teachRun"));
    m_plan->setObjectName(QStringLiteral("teachPlan"));
    for (const TeachingInput input : teachingInputs) {
        const auto place = static_cast<std::size_t>(input);
        m_inputs[place]->setObjectName(QLatin1String(inputNames[place]));
    }
    m_start->setProperty("primary", true);
    for (QLabel *label : {m_summary, m_mapText, m_score})
        label->setProperty("kind", "secondary");
    m_problem->setProperty("kind", "problem");
}

QLayout *TrainingPanel::makeForm()
{
    m_map->setEditable(true);
    m_map->addItem(tr("as the method says"));
    for (const char *kind : {"uniform", "top", "bottom", "skip", "last"})
        m_map->addItem(QLatin1String(kind));
    m_epochs->setRange(0, 1000);
    m_epochs->setDecimals(1);
    m_epochs->setSingleStep(0.5);
    m_epochs->setSpecialValueText(tr("of the method"));
    auto *form = new QFormLayout;
    form->setRowWrapPolicy(QFormLayout::WrapLongRows); // in a narrow dock
    form->setHorizontalSpacing(spacing::around);
    form->setVerticalSpacing(spacing::inside);
    form->addRow(tr("Method"), m_method);
    form->addRow(QString(), m_summary);
    form->addRow(tr("Settings"), m_settings);
    form->addRow(tr("Student"), withButton(m_student, &TrainingPanel::studentFileRequested));
    form->addRow(m_mapTitle, m_map);
    form->addRow(QString(), m_mapText);
    for (std::size_t place = 0; place < m_inputs.size(); ++place)
        form->addRow(m_inputTitles[place], m_inputs[place]);
    form->addRow(tr("Epochs"), m_epochs);
    form->addRow(tr("Write to"), withButton(m_output, &TrainingPanel::outputRequested));
    return form;
}

void TrainingPanel::connectFields()
{
    connect(m_method, &QComboBox::currentIndexChanged, this, [this] {
        showMethod();
        Q_EMIT edited();
    });
    for (QLineEdit *edit : {m_settings, m_student, m_output})
        connect(edit, &QLineEdit::textChanged, this, &TrainingPanel::edited);
    connect(m_map, &QComboBox::currentTextChanged, this, &TrainingPanel::edited);
    connect(m_epochs, &QDoubleSpinBox::valueChanged, this, &TrainingPanel::edited);
    for (const TeachingInput input : teachingInputs) {
        DataField *field = m_inputs[static_cast<std::size_t>(input)];
        connect(field, &DataField::fileRequested, this,
                [this, input] { Q_EMIT dataFileRequested(input); });
        connect(field, &DataField::sourceChosen, this,
                [this, input](const QString &source) { Q_EMIT dataChosen(input, source); });
    }
    connect(m_start, &QPushButton::clicked, this, [this] { Q_EMIT teachRequested(choice()); });
    connect(m_pause, &QPushButton::clicked, this, &TrainingPanel::pauseRequested);
}

QWidget *TrainingPanel::withButton(QLineEdit *line, void (TrainingPanel::*signal)())
{
    auto *both = new QWidget;
    auto *row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(spacing::inside);
    auto *button = new QToolButton; // as narrow as can be: the path needs the room
    button->setText(QStringLiteral("\u2026"));
    button->setFocusPolicy(Qt::StrongFocus);
    button->setAccessibleName(tr("Choose…"));
    button->setToolTip(line->toolTip());
    row->addWidget(line, 1);
    row->addWidget(button);
    connect(button, &QToolButton::clicked, this, signal);
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
    for (const TeachingInput input : teachingInputs) {
        const auto place = static_cast<std::size_t>(input);
        m_inputs[place]->setData(data.inputs[place]);
        m_inputTitles[place]->setText(data.inputs[place].choice.title);
        // Beside the button, not beside what is said below it.
        m_inputTitles[place]->setFixedHeight(m_inputs[place]->focusProxy()->sizeHint().height());
    }
    showStage();
    m_problem->setText(data.problem);
    m_problem->setVisible(!data.problem.isEmpty());
    m_mapText->setText(data.mapText);
    m_mapText->setVisible(!data.mapText.isEmpty());
    m_plan->setPlan(data.stage == TeachingStage::Asked ? data.schedules : SchedulePlan());
}

void TrainingPanel::showStage()
{
    const bool running = m_data.stage == TeachingStage::Running;
    m_start->setText(m_data.stage == TeachingStage::Paused ? tr("Go on") : tr("Teach"));
    m_start->setEnabled(m_data.canTeach && m_data.problem.isEmpty());
    m_start->setToolTip(m_data.help);
    m_start->setVisible(!running);
    m_pause->setVisible(running);
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

void TrainingPanel::setRecord(const TrainingRecord &record, const QString &run)
{
    m_run->setText(run.isEmpty() ? QString() : tr("How %1 was trained").arg(run));
    m_run->setVisible(!run.isEmpty());
    m_schedules->setPlan({record.schedules, SchedulePlan::Axis::Steps},
                         record.points.empty() ? 0 : record.points.back().step);
    m_curve->setRecord(record);
    m_curve->setVisible(!record.points.empty());
    m_score->setText(scoreText(record));
    m_score->setVisible(!m_score->text().isEmpty());
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
