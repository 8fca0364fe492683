// Runs the program in a process of its own.
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QElapsedTimer>
#include <QProcess>
#include <QStringList>
#include <QTemporaryFile>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace pare::test {

struct Finished
{
    int code = -1; ///< of exit; negative: the signal that ended it
    bool inTime = true;
    QByteArray output;
    QByteArray errors;
    long peakKilobytes = 0; ///< most memory it held
};

constexpr int patience =
    120'000; // milliseconds; far more than anything here takes on an idle machine

/// Arguments of any bytes, as file names are. wait4() tells the peak of this one child, which QProcess
/// does not.
inline Finished runProgramBytes(const QByteArrayList &arguments, const QString &folder = {})
{
    QTemporaryFile output, errors;
    if (!output.open() || !errors.open())
        return {};
    std::vector<QByteArray> texts{PARE_PROGRAM};
    texts.insert(texts.end(), arguments.begin(), arguments.end());
    std::vector<char *> pointers;
    for (QByteArray &text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    const QByteArray directory = folder.toUtf8();
    const pid_t child = ::fork();
    if (child == 0) {
        ::dup2(output.handle(), STDOUT_FILENO);
        ::dup2(errors.handle(), STDERR_FILENO);
        ::close(STDIN_FILENO);
        if (!directory.isEmpty() && ::chdir(directory.constData()) != 0)
            ::_exit(127);
        ::execv(PARE_PROGRAM, pointers.data());
        ::_exit(127);
    }
    Finished finished;
    QElapsedTimer clock;
    clock.start();
    int status = 0;
    rusage usage{};
    while (::wait4(child, &status, WNOHANG, &usage) == 0) {
        if (clock.elapsed() > patience) {
            finished.inTime = false;
            ::kill(child, SIGKILL);
            ::wait4(child, &status, 0, &usage);
            break;
        }
        ::usleep(2000);
    }
    finished.code = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    finished.peakKilobytes = usage.ru_maxrss;
    QFile written(output.fileName()), said(errors.fileName());
    if (written.open(QIODevice::ReadOnly) && said.open(QIODevice::ReadOnly)) {
        finished.output = written.readAll();
        finished.errors = said.readAll();
    }
    return finished;
}

inline Finished runProgram(const QStringList &arguments, const QString &folder = {})
{
    QByteArrayList bytes;
    for (const QString &argument : arguments)
        bytes << argument.toUtf8();
    return runProgramBytes(bytes, folder);
}

} // namespace pare::test
