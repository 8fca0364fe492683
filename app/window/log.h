// A file of what the window's session ran into, for whoever has to find out why: Qt's messages, and
// what people asked for that failed. Also knows whether the session before ended as it should.
//
// One for the program, made before the first window, on its thread; Qt's messages may come from any.
#pragma once

#include <QFile>
#include <QMutex>
#include <QString>

namespace pare {

/// Of this person; made where it is missing.
QString logFolder();
/// Shows it in the system's file manager.
void openLogFolder();

class Log
{
public:
    Log();
    ~Log();
    Log(const Log &) = delete;
    Log &operator=(const Log &) = delete;

    /// One line, with the time before it. What cannot be written is lost.
    void write(const QString &line);
    /// Whether a session before this one was killed or crashed.
    bool endedBadly() const { return m_endedBadly; }

private:
    void findOldSessions();

    QMutex m_mutex;
    QFile m_file;
    QString m_session; ///< a file that is there as long as this runs
    bool m_endedBadly = false;
};

} // namespace pare
