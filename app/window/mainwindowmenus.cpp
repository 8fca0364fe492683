#include "app/window/changenames.h"
#include "app/window/mainwindow.h"
#include "app/window/shortcuts.h"
#include "app/window/workspace.h"
#include "widgets/panels/runspanel.h"
#include "widgets/theme/tooltips.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMenuBar>
#include <QToolTip>
#include <algorithm>

namespace pare {

QAction *MainWindow::addAction(QMenu *menu, const Entry &entry, std::function<void()> act)
{
    QAction *action = menu->addAction(entry.text);
    action->setShortcut(entry.keys);
    makeChangeable(action, QLatin1String(entry.name));
    connect(action, &QAction::triggered, this, std::move(act));
    return action;
}

void MainWindow::makeMenus()
{
    makeFileMenu();
    makeEditMenu();
    makeViewMenu();
    makeRecipeAndRunMenus();
    makeWindowAndHelpMenus();
    updateActions();
    nameUndo();
}

void MainWindow::makeFileMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&File"));
    const auto open = [this] { return m_document->hasProject(); };
    const auto writable = [this] { return m_document->hasProject() && !m_document->isReadOnly(); };
    addAction(menu, {"openModel", tr("Open a &model…"), QKeySequence::Open},
              [this] { askForModel(); });
    addAction(menu, {"openModelFolder", tr("Open a model f&older…"), {}},
              [this] { askForModelFolder(); });
    addAction(menu, {"openProject", tr("Open a &project…"), QKeySequence(tr("Ctrl+Shift+O"))},
              [this] { askForProject(); });
    m_recentMenu = menu->addMenu(tr("&Recent projects"));
    addAction(menu, {"startDemo", tr("Start the &demo"), {}},
              [this] { openDemo(demoProjectPath()); });
    menu->addSeparator();
    m_conditions.emplace_back(
        addAction(menu, {"openData", tr("Open a data &file…"), QKeySequence(tr("Ctrl+L"))},
                  [this] { askForData(DataUse::Measuring); }),
        writable);
    m_conditions.emplace_back(addAction(menu,
                                        {"openCalibration", tr("Open cali&bration data…"),
                                         QKeySequence(tr("Ctrl+Shift+L"))},
                                        [this] { askForData(DataUse::Calibration); }),
                              writable);
    menu->addSeparator();
    m_conditions.emplace_back(
        addAction(menu, {"saveCopy", tr("&Save a copy as…"), QKeySequence(tr("Ctrl+Shift+S"))},
                  [this] { saveCopy(); }),
        open);
    QAction *exporting =
        addAction(menu, {"exportModel", tr("&Export the model…"), QKeySequence(tr("Ctrl+Shift+E"))},
                  [this] { exportModel(m_workspace->shownRun()); });
    m_conditions.emplace_back(exporting, [this] {
        return m_document->modelState() == ModelState::Open && m_document->model().weightsKnown &&
               !m_document->plan().error;
    });
    m_reasons.emplace_back(exporting, [this] { return exportHelp(*m_document); });
    menu->installEventFilter(this);
    m_conditions.emplace_back(
        addAction(menu, {"writeReport", tr("Write a re&port…"), {}}, [this] { writeReport(); }),
        [this] { return !m_document->runs().empty(); });
    const auto addFigure = [&](const char *name, const QString &text, FigureKind kind) {
        m_conditions.emplace_back(
            addAction(menu, {name, text, {}}, [this, kind] { exportFigure(kind); }),
            [this, kind] { return hasFigure(kind); });
    };
    addFigure("saveChart", tr("Save the c&hart…"), FigureKind::Chart);
    addFigure("saveMap", tr("Save the &layer map…"), FigureKind::Map);
    addFigure("saveLoss", tr("Save the curves of the &training…"), FigureKind::Loss);
    m_conditions.emplace_back(
        addAction(menu, {"saveInspector", tr("Save what the &inspector draws…"), {}},
                  [this] {
                      if (const auto kind = inspectorFigure())
                          exportFigure(*kind);
                  }),
        [this] {
            const auto kind = inspectorFigure();
            return kind && hasFigure(*kind);
        });
    // What is inspected changes without a word of the document.
    connect(menu, &QMenu::aboutToShow, this, &MainWindow::updateActions);
    m_conditions.emplace_back(
        addAction(menu, {"closeProject", tr("&Close the project"), QKeySequence::Close},
                  [this] { m_document->close(); }),
        open);
    menu->addSeparator();
    addAction(menu, {"quit", tr("&Quit"), QKeySequence::Quit}, [this] { close(); });
}

void MainWindow::makeEditMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Edit"));
    m_editMenu = menu;
    m_undo = addAction(menu, {"undo", tr("&Undo"), QKeySequence(tr("Ctrl+Z"))},
                       [this] { m_document->undo(); });
    m_conditions.emplace_back(m_undo, [this] { return m_document->canUndo(); });
    m_redo = addAction(menu, {"redo", tr("&Redo"), QKeySequence(tr("Ctrl+Shift+Z"))},
                       [this] { m_document->redo(); });
    m_conditions.emplace_back(m_redo, [this] { return m_document->canRedo(); });
    menu->addSeparator();
    m_conditions.emplace_back(
        addAction(menu, {"copyCommand", tr("&Copy as command"), QKeySequence(tr("Ctrl+Shift+C"))},
                  [this] { copyCommand(); }),
        [this] { return m_document->modelState() == ModelState::Open; });
}

