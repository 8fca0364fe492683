#include "app/window/mainwindow.h"

#include "app/window/aboutdialog.h"
#include "app/window/dockarea.h"
#include "app/window/focusorder.h"
#include "app/window/helppages.h"
#include "app/window/helpwindow.h"
#include "app/window/language.h"
#include "app/window/recentprojects.h"
#include "app/window/tasknotices.h"
#include "app/window/whatsthis.h"
#include "app/window/workspace.h"
#include "core/experiment/versions.h"
#include "widgets/charts/tradeoffpanel.h"
#include "widgets/layermap/layermap.h"
#include "widgets/layermap/layermappanel.h"
#include "widgets/panels/jobstrip.h"
#include "widgets/panels/modeltabs.h"
#include "widgets/panels/startpage.h"

#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QDir>
#include <QDockWidget>
#include <QFileInfo>
#include <QMenuBar>
#include <QScreen>
#include <QSettings>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QStatusBar>
#include <QTableView>
#include <algorithm>
#include <utility>

namespace pare {

namespace {

constexpr int busyDelay = 500; // milliseconds after which the cursor says that something opens

} // namespace

MainWindow::MainWindow(QWidget *parent)
    : QMainWindow(parent)
    , m_document(new Document(this))
    , m_theme(new ThemeFollower(this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    m_busy.setSingleShot(true);
    m_busy.setInterval(busyDelay);
    connect(&m_busy, &QTimer::timeout, this, [this] { m_pages->setCursor(Qt::BusyCursor); });
    makePages();
    makeMenus();
    connectDocument();
    new TaskNotices(*m_document, this);
    connect(new WhatsThis(this), &WhatsThis::pageRequested, this, &MainWindow::showHelp);
    restoreSettings();
    showPage();
    updateTitle();
}

MainWindow::~MainWindow() = default;

void MainWindow::makePages()
{
    m_language = spokenLanguage();
    m_pages = new QStackedWidget;
    m_start = new StartPage;
    setHelpPage(m_start, QStringLiteral("start"));
    m_workspace = new Workspace(*m_document);
    m_strip = new JobStrip;
    m_pages->addWidget(m_start);
    m_pages->addWidget(m_workspace);
    setCentralWidget(m_pages);
    statusBar()->setSizeGripEnabled(false);
    statusBar()->setContentsMargins(0, 0, 0, 0);
    statusBar()->addWidget(m_strip, 1);
    connect(m_strip, &JobStrip::cancelRequested, m_document, &Document::cancel);
    connect(m_strip, &JobStrip::pauseRequested, m_document, &Document::pauseJob);
    connect(m_strip, &JobStrip::continueRequested, m_document, &Document::continueJob);
    connect(m_strip, &JobStrip::jobsRequested, m_workspace, &Workspace::showJobs);
    connect(m_start, &StartPage::demoRequested, this, [this] { openDemo(demoProjectPath()); });
    connect(m_start, &StartPage::modelRequested, this, &MainWindow::askForModel);
    connect(m_start, &StartPage::modelFolderRequested, this, &MainWindow::askForModelFolder);
    connect(m_start, &StartPage::projectRequested, this, &MainWindow::askForProject);
    connect(m_start, &StartPage::recentRequested, this, &MainWindow::open);
    connect(m_start, &StartPage::relocateRequested, this, &MainWindow::relocate);
    connect(m_start, &StartPage::forgetRequested, this, [this](const QString &path) {
        forgetProject(path);
        showRecent();
        updateRecentMenu();
    });
    connect(m_workspace, &Workspace::modelRequested, this, &MainWindow::askForModel);
    connect(m_workspace, &Workspace::dataRequested, this, &MainWindow::askForData);
    connect(m_workspace, &Workspace::helpRequested, this, &MainWindow::showHelp);
    connect(m_workspace, &Workspace::chartExportRequested, this, [this](TradeoffPanel *chart) {
        exportFigure(chart == m_workspace->chartPanel() ? FigureKind::Chart
                                                        : FigureKind::SecondChart);
    });
    connect(m_workspace, &Workspace::runExportRequested, this, &MainWindow::exportModel);
    connect(m_workspace->recipeText(), &RecipeText::pendingChanged, this, &MainWindow::updateTitle);
    offerFigures();
}

/// Texts are set where views are made, so that they are made again: no view has to know two
/// languages, and none can forget a text.
void MainWindow::remake()
{
    const WorkspaceState state = m_workspace->state();
    const QString helpPage = m_help && m_help->isVisible() ? m_help->page() : QString();
    const QString problem = m_strip->problem();
    const ProblemAction problemAction = m_strip->problemAction();
    const QWidget *focused = QApplication::focusWidget();
    const QString keyboard = focused ? focused->objectName() : QString();
    delete std::exchange(m_help, nullptr);
    m_conditions.clear();
    m_checks.clear();
    m_reasons.clear();
    delete menuBar(); // with its menus and actions
    statusBar()->removeWidget(m_strip);
    delete m_strip;
    delete takeCentralWidget();
    makePages();
    makeMenus();
    updateRecentMenu();
    m_strip->setData(stripData(*m_document));
    m_workspace->setState(state);
    m_strip->setProblem(problem, problemAction);
    updateTitle();
    m_pages->show(); // or it would appear once the event loop comes to it
    showPage();
    if (QWidget *field = keyboard.isEmpty() ? nullptr : findChild<QWidget *>(keyboard))
        field->setFocus();
    if (!helpPage.isEmpty())
        showHelp(helpPage);
}

void MainWindow::connectDocument()
{
    connect(m_document, &Document::projectChanged, this, [this] {
        rememberOpen();
        rememberOpenProject(m_document->projectPath());
        m_strip->setProblem({});
        updateRecentMenu();
        showPage();
        updateTitle();
    });
    connect(m_document, &Document::modelChanged, this, [this] {
        rememberOpen();
        m_pages->unsetCursor();
        if (m_document->modelState() == ModelState::Opening)
            m_busy.start();
        else
            m_busy.stop();
    });
    const auto follow = [this](auto signal) {
        connect(m_document, signal, this, [this] {
            m_strip->setData(stripData(*m_document));
            updateActions();
        });
    };
    follow(&Document::projectChanged);
    follow(&Document::modelChanged);
    follow(&Document::choicesChanged);
    follow(&Document::planChanged);
    follow(&Document::runsChanged);
    follow(&Document::jobChanged);
    connect(m_document, &Document::choicesChanged, this, &MainWindow::updateTitle);
    connect(m_document, &Document::projectChanged, this, &MainWindow::nameUndo);
    connect(m_document, &Document::choicesChanged, this, &MainWindow::nameUndo);
    connect(m_document, &Document::runsChanged, this, &MainWindow::nameUndo);
    connect(m_document, &Document::failed, this,
            [this](const Message &message) { m_strip->setProblem(translated(message)); });
    connect(m_document, &Document::curveRead, this, &MainWindow::takeCurve);
    connect(m_document, &Document::choicesChanged, this, [this] { m_strip->setProblem({}); });
    connect(m_document, &Document::workEnded, this, [this](const JobEntry &entry) {
        if (entry.state == JobEntry::State::Finished)
            m_strip->setProblem({}); // it would hide that this one went well
    });
    m_strip->setData(stripData(*m_document));
}

void MainWindow::showPage()
{
    showRecent();
    m_pages->setCurrentWidget(m_document->hasProject() ? static_cast<QWidget *>(m_workspace)
                                                       : m_start);
    if (m_document->hasProject())
        m_workspace->mapPanel()->map()->setFocus();
    updateActions();
}

/// Their curves come as they are read, once for each state of a file.
void MainWindow::showRecent()
{
    const QStringList paths = recentProjects();
    m_start->setRecent(recentRows());
    for (const QString &path : m_document->hasProject() ? QStringList() : paths) {
        const QFileInfo file(path);
        const auto known = m_curves.find(path);
        if (known != m_curves.end() && known->second.modified == file.lastModified())
            m_start->setCurve(path, known->second.points);
        else if (file.exists())
            m_document->readCurve(path);
    }
}

void MainWindow::rememberOpen()
{
    if (!m_document->hasProject())
        return;
    rememberProject(m_document->projectPath(), modelTitle(m_document->choices().modelPath));
    updateRecentMenu();
}

void MainWindow::takeCurve(const ProjectCurve &read)
{
    const QString path = QString::fromStdString(read.path);
    RecentCurve &curve = m_curves[path];
    curve = {QFileInfo(path).lastModified(), {}};
    for (const auto &[bytes, metric] : read.points)
        curve.points.emplace_back(bytes, metric);
    m_start->setCurve(path, curve.points);
}

/// What is chosen and measured is saved at once: the mark says that a text was typed and not applied.
void MainWindow::updateTitle()
{
    QStringList parts;
    if (const QString model = modelTitle(m_document->choices().modelPath);
        m_document->hasProject() && !model.isEmpty())
        parts << model;
    if (m_document->hasProject()) {
        QString project = QFileInfo(m_document->projectPath()).fileName();
        project.replace(QStringLiteral("[*]"), QStringLiteral("[*][*]"));
        project += QStringLiteral("[*]");
        parts << (m_document->isReadOnly() ? tr("%1 (read-only)").arg(project) : project);
    }
    parts << QStringLiteral("Pare");
    setWindowTitle(parts.join(QStringLiteral(" — ")));
    setWindowModified(m_document->hasProject() && m_workspace->recipeText()->isPending());
}

void MainWindow::openDemo(const QString &projectPath)
{
    m_document->openDemo(projectPath);
}

QString MainWindow::demoProjectPath()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    QDir().mkpath(folder);
    return folder + QStringLiteral("/demo.pare");
}

void MainWindow::copyCommand()
{
    QApplication::clipboard()->setText(m_document->asCommand());
}

void MainWindow::showAbout()
{
    auto *dialog = new AboutDialog(this);
    dialog->setVersions(builtVersions());
    connect(m_document, &Document::versionsFound, dialog, &AboutDialog::setVersions);
    m_document->findVersions();
    dialog->open();
}

void MainWindow::showHelp(const QString &page)
{
    if (!m_help)
        m_help = new HelpWindow(this);
    m_help->open(page);
}

void MainWindow::restoreSettings()
{
    const QSettings settings;
    if (!restoreGeometry(settings.value("window/geometry").toByteArray()))
        resize(QSize(1440, 900).boundedTo(screen()->availableSize()));
    else
        bringOntoScreen();
    const QString theme = settings.value("window/theme").toString();
    if (theme == "light" || theme == "dark")
        m_theme->setChoice(theme == "dark" ? ThemeMode::Dark : ThemeMode::Light);
    if (settings.value("window/contrast").toString() == QLatin1String("high"))
        m_theme->setContrast(Contrast::High);
    updateRecentMenu();
}

void MainWindow::saveSettings() const
{
    QSettings settings;
    settings.setValue("window/geometry", saveGeometry());
    if (m_workspace->isArranged())
        settings.setValue("window/layout", m_workspace->layoutState());
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::LanguageChange && m_language != spokenLanguage())
        remake();
}

