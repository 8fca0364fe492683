#include "app/window/changenames.h"
#include "app/window/dockarea.h"
#include "app/window/helppages.h"
#include "app/window/language.h"
#include "app/window/log.h"
#include "app/window/mainwindow.h"
#include "app/window/recentprojects.h"
#include "app/window/shortcuts.h"
#include "app/window/shortcutsdialog.h"
#include "app/window/tasknotices.h"
#include "app/window/workspace.h"
#include "widgets/charts/tradeoffpanel.h"
#include "widgets/layermap/layermappanel.h"
#include "widgets/panels/modeltabs.h"
#include "widgets/panels/runspanel.h"
#include "widgets/panels/startpage.h"
#include "widgets/theme/tooltips.h"

#include <QActionGroup>
#include <QApplication>
#include <QDockWidget>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QToolTip>
#include <QWhatsThis>
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

void MainWindow::makeViewMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&View"));
    m_viewMenu = menu;
    LayerMapPanel *panel = m_workspace->mapPanel();
    LayerMap *map = panel->map();
    addMapMenus(menu);
    QAction *fold = addAction(menu, {"foldBlocks", tr("Fold &blocks that are alike"), {}}, [map] {
        map->setFolding(map->isFolded() ? Folding::Never : Folding::Always);
    });
    fold->setCheckable(true);
    fold->setToolTip(tr("Three or more in a row stand as one; on the map, F"));
    m_checks.emplace_back(fold, [map] { return map->isFolded(); });
    connect(menu, &QMenu::aboutToShow, this, &MainWindow::updateActions);
    menu->addSeparator();
    addAction(menu, {"zoomIn", tr("Zoom &in"), QKeySequence(tr("Ctrl++"))},
              [map] { map->setZoom(map->zoom() * 1.25); });
    addAction(menu, {"zoomOut", tr("Zoom &out"), QKeySequence(tr("Ctrl+-"))},
              [map] { map->setZoom(map->zoom() / 1.25); });
    addAction(menu, {"zoomFit", tr("&Fit map and chart"), QKeySequence(tr("Ctrl+0"))}, [this, map] {
        map->setZoom(1);
        m_workspace->chartPanel()->chart()->fit();
        m_workspace->secondChartPanel()->chart()->fit();
    });
    menu->addSeparator();
    addLayoutMenu(menu);
    addThemeMenu(menu);
    addLanguageMenu(menu);
    QAction *notices = addAction(menu, {"longTaskNotices", tr("&Notices when long tasks end"), {}},
                                 [] { TaskNotices::setWanted(!TaskNotices::areWanted()); });
    notices->setCheckable(true);
    notices->setChecked(TaskNotices::areWanted());
    notices->setToolTip(tr("Of work of 30 seconds or more, while the window is not in front"));
    QAction *reopen = addAction(menu, {"reopenProject", tr("Open the last &project at start"), {}},
                                [] { setReopening(!isReopening()); });
    reopen->setCheckable(true);
    reopen->setChecked(isReopening());
}

