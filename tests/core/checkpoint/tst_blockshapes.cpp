// Networks whose blocks differ in heads and feed-forward units, against the whole network in which
// what was removed counts for nothing: columns of zeros in the matrices that follow it.
#include "tests/support/randommodel.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/network/network.h"
#include "core/network/trainablenetwork.h"
#include "core/network/trainableoperations.h"

#include <ATen/ATen.h>

#include <QTemporaryDir>
#include <QtTest>

using namespace pare;

namespace {

/// What stays of the rows of each matrix, or of its columns where it follows what was removed.
using Kept = std::map<std::string, std::vector<std::int64_t>>;

constexpr int blocks = 4;
constexpr int headWidth = 4;
const test::RandomModel wholeShape{.width = 16, .heads = 4, .feedForward = 24, .blocks = blocks};
// Of block 3 nothing is removed.
const std::vector<std::vector<int>> goneHeads{{1, 2}, {0, 1, 3}, {}, {}};
const std::vector<std::vector<int>> goneUnits{{}, {0, 7, 23}, {1, 2, 3, 4, 5, 6, 7, 8, 9}, {}};

NetworkSpecification smallerSpecification()
{
    NetworkSpecification network = test::randomSpecification(wholeShape);
    for (int i = 0; i < blocks; ++i)
        network.stacks[0].shapes.push_back(
            {goneHeads[i], wholeShape.feedForward - static_cast<int>(goneUnits[i].size())});
    return network;
}

std::vector<std::int64_t> others(const std::vector<int> &gone, int count, int each)
{
    std::vector<std::int64_t> kept;
    for (int i = 0; i < count * each; ++i) {
        if (std::ranges::find(gone, i / each) == gone.end())
            kept.push_back(i);
    }
    return kept;
}

Kept keptRows()
{
    Kept kept;
    for (int i = 0; i < blocks; ++i) {
        const std::string prefix = "encoder." + std::to_string(i) + ".";
        for (const char *part : {"attention.query", "attention.key", "attention.value"})
            kept[prefix + part] = others(goneHeads[i], wholeShape.heads, headWidth);
        kept[prefix + "ffn.up"] = others(goneUnits[i], wholeShape.feedForward, 1);
    }
    return kept;
}

Kept keptColumns()
{
    Kept kept;
    for (int i = 0; i < blocks; ++i) {
        const std::string prefix = "encoder." + std::to_string(i) + ".";
        kept[prefix + "attention.output"] = others(goneHeads[i], wholeShape.heads, headWidth);
        kept[prefix + "ffn.down"] = others(goneUnits[i], wholeShape.feedForward, 1);
    }
    return kept;
}

/// The part of a weight, bias or gradient of the whole network that the smaller one has.
at::Tensor part(const std::string &layer, const at::Tensor &whole)
{
    static const Kept rows = keptRows(), columns = keptColumns();
    if (const auto found = rows.find(layer); found != rows.end())
        return whole.index_select(0, at::tensor(found->second));
    if (const auto found = columns.find(layer); found != columns.end() && whole.dim() == 2)
        return whole.index_select(1, at::tensor(found->second));
    return whole;
}

ModelWeights smaller(const ModelWeights &whole)
{
    ModelWeights weights;
    for (const auto &[name, layer] : whole.layers) {
        LayerWeights &own = weights.layers[name];
        own.weight = Factor::dense(part(name, denseValues(layer.weight)).contiguous());
        if (layer.bias.defined())
            own.bias = part(name, layer.bias).contiguous();
    }
    return weights;
}

ModelWeights zeroed(ModelWeights weights)
{
    for (const auto &[name, columns] : keptColumns()) {
        LayerWeights &layer = weights.layers.at(name);
        const at::Tensor values = denseValues(layer.weight);
        at::Tensor stays = at::zeros({values.size(1)});
        stays.index_fill_(0, at::tensor(columns), 1);
        layer.weight = Factor::dense(values.mul(stays));
    }
    return weights;
}

PackedBatch someBatch()
{
    Random random(5);
    std::vector<Sequence> all(15);
    for (Sequence &sequence : all) {
        sequence.ids.resize(2 + random.below(17));
        for (std::int64_t &id : sequence.ids)
            id = static_cast<std::int64_t>(random.below(40));
        sequence.types.resize(sequence.ids.size(), 1);
    }
    return packed(all);
}

double difference(const at::Tensor &a, const at::Tensor &b)
{
    return (a.detach() - b.detach()).abs().max().item<double>();
}

at::Tensor lossOf(const TrainableNetwork &network, const PackedBatch &batch)
{
    std::vector<std::int64_t> targets;
    for (const std::size_t index : batch.order)
        targets.push_back(static_cast<std::int64_t>(index % 3));
    return trainedCrossEntropy(network.logits(batch, {}), targets);
}

} // namespace

