// What steps do to some layers, and the recipe that does otherwise there; in values, and by the inspector.
#include "tests/support/windowtest.h"
#include "tests/widgets/modelfixtures.h"

#include "app/window/layerselection.h"
#include "app/window/stepshere.h"
#include "app/window/workspace.h"
#include "widgets/layermap/layermappanel.h"

#include <QAbstractButton>
#include <QLabel>
#include <QSlider>

using namespace pare;
using test::chosen;

namespace {

const std::string query = "encoder.0.attention.query";
const std::string key = "encoder.0.attention.key";

QStringList texts(const std::vector<ChosenStep> &steps)
{
    QStringList all;
    for (const ChosenStep &one : steps) {
        Step step;
        step.technique = one.step.technique;
        for (const char *setting : {"bits", "sparsity", "keep"}) {
            if (one.step.has(setting))
                step.settings[setting] = one.step.settings.at(setting);
        }
        step.layers = one.step.layers;
        all << QString::fromStdString(step.text()) + (one.enabled ? "" : " off");
    }
    return all;
}

} // namespace

class TestStepsHere : public test::WindowTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() {} // most cases are about values, and need no window
    void stepsAreSeenFromTheirLayers();
    void strengthIsOfTheseLayersAlone_data();
    void strengthIsOfTheseLayersAlone();
    void switchIsOfTheseLayersAlone_data();
    void switchIsOfTheseLayersAlone();
    void whatWasSwitchedOffComesBackAsItWas();
    void switchIsOfWhatTheStepIsAbout();
    void whatCannotDifferHasNoStrength();
    void inspectorMovesTheSelectedLayers();
};

void TestStepsHere::stepsAreSeenFromTheirLayers()
{
    const ModelDescription model = test::bert();
    const auto steps = chosen(
        {"prune.magnitude sparsity=0.5 @ role=up,down", "quantize.affine bits=8 @ role=query",
         "quantize.affine bits=2 @ role=key", "factorize.embedding keep=0.5"});
    const auto here = stepsHere(steps, {query, key, "pooler", "encoder.0.attention.norm"}, model);
    QCOMPARE(here.size(), std::size_t(2)); // the embedding is not among them
    QVERIFY(here[0].acting.empty() && !here[0].strength);
    QCOMPARE(here[0].possible.size(), std::size_t(3));
    QVERIFY(here[1].steps == (std::vector<std::size_t>{1, 2}));
    QVERIFY(here[1].acting == (std::vector<std::string>{query, key}));
    QCOMPARE(*here[1].strength, 0.5);
    QCOMPARE(*here[1].gentlest, std::size_t(1));
    QCOMPARE(*here[1].hardest, std::size_t(2));
    QCOMPARE(*stepsHere(steps, {key}, model)[1].gentlest, std::size_t(2));
    // Where two set the same, the later one wins.
    const auto over = chosen({"quantize.affine bits=8", "quantize.affine bits=2 @ block=0"});
    QCOMPARE(*stepsHere(over, {query}, model).front().strength, 1.0);
    QCOMPARE(*stepsHere(over, {query}, model).front().gentlest, std::size_t(1));
}

void TestStepsHere::strengthIsOfTheseLayersAlone_data()
{
    QTest::addColumn<QStringList>("before");
    QTest::addColumn<QStringList>("layers");
    QTest::addColumn<double>("strength");
    QTest::addColumn<QStringList>("after");
    const QString q = QString::fromStdString(query);
    QTest::newRow("all of a step") << QStringList{"quantize.affine bits=8 @ " + q} << QStringList{q}
                                   << 1.0 << QStringList{"quantize.affine bits=2 @ " + q};
    QTest::newRow("one of two") << QStringList{"quantize.affine bits=8 @ role=query and block=0,1"}
                                << QStringList{q} << 1.0
                                << QStringList{"quantize.affine bits=8 @ encoder.1.attention.query",
                                               "quantize.affine bits=2 @ " + q};
    QTest::newRow("joins the step that is as strong")
        << QStringList{"quantize.affine bits=8 @ role=query and block=0,1",
                       "quantize.affine bits=2 @ role=query and block=2,3"}
        << QStringList{q} << 1.0
        << QStringList{"quantize.affine bits=8 @ encoder.1.attention.query",
                       "quantize.affine bits=2 @ role=query and block=0,2-3"};
    QTest::newRow("the last of a step goes over")
        << QStringList{"quantize.affine bits=8 @ " + q,
                       "quantize.affine bits=2 @ role=query and block=2,3"}
        << QStringList{q} << 1.0
        << QStringList{"quantize.affine bits=2 @ role=query and block=0,2-3"};
    QTest::newRow("of two strengths")
        << QStringList{"prune.magnitude sparsity=0.2 @ " + q,
                       "prune.magnitude sparsity=0.8 @ role=key and block=0"}
        << QStringList{q, QString::fromStdString(key)} << 0.0
        << QStringList{"prune.magnitude sparsity=0 @ role=query,key and block=0"};
    QTest::newRow("it does nothing there")
        << QStringList{"quantize.affine bits=8 @ role=key"} << QStringList{q} << 1.0
        << QStringList{"quantize.affine bits=8 @ role=key"};
}

void TestStepsHere::strengthIsOfTheseLayersAlone()
{
    QFETCH(QStringList, before);
    QFETCH(QStringList, layers);
    QFETCH(double, strength);
    QFETCH(QStringList, after);
    const ModelDescription model = test::bert();
    std::vector<ChosenStep> steps;
    for (const QString &text : before)
        steps.push_back({checked(parsedStep(text.toStdString())), true});
    std::vector<std::string> names;
    for (const QString &layer : layers)
        names.push_back(layer.toStdString());
    const auto here = stepsHere(steps, names, model);
    QCOMPARE(here.size(), std::size_t(1));
    QCOMPARE(texts(withStrengthHere(steps, here.front(), strength, model)), after);
}

