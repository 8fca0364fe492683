#include "tests/support/windowtest.h"

#include "app/window/dockarea.h"
#include "app/window/workspace.h"
#include "core/base/files.h"
#include "widgets/charts/tradeoffpanel.h"
#include "widgets/layermap/layermappanel.h"
#include "widgets/panels/choicebutton.h"
#include "widgets/panels/datachoice.h"
#include "widgets/panels/jobstrip.h"
#include "widgets/panels/noticebar.h"
#include "widgets/panels/runspanel.h"
#include "widgets/panels/settingeditor.h"
#include "widgets/theme/toggleswitch.h"
#include "widgets/theme/words.h"

#include <QAbstractSlider>
#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDockWidget>
#include <QDoubleSpinBox>
#include <QDropEvent>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QMimeData>
#include <QPushButton>
#include <QScrollBar>
#include <QTableView>
#include <QTextEdit>

using namespace pare;
using test::patience;
using test::textOf;

/// The window as a person uses it: clicks and keys, and what then stands in the views.
class TestMainWindow : public test::WindowTest
{
    Q_OBJECT

private Q_SLOTS:
    void beginsWithStartPage();
    void droppedFolderOpens();
    void severalFilesAreDropped();
    void noticeAsksForWhatIsMissing();
    void badDataAreToldWhereTheyWereChosen();
    void measureMakesPointRowAndErrors();
    void oneAccuracyHasOneInterval();
    void chosenRunShowsItsRecipe();
    void restoredRunBecomesRecipe();
    void cancelByKey();
    void brokenModelIsToldInWords();
    void commandIsCopied();
    void layoutIsKept();
    void emptyPanelsAreLow();
    void numbersNobodyMeasuredSayHowToGetThem();
    void teachingIsPausedAndGoesOn();
    void everythingHasAName();
    void everythingSaysWhatItDoes();

private:
    void sayWithOneVoice(const QString &missing);
    LayerMap *map() { return m_window->workspace()->mapPanel()->map(); }
    void add(const char *technique);
    void measure();
};

void TestMainWindow::add(const char *technique)
{
    QTest::mouseClick(find<QPushButton>("addTechnique"), Qt::LeftButton);
    QTest::mouseClick(find<ChoiceButton>(technique), Qt::LeftButton);
}

void TestMainWindow::measure()
{
    QSignalSpy finished(&document(), &Document::runFinished);
    QTest::mouseClick(find<QPushButton>("measure"), Qt::LeftButton);
    QVERIFY(finished.count() > 0 || finished.wait(patience));
}

void TestMainWindow::beginsWithStartPage()
{
    QVERIFY(find<ChoiceButton>("startDemo")->isVisible());
    QVERIFY(!m_window->workspace()->isVisible());
    openTiny();
    QVERIFY(m_window->workspace()->isVisible());
    QVERIFY(m_window->windowTitle().contains(".pare"));
    document().close();
    QVERIFY(find<ChoiceButton>("startDemo")->isVisible());
}

void TestMainWindow::droppedFolderOpens()
{
    QMimeData mime;
    mime.setUrls({QUrl::fromLocalFile(textOf(m_tiny.folder))});
    QDragEnterEvent enter(QPoint(20, 20), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPoint(20, 20), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &drop);
    QTRY_COMPARE_WITH_TIMEOUT(document().modelState(), ModelState::Open, patience);
    QVERIFY(document().hasProject());
    QCOMPARE(map()->data().cells.size(), document().model().layers.size());
}

/// A model with its data and a recipe at once; two models exclude each other, in words.
void TestMainWindow::severalFilesAreDropped()
{
    const QString recipe = m_folder.filePath("four.json");
    writeFile(recipe.toStdString(),
              R"({"steps": [{"technique": "quantize.affine", "settings": {"bits": 4}}]})");
    const auto drop = [this](const QStringList &paths) {
        QMimeData mime;
        QList<QUrl> urls;
        for (const QString &path : paths)
            urls << QUrl::fromLocalFile(path);
        mime.setUrls(urls);
        QDragEnterEvent enter(QPoint(20, 20), Qt::CopyAction, &mime, Qt::LeftButton,
                              Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &enter);
        QDropEvent event(QPoint(20, 20), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &event);
        return enter.isAccepted();
    };
    QVERIFY(drop({recipe, textOf(m_tiny.data), textOf(m_tiny.folder)}));
    QTRY_COMPARE_WITH_TIMEOUT(document().modelState(), ModelState::Open, patience);
    QCOMPARE(document().choices().steps.size(), 1u);
    QTRY_VERIFY_WITH_TIMEOUT(!document().choices().dataPath.empty(), patience);
    QVERIFY(drop({textOf(m_tiny.folder), m_folder.path()}));
    QVERIFY(m_window->strip()->problem().contains("one at a time"));
    QCOMPARE(document().choices().steps.size(), 1u);
}

