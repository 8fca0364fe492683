// The keys of the window: each of them does what it says, each can be changed, and the change is kept.
#include "tests/support/windowtest.h"

#include "app/window/dockarea.h"
#include "app/window/shortcuts.h"
#include "app/window/shortcutsdialog.h"
#include "app/window/workspace.h"
#include "widgets/layermap/layermappanel.h"
#include "widgets/panels/commandpalette.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTableWidget>
#include <QTextEdit>

using namespace pare;

class TestShortcuts : public test::WindowTest
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keysAreUnlike();
    void keysGoToPanels_data();
    void keysGoToPanels();
    void nextPanelGoesRound();
    void keysDoWhatTheySay();
    void changedKeysAreKept();
    void takenKeysAreTold();
    void clearedKeysAreNone();
    void resetBringsThemBack();

private:
    QAction *action(const char *name) { return find<QAction>(QLatin1String(name)); }
    /// Types keys into the line of an action, as a person does.
    void type(ShortcutsDialog *dialog, const char *name, const QKeySequence &keys);
    void press(Qt::Key key, Qt::KeyboardModifiers held = {})
    {
        QTest::keyClick(m_window.get(), key, held);
    }
};

void TestShortcuts::init()
{
    WindowTest::init();
    openTiny();
}

void TestShortcuts::type(ShortcutsDialog *dialog, const char *name, const QKeySequence &keys)
{
    auto *edit = dialog->findChild<QKeySequenceEdit *>(QStringLiteral("keys.") + name);
    QVERIFY(edit);
    edit->setKeySequence(keys);
    Q_EMIT edit->editingFinished();
}

/// Of two actions with the same keys, Qt would let neither act.
void TestShortcuts::keysAreUnlike()
{
    std::map<QString, QString> seen;
    const std::vector<QAction *> actions = changeableActions(*m_window);
    QVERIFY(actions.size() > 45);
    for (const QAction *one : actions) {
        QVERIFY(!one->objectName().isEmpty());
        const QString keys = one->shortcut().toString();
        if (keys.isEmpty() || one->shortcutContext() == Qt::WidgetShortcut)
            continue;
        QVERIFY2(!seen.count(keys), qPrintable(one->objectName() + ' ' + seen[keys] + ' ' + keys));
        seen[keys] = one->objectName();
    }
}

void TestShortcuts::keysGoToPanels_data()
{
    QTest::addColumn<Qt::Key>("key");
    QTest::addColumn<QString>("where");
    QTest::newRow("map") << Qt::Key_1 << "layerMap";
    QTest::newRow("recipe") << Qt::Key_2 << "recipeDock";
    QTest::newRow("inspector") << Qt::Key_3 << "inspectorDock";
    QTest::newRow("chart") << Qt::Key_4 << "chartDock";
    QTest::newRow("runs") << Qt::Key_5 << "runsDock";
    QTest::newRow("compare") << Qt::Key_6 << "compareDock";
}

void TestShortcuts::keysGoToPanels()
{
    QFETCH(Qt::Key, key);
    QFETCH(QString, where);
    press(key, Qt::AltModifier);
    const QWidget *panel = find<QWidget>(where);
    QVERIFY(panel->isVisible());
    const QWidget *focused = QApplication::focusWidget();
    QVERIFY(focused);
    QVERIFY2(panel->isAncestorOf(focused), qPrintable(focused->objectName()));
}

void TestShortcuts::nextPanelGoesRound()
{
    press(Qt::Key_1, Qt::AltModifier);
    const QWidget *first = QApplication::focusWidget();
    std::set<const QWidget *> seen{first};
    for (int i = 0; i < 20; ++i) {
        press(Qt::Key_F6);
        if (QApplication::focusWidget() == first)
            break;
        seen.insert(QApplication::focusWidget());
    }
    QCOMPARE(QApplication::focusWidget(), first);
    QVERIFY2(seen.size() >= 4, qPrintable(QString::number(seen.size())));
    press(Qt::Key_F6);
    press(Qt::Key_F6, Qt::ShiftModifier);
    QCOMPARE(QApplication::focusWidget(), first);
}

