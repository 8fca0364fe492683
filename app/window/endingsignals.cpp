#include "app/window/endingsignals.h"

#include <QSocketNotifier>
#include <array>
#include <csignal>
#include <sys/socket.h>
#include <unistd.h>

namespace pare {

namespace {

constexpr std::array endingSignals{SIGTERM, SIGHUP, SIGINT};

/// Written to by the handler, read from by the event loop: of all that Qt offers nothing may be called
/// while a signal is handled.
std::array<int, 2> ends{-1, -1};

void tell(int number)
{
    const auto told = static_cast<char>(number);
    [[maybe_unused]] const ssize_t written = ::write(ends[0], &told, 1);
}

void handle(int number, void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    ::sigemptyset(&action.sa_mask);
    ::sigaction(number, &action, nullptr);
}

} // namespace

EndingSignals::EndingSignals(QObject *parent)
    : QObject(parent)
{
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends.data()) != 0)
        return;
    auto *notifier = new QSocketNotifier(ends[1], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, &EndingSignals::take);
    for (const int number : endingSignals)
        handle(number, tell);
}

EndingSignals::~EndingSignals()
{
    for (const int number : endingSignals)
        handle(number, SIG_DFL);
    for (int &end : ends) {
        if (end >= 0)
            ::close(end);
        end = -1;
    }
}

void EndingSignals::take()
{
    char told = 0;
    if (::read(ends[1], &told, 1) != 1)
        return;
    for (const int number : endingSignals)
        handle(number, SIG_DFL);
    Q_EMIT asked(told);
}

} // namespace pare