void MainWindow::makeRecipeAndRunMenus()
{
    const auto writable = [this] {
        return m_document->modelState() == ModelState::Open && !m_document->isReadOnly();
    };
    QMenu *recipe = menuBar()->addMenu(tr("&Recipe"));
    m_conditions.emplace_back(
        addAction(recipe,
                  {"addTechniqueAction", tr("&Add a technique…"), QKeySequence(tr("Ctrl+Shift+A"))},
                  [this] { m_workspace->recipePanel()->chooseTechnique(); }),
        writable);
    recipe->addSeparator();
    m_conditions.emplace_back(addAction(recipe, {"openRecipe", tr("&Open a recipe file…"), {}},
                                        [this] { askForRecipe(); }),
                              writable);
    m_conditions.emplace_back(addAction(recipe, {"saveRecipe", tr("&Save as a recipe file…"), {}},
                                        [this] { saveRecipe(); }),
                              [this] { return !m_document->choices().steps.empty(); });

    QMenu *run = menuBar()->addMenu(tr("R&un"));
    QAction *measure = addAction(run, {"measureAction", tr("&Measure"), QKeySequence(tr("Ctrl+R"))},
                                 [this] { m_document->measure(); });
    const Meter *meter = m_workspace->meter();
    m_conditions.emplace_back(measure, [meter] { return meter->data().canMeasure; });
    m_reasons.emplace_back(measure, [meter] { return meter->data().measureHelp; });
    connect(meter, &Meter::measureChanged, this, &MainWindow::updateActions);
    run->installEventFilter(this);
    m_conditions.emplace_back(
        addAction(run, {"cancelWork", tr("&Cancel"), QKeySequence(Qt::Key_Escape)},
                  [this] { m_document->cancel(); }),
        [this] { return m_document->job().state == JobStatus::State::Running; });
    m_conditions.emplace_back(
        addAction(run, {"pauseWork", tr("Pau&se or continue"), QKeySequence(tr("Ctrl+Alt+P"))},
                  [this] {
                      if (m_document->job().paused)
                          m_document->continueJob();
                      else
                          m_document->pauseJob();
                  }),
        [this] { return m_document->job().state == JobStatus::State::Running; });
    addAction(run, {"jobsAction", tr("&Jobs"), QKeySequence(tr("Ctrl+J"))},
              [this] { m_workspace->showJobs(); });
    run->addSeparator();
    const auto someRuns = [this] { return !comparableRuns(*m_document).empty(); };
    m_conditions.emplace_back(addAction(run,
                                        {"previousRun", tr("&Previous run"), QKeySequence(tr("["))},
                                        [this] { m_workspace->showNeighbourRun(-1); }),
                              someRuns);
    m_conditions.emplace_back(addAction(run, {"nextRun", tr("&Next run"), QKeySequence(tr("]"))},
                                        [this] { m_workspace->showNeighbourRun(1); }),
                              someRuns);
    m_conditions.emplace_back(
        addAction(run, {"useShownRun", tr("Use the &recipe of the shown run"), {}},
                  [this] { m_document->restoreRun(m_workspace->shownRun().toStdString()); }),
        someRuns);
    run->addSeparator();
    run->addAction(m_workspace->runsPanel()->compareAction());
    addExploreActions(m_editMenu, m_viewMenu, recipe, run);
}

void MainWindow::updateActions()
{
    for (const auto &[action, condition] : m_conditions)
        action->setEnabled(condition());
    for (const auto &[action, holds] : m_checks)
        action->setChecked(holds());
    for (const auto &[action, reason] : m_reasons) {
        action->setToolTip(reason());
        action->setProperty(reasonProperty, reason());
    }
}

/// Of the menus' actions those alone have a tool tip that say more than their names.
/// Qt gives those of disabled actions to whoever has the keyboard, who leaves them to the window.
void MainWindow::keyPressEvent(QKeyEvent *event)
{
    const QKeySequence keys(event->keyCombination());
    const auto found = std::ranges::find_if(m_reasons, [&](const auto &entry) {
        return !entry.first->isEnabled() && entry.first->shortcuts().contains(keys);
    });
    if (found == m_reasons.end()) {
        QMainWindow::keyPressEvent(event);
        return;
    }
    const QString title = found->first->text().remove('&').remove(QStringLiteral("…"));
    m_strip->setProblem(QStringLiteral("%1: %2").arg(title, found->second()));
}

bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    const auto *menu = qobject_cast<const QMenu *>(watched);
    if (!menu || event->type() != QEvent::ToolTip)
        return QMainWindow::eventFilter(watched, event);
    const auto *help = static_cast<const QHelpEvent *>(event);
    const QAction *action = menu->actionAt(help->pos());
    const auto found = std::ranges::find(m_reasons, action, [](const auto &entry) {
        return static_cast<const QAction *>(entry.first);
    });
    if (found != m_reasons.end())
        QToolTip::showText(help->globalPos(), inLines(action->toolTip()));
    return found != m_reasons.end();
}

/// Read from the project, so that it is not done whenever a job says how far it is.
void MainWindow::nameUndo()
{
    const auto named = [this](const QString &plain, const NoteChanges &changes,
                              const std::optional<Choices> &before,
                              const std::optional<Choices> &after) {
        QString name = changeName(changes, m_document->runs());
        if (name.isEmpty() && before && after)
            name = changeName(*before, *after);
        return name.isEmpty() ? plain : plain + ' ' + name;
    };
    const std::optional<Choices> now(m_document->choices());
    m_undo->setText(
        named(tr("&Undo"), m_document->notesToUndo(), m_document->choicesBefore(), now));
    m_redo->setText(named(tr("&Redo"), m_document->notesToRedo(), now, m_document->choicesAfter()));
}

} // namespace pare