bool MainWindow::focusNextPrevChild(bool next)
{
    // Nobody pressed Tab: what had the keyboard was hidden or disabled, and what comes next has nothing to do
    // with it. Letters that are typed then must not land in a field.
    const QWidget *lost = focusWidget();
    const LayerMapPanel *layers = m_workspace->mapPanel();
    QAbstractScrollArea *map = layers->map();
    if (layers->showsTable())
        map = layers->table();
    if (lost && (!lost->isVisible() || !lost->isEnabled()) && map->isVisible() &&
        map->isEnabled()) {
        map->setFocus(Qt::OtherFocusReason);
        return true;
    }
    const std::vector<QWidget *> order = focusOrder(*this, regions(), m_strip);
    const auto now = std::ranges::find(order, focusWidget());
    if (order.empty() || (now == order.end() && focusWidget()))
        return QMainWindow::focusNextPrevChild(next); // something in between, as Qt knows it
    const std::size_t count = order.size();
    const std::size_t at =
        now == order.end()
            ? (next ? 0 : count - 1)
            : (static_cast<std::size_t>(now - order.begin()) + (next ? 1 : count - 1)) % count;
    order[at]->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

/// What is read as a whole before the next.
std::vector<QWidget *> MainWindow::regions() const
{
    std::vector<QWidget *> all{m_strip};
    if (m_pages->currentWidget() != m_workspace) {
        all.push_back(m_start);
        return all;
    }
    all.push_back(m_workspace->modelTabs());
    all.push_back(m_workspace->meter());
    all.push_back(m_workspace->mapPanel());
    for (QDockWidget *dock : m_workspace->area()->docks()) {
        if (!dock->isFloating())
            all.push_back(dock);
    }
    return all;
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    saveSettings();
    QMainWindow::closeEvent(event);
}

} // namespace pare