void TestMainWindow::noticeAsksForWhatIsMissing()
{
    document().openProject(m_folder.filePath("without-data.pare"));
    const auto *notice = m_window->findChild<NoticeBar *>();
    QVERIFY(notice->isVisible());
    const auto *instead = find<QPushButton>("mapEmptyAction"); // of a map without layers
    QVERIFY(instead->isVisible() && !map()->isVisible());
    QVERIFY(!find<QLineEdit>("mapFind")->isEnabled());
    m_window->open(textOf(m_tiny.config));
    QTRY_COMPARE_WITH_TIMEOUT(document().modelState(), ModelState::Open, patience);
    QVERIFY(notice->notice().text.contains("config.json"));
    sayWithOneVoice("The weights are missing: only config.json was found.");
    QVERIFY(map()->isVisible() && !instead->isVisible());
    QVERIFY(find<QLineEdit>("mapFind")->isEnabled());
    m_window->open(textOf(m_tiny.folder));
    QTRY_VERIFY_WITH_TIMEOUT(notice->notice().action.contains("data"), patience);
    QVERIFY(!find<QPushButton>("measure")->isEnabled());
    m_window->open(textOf(m_tiny.data));
    QTRY_VERIFY_WITH_TIMEOUT(!notice->isVisible(), patience);
    QVERIFY(find<QPushButton>("measure")->isEnabled());
}

/// Of a model without weights: panels, buttons and keys.
void TestMainWindow::sayWithOneVoice(const QString &missing)
{
    QCOMPARE(find<QPushButton>("measure")->toolTip(), missing);
    QCOMPARE(find<QLabel>("runsEmpty")->text(), missing);
    QCOMPARE(find<QLabel>("chartEmpty")->text(), missing);
    QVERIFY(m_window->workspace()->meter()->data().metric.remark.contains("weights are missing"));
    QCOMPARE(find<QLabel>("budgetProof")->text(), missing);
    QVERIFY(!find<QWidget>("budgetLimit")->isEnabled());
    QCOMPARE(find<QDoubleSpinBox>("budgetLimit")->text(), QString::fromUtf8("–"));
    for (const auto &[key, title] : std::initializer_list<std::pair<QKeyCombination, QString>>{
             {Qt::CTRL | Qt::Key_R, "Measure"},
             {Qt::CTRL | Qt::SHIFT | Qt::Key_R, "Sensitivity of the layers"},
             {Qt::CTRL | Qt::SHIFT | Qt::Key_E, "Export the model"}}) {
        m_window->strip()->setProblem({});
        QTest::keyClick(QApplication::focusWidget(), key.key(), key.keyboardModifiers());
        QCOMPARE(m_window->strip()->problem(), title + ": " + missing);
    }
}

