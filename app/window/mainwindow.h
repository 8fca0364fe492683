// The main window: menus, dialogs, drag and drop, and the page that is shown (start or workspace).
//
// Owns the document and every view. Window's thread.
#pragma once

#include "app/document/document.h"
#include "app/window/figuredialog.h"
#include "widgets/theme/stylesheet.h"

#include <QDateTime>
#include <QKeySequence>
#include <QMainWindow>
#include <QTimer>
#include <functional>
#include <map>

class QMenu;
class QStackedWidget;

namespace pare {

class HelpWindow;
class JobStrip;
class StartPage;
class Workspace;
struct PaletteEntry;

/// Of an action: why it cannot be used while it cannot.
inline constexpr auto reasonProperty = "reason";

class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(QWidget *parent = nullptr);
    ~MainWindow() override;

    Document &document() { return *m_document; }
    Workspace *workspace() const { return m_workspace; }
    JobStrip *strip() const { return m_strip; }

    /// A .pare file, a model, a recipe, a data file or a report, as its name says.
    void open(const QString &path);
    void openDemo(const QString &projectPath);
    /// Where the demo's project of this person lies.
    static QString demoProjectPath();

protected:
    /// Another language: every view is made anew, on the same document.
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    /// Of the keys of an action that cannot be used now, the strip says why.
    void keyPressEvent(QKeyEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    enum class AskFor { OpenFile, OpenFolder, SaveFile };
    struct Question
    {
        AskFor kind = AskFor::OpenFile;
        QString title;
        QString filter;
        QString suffix;
    };

    // mainwindowmenus.cpp, mainwindowview.cpp
    void makeMenus();
    void makeFileMenu();
    void makeEditMenu();
    void makeViewMenu();
    void makeRecipeAndRunMenus();
    void makeWindowAndHelpMenus();
    // mainwindowexplore.cpp
    void addExploreActions(QMenu *edit, QMenu *view, QMenu *recipe, QMenu *run);
    void addMeasureActions(QMenu *run, const std::function<bool()> &ready);
    // mainwindowpalette.cpp
    void showPalette();
    void addSettings(std::vector<PaletteEntry> &entries);
    void addPresets(QMenu *menu);
    void connectTrainingPanel();
    /// Of a run; empty: of the recipe as it stands.
    void exportModel(const QString &wanted);
    void writeReport();
    struct Entry
    {
        const char *name; ///< of the action, in every language
        QString text;
        QKeySequence keys; ///< as long as nobody chose others
    };
    QAction *addAction(QMenu *menu, const Entry &entry, std::function<void()> act);
    void addPanelActions(QMenu *menu);
    void tellPanelKeys();
    void addMapMenus(QMenu *menu);
    void addThemeMenu(QMenu *menu);
    void addLanguageMenu(QMenu *menu);
    // mainwindowlayouts.cpp
    void addLayoutMenu(QMenu *menu);
    void fillLayoutMenu(QMenu *layouts);
    void askForLayoutName(QMenu *layouts);
    void bringOntoScreen();
    void updateActions();
    void nameUndo();
    void updateRecentMenu();

    void makePages();
    void remake();
    void connectDocument();
    void showPage();
    void showRecent();
    void rememberOpen();
    std::vector<QWidget *> regions() const;
    void takeCurve(const ProjectCurve &read);
    void updateTitle();
    // mainwindowfigures.cpp
    bool hasFigure(FigureKind kind) const;
    /// hasFigure() it must.
    FigureSubject figure(FigureKind kind) const;
    void exportFigure(FigureKind kind);
    /// On the inspector's tab; nothing: none there.
    std::optional<FigureKind> inspectorFigure() const;
    void offerFigures();
    void offerLayers(QMenu *pictures);
    // mainwindowfiles.cpp
    static QString dataFilter();
    void relocate(const QString &path);
    void ask(const Question &question, std::function<void(const QString &)> answered);
    void askForModel();
    void askForModelFolder();
    /// Of one that is not there nothing is made, unless a person says so.
    void openProject(const QString &path);
    void askForProject();
    void askForData(DataUse use);
    void askForRecipe();
    void saveCopy();
    void saveRecipe();
    void openReport(const QString &path);
    void copyCommand();
    void showAbout();
    void showHelp(const QString &page);
    void restoreSettings();
    void saveSettings() const;

    struct RecentCurve
    {
        QDateTime modified;
        std::vector<QPointF> points;
    };

    Document *m_document;
    ThemeFollower *m_theme;
    QStackedWidget *m_pages = nullptr;
    StartPage *m_start = nullptr;
    Workspace *m_workspace = nullptr;
    JobStrip *m_strip = nullptr;
    QMenu *m_recentMenu = nullptr;
    QMenu *m_editMenu = nullptr;
    QMenu *m_viewMenu = nullptr;
    HelpWindow *m_help = nullptr;            ///< made when it is asked for first
    std::map<QString, RecentCurve> m_curves; ///< of projects, by path
    QTimer m_busy;                           ///< until the cursor shows that a model opens
    QString m_language;                      ///< that the views were made in
    QAction *m_undo = nullptr;
    QAction *m_redo = nullptr;
    /// Each says whether its action can be used now.
    std::vector<std::pair<QAction *, std::function<bool()>>> m_conditions;
    /// Each says whether its choice holds now.
    std::vector<std::pair<QAction *, std::function<bool()>>> m_checks;
    /// Each says what its action does, or why it cannot be used now.
    std::vector<std::pair<QAction *, std::function<QString()>>> m_reasons;
};

} // namespace pare
