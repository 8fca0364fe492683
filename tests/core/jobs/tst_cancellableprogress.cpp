#include "core/jobs/cancellableprogress.h"

#include <QTest>

#include <csignal>
#include <thread>
#include <vector>

using namespace pare;

namespace {

using Time = std::chrono::steady_clock::time_point;
using std::chrono::milliseconds;

CancellableProgress *interrupted = nullptr;

void interrupt(int)
{
    interrupted->cancel();
}

} // namespace

class TestCancellableProgress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_received.clear();
        m_now = Time{};
    }

    void reportsAreCoalesced()
    {
        auto progress = make();
        for (int i = 0; i < 1000; ++i) {
            progress->report({.done = i});
            m_now += milliseconds(1);
        }
        QCOMPARE(m_received.size(), std::size_t(20));
        QCOMPARE(m_received.front().done, std::int64_t(0));
        QCOMPARE(m_received.at(1).done, std::int64_t(50));
    }

    void flushDeliversTheLast()
    {
        auto progress = make();
        progress->report({.done = 1});
        progress->report({.done = 2});
        progress->report({.done = 3});
        QCOMPARE(m_received.size(), std::size_t(1));
        progress->flush();
        QCOMPARE(m_received.size(), std::size_t(2));
        QCOMPARE(m_received.back().done, std::int64_t(3));
        progress->flush();
        QCOMPARE(m_received.size(), std::size_t(2));
    }

    void whatIsKept()
    {
        auto progress = make();
        progress->report({.what = message("Opening"), .done = 1});
        progress->report(
            {.what = message("Measuring"), .done = 2}); // dropped, but it names the work
        m_now += milliseconds(60);
        progress->report({.done = 3});
        QCOMPARE(m_received.size(), std::size_t(2));
        QCOMPARE(m_received.back().what.text(), std::string("Measuring"));
        QCOMPARE(m_received.back().done, std::int64_t(3));
    }

    void cancelIsSeenByCheck()
    {
        CancellableProgress progress;
        progress.step({.done = 1});
        QVERIFY(!progress.cancelled());
        progress.cancel();
        QVERIFY(progress.cancelled());
        QVERIFY_EXCEPTION_THROWN(progress.check(), Cancelled);
        QVERIFY_EXCEPTION_THROWN(progress.step({.done = 2}), Cancelled);
    }

    void cancelFromASignalHandler()
    {
        CancellableProgress progress;
        interrupted = &progress;
        const auto previous = std::signal(SIGUSR1, interrupt);
        std::raise(SIGUSR1);
        std::signal(SIGUSR1, previous);
        QVERIFY(progress.cancelled());
    }

    void reportsFromManyThreads()
    {
        // The receiver is not synchronised: calls that overlapped would be a race.
        std::int64_t calls = 0;
        std::int64_t last = -1;
        CancellableProgress progress([&](const ProgressReport &report) {
            ++calls;
            last = report.done;
        });
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 4; ++t)
                threads.emplace_back([&progress] {
                    for (int i = 0; i < 1000; ++i)
                        progress.report({.done = 7});
                });
        }
        progress.flush();
        QVERIFY(calls >= 1 && calls <= 4000);
        QCOMPARE(last, std::int64_t(7));
    }

private:
    std::unique_ptr<CancellableProgress> make()
    {
        return std::make_unique<CancellableProgress>(
            [this](const ProgressReport &report) { m_received.push_back(report); },
            [this] { return m_now; });
    }

    std::vector<ProgressReport> m_received;
    Time m_now;
};

QTEST_GUILESS_MAIN(TestCancellableProgress)
#include "tst_cancellableprogress.moc"
