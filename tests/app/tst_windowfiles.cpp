// What the window opens and makes: projects that are not there, models as files and folders, names of new
// projects, and what the strip says when something goes wrong.
#include "tests/support/windowtest.h"

#include "app/window/aboutdialog.h"
#include "app/window/recentprojects.h"
#include "app/window/workspace.h"
#include "widgets/layermap/layermappanel.h"
#include "widgets/panels/commandpalette.h"
#include "widgets/panels/jobstrip.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QStandardPaths>
#include <QTreeWidget>

using namespace pare;
using test::patience;
using test::textOf;

class TestWindowFiles : public test::WindowTest
{
    Q_OBJECT

private Q_SLOTS:
    void missingProjectIsNotMade();
    void modelsAreFilesAndFolders();
    void newProjectsAreNamedAfterTheirModel();
    void measureIsOfferedWhereItCanBe();
    void exportSaysWhatIsWrongWithAFolder();
    void longProblemsCanBeRead();
    void problemsCanBeActedOn();
    void escapeLeavesFindStepByStep();
    void foundAndSelectedAgree();
    void aboutSaysEverythingOnce();

private:
};

void TestWindowFiles::missingProjectIsNotMade()
{
    const QString path = m_folder.filePath("curv.pare");
    m_window->open(path);
    QVERIFY(!document().hasProject());
    QVERIFY(!QFileInfo::exists(path));
    QVERIFY(recentProjects().isEmpty());
    QVERIFY2(m_window->strip()->problem().startsWith(path), "names the path");
    auto *create = find<QPushButton>("problemAction");
    QVERIFY(create->isVisible());
    QCOMPARE(create->text(), "Create it");
    create->click();
    QCOMPARE(document().projectPath(), path);
    QVERIFY(QFileInfo::exists(path));
    QVERIFY(m_window->strip()->problem().isEmpty() && !create->isVisible());
    QCOMPARE(recentProjects(), QStringList(path));
}

void TestWindowFiles::modelsAreFilesAndFolders()
{
    const auto chosen = [&](QFileDialog::FileMode mode, const QString &path) {
        auto *dialog = m_window->findChild<QFileDialog *>();
        QVERIFY(dialog);
        QCOMPARE(dialog->fileMode(), mode);
        const QStringList filters = dialog->nameFilters();
        if (mode == QFileDialog::ExistingFile)
            for (const char *kind : {"config.json", "*.safetensors", "*.gguf", "*.pt"})
                QVERIFY2(filters.first().contains(QLatin1String(kind)), kind);
        Q_EMIT dialog->fileSelected(path);
        delete dialog;
        QTRY_COMPARE_WITH_TIMEOUT(document().modelState(), ModelState::Open, patience);
        QVERIFY(document().model().weightsKnown);
        document().close();
    };
    find<QWidget>("openModel")->setFocus();
    QTest::keyClick(find<QWidget>("openModel"), Qt::Key_Space);
    chosen(QFileDialog::ExistingFile, textOf(m_tiny.folder / "config.json"));
    find<QAction>("openModel")->trigger();
    chosen(QFileDialog::ExistingFile, textOf(m_tiny.folder / "model.safetensors"));
    find<QPushButton>("openModelFolder")->click();
    chosen(QFileDialog::Directory, textOf(m_tiny.folder));
    find<QAction>("openModelFolder")->trigger();
    chosen(QFileDialog::Directory, textOf(m_tiny.folder));
}

void TestWindowFiles::newProjectsAreNamedAfterTheirModel()
{
    const QString folder =
        QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + "/projects";
    QDir(folder).removeRecursively();
    const auto opened = [&](const std::filesystem::path &model) {
        document().openModel(textOf(model));
        const QString name = QFileInfo(document().projectPath()).completeBaseName();
        const QString title = m_window->windowTitle();
        document().close();
        return name + '|' + title;
    };
    const QString rest = QString::fromUtf8("[*] — Pare");
    QCOMPARE(opened(m_tiny.folder), QString::fromUtf8("model|model — model.pare") + rest);
    QCOMPARE(opened(m_tiny.folder / "model.safetensors"),
             QString::fromUtf8("model 2|model — model 2.pare") + rest);
    QCOMPARE(opened(m_tiny.config),
             QString::fromUtf8("described|described — described.pare") + rest);
    const std::vector<RecentProject> rows = recentRows();
    QCOMPARE(rows.size(), 3u);
    QCOMPARE(rows[0].title, "described");
    QCOMPARE(rows[1].title, "model 2");
    QStringList titles;
    for (const QAction *action : m_window->findChildren<QAction *>()) {
        if (action->toolTip().endsWith(".pare"))
            titles << action->text().section(QString::fromUtf8(" · "), 0, 0);
    }
    QCOMPARE(titles, QStringList({"described", "model 2", "model"}));
    // A model in a project that has a name keeps that name, and is told beside it.
    openTiny();
    QVERIFY(recentRows().front().lately.startsWith("model"));
}

