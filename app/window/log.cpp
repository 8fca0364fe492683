#include "app/window/log.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDesktopServices>
#include <QDir>
#include <QStandardPaths>
#include <QUrl>
#include <QtGlobal>
#include <cerrno>
#include <csignal>

namespace pare {

namespace {

constexpr qint64 largestLog = 1'000'000; // bytes, after which a new one is begun
constexpr auto sessionPrefix = "session-";

Log *current = nullptr;
QtMessageHandler before = nullptr;

void receive(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    if (current && type != QtDebugMsg)
        current->write(message);
    if (before)
        before(type, context, message);
}

bool runs(qint64 process)
{
    return process > 0 && (::kill(static_cast<pid_t>(process), 0) == 0 || errno == EPERM);
}

} // namespace

QString logFolder()
{
    const QString folder =
        QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/log");
    QDir().mkpath(folder);
    return folder;
}

void openLogFolder()
{
    QDesktopServices::openUrl(QUrl::fromLocalFile(logFolder()));
}

Log::Log()
    : m_file(logFolder() + QStringLiteral("/pare.log"))
    , m_session(logFolder() + '/' + sessionPrefix +
                QString::number(QCoreApplication::applicationPid()))
{
    if (m_file.size() > largestLog) {
        const QString older = m_file.fileName() + QStringLiteral(".1");
        QFile::remove(older);
        QFile::rename(m_file.fileName(), older);
    }
    m_file.open(QIODevice::Append | QIODevice::Text);
    findOldSessions();
    QFile(m_session).open(QIODevice::WriteOnly);
    current = this;
    before = qInstallMessageHandler(receive);
    write(QStringLiteral("begins: pare %1").arg(QCoreApplication::applicationVersion()));
    if (m_endedBadly)
        write(QStringLiteral("the session before did not end as it should"));
}

Log::~Log()
{
    write(QStringLiteral("ends"));
    qInstallMessageHandler(before);
    current = nullptr;
    QFile::remove(m_session);
}

void Log::findOldSessions()
{
    QDir folder(logFolder());
    const QString prefix = QLatin1String(sessionPrefix);
    for (const QString &name : folder.entryList({prefix + '*'}, QDir::Files)) {
        if (runs(name.mid(prefix.size()).toLongLong()))
            continue; // another window
        m_endedBadly = true;
        folder.remove(name);
    }
}

void Log::write(const QString &line)
{
    const QMutexLocker lock(&m_mutex);
    m_file.write((QDateTime::currentDateTime().toString(Qt::ISODate) + ' ' + line + '\n').toUtf8());
    m_file.flush();
}

} // namespace pare
