#include "widgets/panels/jobspanel.h"
#include "widgets/panels/jobstrip.h"
#include "widgets/panels/meter.h"
#include "widgets/panels/recipepanel.h"
#include "widgets/panels/startpage.h"

#include "widgets/panels/choicebutton.h"
#include "widgets/theme/stylesheet.h"
#include "widgets/theme/toggleswitch.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableWidget>
#include <QTest>
#include <cmath>

using namespace pare;

namespace {

RecipePanelData twoCards()
{
    RecipePanelData data;
    data.hasModel = true;
    for (const char *text : {"factorize.svd rank=24", "quantize.affine bits=4"}) {
        StepCardData card;
        card.title = QString::fromStdString(shortName(checked(parsedStep(text))));
        card.text = QLatin1String(text);
        data.cards.push_back(card);
    }
    data.chosen = 1;
    data.cards[1].chosen = true;
    data.chosenStep = checked(parsedStep("quantize.affine bits=4"));
    return data;
}

} // namespace

class TestPanels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cardsSayWhatIsWanted();
    void shownRunCannotBeEdited();
    void chooserListsEveryTechnique();
    void chooserIsAsDarkAsItsWindow();
    void chooserSaysWhatNeedsData();
    void dataIsChosenInThePanel();
    void numbersLeaveUndoToTheDocument();
    void notesStandUnderTheCards();
    void stripShowsWorkAndProblems();
    void meterSaysWhatIsNotKnown();
    void startPageOpensWhatIsThere();
    void startPageAsksWhereProjectsAre();
    void jobsAreListedAndActedOn();
    void jobsStayChosenWhileTheyMove();
};

void TestPanels::cardsSayWhatIsWanted()
{
    RecipePanel panel;
    panel.resize(300, 700);
    panel.setData(twoCards());
    panel.show();
    auto *card = panel.findChild<StepCard *>("step0");
    QSignalSpy chosen(&panel, &RecipePanel::stepChosen);
    QTest::mouseClick(card, Qt::LeftButton, {}, QPoint(20, card->height() - 6));
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.first().first().value<std::size_t>(), 0u);
    QSignalSpy enabled(&panel, &RecipePanel::stepEnabled);
    QTest::mouseClick(card->findChild<ToggleSwitch *>(), Qt::LeftButton);
    QCOMPARE(enabled.count(), 1);
    QCOMPARE(enabled.first().at(1).toBool(), false);
    QSignalSpy removed(&panel, &RecipePanel::stepRemoved);
    QTest::keyClick(card, Qt::Key_Delete);
    QCOMPARE(removed.count(), 1);
    QTest::mouseClick(panel.findChild<QPushButton *>("removeStep"), Qt::LeftButton);
    QCOMPARE(removed.last().first().value<std::size_t>(), 1u);
}

void TestPanels::shownRunCannotBeEdited()
{
    RecipePanel panel;
    panel.show();
    RecipePanelData data = twoCards();
    data.editable = false;
    data.shownRun = "4 bits";
    data.chosen.reset();
    for (StepCardData &card : data.cards)
        card.editable = false;
    panel.setData(data);
    QVERIFY(!panel.findChild<QPushButton *>("addTechnique")->isVisible());
    QVERIFY(!panel.findChild<QPushButton *>("removeStep")->isVisible());
    QSignalSpy restore(&panel, &RecipePanel::restoreRequested);
    QTest::mouseClick(panel.findChild<QPushButton *>("restoreRun"), Qt::LeftButton);
    QCOMPARE(restore.count(), 1);
}

void TestPanels::chooserListsEveryTechnique()
{
    RecipePanel panel;
    RecipePanelData data;
    data.hasModel = true;
    panel.setData(data);
    panel.show();
    QSignalSpy added(&panel, &RecipePanel::techniqueAdded);
    for (const TechniqueInfo &technique : techniqueTable()) {
        panel.chooseTechnique();
        auto *button =
            panel.findChild<ChoiceButton *>(QString::fromStdString(std::string(technique.id)));
        QVERIFY(button && button->isVisible());
        QTest::keyClick(button, Qt::Key_Return);
        QVERIFY(!button->isVisible());
        QCOMPARE(added.last().first().toString().toStdString(), std::string(technique.id));
    }
}

/// It is a window of its own, and yet the theme's colours must reach it.
void TestPanels::chooserIsAsDarkAsItsWindow()
{
    RecipePanel panel;
    RecipePanelData data;
    data.hasModel = true;
    panel.setData(data);
    panel.show();
    const auto *button = panel.findChild<ChoiceButton *>("prune.magnitude");
    for (const ThemeMode mode : {ThemeMode::Dark, ThemeMode::Light}) {
        applyTheme(panel, Theme::of(mode));
        panel.chooseTechnique();
        QVERIFY(button->isVisible());
        QCOMPARE(Theme::of(button->palette()).mode, mode);
    }
}