void TestWindowFiles::measureIsOfferedWhereItCanBe()
{
    const auto *action = find<QAction>("measureAction");
    const auto *button = find<QPushButton>("measure");
    const auto agree = [&] {
        return action->isEnabled() == button->isEnabled() && action->toolTip() == button->toolTip();
    };
    QVERIFY(agree() && !action->isEnabled());
    document().openProject(m_folder.filePath("measure.pare"));
    document().openModel(textOf(m_tiny.folder));
    QTRY_COMPARE_WITH_TIMEOUT(document().modelState(), ModelState::Open, patience);
    QVERIFY(agree() && !action->isEnabled());
    QCOMPARE(action->toolTip(), "Needs a data file");
    find<QAction>("commandPalette")->trigger();
    find<QLineEdit>("paletteLine")->setText("Run: Measure needs");
    const auto *list = find<QTreeWidget>("paletteList");
    QVERIFY(list->topLevelItem(0)->text(0).endsWith("Needs a data file"));
    QVERIFY(list->topLevelItem(0)->isDisabled());
    m_window->findChild<CommandPalette *>()->close();
    QVERIFY(test::chooseData(document(), DataUse::Measuring, textOf(m_tiny.data)));
    QVERIFY(agree() && action->isEnabled());
    document().addStep(parsedStep("quantize.affine bits=4 @ no.such.layer"));
    QVERIFY(document().plan().error);
    QVERIFY(agree() && !action->isEnabled());
    document().undo();
    document().addStep(parsedStep("prune.wanda"));
    QVERIFY(agree() && !action->isEnabled());
    QVERIFY(action->toolTip().contains("calibration"));
    QVERIFY(test::measureStep(document(), "quantize.affine bits=4"));
    QTRY_VERIFY_WITH_TIMEOUT(document().currentRun(), patience);
    QVERIFY(agree() && !action->isEnabled());
    // What a deleted run measured comes back.
    RunNote note;
    note.deleted = true;
    document().setRunNotes({{document().runs().front().id, note}});
    QVERIFY(agree() && action->isEnabled());
    find<QAction>("measureAction")->trigger();
    QVERIFY(!noteOf(document().runNotes(), document().runs().front().id).deleted);
}

/// A folder is proposed that the export can make; of others it is said at once why not, and nothing is lost.
void TestWindowFiles::exportSaysWhatIsWrongWithAFolder()
{
    openTiny();
    document().setSteps({{parsedStep("quantize.affine bits=4"), true}});
    const QString expected = m_folder.filePath(
        QStringLiteral("%1-4-bits").arg(QFileInfo(textOf(m_tiny.folder)).fileName()));
    QVERIFY(QDir(expected).mkpath(QStringLiteral("."))); // so that the next number is proposed
    find<QAction>("exportModel")->trigger();
    QPointer<QDialog> dialog = find<QDialog>("exportDialog");
    QVERIFY(dialog);
    auto *folder = find<QLineEdit>("exportFolder");
    const auto *problem = find<QLabel>("exportProblem");
    const auto *now = find<QPushButton>("exportNow");
    QCOMPARE(folder->text(), expected + "-2");
    QVERIFY(QTest::qWaitForWindowActive(dialog));
    QCOMPARE(dialog->focusWidget(), folder);
    QCOMPARE(folder->selectedText(), QFileInfo(expected + "-2").fileName());
    QVERIFY(problem->text().isEmpty() && now->isEnabled());
    const auto refused = [&](const QString &path, const QString &why) {
        folder->setText(path);
        return !now->isEnabled() && problem->text().contains(why) && problem->text().contains(path);
    };
    QVERIFY(refused(m_folder.path(), "which Pare did not write"));
    QVERIFY(refused(textOf(m_tiny.folder), "is what is being read"));
    QVERIFY(refused(textOf(m_tiny.data) + "/below", "cannot be written"));
    folder->setText({});
    QVERIFY(problem->text().isEmpty() && !now->isEnabled());
    folder->setText(m_folder.filePath("new/below"));
    QVERIFY(problem->text().isEmpty() && now->isEnabled());
    // What came to be there while the dialog was open.
    QVERIFY(QDir(m_folder.filePath("new/below/foreign")).mkpath("."));
    QTest::mouseClick(find<QPushButton>("exportNow"), Qt::LeftButton);
    QVERIFY(dialog && !now->isEnabled() && !problem->text().isEmpty());
    folder->setText(expected);
    QSignalSpy exported(&document(), &Document::exported);
    QTest::mouseClick(find<QPushButton>("exportNow"), Qt::LeftButton);
    QVERIFY(exported.wait(patience));
    QTRY_VERIFY(!dialog);
    QVERIFY(QFileInfo::exists(expected + "/model.safetensors"));
    find<QAction>("exportModel")->trigger();
    dialog = find<QDialog>("exportDialog");
    find<QLineEdit>("exportFolder")->setText(expected);
    QVERIFY(find<QLabel>("exportProblem")->text().contains("replaced"));
    QVERIFY(find<QPushButton>("exportNow")->isEnabled());
    dialog->close();
}

