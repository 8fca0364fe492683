// Teaching a student from the window: what the panel shows, and what its choices mean.
#include "app/document/document.h"
#include "app/window/workspace.h"
#include "core/base/error.h"
#include "core/model/teachermap.h"
#include "core/model/training.h"

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

} // namespace

void Workspace::connectTraining()
{
    connect(m_training, &TrainingPanel::edited, this, &Workspace::refreshTraining);
    connect(m_training, &TrainingPanel::trainSourceChosen, this,
            [this](const QString &source) { m_document.setData(DataUse::Calibration, source); });
    connect(m_training, &TrainingPanel::teachRequested, this, [this](const TeachingChoice &choice) {
        m_document.teach({choice.student.toStdString(), choice.method.toStdString(),
                          choice.layerMap.toStdString(), choice.epochs,
                          choice.output.toStdString()});
    });
    connect(&m_document, &Document::trainingChanged, this,
            [this] { m_training->setRecord(m_document.training()); });
}

void Workspace::refreshTraining()
{
    static const std::vector<TeachingMethod> methods = teachingMethods();
    const Choices &choices = m_document.choices();
    TrainingPanelData data;
    data.methods = methods;
    const TeachingChoice choice = m_training->choice();
    if (choice.student.isEmpty())
        data.studentOfRecipe = translatedName(choices.recipe());
    data.train.title = tr("Examples");
    data.train.chosen = choices.calibrationPath.empty()
                            ? QString()
                            : QString::fromStdString(choices.calibrationPath).section('/', -1);
    data.train.help = tr("Labelled examples of the task; the same as calibration looks at.");
    data.train.suggestions = m_document.installedData(DataUse::Calibration);
    const bool ready = m_document.modelState() == ModelState::Open &&
                       m_document.model().weightsKnown && !choices.calibrationPath.empty() &&
                       !choices.dataPath.empty() && !choice.output.isEmpty() &&
                       !m_document.isReadOnly();
    data.canTeach = ready;
    data.help = ready
                    ? tr("The student learns, is written to the folder, and measured on the data "
                         "file beside its teacher")
                    : tr("Needs a model, examples to learn from, a data file to measure on, and a "
                         "folder to write to");
    try {
        if (!choice.method.isEmpty())
            parsedMethod(choice.method.toStdString());
        if (!choice.layerMap.isEmpty() && choice.student.isEmpty()) {
            int blocks = 0;
            for (const PlanSummary::LayerPlan &layer : m_document.plan().layers)
                blocks += layer.name.ends_with(".ffn.up") && layer.bytes.value_or(1) != 0;
            data.mapText = mapText(choice.layerMap.toStdString(),
                                   {std::max(blocks, 1), std::max(m_document.model().blocks, 1)});
        }
    } catch (const Error &error) {
        data.problem = translated(error.message());
    }
    m_training->setData(data);
}

} // namespace pare
