// The window in another language: chosen in the menu, at once, and again after a restart.
#include "tests/support/windowtest.h"

#include "app/window/dockarea.h"
#include "app/window/language.h"
#include "app/window/workspace.h"
#include "widgets/layermap/layermappanel.h"
#include "widgets/panels/runspanel.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDockWidget>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QPushButton>
#include <QSettings>
#include <QTextEdit>

using namespace pare;
using test::patience;
using test::textOf;

class TestLanguage : public test::WindowTest
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void beginsInEnglish();
    void menuListsLanguagesInTheirOwnWords();
    void changesAtOnceAndBack();
    void isKept();
    void keepsWhatWasOpenAndChosen();
    void keepsWhatWasTyped();
    void oneRunAndTwoRuns();
    void fieldsFollowTheLocale();
    void mirrorsWhereTextRunsFromTheRight();
    void messagesOfCoreAreTranslated();
    void unknownChoiceIsTheSystems();
    void numbersFollowTheLocale();
    void namesAreTranslated();

private:
    void choose(const char *action)
    {
        m_window->findChild<QAction *>(QLatin1String(action))->trigger();
    }
    QString firstMenu() const { return m_window->menuBar()->actions().first()->text(); }
};

void TestLanguage::init()
{
    QSettings().clear();
    QSettings().setValue("window/language", "en");
    useChosenLanguage();
    openWindow();
}

void TestLanguage::beginsInEnglish()
{
    QCOMPARE(spokenLanguage(), "en");
    QCOMPARE(firstMenu(), "&File");
}

void TestLanguage::menuListsLanguagesInTheirOwnWords()
{
    const auto *menu = m_window->findChild<QMenu *>("languageMenu");
    QVERIFY(menu);
    QStringList names, texts;
    for (const QAction *action : menu->actions()) {
        names << action->objectName();
        texts << action->text();
    }
    QCOMPARE(names, (QStringList{"languageSystem", "languageEnglish", "languageKorean"}));
    QCOMPARE(texts, (QStringList{"As the system", "English", QString::fromUtf8("한국어")}));
    QVERIFY(m_window->findChild<QAction *>("languageEnglish")->isChecked());
}

void TestLanguage::changesAtOnceAndBack()
{
    choose("languageKorean");
    QTRY_COMPARE(firstMenu(), QString::fromUtf8("파일(&F)"));
    QCOMPARE(spokenLanguage(), "ko");
    QCOMPARE(QLocale().language(), QLocale::Korean);
    QVERIFY(m_window->findChild<QAction *>("languageKorean")->isChecked());
    QCOMPARE(m_window->findChildren<QMenu *>("languageMenu").size(), 1);
    choose("languageEnglish");
    QTRY_COMPARE(firstMenu(), "&File");
    QCOMPARE(QLocale().language(), QLocale::English);
}

void TestLanguage::isKept()
{
    choose("languageKorean");
    QTRY_COMPARE(firstMenu(), QString::fromUtf8("파일(&F)"));
    m_window.reset();
    useChosenLanguage();
    m_window = std::make_unique<MainWindow>();
    QCOMPARE(firstMenu(), QString::fromUtf8("파일(&F)"));
}

void TestLanguage::keepsWhatWasOpenAndChosen()
{
    m_window->document().openProject(m_folder.filePath(QStringLiteral("language.pare")));
    m_window->open(textOf(m_tiny.folder));
    Document *document = &m_window->document();
    QTRY_COMPARE_WITH_TIMEOUT(document->modelState(), ModelState::Open, patience);
    LayerMapPanel *panel = m_window->workspace()->mapPanel();
    const QStringList chosen{QString::fromStdString(document->model().layers[1].name)};
    panel->map()->setSelection(chosen);
    panel->map()->setZoom(2);
    panel->setColour(LayerColour::Technique);
    m_window->findChild<QDockWidget *>("runsDock")->hide();
    const QRect geometry = m_window->geometry();

    choose("languageKorean");
    QTRY_COMPARE(firstMenu(), QString::fromUtf8("파일(&F)"));
    QCOMPARE(&m_window->document(), document);
    QCOMPARE(document->modelState(), ModelState::Open);
    QCOMPARE(m_window->geometry(), geometry);
    panel = m_window->workspace()->mapPanel();
    QVERIFY(panel->isVisible());
    QCOMPARE(panel->map()->selection(), chosen);
    QCOMPARE(panel->map()->zoom(), 2.);
    QCOMPARE(panel->map()->colour(), LayerColour::Technique);
    QVERIFY(m_window->findChild<QDockWidget *>("runsDock")->isHidden());
    QVERIFY(!m_window->findChild<QDockWidget *>("recipeDock")->isHidden());
    document->addStep({"quantize.affine", {}, {}});
    document->undo(); // the views that went away would be asked here
    QVERIFY(document->canRedo());
}

