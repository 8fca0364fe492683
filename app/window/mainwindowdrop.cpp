// What a file is by its name, and what opening or dropping it does.
#include "app/window/mainwindow.h"
#include "widgets/panels/jobstrip.h"
#include "widgets/theme/tooltips.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileInfo>
#include <QMimeData>
#include <QToolTip>
#include <algorithm>
#include <array>

namespace pare {

namespace {

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
        texts << dropText(path);
    texts.removeDuplicates();
    return texts.join('\n');
}

} // namespace

void MainWindow::open(const QString &path)
{
    switch (kindOf(path)) {
    case FileKind::Project:
        openProject(path);
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

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    const QStringList paths = localFiles(event->mimeData());
    if (paths.isEmpty())
        return;
    event->acceptProposedAction();
    QToolTip::showText(mapToGlobal(event->position().toPoint()), inLines(dropText(paths)), this);
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
