// Named layouts, and windows that were left on a screen that is gone.
#include "app/window/layouts.h"
#include "app/window/recentprojects.h"

#include <QDir>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>

using namespace pare;

class TestLayouts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keptByName();
    void windowsComeBackOntoAScreen_data();
    void windowsComeBackOntoAScreen();
    void projectsMove();
    void listsTellProjectsApart();
};

void TestLayouts::init()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName("Pare");
    QCoreApplication::setApplicationName("tst_layouts");
    QSettings().clear();
}

void TestLayouts::keptByName()
{
    QVERIFY(layoutNames().isEmpty());
    keepLayout("두 화면 / left", "one");
    keepLayout("also this", "two");
    keepLayout("also this", "three");
    QCOMPARE(layoutNames(), QStringList({"also this", "두 화면 / left"}));
    QCOMPARE(layoutOf("두 화면 / left"), QByteArray("one"));
    QCOMPARE(layoutOf("also this"), QByteArray("three"));
    forgetLayout("also this");
    QCOMPARE(layoutNames(), QStringList("두 화면 / left"));
    QVERIFY(layoutOf("also this").isEmpty());
}

void TestLayouts::windowsComeBackOntoAScreen_data()
{
    QTest::addColumn<QRect>("window");
    QTest::addColumn<QRect>("expected");
    const QRect inside(100, 50, 800, 600);
    QTest::newRow("inside") << inside << inside;
    QTest::newRow("on the second") << QRect(2000, 10, 700, 500) << QRect(2000, 10, 700, 500);
    QTest::newRow("gone to the right") << QRect(9000, 80, 700, 500) << QRect(1220, 80, 700, 500);
    QTest::newRow("above") << QRect(40, -900, 700, 500) << QRect(40, 0, 700, 500);
    QTest::newRow("over an edge") << QRect(-300, 700, 700, 500) << QRect(0, 580, 700, 500);
    QTest::newRow("too large") << QRect(-9000, 0, 5000, 500) << QRect(0, 0, 1920, 500);
}

void TestLayouts::windowsComeBackOntoAScreen()
{
    QFETCH(QRect, window);
    QFETCH(QRect, expected);
    const QList<QRect> screens{QRect(0, 0, 1920, 1080), QRect(1920, 0, 1280, 800)};
    QCOMPARE(broughtOnto(window, screens), expected);
    QCOMPARE(broughtOnto(window, {}), window);
}

void TestLayouts::projectsMove()
{
    rememberProject("/a/one.pare");
    rememberProject("/a/two.pare");
    relocateProject("/a/one.pare", "/b/one.pare");
    QCOMPARE(recentProjects(), QStringList({"/a/two.pare", "/b/one.pare"}));
    relocateProject("/b/one.pare", "/a/two.pare"); // which is there already
    QCOMPARE(recentProjects(), QStringList("/a/two.pare"));
    forgetProject("/a/two.pare");
    QVERIFY(recentProjects().isEmpty());
}

void TestLayouts::listsTellProjectsApart()
{
    const QTemporaryDir folder;
    QDir(folder.path()).mkdir("other");
    const auto made = [&](const char *name) {
        const QString path = folder.filePath(QLatin1String(name));
        QFile(path).open(QIODevice::WriteOnly);
        return path;
    };
    rememberProject(made("demo.pare"), "demo");
    rememberProject(made("demo 2.pare"), "demo");
    rememberProject(made("curve.pare"), "demo");
    rememberProject(folder.filePath("curve.pare")); // its model stays known
    rememberProject(made("other/demo.pare"), "other");
    rememberProject("/nowhere/gone.pare");
    const std::vector<RecentProject> rows = recentRows();
    QStringList titles, models;
    for (const RecentProject &row : rows) {
        titles << row.title;
        const QStringList words = row.lately.split(QString::fromUtf8(" · "));
        models << (words.size() > 1 ? words.first() : QString());
        QVERIFY(!words.last().isEmpty());
    }
    const QString place = QFileInfo(folder.path()).fileName();
    QCOMPARE(titles,
             QStringList({"gone", "demo (other)", "curve", "demo 2", "demo (" + place + ')'}));
    QCOMPARE(models, QStringList({"", "other", "demo", "", ""}));
    QVERIFY(rows.front().lately.contains("not there"));
    for (const RecentProject &row : rows)
        forgetProject(row.path);
}

QTEST_MAIN(TestLayouts)
#include "tst_layouts.moc"