void TestMainWindow::badDataAreToldWhereTheyWereChosen()
{
    openTiny();
    const QString bad = m_folder.filePath("bad.tsv");
    writeFile(bad.toStdString(), "text\tlabel\nsun\thot\nice\tfreezing\n");
    auto *choice = find<DataChoice>("measuringData");
    const auto *words = find<QLabel>("measuringDataWords");
    QTRY_COMPARE_WITH_TIMEOUT(words->text(), "96 examples, 3 of 3 labels", patience);
    const auto *notice = m_window->findChild<NoticeBar *>();
    m_window->open(bad);
    QCOMPARE(words->text(), QString::fromUtf8("Looking at bad.tsv …"));
    QTRY_VERIFY_WITH_TIMEOUT(words->text().startsWith("Not taken: bad.tsv: line 3"), patience);
    QVERIFY(words->isVisible());
    QVERIFY(words->text().contains("cold, mild, hot") && words->toolTip().startsWith(bad));
    QVERIFY(m_window->strip()->problem().contains("freezing"));
    QCOMPARE(choice->text(), QFileInfo(textOf(m_tiny.data)).fileName());
    QVERIFY(!notice->isVisible()); // there are data to measure on
    document().setData(DataUse::Measuring, {});
    QVERIFY(notice->isVisible());
    m_window->open(bad);
    QTRY_VERIFY_WITH_TIMEOUT(words->text().contains("freezing"), patience);
    // What is wrong stands below the choice; data are still to be chosen.
    QCOMPARE(notice->notice().action, QString::fromUtf8("Open a data file…"));
    QCOMPARE(notice->notice().weight, Notice::Weight::Plain);
    QVERIFY(!notice->notice().text.contains("freezing"));
    QVERIFY(!find<QPushButton>("measure")->isEnabled());
    auto *recipe = m_window->workspace()->area()->dock(Panel::Recipe);
    recipe->hide();
    QVERIFY(notice->notice().text.contains("freezing"));
    QCOMPARE(notice->notice().weight, Notice::Weight::Problem);
    recipe->show();
    QVERIFY(notice->isVisible() && !notice->notice().text.contains("freezing"));
    m_window->open(textOf(m_tiny.data));
    QTRY_VERIFY_WITH_TIMEOUT(!notice->isVisible(), patience);
    QVERIFY(m_window->strip()->problem().isEmpty());
}

void TestMainWindow::measureMakesPointRowAndErrors()
{
    openTiny();
    add("quantize.affine");
    measure();
    const auto *runs = m_window->workspace()->runsPanel();
    QCOMPARE(runs->model()->rowCount(), 1);
    QCOMPARE(runs->selectedRun().toStdString(), document().runs().front().id);
    QCOMPARE(m_window->workspace()->chartPanel()->chart()->data().points.size(),
             2u); // and the original
    QVERIFY(find<QLabel>("metricValue")->text() != QString("–"));
    const LayerMapData &data = map()->data();
    QVERIFY(data.cells[*data.find("encoder.0.ffn.up")].state.value > 0);
    QVERIFY(!find<QPushButton>("measure")->isEnabled());
}

void TestMainWindow::oneAccuracyHasOneInterval()
{
    openTiny();
    measure();
    const Run &run = document().runs().front();
    const QString told = shareText(run.measured.metrics.at(run.primaryMetric));
    QCOMPARE(find<QLabel>("metricValue")->text() + ' ' + find<QLabel>("metricUnit")->text(), told);
    const auto *runs = m_window->workspace()->runsPanel();
    QVERIFY(runs->model()->index(0, 0).data(Qt::ToolTipRole).toString().contains(told));
    auto *chart = m_window->workspace()->chartPanel()->chart();
    chart->selectRun(QString::fromStdString(run.id));
    QVERIFY2(chart->accessibleDescription().contains(told),
             qPrintable(chart->accessibleDescription()));
    // Two timings of the model as it is are no change.
    QVERIFY(find<QLabel>("latencyRemark")->text().startsWith("the original"));
}

void TestMainWindow::chosenRunShowsItsRecipe()
{
    openTiny();
    add("quantize.affine");
    measure();
    add("prune.magnitude");
    QVERIFY(m_window->workspace()->shownRun().isEmpty());
    QCOMPARE(m_window->workspace()->recipePanel()->data().cards.size(), 2u);
    auto *table = m_window->workspace()->runsPanel()->table();
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                      table->visualRect(table->model()->index(0, 0)).center());
    QCOMPARE(m_window->workspace()->shownRun().toStdString(), document().runs().front().id);
    QCOMPARE(m_window->workspace()->recipePanel()->data().cards.size(), 1u);
    QCOMPARE(m_window->workspace()->chartPanel()->chart()->selectedRun(),
             m_window->workspace()->shownRun());
    QVERIFY(!find<QPushButton>("addTechnique")->isVisible());
    QCOMPARE(document().choices().steps.size(), 2u); // only shown
    QTest::mouseClick(find<QPushButton>("backToRecipe"), Qt::LeftButton);
    QCOMPARE(m_window->workspace()->recipePanel()->data().cards.size(), 2u);
}

