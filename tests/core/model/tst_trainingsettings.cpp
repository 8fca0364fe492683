// The training of a recipe and the ways to distil: settings, texts, documents, refusals.
#include "core/base/error.h"
#include "core/model/recipe.h"
#include "core/model/training.h"

#include <QTest>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

using namespace pare;

namespace {

constexpr auto allDefaults =
    "batch-tokens=1024 epochs=1 gradual=0.7 method=task patience=0 precision=auto "
    "score-rate=0.01 warm-up=0.06";

QString text(const Step &step)
{
    return QString::fromStdString(step.text());
}

/// What is said where it is refused; empty: it is not.
template <typename Function>
QString refusal(const Function &function)
{
    try {
        function();
    } catch (const Error &error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

Recipe recipeOf(const std::vector<std::string> &steps)
{
    Recipe recipe;
    for (const std::string &step : steps)
        recipe.steps.push_back(parsedStep(step));
    return recipe;
}

} // namespace

class TrainingSettingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void defaultsOfRecovery_data();
    void defaultsOfRecovery();
    void badRecoveryIsRefused_data();
    void badRecoveryIsRefused();
    void defaultsOfMethods_data();
    void defaultsOfMethods();
    void badMethodsAreRefused_data();
    void badMethodsAreRefused();
    void tablesAreWhole();
    void stepBecomesTheTraining();
    void twiceIsRefused();
    void documentsKeepTheTraining();
    void badDocumentsAreRefused_data();
    void badDocumentsAreRefused();
    void names_data();
    void names();
};

void TrainingSettingsTest::defaultsOfRecovery_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("expected");
    const QString all = QString("recover ") + allDefaults;
    QTest::newRow("nothing") << "" << all;
    QTest::newRow("spaces") << "  " << all;
    QTest::newRow("its name") << "recover" << all;
    QTest::newRow("epochs") << "epochs=2.50" << QString(all).replace("epochs=1", "epochs=2.5");
    QTest::newRow("named, with epochs")
        << " recover epochs=3" << QString(all).replace("epochs=1", "epochs=3");
    QTest::newRow("learning rate")
        << "learning-rate=3e-5"
        << QString(all).replace("gradual=0.7", "gradual=0.7 learning-rate=3e-05");
    QTest::newRow("split") << "split-epochs=2 split-rate=0.0001"
                           << QString(all).replace(
                                  "score-rate=0.01",
                                  "score-rate=0.01 split-epochs=2 split-rate=0.0001");
    QTest::newRow("bits") << "bits-from=8"
                          << QString(all).replace("epochs=1", "bits-from=8 epochs=1");
    QTest::newRow("method") << "method=kd" << QString(all).replace("method=task", "method=kd");
    QTest::newRow("settings of a method") << "method=kd temperature=4.0"
                                          << QString(all)
                                                 .replace("method=task", "method=kd")
                                                 .replace("warm-up", "temperature=4 warm-up");
}

void TrainingSettingsTest::defaultsOfRecovery()
{
    QFETCH(QString, given);
    QFETCH(QString, expected);
    const Step once = checkedRecovery(parsedRecovery(given.toStdString()));
    QCOMPARE(text(once), expected);
    QCOMPARE(checkedRecovery(once), once);
    QCOMPARE(checkedRecovery(parsedRecovery(once.text())), once);
}