void TestStepsHere::switchIsOfTheseLayersAlone_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<bool>("enabled");
    QTest::addColumn<bool>("on");
    QTest::addColumn<QString>("after");
    QTest::newRow("off") << "quantize.affine bits=4 @ role=query,key and block=0" << true << false
                         << "quantize.affine bits=4 @ encoder.0.attention.key";
    QTest::newRow("on") << "quantize.affine bits=4 @ role=key and block=0" << true << true
                        << "quantize.affine bits=4 @ role=query,key and block=0";
    QTest::newRow("the last") << "quantize.affine bits=4 @ role=query and block=0" << true << false
                              << "quantize.affine bits=4 @ role=query and block=0 off";
    QTest::newRow("one that is switched off")
        << "quantize.affine bits=4" << false << true
        << "quantize.affine bits=4 @ encoder.0.attention.query";
}

void TestStepsHere::switchIsOfTheseLayersAlone()
{
    QFETCH(QString, before);
    QFETCH(bool, enabled);
    QFETCH(bool, on);
    QFETCH(QString, after);
    const ModelDescription model = test::bert();
    const std::vector<ChosenStep> steps{{checked(parsedStep(before.toStdString())), enabled}};
    const auto here = stepsHere(steps, {query}, model);
    const ActsHere wanted = on ? ActsHere::Yes : ActsHere::No;
    QCOMPARE(texts(withSwitchHere(steps, here.front(), wanted, model)), QStringList(after));
}

void TestStepsHere::whatWasSwitchedOffComesBackAsItWas()
{
    const ModelDescription model = test::bert();
    const auto steps = chosen(
        {"quantize.affine bits=8 @ role=key", "quantize.affine bits=2 @ role=query and block=0"});
    const auto here = [&](const std::vector<ChosenStep> &now) {
        return stepsHere(now, {query}, model).front();
    };
    const auto off = withSwitchHere(steps, here(steps), ActsHere::No, model);
    QVERIFY(!off[1].enabled && here(off).acting.empty());
    QCOMPARE(texts(withSwitchHere(off, here(off), ActsHere::Yes, model)), texts(steps));
}

/// A block has heads, not its query alone; and what a step does to roles it is not about is no matter of a switch.
void TestStepsHere::switchIsOfWhatTheStepIsAbout()
{
    const ModelDescription model = test::bert();
    const auto heads = chosen({"prune.heads keep=0.5"});
    const auto ofBlock = stepsHere(heads, {query}, model).front();
    QCOMPARE(ofBlock.possible.size(), std::size_t(4));
    const auto others = withSwitchHere(heads, ofBlock, ActsHere::No, model);
    QCOMPARE(layersOf(others.front().step, model).size(), std::size_t(20));

    const auto partly = chosen({"factorize.svd keep=0.5 @ role=up,down"});
    const std::vector<std::string> block{query, "encoder.0.ffn.up", "encoder.0.ffn.down"};
    const auto here = stepsHere(partly, block, model).front();
    QVERIFY(here.possible == (std::vector<std::string>{"encoder.0.ffn.up", "encoder.0.ffn.down"}));
    QVERIFY(here.acting == here.possible);
    QCOMPARE(stepsHere(partly, {query}, model).front().possible.size(), std::size_t(1));
}

void TestStepsHere::whatCannotDifferHasNoStrength()
{
    const ModelDescription model = test::bert();
    const auto steps = chosen({"prune.heads keep=0.5", "prune.magnitude scope=global",
                               "factorize.svd rank=8", "quantize.half"});
    const auto here = stepsHere(steps, {query}, model);
    QCOMPARE(here.size(), std::size_t(4));
    for (const StepsHere &one : here)
        QVERIFY(!one.strength && !one.acting.empty());
}

void TestStepsHere::inspectorMovesTheSelectedLayers()
{
    WindowTest::init();
    m_window->resize(1280, 800);
    openTiny();
    const MainWindow &window = *m_window;
    Document &document = m_window->document();
    LayerMap *map = window.workspace()->mapPanel()->map();
    map->chooseCell(*map->data().find(query));
    QVERIFY(!window.findChild<QWidget *>("layerSteps")->isVisible());
    document.addStep(parsedStep("quantize.affine bits=8"));
    map->chooseCell(*map->data().find(query));
    auto *slider = window.findChild<QSlider *>("layerStepStrength0");
    auto *title = window.findChild<QLabel *>("layerStepTitle0");
    QVERIFY(slider && slider->isVisible());
    QCOMPARE(title->text(), "8 bits");

    slider->setSliderDown(true);
    slider->setSliderPosition(slider->maximum());
    QCOMPARE(document.choices().steps.size(), std::size_t(1));
    QCOMPARE(document.plannedSteps().size(), std::size_t(2));
    QCOMPARE(title->text(), "2 bits");
    slider->setSliderDown(false);
    QCOMPARE(document.choices().steps.size(), std::size_t(2));
    QCOMPARE(document.choices().steps[1].step.layers, query);
    QVERIFY(map->selection() == QStringList(QString::fromStdString(query)));

    auto *acts = window.findChild<QAbstractButton *>("layerStepOn0");
    QVERIFY(acts->isChecked());
    acts->click();
    QVERIFY(!document.choices().steps[1].enabled);
    QVERIFY(!acts->isChecked() && !slider->isVisible());
    document.undo();
    QVERIFY(acts->isChecked() && slider->isVisible());
    document.undo();
    QCOMPARE(document.choices().steps.size(), std::size_t(1));
    QCOMPARE(title->text(), "8 bits");
}

QTEST_MAIN(TestStepsHere)
#include "tst_stepshere.moc"
