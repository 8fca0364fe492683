// The background threads: two lanes, each one thread with a queue of its own.
//
// Owned by Document (window) or a command; lives on the owner's thread, but every function may be
// called from any thread. Jobs are values in, values out: they see no QObject, no document, no
// project.
#pragma once

#include "core/base/error.h"
#include "core/base/progress.h"

#include <array>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

namespace pare {

enum class Lane {
    Work, ///< long LibTorch jobs, one at a time: training, sweeps, runs
    Look, ///< short read-only jobs on immutable weights; never waits for work
};

/// Never used twice by one runner.
enum class JobId : std::uint64_t {};

enum class JobResult { Finished, Failed, Cancelled };

struct JobOutcome
{
    JobResult result = JobResult::Finished;
    /// Of a failed job: what its owner shows.
    std::optional<Error> error;
};

struct Job
{
    /// The work itself. Polls the progress; its captures say where the result goes. They are
    /// destroyed before `ended` is called.
    std::function<void(Progress &)> work;
    /// At most 20 times a second, and once more for the last report. May be empty, must not throw.
    std::function<void(const ProgressReport &)> progressed;
    /// Exactly once, whatever happens, after the last `progressed`. May be empty, must not throw.
    std::function<void(const JobOutcome &)> ended;
};

/// Both callbacks run on the job's thread, while no lock of the runner is held: the owner hands
/// them on to its own thread. Only a job that is cancelled before it began has no thread; its
/// `ended` runs within the call that cancels it.
class JobRunner
{
public:
    /// Called once on each lane's thread before its first job, after the thread lowered its
    /// priority: the owner sets LibTorch's and OpenMP's thread counts here, which are per thread.
    /// Must not throw.
    using ThreadStart = std::function<void(Lane)>;

    explicit JobRunner(ThreadStart threadStart = {});
    /// Cancels everything and waits for the jobs that run.
    ~JobRunner();
    JobRunner(const JobRunner &) = delete;
    JobRunner &operator=(const JobRunner &) = delete;

    /// Queues a job behind those of the same lane. While the runner is being destroyed, the job is
    /// cancelled at once.
    JobId start(Lane lane, Job job);

    /// A waiting job never begins; a running one learns it at its next poll. Nothing happens for a
    /// job that has ended.
    void cancel(JobId id);
    void cancelAll();

    /// A job holds at its next report, or at its first, and goes on. Nothing happens for one that
    /// has ended.
    void pause(JobId id);
    void goOn(JobId id);
    /// A waiting job becomes the next of its lane. Nothing happens for any other.
    void moveFirst(JobId id);

    /// Jobs that wait, without the one that runs.
    std::size_t queueLength(Lane lane) const;
    std::optional<JobId> running(Lane lane) const;

private:
    struct Entry;

    struct LaneState
    {
        /// Among the one that runs and those that wait.
        Entry *find(JobId id) const;

        LaneState();
        ~LaneState();

        std::deque<std::unique_ptr<Entry>> waiting;
        Entry *running = nullptr;
        std::condition_variable_any wake;
        std::jthread thread;
    };

    LaneState &state(Lane lane) { return m_lanes[static_cast<std::size_t>(lane)]; }
    const LaneState &state(Lane lane) const { return m_lanes[static_cast<std::size_t>(lane)]; }
    void serve(const std::stop_token &stop, Lane lane);
    std::unique_ptr<Entry> next(const std::stop_token &stop, LaneState &lane);
    void execute(Entry &entry, LaneState &lane);

    const ThreadStart m_threadStart;
    mutable std::mutex m_mutex; ///< guards everything below
    std::uint64_t m_lastId = 0;
    bool m_closing = false;
    std::array<LaneState, 2> m_lanes;
};

} // namespace pare
