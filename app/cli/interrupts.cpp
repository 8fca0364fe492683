#include "app/cli/interrupts.h"

#include "core/jobs/cancellableprogress.h"

#include <csignal>
#include <ctime>
#include <mutex>
#include <unistd.h>

namespace pare {

namespace {

constexpr int exitCancelled = 130;
constexpr timespec patience{0, 50'000'000};

std::mutex mutex;
CancellableProgress *interruptible = nullptr;

sigset_t watchedSignals()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

void interrupt()
{
    const std::lock_guard lock(mutex);
    if (!interruptible)
        ::_exit(exitCancelled);
    interruptible->cancel();
    interruptible = nullptr;
}

} // namespace

Interrupts::Interrupts()
{
    const sigset_t set = watchedSignals();
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
    m_thread = std::jthread([set](const std::stop_token &stop) {
        while (!stop.stop_requested()) {
            if (::sigtimedwait(&set, nullptr, &patience) > 0)
                interrupt();
        }
    });
}

Interrupts::~Interrupts()
{
    m_thread.request_stop();
    m_thread.join();
    const sigset_t set = watchedSignals();
    ::pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

void cancelOnInterrupt(CancellableProgress *progress)
{
    const std::lock_guard lock(mutex);
    interruptible = progress;
}

} // namespace pare
