// Tab goes as one reads, whenever a control was made, and ends in the strip.
#include "tests/support/windowtest.h"

#include "app/window/recentprojects.h"
#include "app/window/workspace.h"
#include "widgets/panels/choicebutton.h"
#include "widgets/panels/jobstrip.h"

#include <QApplication>
#include <QSettings>

using namespace pare;

class TestFocusOrder : public test::WindowTest
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void startPageIsRead();
    void workspaceIsRead();
    void backwardsIsTheSameWay();

private:
    /// What gets the keyboard by so many turns of Tab, from `first` on.
    std::vector<QWidget *> tabbed(QWidget *first, Qt::Key key = Qt::Key_Tab);
    static QString nameOf(const QWidget *widget)
    {
        const QPoint at = widget->mapTo(widget->window(), QPoint());
        return QStringLiteral("%1 %2 %3 at %4, %5")
            .arg(widget->metaObject()->className(), widget->objectName(), widget->accessibleName())
            .arg(at.x())
            .arg(at.y());
    }
};

void TestFocusOrder::init()
{
    QSettings().clear();
    for (const char *name : {"one.pare", "two.pare"}) {
        QFile(m_folder.filePath(QLatin1String(name))).open(QIODevice::WriteOnly);
        rememberProject(m_folder.filePath(QLatin1String(name)));
    }
    rememberProject("/nowhere/gone.pare");
    openWindow();
    m_window->strip()->setProblem("something went wrong");
    QTest::qWait(50); // until it is laid out
}

std::vector<QWidget *> TestFocusOrder::tabbed(QWidget *first, Qt::Key key)
{
    first->setFocus();
    std::vector<QWidget *> way{QApplication::focusWidget()};
    for (int i = 0; i < 200; ++i) {
        QTest::keyClick(QApplication::focusWidget(), key);
        if (QApplication::focusWidget() == way.front())
            break;
        way.push_back(QApplication::focusWidget());
    }
    return way;
}

void TestFocusOrder::startPageIsRead()
{
    QStringList way;
    for (const QWidget *widget : tabbed(m_window->findChild<QWidget *>("startDemo"))) {
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        way << (widget->objectName().isEmpty() && button ? button->text() : widget->objectName());
    }
    QCOMPARE(way,
             QStringList({"startDemo", "openModel", "openProject", "openModelFolder", "relocate",
                          "forget", "two", "one", "copyProblem", "dismissProblem"}));
}

void TestFocusOrder::workspaceIsRead()
{
    QVERIFY(test::openTiny(m_window->document(), m_tiny, m_folder.filePath("read.pare")));
    m_window->document().addStep(parsedStep("quantize.affine bits=4")); // a card that is made late
    m_window->strip()->setProblem("something went wrong");
    QTest::qWait(50);
    const std::vector<QWidget *> way = tabbed(m_window->findChild<QWidget *>("measure"));
    QVERIFY2(way.size() > 15, qPrintable(QString::number(way.size())));
    const auto at = [&](const QWidget *widget) {
        const auto found = std::ranges::find(way, widget);
        return found == way.end() ? -1 : static_cast<int>(found - way.begin());
    };
    const auto named = [&](const char *name) { return at(m_window->findChild<QWidget *>(name)); };
    // The recipe beside the map, both before what is below them; the strip last.
    QVERIFY(named("addTechnique") > 0);
    QVERIFY(named("addTechnique") < named("measuringData"));
    QVERIFY(named("measuringData") < named("mapFind"));
    QVERIFY(named("mapFind") < named("runsFilter"));
    for (const QWidget *widget : way) {
        const bool around = m_window->strip()->isAncestorOf(widget) ||
                            m_window->workspace()->meter()->isAncestorOf(widget); // begun within
        if (!around)
            QVERIFY2(at(widget) < named("copyProblem"), qPrintable(nameOf(widget)));
    }
    QVERIFY(named("copyProblem") < named("dismissProblem"));
}

void TestFocusOrder::backwardsIsTheSameWay()
{
    std::vector<QWidget *> way = tabbed(m_window->findChild<QWidget *>("startDemo"));
    std::vector<QWidget *> back =
        tabbed(m_window->findChild<QWidget *>("startDemo"), Qt::Key_Backtab);
    std::reverse(way.begin() + 1, way.end());
    QCOMPARE(back, way);
}

QTEST_MAIN(TestFocusOrder)
#include "tst_focusorder.moc"
