// How far a recipe goes as one number: alone, over all its steps, and by the slider in the window.
#include "tests/support/windowtest.h"
#include "tests/widgets/modelfixtures.h"

#include "app/window/layerselection.h"
#include "app/window/strength.h"
#include "app/window/workspace.h"
#include "widgets/charts/tradeoffpanel.h"

#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <numeric>

using namespace pare;
using test::chosen;
using test::patience;

namespace {

/// Of the feed-forward half alone it is known that it loses much.
std::vector<LayerSensitivity> sensitivities(const ModelDescription &model)
{
    std::vector<LayerSensitivity> all;
    for (const Layer &layer : model.layers) {
        if (!layer.isMatrix())
            continue;
        LayerSensitivity one;
        one.layer = layer.name;
        one.step = checked(parsedStep("quantize.affine bits=3 @ " + layer.name));
        const bool hurts = layer.role == LayerRole::Up || layer.role == LayerRole::Down;
        one.changed.value = static_cast<double>(layer.bytes) * (hurts ? 3e-7 : 1e-7);
        all.push_back(one);
    }
    return all;
}

} // namespace

class TestStrength : public test::WindowTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() {} // most cases are about values, and need no window
    void stepsHaveAStrength_data();
    void stepsHaveAStrength();
    void everyTechniqueTakesEveryStrength();
    void nothingKnownIsTheSameForAll();
    void whatLosesLittleGoesFurther();
    void partsOfOneStepAreOneAgain();
    void whatHasNoStrengthStays();
    void sliderMovesTheRecipe();
};

void TestStrength::stepsHaveAStrength_data()
{
    QTest::addColumn<QString>("step");
    QTest::addColumn<double>("strength"); // negative: none
    QTest::newRow("most bits") << "quantize.affine bits=8" << 0.0;
    QTest::newRow("least bits") << "quantize.gptq bits=2" << 1.0;
    QTest::newRow("between") << "quantize.affine bits=4" << 0.6;
    QTest::newRow("between two values") << "quantize.affine bits=7" << 0.1;
    QTest::newRow("nothing pruned") << "prune.magnitude sparsity=0" << 0.0;
    QTest::newRow("pruned") << "prune.magnitude sparsity=0.38" << 0.4;
    QTest::newRow("beyond the last") << "prune.magnitude sparsity=0.99" << 1.0;
    QTest::newRow("kept") << "factorize.svd keep=0.61" << 0.4;
    QTest::newRow("all that a product may keep") << "factorize.kronecker keep=0.5" << 0.0;
    QTest::newRow("heads kept") << "prune.heads keep=1" << 0.0;
    QTest::newRow("few heads kept") << "prune.heads keep=0.25" << 1.0;
    QTest::newRow("a codebook") << "quantize.codebook k=2" << 1.0;
    QTest::newRow("a rank") << "factorize.svd rank=8" << -1.0;
    QTest::newRow("a pattern") << "prune.magnitude pattern=2:4" << -1.0;
    QTest::newRow("half precision") << "quantize.half" << -1.0;
}

void TestStrength::stepsHaveAStrength()
{
    QFETCH(QString, step);
    QFETCH(double, strength);
    const std::optional<double> found = strengthOf(checked(parsedStep(step.toStdString())));
    QCOMPARE(found.has_value(), strength >= 0);
    if (found)
        QVERIFY2(std::abs(*found - strength) < 1e-9, qPrintable(QString::number(*found)));
}

void TestStrength::everyTechniqueTakesEveryStrength()
{
    int moved = 0;
    for (const TechniqueInfo &technique : techniqueTable()) {
        Step step;
        step.technique = std::string(technique.id);
        if (technique.id == "prune.vocabulary")
            continue; // says all with a text
        step = checked(step);
        double last = -1;
        for (int i = 0; i <= 10 && strengthOf(step); ++i) {
            const Step other = withStrength(step, i / 10.0); // valid, or it would throw
            const double strength = *strengthOf(other);
            QVERIFY(strength >= last && std::abs(strength - i / 10.0) <= 0.11);
            last = strength;
            ++moved;
        }
    }
    QVERIFY(moved >= 18 * 11);
}

