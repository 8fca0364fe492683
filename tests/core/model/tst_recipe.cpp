#include "core/base/error.h"
#include "core/model/choices.h"
#include "core/model/recipe.h"
#include "core/model/run.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace pare;

class TestRecipe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stepsStandWhereTheyAreApplied_data()
    {
        QTest::addColumn<QStringList>("steps");
        QTest::addColumn<QString>("step");
        QTest::addColumn<int>("place");
        QTest::newRow("first") << QStringList() << "quantize.affine" << 0;
        QTest::newRow("before a later part")
            << QStringList{"quantize.affine", "recover"} << "prune.magnitude" << 0;
        QTest::newRow("behind the same part")
            << QStringList{"prune.magnitude", "quantize.affine", "recover"} << "quantize.affine"
            << 2;
        QTest::newRow("training is last")
            << QStringList{"prune.layers", "quantize.affine"} << "recover" << 2;
        QTest::newRow("others stay as they were written")
            << QStringList{"quantize.affine", "prune.magnitude"} << "factorize.svd" << 0;
    }

    void stepsStandWhereTheyAreApplied()
    {
        QFETCH(QStringList, steps);
        QFETCH(QString, step);
        std::vector<ChosenStep> chosen;
        for (const QString &text : steps)
            chosen.push_back({parsedStep(text.toStdString()), true});
        const std::size_t place = placeOf(parsedStep(step.toStdString()), chosen);
        QTEST(static_cast<int>(place), "place");
    }

    void defaultsAreFilledIn_data()
    {
        QTest::addColumn<QString>("step");
        QTest::addColumn<QString>("checkedText");
        const QString blocks = " @ role=query,key,value,output,up,down";
        QTest::newRow("affine")
            << "quantize.affine"
            << "quantize.affine bits=8 clip=minmax granularity=channel symmetric=yes" + blocks;
        QTest::newRow("group implies")
            << "quantize.affine group=32 bits=4"
            << "quantize.affine bits=4 clip=minmax granularity=group group=32 symmetric=yes" +
                   blocks;
        QTest::newRow("granularity=group")
            << "quantize.affine granularity=group"
            << "quantize.affine bits=8 clip=minmax granularity=group group=64 symmetric=yes" +
                   blocks;
        QTest::newRow("magnitude") << "prune.magnitude"
                                   << "prune.magnitude scope=matrix sparsity=0.5" + blocks;
        QTest::newRow("pattern") << "prune.magnitude pattern=2:4"
                                 << "prune.magnitude pattern=2:4" + blocks;
        QTest::newRow("svd") << "factorize.svd"
                             << "factorize.svd keep=0.5" + blocks;
        QTest::newRow("rank") << "factorize.svd rank=024 @ encoder.0.*"
                              << "factorize.svd rank=24 @ encoder.0.*";
        QTest::newRow("sharing") << "share.layers"
                                 << "share.layers keep-weights=first mode=all @ "
                                    "role=query,key,value,output,up,down,norm";
        QTest::newRow("numbers") << "prune.magnitude sparsity=5e-1"
                                 << "prune.magnitude scope=matrix sparsity=0.5" + blocks;
    }
    void defaultsAreFilledIn()
    {
        QFETCH(QString, step);
        QFETCH(QString, checkedText);
        const Step once = checked(parsedStep(step.toStdString()));
        QCOMPARE(QString::fromStdString(once.text()), checkedText);
        QCOMPARE(checked(once), once);
        const Recipe recipe{{once}};
        QCOMPARE(recipeFromJson(toJson(recipe).dump(), "r.json"), recipe);
        QCOMPARE(checked(parsedStep(once.text())), once);
    }

    void badStepsAreRefused_data()
    {
        QTest::addColumn<QString>("step");
        QTest::addColumn<QString>("says");
        QTest::newRow("empty") << ""
                               << "expected TECHNIQUE";
        QTest::newRow("no technique") << "bits=4"
                                      << "expected TECHNIQUE";
        QTest::newRow("unknown")
            << "quantize.afine"
            << "no technique \"quantize.afine\"; the nearest is quantize.affine";
        QTest::newRow("far from any") << "quantize.magic"
                                      << "expected one of: prune.heads, prune.neurons,";
        QTest::newRow("unknown setting") << "quantize.affine bit=4"
                                         << "no setting \"bit\"";
        QTest::newRow("not key=value") << "quantize.affine 4"
                                       << "found \"4\"";
        QTest::newRow("empty value") << "quantize.affine bits="
                                     << "found \"bits=\"";
        QTest::newRow("twice") << "quantize.affine bits=4 bits=5"
                               << "stands twice";
        QTest::newRow("too few bits") << "quantize.affine bits=1"
                                      << "from 2 to 8, found \"1\"";
        QTest::newRow("number of another setting") << "prune.layers keep=2"
                                                   << "found \"2\"; did you mean count=2?";
        QTest::newRow("share of another setting") << "prune.layers count=0.5"
                                                  << "found \"0.5\"; did you mean keep=0.5?";
        QTest::newRow("not whole") << "quantize.affine bits=4.5"
                                   << "whole number";
        QTest::newRow("choice") << "quantize.affine symmetric=maybe"
                                << "yes|no";
        QTest::newRow("exclude") << "prune.magnitude sparsity=0.5 pattern=2:4"
                                 << "exclude each other";
        QTest::newRow("pattern") << "prune.magnitude pattern=4:2"
                                 << "N:M";
        QTest::newRow("pattern of none") << "prune.magnitude pattern=0:4"
                                         << "N:M";
        QTest::newRow("sparsity") << "prune.magnitude sparsity=1.5"
                                  << "from 0 to 1";
        QTest::newRow("not a number") << "prune.magnitude sparsity=nan"
                                      << "found \"nan\"";
        QTest::newRow("rank and keep") << "factorize.svd rank=3 keep=0.5"
                                       << "exclude each other";
        QTest::newRow("energy and error") << "factorize.svd-llm energy=0.9 error=0.1"
                                          << "exclude each other";
        QTest::newRow("block and pattern") << "prune.sparsegpt block=4x4 pattern=2:4"
                                           << "exclude each other";
        QTest::newRow("block and share") << "factorize.kronecker block=4x4 keep=0.1"
                                         << "exclude each other";
        QTest::newRow("block") << "prune.magnitude block=4"
                               << "rows by columns from 1 to 4096";
        QTest::newRow("group goes with") << "quantize.affine group=8 granularity=tensor"
                                         << "only goes with granularity=group";
        QTest::newRow("selection") << "quantize.affine @ rol=x"
                                   << "selection";
        QTest::newRow("empty selection") << "quantize.affine @ "
                                         << "selection";
    }
    void badStepsAreRefused()
    {
        QFETCH(QString, step);
        QFETCH(QString, says);
        try {
            checked(parsedStep(step.toStdString()));
            QFAIL("accepted");
        } catch (const Error &error) {
            QCOMPARE(error.kind(), ErrorKind::InvalidSetting);
            QVERIFY2(QString::fromUtf8(error.what()).contains(says), error.what());
        }
    }

    void badFilesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("not JSON") << QByteArray("{") << "not valid JSON";
        QTest::newRow("empty") << QByteArray() << "not valid JSON";
        QTest::newRow("a list") << QByteArray("[]") << "expected an object, found array";
        QTest::newRow("no steps") << QByteArray("{}") << "steps: expected a list, found nothing";
        QTest::newRow("steps") << QByteArray(R"({"steps": {}})") << "expected a list, found object";
        QTest::newRow("step") << QByteArray(R"({"steps": [3]})") << "steps[0]: expected an object";
        QTest::newRow("no technique") << QByteArray(R"({"steps": [{}]})") << "steps[0].technique";
        QTest::newRow("unknown key")
            << QByteArray(R"({"steps": [{"technique": "share.layers", "layer": "x"}]})")
            << "no key \"layer\"";
        QTest::newRow("unknown top key") << QByteArray(R"({"step": []})") << "no key \"step\"";
        QTest::newRow("settings")
            << QByteArray(R"({"steps": [{"technique": "share.layers", "settings": []}]})")
            << "steps[0].settings";
        QTest::newRow("setting")
            << QByteArray(
                   R"({"steps": [{"technique": "share.layers", "settings": {"mode": null}}]})")
            << "found null";
        QTest::newRow("layers") << QByteArray(
                                       R"({"steps": [{"technique": "share.layers", "layers": 3}]})")
                                << "expected a text";
        QTest::newRow("steps twice")
            << QByteArray(R"({"steps": [], "steps": []})") << "the key \"steps\" stands twice";
        QTest::newRow("setting twice")
            << QByteArray(
                   R"({"steps": [{"technique": "quantize.affine", "settings": {"bits": 4, "bits": 8}}]})")
            << "the key \"bits\" stands twice";
        QTest::newRow("name") << QByteArray(R"({"name": 3, "steps": []})")
                              << "name: expected a text";
        QTest::newRow("bad UTF-8") << QByteArray("{\"steps\": [\"\xff\"]}") << "not valid JSON";
    }
    void badFilesAreRefused()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, says);
        try {
            recipeFromJson(text.toStdString(), "r.json");
            QFAIL("accepted");
        } catch (const Error &error) {
            QVERIFY(QString::fromUtf8(error.what()).startsWith("r.json"));
            QVERIFY2(QString::fromUtf8(error.what()).contains(says), error.what());
        }
    }

    void namesOfRecipesStay()
    {
        const Recipe recipe = recipeFromJson(
            R"({"name": "small and good", "steps": [{"technique": "share.layers"},
                                                    {"technique": "prune.heads"}]})",
            "r");
        QCOMPARE(recipe.steps.size(), std::size_t(2)); // the same keys, of two objects
        const Recipe again = recipeFromJson(toJson(checked(recipe)).dump(), "r");
        QCOMPARE(again.name, std::string("small and good"));
        Recipe nameless = again;
        nameless.name.clear();
        QVERIFY(nameless == again);
        QVERIFY(!toJson(nameless).contains("name"));
    }

    void jsonKeepsNumbers()
    {
        const auto json = toJson(checked(Recipe{{parsedStep("quantize.affine bits=4")}}));
        QCOMPARE(json["steps"][0]["settings"]["bits"].get<int>(), 4);
        QVERIFY(
            recipeFromJson(
                R"({"steps": [{"technique": "quantize.affine", "settings": {"symmetric": true}}]})",
                "r")
                .steps[0]
                .settings.at("symmetric") == "yes");
    }

    void namesSayWhatAndWhere_data()
    {
        QTest::addColumn<QString>("step");
        QTest::addColumn<QString>("name");
        QTest::newRow("defaults") << "quantize.affine"
                                  << "8 bits";
        QTest::newRow("group") << "quantize.affine bits=4 group=32 symmetric=no"
                               << "4 bits, groups of 32, asymmetric";
        QTest::newRow("a role") << "quantize.affine @ role=token-embedding"
                                << "8 bits in token embedding";
        QTest::newRow("GPTQ") << "quantize.gptq clip=mse act-order=yes @ role=up,down"
                              << "8 bits by GPTQ, clipped for the least error, largest inputs "
                                 "first in feed-forward";
        QTest::newRow("attention") << "factorize.svd rank=8 @ role=query,key,value,output"
                                   << "rank 8 in attention";
        QTest::newRow("two roles") << "factorize.svd rank=8 @ role=query,key"
                                   << "rank 8 in query and key";
        QTest::newRow("three roles") << "factorize.svd rank=8 @ role=query,key,value"
                                     << "rank 8 in query, key and value";
        QTest::newRow("five roles") << "factorize.svd rank=8 @ role=query,key,value,output,up"
                                    << "rank 8 in 5 roles";
        QTest::newRow("a block") << "factorize.svd rank=24 @ block=0 and role=query"
                                 << "rank 24 in block=0 and role=query";
        QTest::newRow("roles of a block") << "factorize.svd rank=24 @ role=up,down and block=0"
                                          << "rank 24 in feed-forward of block 0";
        QTest::newRow("all of some blocks")
            << "quantize.affine bits=2 @ role=query,key,value,output,up,down and block=0,2-4"
            << "2 bits in blocks 0,2-4";
        QTest::newRow("all but one") << "quantize.affine @ role=query,key,value,output,up,down and "
                                        "not encoder.2.attention.query"
                                     << "8 bits but not in encoder.2.attention.query";
        QTest::newRow("all of a role but some") << "quantize.affine @ role=query and not a,b"
                                                << "8 bits in query but not in 2 layers";
        QTest::newRow("share kept") << "factorize.svd keep=0.25"
                                    << "low rank, 25 % kept";
        QTest::newRow("energy") << "factorize.svd energy=0.9"
                                << "low rank, 90 % energy";
        QTest::newRow("error") << "factorize.embedding error=0.05"
                               << "low rank, 5 % error in token embedding";
        QTest::newRow("Kronecker") << "factorize.kronecker keep=0.1"
                                   << "Kronecker product, 10 % kept";
        QTest::newRow("Kronecker blocks") << "factorize.kronecker block=16x8"
                                          << "Kronecker product with 16x8";
        QTest::newRow("blocks") << "prune.wanda block=4x1 scope=matrix"
                                << "50 % pruned in blocks of 4x1 by Wanda in each matrix";
        QTest::newRow("SmoothQuant") << "quantize.smoothquant alpha=0.7"
                                     << "SmoothQuant, alpha 0.7";
        QTest::newRow("outliers") << "quantize.llm-int8"
                                  << "LLM.int8()";
        QTest::newRow("pattern") << "prune.magnitude pattern=2:4"
                                 << "2:4 pruned";
        QTest::newRow("sparsity") << "prune.magnitude sparsity=0.5"
                                  << "50 % pruned";
        QTest::newRow("row scope") << "prune.magnitude sparsity=0.5 scope=row"
                                   << "50 % pruned in each row";
        QTest::newRow("global scope") << "prune.magnitude sparsity=0.5 scope=global"
                                      << "50 % pruned under one threshold";
        QTest::newRow("every few") << "share.layers every=3 keep-weights=average"
                                   << "every 3 blocks shared, averaged";
        QTest::newRow("groups") << "share.layers mode=cycle groups=2"
                                << "cycle of 2 blocks";
        QTest::newRow("embedding") << "factorize.embedding rank=32"
                                   << "rank 32 in token embedding";
        QTest::newRow("attentive embedding") << "factorize.safe rank=32 heads=2"
                                             << "attentive rank 32 in token embedding";
        QTest::newRow("one layer") << "quantize.ternary @ encoder.0.ffn.up"
                                   << "ternary in encoder.0.ffn.up";
        QTest::newRow("many layers") << "quantize.ternary @ encoder.0.ffn.up,encoder.1.ffn.up,"
                                        "encoder.0.ffn.down,pooler"
                                     << "ternary in 4 layers";
        QTest::newRow("ternary") << "quantize.ternary"
                                 << "ternary";
        QTest::newRow("sandwich") << "share.layers mode=sandwich"
                                  << "sandwich";
    }
    void namesSayWhatAndWhere()
    {
        QFETCH(QString, step);
        QFETCH(QString, name);
        QCOMPARE(QString::fromStdString(shortName(checked(parsedStep(step.toStdString())))), name);
        QCOMPARE(shortName(Recipe()), std::string("original"));
    }

    void runsRoundTrip()
    {
        Run run;
        run.id = "0123456789ab";
        run.modelPath = "models/a \"quoted\" ü";
        run.seed = UINT64_MAX;
        run.threads = 2;
        run.versions = {{"pare", "0.1.0"}};
        run.recipe = checked(Recipe{{parsedStep("factorize.svd rank=3 @ pooler")}});
        run.notes = {"a note"};
        run.primaryMetric = "accuracy";
        run.measured = {12, 3, {{"accuracy", {0.9, 0.8, 0.95, 100}}}, {1, 0.5, 2}, 700};
        run.baseline = run.measured;
        run.layers = {{"pooler",
                       {"factorize.svd rank=3 @ pooler"},
                       "classifier",
                       9,
                       {{"values", 9}},
                       "float32",
                       0.125}};
        run.kernels = {"float32"};
        run.weightHash = "ff";
        run.time = "2026-01-01T00:00:00Z";
        QCOMPARE(runFromJson(nlohmann::ordered_json::parse(toJson(run).dump())), run);
        QVERIFY_EXCEPTION_THROWN(runFromJson({{"id", 3}}), Error);
    }

    void idsDependOnTheExperiment()
    {
        const Recipe a = checked(Recipe{{parsedStep("quantize.affine bits=4")}});
        const Recipe b = checked(Recipe{{parsedStep("quantize.affine bits=5")}});
        QCOMPARE(runId(a, {"m", "d", 1, 2, {}}), runId(a, {"m", "d", 1, 2, {}}));
        QVERIFY(runId(a, {"m", "d", 1, 2, {}}) != runId(b, {"m", "d", 1, 2, {}}));
        QVERIFY(runId(a, {"m", "d", 1, 2, {}}) != runId(a, {"m", "d", 2, 1, {}}));
        QVERIFY(runId(a, {"md", "", 1, 2, {}}) != runId(a, {"m", "d", 1, 2, {}}));
    }
};

QTEST_GUILESS_MAIN(TestRecipe)
#include "tst_recipe.moc"
