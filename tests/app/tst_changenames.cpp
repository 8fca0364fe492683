// What undo and redo are called.
#include "app/window/changenames.h"
#include "core/experiment/demo.h"

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
        QTest::newRow("another technique") << four << half << "change to 50 % pruned";
        QTest::newRow("all") << half + ';' + four << QString() << "removal of all steps";
        QTest::newRow("several") << four << half + ';' + four + ';' + three
                                 << "addition of 2 steps";
        QTest::newRow("several gone")
            << half + ';' + four + ';' + three << four << "removal of 2 steps";
        QTest::newRow("another recipe")
            << half << four + ';' + QString("prune.magnitude sparsity=0.25")
            << "change to 4 bits + 25 % pruned";
    }
    void steps()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(QString, name);
        QCOMPARE(changeName(choicesOf(before), choicesOf(after)), name);
    }

    void presetsByTheirNames()
    {
        const Choices before = choicesOf("prune.magnitude sparsity=0.5");
        for (const Preset &preset : presets()) {
            Choices after = before;
            for (const Step &step : preset.recipe.allSteps())
                after.steps.insert(after.steps.begin(), {step, true}); // in any order
            QCOMPARE(changeName(before, after), "preset " + QString::fromStdString(preset.name));
            QVERIFY(!changeName(after, before).contains("preset"));
        }
    }

    void runsBringTheirData()
    {
        const Choices before = choicesOf("prune.magnitude sparsity=0.5");
        Choices after = choicesOf("quantize.affine bits=4");
        after.calibrationPath = "/train.tsv";
        QCOMPARE(changeName(before, after), "change to 4 bits");
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
        after.calibrationPath = "/train.tsv";
        Choices without = after;
        without.calibrationPath.clear();
        QCOMPARE(changeName(after, without), "removal of calibration data");
        without.calibrationPath = "/train.tsv";
        without.dataPath.clear();
        QCOMPARE(changeName(after, without), "removal of the data file");
        after.modelPath = "/model";
        QCOMPARE(changeName(before, after), "choice of a model");
    }
};

QTEST_GUILESS_MAIN(TestChangeNames)
#include "tst_changenames.moc"
