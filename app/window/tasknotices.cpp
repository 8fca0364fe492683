#include "app/window/tasknotices.h"

#include "app/document/document.h"
#include "widgets/theme/words.h"

#include <QApplication>
#include <QSettings>
#include <QSystemTrayIcon>
#include <QTimer>
#include <QWidget>

namespace pare {

namespace {

constexpr auto settingsKey = "window/notices";
constexpr double longTask = 30; // seconds
constexpr int shownFor = 10000; // milliseconds

} // namespace

std::optional<TaskNotice> noticeOfWork(const JobEntry &last, double seconds)
{
    if (seconds < longTask || last.state == JobEntry::State::Cancelled)
        return std::nullopt;
    Message title = last.title;
    if (!last.name.empty())
        title.arguments.at(0) = translated(last.name).toStdString();
    TaskNotice notice;
    if (last.state == JobEntry::State::Failed) {
        notice.title = TaskNotices::tr("%1: failed").arg(translated(title));
        notice.text = last.error ? translated(*last.error) : QString();
    } else {
        notice.title = TaskNotices::tr("%1: done").arg(translated(title));
        notice.text = last.figure.empty() ? QString() : translated(last.figure);
    }
    return notice;
}

TaskNotices::TaskNotices(Document &document, QWidget *window)
    : QObject(window)
    , m_document(document)
    , m_window(window)
{
    connect(&m_document, &Document::workEnded, this, &TaskNotices::takeEnd);
}

bool TaskNotices::areWanted()
{
    return QSettings().value(settingsKey, true).toBool();
}

void TaskNotices::setWanted(bool wanted)
{
    QSettings().setValue(settingsKey, wanted);
}

/// One notice for a whole list, when nothing of it is left.
void TaskNotices::takeEnd(const JobEntry &entry)
{
    m_seconds += entry.seconds;
    const std::vector<JobEntry> entries = m_document.jobEntries();
    const bool more = !entries.empty() && (entries.front().state == JobEntry::State::Running ||
                                           entries.front().state == JobEntry::State::Paused);
    if (more)
        return;
    const double seconds = std::exchange(m_seconds, 0);
    if (!areWanted() || m_window->isActiveWindow())
        return;
    if (const std::optional<TaskNotice> notice = noticeOfWork(entry, seconds))
        tell(*notice);
}

void TaskNotices::tell(const TaskNotice &notice)
{
    QApplication::alert(m_window);
    Q_EMIT told(notice.title, notice.text);
    if (!QSystemTrayIcon::isSystemTrayAvailable() || !QSystemTrayIcon::supportsMessages())
        return;
    if (!m_icon) {
        QIcon icon = m_window->windowIcon();
        if (icon.isNull())
            icon = QIcon::fromTheme(QStringLiteral("pare"));
        m_icon = new QSystemTrayIcon(icon, this);
        connect(m_icon, &QSystemTrayIcon::messageClicked, m_window, &QWidget::activateWindow);
    }
    m_icon->show(); // only while it says something
    m_icon->showMessage(notice.title, notice.text, QSystemTrayIcon::NoIcon, shownFor);
    QTimer::singleShot(shownFor, m_icon, &QSystemTrayIcon::hide);
}

} // namespace pare
