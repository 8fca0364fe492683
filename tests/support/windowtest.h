// What tests of the whole window share: settings of their own, the tiny model, and for each case a new window.
#pragma once

#include "tests/support/tinyproject.h"

#include "app/window/mainwindow.h"

#include <QTemporaryDir>
#include <memory>

namespace pare::test {

/// A test that needs more in one of the slots has one of the same name, which calls this one's.
class WindowTest : public QObject
{
    Q_OBJECT

protected Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

protected:
    /// Shown, and having the keyboard.
    void openWindow();
    /// Model and data in a new project, m_project.
    void openTiny();

    Document &document() { return m_window->document(); }
    template <class T>
    T *find(const QString &name)
    {
        return m_window->findChild<T *>(name);
    }

    QTemporaryDir m_folder;
    TinyModel m_tiny;
    QString m_project;
    std::unique_ptr<MainWindow> m_window;

private:
    int m_projects = 0;
};

} // namespace pare::test
