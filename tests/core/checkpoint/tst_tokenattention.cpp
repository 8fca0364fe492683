// Networks whose narrow token rows see each other before they are projected, against a slow
// reference.
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

constexpr int rank = 6;
constexpr int heads = 3;

NetworkSpecification attending(HeadKind head = HeadKind::Classification)
{
    NetworkSpecification network = test::randomSpecification({.head = head});
    network.embedding.attentionWidth = rank;
    network.embedding.attentionHeads = heads;
    return network;
}

/// The same weights for the same seed, none of them zero.
ModelWeights randomWeights(const NetworkSpecification &network)
{
    ModelWeights weights = test::randomWeights(network, 3);
    weights.layers.at("embedding.token").weight =
        Product{Factor::dense(at::randn({network.embedding.vocabulary, rank})),
                Factor::dense(at::randn({rank, network.embedding.width}))};
    return weights;
}

std::vector<Sequence> someSequences()
{
    Random random(5);
    std::vector<Sequence> all(12);
    for (Sequence &sequence : all) {
        for (std::uint64_t i = 0; i < 1 + random.below(15); ++i) {
            sequence.ids.push_back(static_cast<std::int64_t>(random.below(40)));
            sequence.types.push_back(static_cast<std::int64_t>(random.below(2)));
        }
    }
    return all;
}

at::Tensor doubles(const ModelWeights &weights, const std::string &layer)
{
    return denseValues(weights.layers.at(layer).weight).to(at::kDouble);
}

at::Tensor applied(const ModelWeights &weights, const std::string &layer, const at::Tensor &x)
{
    return x.matmul(doubles(weights, layer).t()) + weights.layers.at(layer).bias.to(at::kDouble);
}

/// Hidden states before the first block of one sequence, value by value in float64.
at::Tensor slowEmbedding(const ModelWeights &weights, const Sequence &sequence)
{
    const auto &table = std::get<Product>(weights.layers.at("embedding.token").weight);
    const at::Tensor ids = at::tensor(sequence.ids);
    const at::Tensor x = denseValues(table.left).to(at::kDouble).index_select(0, ids);
    const at::Tensor q = applied(weights, "embedding.attention.query", x);
    const at::Tensor k = applied(weights, "embedding.attention.key", x);
    const at::Tensor v = applied(weights, "embedding.attention.value", x);
    const std::int64_t length = x.size(0), width = rank / heads;
    at::Tensor context = at::zeros({length, rank}, at::kDouble);
    for (std::int64_t head = 0; head < heads; ++head) {
        for (std::int64_t i = 0; i < length; ++i) {
            std::vector<double> shares;
            double total = 0;
            for (std::int64_t j = 0; j < length; ++j) {
                double product = 0;
                for (std::int64_t d = head * width; d < (head + 1) * width; ++d)
                    product += q[i][d].item<double>() * k[j][d].item<double>();
                shares.push_back(std::exp(product / std::sqrt(static_cast<double>(width))));
                total += shares.back();
            }
            for (std::int64_t d = head * width; d < (head + 1) * width; ++d) {
                double sum = 0;
                for (std::int64_t j = 0; j < length; ++j)
                    sum += shares[static_cast<std::size_t>(j)] / total * v[j][d].item<double>();
                context[i][d] = sum;
            }
        }
    }
    const at::Tensor rows = (x + applied(weights, "embedding.attention.output", context))
                                .matmul(denseValues(table.right).to(at::kDouble));
    const at::Tensor sum =
        rows + doubles(weights, "embedding.position").narrow(0, 0, length) +
        doubles(weights, "embedding.type").index_select(0, at::tensor(sequence.types));
    const at::Tensor mean = sum.mean(1, true);
    const at::Tensor variance = (sum - mean).square().mean(1, true);
    return (sum - mean) / (variance + 1e-12).sqrt() * doubles(weights, "embedding.norm") +
           weights.layers.at("embedding.norm").bias.to(at::kDouble);
}

double difference(const at::Tensor &a, const at::Tensor &b)
{
    return (a.detach() - b.detach()).abs().max().item<double>();
}

at::Tensor lossOf(const TrainableNetwork &network, const PackedBatch &batch,
                  const ForwardOptions &options = {})
{
    std::vector<std::int64_t> targets;
    for (const std::size_t index : batch.order)
        targets.push_back(static_cast<std::int64_t>(index % 3));
    return trainedCrossEntropy(network.logits(batch, options), targets);
}

} // namespace

