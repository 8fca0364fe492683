#include "core/jobs/jobrunner.h"

#include "core/jobs/cancellableprogress.h"
#include "core/jobs/messages.h"

#include <algorithm>
#include <iterator>
#include <new>
#include <string_view>
#include <utility>
#include <vector>

#include <pthread.h>
#include <sys/resource.h>

namespace pare {

namespace {

constexpr int niceness = 10;

/// Linux counts niceness per thread: 0 is the calling one, and the threads it makes later inherit
/// it.
void lowerPriority()
{
    const int current = ::getpriority(PRIO_PROCESS, 0);
    ::setpriority(PRIO_PROCESS, 0, current + niceness);
}

/// LibTorch puts a backtrace on the lines after the first.
std::string_view firstLine(std::string_view text)
{
    return text.substr(0, text.find('\n'));
}

JobOutcome failed(Error error)
{
    return {JobResult::Failed, std::move(error)};
}

JobOutcome outcomeOf(const std::function<void(Progress &)> &work, Progress &progress)
{
    try {
        work(progress);
        return {};
    } catch (const Cancelled &) {
        return {JobResult::Cancelled, {}};
    } catch (const Error &error) {
        return failed(error);
    } catch (const std::bad_alloc &) {
        return failed(Error(ErrorKind::NotEnoughMemory, messages::jobOutOfMemory));
    } catch (const std::exception &error) {
        return failed(
            Error(ErrorKind::Unexpected, messages::jobUnexpected, firstLine(error.what())));
    } catch (...) {
        return failed(Error(ErrorKind::Unexpected, messages::jobUnknown));
    }
}

void end(Job &job, const JobOutcome &outcome)
{
    job.work = nullptr;
    if (job.ended)
        job.ended(outcome);
}

} // namespace

struct JobRunner::Entry
{
    Entry(JobId id, Job job)
        : id(id)
        , job(std::move(job))
        , progress(this->job.progressed)
    {}

    JobId id;
    Job job;
    CancellableProgress progress;
};

JobRunner::LaneState::LaneState() = default;
JobRunner::LaneState::~LaneState() = default;

JobRunner::Entry *JobRunner::LaneState::find(JobId id) const
{
    if (running && running->id == id)
        return running;
    const auto found = std::ranges::find(waiting, id, [](const auto &entry) { return entry->id; });
    return found == waiting.end() ? nullptr : found->get();
}

JobRunner::JobRunner(ThreadStart threadStart)
    : m_threadStart(std::move(threadStart))
{
    for (const Lane lane : {Lane::Work, Lane::Look}) {
        state(lane).thread =
            std::jthread([this, lane](const std::stop_token &stop) { serve(stop, lane); });
        ::pthread_setname_np(state(lane).thread.native_handle(),
                             lane == Lane::Work ? "pare work" : "pare look");
    }
}

JobRunner::~JobRunner()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_closing = true;
    }
    cancelAll();
    for (LaneState &lane : m_lanes)
        lane.thread.request_stop();
    for (LaneState &lane : m_lanes)
        lane.thread.join();
}

JobId JobRunner::start(Lane lane, Job job)
{
    auto entry = std::make_unique<Entry>(JobId{}, std::move(job));
    std::unique_lock lock(m_mutex);
    const JobId id{++m_lastId};
    entry->id = id;
    if (m_closing) {
        lock.unlock();
        end(entry->job, {JobResult::Cancelled, {}});
        return id;
    }
    state(lane).waiting.push_back(std::move(entry));
    state(lane).wake.notify_one();
    return id;
}

void JobRunner::cancel(JobId id)
{
    std::unique_ptr<Entry> removed;
    {
        const std::scoped_lock lock(m_mutex);
        for (LaneState &lane : m_lanes) {
            if (lane.running && lane.running->id == id)
                lane.running->progress.cancel();
            const auto found =
                std::ranges::find(lane.waiting, id, [](const auto &entry) { return entry->id; });
            if (found == lane.waiting.end())
                continue;
            removed = std::move(*found);
            lane.waiting.erase(found);
        }
    }
    if (removed)
        end(removed->job, {JobResult::Cancelled, {}});
}

void JobRunner::cancelAll()
{
    std::vector<std::unique_ptr<Entry>> removed;
    {
        const std::scoped_lock lock(m_mutex);
        for (LaneState &lane : m_lanes) {
            if (lane.running)
                lane.running->progress.cancel();
            std::ranges::move(lane.waiting, std::back_inserter(removed));
            lane.waiting.clear();
        }
    }
    for (const auto &entry : removed)
        end(entry->job, {JobResult::Cancelled, {}});
}

void JobRunner::pause(JobId id)
{
    const std::scoped_lock lock(m_mutex);
    for (const LaneState &lane : m_lanes) {
        if (Entry *job = lane.find(id))
            job->progress.pause();
    }
}

void JobRunner::goOn(JobId id)
{
    const std::scoped_lock lock(m_mutex);
    for (const LaneState &lane : m_lanes) {
        if (Entry *job = lane.find(id))
            job->progress.goOn();
    }
}

void JobRunner::moveFirst(JobId id)
{
    const std::scoped_lock lock(m_mutex);
    for (LaneState &lane : m_lanes) {
        const auto found =
            std::ranges::find(lane.waiting, id, [](const auto &entry) { return entry->id; });
        if (found != lane.waiting.end())
            std::rotate(lane.waiting.begin(), found, found + 1);
    }
}

std::size_t JobRunner::queueLength(Lane lane) const
{
    const std::scoped_lock lock(m_mutex);
    return state(lane).waiting.size();
}

std::optional<JobId> JobRunner::running(Lane lane) const
{
    const std::scoped_lock lock(m_mutex);
    const Entry *entry = state(lane).running;
    return entry ? std::optional(entry->id) : std::nullopt;
}

void JobRunner::serve(const std::stop_token &stop, Lane lane)
{
    lowerPriority();
    if (m_threadStart)
        m_threadStart(lane);
    while (const auto entry = next(stop, state(lane)))
        execute(*entry, state(lane));
}

std::unique_ptr<JobRunner::Entry> JobRunner::next(const std::stop_token &stop, LaneState &lane)
{
    std::unique_lock lock(m_mutex);
    if (!lane.wake.wait(lock, stop, [&lane] { return !lane.waiting.empty(); }))
        return nullptr;
    auto entry = std::move(lane.waiting.front());
    lane.waiting.pop_front();
    lane.running = entry.get();
    return entry;
}

void JobRunner::execute(Entry &entry, LaneState &lane)
{
    const JobOutcome outcome = outcomeOf(entry.job.work, entry.progress);
    entry.progress.flush();
    {
        // Before `ended`, so that whoever hears of the end never sees the job still running.
        const std::scoped_lock lock(m_mutex);
        lane.running = nullptr;
    }
    end(entry.job, outcome);
}

} // namespace pare
