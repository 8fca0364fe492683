// Output errors of a whole model against running it and multiplying, layer by layer.
#include "tests/support/randommodel.h"

#include "core/compression/compress.h"
#include "core/compression/layerrecords.h"
#include "core/compression/outputerrors.h"
#include "core/network/network.h"

#include <QTest>
#include <cmath>

using namespace pare;

namespace {

CalibrationData randomSentences(std::uint64_t seed)
{
    CalibrationData data;
    std::uint64_t state = seed;
    for (int i = 0; i < 9; ++i) {
        Sequence sequence;
        for (int k = 0; k < 3 + i % 4; ++k) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            sequence.ids.push_back(static_cast<std::int64_t>((state >> 33) % 40));
            sequence.types.push_back(k % 2);
        }
        data.sequences.push_back(sequence);
        data.labels.push_back(i % 3);
    }
    return data;
}

/// What each linear layer is given, [rows, in], by running the model as a whole.
std::map<std::string, std::vector<at::Tensor>> inputsOf(const NetworkSpecification &specification,
                                                        const ModelWeights &weights,
                                                        const CalibrationData &data)
{
    std::map<std::string, std::vector<at::Tensor>> inputs;
    const Network network(specification, weights);
    const auto keep = [&](std::span<const std::string> layers, const at::Tensor &rows) {
        for (const std::string &layer : layers)
            inputs[layer].push_back(rows.to(at::kDouble).clone());
    };
    for (std::size_t i = 0; i < data.sequences.size(); ++i) {
        const PackedBatch batch = packed(data.sequences, std::array{i});
        at::Tensor hidden = network.embeddings(batch);
        for (int block = 0; block < specification.stacks[0].blocks; ++block)
            hidden = network.block(block, hidden, batch, keep);
        network.classLogits(hidden, batch, keep);
    }
    return inputs;
}

/// ‖X Ŵᵀ − X Wᵀ‖ / ‖X Wᵀ‖ row by row, in plain loops.
double slowError(const std::vector<at::Tensor> &inputs, const at::Tensor &was,
                 const at::Tensor &now)
{
    const at::Tensor w = was.to(at::kDouble).contiguous();
    const at::Tensor v = now.to(at::kDouble).contiguous();
    double difference = 0;
    double output = 0;
    for (const at::Tensor &rows : inputs) {
        for (std::int64_t row = 0; row < rows.size(0); ++row) {
            const double *x = rows.data_ptr<double>() + row * rows.size(1);
            for (std::int64_t o = 0; o < w.size(0); ++o) {
                double before = 0;
                double after = 0;
                for (std::int64_t i = 0; i < w.size(1); ++i) {
                    before += x[i] * w.data_ptr<double>()[o * w.size(1) + i];
                    after += x[i] * v.data_ptr<double>()[o * w.size(1) + i];
                }
                difference += (after - before) * (after - before);
                output += before * before;
            }
        }
    }
    return std::sqrt(difference / output);
}

/// A model whose block 1 uses the matrices of block 0 already.
struct SharingModel
{
    NetworkSpecification specification = test::randomSpecification({});
    ModelWeights weights = test::randomWeights(specification, 3);
    ModelDescription description = describe(specification);

    void share()
    {
        for (Layer &layer : description.layers) {
            if (layer.block != 1 || !layer.isMatrix())
                continue;
            layer.sharedWith = "encoder.0." + layer.name.substr(10);
            weights.layers.at(layer.name) = {Shared{layer.sharedWith}, {}}; // biases go along
        }
    }
};

} // namespace

class TestOutputErrors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalsMultiplyingOut_data()
    {
        QTest::addColumn<QString>("recipe");
        QTest::addColumn<bool>("shared");
        for (const char *recipe :
             {"quantize.affine bits=4 @ role=query,key,value,output,up,down,pooler,classifier",
              "prune.magnitude sparsity=0.6 @ block=1-2", "factorize.svd rank=4 @ role=up,down",
              "share.layers mode=all", "prune.wanda inputs=sequential",
              "quantize.affine bits=3 @ encoder.2.ffn.down,pooler,embedding.token"}) {
            QTest::newRow(recipe) << QString(recipe) << false;
        }
        QTest::newRow("already shared") << "quantize.affine bits=3 @ role=key,down" << true;
    }
    void equalsMultiplyingOut()
    {
        QFETCH(QString, recipe);
        QFETCH(bool, shared);
        SharingModel made;
        if (shared)
            made.share();
        const NetworkSpecification &specification = made.specification;
        const ModelWeights &original = made.weights;
        const ModelDescription &model = made.description;
        const CalibrationData data = randomSentences(5);
        const RecipePlan planned = plan(Recipe{{parsedStep(recipe.toStdString())}}, model);
        const ModelWeights weights = compressed(original, planned, silentProgress(),
                                                {nullptr, &specification, &data});
        std::set<std::string> touched;
        for (const PlannedLayer &layer : planned.layers) {
            if (!layer.steps.empty())
                touched.insert(layer.name);
        }
        const auto errors = outputErrors(
            {{specification, model, original}, data}, touched,
            [&](const std::string &layer) { return multipliedValues(weights, layer); },
            silentProgress());
        const auto inputs = inputsOf(specification, original, data);
        std::size_t compared = 0;
        for (const auto &[layer, rows] : inputs) {
            QCOMPARE(errors.contains(layer), touched.contains(layer));
            if (!touched.contains(layer))
                continue;
            ++compared;
            const double expected = slowError(rows, multipliedValues(original, layer),
                                              multipliedValues(weights, layer));
            QVERIFY2(std::abs(errors.at(layer) - expected) <= 1e-5 * expected + 1e-7,
                     qPrintable(QString("%1: %2, expected %3")
                                    .arg(QString::fromStdString(layer))
                                    .arg(errors.at(layer))
                                    .arg(expected)));
        }
        QVERIFY(compared > 0);
        QCOMPARE(errors.size(), compared); // nothing of norms and embeddings
    }

    void withoutDataThereIsNone()
    {
        const SharingModel made;
        const CalibrationData none;
        const auto errors = outputErrors(
            {{made.specification, made.description, made.weights}, none}, {"pooler"},
            [&](const std::string &layer) { return multipliedValues(made.weights, layer); },
            silentProgress());
        QVERIFY(errors.empty());
    }

    void partsAddUpToTheFile()
    {
        const SharingModel made;
        std::int64_t numbers = 0;
        for (const auto &[name, layer] : made.weights.layers)
            numbers += std::get<Factor>(layer.weight).count() +
                       (layer.bias.defined() ? layer.bias.numel() : 0);
        const auto parts = bytesByPart(made.weights, 4 * numbers + 123);
        QCOMPARE(parts.at("header"), std::int64_t{123});
        QCOMPARE(parts.at("values") + parts.at("rest"), 4 * numbers);
        QCOMPARE(parts.size(), std::size_t{3});
    }
};

QTEST_GUILESS_MAIN(TestOutputErrors)
#include "tst_outputerrors.moc"
