// Teaching a student from the window: what the panel shows, and what its choices mean.
#include "app/document/document.h"
#include "app/window/datavalues.h"
#include "app/window/workspace.h"
#include "core/base/error.h"
#include "core/model/teachermap.h"
#include "core/model/training.h"
#include "core/training/plannedschedules.h"

#include <QCoreApplication>
#include <QStringList>

namespace pare {

namespace {

std::vector<TeachingMethod> teachingMethods()
{
    std::vector<TeachingMethod> methods;
    for (const TechniqueInfo &info : distillationTable()) {
        TeachingMethod method;
        method.id = QString::fromUtf8(info.id);
        method.title = QCoreApplication::translate("core", info.title);
        method.summary = QCoreApplication::translate("core", info.summary);
        const Step step = parsedMethod(info.id);
        QStringList settings;
        for (const auto &[name, value] : step.settings)
            settings << QString::fromStdString(name + "=" + value);
        method.settings = settings.join(' ');
        method.mapsLayers = method.id == "pkd" || method.id == "tinybert";
        methods.push_back(std::move(method));
    }
    return methods;
}

/// "0 ← 1, 1 ← 3": a student's block and the one it learns from.
QString mapText(const std::string &text, const TeachingDepths &depths)
{
    QStringList pairs;
    const TeacherMap map = TeacherMap::parsed(text, depths);
    for (const LayerPair &pair : map.pairs())
        pairs << QStringLiteral("%1 \u2190 %2").arg(pair.student).arg(pair.teacher);
    return pairs.join(QStringLiteral(", "));
}

DataContent contentOf(TeachingInput input)
{
    return input == TeachingInput::Text ? DataContent::Text : DataContent::Examples;
}

QString titleOf(TeachingInput input)
{
    switch (input) {
    case TeachingInput::Examples:
        return Workspace::tr("Examples");
    case TeachingInput::Text:
        return Workspace::tr("Running text");
    case TeachingInput::Development:
        break;
    }
    return Workspace::tr("Development");
}

QString helpOf(TeachingInput input)
{
    switch (input) {
    case TeachingInput::Examples:
        return Workspace::tr("Labelled examples of the task, as TSV, CSV or JSON lines; the same "
                             "as calibration looks at. A file can be dropped here.");
    case TeachingInput::Text:
        return Workspace::tr("Text without labels, a sentence or paragraph a line, for methods "
                             "that learn a language before the task. A file can be dropped here.");
    case TeachingInput::Development:
        break;
    }
    return Workspace::tr("Labelled examples that choose the epoch that is kept, and are neither "
                         "learnt nor measured on. A file can be dropped here.");
}

} // namespace

void Workspace::connectTraining()
{
    connect(m_training, &TrainingPanel::edited, this, &Workspace::refreshTraining);
    connect(m_training, &TrainingPanel::dataChosen, this, &Workspace::setTeachingData);
    connect(m_training, &TrainingPanel::pauseRequested, &m_document, &Document::cancel);
    connect(m_training, &TrainingPanel::teachRequested, this, [this] {
        m_taught = teachRequest();
        m_paused.reset();
        m_document.teach(*m_taught);
        if (!m_document.isTeaching())
            m_taught.reset(); // it was refused, in words
        refreshTraining();
    });
    connect(&m_document, &Document::trainingChanged, this, &Workspace::drawTraining);
    connect(&m_document, &Document::jobChanged, this, &Workspace::followTeaching);
    connect(&m_document, &Document::dataDescribed, this, [this](const DataDescription &told) {
        m_described[told.question] = told;
        refreshTraining();
    });
    connect(&m_document, &Document::projectChanged, this, [this] {
        m_teaching.clear();
        m_taught.reset();
        m_paused.reset();
    });
    drawTraining();
}

/// Views are told at every turn, but a curve is drawn anew where it is another one.
void Workspace::drawTraining()
{
    const Run *run = m_document.findRun(m_shownRun.toStdString());
    const QString name = run && run->training ? translatedName(*run) : QString();
    if (m_drawnTraining == std::pair(name, shownTraining()))
        return;
    m_drawnTraining = {name, shownTraining()};
    m_training->setRecord(m_drawnTraining.second, name);
}

const TrainingRecord &Workspace::shownTraining() const
{
    const Run *run = m_document.findRun(m_shownRun.toStdString());
    return run && run->training ? *run->training : m_document.training();
}

/// What was cancelled can go on; what ended cannot.
void Workspace::followTeaching()
{
    if (!m_taught || m_document.isTeaching())
        return;
    m_paused.reset();
    if (m_document.job().state == JobStatus::State::Cancelled)
        m_paused = m_taught;
    m_taught.reset();
    refreshTraining();
}

void Workspace::setTeachingData(TeachingInput input, const QString &source)
{
    m_described.erase({source.toStdString(), contentOf(input)}); // the file may have changed
    if (input == TeachingInput::Examples) {
        m_document.setData(DataUse::Calibration, source);
        return;
    }
    m_teaching[input] = source;
    refreshTraining();
}

QString Workspace::teachingSource(TeachingInput input) const
{
    if (input == TeachingInput::Examples)
        return QString::fromStdString(m_document.choices().calibrationPath);
    const auto found = m_teaching.find(input);
    return found == m_teaching.end() ? QString() : found->second;
}

TeachRequest Workspace::teachRequest() const
{
    const TeachingChoice choice = m_training->choice();
    return {choice.student.toStdString(),
            choice.method.toStdString(),
            choice.layerMap.toStdString(),
            choice.epochs,
            choice.output.toStdString(),
            teachingSource(TeachingInput::Text).toStdString(),
            teachingSource(TeachingInput::Development).toStdString()};
}

/// Names the data, and asks what they hold where that is not known yet.
DataFieldData Workspace::teachingInput(TeachingInput input)
{
    const QString source = teachingSource(input);
    DataFieldData field;
    field.choice.title = titleOf(input);
    field.choice.help = helpOf(input);
    field.choice.chosen = source.section('/', -1);
    field.choice.removable = true;
    field.choice.suggestions = m_document.installedData(DataUse::Calibration);
    if (input == TeachingInput::Development)
        field.choice.suggestions.replaceInStrings(QStringLiteral(":train"), QStringLiteral(":dev"));
    if (input == TeachingInput::Examples)
        tellData(field, m_document.dataState(DataUse::Calibration));
    if (source.isEmpty())
        return field;
    field.choice.help += '\n' + source;
    if (input == TeachingInput::Examples)
        return field;
    const DataQuestion question{source.toStdString(), contentOf(input)};
    const auto [described, isNew] = m_described.try_emplace(question);
    const DataDescription &told = described->second;
    if (isNew)
        m_document.describeData(question);
    if (told.error)
        field.problem = translated(*told.error);
    else if (input == TeachingInput::Development &&
             question.source == m_document.choices().dataPath)
        field.problem = tr("The student is measured on these too: what was chosen by them looks "
                           "better there than it is.");
    else if (told.rows > 0)
        field.holds = heldText(told);
    return field;
}

bool Workspace::canTeach() const
{
    const Choices &choices = m_document.choices();
    const bool learns =
        !choices.calibrationPath.empty() || !teachingSource(TeachingInput::Text).isEmpty();
    return m_document.modelState() == ModelState::Open && m_document.model().weightsKnown &&
           learns && !choices.dataPath.empty() && !m_training->choice().output.isEmpty() &&
           !m_document.isReadOnly();
}

/// Of the choice as it stands; empty where it is the method's own. Throws Error.
QString Workspace::teachingMap() const
{
    const TeachingChoice choice = m_training->choice();
    if (!choice.method.isEmpty())
        parsedMethod(choice.method.toStdString());
    if (choice.layerMap.isEmpty() || !choice.student.isEmpty())
        return {};
    int blocks = 0;
    for (const PlanSummary::LayerPlan &layer : m_document.plan().layers)
        blocks += layer.name.ends_with(".ffn.up") && layer.bytes.value_or(1) != 0;
    return mapText(choice.layerMap.toStdString(),
                   {std::max(blocks, 1), std::max(m_document.model().blocks, 1)});
}

void Workspace::refreshTraining()
{
    static const std::vector<TeachingMethod> methods = teachingMethods();
    TrainingPanelData data;
    data.methods = methods;
    if (m_training->choice().student.isEmpty() && !m_document.choices().recipe().allSteps().empty())
        data.studentOfRecipe = translatedName(m_document.choices().recipe());
    for (const TeachingInput input : teachingInputs)
        data.inputs[static_cast<std::size_t>(input)] = teachingInput(input);
    if (m_taught)
        data.stage = TeachingStage::Running;
    else if (m_paused && *m_paused == teachRequest())
        data.stage = TeachingStage::Paused;
    data.canTeach = canTeach();
    data.help = data.canTeach
                    ? tr("The student learns, is written to the folder, and measured on the data "
                         "file beside its teacher")
                    : tr("Needs a model, examples or text to learn from, a data file to measure "
                         "on, and a folder to write to");
    try {
        data.mapText = teachingMap();
        if (const QString method = m_training->choice().method; !method.isEmpty())
            data.schedules = plannedSchedules(parsedMethod(method.toStdString()));
    } catch (const Error &error) {
        data.problem = translated(error.message());
    }
    m_training->setData(data);
    drawTraining();
}

} // namespace pare
