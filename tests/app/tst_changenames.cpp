// What undo and redo are called.
#include "app/window/changenames.h"

#include <QTest>

using namespace pare;

namespace {

Choices choicesOf(const QString &steps)
{
    Choices choices;
    for (const QString &step : steps.split(';', Qt::SkipEmptyParts)) {
        const bool off = step.startsWith('-');
        choices.steps.push_back({parsedStep(step.mid(off ? 1 : 0).toStdString()), !off});
    }
    return choices;
}

} // namespace

class TestChangeNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void steps_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("name");
        const QString four = "quantize.affine bits=4";
        const QString three = "quantize.affine bits=3";
        const QString half = "prune.magnitude sparsity=0.5";
        QTest::newRow("none") << four << four << QString();
        QTest::newRow("first") << QString() << four << "addition of 4 bits";
        QTest::newRow("before another") << four << half + ';' + four << "addition of 50 % pruned";
        QTest::newRow("the same twice") << four << four + ';' + four << "addition of 4 bits";
        QTest::newRow("gone") << half + ';' + four << half << "removal of 4 bits";
        QTest::newRow("setting") << half + ';' + four << half + ';' + three << "change to 3 bits";
        QTest::newRow("off") << four << '-' + four << "switch of 4 bits";
        QTest::newRow("another technique") << four << half << "change of the recipe";
        QTest::newRow("all") << half + ';' + four << QString() << "change of the recipe";
    }
    void steps()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(QString, name);
        QCOMPARE(changeName(choicesOf(before), choicesOf(after)), name);
    }

    void otherChoices()
    {
        const Choices before = choicesOf("quantize.binary");
        Choices after = before;
        after.seed = 3;
        QCOMPARE(changeName(before, after), "change of the seed");
        after.threads = 1;
        QCOMPARE(changeName(before, after), "number of threads");
        after.dataPath = "/test.tsv";
        QCOMPARE(changeName(before, after), "choice of a data file");
        after.modelPath = "/model";
        QCOMPARE(changeName(before, after), "choice of a model");
    }
};

QTEST_GUILESS_MAIN(TestChangeNames)
#include "tst_changenames.moc"