void TestMainWindow::restoredRunBecomesRecipe()
{
    openTiny();
    add("quantize.affine");
    measure();
    QTest::mouseClick(find<QPushButton>("removeStep"), Qt::LeftButton);
    auto *table = m_window->workspace()->runsPanel()->table();
    const QPoint row = table->visualRect(table->model()->index(0, 0)).center();
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, row);
    QTest::mouseDClick(table->viewport(), Qt::LeftButton, {}, row);
    QCOMPARE(document().choices().steps.size(), 1u);
    QTRY_VERIFY(document().currentRun());
}

void TestMainWindow::cancelByKey()
{
    openTiny();
    QTest::keyClick(m_window.get(), Qt::Key_R, Qt::ControlModifier);
    QCOMPARE(document().job().state, JobStatus::State::Running);
    QVERIFY(find<QPushButton>("cancel")->isVisible());
    QTest::keyClick(m_window.get(), Qt::Key_Escape);
    QTRY_COMPARE_WITH_TIMEOUT(document().job().state, JobStatus::State::Cancelled, patience);
    QVERIFY(!find<QPushButton>("cancel")->isVisible());
    QVERIFY(document().runs().empty());
}

void TestMainWindow::brokenModelIsToldInWords()
{
    document().openProject(m_folder.filePath("broken-model.pare"));
    m_window->open(m_folder.filePath("nowhere"));
    QTRY_COMPARE_WITH_TIMEOUT(document().modelState(), ModelState::Failed, patience);
    const auto *notice = m_window->findChild<NoticeBar *>();
    QVERIFY(notice->notice().text.contains("nowhere"));
    QVERIFY(!QApplication::activeModalWidget());
}

