// How much techniques change a real model, the demo, on real texts: ceilings for each of them, and
// what must be better than what.
#include "tests/core/experiment/layererrors.h"

#include "core/experiment/weightinputs.h"
#include "core/model/technique.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <set>

using namespace pare;

namespace {

/// The median over layers of the error of their outputs (of tables, which are looked up: the largest
/// of their weights) is below its ceiling, a tenth above what was measured once.
struct Ceiling
{
    const char *step;
    double error;
};

constexpr std::array ceilings{
    Ceiling{"prune.heads", 0.72},
    Ceiling{"prune.heads importance=gradient", 0.76},
    Ceiling{"prune.neurons", 0.42},
    Ceiling{"prune.neurons importance=activation", 0.41},
    Ceiling{"prune.neurons importance=first-order", 0.45},
    Ceiling{"prune.layers", 1.1},
    Ceiling{"prune.layers mode=importance", 1.1},
    Ceiling{"share.layers mode=all", 1.4},
    Ceiling{"share.layers mode=sandwich keep-weights=average", 0.90},
    Ceiling{"share.codebook k=16", 0.070},
    Ceiling{"factorize.svd keep=0.5", 0.22},
    Ceiling{"factorize.svd energy=0.9", 0.16},
    Ceiling{"factorize.fwsvd keep=0.5", 0.26},
    Ceiling{"factorize.asvd keep=0.5", 0.22},
    Ceiling{"factorize.svd-llm keep=0.5", 0.11},
    Ceiling{"factorize.embedding keep=0.5", 0.40},
    Ceiling{"factorize.safe keep=0.5", 0.40},
    Ceiling{"factorize.kronecker", 0.62},
    Ceiling{"prune.magnitude", 0.18},
    Ceiling{"prune.magnitude block=4x4", 0.49},
    Ceiling{"prune.first-order", 0.35},
    Ceiling{"prune.wanda", 0.18},
    Ceiling{"prune.sparsegpt", 0.11},
    Ceiling{"quantize.affine bits=8", 0.0044},
    Ceiling{"quantize.affine bits=4 group=32", 0.064},
    Ceiling{"quantize.affine bits=3 group=32 clip=mse", 0.13},
    Ceiling{"quantize.gptq bits=4", 0.040},
    Ceiling{"quantize.awq bits=4 group=32", 0.062},
    Ceiling{"quantize.smoothquant", 0.0043},
    Ceiling{"quantize.int8", 0.0044},
    Ceiling{"quantize.llm-int8", 0.0044},
    Ceiling{"quantize.codebook k=16", 0.070},
    Ceiling{"quantize.half", 0.00014},
    Ceiling{"quantize.bfloat16", 0.0011},
    Ceiling{"quantize.ternary group=32", 0.33},
    Ceiling{"quantize.binary group=32", 0.50},
};

std::string technique(const char *step)
{
    return parsedStep(step).technique;
}

} // namespace

class TestLayerErrors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        ExperimentOptions options;
        options.calibration = "wordnet:train";
        const Checkpoint demo = openCheckpoint(std::filesystem::path(PARE_RESOURCES) / "demo");
        const WeightInputs inputs(demo, options, silentProgress());
        m_layers = std::make_unique<test::MeasuredLayers>(
            demo, *inputs.context(nullptr, silentProgress()).calibration);
    }

    void everyTechniqueHasACeiling()
    {
        std::set<std::string_view> known;
        for (const Ceiling &ceiling : ceilings)
            known.insert(findTechnique(technique(ceiling.step))->id);
        for (const TechniqueInfo &info : techniqueTable()) {
            // What it leaves is as it was; what is learnt is not measured layer by layer.
            if (info.id != "prune.vocabulary" && info.need != Need::Training)
                QVERIFY2(known.contains(info.id), info.id.data());
        }
    }

    void ceilingsHold_data()
    {
        QTest::addColumn<int>("number");
        for (std::size_t i = 0; i < ceilings.size(); ++i)
            QTest::addRow("%s", ceilings[i].step) << static_cast<int>(i);
    }
    void ceilingsHold()
    {
        QFETCH(int, number);
        const Ceiling &ceiling = ceilings[static_cast<std::size_t>(number)];
        const test::LayerErrors errors = m_layers->errors(ceiling.step);
        const double error =
            errors.outputs.empty()
                ? std::ranges::max_element(errors.weights, {}, [](const auto &layer) {
                      return layer.second;
                  })->second
                : test::median(errors.outputs);
        QVERIFY2(error <= ceiling.error, qPrintable(QString::number(error)));
        QVERIFY2(error >= ceiling.error / 1.5, qPrintable(QString::number(error)));
    }

    void whatLooksAtMoreLosesLess_data()
    {
        QTest::addColumn<int>("number");
        for (std::size_t i = 0; i < test::rivals.size(); ++i)
            QTest::addRow("%s < %s", test::rivals[i].better, test::rivals[i].worse)
                << static_cast<int>(i);
    }
    void whatLooksAtMoreLosesLess()
    {
        QFETCH(int, number);
        const test::Rivals &rivals = test::rivals[static_cast<std::size_t>(number)];
        const test::LayerErrors better = m_layers->errors(rivals.better);
        const test::LayerErrors worse = m_layers->errors(rivals.worse);
        QCOMPARE(better.outputs.size(), std::size_t{36});
        const std::vector<std::string> layers = test::exceptions(better, worse);
        for (const std::string &layer : layers)
            qInfo("not on %s: %g, %g", layer.c_str(), better.outputs.at(layer),
                  worse.outputs.at(layer));
        if (rivals.where == test::Everywhere::OnEveryLayer)
            QVERIFY(layers.empty());
        QVERIFY(test::median(better.outputs) < test::median(worse.outputs));
    }

    /// More of the same is never worse.
    void moreBitsLoseLess()
    {
        double before = 0;
        for (const char *bits : {"8", "6", "4", "3", "2"}) {
            const double error = test::median(
                m_layers->errors(std::string("quantize.affine bits=") + bits).outputs);
            QVERIFY(error > before);
            before = error;
        }
    }

private:
    std::unique_ptr<test::MeasuredLayers> m_layers;
};

QTEST_GUILESS_MAIN(TestLayerErrors)
#include "tst_layererrors.moc"