/// What was not applied yet is in the fields alone.
void TestLanguage::keepsWhatWasTyped()
{
    QVERIFY(test::openTiny(m_window->document(), m_tiny, m_folder.filePath("typed.pare")));
    Workspace *workspace = m_window->workspace();
    workspace->showRecipeText();
    workspace->showTraining();
    workspace->showBudget();
    workspace->inspectorPanel()->setTab(InspectorTab::Spectrum);
    workspace->setTeachingData(TeachingInput::Development, textOf(m_tiny.data));
    const auto set = [this](auto change) {
        change(m_window.get());
        QCoreApplication::processEvents();
    };
    set([](QWidget *w) {
        w->findChild<QTextEdit *>("recipeText")->setPlainText("quantize.affine bits=3\n# ");
        w->findChild<QComboBox *>("budgetKind")->setCurrentIndex(1);
        w->findChild<QDoubleSpinBox *>("budgetLimit")->setValue(77.5);
        w->findChild<QComboBox *>("teachMethod")->setCurrentIndex(2);
        w->findChild<QLineEdit *>("teachSettings")->setText("temperature=3");
        w->findChild<QLineEdit *>("teachOutput")->setText("/somewhere");
        w->findChild<QDoubleSpinBox *>("teachEpochs")->setValue(2.5);
        w->findChild<QLineEdit *>("runsFilter")->setText("bytes<4MB");
        w->findChild<QLineEdit *>("mapFind")->setText("ffn");
        w->findChild<QComboBox *>("mapColour")->setCurrentIndex(2);
    });
    choose("languageKorean");
    QTRY_COMPARE(firstMenu(), QString::fromUtf8("파일(&F)"));
    QWidget *w = m_window.get();
    QCOMPARE(w->findChild<QTextEdit *>("recipeText")->toPlainText(), "quantize.affine bits=3\n# ");
    QVERIFY(w->findChild<QPushButton *>("recipeTextApply")->isEnabled());
    QCOMPARE(w->findChild<QComboBox *>("budgetKind")->currentIndex(), 1);
    QCOMPARE(w->findChild<QDoubleSpinBox *>("budgetLimit")->value(), 77.5);
    QCOMPARE(w->findChild<QComboBox *>("teachMethod")->currentIndex(), 2);
    QCOMPARE(w->findChild<QLineEdit *>("teachSettings")->text(), "temperature=3");
    QCOMPARE(w->findChild<QLineEdit *>("teachOutput")->text(), "/somewhere");
    QCOMPARE(w->findChild<QDoubleSpinBox *>("teachEpochs")->value(), 2.5);
    QCOMPARE(w->findChild<QLineEdit *>("runsFilter")->text(), "bytes<4MB");
    QCOMPARE(w->findChild<QLineEdit *>("mapFind")->text(), "ffn");
    QCOMPARE(w->findChild<QComboBox *>("mapColour")->currentIndex(), 2);
    workspace = m_window->workspace();
    QCOMPARE(workspace->inspectorPanel()->tab(), InspectorTab::Spectrum);
    QCOMPARE(workspace->state().teaching[TeachingInput::Development], textOf(m_tiny.data));
    for (const char *dock : {"budgetDock", "trainingDock", "recipeTextDock"})
        QVERIFY2(!w->findChild<QDockWidget *>(dock)->isHidden(), dock);
    QVERIFY(m_window->document().choices().steps.empty()); // nothing of it was applied
}