/// What the map shows can also be chosen in its head: what holds is looked up when it is asked for.
void MainWindow::addMapMenus(QMenu *menu)
{
    LayerMapPanel *panel = m_workspace->mapPanel();
    QActionGroup *group = nullptr;
    const auto begin = [&](const QString &title, const char *name) {
        QMenu *choices = menu->addMenu(title);
        choices->setObjectName(QLatin1String(name));
        group = new QActionGroup(choices);
        connect(choices, &QMenu::aboutToShow, this, &MainWindow::updateActions);
        return choices;
    };
    const auto add = [&](QMenu *choices, const QString &title, std::function<void()> act,
                         std::function<bool()> holds) {
        QAction *action = choices->addAction(title);
        action->setCheckable(true);
        group->addAction(action);
        connect(action, &QAction::triggered, this, std::move(act));
        m_checks.emplace_back(action, std::move(holds));
    };
    QMenu *colours = begin(tr("&Colour"), "colourMenu");
    for (const auto &[title, colour] : {std::pair(tr("Bytes"), LayerColour::Bytes),
                                        std::pair(tr("Technique"), LayerColour::Technique)})
        add(
            colours, title, [panel, colour] { panel->setColour(colour); },
            [panel, colour] { return panel->map()->colour() == colour; });
    const QStringList measures = mapMeasureTitles();
    for (int i = 0; i < measures.size(); ++i)
        add(
            colours, measures[i], [panel, i] { panel->showMeasure(i); },
            [panel, i] {
                return panel->map()->colour() == LayerColour::Value && panel->measure() == i;
            });
    QMenu *widths = begin(tr("&Widths"), "widthsMenu");
    for (const auto &[title, width] :
         {std::pair(tr("Square root of bytes"), LayerWidths::SquareRoot),
          std::pair(tr("Bytes"), LayerWidths::Bytes),
          std::pair(tr("Logarithm of bytes"), LayerWidths::Logarithm),
          std::pair(tr("All equal"), LayerWidths::Equal)})
        add(
            widths, title, [panel, width] { panel->setWidths(width); },
            [panel, width] { return panel->map()->widths() == width; });
}

void MainWindow::addThemeMenu(QMenu *menu)
{
    QMenu *themes = menu->addMenu(tr("&Light or dark"));
    auto *group = new QActionGroup(themes);
    const QString chosen = QSettings().value("window/theme").toString();
    const auto add = [&](const QString &title, const QString &name, std::optional<ThemeMode> mode) {
        QAction *action = themes->addAction(title, this, [this, name, mode] {
            QSettings().setValue("window/theme", name);
            m_theme->setChoice(mode);
        });
        action->setCheckable(true);
        action->setChecked(chosen == name);
        group->addAction(action);
    };
    add(tr("As the system"), QString(), std::nullopt);
    add(tr("Light"), QStringLiteral("light"), ThemeMode::Light);
    add(tr("Dark"), QStringLiteral("dark"), ThemeMode::Dark);
    themes->addSeparator();
    QAction *contrast = addAction(themes, {"highContrast", tr("&High contrast"), {}}, [this] {
        const bool high = QSettings().value("window/contrast").toString() != QLatin1String("high");
        QSettings().setValue("window/contrast", high ? QStringLiteral("high") : QString());
        m_theme->setContrast(high ? Contrast::High : Contrast::Usual);
    });
    contrast->setCheckable(true);
    contrast->setChecked(QSettings().value("window/contrast").toString() == QLatin1String("high"));
    contrast->setToolTip(tr("Black on white or white on black, with strong lines"));
}