void TestStrength::nothingKnownIsTheSameForAll()
{
    const ModelDescription model = test::bert();
    const auto steps =
        chosen({"prune.magnitude sparsity=0.5", "quantize.affine bits=8 @ role=query"});
    const StrengthChange change = withStrengthOfAll(steps, 0.6, model, {});
    QVERIFY(!change.spread);
    QCOMPARE(change.steps.size(), std::size_t(2));
    QCOMPARE(change.steps[0].step.settings.at("sparsity"), "0.55");
    QCOMPARE(change.steps[1].step.settings.at("bits"), "4");
    for (std::size_t i = 0; i < 2; ++i)
        QCOMPARE(change.steps[i].step.layers, steps[i].step.layers);
    QVERIFY(std::abs(*strengthOfAll(change.steps, model) - 0.6) < 0.03);
}

void TestStrength::whatLosesLittleGoesFurther()
{
    const ModelDescription model = test::bert();
    const auto steps = chosen({"quantize.affine bits=8"});
    const std::vector<std::string> all = layersOf(steps.front().step, model);
    for (const double strength : {0.2, 0.5, 0.8}) {
        const StrengthChange change =
            withStrengthOfAll(steps, strength, model, sensitivities(model));
        QVERIFY(change.spread);
        std::map<std::string, std::int64_t> bits;
        for (const ChosenStep &one : change.steps) {
            for (const std::string &layer : layersOf(one.step, model)) {
                QVERIFY2(!bits.contains(layer), "each layer has one step");
                bits[layer] = one.step.integer("bits");
            }
        }
        QCOMPARE(bits.size(), all.size());
        QVERIFY(bits.at("encoder.0.attention.query") < bits.at("encoder.5.ffn.down"));
        QVERIFY(std::abs(*strengthOfAll(change.steps, model) - strength) < 0.12);
    }
    for (const double end : {0.0, 1.0}) {
        const StrengthChange change = withStrengthOfAll(steps, end, model, sensitivities(model));
        QCOMPARE(change.steps.size(), std::size_t(1)); // nothing further to go
        QCOMPARE(*strengthOfAll(change.steps, model), end);
    }
    auto some = sensitivities(model);
    std::erase_if(some,
                  [](const LayerSensitivity &one) { return one.layer == "encoder.2.ffn.up"; });
    QVERIFY2(!withStrengthOfAll(steps, 0.5, model, some).spread, "not all of them were asked");
    const auto global = chosen({"prune.magnitude sparsity=0.5 scope=global"});
    QVERIFY2(!withStrengthOfAll(global, 0.5, model, sensitivities(model)).spread,
             "its layers are compared with each other");
}

void TestStrength::partsOfOneStepAreOneAgain()
{
    const ModelDescription model = test::bert();
    const auto known = sensitivities(model);
    const auto steps = chosen({"prune.magnitude sparsity=0.3", "quantize.affine bits=8"});
    const auto middle = withStrengthOfAll(steps, 0.5, model, known).steps;
    QVERIFY(middle.size() > steps.size());
    for (const double strength : {0.0, 0.3, 0.7, 1.0})
        QVERIFY(withStrengthOfAll(middle, strength, model, known).steps ==
                withStrengthOfAll(steps, strength, model, known).steps);
    // With another setting it is another step.
    const auto two = chosen(
        {"quantize.affine bits=8 @ role=query", "quantize.affine bits=8 group=64 @ role=key"});
    QCOMPARE(withStrengthOfAll(two, 1, model, {}).steps.size(), std::size_t(2));
}

