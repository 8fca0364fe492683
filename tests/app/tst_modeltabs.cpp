// A project of several models: a tab for each, and the last project that is open again at the next start.
#include "tests/support/windowtest.h"

#include "app/window/recentprojects.h"
#include "app/window/workspace.h"
#include "widgets/panels/modeltabs.h"

#include <QAction>
#include <QFileInfo>
#include <filesystem>

using namespace pare;
using test::patience;

class TestModelTabs : public test::WindowTest
{
    Q_OBJECT

private Q_SLOTS:
    void eachModelHasATab();
    void tabsFollowUndo();
    void equalNamesSayTheirFolder();
    void readOnlyShowsOne();
    void whatWasOpenIsOpenedAgain();
    void whatIsOpenSomewhereIsLeftAlone();

private:
    ModelTabs *tabs() { return m_window->workspace()->modelTabs(); }
    bool openModel(const QString &path);
    /// The tiny model again, under another path.
    QString copied(const QString &path) const;
};

bool TestModelTabs::openModel(const QString &path)
{
    document().openModel(path);
    return QTest::qWaitFor([&] { return document().modelState() == ModelState::Open; }, patience);
}

QString TestModelTabs::copied(const QString &path) const
{
    const QString to = m_folder.filePath(path);
    std::filesystem::create_directories(to.toStdString());
    std::filesystem::copy(m_tiny.folder, to.toStdString(),
                          std::filesystem::copy_options::overwrite_existing |
                              std::filesystem::copy_options::recursive);
    return to;
}

void TestModelTabs::eachModelHasATab()
{
    openTiny();
    QVERIFY2(!tabs()->isVisible(), "one model needs no tabs");
    document().addStep(checked(parsedStep("quantize.affine bits=4")));
    QVERIFY(openModel(copied("second")));
    QVERIFY(tabs()->isVisible());
    QCOMPARE(tabs()->count(), 2);
    QCOMPARE(tabs()->tabText(1), "second");
    QCOMPARE(tabs()->tabToolTip(1), m_folder.filePath("second"));
    QCOMPARE(tabs()->currentIndex(), 1);
    document().setSteps({});

    QTest::mouseClick(tabs(), Qt::LeftButton, {}, tabs()->tabRect(0).center());
    QTRY_COMPARE_WITH_TIMEOUT(document().modelState(), ModelState::Open, patience);
    QCOMPARE(tabs()->currentIndex(), 0);
    QCOMPARE(document().choices().modelPath, document().models().front());
    QCOMPARE(document().choices().steps.size(), std::size_t(1)); // the recipe that it had

    QTest::keyClick(m_window.get(), Qt::Key_PageDown, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(document().modelState(), ModelState::Open, patience);
    QCOMPARE(tabs()->currentIndex(), 1);
    QVERIFY(document().choices().steps.empty());
    QTest::keyClick(m_window.get(), Qt::Key_PageDown, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(tabs()->currentIndex(), 0, patience); // round the end
}

void TestModelTabs::tabsFollowUndo()
{
    openTiny();
    QVERIFY(openModel(copied("mistaken")));
    QVERIFY(tabs()->isVisible());
    document().undo();
    QVERIFY(!tabs()->isVisible());
    document().redo();
    QVERIFY(tabs()->isVisible());
    document().close();
    QVERIFY(document().models().empty());
}

void TestModelTabs::equalNamesSayTheirFolder()
{
    openTiny();
    QVERIFY(openModel(copied("one/bert & more")));
    QVERIFY(openModel(copied("two/bert & more")));
    QCOMPARE(tabs()->tabText(1), "bert && more (one)");
    QCOMPARE(tabs()->tabText(2), "bert && more (two)");
    // By its file it is the same model of the same folder.
    QVERIFY(openModel(copied("three/bert & more") + "/config.json"));
    QCOMPARE(tabs()->tabText(3), "bert && more (three)");
}

void TestModelTabs::readOnlyShowsOne()
{
    openTiny();
    QVERIFY(openModel(copied("second")));
    MainWindow other;
    other.open(m_project);
    QVERIFY(other.document().isReadOnly());
    QCOMPARE(other.workspace()->modelTabs()->count(), 2);
    QVERIFY(!other.workspace()->modelTabs()->isEnabled());
    other.workspace()->modelTabs()->chooseNeighbour(1);
    QCOMPARE(other.workspace()->modelTabs()->currentIndex(), 1);
}

void TestModelTabs::whatWasOpenIsOpenedAgain()
{
    QVERIFY(projectToReopen().isEmpty());
    openTiny();
    m_window.reset(); // as it ends
    QCOMPARE(projectToReopen(), m_project);
    m_window = std::make_unique<MainWindow>();
    m_window->findChild<QAction *>("reopenProject")->trigger();
    QVERIFY2(projectToReopen().isEmpty(), "who does not want it is not asked again");
    m_window->findChild<QAction *>("reopenProject")->trigger();
    QCOMPARE(projectToReopen(), m_project);
    m_window->open(m_project);
    m_window->findChild<QAction *>("closeProject")->trigger();
    QVERIFY2(projectToReopen().isEmpty(), "it was closed");
    m_window->open(m_project);
    m_window.reset();
    QVERIFY(QFile::remove(m_project));
    QVERIFY2(projectToReopen().isEmpty(), "it is gone");
}

void TestModelTabs::whatIsOpenSomewhereIsLeftAlone()
{
    openTiny();
    QVERIFY2(projectToReopen().isEmpty(), "this window has it");
    m_window.reset();
    QCOMPARE(projectToReopen(), m_project);
}

QTEST_MAIN(TestModelTabs)
#include "tst_modeltabs.moc"
