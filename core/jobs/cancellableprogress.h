// The progress of one piece of work that can be cancelled, by a job's owner or by Ctrl-C, and paused.
//
// Owned by whoever starts the work, on any thread; every function may be called from any thread.
#pragma once

#include "core/base/progress.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>

namespace pare {

class CancellableProgress final : public Progress
{
public:
    using Receiver = std::function<void(const ProgressReport &)>;
    using Clock = std::function<std::chrono::steady_clock::time_point()>;

    /// Reports come less than 20 times a second; those in between are dropped, except the last
    /// before flush().
    static constexpr std::chrono::milliseconds interval{50};

    /// `receiver` is called on the thread that reports, one call at a time; it must not report
    /// itself. May be empty. `clock` replaces the steady clock.
    explicit CancellableProgress(Receiver receiver = {},
                                 Clock clock = &std::chrono::steady_clock::now);

    /// Async-signal-safe.
    void cancel() noexcept { m_cancelled.store(true, std::memory_order_relaxed); }
    bool cancelled() const override { return m_cancelled.load(std::memory_order_relaxed); }

    /// The work waits in its next report, which stands between its units and inside of nothing that
    /// is timed, until it goes on or is cancelled.
    void pause() noexcept { m_paused.store(true, std::memory_order_relaxed); }
    void goOn() noexcept { m_paused.store(false, std::memory_order_relaxed); }

    /// A report without `what` goes on with the last one that had it.
    void report(const ProgressReport &report) override;
    /// Delivers the last report if it was held back.
    void flush();

private:
    static_assert(std::atomic<bool>::is_always_lock_free, "cancel() is called by signal handlers");

    void deliver(const ProgressReport &report);
    void deliverPending();

    const Receiver m_receiver;
    const Clock m_clock;
    std::atomic<bool> m_cancelled = false;
    std::atomic<bool> m_paused = false;
    std::mutex m_mutex;
    Message m_what;
    std::optional<ProgressReport> m_pending;
    std::optional<std::chrono::steady_clock::time_point> m_delivered;
};

} // namespace pare