void MainWindow::addLanguageMenu(QMenu *menu)
{
    QMenu *choices = menu->addMenu(tr("L&anguage"));
    choices->setObjectName(QStringLiteral("languageMenu"));
    auto *group = new QActionGroup(choices);
    for (const LanguageInfo &info : languages()) {
        QAction *action = choices->addAction(info.code.isEmpty() ? tr("As the system") : info.title,
                                             this, [code = info.code] { chooseLanguage(code); });
        const QString name = info.code.isEmpty()
                                 ? QStringLiteral("System")
                                 : QLocale::languageToString(QLocale(info.code).language());
        action->setObjectName(QStringLiteral("language") + name);
        action->setCheckable(true);
        action->setChecked(chosenLanguage() == info.code);
        group->addAction(action);
    }
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

void MainWindow::makeWindowAndHelpMenus()
{
    QMenu *window = menuBar()->addMenu(tr("&Window"));
    for (QDockWidget *dock : m_workspace->area()->docks())
        window->addAction(dock->toggleViewAction());
    connect(window, &QMenu::aboutToShow, this, &MainWindow::tellPanelKeys);
    window->addSeparator();
    addPanelActions(window->addMenu(tr("&Go to")));
    addAction(window, {"nextPanel", tr("&Next panel"), QKeySequence(Qt::Key_F6)},
              [this] { m_workspace->area()->focusNext(1); });
    addAction(window,
              {"previousPanel", tr("&Previous panel"), QKeySequence(Qt::SHIFT | Qt::Key_F6)},
              [this] { m_workspace->area()->focusNext(-1); });

    const auto severalModels = [this] { return m_workspace->modelTabs()->count() > 1; };
    m_conditions.emplace_back(
        addAction(window, {"nextModel", tr("Ne&xt model"), QKeySequence(tr("Ctrl+PgDown"))},
                  [this] { m_workspace->modelTabs()->chooseNeighbour(1); }),
        severalModels);
    m_conditions.emplace_back(
        addAction(window, {"previousModel", tr("Pre&vious model"), QKeySequence(tr("Ctrl+PgUp"))},
                  [this] { m_workspace->modelTabs()->chooseNeighbour(-1); }),
        severalModels);

    QMenu *help = menuBar()->addMenu(tr("&Help"));
    addAction(help, {"helpHere", tr("&Help on what has the keyboard"), QKeySequence::HelpContents},
              [this] { showHelp(helpPageFor(QApplication::focusWidget())); });
    addAction(help, {"whatsThis", tr("&What is this?"), QKeySequence::WhatsThis},
              [] { QWhatsThis::enterWhatsThisMode(); });
    addAction(help, {"keys", tr("&Keyboard shortcuts…"), {}},
              [this] { (new ShortcutsDialog(this))->show(); });
    addAction(help, {"helpContents", tr("&Contents"), {}},
              [this] { showHelp(helpPages().first()); });
    help->addSeparator();
    addAction(help, {"logFolder", tr("Open the &log folder"), {}}, [] { openLogFolder(); });
    addAction(help, {"about", tr("&About Pare"), {}}, [this] { showAbout(); });
}

/// The keys that open a panel belong to actions of other menus: here they are only told.
void MainWindow::tellPanelKeys()
{
    const DockArea *area = m_workspace->area();
    for (const auto &[panel, name] :
         {std::pair(Panel::Compare, "runCompare"), std::pair(Panel::Budget, "showBudget"),
          std::pair(Panel::RecipeText, "showRecipeText"),
          std::pair(Panel::Training, "showTraining"), std::pair(Panel::Jobs, "jobsAction")}) {
        const QDockWidget *dock = area->dock(panel);
        const QAction *opener = findChild<QAction *>(QLatin1String(name));
        const QString keys =
            opener ? opener->shortcut().toString(QKeySequence::NativeText) : QString();
        dock->toggleViewAction()->setText(keys.isEmpty() ? dock->windowTitle()
                                                         : dock->windowTitle() + '\t' + keys);
    }
}

/// The map first, then the panels in the order of the menu; the first six by Alt and a digit.
void MainWindow::addPanelActions(QMenu *menu)
{
    const auto keys = [](int number) {
        return number > 6 ? QKeySequence()
                          : QKeySequence(QKeyCombination(Qt::AltModifier,
                                                         static_cast<Qt::Key>(Qt::Key_0 + number)));
    };
    const auto open = [this] { return m_document->hasProject(); };
    int number = 1;
    m_conditions.emplace_back(addAction(menu, {"goMap", tr("Layer map"), keys(number++)},
                                        [this] { m_workspace->mapPanel()->map()->setFocus(); }),
                              open);
    for (std::size_t i = 0; i < panelCount; ++i) {
        const auto panel = static_cast<Panel>(i);
        const QDockWidget *dock = m_workspace->area()->dock(panel);
        const QByteArray name = "go." + dock->objectName().toLatin1();
        m_conditions.emplace_back(addAction(menu,
                                            {name.constData(), dock->windowTitle(), keys(number++)},
                                            [this, panel] { m_workspace->area()->focus(panel); }),
                                  open);
    }
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
