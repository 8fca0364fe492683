// The window in another language: chosen in the menu, at once, and again after a restart.
#include "tests/support/tinymodel.h"

#include "app/window/language.h"
#include "app/window/mainwindow.h"
#include "app/window/workspace.h"
#include "widgets/layermap/layermappanel.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QLabel>
#include <QMenuBar>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace pare;

namespace {

constexpr int patience = 60000; // milliseconds; far more than it takes

QString textOf(const std::filesystem::path &path)
{
    return QString::fromStdString(path.string());
}

} // namespace

class TestLanguage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void beginsInEnglish();
    void menuListsLanguagesInTheirOwnWords();
    void changesAtOnceAndBack();
    void isKept();
    void keepsWhatWasOpenAndChosen();
    void messagesOfCoreAreTranslated();
    void unknownChoiceIsTheSystems();

private:
    void choose(const char *action)
    {
        m_window->findChild<QAction *>(QLatin1String(action))->trigger();
    }
    QString firstMenu() const { return m_window->menuBar()->actions().first()->text(); }

    QTemporaryDir m_folder;
    test::TinyModel m_tiny;
    std::unique_ptr<MainWindow> m_window;
};

void TestLanguage::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QApplication::setOrganizationName("Pare");
    QApplication::setApplicationName("tst_language");
    m_tiny = test::makeTinyModel(m_folder.path().toStdString());
}

void TestLanguage::init()
{
    QSettings().clear();
    QSettings().setValue("window/language", "en");
    useChosenLanguage();
    m_window = std::make_unique<MainWindow>();
    m_window->resize(1440, 900);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void TestLanguage::cleanup()
{
    m_window.reset();
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
    m_window->open(m_folder.filePath(QStringLiteral("language.pare")));
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

void TestLanguage::messagesOfCoreAreTranslated()
{
    choose("languageKorean");
    QTRY_COMPARE(firstMenu(), QString::fromUtf8("파일(&F)"));
    QCOMPARE(QCoreApplication::translate("core", findTechnique("prune.heads")->title),
             QString::fromUtf8("헤드 제거"));
    m_window->open(m_folder.filePath(QStringLiteral("broken.pare")));
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

QTEST_MAIN(TestLanguage)
#include "tst_language.moc"