void TestPanels::chooserSaysWhatNeedsData()
{
    RecipePanel panel;
    RecipePanelData data;
    data.hasModel = true;
    data.data.emplace();
    data.data->calibration.choice.suggestions = QStringList{"wordnet:train"};
    panel.setData(data);
    panel.show();
    panel.chooseTechnique();
    auto *calibrated = panel.findChild<ChoiceButton *>("prune.wanda");
    auto *other = panel.findChild<ChoiceButton *>("prune.magnitude");
    auto *choice = panel.findChild<DataChoice *>("chooserCalibration");
    QVERIFY(choice->isVisible());
    QVERIFY(calibrated->accessibleDescription().contains("needs calibration data"));
    QVERIFY(!other->accessibleDescription().contains("needs calibration data"));
    QSignalSpy chosen(&panel, &RecipePanel::dataChosen);
    choice->menu()->actions().at(1)->trigger();
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.first().at(0).value<DataUse>(), DataUse::Calibration);
    QCOMPARE(chosen.first().at(1).toString(), QString("wordnet:train"));
    const int before = calibrated->heightForWidth(300);
    data.data->calibration.choice.chosen = "wordnet:train";
    panel.setData(data);
    QVERIFY(!choice->isVisible());
    QVERIFY(!calibrated->accessibleDescription().contains("needs calibration data"));
    QVERIFY(calibrated->heightForWidth(300) < before);
    QVERIFY(calibrated->isVisible()); // the list stays open
}

void TestPanels::dataIsChosenInThePanel()
{
    RecipePanel panel;
    panel.show();
    RecipePanelData data = twoCards();
    panel.setData(data);
    auto *measuring = panel.findChild<DataChoice *>("measuringData");
    QVERIFY(!measuring->isVisible()); // without weights nothing is measured
    data.data.emplace();
    data.data->measuring.choice = {"Measured on", "test.tsv", "/data/test.tsv", {}, false};
    data.data->calibration.choice = {"Calibrated on", {}, {}, {"wordnet:train"}, true};
    panel.setData(data);
    QTRY_VERIFY(measuring->isVisible());
    QCOMPARE(measuring->text(), QString("test.tsv"));
    QCOMPARE(measuring->accessibleName(), QString("Measured on: test.tsv"));
    auto *calibration = panel.findChild<DataChoice *>("calibrationData");
    auto *examples = panel.findChild<QSpinBox *>("calibrationExamples");
    QVERIFY(!examples->isVisible()); // of nothing
    QCOMPARE(calibration->menu()->actions().size(), 2);
    QSignalSpy asked(&panel, &RecipePanel::dataFileRequested);
    calibration->menu()->actions().first()->trigger();
    QCOMPARE(asked.first().first().value<DataUse>(), DataUse::Calibration);
    data.data->calibration.choice.chosen = "wordnet:train";
    data.data->calibrationExamples = 64;
    panel.setData(data);
    QTRY_VERIFY(examples->isVisible());
    QCOMPARE(examples->value(), 64);
    QSignalSpy counted(&panel, &RecipePanel::calibrationExamplesChanged);
    examples->setValue(32);
    QCOMPARE(counted.first().first().toInt(), 32);
    QSignalSpy chosen(&panel, &RecipePanel::dataChosen);
    calibration->menu()->actions().last()->trigger(); // none
    QVERIFY(chosen.first().at(1).toString().isEmpty());
    data.data->editable = false;
    panel.setData(data);
    QVERIFY(!calibration->isEnabled() && !examples->isEnabled());
}

void TestPanels::numbersLeaveUndoToTheDocument()
{
    RecipePanel panel;
    auto *examples = panel.findChild<QSpinBox *>("calibrationExamples");
    for (const auto &[key, accepted] : {std::pair{Qt::Key_Z, false}, {Qt::Key_V, true}}) {
        QKeyEvent event(QEvent::ShortcutOverride, key, Qt::ControlModifier);
        event.ignore();
        QApplication::sendEvent(examples, &event);
        QCOMPARE(event.isAccepted(), accepted);
    }
}

