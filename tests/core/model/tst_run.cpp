// The document of a run: what is written reads back, and what earlier programs wrote still reads.
#include "core/base/error.h"
#include "core/model/run.h"
#include "core/model/training.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace pare;

namespace {

using Json = nlohmann::ordered_json;

Run exampleRun()
{
    Run run;
    run.id = "0123456789ab";
    run.modelPath = "/models/demo";
    run.modelHash = "00ff";
    run.dataPath = "/data/test.tsv";
    run.dataHash = "ff00";
    run.task = "classification";
    run.examples = 7;
    run.recipe.steps.push_back(checked(parsedStep("prune.magnitude @ *.up")));
    run.primaryMetric = "accuracy";
    run.measured.bytes = 1000;
    run.measured.metrics["accuracy"] = {0.5, 0.25, 0.75, 7};
    run.measured.multiplyAdds = 5'000'000'000;
    run.measured.bytesByPart = {{"values", 600}, {"masks", 300}, {"header", 100}};
    run.baseline.bytes = 2000;
    run.baseline.multiplyAdds = 6'000'000'000;
    run.baseline.bytesByPart = {{"values", 1900}, {"header", 100}};
    run.labelLoyalty = {4.0 / 7, 0.25, 0.75, 7};
    run.devPath = "/data/dev.tsv";
    run.devHash = "0ff0";
    LayerRecord layer;
    layer.name = "encoder.0.ffn.up";
    layer.steps = {run.recipe.steps[0].text()};
    layer.settings = {{"prune.magnitude", run.recipe.steps[0].settings, {}}};
    layer.bytes = 900;
    layer.bytesByPart = {{"values", 600}, {"masks", 300}};
    layer.kernel = "float32 oneDNN";
    layer.weightError = 0.25;
    layer.outputError = 0.125;
    layer.storage = "50 % zeros";
    layer.bitsPerWeight = 17;
    run.layers = {layer, LayerRecord{}};
    return run;
}

} // namespace

class TestRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenReadsBack()
    {
        const Run run = exampleRun();
        QVERIFY(runFromJson(Json::parse(toJson(run).dump())) == run);
        QVERIFY(runFromJson(toJson(Run{})) == Run{});
    }

    /// A student says how it was taught, and is no original though its recipe is empty.
    void studentsReadBack()
    {
        Run run = exampleRun();
        QVERIFY(!toJson(run).contains("distillation"));
        QCOMPARE(QString::fromStdString(shortName(run)), QString("50 % pruned in *.up"));
        run.distillation = Distillation{.method = parsedMethod("kd temperature=3")};
        QVERIFY(runFromJson(Json::parse(toJson(run).dump())) == run);
        QCOMPARE(QString::fromStdString(shortName(run)), QString("50 % pruned in *.up + KD"));
        QCOMPARE(allSteps(run).back().text(), std::string("kd alpha=0.5 temperature=3"));
        run.recipe = {};
        run.distillation->studentPath = "/models/small.json";
        run.distillation->layerMap = "0:1,1:3";
        run.distillation->corpusPath = "/data/text";
        run.distillation->corpusHash = "0f";
        run.distillation->options = {{"epochs", "2"}};
        QVERIFY(runFromJson(Json::parse(toJson(run).dump())) == run);
        QCOMPARE(QString::fromStdString(shortName(run)), QString("KD of small.json"));
        QVERIFY(!isOriginal(run));
        QCOMPARE(familiesOf(run), std::vector{Family::Training});
        QVERIFY(isOriginal(Run{}));
        RunOrigin origin{"a", "b", 0, 1, {}};
        const std::string plain = runId({}, origin);
        origin.taught = "c";
        QVERIFY(runId({}, origin) != plain);
    }

    void keysSayWhatTheyShould()
    {
        const Json json = toJson(exampleRun());
        QCOMPARE(json.at("answersChanged").get<int>(), 3);
        QCOMPARE(json.at("multiplyAdds").get<std::int64_t>(), std::int64_t{5'000'000'000});
        QCOMPARE(json.at("baseline").at("bytesByPart").at("values").get<int>(), 1900);
        const Json &layer = json.at("layers").at(0);
        QVERIFY(layer.at("settings") == Json::parse(R"([{"technique": "prune.magnitude",
                                 "settings": {"scope": "matrix", "sparsity": 0.5}}])"));
        QCOMPARE(layer.at("outputError").get<double>(), 0.125);
        QVERIFY(json.at("layers").at(1).at("outputError").is_null());
    }

    /// Without the keys that came later.
    void earlierDocumentsRead()
    {
        Json json = toJson(exampleRun());
        for (const char *key : {"multiplyAdds", "bytesByPart"}) {
            json.erase(key);
            json.at("baseline").erase(key);
        }
        json.erase("answersChanged");
        json.erase("dev");
        for (Json &layer : json.at("layers")) {
            for (const char *key : {"settings", "outputError", "storage", "bitsPerWeight"})
                layer.erase(key);
        }
        const Run run = runFromJson(json);
        QVERIFY(!run.measured.multiplyAdds && !run.baseline.multiplyAdds);
        QVERIFY(run.measured.bytesByPart.empty());
        QVERIFY(run.devPath.empty());
        QVERIFY(run.layers.at(0).settings.empty());
        QVERIFY(!run.layers.at(0).outputError);
        QCOMPARE(run.layers.at(0).weightError, 0.25);
        QCOMPARE(answersChanged(run), std::int64_t{3});
        // Written again, what was not counted is not made up.
        QVERIFY(!toJson(run).contains("multiplyAdds"));
        QVERIFY(!toJson(run).contains("bytesByPart"));
    }

    void brokenDocumentsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("pointer");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("multiply-adds") << QByteArray("/multiplyAdds") << QByteArray("\"many\"");
        QTest::newRow("parts") << QByteArray("/bytesByPart") << QByteArray("{\"values\": []}");
        QTest::newRow("settings") << QByteArray("/layers/0/settings") << QByteArray("7");
        QTest::newRow("output error") << QByteArray("/layers/0/outputError") << QByteArray("{}");
        QTest::newRow("student") << QByteArray("/distillation") << QByteArray("{\"student\": 1}");
        QTest::newRow("dev") << QByteArray("/dev") << QByteArray("{\"path\": 1}");
    }
    void brokenDocumentsAreRefused()
    {
        QFETCH(QByteArray, pointer);
        QFETCH(QByteArray, value);
        Json json = toJson(exampleRun());
        json[Json::json_pointer(pointer.toStdString())] = Json::parse(value.toStdString());
        try {
            runFromJson(json);
            QFAIL("not refused");
        } catch (const Error &error) {
            QCOMPARE(error.kind(), ErrorKind::InvalidFile);
        }
    }

    void idsKnowWhatChose()
    {
        const Recipe recipe = exampleRun().recipe;
        const std::string plain = runId(recipe, {"m", "d", 1, 2, {}});
        QVERIFY(runId(recipe, {"m", "d", 1, 2, {}, "dev"}) != plain);
        QVERIFY(runId(recipe, {"m", "d", 1, 2, "dev", {}}) !=
                runId(recipe, {"m", "d", 1, 2, {}, "dev"}));
    }
};

QTEST_GUILESS_MAIN(TestRun)
#include "tst_run.moc"