void TestMainWindow::commandIsCopied()
{
    openTiny();
    add("quantize.affine");
    QTest::keyClick(m_window.get(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    const QString command = QApplication::clipboard()->text();
    QVERIFY(command.startsWith("pare run '"));
    QVERIFY(command.contains("--step 'quantize.affine bits=8"));
}

void TestMainWindow::layoutIsKept()
{
    auto *dock = find<QDockWidget>("inspectorDock");
    openTiny();
    QTRY_VERIFY(m_window->workspace()->isArranged());
    QCoreApplication::processEvents(); // the first arrangement comes with the next event
    dock->close();
    m_window->close();
    m_window = std::make_unique<MainWindow>();
    m_window->show();
    openTiny();
    QVERIFY(!find<QDockWidget>("inspectorDock")->isVisible());
    m_window->workspace()->area()->reset();
    QVERIFY(find<QDockWidget>("inspectorDock")->isVisible());
}

/// The map has the room while there is nothing below it; the first run takes its own.
void TestMainWindow::emptyPanelsAreLow()
{
    openTiny();
    const auto *runs = find<QDockWidget>("runsDock");
    QTRY_VERIFY(runs->height() < m_window->height() * 3 / 10);
    const int low = runs->height();
    measure();
    QTRY_VERIFY(runs->height() > low + 20);
}

void TestMainWindow::numbersNobodyMeasuredSayHowToGetThem()
{
    openTiny();
    find<QLineEdit>("mapFind")->setText("error >= 0");
    const auto *answer = find<QWidget>("mapAnswer");
    QVERIFY(answer->isVisible());
    QVERIFY(answer->findChild<QLabel *>()->text().contains("Run › Measure"));
    QVERIFY(map()->selection().isEmpty());
    QSignalSpy finished(&document(), &Document::runFinished);
    find<QPushButton>("mapAnswerAction")->click();
    QVERIFY(finished.count() > 0 || finished.wait(patience));
    QTRY_VERIFY(!answer->isVisible());
    QVERIFY(!map()->selection().isEmpty()); // it was looked for again
    find<QLineEdit>("mapFind")->setText("sensitivity > 5");
    QVERIFY(answer->findChild<QLabel *>()->text().contains("Sensitivity of the layers"));
}

void TestMainWindow::teachingIsPausedAndGoesOn()
{
    openTiny();
    Workspace *workspace = m_window->workspace();
    workspace->showTraining();
    workspace->setTeachingData(TeachingInput::Examples, textOf(m_tiny.data));
    QTRY_VERIFY_WITH_TIMEOUT(!document().choices().calibrationPath.empty(), patience);
    workspace->trainingPanel()->setOutput(m_folder.filePath("student"));
    auto *method = find<QComboBox>("teachMethod");
    const QWidget *plan = m_window->findChild<QWidget *>("teachPlan");
    QVERIFY(!plan->isVisible());
    method->setCurrentIndex(method->findData("theseus"));
    QVERIFY(plan->isVisible()); // how modules will be replaced
    method->setCurrentIndex(0);
    QVERIFY(!plan->isVisible());
    find<QDoubleSpinBox>("teachEpochs")->setValue(1000);
    auto *start = find<QPushButton>("teachStart");
    auto *pause = find<QPushButton>("teachPause");
    QVERIFY(start->isEnabled());
    start->click();
    QVERIFY(document().isTeaching());
    QVERIFY(pause->isVisible() && !start->isVisible());
    pause->click();
    QTRY_VERIFY_WITH_TIMEOUT(start->isVisible(), patience);
    QCOMPARE(start->text(), "Go on");
    find<QDoubleSpinBox>("teachEpochs")->setValue(2); // another training, which was not begun
    QCOMPARE(start->text(), "Teach");
}

void TestMainWindow::everythingHasAName()
{
    openTiny();
    add("quantize.affine");
    for (const QDockWidget *dock : m_window->findChildren<QDockWidget *>())
        QVERIFY(!dock->objectName().isEmpty());
    for (QWidget *widget : m_window->findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus ||
            widget->objectName().startsWith("qt_"))
            continue;
        const QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
        const QByteArray what =
            widget->metaObject()->className() + QByteArray(" ") + widget->objectName().toUtf8();
        QVERIFY2(accessible && !accessible->text(QAccessible::Name).isEmpty(), what.constData());
    }
    QVERIFY(!map()->accessibleName().isEmpty());
}

/// Of every control in every panel: what it does, in which range and unit.
void TestMainWindow::everythingSaysWhatItDoes()
{
    openTiny();
    add("quantize.affine");
    Workspace *workspace = m_window->workspace();
    workspace->showRecipeText();
    workspace->showTraining();
    workspace->showBudget();
    map()->setSelection({"encoder.0.ffn.up"});
    QStringList silent;
    for (const QWidget *widget : m_window->findChildren<QWidget *>()) {
        const bool control = qobject_cast<const QAbstractButton *>(widget) ||
                             qobject_cast<const QComboBox *>(widget) ||
                             qobject_cast<const QAbstractSpinBox *>(widget) ||
                             qobject_cast<const QAbstractSlider *>(widget) ||
                             qobject_cast<const QLineEdit *>(widget) ||
                             qobject_cast<const QTextEdit *>(widget);
        const bool part = widget->objectName().startsWith("qt_") ||
                          qobject_cast<const QScrollBar *>(widget) ||
                          qobject_cast<const QAbstractSpinBox *>(widget->parentWidget()) ||
                          qobject_cast<const QComboBox *>(widget->parentWidget()) ||
                          qobject_cast<const QLineEdit *>(widget->parentWidget()) ||
                          qobject_cast<const QTabBar *>(widget->parentWidget()) ||
                          qobject_cast<const QTableView *>(widget->parentWidget()) ||
                          qobject_cast<const QMenuBar *>(widget->parentWidget());
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        const bool saysSo =
            qobject_cast<const ChoiceButton *>(widget) != nullptr; // below its title
        const auto *notice = qobject_cast<const NoticeBar *>(widget->parentWidget());
        const bool unused = (notice && notice->notice().text.isEmpty()) ||
                            (button && button->text().isEmpty() && button->icon().isNull() &&
                             !qobject_cast<const ToggleSwitch *>(widget));
        if (control && !part && !saysSo && !unused && widget->toolTip().isEmpty())
            silent << QString(widget->metaObject()->className()) + ' ' + widget->objectName() +
                          ' ' + widget->accessibleName() + " in " +
                          widget->parentWidget()->metaObject()->className();
    }
    QVERIFY2(silent.isEmpty(), qPrintable('\n' + silent.join('\n')));
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
