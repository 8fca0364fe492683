// Tells people who have left the window that a long task has ended: the window asks for attention, and
// the system shows one message where it can. Window's thread; owned by the window.
#pragma once

#include "app/document/documentvalues.h"

#include <QObject>
#include <QString>
#include <optional>

class QSystemTrayIcon;
class QWidget;

namespace pare {

class Document;

struct TaskNotice
{
    QString title;
    QString text;
};

/// What is said of work that took so long together and ended with `last`; nothing: too short to tell
/// anybody, or cancelled by a person, who knows.
std::optional<TaskNotice> noticeOfWork(const JobEntry &last, double seconds);

class TaskNotices : public QObject
{
    Q_OBJECT

public:
    TaskNotices(Document &document, QWidget *window);

    /// Whether people want them; kept in QSettings.
    static bool areWanted();
    static void setWanted(bool wanted);

Q_SIGNALS:
    /// Beside what the system shows.
    void told(const QString &title, const QString &text);

private:
    void takeEnd(const JobEntry &entry);
    void tell(const TaskNotice &notice);

    Document &m_document;
    QWidget *m_window;
    double m_seconds = 0; ///< of the jobs that ended since the list was empty
    QSystemTrayIcon *m_icon = nullptr;
};

} // namespace pare
