// What the window says of itself: its title, empty panels and the buttons that fill them, settings in the
// palette, what a control is, techniques by their words, and notices when long tasks end.
#include "tests/support/windowtest.h"

#include "app/window/dockarea.h"
#include "app/window/helppages.h"
#include "app/window/helpwindow.h"
#include "app/window/tasknotices.h"
#include "app/window/whatsthis.h"
#include "app/window/workspace.h"
#include "core/model/technique.h"
#include "widgets/charts/losscurve.h"
#include "widgets/charts/tradeoffpanel.h"
#include "widgets/layermap/layermap.h"
#include "widgets/layermap/layermappanel.h"
#include "widgets/panels/choicebutton.h"
#include "widgets/panels/commandpalette.h"
#include "widgets/panels/comparepanel.h"
#include "widgets/panels/meter.h"
#include "widgets/panels/runspanel.h"
#include "widgets/panels/trainingpanel.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTableView>
#include <QTextEdit>
#include <QTreeWidget>
#include <QWhatsThis>

using namespace pare;
using test::patience;
using test::textOf;

class TestWindowStates : public test::WindowTest
{
    Q_OBJECT

private Q_SLOTS:
    void titleSaysWhatIsOpen();
    void emptyPanelsFillThemselves();
    void theKeyboardGoesToTheMapWhereItsButtonGoes();
    void paletteSaysSettings();
    void techniquesAreFound_data();
    void techniquesAreFound();
    void techniquesAreChosenByKeys();
    void controlsSayWhatTheyAre();
    void noticesOfLongWork_data();
    void noticesOfLongWork();
    void noticesCanBeSwitchedOff();
    void runsSayHowTheyWereTrainedAndExported();

private:
    /// What the palette lists for these words; the first of it is done.
    QString doByPalette(const QString &words);
};

QString TestWindowStates::doByPalette(const QString &words)
{
    QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
    auto *palette = m_window->findChild<CommandPalette *>();
    if (!palette)
        return {};
    QTest::keyClicks(palette->findChild<QLineEdit *>(), words);
    const QTreeWidgetItem *first = palette->findChild<QTreeWidget *>()->topLevelItem(0);
    const QString title = first ? first->text(0) : QString();
    QTest::keyClick(palette->findChild<QLineEdit *>(), Qt::Key_Return);
    delete palette;
    return title;
}

