// Budget, recipe text, palette, training: values in, intentions out.
#include "widgets/charts/losscurve.h"
#include "widgets/charts/scheduleview.h"
#include "widgets/panels/budgetpanel.h"
#include "widgets/panels/commandpalette.h"
#include "widgets/panels/recipetext.h"
#include "widgets/panels/trainingpanel.h"

#include <QApplication>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTableWidget>
#include <QTest>
#include <QTextBlock>
#include <QTextEdit>
#include <QTreeWidget>

using namespace pare;

class TestWhatIfPanels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBudgetIsTypedOverTheOldOne_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("told");
        QTest::addColumn<QString>("target");
        QTest::newRow("in range") << "2.5"
                                  << ""
                                  << "bytes<=2.50MB";
        QTest::newRow("the whole model") << "9.00"
                                         << ""
                                         << "bytes<=9.00MB";
        QTest::newRow("above") << "25"
                               << "At most 9.00 MB, as the model is now"
                               << "";
        QTest::newRow("below") << "0"
                               << "At least 0.01 MB"
                               << "";
    }
    /// As after Ctrl+B: the panel gets the keyboard, a number is typed, Enter.
    void aBudgetIsTypedOverTheOldOne()
    {
        QFETCH(QString, typed);
        QFETCH(QString, told);
        QFETCH(QString, target);
        BudgetPanel panel;
        panel.setOriginal(9, 1.2);
        BudgetPanelData data;
        data.canSearch = true;
        panel.setData(data);
        panel.show();
        QVERIFY(QTest::qWaitForWindowActive(&panel));
        panel.findChild<QPushButton *>("budgetSearch")->setFocus();
        panel.setFocus(Qt::ShortcutFocusReason);
        auto *limit = panel.findChild<QDoubleSpinBox *>("budgetLimit");
        auto *line = limit->findChild<QLineEdit *>();
        QTRY_VERIFY(line->hasSelectedText());
        QSignalSpy asked(&panel, &BudgetPanel::searchRequested);
        QTest::keyClicks(limit, typed);
        QCOMPARE(panel.findChild<QLabel *>("budgetRange")->text(), told);
        QTest::keyClick(limit, Qt::Key_Return);
        QCOMPARE(asked.isEmpty() ? QString() : asked.first().at(0).toString(), target);
        QCOMPARE(panel.findChild<QLabel *>("budgetRange")->isVisible(), !told.isEmpty());
        QCOMPARE(panel.findChild<QPushButton *>("budgetSearch")->isEnabled(), told.isEmpty());
    }
    void budgetsAreAskedInWords_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<double>("limit");
        QTest::addColumn<QString>("target");
        QTest::newRow("bytes") << 0 << 2.5 << "bytes<=2.50MB";
        QTest::newRow("accuracy") << 1 << 91.5 << "accuracy>=91.5%";
        QTest::newRow("time") << 2 << 0.75 << "latency<=0.75ms";
    }
    void budgetsAreAskedInWords()
    {
        QFETCH(int, kind);
        QFETCH(double, limit);
        QFETCH(QString, target);
        BudgetPanel panel;
        panel.setOriginal(9, 1.2);
        BudgetPanelData data;
        data.canSearch = true;
        data.selected = 2;
        panel.setData(data);
        panel.findChild<QComboBox *>("budgetKind")->setCurrentIndex(kind);
        panel.findChild<QDoubleSpinBox *>("budgetLimit")->setValue(limit);
        QSignalSpy asked(&panel, &BudgetPanel::searchRequested);
        panel.findChild<QAbstractButton *>("budgetLock")->setChecked(true);
        panel.findChild<QPushButton *>("budgetSearch")->click();
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.first().at(0).toString(), target);
        QCOMPARE(asked.first().at(1).toBool(), true);
    }

    void aSearchCanOnlyBeCancelled()
    {
        BudgetPanel panel;
        BudgetPanelData data;
        data.canSearch = true;
        panel.setData(data);
        panel.show();
        QVERIFY(QTest::qWaitForWindowActive(&panel));
        auto *search = panel.findChild<QPushButton *>("budgetSearch");
        auto *cancel = panel.findChild<QPushButton *>("budgetCancel");
        const int width = panel.minimumSizeHint().width();
        search->setFocus();
        QVERIFY(search->isVisible() && !cancel->isVisible());
        panel.setSearching("Looking for it: 3 of 258");
        QCOMPARE(panel.findChild<QLabel *>("budgetDoing")->text(), "Looking for it: 3 of 258");
        QVERIFY(!search->isVisible() && cancel->isVisible() && cancel->hasFocus());
        QCoreApplication::processEvents();
        QCOMPARE(panel.minimumSizeHint().width(), width); // or the window would grow
        QSignalSpy asked(&panel, &BudgetPanel::searchRequested);
        QSignalSpy cancelled(&panel, &BudgetPanel::cancelRequested);
        panel.findChild<QDoubleSpinBox *>("budgetLimit")->setValue(0.5); // for the next
        search->click();
        QVERIFY(asked.isEmpty());
        cancel->click();
        QCOMPARE(cancelled.count(), 1);
        panel.setSearching({});
        QVERIFY(search->isVisible() && search->isEnabled() && search->hasFocus());
        QVERIFY(!cancel->isVisible());
    }

    void proposalsAreAppliedOnlyWhenAsked()
    {
        BudgetPanel panel;
        panel.show();
        BudgetPanelData data;
        panel.setData(data);
        QVERIFY(!panel.findChild<QPushButton *>("budgetSearch")->isEnabled());
        QVERIFY(!panel.findChild<QPushButton *>("budgetApply")->isVisible());
        data.headline = "1.98 MB";
        data.rows = {{"encoder.0.ffn.up", "4 bits", "8 bits", "+1 kB", "0.1 %"},
                     {"pooler", "as it is", "nothing else fits", {}, {}}};
        data.strengths = 5;
        data.strength = 2;
        panel.setData(data);
        auto *table = panel.findChild<QTableWidget *>("budgetReasons");
        QCOMPARE(table->rowCount(), 2);
        QCOMPARE(table->item(0, 2)->text(), "8 bits");
        QSignalSpy applied(&panel, &BudgetPanel::applyRequested);
        QSignalSpy strength(&panel, &BudgetPanel::strengthChosen);
        QSignalSpy layer(&panel, &BudgetPanel::layerChosen);
        auto *slider = panel.findChild<QSlider *>("budgetStrength");
        QCOMPARE(slider->value(), 2);
        QCOMPARE(strength.count(), 0); // shown, not chosen
        slider->setValue(4);
        QCOMPARE(strength.count(), 1);
        table->setCurrentCell(1, 0);
        QCOMPARE(layer.last().first().toString(), "pooler");
        panel.findChild<QPushButton *>("budgetApply")->click();
        QCOMPARE(applied.count(), 1);
    }

    void textIsAppliedWhenItIsRight()
    {
        RecipeText text;
        text.show();
        text.setRecipe("quantize.half");
        auto *edit = text.findChild<QTextEdit *>("recipeText");
        auto *apply = text.findChild<QPushButton *>("recipeTextApply");
        QCOMPARE(edit->toPlainText(), "quantize.half");
        QVERIFY(!apply->isEnabled());
        QSignalSpy edited(&text, &RecipeText::textEdited);
        QSignalSpy applied(&text, &RecipeText::applyRequested);
        edit->setPlainText("quantize.haf");
        QCOMPARE(edited.count(), 1);
        text.setProblem(1, "there is no technique");
        QVERIFY(!apply->isEnabled());
        QVERIFY(text.findChild<QLabel *>("recipeTextProblem")->text().startsWith("Line 1"));
        text.setRecipe("quantize.affine bits=4"); // changed elsewhere: what is typed stays
        QCOMPARE(edit->toPlainText(), "quantize.haf");
        edit->setPlainText("quantize.half @ block=1");
        text.setProblem(0, {});
        QTest::keyClick(edit, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(applied.count(), 1);
        QCOMPARE(applied.first().first().toString(), "quantize.half @ block=1");
        text.setEditable(false);
        QVERIFY(edit->isReadOnly());
    }

    void continuedLinesStandFurtherIn()
    {
        RecipeText text;
        auto *edit = text.findChild<QTextEdit *>("recipeText");
        QSignalSpy edited(&text, &RecipeText::textEdited);
        text.setRecipe("quantize.half\nquantize.affine bits=4 @ role=query,key,value,output");
        QCOMPARE(edited.count(), 1); // the form of lines is no text
        for (QTextBlock block = edit->document()->begin(); block.isValid(); block = block.next()) {
            QVERIFY(block.blockFormat().leftMargin() > 10);
            QCOMPARE(block.blockFormat().textIndent(), -block.blockFormat().leftMargin());
        }
        edit->moveCursor(QTextCursor::End);
        QTest::keyClicks(edit, "#");
        edit->undo();
        QCOMPARE(edit->toPlainText(), text.text());
        QVERIFY(text.text().endsWith("output"));
        QVERIFY(!text.isPending());
    }

    void paletteScores_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("better");
        QTest::addColumn<QString>("worse");
        QTest::newRow("beginning of a word") << "mea"
                                             << "Run: Measure"
                                             << "Add: Overmeasured";
        QTest::newRow("all words") << "run meas"
                                   << "Run: Measure"
                                   << "Run: Cancel";
        QTest::newRow("shorter") << "layer"
                                 << "Find layers"
                                 << "Sensitivity of all the layers";
        QTest::newRow("case") << "RUN"
                              << "Run: Measure"
                              << "File: Quit";
    }
    void paletteScores()
    {
        QFETCH(QString, typed);
        QFETCH(QString, better);
        QFETCH(QString, worse);
        QVERIFY(paletteScore(better, typed) > paletteScore(worse, typed));
        QVERIFY(paletteScore(better, typed) > 0);
        QCOMPARE(paletteScore(better, typed + " zzz"), 0.0);
        QVERIFY(paletteScore(better, {}) > 0);
    }

    void paletteActs()
    {
        QWidget window;
        window.resize(900, 700);
        window.show();
        int acted = 0;
        std::vector<PaletteEntry> entries{{"File: Quit", "Ctrl+Q", false, [&] { acted += 100; }},
                                          {"Run: Measure", "Ctrl+R", true, [&] { acted += 1; }},
                                          {"Run: Cancel", {}, true, [&] { acted += 10; }}};
        QPointer<CommandPalette> palette = new CommandPalette(entries, &window);
        palette->show();
        auto *line = palette->findChild<QLineEdit *>("paletteLine");
        auto *list = palette->findChild<QTreeWidget *>("paletteList");
        QCOMPARE(list->topLevelItemCount(), 3);
        QVERIFY(list->topLevelItem(2)->isDisabled()); // what cannot be done comes last
        QTest::keyClick(line, Qt::Key_Return);        // nothing is chosen yet
        QCOMPARE(acted, 0);
        QTest::keyClicks(line, "zzz");
        QCOMPARE(list->topLevelItem(0)->text(0), "Nothing fits");
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(acted, 0);
        line->clear();
        QTest::keyClicks(line, "run");
        QCOMPARE(list->topLevelItemCount(), 2);
        QTest::keyClick(line, Qt::Key_Down);
        QTest::keyClick(line, Qt::Key_Return);
        QVERIFY(acted == 1 || acted == 10);
        QTRY_VERIFY(palette.isNull());
        palette = new CommandPalette(entries, &window);
        palette->show();
        QTest::keyClicks(palette->findChild<QLineEdit *>("paletteLine"), "quit");
        QTest::keyClick(palette->findChild<QLineEdit *>("paletteLine"), Qt::Key_Return);
        QVERIFY(acted < 100);
        QVERIFY(!palette.isNull()); // nothing happened, so that it stays
    }

    void teachingIsAsked()
    {
        TrainingPanel panel;
        TrainingPanelData data;
        data.methods = {{"kd", "Softened answers", "…", "alpha=0.5", false},
                        {"tinybert", "TinyBERT", "…", "", true}};
        data.canTeach = true;
        panel.setData(data);
        QSignalSpy edited(&panel, &TrainingPanel::edited);
        QSignalSpy asked(&panel, &TrainingPanel::teachRequested);
        panel.findChild<QComboBox *>("teachMethod")->setCurrentIndex(1);
        panel.findChild<QLineEdit *>("teachSettings")->setText("augment=yes");
        panel.setOutput("/somewhere");
        QVERIFY(edited.count() >= 3);
        panel.show();
        panel.findChild<QComboBox *>("teachMap")->setCurrentText("0:1,1:3");
        panel.findChild<QPushButton *>("teachStart")->click();
        QCOMPARE(asked.count(), 1);
        const auto choice = asked.first().first().value<TeachingChoice>();
        QCOMPARE(choice.method, "tinybert augment=yes");
        QCOMPARE(choice.layerMap, "0:1,1:3");
        QCOMPARE(choice.output, "/somewhere");
        data.problem = "no such setting";
        panel.setData(data);
        QVERIFY(!panel.findChild<QPushButton *>("teachStart")->isEnabled());
    }

    void teachingIsPausedAndGoesOn()
    {
        TrainingPanel panel;
        panel.show();
        const auto *start = panel.findChild<QPushButton *>("teachStart");
        auto *pause = panel.findChild<QPushButton *>("teachPause");
        QVERIFY(start->isVisible() && !pause->isVisible());
        TrainingPanelData data;
        data.stage = TeachingStage::Running;
        panel.setData(data);
        QVERIFY(!start->isVisible() && pause->isVisible());
        QSignalSpy paused(&panel, &TrainingPanel::pauseRequested);
        pause->click();
        QCOMPARE(paused.count(), 1);
        data.stage = TeachingStage::Paused;
        panel.setData(data);
        QVERIFY(start->isVisible() && !pause->isVisible());
        QCOMPARE(start->text(), "Go on");
    }

    void dataToLearnFromAreDropped()
    {
        TrainingPanel panel;
        TrainingPanelData data;
        data.inputs[1].choice = {"Running text", "text.txt", "help", {}, true};
        data.inputs[1].holds = "12 lines, 3 documents";
        data.inputs[2].problem = "line 3 has no label";
        panel.setData(data);
        panel.show();
        QSignalSpy chosen(&panel, &TrainingPanel::dataChosen);
        const auto *field = panel.findChild<DataField *>("teachText");
        QCOMPARE(field->findChild<QLabel *>()->text(), "12 lines, 3 documents");
        QCOMPARE(panel.findChild<DataField *>("teachDevelopment")->findChild<QLabel *>()->text(),
                 "line 3 has no label");
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile("/data/words.txt")});
        auto *button = field->findChild<DataChoice *>();
        QDragEnterEvent enter(QPoint(4, 4), Qt::CopyAction, &mime, Qt::LeftButton, {});
        QApplication::sendEvent(button, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPoint(4, 4), Qt::CopyAction, &mime, Qt::LeftButton, {});
        QApplication::sendEvent(button, &drop);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.first().at(0).value<TeachingInput>(), TeachingInput::Text);
        QCOMPARE(chosen.first().at(1).toString(), "/data/words.txt");
    }

    void bestAndLastAreTold()
    {
        TrainingPanel panel;
        TrainingRecord record;
        record.points = {{10, 1, 2.0, 1e-3, 1}};
        TrainingEvaluation evaluation;
        evaluation.n = 872;
        for (const auto &[epoch, accuracy] : {std::pair(1, 0.8), {2, 0.9}, {3, 0.85}}) {
            evaluation.epoch = epoch;
            evaluation.accuracy = accuracy;
            record.evaluations.push_back(evaluation);
        }
        panel.setRecord(record);
        const QString text = panel.findChild<QLabel *>("teachScore")->text();
        QVERIFY2(text.contains("90.0 % right after 2.0") && text.contains("85.0 % right"),
                 qPrintable(text));
    }

    void schedulesAreDrawnBeforeAndWhile()
    {
        TrainingPanel panel;
        panel.show();
        const auto *planned = panel.findChild<ScheduleView *>("teachPlan");
        auto *running = panel.findChild<ScheduleView *>("scheduleView");
        QVERIFY(!planned->isVisible() && !running->isVisible());
        TrainingPanelData data;
        data.schedules.schedules = {{"bits", {{0, 8}, {350, 4}, {700, 2}, {1000, 2}}}};
        panel.setData(data);
        QVERIFY(planned->isVisible());
        QCOMPARE(planned->accessibleDescription(), "Bits: 8 \u2192 2 from 70 % of the training on");
        QVERIFY(planned->height() >= planned->sizeHint().height());
        TrainingRecord record;
        record.schedules = {{"replacement", {{0, 0.3}, {1167, 1}, {1400, 1}}}};
        record.points = {{700, 1, 2.0, 1e-3, 1}};
        panel.setRecord(record);
        data.stage = TeachingStage::Running;
        panel.setData(data);
        QVERIFY(!planned->isVisible() && running->isVisible());
        QCOMPARE(running->accessibleDescription(),
                 "Replaced modules: 30 % \u2192 100 % from step 1,167 on");
        const QImage half = running->grab().toImage();
        record.points.push_back({1400, 2, 1.0, 1e-3, 1});
        panel.setRecord(record);
        QVERIFY(half != running->grab().toImage()); // it has come further
        panel.setRecord({});
        QVERIFY(!running->isVisible());
    }

    void lossesHaveRoom()
    {
        TrainingRecord record;
        QCOMPARE(lossRanges(record).lossHigh, 1.0);
        record.points = {{10, 0.5, 2.0, 1e-3, 1}, {20, 1, 1.0, 1e-4, 1}};
        TrainingEvaluation evaluation;
        evaluation.step = 20;
        evaluation.loss = 1.5;
        evaluation.accuracy = 0.9;
        record.evaluations = {evaluation};
        const LossRanges ranges = lossRanges(record);
        QCOMPARE(ranges.steps, 20.0);
        QVERIFY(ranges.lossHigh > 2.0);
        QCOMPARE(ranges.rateHigh, 1e-3);
        QCOMPARE(ranges.normHigh, 1.0);
        QVERIFY(ranges.scoreLow < 0.9 && ranges.scoreHigh > 0.9 && ranges.scoreHigh <= 1);
        LossCurve curve;
        curve.setRecord(record);
        QVERIFY(curve.accessibleDescription().contains("20 steps"));
        QVERIFY(curve.accessibleDescription().contains("90.0 %"));
        QVERIFY(curve.accessibleDescription().contains("Learning rate 0.0001, gradient norm 1.00"));
    }
};

QTEST_MAIN(TestWhatIfPanels)
#include "tst_whatifpanels.moc"