void TestPanels::notesStandUnderTheCards()
{
    RecipePanel panel;
    panel.resize(300, 700);
    RecipePanelData data = twoCards();
    data.notes = QStringList{"steps are applied in another order", "shared layers act once"};
    panel.setData(data);
    panel.show();
    auto *notes = panel.findChild<QLabel *>("notes");
    QVERIFY(notes->isVisible());
    QVERIFY(notes->text().contains("another order") && notes->text().contains("act once"));
    QTRY_VERIFY(notes->y() > panel.findChild<StepCard *>("step1")->y());
    QVERIFY(notes->y() < panel.findChild<QPushButton *>("addTechnique")->y());
    data.notes.clear();
    panel.setData(data);
    QVERIFY(!notes->isVisible());
}

void TestPanels::stripShowsWorkAndProblems()
{
    JobStrip strip;
    strip.resize(1200, 30);
    strip.show();
    auto *cancel = strip.findChild<QPushButton *>("cancel");
    QVERIFY(!cancel->isVisible());
    JobStripData data;
    data.running = true;
    data.share = 0.25;
    strip.setData(data);
    QVERIFY(cancel->isVisible());
    const auto *bar = strip.findChild<QProgressBar *>();
    QCOMPARE(bar->value(), bar->maximum() / 4);
    QSignalSpy cancelled(&strip, &JobStrip::cancelRequested);
    QTest::mouseClick(cancel, Qt::LeftButton);
    QCOMPARE(cancelled.count(), 1);
    QSignalSpy paused(&strip, &JobStrip::pauseRequested);
    QSignalSpy continued(&strip, &JobStrip::continueRequested);
    QSignalSpy jobs(&strip, &JobStrip::jobsRequested);
    QTest::keyClick(strip.findChild<QPushButton *>("pause"), Qt::Key_Space);
    QCOMPARE(paused.count(), 1);
    data.paused = true;
    data.jobs = "2 waiting";
    strip.setData(data);
    QTest::mouseClick(strip.findChild<QPushButton *>("pause"), Qt::LeftButton);
    QCOMPARE(paused.count(), 1);
    QCOMPARE(continued.count(), 1);
    QTest::mouseClick(strip.findChild<QPushButton *>("jobsButton"), Qt::LeftButton);
    QCOMPARE(jobs.count(), 1);
    strip.setProblem("model.safetensors: too short");
    QTest::mouseClick(strip.findChild<QPushButton *>("copyProblem"), Qt::LeftButton);
    QCOMPARE(QApplication::clipboard()->text(), QString("model.safetensors: too short"));
    QTest::mouseClick(strip.findChild<QPushButton *>("dismissProblem"), Qt::LeftButton);
    QVERIFY(strip.problem().isEmpty());
}

void TestPanels::meterSaysWhatIsNotKnown()
{
    Meter meter;
    meter.show();
    MeterData data;
    data.metric.kind = "not measured";
    meter.setData(data);
    auto *value = meter.findChild<QLabel *>("metricValue");
    QCOMPARE(value->text(), QString("–"));
    QVERIFY(!meter.findChild<QPushButton *>("measure")->isEnabled());
    data.metric.value = "91.6";
    data.metric.kind = "measured";
    data.canMeasure = true;
    meter.setData(data);
    QCOMPARE(value->text(), QString("91.6"));
    QVERIFY(value->accessibleName().contains("measured"));
    QSignalSpy measure(&meter, &Meter::measureRequested);
    QTest::mouseClick(meter.findChild<QPushButton *>("measure"), Qt::LeftButton);
    QCOMPARE(measure.count(), 1);
}