void TestWindowStates::titleSaysWhatIsOpen()
{
    QCOMPARE(m_window->windowTitle(), "Pare");
    openTiny();
    const QString model = QFileInfo(textOf(m_tiny.folder)).fileName();
    const QString project = QFileInfo(m_project).fileName();
    QCOMPARE(m_window->windowTitle(), QString::fromUtf8("%1 — %2[*] — Pare").arg(model, project));
    QVERIFY(!m_window->isWindowModified());
    m_window->workspace()->showRecipeText();
    auto *text = m_window->workspace()->recipeText()->findChild<QTextEdit *>();
    QTest::keyClicks(text, "quantize.affine bits=4");
    QVERIFY(m_window->isWindowModified());
    QTest::keyClick(text, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(document().choices().steps.size(), 1u);
    QVERIFY(!m_window->isWindowModified());
    MainWindow other;
    other.open(m_project);
    QVERIFY(other.document().isReadOnly());
    QVERIFY(other.windowTitle().contains("[*] (read-only)"));
    document().close();
    QCOMPARE(m_window->windowTitle(), "Pare");
}

void TestWindowStates::emptyPanelsFillThemselves()
{
    openTiny();
    Workspace *workspace = m_window->workspace();
    auto *layer = find<QPushButton>("inspectorEmptyAction");
    QVERIFY(layer->isVisibleTo(workspace->inspectorPanel()));
    layer->click();
    QCOMPARE(workspace->mapPanel()->map()->selection(), QStringList("encoder.0.ffn.up"));
    QVERIFY(!layer->isVisibleTo(workspace->inspectorPanel()));
    // All of them offer what is missing: data first, then a run.
    for (const char *name : {"chartEmptyAction", "runsEmptyAction", "jobsEmptyAction"})
        QCOMPARE(find<QPushButton>(name)->text(), "Measure");
    document().setData(DataUse::Measuring, {});
    QCOMPARE(find<QPushButton>("chartEmptyAction")->text(), QString::fromUtf8("Open a data file…"));
    QVERIFY(test::chooseData(document(), DataUse::Measuring, textOf(m_tiny.data)));
    for (const Panel panel : {Panel::Answers, Panel::Compare, Panel::Jobs})
        workspace->area()->showInFront(panel);
    auto *answers = find<QPushButton>("answersPlaceholderAction");
    auto *compare = find<QPushButton>("compareEmptyAction");
    QVERIFY(answers->text().isEmpty() && compare->text().isEmpty()); // there are no runs
    QSignalSpy finished(&document(), &Document::runFinished);
    find<QPushButton>("chartEmptyAction")->click();
    QVERIFY(finished.wait(patience));
    QVERIFY(!find<QPushButton>("chartEmptyAction")->isVisible());
    for (const char *step : {"quantize.affine bits=4", "quantize.affine bits=2"})
        QVERIFY(test::measureStep(document(), step));
    workspace->area()->showInFront(Panel::Compare);
    compare->click();
    QTRY_COMPARE(workspace->comparePanel()->data().runs.size(), 2u);
    document().setSteps({});
    workspace->showRun({});
    document().setSteps({{parsedStep("prune.magnitude"), true}});
    workspace->area()->showInFront(Panel::Answers);
    QTRY_VERIFY(answers->isVisible());
    answers->click();
    QCOMPARE(workspace->shownRun().toStdString(), document().runs().back().id);
    // A filter that leaves nothing is cleared where the rows are missing.
    find<QLineEdit>("runsFilter")->setText("nosuchword");
    QCOMPARE(find<QPushButton>("runsEmptyAction")->text(), "Clear the filter");
    find<QPushButton>("runsEmptyAction")->click();
    QVERIFY(find<QLineEdit>("runsFilter")->text().isEmpty());
}

/// What follows a button that is hidden or disabled would be the filter of the runs, or any other field.
void TestWindowStates::theKeyboardGoesToTheMapWhereItsButtonGoes()
{
    openTiny();
    auto *measure = find<QPushButton>("measure");
    QWidget *map = m_window->workspace()->mapPanel()->map();
    QTRY_VERIFY_WITH_TIMEOUT(measure->isEnabled(), patience);
    measure->setFocus();
    document().setData(DataUse::Measuring, {});
    QVERIFY(!measure->isEnabled());
    QCOMPARE(m_window->focusWidget(), map);
    auto *notice = find<QPushButton>("noticeAction");
    notice->setFocus();
    QCOMPARE(m_window->focusWidget(), notice);
    QVERIFY(test::chooseData(document(), DataUse::Measuring, textOf(m_tiny.data)));
    QVERIFY(!notice->isVisible());
    QCOMPARE(m_window->focusWidget(), map);
    auto *empty = find<QPushButton>("runsEmptyAction");
    empty->setFocus();
    QVERIFY(test::measureStep(document(), "quantize.affine bits=4"));
    QVERIFY(!empty->isVisible());
    QCOMPARE(m_window->focusWidget(), map);
    m_window->workspace()->mapPanel()->showTable(true);
    measure->setFocus();
    document().setData(DataUse::Measuring, {});
    QCOMPARE(m_window->focusWidget(), m_window->workspace()->mapPanel()->table());
}

void TestWindowStates::paletteSaysSettings()
{
    openTiny();
    QCOMPARE(doByPalette("chart logarithmic"), "Chart: Logarithmic (now: on)");
    QVERIFY(!m_window->workspace()->chartPanel()->scaleAction()->isChecked());
    const QString axis = doByPalette("horizontal time");
    QCOMPARE(axis, "Chart: What the horizontal axis shows (now: Size): Time");
    QCOMPARE(m_window->workspace()->chartPanel()->axes().x, RunQuantity::Milliseconds);
    QCOMPARE(doByPalette("light or dark"), "View: Light or dark (now: As the system): Dark");
    QCOMPARE(QSettings().value("window/theme").toString(), "dark");
    QCOMPARE(doByPalette("light or dark"), "View: Light or dark (now: Dark): Dark");
    QCOMPARE(doByPalette("notices"), "View: Notices when long tasks end (now: on)");
    QVERIFY(!TaskNotices::areWanted());
    QCOMPARE(doByPalette("widths equal"), "View: Widths (now: Square root of bytes): All equal");
    QCOMPARE(m_window->workspace()->mapPanel()->map()->widths(), LayerWidths::Equal);
    QVERIFY(doByPalette("language english").startsWith("View: Language (now: "));
    QCOMPARE(doByPalette("threads cores"),
             "Threads that compute (now: 1): as many as there are cores");
    QCOMPARE(document().choices().threads, 0);
    // There is no dialog of settings: they are found where they are.
    for (const char *word : {"settings", "options"}) {
        QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
        auto *palette = m_window->findChild<CommandPalette *>();
        QVERIFY(palette);
        palette->findChild<QLineEdit *>()->setText(QLatin1String(word));
        QStringList titles;
        auto *list = palette->findChild<QTreeWidget *>();
        for (int i = 0; i < list->topLevelItemCount(); ++i)
            titles << list->topLevelItem(i)->text(0);
        for (const char *part : {"Language", "Light or dark", "Threads", "Keyboard shortcuts"})
            QVERIFY2(!titles.filter(QLatin1String(part)).isEmpty(), part);
        delete palette;
    }
}

void TestWindowStates::techniquesAreFound_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("first");
    QTest::newRow("name") << "quantize.affine"
                          << "quantize.affine";
    QTest::newRow("a pattern") << "2:4"
                               << "prune.wanda";
    QTest::newRow("a width") << "int8"
                             << "quantize.int8";
    QTest::newRow("a setting") << "group"
                               << "quantize.gptq";
    QTest::newRow("a setting in plain words") << "largest inputs"
                                              << "quantize.gptq";
    QTest::newRow("another name") << "fp16"
                                  << "quantize.half";
    QTest::newRow("what pruning does") << "remove"
                                       << "prune.magnitude";
    QTest::newRow("plain words") << "low bits"
                                 << ""; // whatever it is, see below
    QTest::newRow("nothing") << "xyzzy"
                             << "";
}

