#include "core/base/timeleft.h"

#include <QTest>
#include <chrono>

using namespace pare;
using namespace std::chrono_literals;

namespace {

const TimeLeft::Clock::time_point begin{};

ProgressReport at(const char *what, std::int64_t done)
{
    return {message(what, "x"), done, 100, {}, {}};
}

} // namespace

class TestTimeLeft : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsThePace()
    {
        TimeLeft left;
        QVERIFY(!left.after(at("layers", 0), begin));
        QVERIFY(!left.after(at("layers", 10), begin + 100ms)); // too early to say
        QCOMPARE(left.after(at("layers", 10), begin + 10s), std::optional(90.0));
        QCOMPARE(left.after(at("layers", 50), begin + 10s), std::optional(10.0));
    }

    void countsOnlyWhatWasDoneMeanwhile()
    {
        TimeLeft left;
        left.after(at("steps", 90), begin); // taken up again
        QCOMPARE(left.after(at("steps", 91), begin + 2s), std::optional(18.0));
    }

    void everyPartBeginsAnew()
    {
        TimeLeft left;
        left.after(at("layers", 0), begin);
        left.after(at("layers", 100), begin + 50s);
        QVERIFY(!left.after(at("examples", 1), begin + 60s));
        QCOMPARE(left.after(at("examples", 2), begin + 61s), std::optional(98.0));
        QVERIFY(!left.after(at("examples", 0), begin + 70s)); // the same once more
    }

    void otherArgumentsAreTheSamePart()
    {
        TimeLeft left;
        left.after({message("Putting %1 back", "a"), 0, 4, {}, {}}, begin);
        QCOMPARE(left.after({message("Putting %1 back", "b"), 1, 4, {}, {}}, begin + 1s),
                 std::optional(3.0));
        QCOMPARE(left.after({{}, 2, 4, {}, {}}, begin + 2s), std::optional(2.0));
    }

    void standingStillTakesNoTime()
    {
        TimeLeft left;
        left.after(at("layers", 0), begin);
        left.hold(60s);
        QCOMPARE(left.after(at("layers", 10), begin + 70s), std::optional(90.0));
    }

    void theWorkMayKnowBetter()
    {
        TimeLeft left;
        QCOMPARE(left.after({message("steps"), 1, 100, {}, 7.0}, begin), std::optional(7.0));
    }
};

QTEST_GUILESS_MAIN(TestTimeLeft)
#include "tst_timeleft.moc"