void TestPanels::startPageOpensWhatIsThere()
{
    StartPage page;
    page.resize(1000, 700);
    const QString here = QCoreApplication::applicationFilePath();
    page.setRecent({{here, "here", {}, {}}, {"/nowhere/gone.pare", "gone", {}, {}}});
    page.show();
    QSignalSpy recent(&page, &StartPage::recentRequested);
    for (ChoiceButton *button : page.findChildren<ChoiceButton *>()) {
        if (button->objectName().isEmpty())
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QCOMPARE(recent.count(), 1);
    QCOMPARE(recent.first().first().toString(), here);
    QSignalSpy demo(&page, &StartPage::demoRequested);
    QTest::keyClick(page.findChild<ChoiceButton *>("startDemo"), Qt::Key_Space);
    QCOMPARE(demo.count(), 1);
}

void TestPanels::startPageAsksWhereProjectsAre()
{
    StartPage page;
    page.resize(1000, 700);
    const QString here = QCoreApplication::applicationFilePath();
    page.setRecent({{here, "here", {}, {}}, {"/nowhere/gone.pare", "gone", {}, {}}});
    page.show();
    for (const ThemeMode mode : {ThemeMode::Dark, ThemeMode::Light}) {
        applyTheme(page, Theme::of(mode));
        page.setRecent({{here, "here", {}, {}}, {"/nowhere/gone.pare", "gone", {}, {}}});
        for (const QPushButton *way : page.findChildren<QPushButton *>("relocate"))
            QCOMPARE(Theme::of(way->parentWidget()->palette()).mode, mode);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    QTRY_VERIFY(page.findChild<QPushButton *>("relocate")->isVisible());
    const QImage before = page.grab().toImage();
    page.setCurve(here, {{2e6, 0.91}, {8e6, 0.93}, {1e6, 0.8}, {-1, 2}, {4e6, std::nan("")}});
    page.setCurve("/never/shown.pare", {{1, 1}});
    QVERIFY(page.grab().toImage() != before);
    QSignalSpy relocate(&page, &StartPage::relocateRequested);
    QSignalSpy forget(&page, &StartPage::forgetRequested);
    QCOMPARE(page.findChildren<QPushButton *>("relocate").size(), 1);
    QTest::mouseClick(page.findChild<QPushButton *>("relocate"), Qt::LeftButton);
    QTest::keyClick(page.findChild<QPushButton *>("forget"), Qt::Key_Space);
    QCOMPARE(relocate.first().first().toString(), QString("/nowhere/gone.pare"));
    QCOMPARE(forget.first().first().toString(), QString("/nowhere/gone.pare"));
}

namespace {

std::vector<JobRow> someJobs()
{
    using enum JobRow::Kind;
    return {
        {7, Running, "running", "Measuring 4 bits", "14:02:11", "3.0 s", "91.2 %", false, false},
        {8, Waiting, "next", "Measuring 3 bits", "", "", "", false, false},
        {9, Waiting, "waits, 2", "Measuring 2 bits", "", "", "", false, false},
        {5, Ended, "failed", "Exporting", "14:01:00", "1.0 s", "the disk is full", true, true}};
}

} // namespace

void TestPanels::jobsAreListedAndActedOn()
{
    JobsPanel panel;
    panel.resize(900, 300);
    panel.show();
    const auto action = [&panel](const char *name) {
        return panel.findChild<QAction *>(QLatin1String(name));
    };
    for (const char *name : {"jobPause", "jobFirst", "jobCancel", "jobRepeat", "jobCopy"})
        QVERIFY2(!action(name)->isEnabled(), name);
    panel.setRows(someJobs());
    QSignalSpy paused(&panel, &JobsPanel::pauseRequested);
    QSignalSpy continued(&panel, &JobsPanel::continueRequested);
    QSignalSpy cancelled(&panel, &JobsPanel::cancelRequested);
    QSignalSpy first(&panel, &JobsPanel::firstRequested);
    QSignalSpy repeated(&panel, &JobsPanel::repeatRequested);
    panel.table()->setFocus();
    panel.table()->selectRow(1);
    QVERIFY(!action("jobFirst")->isEnabled()); // it is
    panel.table()->selectRow(2);
    action("jobFirst")->trigger();
    QCOMPARE(first.last().first().toULongLong(), 9ULL);
    action("jobCancel")->trigger();
    QCOMPARE(cancelled.last().first().toULongLong(), 9ULL);
    QVERIFY(!action("jobRepeat")->isEnabled());
    panel.table()->selectRow(3);
    QVERIFY(!action("jobCancel")->isEnabled());
    QCOMPARE(panel.findChild<QLabel *>("jobDetail")->text(), QString("the disk is full"));
    action("jobRepeat")->trigger();
    QCOMPARE(repeated.last().first().toULongLong(), 5ULL);
    action("jobCopy")->trigger();
    QVERIFY(QApplication::clipboard()->text().contains("Exporting\tfailed"));
    action("jobPause")->trigger();
    QCOMPARE(paused.count(), 1);
    std::vector<JobRow> rows = someJobs();
    rows[0].kind = JobRow::Kind::Paused;
    panel.setRows(rows);
    action("jobPause")->trigger();
    QCOMPARE(continued.count(), 1);
}

void TestPanels::jobsStayChosenWhileTheyMove()
{
    JobsPanel panel;
    panel.setRows(someJobs());
    panel.table()->selectRow(2);
    std::vector<JobRow> rows = someJobs();
    std::swap(rows[1], rows[2]);
    panel.setRows(rows);
    QCOMPARE(panel.table()->currentRow(), 1);
    QCOMPARE(panel.table()->item(1, 1)->text(), QString("Measuring 2 bits"));
    rows.erase(rows.begin() + 1);
    panel.setRows(rows);
    QVERIFY(panel.table()->selectedItems().isEmpty());
}

QTEST_MAIN(TestPanels)
#include "tst_panels.moc"