void TrainingSettingsTest::badRecoveryIsRefused_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("says");
    QTest::newRow("unknown setting") << "epoch=1"
                                     << "no setting \"epoch\"";
    QTest::newRow("setting of another method") << "method=kd beta=4"
                                               << "no setting \"beta\"";
    QTest::newRow("setting of no method") << "temperature=4"
                                          << "no setting \"temperature\"";
    QTest::newRow("setting of a method out of range") << "method=kd temperature=0"
                                                      << "kd: temperature expects";
    QTest::newRow("not key=value") << "recover fast"
                                   << "found \"fast\"";
    QTest::newRow("no epochs") << "epochs=0"
                               << "found \"0\"";
    QTest::newRow("negative rate") << "learning-rate=-1"
                                   << "found \"-1\"";
    QTest::newRow("share") << "warm-up=2"
                           << "found \"2\"";
    QTest::newRow("half a token") << "batch-tokens=0.5"
                                  << "whole number";
    QTest::newRow("precision") << "precision=int8"
                               << "auto|float32|bfloat16";
    QTest::newRow("method") << "method=magic"
                            << "theseus";
    QTest::newRow("rate of no split") << "split-rate=1e-4"
                                      << "split-epochs";
    QTest::newRow("no epochs after a split") << "split-epochs=0"
                                             << "found \"0\"";
    QTest::newRow("bits of nothing") << "bits-from=9"
                                     << "found \"9\"";
    QTest::newRow("bits taught") << "bits-from=8 method=kd"
                                 << "method=task";
    QTest::newRow("twice") << "epochs=1 epochs=2"
                           << "stands twice";
    QTest::newRow("selection") << "epochs=1 @ role=query"
                               << "no selection";
    QTest::newRow("another name") << "recovery epochs=1"
                                  << "found \"recovery\"";
}

void TrainingSettingsTest::badRecoveryIsRefused()
{
    QFETCH(QString, given);
    QFETCH(QString, says);
    const QString said = refusal([&] { checkedRecovery(parsedRecovery(given.toStdString())); });
    QVERIFY2(said.contains(says), qPrintable(said));
}

void TrainingSettingsTest::defaultsOfMethods_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("expected");
    QTest::newRow("kd") << "kd"
                        << "kd alpha=0.5 temperature=2";
    QTest::newRow("distilbert") << "distilbert"
                                << "distilbert cosine-weight=1 mlm-weight=2 soft-weight=5 "
                                   "temperature=2 transfer-epochs=3";
    QTest::newRow("pkd") << "pkd beta=100"
                         << "pkd alpha=0.7 beta=100 temperature=10";
    QTest::newRow("tinybert") << "tinybert"
                              << "tinybert augment=0 candidates=15 general-epochs=1 "
                                 "intermediate-epochs=2 replace=0.4 temperature=1";
    QTest::newRow("mobilebert")
        << "mobilebert"
        << "mobilebert alpha=0.5 attention-weight=1 lower-rate=0.1 prediction-epochs=1 "
           "temperature=1 transfer-epochs=2";
    QTest::newRow("minilm") << "minilm"
                            << "minilm transfer-epochs=2";
    QTest::newRow("minilm2") << "minilm2 relation-heads=4"
                             << "minilm2 relation-heads=4 transfer-epochs=2";
    QTest::newRow("theseus") << "theseus slope=0.001"
                             << "theseus base=0.3 slope=0.001 successor-epochs=1";
}

void TrainingSettingsTest::defaultsOfMethods()
{
    QFETCH(QString, given);
    QFETCH(QString, expected);
    const Step once = parsedMethod(given.toStdString());
    QCOMPARE(text(once), expected);
    QCOMPARE(parsedMethod(once.text()), once);
}

void TrainingSettingsTest::badMethodsAreRefused_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("says");
    QTest::newRow("unknown") << "magic"
                             << "theseus";
    QTest::newRow("technique") << "prune.magnitude"
                               << "no way to distil";
    QTest::newRow("recover") << "recover"
                             << "no way to distil";
    QTest::newRow("empty") << ""
                           << "expected TECHNIQUE";
    QTest::newRow("selection") << "kd @ role=query"
                               << "no selection";
    QTest::newRow("temperature") << "kd temperature=0"
                                 << "found \"0\"";
    QTest::newRow("alpha") << "pkd alpha=1.5"
                           << "found \"1.5\"";
    QTest::newRow("another's setting") << "kd beta=1"
                                       << "no setting \"beta\"";
    QTest::newRow("relation heads") << "minilm2 relation-heads=0"
                                    << "found \"0\"";
    // A stage of no epochs is none; methods that have nothing else must have it.
    QTest::newRow("distilbert without its stage") << "distilbert transfer-epochs=0"
                                                  << "\"0\"";
    QTest::newRow("mobilebert without its stage") << "mobilebert transfer-epochs=0"
                                                  << "\"0\"";
    QTest::newRow("minilm without its stage") << "minilm transfer-epochs=0"
                                              << "\"0\"";
    QTest::newRow("minilm2 without its stage") << "minilm2 transfer-epochs=0"
                                               << "\"0\"";
}

