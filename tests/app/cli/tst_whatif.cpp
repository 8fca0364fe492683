// What is known of layers answers "what if": `pare run --predict` and `pare runs --predictions`.
#include "tests/app/cli/program.h"
#include "tests/support/randommodel.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

using namespace pare;

class TestWhatIf : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        test::writeRandomModel(m_folder.filePath("model").toStdString());
        qputenv("XDG_CACHE_HOME", m_folder.filePath("cache").toUtf8());
    }

    void nothingIsPredictedOfNothing()
    {
        const test::Finished finished =
            run({"run", "model", "--step", "quantize.affine bits=4", "--predict"});
        QCOMPARE(finished.code, 1);
        QVERIFY2(finished.errors.contains("pare sweep --per-layer"), finished.errors);
    }

    void predictionsHaveTheKeysOfRuns()
    {
        sweep();
        const QStringList arguments{"run", "model", "--step",
                                    "quantize.affine bits=4 @ role=up,down", "--json"};
        const QJsonObject predicted = jsonOf(run(arguments + QStringList{"--predict"}));
        QCOMPARE(predicted["predicted"].toBool(), true);
        QCOMPARE(predicted["unmeasured"].toArray().size(), 0);
        QCOMPARE(predicted["band"]["runs"].toInt(), 0);
        const QJsonObject measured = jsonOf(run(arguments));
        for (const QString &key : measured.keys())
            QVERIFY2(predicted.contains(key), qPrintable(key));
        for (const char *same : {"id", "bytes", "recipe", "examples", "model", "data"})
            QCOMPARE(predicted[same], measured[same]);
        const QJsonObject accuracy = predicted["metrics"]["accuracy"].toObject();
        QVERIFY(accuracy["low"].toDouble() <= accuracy["value"].toDouble());
        // What only running tells is nothing, not 0.
        for (const char *unknown : {"multiplyAdds", "examplesPerSecond", "batchTokens"})
            QVERIFY2(predicted[unknown].isNull(), unknown);
        QVERIFY(predicted["loyalty"]["probability"].isNull());
        for (const QJsonValue &layer : predicted["layers"].toArray()) {
            if (layer["steps"].toArray().isEmpty())
                continue;
            QVERIFY(layer["bitsPerWeight"].isNull());
            QVERIFY(layer["weightError"].toDouble() > 0); // which the sweep has seen
        }
        const double truth = measured["metrics"]["accuracy"]["value"].toDouble();
        QVERIFY(accuracy["low"].toDouble() <= truth && truth <= accuracy["high"].toDouble());
    }

    void whatNoSweepAskedIsSaid()
    {
        sweep();
        const QJsonObject predicted = jsonOf(run(
            {"run", "model", "--step", "quantize.affine bits=5 @ role=up", "--predict", "--json"}));
        QCOMPARE(predicted["unmeasured"].toArray().size(), 3);
        const QJsonObject accuracy = predicted["metrics"]["accuracy"].toObject();
        QCOMPARE(accuracy["low"].toDouble(), 0.0);
        QCOMPARE(accuracy["high"].toDouble(), 1.0);
        const test::Finished finished =
            run({"run", "model", "--step", "quantize.affine bits=5 @ role=up", "--predict"});
        QVERIFY2(finished.output.contains("never asked"), finished.output);
    }

    void runsReplaceAndScorePredictions()
    {
        sweep();
        for (const char *step :
             {"quantize.affine bits=2 @ role=up", "quantize.affine bits=2 @ role=down",
              "quantize.affine bits=4 @ role=up,down"})
            QCOMPARE(run({"run", "model", "--step", step, "--project", "w.pare"}).code, 0);
        const QJsonObject known =
            jsonOf(run({"run", "model", "--step", "quantize.affine bits=2 @ role=up", "--project",
                        "w.pare", "--predict", "--json"}));
        QCOMPARE(known["predicted"].toBool(), false);
        const QJsonObject other =
            jsonOf(run({"run", "model", "--step", "quantize.affine bits=2 @ block=0 and role=up",
                        "--project", "w.pare", "--predict", "--json"}));
        QCOMPARE(other["predicted"].toBool(), true);
        QCOMPARE(other["band"]["runs"].toInt(), 3);
        const QJsonObject scored = jsonOf(
            test::runProgram({"runs", "w.pare", "--predictions", "--json"}, m_folder.path()));
        QCOMPARE(scored["predictions"].toArray().size(), 3);
        for (const QJsonValue &one : scored["predictions"].toArray())
            QCOMPARE(one["bandRuns"].toInt(), 2); // never from itself
        const test::Finished table =
            test::runProgram({"runs", "w.pare", "--predictions"}, m_folder.path());
        QVERIFY2(table.output.contains("by the others: "), table.output);
        QVERIFY2(table.output.contains("of 3 runs inside"), table.output);
    }

    void whatWasSaidBeforeIsKeptWithTheRun()
    {
        sweep();
        const QStringList arguments{
            "run",       "model",       "--step", "quantize.affine bits=2 @ role=up",
            "--project", "before.pare", "--json"};
        const QJsonObject predicted = jsonOf(run(arguments + QStringList{"--predict"}));
        const QJsonObject measured = jsonOf(run(arguments));
        for (const char *key : {"value", "low", "high"})
            QCOMPARE(measured["prediction"]["accuracy"][key],
                     predicted["metrics"]["accuracy"][key]);
        QCOMPARE(run({"run", "model", "--step", "quantize.affine bits=5 @ role=up", "--project",
                      "before.pare"})
                     .code,
                 0); // of which nothing could be said
        const QJsonObject scored = jsonOf(
            test::runProgram({"runs", "before.pare", "--predictions", "--json"}, m_folder.path()));
        QCOMPARE(scored["before"]["runs"].toInt(), 1);
        QCOMPARE(scored["predictions"].toArray().size(), 1);
        QCOMPARE(scored["predictions"][0]["before"]["predicted"],
                 predicted["metrics"]["accuracy"]["value"]);
    }

    void impossibleWishesAreRefused_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::newRow("to write what was not made")
            << QStringList{"run", "model", "--predict", "--output", "out"} << 2;
        QTest::newRow("to train") << QStringList{"run", "model", "--predict", "--recover",
                                                 "epochs=1"}
                                  << 2;
        QTest::newRow("a recipe that cannot hold")
            << QStringList{"run", "model", "--predict", "--step", "quantize.affine @ nothing"} << 1;
    }
    void impossibleWishesAreRefused()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        const test::Finished finished = run(arguments);
        QCOMPARE(finished.code, code);
        QVERIFY(!finished.errors.isEmpty());
    }

private:
    test::Finished run(const QStringList &arguments) const
    {
        return test::runProgram(
            arguments + QStringList{"--data", "model/test.tsv", "--threads", "2"}, m_folder.path());
    }
    void sweep() const
    {
        QCOMPARE(run({"sweep", "model", "--per-layer", "--technique",
                      "quantize.affine bits=4|2 @ role=up,down", "--tolerance", "0"})
                     .code,
                 0);
    }
    static QJsonObject jsonOf(const test::Finished &finished)
    {
        return QJsonDocument::fromJson(finished.output).object();
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestWhatIf)
#include "tst_whatif.moc"