void TestWindowStates::techniquesAreFound()
{
    QFETCH(QString, typed);
    QFETCH(QString, first);
    openTiny();
    QTest::mouseClick(find<QPushButton>("addTechnique"), Qt::LeftButton);
    auto *line = find<QLineEdit>("techniqueFilter");
    QTRY_VERIFY(line->isVisible());
    QTest::keyClicks(line, typed);
    QStringList found;
    for (const ChoiceButton *button : line->parentWidget()->findChildren<ChoiceButton *>()) {
        if (button->isVisibleTo(line->parentWidget()))
            found << button->objectName();
    }
    QCOMPARE(find<QLabel>("techniqueNone")->isVisible(), found.isEmpty());
    if (!first.isEmpty())
        QVERIFY(found.contains(first));
    QVERIFY(found.size() < 12);
    // By their papers, too: each has one.
    for (const char *id : {"quantize.affine", "factorize.svd", "prune.magnitude"}) {
        const QString paper = QString::fromUtf8(techniqueInfo(id).reference.data(),
                                                qsizetype(techniqueInfo(id).reference.size()));
        line->setText(paper.section(' ', 0, 0));
        QVERIFY2(
            line->parentWidget()->findChild<ChoiceButton *>(id)->isVisibleTo(line->parentWidget()),
            id);
    }
}

void TestWindowStates::techniquesAreChosenByKeys()
{
    openTiny();
    QTest::mouseClick(find<QPushButton>("addTechnique"), Qt::LeftButton);
    auto *line = find<QLineEdit>("techniqueFilter");
    QTRY_VERIFY(line->isVisible());
    QTest::keyClick(line, Qt::Key_Return); // nothing was typed: nothing is meant
    QVERIFY(line->isVisible());
    QTest::keyClicks(line, "quantize");
    QTest::keyClick(line, Qt::Key_Down);
    auto *first = qobject_cast<ChoiceButton *>(QApplication::focusWidget());
    QVERIFY(first);
    QTest::keyClick(first, Qt::Key_Down);
    auto *second = qobject_cast<ChoiceButton *>(QApplication::focusWidget());
    QVERIFY(second && second != first);
    QTest::keyClick(second, Qt::Key_Up);
    QTest::keyClick(first, Qt::Key_Up);
    QCOMPARE(QApplication::focusWidget(), line);
    QTest::keyClick(line, Qt::Key_Escape); // the words first
    QVERIFY(line->text().isEmpty() && line->isVisible());
    QTest::keyClicks(line, "prune.magnitude");
    QTest::keyClick(line, Qt::Key_Return);
    QVERIFY(!line->isVisible());
    QCOMPARE(document().choices().steps.front().step.technique, "prune.magnitude");
}

void TestWindowStates::controlsSayWhatTheyAre()
{
    openTiny();
    auto *measure = find<QPushButton>("measure");
    QVERIFY(whatsThisText(measure).contains(measure->toolTip().toHtmlEscaped()));
    QVERIFY(whatsThisText(measure).contains("href=\"numbers\""));
    // Without a tool tip: how its page begins.
    const QString map = whatsThisText(m_window->workspace()->mapPanel()->map());
    QVERIFY(map.contains("href=\"layermap\""));
    const LayerMap *layers = m_window->workspace()->mapPanel()->map();
    const QPoint up = layers->cellRect(*layers->data().find("encoder.0.ffn.up")).center().toPoint();
    const QString cell = whatsThisText(layers->viewport(), up);
    QVERIFY2(cell.contains("encoder.0.ffn.up") && cell.contains("first half of the feed-forward"),
             qPrintable(cell));
    QVERIFY(map.size() > helpTitle("layermap").size() + 80);
    // As Qt asks, in its mode.
    QHelpEvent query(QEvent::QueryWhatsThis, {5, 5}, measure->mapToGlobal(QPoint(5, 5)));
    query.ignore();
    QApplication::sendEvent(measure, &query);
    QVERIFY(query.isAccepted());
    find<QAction>("whatsThis")->trigger();
    QVERIFY(QWhatsThis::inWhatsThisMode());
    QTest::mouseClick(measure, Qt::LeftButton);
    QVERIFY(!QWhatsThis::inWhatsThisMode());
    QCOMPARE(document().job().state, JobStatus::State::Idle); // it was asked about, not pressed
    QWhatsThisClickedEvent clicked(QStringLiteral("numbers"));
    QApplication::sendEvent(measure, &clicked);
    QVERIFY(m_window->findChild<HelpWindow *>()->isVisible());
    QCOMPARE(m_window->findChild<HelpWindow *>()->page(), "numbers");
}