void TestStrength::whatHasNoStrengthStays()
{
    const ModelDescription model = test::bert();
    auto steps = chosen({"factorize.svd rank=8 @ role=query", "quantize.affine bits=4"});
    steps[1].enabled = false;
    QVERIFY(!strengthOfAll(steps, model));
    QVERIFY(withStrengthOfAll(steps, 1, model, sensitivities(model)).steps == steps);
}

void TestStrength::sliderMovesTheRecipe()
{
    WindowTest::init();
    m_window->resize(1280, 800);
    openTiny();
    const MainWindow &window = *m_window;
    Document &document = m_window->document();
    auto *slider = window.findChild<QSlider *>("recipeStrength");
    QVERIFY2(!slider->isVisible(), "there is nothing to move");
    document.addStep(parsedStep("quantize.affine bits=8"));
    QVERIFY(slider->isVisible());
    QCOMPARE(slider->value(), 0);
    const auto before = document.plan().bytes;

    slider->setSliderDown(true);
    slider->setSliderPosition(30);
    slider->setSliderPosition(slider->maximum());
    QVERIFY2(*document.plan().bytes < *before, "bytes follow the drag");
    QCOMPARE(document.choices().steps.front().step.settings.at("bits"), "8");
    QCOMPARE(document.plannedSteps().front().step.settings.at("bits"), "2");
    slider->setSliderDown(false);
    QCOMPARE(document.choices().steps.front().step.settings.at("bits"), "2");
    document.undo(); // the whole drag was one step
    QCOMPARE(document.choices().steps.front().step.settings.at("bits"), "8");
    QCOMPARE(slider->value(), 0);

    // Every technique can be planned at both ends, but for a table of 13 words, which has no tenth.
    for (const TechniqueInfo &technique : techniqueTable()) {
        Step step;
        step.technique = std::string(technique.id);
        const bool ofTable = technique.defaultSelection == "role=token-embedding";
        if (ofTable || !strengthOf(checked(step)))
            continue;
        for (const double strength : {0.0, 1.0}) {
            const Step end = withStrength(checked(step), strength);
            document.previewSteps({{end, true}});
            const auto &error = document.plan().error;
            QVERIFY2(!error, error ? error->text().c_str() : "");
        }
    }
    document.previewSteps(document.choices().steps);

    slider->setFocus();
    QTest::keyClick(slider, Qt::Key_PageUp);
    QVERIFY(document.choices().steps.front().step.settings.at("bits") != "8");
    const int place = slider->value();
    QVERIFY2(place == slider->pageStep(), "it stays where it was put");
    auto *words = window.findChild<QLabel *>("recipeStrengthWords");
    QVERIFY(words->text().startsWith("the same"));
    window.findChild<QPushButton *>("recipeStrengthAsk")->click();
    QTRY_VERIFY_WITH_TIMEOUT(words->text().startsWith("spread"), patience);
    QTRY_COMPARE_WITH_TIMEOUT(document.job().state, JobStatus::State::Finished, patience);
    slider->setValue(slider->maximum() / 2);
    QVERIFY(document.choices().steps.size() > 1);

    // The model as it is needs no prediction, and what no layer was asked gets none.
    document.setSteps({});
    QTRY_COMPARE_WITH_TIMEOUT(document.forecast().state, Forecast::State::Known, patience);
    QVERIFY(!window.workspace()->chartPanel()->chart()->data().current);
    document.setSteps(chosen({"quantize.affine bits=4"}));
    const auto kind = [&window] { return window.workspace()->meter()->data().metric.kind; };
    QTRY_COMPARE_WITH_TIMEOUT(kind(), "predicted", patience);
    document.addStep(parsedStep("prune.magnitude"));
    QTRY_COMPARE_WITH_TIMEOUT(document.forecast().state, Forecast::State::Known, patience);
    QVERIFY(document.forecast().unmeasured > 0);
    QCOMPARE(kind(), "not measured");
    QVERIFY(window.workspace()->meter()->data().metric.details.contains("Not predicted"));
}

QTEST_MAIN(TestStrength)
#include "tst_strength.moc"