class TestTokenAttention : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void againstASlowReference()
    {
        const std::vector<Sequence> sequences = someSequences();
        const PackedBatch batch = packed(sequences);
        const at::Tensor hidden = Network(m_specification, m_weights).embeddings(batch);
        for (std::size_t i = 0; i < batch.order.size(); ++i) {
            const Sequence &sequence = sequences[batch.order[i]];
            const at::Tensor own =
                hidden.narrow(0, batch.starts[i], static_cast<std::int64_t>(sequence.ids.size()));
            QVERIFY(difference(own, slowEmbedding(m_weights, sequence)) < 1e-5);
        }
        // It is not the linear factorization, which other sequences leave alone.
        NetworkSpecification linear = m_specification;
        linear.embedding.attentionWidth = linear.embedding.attentionHeads = 0;
        QVERIFY(difference(Network(linear, m_weights).embeddings(batch), hidden) > 0.1);
    }

    void trainsWhatItAnswers()
    {
        const TrainableNetwork trainable(m_specification, m_weights, 1);
        const Network network(m_specification, m_weights);
        QVERIFY(difference(trainable.logits(m_batch, {}), network.logits(m_batch)) < 1e-5);
        const ModelWeights back = trainable.weights();
        QVERIFY(difference(Network(m_specification, back).logits(m_batch),
                           network.logits(m_batch)) < 1e-6);
        const auto &table = std::get<Product>(back.layers.at("embedding.token").weight);
        QCOMPARE(table.left.shape(), (std::vector<std::int64_t>{40, rank}));
        QCOMPARE(table.right.shape(), (std::vector<std::int64_t>{rank, 16}));
    }

    void gradientsAgainstDifferences_data()
    {
        QTest::addColumn<bool>("dropout");
        QTest::newRow("plain") << false;
        QTest::newRow("dropout") << true;
    }
    void gradientsAgainstDifferences()
    {
        QFETCH(bool, dropout);
        TrainableNetwork network(m_specification, m_weights, 1);
        ForwardOptions options;
        if (dropout)
            options.dropout = DropoutStep{7, 8};
        lossOf(network, m_batch, options).backward();
        int checked = 0;
        for (const NamedParameter &parameter : network.parameters()) {
            if (!parameter.name.starts_with("embedding."))
                continue;
            const at::Tensor gradient = parameter.tensor.grad().clone();
            const double norm = gradient.norm().item<double>();
            if (norm < 1e-4)
                continue; // keys' biases change nothing at all
            const double step = 3e-3 / std::max(1.0, norm);
            const at::Tensor values = parameter.tensor.detach();
            const at::Tensor before = values.clone();
            values.copy_(before + gradient / norm * step);
            const double above = lossOf(network, m_batch, options).item<double>();
            values.copy_(before - gradient / norm * step);
            const double below = lossOf(network, m_batch, options).item<double>();
            values.copy_(before);
            const double measured = (above - below) / (2 * step);
            QVERIFY2(std::abs(measured - norm) < 0.02 * norm + 2e-4,
                     qPrintable(QString("%1: %2 measured, %3 computed")
                                    .arg(parameter.name.c_str())
                                    .arg(measured)
                                    .arg(norm)));
            ++checked;
        }
        QVERIFY(checked >= 2 + 7 + 4); // table and projection, attention, positions, types, norm
    }

    /// As it begins, the output matrix is zero: it moves first, then what lies before it.
    void everyParameterLearns()
    {
        ModelWeights weights = m_weights;
        weights.layers.at("embedding.attention.output") = {Factor::dense(at::zeros({rank, rank})),
                                                           at::zeros({rank})};
        TrainableNetwork network(m_specification, weights, 1);
        std::map<std::string, at::Tensor> before;
        for (const NamedParameter &parameter : network.parameters())
            before[parameter.name] = parameter.tensor.detach().clone();
        for (int step = 0; step < 2; ++step) {
            network.clearGradients();
            lossOf(network, m_batch).backward();
            for (const NamedParameter &parameter : network.parameters())
                parameter.tensor.detach().sub_(parameter.tensor.grad(), 0.1);
        }
        QVERIFY(before.contains("embedding.token.weight.left"));
        QVERIFY(before.contains("embedding.token.weight.right"));
        for (const NamedParameter &parameter : network.parameters()) {
            if (!parameter.name.ends_with("attention.key.bias")) // changes nothing at all
                QVERIFY2(!at::equal(parameter.tensor, before.at(parameter.name)),
                         parameter.name.c_str());
        }
    }

    void newOnesAreDrawn()
    {
        NetworkSpecification specification = m_specification;
        specification.embedding.vocabulary = 4000;
        specification.initializerRange = 0.02;
        const TrainableNetwork drawn(specification, {}, 4);
        const ModelWeights weights = drawn.weights();
        const at::Tensor table = denseValues(weights.layers.at("embedding.token").weight);
        QCOMPARE(table.sizes().vec(), (std::vector<std::int64_t>{4000, 16}));
        QVERIFY(std::abs(table.std().item<double>() - 0.02) < 0.005);
        QVERIFY(difference(drawn.logits(m_batch, {}),
                           Network(specification, weights).logits(m_batch)) < 1e-5);
    }

    void isCountedAndMultiplied()
    {
        NetworkSpecification linear = m_specification;
        linear.embedding.attentionWidth = linear.embedding.attentionHeads = 0;
        std::int64_t expected = m_batch.tokens() * (4 * rank * rank + rank * 16);
        for (const PackedBatch::Group &group : m_batch.groups)
            expected += 2 * group.sequences * group.length * group.length * rank;
        QCOMPARE(Network(m_specification, m_weights).multiplyAdds(m_batch) -
                     Network(linear, m_weights).multiplyAdds(m_batch),
                 expected);
    }

    void isWrittenAndRead()
    {
        const std::filesystem::path folder = m_folder.filePath("attending").toStdString();
        writeModel(folder, m_specification, m_weights, folder);
        const Checkpoint again = openCheckpoint(folder);
        QVERIFY(again.warnings.empty());
        QCOMPARE(again.specification.embedding, m_specification.embedding);
        const auto size =
            static_cast<std::int64_t>(std::filesystem::file_size(folder / "model.safetensors"));
        QCOMPARE(exportedBytes(m_specification, m_weights), size);
        QCOMPARE(again.description.bytes, size);
        QCOMPARE(again.description.parameters, describe(m_specification).parameters);
        QCOMPARE(again.description.find("embedding.token")->storage,
                 describe(m_specification).find("embedding.token")->storage);
        QVERIFY(at::equal(Network(again.specification, again.weights).logits(m_batch),
                          Network(m_specification, m_weights).logits(m_batch)));
    }

    void otherTablesAreRefused_data()
    {
        QTest::addColumn<int>("form");
        QTest::addColumn<QString>("says");
        QTest::newRow("one matrix") << 0 << "found [40, 16]";
        QTest::newRow("another rank") << 1 << "found [40, 5] and [5, 16]";
        QTest::newRow("fewer tokens") << 2 << "[39, 6]";
    }
    void otherTablesAreRefused()
    {
        QFETCH(int, form);
        QFETCH(QString, says);
        ModelWeights weights = m_weights;
        Weight &table = weights.layers.at("embedding.token").weight;
        const auto product = [](std::int64_t rows, std::int64_t inner) {
            return Product{Factor::dense(at::ones({rows, inner})),
                           Factor::dense(at::ones({inner, 16}))};
        };
        if (form == 0)
            table = Factor::dense(at::ones({40, 16}));
        else
            table = form == 1 ? product(40, 5) : product(39, rank);
        const auto refused = [&](const auto &use) {
            try {
                use();
            } catch (const Error &error) {
                return error.kind() == ErrorKind::InvalidFile &&
                       QString(error.what()).contains(says);
            }
            return false;
        };
        QVERIFY(refused([&] { Network(m_specification, weights); }));
        QVERIFY(refused([&] { TrainableNetwork(m_specification, weights, 1); }));
        if (form == 2)
            return; // such a file is refused for the shape of the whole
        const std::filesystem::path folder = m_folder.filePath("lies").toStdString();
        writeModel(folder, m_specification, weights, folder);
        QVERIFY(refused([&] { openCheckpoint(folder); }));
    }

    void tiedDecodersAreRefused()
    {
        NetworkSpecification specification = attending(HeadKind::MaskedLm);
        const ModelWeights tied = randomWeights(specification);
        QVERIFY_EXCEPTION_THROWN(Network(specification, tied), Error);
        QVERIFY_EXCEPTION_THROWN(TrainableNetwork(specification, tied, 1), Error);
        QVERIFY_EXCEPTION_THROWN(TrainableNetwork(specification, {}, 1), Error);
        specification.tiedDecoder = false;
        const ModelWeights own = randomWeights(specification);
        const Network network(specification, own);
        const std::vector<std::int64_t> rows{0, 3};
        QVERIFY(difference(
                    network.vocabularyLogits(network.hiddenStates(m_batch), rows),
                    TrainableNetwork(specification, own, 1).vocabularyLogits(m_batch, rows, {})) <
                1e-5);
    }

private:
    const NetworkSpecification m_specification = attending();
    const ModelWeights m_weights = randomWeights(m_specification);
    const PackedBatch m_batch = packed(someSequences());
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestTokenAttention)
#include "tst_tokenattention.moc"