void TrainingSettingsTest::badMethodsAreRefused()
{
    QFETCH(QString, given);
    QFETCH(QString, says);
    const QString said = refusal([&] { parsedMethod(given.toStdString()); });
    QVERIFY2(said.contains(says), qPrintable(said));
}

/// Ids once each, no technique's, and those that recover's own setting names.
void TrainingSettingsTest::tablesAreWhole()
{
    std::string names = "task";
    std::set<std::string_view> seen{recoverInfo().id};
    for (const TechniqueInfo &info : distillationTable()) {
        QVERIFY(seen.insert(info.id).second);
        QVERIFY(!findTechnique(info.id));
        QCOMPARE(info.family, Family::Training);
        QVERIFY(info.reference.find("arXiv") != std::string_view::npos);
        QCOMPARE(distillationInfo(info.id).id, info.id);
        names += "|" + std::string(info.id);
    }
    QCOMPARE(findTechnique(recoverInfo().id), &recoverInfo()); // beside the table, not in it
    QVERIFY(std::ranges::find(techniqueTable(), recoverInfo().id, &TechniqueInfo::id) ==
            techniqueTable().end());
    QCOMPARE(std::string(recoverInfo().setting("method")->choices), names);
    for (const char *id : {"prune.movement", "prune.soft-movement"})
        QCOMPARE(needOf(checked(parsedStep(id))), Need::Training);
    QVERIFY(!looksAtData(checked(parsedStep("prune.movement"))));
}

void TrainingSettingsTest::stepBecomesTheTraining()
{
    const Recipe recipe = checked(
        recipeOf({"prune.movement sparsity=0.8", "recover epochs=2", "quantize.affine bits=4"}));
    QCOMPARE(recipe.steps.size(), std::size_t{2});
    QVERIFY(recipe.training);
    QCOMPARE(recipe.training->real("epochs"), 2.0);
    QCOMPARE(recipe.training->choice("method"), std::string("task"));
    QVERIFY(recipe.text().find("; recover batch-tokens=1024 epochs=2") != std::string::npos);
    QVERIFY(recipe.text().starts_with("prune.movement"));
    QCOMPARE(checked(recipe), recipe);
    const Recipe alone = checked(recipeOf({"recover"}));
    QVERIFY(alone.steps.empty() && alone.training && !alone.empty());
    QCOMPARE(alone.text(), alone.training->text());
    QVERIFY(Recipe().empty());
    QVERIFY(!(alone == Recipe()));
}

void TrainingSettingsTest::twiceIsRefused()
{
    const QString inSteps = refusal([] { checked(recipeOf({"recover", "recover epochs=2"})); });
    QVERIFY2(inSteps.contains("can be once"), qPrintable(inSteps));
    Recipe both = checked(recipeOf({"recover"}));
    both.steps.push_back(parsedStep("recover epochs=2"));
    const QString beside = refusal([&] { checked(both); });
    QVERIFY2(beside.contains("can be once"), qPrintable(beside));
    Recipe other;
    other.training = parsedStep("quantize.affine");
    const QString foreign = refusal([&] { checked(other); });
    QVERIFY2(foreign.contains("expected \"recover\""), qPrintable(foreign));
}

