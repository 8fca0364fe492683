#include "tests/support/windowtest.h"

#include <QApplication>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>

namespace pare::test {

void WindowTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QApplication::setOrganizationName("Pare");
    QApplication::setApplicationName(QFileInfo(QApplication::applicationFilePath()).baseName());
    qputenv("XDG_CACHE_HOME", m_folder.filePath("cache").toUtf8());
    m_tiny = makeTinyModel(m_folder.path().toStdString());
}

void WindowTest::init()
{
    QSettings().clear();
    openWindow();
}

void WindowTest::cleanup()
{
    m_window.reset();
}

void WindowTest::openWindow()
{
    m_window = std::make_unique<MainWindow>();
    m_window->resize(1440, 900);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void WindowTest::openTiny()
{
    m_project = m_folder.filePath(QStringLiteral("tiny%1.pare").arg(++m_projects));
    QVERIFY(test::openTiny(document(), m_tiny, m_project));
}

} // namespace pare::test