class TestBlockShapes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersLikeTheWholeNetwork()
    {
        const Network network(m_specification, m_weights);
        QVERIFY(difference(network.logits(m_batch), wholeLogits()) < 1e-5);
        QVERIFY(difference(wholeLogits(), Network(m_whole, m_wholeWeights).logits(m_batch)) > 0.01);
    }

    void queryKeyAndValueApart()
    {
        ModelWeights weights = m_weights;
        for (int i = 0; i < blocks; ++i) {
            Weight &query =
                weights.layers.at("encoder." + std::to_string(i) + ".attention.query").weight;
            const at::Tensor values = denseValues(query);
            query = Product{Factor::dense(values), Factor::dense(at::eye(values.size(1)))};
        }
        const Network network(m_specification, weights);
        QVERIFY(difference(network.logits(m_batch), wholeLogits()) < 1e-5);
    }

    void trainsLikeTheWholeNetwork()
    {
        TrainableNetwork network(m_specification, m_weights, 1);
        TrainableNetwork whole(m_whole, zeroed(m_wholeWeights), 1);
        QVERIFY(difference(network.logits(m_batch, {}), wholeLogits()) < 1e-5);
        lossOf(network, m_batch).backward();
        lossOf(whole, m_batch).backward();
        QCOMPARE(network.parameters().size(), whole.parameters().size());
        for (std::size_t i = 0; i < network.parameters().size(); ++i) {
            const NamedParameter &own = network.parameters()[i];
            const std::string layer = own.name.substr(0, own.name.rfind('.'));
            const at::Tensor expected = part(layer, whole.parameters()[i].tensor.grad());
            QVERIFY2(own.tensor.grad().sizes() == expected.sizes(), own.name.c_str());
            const double ceiling = 1e-5 * (1 + expected.abs().max().item<double>());
            QVERIFY2(difference(own.tensor.grad(), expected) < ceiling, own.name.c_str());
        }
    }

    void newBlocksHaveTheirShapes()
    {
        const TrainableNetwork drawn(m_specification, {}, 4);
        QCOMPARE(shapeOf(drawn.weights().layers.at("encoder.1.attention.key").weight),
                 (std::vector<std::int64_t>{4, 16}));
        QVERIFY(difference(drawn.logits(m_batch, {}),
                           Network(m_specification, drawn.weights()).logits(m_batch)) < 1e-5);
    }

    void multipliesLess()
    {
        std::int64_t expected = m_batch.sequences() * (16 * 16 + 3 * 16);
        const int attention[] = {8, 4, 16, 16}, inner[] = {24, 21, 15, 24};
        for (int i = 0; i < blocks; ++i) {
            expected += m_batch.tokens() * (4 * 16 * attention[i] + 2 * 16 * inner[i]);
            for (const PackedBatch::Group &group : m_batch.groups)
                expected += 2 * group.sequences * group.length * group.length * attention[i];
        }
        QCOMPARE(Network(m_specification, m_weights).multiplyAdds(m_batch), expected);
        QVERIFY(expected < Network(m_whole, m_wholeWeights).multiplyAdds(m_batch));
    }

    void isWrittenAndRead()
    {
        const std::filesystem::path folder = m_folder.filePath("smaller").toStdString();
        writeModel(folder, m_specification, m_weights, folder);
        const Checkpoint again = openCheckpoint(folder);
        QVERIFY(again.warnings.empty());
        QVERIFY(!again.compressed);
        QCOMPARE(again.specification.stacks, m_specification.stacks);
        const auto size =
            static_cast<std::int64_t>(std::filesystem::file_size(folder / "model.safetensors"));
        QCOMPARE(exportedBytes(m_specification, m_weights), size);
        QCOMPARE(again.description.bytes, size);
        QVERIFY(at::equal(Network(again.specification, again.weights).logits(m_batch),
                          Network(m_specification, m_weights).logits(m_batch)));
        std::int64_t values = 0;
        for (const auto &[name, layer] : m_weights.layers)
            values +=
                denseValues(layer.weight).numel() + (layer.bias.defined() ? layer.bias.numel() : 0);
        QCOMPARE(describe(m_specification).parameters, values);
        QCOMPARE(again.description.parameters, values);
    }

    void otherShapesAreRefused()
    {
        const std::filesystem::path folder = m_folder.filePath("lies").toStdString();
        writeModel(folder, m_specification, m_wholeWeights, folder);
        try {
            openCheckpoint(folder);
            QFAIL("matrices of heads that are not there were accepted");
        } catch (const Error &error) {
            QVERIFY2(QString(error.what()).contains("[8, 16]"), error.what());
        }
        QVERIFY_EXCEPTION_THROWN(Network(m_specification, m_wholeWeights), Error);
        QVERIFY_EXCEPTION_THROWN(TrainableNetwork(m_specification, m_wholeWeights, 1), Error);
    }

    void unequalBlocksShareNothing_data()
    {
        QTest::addColumn<QString>("part");
        QTest::newRow("one kernel") << "ffn.up";
        QTest::newRow("of three") << "attention.key";
    }
    void unequalBlocksShareNothing()
    {
        QFETCH(QString, part);
        ModelWeights weights = m_weights;
        const std::string name = part.toStdString();
        weights.layers.at("encoder.1." + name) = {Shared{"encoder.0." + name}, {}};
        QVERIFY_EXCEPTION_THROWN(Network(m_specification, weights), Error);
        QVERIFY_EXCEPTION_THROWN(TrainableNetwork(m_specification, weights, 1), Error);
    }

private:
    at::Tensor wholeLogits() const
    {
        return Network(m_whole, zeroed(m_wholeWeights)).logits(m_batch);
    }

    const NetworkSpecification m_whole = test::randomSpecification(wholeShape);
    const NetworkSpecification m_specification = smallerSpecification();
    const ModelWeights m_wholeWeights = test::randomWeights(m_whole, 3);
    const ModelWeights m_weights = smaller(m_wholeWeights);
    const PackedBatch m_batch = someBatch();
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestBlockShapes)
#include "tst_blockshapes.moc"
