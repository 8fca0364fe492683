#include "core/jobs/cancellableprogress.h"

#include <thread>
#include <utility>

namespace pare {

CancellableProgress::CancellableProgress(Receiver receiver, Clock clock)
    : m_receiver(std::move(receiver))
    , m_clock(std::move(clock))
{}

void CancellableProgress::report(const ProgressReport &report)
{
    if (m_receiver)
        deliver(report);
    // By polls, since a signal handler that cancels could not wake anybody.
    while (m_paused.load(std::memory_order_relaxed) && !cancelled())
        std::this_thread::sleep_for(interval / 2);
}

void CancellableProgress::deliver(const ProgressReport &report)
{
    const std::scoped_lock lock(m_mutex);
    if (!report.what.empty())
        m_what = report.what;
    m_pending = report;
    const auto now = m_clock();
    if (m_delivered && now - *m_delivered < interval)
        return;
    m_delivered = now;
    deliverPending();
}

void CancellableProgress::flush()
{
    const std::scoped_lock lock(m_mutex);
    if (m_pending)
        deliverPending();
}

void CancellableProgress::deliverPending()
{
    // The report that named the work may itself have been dropped.
    m_pending->what = m_what;
    const ProgressReport report = std::move(*m_pending);
    m_pending.reset();
    m_receiver(report);
}

} // namespace pare