void TrainingSettingsTest::documentsKeepTheTraining()
{
    const Recipe recipe =
        checked(recipeOf({"quantize.affine bits=4", "recover learning-rate=3e-5 method=pkd"}));
    const nlohmann::ordered_json json = toJson(recipe);
    QCOMPARE(json.at("steps").size(), std::size_t{1});
    const nlohmann::ordered_json &training = json.at("training");
    QVERIFY(training.at("batch-tokens").is_number_integer());
    QCOMPARE(training.at("learning-rate").get<double>(), 3e-5);
    QCOMPARE(training.at("method").get<std::string>(), std::string("pkd"));
    QCOMPARE(recipeFromJson(json.dump(), "r.json"), recipe);
    QVERIFY(!toJson(checked(recipeOf({"quantize.affine"}))).contains("training"));
    const Recipe brief = checked(recipeFromJson(R"({"steps": [], "training": {}})", "r.json"));
    QCOMPARE(text(*brief.training), QString("recover ") + allDefaults);
    const Recipe listed =
        checked(recipeFromJson(R"({"steps": [{"technique": "recover"}]})", "r.json"));
    QCOMPARE(listed, brief);
}

void TrainingSettingsTest::badDocumentsAreRefused_data()
{
    QTest::addColumn<QString>("document");
    QTest::addColumn<QString>("says");
    QTest::newRow("list") << R"({"steps": [], "training": []})"
                          << "training";
    QTest::newRow("text") << R"({"steps": [], "training": "kd"})"
                          << "an object";
    QTest::newRow("nested") << R"({"steps": [], "training": {"epochs": [1]}})"
                            << "training.epochs";
    QTest::newRow("misspelt") << R"({"steps": [], "trainning": {}})"
                              << "trainning";
    QTest::newRow("unknown setting") << R"({"steps": [], "training": {"speed": 1}})"
                                     << "no setting \"speed\"";
    QTest::newRow("twice") << R"({"steps": [{"technique": "recover"}], "training": {}})"
                           << "can be once";
}

void TrainingSettingsTest::badDocumentsAreRefused()
{
    QFETCH(QString, document);
    QFETCH(QString, says);
    const QString said =
        refusal([&] { checked(recipeFromJson(document.toStdString(), "r.json")); });
    QVERIFY2(said.contains(says), qPrintable(said));
}

void TrainingSettingsTest::names_data()
{
    QTest::addColumn<QStringList>("steps");
    QTest::addColumn<QString>("expected");
    QTest::newRow("alone") << QStringList{"recover"} << "trained 1 epoch";
    QTest::newRow("two") << QStringList{"recover epochs=2"} << "trained 2 epochs";
    QTest::newRow("half") << QStringList{"recover epochs=0.5"} << "trained 0.5 epochs";
    QTest::newRow("method") << QStringList{"recover method=kd"} << "trained 1 epoch by KD";
    QTest::newRow("after steps") << QStringList{"quantize.affine bits=4", "recover epochs=3"}
                                 << "4 bits + trained 3 epochs";
    QTest::newRow("movement") << QStringList{"prune.movement sparsity=0.85", "recover"}
                              << "85 % pruned by movement + trained 1 epoch";
    QTest::newRow("soft movement") << QStringList{"prune.soft-movement", "recover"}
                                   << "pruned by soft movement + trained 1 epoch";
    QTest::newRow("soft movement, penalty")
        << QStringList{"prune.soft-movement penalty=30 threshold=0.2", "recover"}
        << "pruned by soft movement, threshold 0.2, penalty 30 + trained 1 epoch";
}

void TrainingSettingsTest::names()
{
    QFETCH(QStringList, steps);
    QFETCH(QString, expected);
    std::vector<std::string> texts;
    for (const QString &step : steps)
        texts.push_back(step.toStdString());
    QCOMPARE(QString::fromStdString(shortName(checked(recipeOf(texts)))), expected);
}

QTEST_GUILESS_MAIN(TrainingSettingsTest)
#include "tst_trainingsettings.moc"
