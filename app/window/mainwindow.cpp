#include "app/window/mainwindow.h"

#include "app/window/aboutdialog.h"
#include "app/window/helppages.h"
#include "app/window/helpwindow.h"
#include "app/window/language.h"
#include "app/window/recentprojects.h"
#include "app/window/tasknotices.h"
#include "app/window/whatsthis.h"
#include "app/window/workspace.h"
#include "core/experiment/versions.h"
#include "widgets/charts/tradeoffpanel.h"
#include "widgets/layermap/layermappanel.h"
#include "widgets/panels/jobstrip.h"
#include "widgets/panels/startpage.h"

#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QDir>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileInfo>
#include <QMenuBar>
#include <QMimeData>
#include <QScreen>
#include <QSettings>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QStatusBar>
#include <QToolTip>
#include <algorithm>
#include <array>
#include <utility>

namespace pare {

namespace {

constexpr int busyDelay = 500; // milliseconds after which the cursor says that something opens

enum class FileKind { Project, Report, Recipe, Data, Model };

/// As its name says.
FileKind kindOf(const QString &path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    if (suffix == "pare")
        return FileKind::Project;
    if (suffix == "html" || suffix == "htm" || suffix == "pdf")
        return FileKind::Report;
    if (suffix == "json" && QFileInfo(path).fileName() != "config.json")
        return FileKind::Recipe;
    if (suffix == "tsv" || suffix == "csv" || suffix == "jsonl" || suffix == "ndjson")
        return FileKind::Data;
    return FileKind::Model;
}

/// What dropping it would do.
QString dropText(const QString &path)
{
    switch (kindOf(path)) {
    case FileKind::Project:
        return MainWindow::tr("Opens this project");
    case FileKind::Report:
        return MainWindow::tr("Takes the runs that this report carries");
    case FileKind::Recipe:
        return MainWindow::tr("Adds the steps of this recipe");
    case FileKind::Data:
        return MainWindow::tr("Measures on these examples");
    case FileKind::Model:
        break;
    }
    return MainWindow::tr("Opens this model");
}

/// Those that are files or folders here, in the order in which one needs the other: a project before
/// the model in it, that before what is measured and done.
QStringList localFiles(const QMimeData *mime)
{
    QStringList paths;
    for (const QUrl &url : mime->urls()) {
        if (url.isLocalFile())
            paths << url.toLocalFile();
    }
    const auto order = [](const QString &path) {
        constexpr std::array inOrder{FileKind::Project, FileKind::Report, FileKind::Model,
                                     FileKind::Data, FileKind::Recipe};
        return std::ranges::find(inOrder, kindOf(path)) - inOrder.begin();
    };
    std::ranges::stable_sort(paths, {}, order);
    return paths;
}

/// Whether of one kind there are several where a window holds one: steps alone add up.
bool excludeEachOther(const QStringList &paths)
{
    return std::ranges::adjacent_find(paths, [](const QString &one, const QString &other) {
               return kindOf(one) == kindOf(other) && kindOf(one) != FileKind::Recipe;
           }) != paths.end();
}

QString dropText(const QStringList &paths)
{
    if (excludeEachOther(paths))
        return MainWindow::tr("Nothing was opened: of projects, reports, models and data files a "
                              "window takes one at a time");
    QStringList texts;
    for (const QString &path : paths)
    const ProblemAction problemAction = m_strip->problemAction();
        texts << dropText(path);
    texts.removeDuplicates();
    return texts.join('\n');
}

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
    const QWidget *focused = QApplication::focusWidget();
    const QString keyboard = focused ? focused->objectName() : QString();
    delete std::exchange(m_help, nullptr);
    m_conditions.clear();
    m_checks.clear();
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
        if (m_document->hasProject())
            rememberProject(m_document->projectPath());
        m_strip->setProblem({});
        updateRecentMenu();
        showPage();
        updateTitle();
    });
    connect(m_document, &Document::modelChanged, this, [this] {
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
    m_start->setRecent(paths);
    for (const QString &path : m_document->hasProject() ? QStringList() : paths) {
        const QFileInfo file(path);
        const auto known = m_curves.find(path);
        if (known != m_curves.end() && known->second.modified == file.lastModified())
            m_start->setCurve(path, known->second.points);
        else if (file.exists())
            m_document->readCurve(path);
    }
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
    const QFileInfo model(QString::fromStdString(m_document->choices().modelPath));
    if (m_document->hasProject() && !model.filePath().isEmpty())
        parts << (model.isFile() ? model.dir().dirName() : model.fileName());
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

void MainWindow::open(const QString &path)
{
    switch (kindOf(path)) {
    case FileKind::Project:
        m_document->openProject(path);
        break;
    case FileKind::Report:
        openReport(path);
        break;
    case FileKind::Recipe:
        m_document->addRecipeFile(path);
        break;
    case FileKind::Data:
        m_document->setData(DataUse::Measuring, path);
        break;
    case FileKind::Model:
        m_document->openModel(path);
        break;
    }
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

void MainWindow::closeEvent(QCloseEvent *event)
{
    saveSettings();
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    const QStringList paths = localFiles(event->mimeData());
    if (paths.isEmpty())
        return;
    event->acceptProposedAction();
    QToolTip::showText(mapToGlobal(event->position().toPoint()), dropText(paths), this);
}

void MainWindow::dropEvent(QDropEvent *event)
{
    const QStringList paths = localFiles(event->mimeData());
    event->acceptProposedAction();
    if (excludeEachOther(paths))
        m_strip->setProblem(dropText(paths));
    else
        for (const QString &path : paths)
            open(path);
}

} // namespace pare