void TestShortcuts::keysDoWhatTheySay()
{
    LayerMapPanel *panel = m_window->workspace()->mapPanel();
    press(Qt::Key_F, Qt::ControlModifier);
    QCOMPARE(QApplication::focusWidget(), find<QLineEdit>("mapFind"));
    press(Qt::Key_T, Qt::ControlModifier);
    QVERIFY(panel->showsTable());
    press(Qt::Key_T, Qt::ControlModifier);
    QVERIFY(!panel->showsTable());
    press(Qt::Key_E, Qt::ControlModifier);
    QCOMPARE(QApplication::focusWidget(), find<QTextEdit>("recipeText"));
    press(Qt::Key_1, Qt::AltModifier);
    const qreal zoom = panel->map()->zoom();
    QTest::keyClick(panel->map(), Qt::Key_Plus);
    QVERIFY(panel->map()->zoom() > zoom);
    QTest::keyClick(panel->map(), Qt::Key_Minus);
    QTest::keyClick(panel->map(), Qt::Key_0);
    QCOMPARE(panel->map()->zoom(), 1.);
    press(Qt::Key_K, Qt::ControlModifier);
    const auto *palette = m_window->findChild<CommandPalette *>();
    QVERIFY(palette && palette->isVisible());
}

void TestShortcuts::changedKeysAreKept()
{
    const QKeySequence keys(Qt::CTRL | Qt::ALT | Qt::Key_J); // which are free
    changeShortcut(*action("commandPalette"), keys, *m_window);
    press(Qt::Key_J, Qt::ControlModifier | Qt::AltModifier);
    QVERIFY(m_window->findChild<CommandPalette *>());
    m_window = std::make_unique<MainWindow>();
    QCOMPARE(action("commandPalette")->shortcut(), keys);
    QCOMPARE(standardShortcut(*action("commandPalette")), QKeySequence("Ctrl+K"));
    changeShortcut(*action("commandPalette"), QKeySequence("Ctrl+K"), *m_window);
    QVERIFY(!QSettings().contains("shortcuts/commandPalette"));
}

void TestShortcuts::takenKeysAreTold()
{
    auto *dialog = new ShortcutsDialog(m_window.get());
    dialog->show();
    const QKeySequence measures = action("measureAction")->shortcut();
    type(dialog, "commandPalette", measures);
    const auto *conflict = dialog->findChild<QLabel *>("shortcutsConflict");
    QVERIFY(conflict->isVisible());
    QVERIFY2(conflict->text().contains("Measure"), qPrintable(conflict->text()));
    QCOMPARE(action("commandPalette")->shortcut(), QKeySequence("Ctrl+K")); // not yet
    QCOMPARE(action("measureAction")->shortcut(), measures);
    dialog->findChild<QPushButton *>("shortcutsTake")->click();
    QCOMPARE(action("commandPalette")->shortcut(), measures);
    QVERIFY(action("measureAction")->shortcut().isEmpty());
    QVERIFY(!conflict->isVisible());
    // Free ones are taken at once.
    type(dialog, "measureAction", QKeySequence("Ctrl+Alt+M"));
    QCOMPARE(action("measureAction")->shortcut(), QKeySequence("Ctrl+Alt+M"));
    dialog->findChild<QLineEdit *>("shortcutsFilter")->setText("alt+m");
    const auto *table = dialog->findChild<QTableWidget *>("shortcutsTable");
    int shown = 0;
    for (int row = 0; row < table->rowCount(); ++row)
        shown += !table->isRowHidden(row);
    QCOMPARE(shown, 1);
}

void TestShortcuts::clearedKeysAreNone()
{
    auto *dialog = new ShortcutsDialog(m_window.get());
    dialog->show();
    dialog->findChild<QKeySequenceEdit *>("keys.commandPalette")->clear();
    QVERIFY(action("commandPalette")->shortcut().isEmpty());
    m_window = std::make_unique<MainWindow>();
    QVERIFY(action("commandPalette")->shortcut().isEmpty());
}

void TestShortcuts::resetBringsThemBack()
{
    auto *dialog = new ShortcutsDialog(m_window.get());
    dialog->show();
    type(dialog, "commandPalette", QKeySequence("Ctrl+Alt+J"));
    QCOMPARE(action("commandPalette")->shortcut(), QKeySequence("Ctrl+Alt+J"));
    type(dialog, "runNote", QKeySequence("F4"));
    QCOMPARE(action("runNote")->shortcut(), QKeySequence("F4"));
    dialog->findChild<QPushButton *>("shortcutsReset")->click();
    QCOMPARE(action("commandPalette")->shortcut(), QKeySequence("Ctrl+K"));
    QCOMPARE(action("runNote")->shortcut(), QKeySequence("F2"));
    QSettings settings;
    settings.beginGroup("shortcuts");
    QVERIFY(settings.childKeys().isEmpty());
}

QTEST_MAIN(TestShortcuts)
#include "tst_shortcuts.moc"
