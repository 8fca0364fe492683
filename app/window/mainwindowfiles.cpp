// What the main window asks files for, and what it makes of them.
#include "app/report/embedded.h"
#include "app/window/mainwindow.h"
#include "app/window/recentprojects.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "widgets/panels/jobstrip.h"
#include "widgets/theme/words.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QSettings>
#include <nlohmann/json.hpp>

namespace pare {

/// The system's dialog, without waiting in it.
void MainWindow::ask(const Question &question, std::function<void(const QString &)> answered)
{
    auto *dialog = new QFileDialog(this, question.title, QSettings().value("lastFolder").toString(),
                                   question.filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(question.kind == AskFor::SaveFile ? QFileDialog::AcceptSave
                                                            : QFileDialog::AcceptOpen);
    dialog->setFileMode(question.kind == AskFor::OpenFolder ? QFileDialog::Directory
                        : question.kind == AskFor::SaveFile ? QFileDialog::AnyFile
                                                            : QFileDialog::ExistingFile);
    dialog->setDefaultSuffix(question.suffix);
    connect(dialog, &QFileDialog::fileSelected, this, [answered](const QString &path) {
        QSettings().setValue("lastFolder", QFileInfo(path).absolutePath());
        answered(path);
    });
    dialog->open();
}

/// Every file by which a model is opened; its config.json stands for the folder.
void MainWindow::askForModel()
{
    ask({AskFor::OpenFile,
         tr("Open a model"),
         tr("Models (config.json *.safetensors *.gguf *.pt);;All files (*)"),
         {}},
        [this](const QString &path) { m_document->openModel(path); });
}

void MainWindow::askForModelFolder()
{
    ask({AskFor::OpenFolder, tr("Open a model: the folder with config.json"), {}, {}},
        [this](const QString &path) { m_document->openModel(path); });
}

void MainWindow::openProject(const QString &path)
{
    if (QFileInfo::exists(path)) {
        m_document->openProject(path);
        return;
    }
    const QString absolute = QFileInfo(path).absoluteFilePath();
    m_strip->setProblem(tr("%1: there is no such project").arg(absolute),
                        {tr("Create it"), [this, absolute] { m_document->openProject(absolute); }});
}

void MainWindow::askForProject()
{
    ask({AskFor::OpenFile, tr("Open a project"), tr("Pare projects (*.pare)"), {}},
        [this](const QString &path) { m_document->openProject(path); });
}

QString MainWindow::dataFilter()
{
    return tr("Tables (*.tsv *.csv *.jsonl *.ndjson *.json);;All files (*)");
}

void MainWindow::askForData(DataUse use)
{
    ask({AskFor::OpenFile,
         use == DataUse::Measuring ? tr("Open labelled examples")
                                   : tr("Open labelled examples to calibrate on"),
         dataFilter(),
         {}},
        [this, use](const QString &path) { m_document->setData(use, path); });
}

void MainWindow::askForRecipe()
{
    ask({AskFor::OpenFile, tr("Add the steps of a recipe file"), tr("Recipes (*.json)"), {}},
        [this](const QString &path) { m_document->addRecipeFile(path); });
}

void MainWindow::saveCopy()
{
    ask({AskFor::SaveFile, tr("Save a copy of the project"), tr("Pare projects (*.pare)"),
         QStringLiteral("pare")},
        [this](const QString &path) { m_document->saveCopy(path); });
}

void MainWindow::saveRecipe()
{
    ask({AskFor::SaveFile, tr("Save the recipe"), tr("Recipes (*.json)"), QStringLiteral("json")},
        [this](const QString &path) {
            try {
                writeFile(path.toStdString(),
                          toJson(m_document->choices().recipe()).dump(2) + '\n');
            } catch (const Error &error) {
                m_strip->setProblem(translated(error.message()));
            }
        });
}

void MainWindow::updateRecentMenu()
{
    m_recentMenu->clear();
    for (const RecentProject &project : recentRows()) {
        QString title = QStringLiteral("%1 \u00b7 %2").arg(project.title, project.lately);
        QAction *action = m_recentMenu->addAction(title.replace('&', QStringLiteral("&&")), this,
                                                  [this, path = project.path] { open(path); });
        action->setToolTip(project.path);
        action->setEnabled(QFileInfo::exists(project.path));
    }
    m_recentMenu->setEnabled(!m_recentMenu->isEmpty());
}

void MainWindow::relocate(const QString &path)
{
    ask({AskFor::OpenFile,
         tr("Where is %1 now?").arg(QFileInfo(path).fileName()),
         tr("Pare projects (*.pare)"),
         {}},
        [this, path](const QString &found) {
            relocateProject(path, found);
            m_document->openProject(found);
        });
}

/// What a report carries: its runs, what was said of them, and the recipes it is about.
void MainWindow::openReport(const QString &path)
{
    try {
        const EmbeddedReport report = readEmbeddedReport(path.toStdString());
        m_document->importRuns(report.runs, report.chosen, report.notes);
    } catch (const Error &error) {
        m_strip->setProblem(translated(error.message()));
    }
}

} // namespace pare
