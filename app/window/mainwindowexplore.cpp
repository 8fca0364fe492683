// What the main window offers beside files and runs: what if, presets, training, export.
#include "app/window/exportdialog.h"
#include "app/window/language.h"
#include "app/window/mainwindow.h"
#include "app/window/workspace.h"
#include "core/base/error.h"
#include "core/experiment/demo.h"
#include "widgets/layermap/layermappanel.h"
#include "widgets/panels/jobstrip.h"

#include <QCoreApplication>
#include <QDesktopServices>
#include <QMenu>
#include <QProcess>
#include <QUrl>

namespace pare {

void MainWindow::addExploreActions(QMenu *edit, QMenu *view, QMenu *recipe, QMenu *run)
{
    const auto open = [this] { return m_document->modelState() == ModelState::Open; };
    const auto ready = [this] { return whyNotReady(*m_document).isEmpty(); };
    addPresets(recipe);
    edit->addSeparator();
    m_conditions.emplace_back(addAction(edit,
                                        {"findLayers", tr("&Find layers"), QKeySequence::Find},
                                        [this] { m_workspace->mapPanel()->find(); }),
                              open);
    m_conditions.emplace_back(
        addAction(edit, {"findNext", tr("Find the &next"), QKeySequence(Qt::Key_F3)},
                  [this] { m_workspace->mapPanel()->goToFound(1); }),
        open);
    m_conditions.emplace_back(
        addAction(edit,
                  {"findPrevious", tr("Find the pre&vious"), QKeySequence(Qt::SHIFT | Qt::Key_F3)},
                  [this] { m_workspace->mapPanel()->goToFound(-1); }),
        open);
    addAction(edit, {"commandPalette", tr("Command &palette…"), QKeySequence(tr("Ctrl+K"))},
              [this] { showPalette(); });
    m_conditions.emplace_back(
        addAction(view, {"layerTableAction", tr("Layers as a &table"), QKeySequence(tr("Ctrl+T"))},
                  [this] {
                      LayerMapPanel *panel = m_workspace->mapPanel();
                      panel->showTable(!panel->showsTable());
                  }),
        open);
    m_conditions.emplace_back(
        addAction(recipe, {"showRecipeText", tr("Recipe as &text"), QKeySequence(tr("Ctrl+E"))},
                  [this] { m_workspace->showRecipeText(); }),
        open);
    connectTrainingPanel();
    run->addSeparator();
    QAction *sensitivity = addAction(
        run, {"sensitivity", tr("&Sensitivity of the layers"), QKeySequence(tr("Ctrl+Shift+R"))},
        [this] { m_workspace->askLayers(); });
    m_conditions.emplace_back(sensitivity, ready);
    m_reasons.emplace_back(sensitivity, [this] {
        const QString missing = whyNotReady(*m_document);
        return missing.isEmpty() ? tr("Asks each layer what it would lose alone") : missing;
    });
    addMeasureActions(run, ready);
    m_conditions.emplace_back(
        addAction(run, {"showBudget", tr("Recipe for a &budget…"), QKeySequence(tr("Ctrl+B"))},
                  [this] { m_workspace->showBudget(); }),
        open);
    m_conditions.emplace_back(
        addAction(run, {"showTraining", tr("&Teach a student…"), QKeySequence(tr("Ctrl+Shift+T"))},
                  [this] { m_workspace->showTraining(); }),
        open);
}

/// Those of the menu beside Measure, which stand in the menu of runs, too.
void MainWindow::addMeasureActions(QMenu *run, const std::function<bool()> &ready)
{
    QAction *sweep = addAction(run, {"sweepSetting", tr("S&weep a setting…"), {}},
                               [this] { m_workspace->sweepSetting(); });
    QAction *selection =
        addAction(run, {"sensitivityOfSelection", tr("Sensitivity of the se&lected layers"), {}},
                  [this] { m_workspace->askSelection(); });
    QAction *other = addAction(run, {"measureOn", tr("Measure &on another data set…"), {}}, [this] {
        ask({AskFor::OpenFile,
             tr("Measure this recipe on other labelled examples"),
             dataFilter(),
             {}},
            [this](const QString &path) { m_document->measureOn(path); });
    });
    m_conditions.emplace_back(sweep, [this, ready] { return ready() && m_workspace->canSweep(); });
    m_conditions.emplace_back(selection, [this, ready] {
        return ready() && !m_workspace->mapPanel()->map()->selection().isEmpty();
    });
    m_conditions.emplace_back(other, [this] {
        return m_document->modelState() == ModelState::Open && m_document->model().weightsKnown &&
               !m_document->isReadOnly() && !m_document->plan().error;
    });
    QMenu *menu = m_workspace->meter()->measureMenu();
    menu->addActions({sweep, selection, other});
    // What is selected changes without a word of the document.
    for (QMenu *opened : {menu, run})
        connect(opened, &QMenu::aboutToShow, this, &MainWindow::updateActions);
}

/// Recipes to begin with: their steps join those there are.
void MainWindow::addPresets(QMenu *menu)
{
    QMenu *list = menu->addMenu(tr("&Presets"));
    list->setToolTipsVisible(true);
    m_workspace->recipePanel()->setPresets(list);
    try {
        for (const Preset &preset : presets()) {
            QAction *action =
                list->addAction(QCoreApplication::translate("core", preset.name.c_str()));
            action->setToolTip(QCoreApplication::translate("core", preset.description.c_str()));
            m_conditions.emplace_back(action, [this] {
                return m_document->modelState() == ModelState::Open && !m_document->isReadOnly();
            });
            connect(action, &QAction::triggered, this,
                    [this, recipe = preset.recipe] { m_document->addSteps(recipe.allSteps()); });
        }
    } catch (const Error &error) {
        list->addAction(translated(error.message()))->setEnabled(false);
    }
}

/// The training panel's questions for files.
void MainWindow::connectTrainingPanel()
{
    TrainingPanel *panel = m_workspace->trainingPanel();
    connect(panel, &TrainingPanel::studentFileRequested, this, [this, panel] {
        ask({AskFor::OpenFile,
             tr("The student: its config.json"),
             tr("Configurations and models (*.json *.safetensors)"),
             {}},
            [panel](const QString &path) { panel->setStudent(path); });
    });
    connect(panel, &TrainingPanel::outputRequested, this, [this, panel] {
        ask({AskFor::OpenFolder, tr("Write the student to this folder"), {}, {}},
            [panel](const QString &path) { panel->setOutput(path); });
    });
    connect(panel, &TrainingPanel::dataFileRequested, this, [this](TeachingInput input) {
        ask({AskFor::OpenFile,
             tr("Open data to learn from"),
             tr("Tables and texts (*.tsv *.csv *.jsonl *.ndjson *.json *.txt);;All files (*)"),
             {}},
            [this, input](const QString &path) { m_workspace->setTeachingData(input, path); });
    });
}

/// By the command of the same name, in a process of its own: pictures take seconds.
void MainWindow::writeReport()
{
    ask({AskFor::SaveFile, tr("Write a report"),
         tr("Reports (*.html *.pdf *.md);;Figures of all runs (*.csv)"), QStringLiteral("html")},
        [this](const QString &path) {
            auto *process = new QProcess(this);
            const auto ended = [this, process, path](int code) {
                if (code == 0)
                    QDesktopServices::openUrl(QUrl::fromLocalFile(path));
                else
                    m_strip->setProblem(
                        QString::fromUtf8(process->readAllStandardError()).trimmed());
                process->deleteLater();
            };
            connect(process, &QProcess::finished, this, ended);
            connect(process, &QProcess::errorOccurred, this, [ended](QProcess::ProcessError error) {
                if (error == QProcess::FailedToStart)
                    ended(1);
            });
            process->start(QCoreApplication::applicationFilePath(),
                           {QStringLiteral("report"), m_document->projectPath(),
                            QStringLiteral("--output"), path, QStringLiteral("--language"),
                            spokenLanguage()});
        });
}

void MainWindow::exportModel(const QString &wanted)
{
    const Run *run = m_document->findRun(wanted.toStdString());
    const Recipe &recipe = run ? run->recipe : m_document->plan().recipe;
    const QString name = translatedName(recipe);
    const std::string id = run ? run->id : std::string();
    ExportQuestion question{name.isEmpty() ? tr("the model as it is") : name,
                            newExportFolder(*m_document, run),
                            !m_document->choices().dataPath.empty()};
    question.problemOf = [this, id](const QString &folder) {
        const auto problem = m_document->exportProblem(id, folder.toStdString());
        return problem ? translated(*problem) : QString();
    };
    auto *dialog = new ExportDialog(std::move(question), this);
    connect(dialog, &ExportDialog::exportRequested, this, [this, id](const ExportChoice &choice) {
        m_document->exportModel(
            id, {choice.folder.toStdString(), choice.format, choice.dtype, choice.verify});
    });
    dialog->open();
}

} // namespace pare
