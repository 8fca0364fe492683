#include "core/jobs/jobrunner.h"

#include <QTest>

#include <atomic>
#include <future>
#include <latch>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include <sys/resource.h>

using namespace pare;

namespace {

struct OpaqueMistake
{};

using Outcomes = std::future<JobOutcome>;

/// The job with an `ended` that fulfils the future.
std::pair<Job, Outcomes> watched(std::function<void(Progress &)> work)
{
    auto promise = std::make_shared<std::promise<JobOutcome>>();
    Outcomes outcome = promise->get_future();
    Job job{
        std::move(work), {}, [promise](const JobOutcome &outcome) { promise->set_value(outcome); }};
    return {std::move(job), std::move(outcome)};
}

void untilCancelled(Progress &progress)
{
    while (true) {
        progress.check();
        std::this_thread::yield();
    }
}

using Thrower = void (*)();

} // namespace

Q_DECLARE_METATYPE(Thrower)

class TestJobRunner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finishes()
    {
        JobRunner runner;
        int result = 0;
        auto [job, outcome] = watched([&result](Progress &) { result = 42; });
        runner.start(Lane::Work, std::move(job));
        const JobOutcome end = outcome.get();
        QCOMPARE(end.result, JobResult::Finished);
        QVERIFY(!end.error);
        QCOMPARE(result, 42);
    }

    void runsInOrder()
    {
        std::vector<int> order;
        std::promise<void> done;
        JobRunner runner;
        for (int i = 0; i < 100; ++i)
            runner.start(Lane::Work, {[&order, i](Progress &) { order.push_back(i); }, {}, {}});
        runner.start(Lane::Work, {[&done](Progress &) { done.set_value(); }, {}, {}});
        done.get_future().get();
        QCOMPARE(order.size(), std::size_t(100));
        QVERIFY(std::is_sorted(order.begin(), order.end()));
    }

    void lookDoesNotWaitForWork()
    {
        JobRunner runner;
        std::latch looked(1);
        auto [work, worked] = watched([&looked](Progress &) { looked.wait(); });
        runner.start(Lane::Work, std::move(work));
        runner.start(Lane::Look, {[&looked](Progress &) { looked.count_down(); }, {}, {}});
        QCOMPARE(worked.get().result, JobResult::Finished);
    }

    void mapsExceptions_data()
    {
        QTest::addColumn<Thrower>("thrower");
        QTest::addColumn<JobResult>("result");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, Thrower thrower, ErrorKind kind, const char *text) {
            QTest::newRow(name) << thrower << JobResult::Failed << kind << QString(text);
        };
        row(
            "error", [] { throw Error(ErrorKind::InvalidFile, "%1: broken", "x"); },
            ErrorKind::InvalidFile, "x: broken");
        row(
            "memory", [] { throw std::bad_alloc(); }, ErrorKind::NotEnoughMemory,
            "there is not enough memory for this");
        row(
            "standard", [] { throw std::runtime_error("size mismatch\nframe #0"); },
            ErrorKind::Unexpected, "stopped by an unexpected error: size mismatch");
        row(
            "other", [] { throw OpaqueMistake{}; }, ErrorKind::Unexpected,
            "stopped by an unexpected error without a description");
        QTest::newRow("cancelled") << Thrower([] { throw Cancelled{}; }) << JobResult::Cancelled
                                   << ErrorKind{} << QString();
    }

    void mapsExceptions()
    {
        QFETCH(Thrower, thrower);
        QFETCH(JobResult, result);
        QFETCH(ErrorKind, kind);
        QFETCH(QString, text);
        JobRunner runner;
        auto [job, outcome] = watched([thrower](Progress &) { thrower(); });
        runner.start(Lane::Look, std::move(job));
        const JobOutcome end = outcome.get();
        QCOMPARE(end.result, result);
        QCOMPARE(end.error.has_value(), result == JobResult::Failed);
        if (end.error) {
            QCOMPARE(end.error->kind(), kind);
            QCOMPARE(QString::fromStdString(end.error->message().text()), text);
        }
        auto [after, afterwards] = watched([](Progress &) {});
        runner.start(Lane::Look, std::move(after));
        QCOMPARE(afterwards.get().result, JobResult::Finished);
    }

    void aWaitingJobComesFirst()
    {
        JobRunner runner;
        std::latch begun(1);
        std::latch go(1);
        std::promise<void> done;
        std::vector<int> order;
        runner.start(Lane::Work, {[&](Progress &) {
                                      begun.count_down();
                                      go.wait();
                                  },
                                  {},
                                  {}});
        begun.wait();
        std::vector<JobId> ids;
        for (int i = 0; i < 4; ++i)
            ids.push_back(runner.start(Lane::Work,
                                       {[&order, i](Progress &) { order.push_back(i); }, {}, {}}));
        runner.start(Lane::Work, {[&done](Progress &) { done.set_value(); }, {}, {}});
        runner.moveFirst(ids[2]);
        runner.moveFirst(JobId{999});
        go.count_down();
        done.get_future().get();
        QCOMPARE(order, (std::vector<int>{2, 0, 1, 3}));
    }

    void aPausedJobHoldsUntilItGoesOn()
    {
        JobRunner runner;
        std::atomic<int> steps = 0;
        auto [job, outcome] = watched([&steps](Progress &progress) {
            while (steps < 5) {
                ++steps;
                progress.step({{}, steps, 5, {}});
            }
        });
        std::latch begun(1);
        std::latch go(1);
        runner.start(Lane::Work, {[&](Progress &) {
                                      begun.count_down();
                                      go.wait();
                                  },
                                  {},
                                  {}});
        begun.wait();
        const JobId id = runner.start(Lane::Work, std::move(job));
        runner.pause(id); // while it waits: it begins, and holds
        go.count_down();
        QCOMPARE(outcome.wait_for(std::chrono::milliseconds(150)), std::future_status::timeout);
        QCOMPARE(steps.load(), 1);
        runner.goOn(id);
        QCOMPARE(outcome.get().result, JobResult::Finished);
        QCOMPARE(steps.load(), 5);
    }

    void aPausedJobCanBeCancelled()
    {
        JobRunner runner;
        auto [job, outcome] = watched([](Progress &progress) {
            while (true)
                progress.step({});
        });
        const JobId id = runner.start(Lane::Work, std::move(job));
        runner.pause(id);
        runner.cancel(id);
        QCOMPARE(outcome.get().result, JobResult::Cancelled);
    }

    void cancelsTheRunning()
    {
        JobRunner runner;
        std::latch begun(1);
        auto [job, outcome] = watched([&begun](Progress &progress) {
            begun.count_down();
            untilCancelled(progress);
        });
        const JobId id = runner.start(Lane::Work, std::move(job));
        begun.wait();
        QVERIFY(runner.running(Lane::Work) == id);
        runner.cancel(id);
        QCOMPARE(outcome.get().result, JobResult::Cancelled);
        QVERIFY(!runner.running(Lane::Work));
        runner.cancel(id); // has ended: nothing happens
    }

    void cancelsTheWaiting()
    {
        JobRunner runner;
        std::latch begun(1);
        auto [first, firstOutcome] = watched([&begun](Progress &progress) {
            begun.count_down();
            untilCancelled(progress);
        });
        bool ran = false;
        auto [second, secondOutcome] = watched([&ran](Progress &) { ran = true; });
        auto [third, thirdOutcome] = watched([](Progress &) {});
        const JobId firstId = runner.start(Lane::Work, std::move(first));
        const JobId secondId = runner.start(Lane::Work, std::move(second));
        runner.start(Lane::Work, std::move(third));
        begun.wait();
        QCOMPARE(runner.queueLength(Lane::Work), std::size_t(2));
        QCOMPARE(runner.queueLength(Lane::Look), std::size_t(0));

        runner.cancel(secondId); // ends at once, though the first still runs
        QCOMPARE(secondOutcome.wait_for(std::chrono::seconds(0)), std::future_status::ready);
        QCOMPARE(secondOutcome.get().result, JobResult::Cancelled);
        QCOMPARE(runner.queueLength(Lane::Work), std::size_t(1));

        runner.cancel(firstId);
        QCOMPARE(firstOutcome.get().result, JobResult::Cancelled);
        QCOMPARE(thirdOutcome.get().result, JobResult::Finished);
        QVERIFY(!ran);
    }

    void cancelsAll()
    {
        JobRunner runner;
        std::vector<Outcomes> outcomes;
        for (int i = 0; i < 6; ++i) {
            auto [job, outcome] = watched(untilCancelled);
            runner.start(i % 2 ? Lane::Work : Lane::Look, std::move(job));
            outcomes.push_back(std::move(outcome));
        }
        runner.cancelAll();
        for (Outcomes &outcome : outcomes)
            QCOMPARE(outcome.get().result, JobResult::Cancelled);
        QCOMPARE(runner.queueLength(Lane::Work), std::size_t(0));
    }

    void aResultReachedInSpiteOfCancellingCounts()
    {
        JobRunner runner;
        std::latch begun(1);
        std::latch cancelled(1);
        auto [job, outcome] = watched([&](Progress &) {
            begun.count_down();
            cancelled.wait();
        });
        const JobId id = runner.start(Lane::Work, std::move(job));
        begun.wait();
        runner.cancel(id);
        cancelled.count_down();
        QCOMPARE(outcome.get().result, JobResult::Finished);
    }

    void destructionCancelsAndJoins()
    {
        for (int repeat = 0; repeat < 30; ++repeat) {
            std::vector<Outcomes> outcomes;
            {
                JobRunner runner;
                for (int i = 0; i < 6; ++i) {
                    auto [job, outcome] = watched(untilCancelled);
                    runner.start(i % 2 ? Lane::Work : Lane::Look, std::move(job));
                    outcomes.push_back(std::move(outcome));
                }
            }
            for (Outcomes &outcome : outcomes) {
                QCOMPARE(outcome.wait_for(std::chrono::seconds(0)), std::future_status::ready);
                QCOMPARE(outcome.get().result, JobResult::Cancelled);
            }
        }
    }

    void aJobStartedWhileClosingIsCancelled()
    {
        auto [late, lateOutcome] = watched([](Progress &) {});
        std::latch begun(1);
        {
            JobRunner runner;
            runner.start(Lane::Work, {[&begun](Progress &progress) {
                                          begun.count_down();
                                          untilCancelled(progress);
                                      },
                                      {},
                                      [&, job = std::move(late)](const JobOutcome &) {
                                          runner.start(Lane::Look, job);
                                      }});
            begun.wait();
        }
        QCOMPARE(lateOutcome.get().result, JobResult::Cancelled);
    }

    void capturesAreGoneBeforeTheEnd()
    {
        JobRunner runner;
        auto weights = std::make_shared<int>(1);
        const std::weak_ptr<int> watch = weights;
        std::promise<bool> gone;
        runner.start(Lane::Work, {[weights = std::move(weights)](Progress &) {},
                                  {},
                                  [&](const JobOutcome &) { gone.set_value(watch.expired()); }});
        QVERIFY(gone.get_future().get());
    }

    void progressComesBeforeTheEndAndWithTheLastReport()
    {
        JobRunner runner;
        std::vector<std::int64_t> seen;
        std::promise<void> ended;
        runner.start(Lane::Work,
                     {[](Progress &progress) {
                          for (int i = 1; i <= 10000; ++i)
                              progress.step({.done = i, .total = 10000});
                      },
                      [&seen](const ProgressReport &report) { seen.push_back(report.done); },
                      [&ended](const JobOutcome &) { ended.set_value(); }});
        ended.get_future().get();
        QCOMPARE(seen.front(), std::int64_t(1));
        QCOMPARE(seen.back(), std::int64_t(10000));
        QVERIFY(seen.size() < 10000);
    }

    void threadsStartAsTheOwnerSays()
    {
        const int own = ::getpriority(PRIO_PROCESS, 0);
        struct Start
        {
            Lane lane;
            int priority;
            std::thread::id thread;
        };
        std::mutex mutex;
        std::vector<Start> starts;
        std::thread::id workThread;
        {
            JobRunner runner([&](Lane lane) {
                const std::scoped_lock lock(mutex);
                starts.push_back(
                    {lane, ::getpriority(PRIO_PROCESS, 0), std::this_thread::get_id()});
            });
            for (int i = 0; i < 2; ++i) {
                auto [job, outcome] =
                    watched([&](Progress &) { workThread = std::this_thread::get_id(); });
                runner.start(Lane::Work, std::move(job));
                outcome.get();
            }
        }
        QCOMPARE(starts.size(), std::size_t(2));
        for (const Start &start : starts) {
            QCOMPARE(start.priority, std::min(19, own + 10));
            QVERIFY(start.thread != std::this_thread::get_id());
            QCOMPARE(start.thread == workThread, start.lane == Lane::Work);
        }
        QCOMPARE(::getpriority(PRIO_PROCESS, 0), own);
    }
};

QTEST_GUILESS_MAIN(TestJobRunner)
#include "tst_jobrunner.moc"
