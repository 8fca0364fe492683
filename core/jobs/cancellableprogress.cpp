#include "core/jobs/cancellableprogress.h"

#include <utility>

namespace pare {

CancellableProgress::CancellableProgress(Receiver receiver, Clock clock)
    : m_receiver(std::move(receiver))
    , m_clock(std::move(clock))
{}

void CancellableProgress::report(const ProgressReport &report)
{
    if (!m_receiver)
        return;
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
