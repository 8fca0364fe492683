// The long jobs as a queue: what runs, what waits, how far it is, and what became of those that ended.
#include "app/document/document.h"

#include <QMetaObject>
#include <algorithm>
#include <ranges>

namespace pare {

namespace {

constexpr std::size_t longestLog = 500;

double secondsSince(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::uint64_t numberOf(JobId id)
{
    return static_cast<std::uint64_t>(id);
}

} // namespace

void Document::startWork(Work work)
{
    startWork(std::make_shared<const Work>(std::move(work)));
}

void Document::startWork(const std::shared_ptr<const Work> &work)
{
    if (std::ranges::any_of(
            m_active, [&](const ActiveJob &job) { return job.work->command == work->command; }))
        return;
    const auto id = std::make_shared<JobId>();
    const auto queued = [this](auto call) {
        QMetaObject::invokeMethod(this, std::move(call), Qt::QueuedConnection);
    };
    Job job;
    job.work = work->run;
    job.progressed = [this, queued, id](const ProgressReport &report) {
        queued([this, id, report] { jobProgressed(*id, report); });
    };
    job.ended = [this, queued, id](const JobOutcome &outcome) {
        queued([this, id, outcome] { jobEnded(*id, outcome); });
    };
    *id = m_jobs->start(Lane::Work, std::move(job));
    m_active.push_back({*id, work});
    if (m_active.size() == 1) {
        m_job = {};
        m_job.state = JobStatus::State::Running;
        m_job.title = work->title;
        m_job.name = work->name;
        beginFirst();
    }
    m_job.waiting = m_active.size() - 1;
    Q_EMIT jobChanged();
}

void Document::beginFirst()
{
    m_timeLeft = {};
    m_active.front().began = std::chrono::system_clock::now();
    m_active.front().started = std::chrono::steady_clock::now();
}

void Document::jobProgressed(JobId id, const ProgressReport &report)
{
    const auto active = std::ranges::find(m_active, id, &ActiveJob::id);
    if (active == m_active.end())
        return;
    m_job.state = JobStatus::State::Running;
    m_job.title = active->work->title;
    m_job.name = active->work->name;
    if (!report.what.empty())
        m_job.what = report.what;
    m_job.figure = report.figure;
    m_job.done = report.done;
    m_job.total = report.total;
    const std::optional<double> left = m_timeLeft.after(report, std::chrono::steady_clock::now());
    m_job.secondsLeft = m_job.paused ? -1 : left.value_or(-1);
    Q_EMIT jobChanged();
}

void Document::jobEnded(JobId id, const JobOutcome &outcome)
{
    const auto found = std::ranges::find(m_active, id, &ActiveJob::id);
    if (found == m_active.end())
        return; // cancelled by a change of project; its result belongs to nobody
    const ActiveJob job = *found;
    const bool ran = found == m_active.begin();
    m_active.erase(found);
    m_job.waiting = m_active.empty() ? 0 : m_active.size() - 1;
    if (!ran) { // never began: what runs goes on
        logJob(job, outcome, {});
        Q_EMIT jobChanged();
        Q_EMIT workEnded(JobEntry(m_ended.front().entry));
        return;
    }
    m_job.state = outcome.result == JobResult::Finished    ? JobStatus::State::Finished
                  : outcome.result == JobResult::Cancelled ? JobStatus::State::Cancelled
                                                           : JobStatus::State::Failed;
    m_job.error = outcome.error ? std::optional(outcome.error->message()) : std::nullopt;
    m_job.secondsLeft = -1;
    m_job.paused = false;
    if (!m_active.empty())
        beginFirst();
    job.work->ended(outcome);
    logJob(job, outcome, m_job.figure);
    Q_EMIT jobChanged();
    Q_EMIT workEnded(JobEntry(m_ended.front().entry));
    if (outcome.error)
        Q_EMIT failed(outcome.error->message());
}

void Document::logJob(const ActiveJob &job, const JobOutcome &outcome, const Message &figure)
{
    JobEntry entry;
    entry.number = numberOf(job.id);
    entry.state = outcome.result == JobResult::Finished    ? JobEntry::State::Finished
                  : outcome.result == JobResult::Cancelled ? JobEntry::State::Cancelled
                                                           : JobEntry::State::Failed;
    entry.title = job.work->title;
    entry.name = job.work->name;
    entry.figure = figure;
    entry.error = outcome.error ? std::optional(outcome.error->message()) : std::nullopt;
    const bool began = job.began != std::chrono::system_clock::time_point();
    entry.began = began ? job.began : std::chrono::system_clock::now();
    entry.seconds = began ? secondsSince(job.started) : 0;
    entry.repeatable = outcome.result != JobResult::Finished;
    m_ended.insert(m_ended.begin(), {entry, entry.repeatable ? job.work : nullptr});
    m_ended.resize(std::min(m_ended.size(), longestLog));
}

/// What still runs belongs to the project before, and so does what could be repeated.
void Document::forgetJobs()
{
    m_active.clear();
    m_job = {};
    for (EndedJob &job : m_ended) {
        job.work.reset();
        job.entry.repeatable = false;
    }
}

std::vector<JobEntry> Document::jobEntries() const
{
    std::vector<JobEntry> entries;
    for (const ActiveJob &job : m_active) {
        JobEntry entry;
        entry.number = numberOf(job.id);
        entry.title = job.work->title;
        entry.name = job.work->name;
        if (entries.empty()) {
            entry.state = m_job.paused ? JobEntry::State::Paused : JobEntry::State::Running;
            entry.figure = m_job.figure;
            entry.began = job.began;
            entry.seconds = secondsSince(job.started);
            if (m_job.paused)
                entry.seconds -= secondsSince(m_paused);
        }
        entries.push_back(std::move(entry));
    }
    for (const EndedJob &job : m_ended)
        entries.push_back(job.entry);
    return entries;
}

void Document::cancel()
{
    for (const ActiveJob &job : m_active | std::views::reverse) // or the next would begin
        m_jobs->cancel(job.id);
}

void Document::pauseJob()
{
    if (m_active.empty() || m_job.paused)
        return;
    m_jobs->pause(m_active.front().id);
    m_job.paused = true;
    m_job.secondsLeft = -1;
    m_paused = std::chrono::steady_clock::now();
    Q_EMIT jobChanged();
}

void Document::continueJob()
{
    if (m_active.empty() || !m_job.paused)
        return;
    m_job.paused = false;
    const auto held = std::chrono::steady_clock::now() - m_paused;
    m_timeLeft.hold(held);
    m_active.front().started += held;
    m_jobs->goOn(m_active.front().id);
    Q_EMIT jobChanged();
}

void Document::cancelJob(std::uint64_t number)
{
    m_jobs->cancel(JobId{number});
}

void Document::moveJobFirst(std::uint64_t number)
{
    const auto found = std::ranges::find(m_active, JobId{number}, &ActiveJob::id);
    if (found == m_active.end() || found == m_active.begin())
        return;
    m_jobs->moveFirst(found->id);
    std::rotate(m_active.begin() + 1, found, found + 1);
    Q_EMIT jobChanged();
}

void Document::repeatJob(std::uint64_t number)
{
    const auto found =
        std::ranges::find(m_ended, number, [](const EndedJob &job) { return job.entry.number; });
    if (found == m_ended.end() || !found->work || isReadOnly())
        return;
    const std::shared_ptr<const Work> work = std::move(found->work);
    found->entry.repeatable = false;
    startWork(work);
}

} // namespace pare
