// The menus of what the window shows and how: view, panels, and the help.
#include "app/window/dockarea.h"
#include "app/window/helppages.h"
#include "app/window/language.h"
#include "app/window/log.h"
#include "app/window/mainwindow.h"
#include "app/window/recentprojects.h"
#include "app/window/shortcutsdialog.h"
#include "app/window/tasknotices.h"
#include "app/window/workspace.h"
#include "widgets/charts/tradeoffpanel.h"
#include "widgets/layermap/layermappanel.h"
#include "widgets/panels/modeltabs.h"

#include <QActionGroup>
#include <QApplication>
#include <QDockWidget>
#include <QLocale>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QWhatsThis>

namespace pare {

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

} // namespace pare
