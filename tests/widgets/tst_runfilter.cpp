#include "widgets/models/runfilter.h"

#include <QTest>

using namespace pare;

namespace {

Run someRun()
{
    Run run;
    run.id = "00c0ffee";
    run.recipe.steps.push_back(checked(parsedStep("quantize.affine bits=4 group=64")));
    run.primaryMetric = "accuracy";
    run.measured.bytes = 2'300'000;
    run.measured.parameters = 1'000'000;
    run.measured.metrics["accuracy"] = {0.913, 0.9, 0.92, 1000};
    run.measured.latencyMs.median = 1.8;
    run.labelLoyalty = {0.97, 0.96, 0.98, 1000};
    return run;
}

} // namespace

class TestRunFilter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lines_data();
    void lines();
    void whatCannotBeReadIsSaid_data();
    void whatCannotBeReadIsSaid();
    void whatIsNotKnownFulfilsNothing();
};

void TestRunFilter::lines_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<bool>("accepted");
    const auto row = [](const char *line, bool accepted) {
        QTest::newRow(line) << QString::fromUtf8(line) << accepted;
    };
    row("", true);
    row("   ", true);
    row("bits", true);
    row("BITS", true);
    row("quantize.affine", true);
    row("rank", false);
    row("4 bits coarse", true); // recipe and note
    row("4 bits sparse", false);
    row("accuracy>90", true);
    row("accuracy>92", false);
    row("accuracy > 90 %", true);
    row("acc>=91.3", true);
    row("accuracy<91.3", false);
    row("accuracy=91.3", true);
    row("bytes<4MB", true);
    row("bytes < 2 MB", false);
    row("bytes<=2300kB", true);
    row("size>2299999", true);
    row("ms≤1.8", true);
    row("loyalty>98", false);
    row("changed<31", true);
    row("changed>30", false);
    row("parameters=1M", true);
    row("tag:paper", true);
    row("tag:Paper", true);
    row("tag:pap", false); // a tag as a whole
    row("pap", true);
    row("tag:\"two words\"", true);
    row("note:\"too coarse\"", true);
    row("note:fine", false);
    row("-tag:paper", false);
    row("-tag:draft", true);
    row("-accuracy>95 tag:paper", true);
    row("id:c0ffee", true);
    row("c0ffee", true);
    row("http://x", false); // an unknown name before a colon is a word
}

void TestRunFilter::lines()
{
    QFETCH(QString, line);
    QFETCH(bool, accepted);
    const RunFilter filter = parsedRunFilter(line);
    QVERIFY2(filter.problem.isEmpty(), qPrintable(filter.problem));
    QCOMPARE(filter.accepts(someRun(), {"too coarse", {"paper", "two words"}, false}), accepted);
}

void TestRunFilter::whatCannotBeReadIsSaid_data()
{
    QTest::addColumn<QString>("line");
    QTest::newRow("name") << "colour>3";
    QTest::newRow("number") << "bytes<many";
    QTest::newRow("unit") << "bytes<4XB";
    QTest::newRow("nothing") << "accuracy>";
    QTest::newRow("no tag") << "tag:";
}

void TestRunFilter::whatCannotBeReadIsSaid()
{
    QFETCH(QString, line);
    const RunFilter filter = parsedRunFilter("bits " + line);
    QVERIFY(!filter.problem.isEmpty());
    QCOMPARE(filter.conditions.size(), std::size_t(1)); // the rest still filters
    QVERIFY(filter.accepts(someRun(), {}));
}

void TestRunFilter::whatIsNotKnownFulfilsNothing()
{
    QVERIFY(!parsedRunFilter("multiply-adds>0").accepts(someRun(), {}));
    QVERIFY(!parsedRunFilter("multiply-adds<1G").accepts(someRun(), {}));
}

QTEST_APPLESS_MAIN(TestRunFilter)
#include "tst_runfilter.moc"