void TestLanguage::oneRunAndTwoRuns()
{
    QCOMPARE(RunsPanel::tr("%n run(s)", nullptr, 1), "1 run");
    QCOMPARE(RunsPanel::tr("%n run(s)", nullptr, 2), "2 runs");
    QCOMPARE(RunsPanel::tr("%n run(s)", nullptr, 0), "0 runs");
}

void TestLanguage::fieldsFollowTheLocale()
{
    setNumberLocale(QLocale(QLocale::German));
    QDoubleSpinBox field;
    field.setRange(0, 10);
    field.setValue(2.5);
    QCOMPARE(field.text(), "2,50");
    field.show();
    field.selectAll();
    QTest::keyClicks(&field, "3,75");
    QCOMPARE(field.value(), 3.75);
    useChosenLanguage();
    QDoubleSpinBox english;
    english.setValue(2.5);
    QCOMPARE(english.text(), "2.50");
}

void TestLanguage::mirrorsWhereTextRunsFromTheRight()
{
    QVERIFY(test::openTiny(m_window->document(), m_tiny, m_folder.filePath("mirrored.pare")));
    const auto middle = [this](const char *dock) {
        const QWidget *widget = m_window->findChild<QDockWidget *>(QLatin1String(dock));
        return widget->mapTo(m_window.get(), widget->rect().center()).x();
    };
    QVERIFY(middle("recipeDock") < middle("inspectorDock"));
    QApplication::setLayoutDirection(Qt::RightToLeft);
    m_window->workspace()->area()->reset();
    QTRY_VERIFY(middle("recipeDock") > middle("inspectorDock"));
    QTRY_VERIFY(middle("chartDock") > middle("runsDock"));
    const QString picture = qEnvironmentVariable("PARE_MIRRORED_PICTURE");
    if (!picture.isEmpty())
        m_window->grab().save(picture);
    QApplication::setLayoutDirection(Qt::LeftToRight);
}

void TestLanguage::messagesOfCoreAreTranslated()
{
    choose("languageKorean");
    QTRY_COMPARE(firstMenu(), QString::fromUtf8("파일(&F)"));
    QCOMPARE(QCoreApplication::translate("core", findTechnique("prune.heads")->title),
             QString::fromUtf8("헤드 제거"));
    m_window->document().openProject(m_folder.filePath(QStringLiteral("broken.pare")));
    m_window->open(m_folder.path() + "/nothing");
    QTRY_COMPARE_WITH_TIMEOUT(m_window->document().modelState(), ModelState::Failed, patience);
    const QString said = translated(*m_window->document().modelError());
    QVERIFY2(said.contains(QString::fromUtf8("없습니다")), qPrintable(said));
}

void TestLanguage::unknownChoiceIsTheSystems()
{
    QSettings().setValue("window/language", "tlh");
    QCOMPARE(chosenLanguage(), QString());
}

void TestLanguage::numbersFollowTheLocale()
{
    QCOMPARE(numberText(91.2, 1) + ' ' + countText(2824), "91.2 2,824");
    setNumberLocale(QLocale(QLocale::German));
    QCOMPARE(numberText(91.2, 1) + ' ' + countText(2824), "91,2 2.824");
    QCOMPARE(bytesText(4510000), "4,51 MB");
    useChosenLanguage();
    QCOMPARE(bytesText(4510000), "4.51 MB");
}

/// Part by part, words of the table too; selections and names stay.
void TestLanguage::namesAreTranslated()
{
    const Recipe recipe = checked(
        Recipe{{parsedStep("quantize.affine bits=4 granularity=group group=64 @ role=query"),
                parsedStep("prune.heads importance=gradient")}});
    QCOMPARE(translatedName(recipe), QString::fromStdString(shortName(recipe)));
    choose("languageKorean");
    QTRY_COMPARE(firstMenu(), QString::fromUtf8("파일(&F)"));
    QCOMPARE(translatedName(recipe),
             QString::fromUtf8("4비트, 그룹 64 (쿼리) + 헤드 50 %, 기울기 방식"));
    QCOMPARE(translatedName(Recipe()), QString::fromUtf8("원본"));
}

QTEST_MAIN(TestLanguage)
#include "tst_language.moc"