void TestWindowFiles::longProblemsCanBeRead()
{
    JobStrip *strip = m_window->strip();
    auto *details = find<QPushButton>("problemDetails");
    strip->setProblem("short");
    QVERIFY(!details->isVisible());
    const QString text = QString("the labels are ").append(QString("plant, ").repeated(80)) + "end";
    strip->setProblem(text);
    QVERIFY(details->isVisible());
    QVERIFY(!find<QWidget>("problemDetailsPanel"));
    details->click();
    auto *panel = find<QWidget>("problemDetailsPanel");
    auto *all = find<QPlainTextEdit>("problemText");
    QVERIFY(panel->isVisible());
    QVERIFY(!QApplication::activeModalWidget() && !QApplication::activePopupWidget());
    QCOMPARE(all->toPlainText(), text);
    QVERIFY(panel->geometry().bottom() < strip->mapTo(m_window.get(), QPoint()).y());
    QVERIFY(m_window->rect().contains(panel->geometry()));
    QCOMPARE(QApplication::focusWidget(), all);
    QTest::keyClick(all, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(all, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), text);
    QTest::keyClick(all, Qt::Key_Escape);
    QVERIFY(!panel->isVisible() && !details->isChecked());
    QCOMPARE(strip->problem(), text); // it was only read
    details->click();
    find<QPushButton>("dismissProblem")->click();
    QVERIFY(!panel->isVisible() && !details->isVisible());
}

void TestWindowFiles::problemsCanBeActedOn()
{
    JobStrip *strip = m_window->strip();
    int done = 0;
    strip->setProblem("it went wrong", {"Mend it", [&done] { ++done; }});
    auto *mend = find<QPushButton>("problemAction");
    QVERIFY(mend->isVisible());
    mend->click();
    QCOMPARE(done, 1);
    QVERIFY(strip->problem().isEmpty() && !mend->isVisible());
    strip->setProblem("this cannot be mended");
    QVERIFY(!mend->isVisible());
}

void TestWindowFiles::escapeLeavesFindStepByStep()
{
    openTiny();
    const LayerMap *map = m_window->workspace()->mapPanel()->map();
    auto *line = find<QLineEdit>("mapFind");
    m_window->workspace()->mapPanel()->find();
    QTest::keyClicks(line, "*.ffn.up");
    QCOMPARE(find<QLabel>("mapFound")->text(), "3 of 30");
    QTest::keyClick(line, Qt::Key_Escape);
    QVERIFY(line->text().isEmpty());
    QCOMPARE(QApplication::focusWidget(), line);
    QVERIFY(find<QLabel>("mapFound")->text().isEmpty());
    QTest::keyClick(line, Qt::Key_Escape);
    QCOMPARE(QApplication::focusWidget(), map);
}

void TestWindowFiles::foundAndSelectedAgree()
{
    openTiny();
    LayerMap *map = m_window->workspace()->mapPanel()->map();
    auto *line = find<QLineEdit>("mapFind");
    const auto *found = find<QLabel>("mapFound");
    line->setText("*.ffn.up");
    const QString three = found->text();
    map->setFocus();
    QTest::keyClick(map, Qt::Key_Escape); // nothing is selected
    QCOMPARE(found->text(), three + ", 0 selected");
    line->setText("*.ffn.up ");
    QCOMPARE(found->text(), three);
    find<QAction>("commandPalette")->trigger();
    find<QLineEdit>("paletteLine")->setText("Layer: encoder.0.attention.query");
    QTest::keyClick(find<QLineEdit>("paletteLine"), Qt::Key_Return);
    QCOMPARE(map->selection(), QStringList("encoder.0.attention.query"));
    QVERIFY(line->text().isEmpty() && found->text().isEmpty());
}

void TestWindowFiles::aboutSaysEverythingOnce()
{
    find<QAction>("about")->trigger();
    auto *dialog = m_window->findChild<AboutDialog *>();
    auto *details = dialog->findChild<QLabel *>("versions");
    QVERIFY(details->text().contains("Processor: "));
    QTRY_VERIFY_WITH_TIMEOUT(details->text().contains("Kernels: linear="), patience);
    for (const char *name : {"Pare ", "Qt ", "LibTorch", "oneDNN 2", "Processor:", "Kernels:"})
        QVERIFY2(details->text().count(QLatin1String(name), Qt::CaseInsensitive) == 1, name);
    dialog->findChild<QPushButton *>("copyVersions")->click();
    QCOMPARE(QApplication::clipboard()->text(), details->text());
    dialog->close();
}

QTEST_MAIN(TestWindowFiles)
#include "tst_windowfiles.moc"