void TestWindowStates::noticesOfLongWork_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<double>("seconds");
    QTest::addColumn<QString>("title");
    QTest::newRow("long") << int(JobEntry::State::Finished) << 31.0 << "Measuring 4 bits: done";
    QTest::newRow("short") << int(JobEntry::State::Finished) << 29.0 << QString();
    QTest::newRow("cancelled") << int(JobEntry::State::Cancelled) << 90.0 << QString();
    QTest::newRow("failed") << int(JobEntry::State::Failed) << 90.0 << "Measuring 4 bits: failed";
}

void TestWindowStates::noticesOfLongWork()
{
    QFETCH(int, state);
    QFETCH(double, seconds);
    QFETCH(QString, title);
    JobEntry entry;
    entry.state = static_cast<JobEntry::State>(state);
    entry.title = message("Measuring %1", "4 bits");
    entry.error = message("out of disk");
    const std::optional<TaskNotice> notice = noticeOfWork(entry, seconds);
    QCOMPARE(notice ? notice->title : QString(), title);
    if (state == int(JobEntry::State::Failed))
        QCOMPARE(notice->text, "out of disk");
}

void TestWindowStates::noticesCanBeSwitchedOff()
{
    auto *action = find<QAction>("longTaskNotices");
    QVERIFY(action->isChecked() && TaskNotices::areWanted());
    action->trigger();
    QVERIFY(!action->isChecked() && !TaskNotices::areWanted());
    auto *notices = m_window->findChild<TaskNotices *>();
    QSignalSpy told(notices, &TaskNotices::told);
    JobEntry entry;
    entry.state = JobEntry::State::Finished;
    entry.seconds = 60;
    QWidget other; // people have left
    other.show();
    other.activateWindow();
    QTRY_VERIFY(!m_window->isActiveWindow());
    Q_EMIT document().workEnded(entry);
    QCOMPARE(told.count(), 0);
    action->trigger();
    Q_EMIT document().workEnded(entry);
    QCOMPARE(told.count(), 1);
    m_window->activateWindow();
    QTRY_VERIFY(m_window->isActiveWindow());
    Q_EMIT document().workEnded(entry); // it is seen in the strip
    QCOMPARE(told.count(), 1);
}

/// From what the project holds: the curve of the training, the files and what was found of them.
void TestWindowStates::runsSayHowTheyWereTrainedAndExported()
{
    openTiny();
    QVERIFY(test::measureStep(document(), "quantize.affine bits=4"));
    document().exportModel(
        document().runs().front().id,
        {m_folder.filePath("out").toStdString(), ExportFormat::Gguf, DType::Float32, true});
    QTRY_COMPARE_WITH_TIMEOUT(document().exports().size(), std::size_t(1), patience);
    Run trained = document().runs().front();
    trained.id = "trained";
    trained.training = TrainingRecord();
    trained.training->points = {{1, 0.5, 2.0, 1e-3, 1.0}, {2, 1.0, 1.5, 1e-3, 0.5}};
    document().importRuns({trained}, {});
    auto *workspace = m_window->findChild<Workspace *>();
    const auto *curve = workspace->trainingPanel()->findChild<LossCurve *>();
    QVERIFY(curve->record().points.empty());
    workspace->showRun("trained");
    QVERIFY(curve->record() == *trained.training);
    QVERIFY(find<QLabel>("teachRun")->text().contains("4 bits"));
    workspace->showRun(QString::fromStdString(document().runs().front().id));
    QVERIFY(curve->record().points.empty());
    const MeterFigure size = m_window->findChild<Meter *>()->data().size;
    QVERIFY2(size.remark.endsWith("exported: GGUF"), qPrintable(size.remark));
    QVERIFY2(size.details.contains("out/model.gguf") && size.details.contains("answers changed"),
             qPrintable(size.details));
    const RunsModel *runs = m_window->findChild<RunsPanel *>()->model();
    QCOMPARE(runs->index(0, RunsModel::ExportsColumn).data().toString(), QString("GGUF"));
}

QTEST_MAIN(TestWindowStates)
#include "tst_windowstates.moc"
