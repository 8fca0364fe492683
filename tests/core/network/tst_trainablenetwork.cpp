#include "core/network/trainablenetwork.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/network/kernels/kernelchoice.h"
#include "core/network/linearfunction.h"
#include "core/network/network.h"
#include "core/network/trainableoperations.h"

#include <ATen/ATen.h>

#include <QtTest>

using namespace pare;

namespace {

at::Tensor leaf(at::IntArrayRef shape, double scale = 1)
{
    return at::randn(shape).mul_(scale).requires_grad_(true);
}

at::Tensor copyOf(const at::Tensor &tensor)
{
    return tensor.detach().clone().requires_grad_(true);
}

double difference(const at::Tensor &a, const at::Tensor &b)
{
    return (a.detach() - b.detach()).abs().max().item<double>();
}

NetworkSpecification tiny(HeadKind head)
{
    NetworkSpecification network;
    network.architecture = "bert";
    network.embedding = {31, 24, 20, 2, 0};
    BlockSpecification block;
    block.width = 24;
    block.heads = 3;
    block.feedForwardWidth = 40;
    network.stacks.push_back({"encoder", 3, block});
    network.labels = {"a", "b", "c"};
    network.head = head;
    network.initializerRange = 0.3;
    return network;
}

std::vector<Sequence> sequences(std::size_t count, std::uint64_t seed)
{
    Random random(seed);
    std::vector<Sequence> result(count);
    for (Sequence &sequence : result) {
        const std::uint64_t length = 2 + random.below(17);
        for (std::uint64_t i = 0; i < length; ++i) {
            sequence.ids.push_back(static_cast<std::int64_t>(random.below(31)));
            sequence.types.push_back(static_cast<std::int64_t>(random.below(2)));
        }
    }
    return result;
}

std::vector<std::int64_t> someRows(const PackedBatch &batch, std::int64_t each)
{
    std::vector<std::int64_t> rows;
    for (std::int64_t i = 1; i < batch.tokens(); i += each)
        rows.push_back(i);
    return rows;
}

double masked(const TrainableNetwork &network, const PackedBatch &batch,
              const ForwardOptions &options = {})
{
    const std::vector<std::int64_t> rows = someRows(batch, 4);
    std::vector<std::int64_t> targets;
    for (const std::int64_t row : rows)
        targets.push_back(batch.ids[row]);
    return trainedCrossEntropy(network.vocabularyLogits(batch, rows, options), targets)
        .item<double>();
}

} // namespace

class TrainableNetworkTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void linear();
    void norm_data();
    void norm();
    void attention_data();
    void attention();
    void gelu();
    void rows();
    void crossEntropy();
    void dropoutKeepsTheMean();
    void instructionSetsAgree_data();
    void instructionSetsAgree();
    void gradientsAgainstDifferences_data();
    void gradientsAgainstDifferences();
    void answersLikeNetwork_data();
    void answersLikeNetwork();
    void weightsComeBack();
    void sharedLayersAreOneParameter();
    void dropoutFollowsSeedAndStep();
    void newLayersFollowSeedAndName();
    void threadsDoNotChangeTheLoss();
    void borderStopsTheBackwardPass();
    void refusals();
};

void TrainableNetworkTest::init()
{
    at::manual_seed(5);
}

void TrainableNetworkTest::linear()
{
    const at::Tensor x = leaf({37, 19});
    const at::Tensor weight = leaf({23, 19});
    const at::Tensor bias = leaf({23});
    const at::Tensor x2 = copyOf(x);
    const at::Tensor weight2 = copyOf(weight);
    const at::Tensor bias2 = copyOf(bias);
    const at::Tensor direction = at::randn({37, 23});
    const at::Tensor y = trainedLinear(x, weight, bias);
    const at::Tensor expected = at::linear(x2, weight2, bias2);
    (y * direction).sum().backward();
    (expected * direction).sum().backward();
    QVERIFY(difference(y, expected) < 1e-5);
    QVERIFY(difference(x.grad(), x2.grad()) < 1e-5);
    QVERIFY(difference(weight.grad(), weight2.grad()) < 2e-5);
    QVERIFY(difference(bias.grad(), bias2.grad()) < 1e-5);
    QVERIFY(difference(trainedLinear(x, weight, {}), at::linear(x2, weight2)) < 1e-5);
}

void TrainableNetworkTest::norm_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("width");
    QTest::addColumn<bool>("residual");
    QTest::newRow("whole vectors") << 50 << 128 << true;
    QTest::newRow("narrow") << 9 << 5 << true;
    QTest::newRow("without residual") << 13 << 21 << false;
    QTest::newRow("several threads") << 2000 << 33 << true;
}

void TrainableNetworkTest::norm()
{
    QFETCH(int, rows);
    QFETCH(int, width);
    QFETCH(bool, residual);
    const at::Tensor x = leaf({rows, width});
    const at::Tensor added = leaf({rows, width});
    const at::Tensor gamma = leaf({width});
    const at::Tensor beta = leaf({width});
    const at::Tensor x2 = copyOf(x);
    const at::Tensor added2 = copyOf(added);
    const at::Tensor gamma2 = copyOf(gamma);
    const at::Tensor beta2 = copyOf(beta);
    const at::Tensor direction = at::randn({rows, width});
    const at::Tensor y = trainedNorm(x, residual ? added : at::Tensor(), gamma, beta, 1e-5, {});
    const at::Tensor expected =
        at::layer_norm(residual ? x2 + added2 : x2, {width}, gamma2, beta2, 1e-5);
    (y * direction).sum().backward();
    (expected * direction).sum().backward();
    const double wide = 1e-5 * std::sqrt(static_cast<double>(rows));
    QVERIFY(difference(y, expected) < 1e-5);
    QVERIFY(difference(x.grad(), x2.grad()) < 1e-5);
    QVERIFY(difference(gamma.grad(), gamma2.grad()) < wide);
    QVERIFY(difference(beta.grad(), beta2.grad()) < wide);
    if (residual)
        QVERIFY(difference(added.grad(), added2.grad()) < 1e-5);
}

void TrainableNetworkTest::attention_data()
{
    QTest::addColumn<int>("heads");
    QTest::addColumn<int>("headWidth");
    QTest::addColumn<bool>("causal");
    QTest::newRow("32 wide") << 4 << 32 << false;
    QTest::newRow("5 wide") << 3 << 5 << false;
    QTest::newRow("64 wide, causal") << 2 << 64 << true;
    QTest::newRow("1 wide") << 2 << 1 << false;
}

void TrainableNetworkTest::attention()
{
    QFETCH(int, heads);
    QFETCH(int, headWidth);
    QFETCH(bool, causal);
    const std::int64_t width = heads * headWidth;
    const std::vector<PackedBatch::Group> groups{{0, 3, 1}, {3, 2, 7}, {17, 5, 16}, {97, 1, 70}};
    const std::int64_t tokens = 167;
    const at::Tensor x = leaf({tokens, 3 * width});
    const at::Tensor x2 = copyOf(x);
    const at::Tensor direction = at::randn({tokens, width});
    const at::Tensor y = trainedAttention(x, groups, {heads, headWidth, causal}, {});
    std::vector<at::Tensor> parts;
    for (const PackedBatch::Group &group : groups) {
        const at::Tensor rows = x2.narrow(0, group.firstToken, group.sequences * group.length)
                                    .view({group.sequences, group.length, 3, heads, headWidth})
                                    .permute({2, 0, 3, 1, 4});
        at::Tensor scores = at::matmul(rows[0], rows[1].transpose(-1, -2)) /
                            std::sqrt(static_cast<double>(headWidth));
        if (causal) {
            const at::Tensor later = at::ones({group.length, group.length}, at::kBool).triu(1);
            scores = scores.masked_fill(later, -std::numeric_limits<double>::infinity());
        }
        const at::Tensor context = at::matmul(scores.softmax(-1), rows[2]);
        parts.push_back(
            context.permute({0, 2, 1, 3}).reshape({group.sequences * group.length, width}));
    }
    const at::Tensor expected = at::cat(parts);
    (y * direction).sum().backward();
    (expected * direction).sum().backward();
    QVERIFY(difference(y, expected) < 1e-5);
    QVERIFY(difference(x.grad(), x2.grad()) < 2e-5);
}

void TrainableNetworkTest::gelu()
{
    const at::Tensor x = at::linspace(-12, 12, 4001).requires_grad_(true);
    const at::Tensor x2 = copyOf(x);
    const at::Tensor y = trainedGelu(x);
    const at::Tensor expected = at::gelu(x2);
    y.sum().backward();
    expected.sum().backward();
    QVERIFY(difference(y, expected) < 2e-6);
    QVERIFY(difference(x.grad(), x2.grad()) < 1e-6);
}

void TrainableNetworkTest::rows()
{
    const at::Tensor table = leaf({50, 7});
    const at::Tensor table2 = copyOf(table);
    std::vector<std::int64_t> ids;
    for (std::int64_t i = 0; i < 9000; ++i)
        ids.push_back(i * i % 50);
    const at::Tensor index = at::tensor(ids);
    const at::Tensor direction = at::randn({9000, 7});
    const at::Tensor y = trainedRows(table, ids);
    const at::Tensor expected = table2.index_select(0, index);
    (y * direction).sum().backward();
    (expected * direction).sum().backward();
    QVERIFY(at::equal(y, expected));
    QVERIFY(difference(table.grad(), table2.grad()) < 1e-3);
}

void TrainableNetworkTest::crossEntropy()
{
    const at::Tensor logits = leaf({40, 133}, 5);
    const at::Tensor logits2 = copyOf(logits);
    std::vector<std::int64_t> targets;
    for (std::int64_t i = 0; i < 40; ++i)
        targets.push_back(i * 7 % 133);
    const at::Tensor taken = logits.mul(2); // cross-entropy writes into its argument
    const at::Tensor loss = trainedCrossEntropy(taken, targets);
    const at::Tensor expected = at::cross_entropy_loss(logits2.mul(2), at::tensor(targets));
    (loss * 3).backward();
    (expected * 3).backward();
    QVERIFY(difference(loss, expected) < 1e-5);
    QVERIFY(difference(logits.grad(), logits2.grad()) < 1e-6);
}

void TrainableNetworkTest::dropoutKeepsTheMean()
{
    const at::Tensor x = at::ones({1000, 203}).requires_grad_(true);
    const Dropout dropout{0x123456789abcdef0u, 0.3F};
    const at::Tensor y = trainedDropout(x, dropout);
    const double kept = (y > 0).to(at::kDouble).mean().item<double>();
    QVERIFY(std::abs(kept - 0.7) < 0.005);
    QVERIFY(difference(y.max(), at::scalar_tensor(1 / 0.7)) < 1e-6);
    y.sum().backward();
    QVERIFY(at::equal(x.grad(), y));
    const double agreement = ((trainedDropout(x, {0x123456789abcdef1u, 0.3F}) > 0) == (y > 0))
                                 .to(at::kDouble)
                                 .mean()
                                 .item<double>();
    QVERIFY(std::abs(agreement - (0.49 + 0.09)) < 0.01); // as independent draws agree
    for (const std::int64_t dimension : {0, 1}) {
        const at::Tensor shares = (y > 0).to(at::kDouble).mean(dimension);
        QVERIFY(std::abs(shares.std().item<double>() -
                         std::sqrt(0.21 / (dimension == 0 ? 1000 : 203))) < 0.005);
    }
}

void TrainableNetworkTest::instructionSetsAgree_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char *name : {"avx2", "sse2"})
        QTest::newRow(name) << QByteArray(name);
}

void TrainableNetworkTest::instructionSetsAgree()
{
    QFETCH(QByteArray, name);
    const TrainingCode *code = trainingCode(name.constData());
    QVERIFY(code); // every machine this is tested on has them
    constexpr std::int64_t width = 37;
    constexpr std::int64_t rows = 11;
    const at::Tensor x = at::randn({rows, width});
    const Dropout dropout{99, 0.4F};
    const auto compare = [&](auto &&compute, double allowed) {
        at::Tensor mine = at::zeros({rows, width});
        at::Tensor best = at::zeros({rows, width});
        compute(*code, mine.data_ptr<float>());
        compute(trainingCode(), best.data_ptr<float>());
        QVERIFY(difference(mine, best) <= allowed);
        QVERIFY(mine.abs().sum().item<double>() > 0);
    };
    const auto *from = x.data_ptr<float>();
    compare([&](const TrainingCode &c, float *y) { c.dropRows(dropout, from, y, width, 0, rows); },
            0);
    compare([&](const TrainingCode &c, float *y) { c.gelu(from, y, rows * width); }, 1e-6);
    compare([&](const TrainingCode &c, float *y) { c.geluBackward(from, from, y, rows * width); },
            1e-6);
    compare([&](const TrainingCode &c, float *y) { c.sumRows(from, width, 0, rows, y); }, 1e-5);
    compare(
        [&](const TrainingCode &c, float *y) {
            std::copy_n(from, rows * width, y);
            c.crossEntropy(y, rows * width, 3, 1);
        },
        1e-6);
    compare(
        [&](const TrainingCode &c, float *y) {
            at::Tensor means = at::zeros({rows, width});
            at::Tensor squares = at::zeros({rows, width});
            AdamUpdate update;
            update.parameters = y;
            update.gradients = from;
            update.means = means.data_ptr<float>();
            update.squares = squares.data_ptr<float>();
            update.stepSize = 1e-3F;
            c.adam(update, 0, rows * width);
        },
        1e-7);
}

void TrainableNetworkTest::gradientsAgainstDifferences_data()
{
    QTest::addColumn<bool>("dropout");
    QTest::addColumn<bool>("classify");
    QTest::newRow("masked LM") << false << false;
    QTest::newRow("masked LM, dropout") << true << false;
    QTest::newRow("classification") << false << true;
    QTest::newRow("classification, dropout") << true << true;
}

/// The derivative along the gradient itself, of each parameter, by central differences of the loss.
void TrainableNetworkTest::gradientsAgainstDifferences()
{
    QFETCH(bool, dropout);
    QFETCH(bool, classify);
    TrainableNetwork network(tiny(classify ? HeadKind::Classification : HeadKind::MaskedLm), {}, 3);
    const std::vector<Sequence> examples = sequences(20, 4);
    const PackedBatch batch = packed(examples);
    ForwardOptions options;
    if (dropout)
        options.dropout = DropoutStep{7, 8};
    const auto loss = [&] {
        if (!classify) {
            const std::vector<std::int64_t> rows = someRows(batch, 4);
            std::vector<std::int64_t> targets;
            for (const std::int64_t row : rows)
                targets.push_back(batch.ids[row]);
            return trainedCrossEntropy(network.vocabularyLogits(batch, rows, options), targets);
        }
        std::vector<std::int64_t> targets;
        for (const std::size_t index : batch.order)
            targets.push_back(static_cast<std::int64_t>(index % 3));
        return trainedCrossEntropy(network.logits(batch, options), targets);
    };
    loss().backward();
    for (const NamedParameter &parameter : network.parameters()) {
        QVERIFY2(parameter.tensor.grad().defined(), parameter.name.c_str());
        const at::Tensor gradient = parameter.tensor.grad().clone();
        const double norm = gradient.norm().item<double>();
        if (norm < 1e-4)
            continue; // keys' biases change nothing at all
        const double step = 1e-2 / std::max(1.0, norm);
        const at::Tensor direction = gradient / norm;
        const at::Tensor values = parameter.tensor.detach();
        const at::Tensor before = values.clone();
        values.copy_(before + direction * step);
        const double above = loss().item<double>();
        values.copy_(before - direction * step);
        const double below = loss().item<double>();
        values.copy_(before);
        const double measured = (above - below) / (2 * step);
        QVERIFY2(std::abs(measured - norm) < 0.02 * norm + 1e-4,
                 qPrintable(QString("%1: %2 measured, %3 computed")
                                .arg(parameter.name.c_str())
                                .arg(measured)
                                .arg(norm)));
    }
}

void TrainableNetworkTest::answersLikeNetwork_data()
{
    QTest::addColumn<int>("activation");
    QTest::newRow("gelu") << static_cast<int>(Activation::Gelu);
    QTest::newRow("gelu_new") << static_cast<int>(Activation::GeluTanh);
    QTest::newRow("relu") << static_cast<int>(Activation::Relu);
    QTest::newRow("silu") << static_cast<int>(Activation::Silu);
    QTest::newRow("tanh") << static_cast<int>(Activation::Tanh);
}

void TrainableNetworkTest::answersLikeNetwork()
{
    QFETCH(int, activation);
    const std::vector<Sequence> examples = sequences(30, 9);
    const PackedBatch batch = packed(examples);
    NetworkSpecification classify = tiny(HeadKind::Classification);
    classify.stacks[0].block.activation = static_cast<Activation>(activation);
    const TrainableNetwork classifier(classify, {}, 11);
    QVERIFY(difference(classifier.logits(batch, {}),
                       Network(classify, classifier.weights()).logits(batch)) < 1e-5);

    NetworkSpecification mask = classify;
    mask.head = HeadKind::MaskedLm;
    const TrainableNetwork trainable(mask, {}, 11);
    const Network network(mask, trainable.weights());
    const std::vector<std::int64_t> rows = someRows(batch, 3);
    const at::Tensor hidden = network.hiddenStates(batch);
    QVERIFY(difference(trainable.hiddenStates(batch, {}, {}), hidden) < 1e-5);
    QVERIFY(difference(trainable.vocabularyLogits(batch, rows, {}),
                       network.vocabularyLogits(hidden, rows)) < 1e-5);
}

void TrainableNetworkTest::weightsComeBack()
{
    const NetworkSpecification specification = tiny(HeadKind::MaskedLm);
    const TrainableNetwork first(specification, {}, 1);
    const TrainableNetwork second(specification, first.weights(), 2);
    QCOMPARE(first.parameters().size(), second.parameters().size());
    for (std::size_t i = 0; i < first.parameters().size(); ++i) {
        QCOMPARE(first.parameters()[i].name, second.parameters()[i].name);
        QVERIFY(at::equal(first.parameters()[i].tensor, second.parameters()[i].tensor));
    }
    QVERIFY(std::holds_alternative<Shared>(second.weights().layers.at("mlm.decoder").weight));
}

void TrainableNetworkTest::sharedLayersAreOneParameter()
{
    const NetworkSpecification specification = tiny(HeadKind::MaskedLm);
    ModelWeights weights = TrainableNetwork(specification, {}, 1).weights();
    for (const char *part : {"attention.query", "attention.key", "attention.value",
                             "attention.output", "ffn.up", "ffn.down"}) {
        for (const char *block : {"encoder.1.", "encoder.2."})
            weights.layers.at(std::string(block) +
                              part) = {Shared{std::string("encoder.0.") + part}, {}};
    }
    TrainableNetwork shared(specification, weights, 1);
    for (const NamedParameter &parameter : shared.parameters())
        QVERIFY2(parameter.name.find("encoder.1.ffn.up") == std::string::npos,
                 parameter.name.c_str());
    const std::vector<Sequence> examples = sequences(10, 2);
    const PackedBatch batch = packed(examples);
    const std::vector<std::int64_t> rows = someRows(batch, 3);
    const Network network(specification, shared.weights());
    QVERIFY(difference(shared.vocabularyLogits(batch, rows, {}),
                       network.vocabularyLogits(network.hiddenStates(batch), rows)) < 1e-5);
}

void TrainableNetworkTest::dropoutFollowsSeedAndStep()
{
    const TrainableNetwork network(tiny(HeadKind::MaskedLm), {}, 1);
    const std::vector<Sequence> examples = sequences(10, 2);
    const PackedBatch batch = packed(examples);
    ForwardOptions options;
    const double without = masked(network, batch);
    options.dropout = DropoutStep{3, 4};
    const double with = masked(network, batch, options);
    QVERIFY(with != without);
    QCOMPARE(masked(network, batch, options), with);
    options.dropout->step = 5;
    QVERIFY(masked(network, batch, options) != with);
    options.dropout = DropoutStep{4, 4};
    QVERIFY(masked(network, batch, options) != with);
}

void TrainableNetworkTest::newLayersFollowSeedAndName()
{
    NetworkSpecification specification = tiny(HeadKind::MaskedLm);
    const TrainableNetwork body(specification, {}, 1);
    specification.head = HeadKind::Classification;
    const TrainableNetwork first(specification, body.weights(), 2);
    const TrainableNetwork second(specification, body.weights(), 2);
    const TrainableNetwork third(specification, body.weights(), 3);
    const auto weight = [](const TrainableNetwork &network, const std::string &layer) {
        return denseValues(network.weights().layers.at(layer).weight);
    };
    QVERIFY(at::equal(weight(first, "classifier"), weight(second, "classifier")));
    QVERIFY(!at::equal(weight(first, "classifier"), weight(third, "classifier")));
    QVERIFY(at::equal(weight(first, "encoder.0.ffn.up"), weight(body, "encoder.0.ffn.up")));
    const double deviation = weight(first, "pooler").std().item<double>();
    QVERIFY(std::abs(deviation - 0.3) < 0.04);
    QVERIFY(weight(first, "pooler").mean().abs().item<double>() < 0.05);
}

void TrainableNetworkTest::threadsDoNotChangeTheLoss()
{
    const TrainableNetwork network(tiny(HeadKind::MaskedLm), {}, 1);
    const std::vector<Sequence> examples = sequences(300, 2);
    const PackedBatch batch = packed(examples);
    ForwardOptions options;
    options.dropout = DropoutStep{3, 4};
    const int before = kernelThreads();
    setKernelThreads(1);
    const double one = masked(network, batch, options);
    setKernelThreads(3);
    const double three = masked(network, batch, options);
    setKernelThreads(before);
    QVERIFY(std::abs(one - three) < 1e-5);
}

void TrainableNetworkTest::borderStopsTheBackwardPass()
{
    struct Stop : std::exception
    {};
    TrainableNetwork network(tiny(HeadKind::MaskedLm), {}, 1);
    const std::vector<Sequence> examples = sequences(10, 2);
    const PackedBatch batch = packed(examples);
    int calls = 0;
    int last = 1000;
    ForwardOptions options;
    options.border = [&] {
        if (++calls == last)
            throw Stop();
    };
    const std::vector<std::int64_t> rows{1, 2, 3};
    const std::vector<std::int64_t> targets{4, 5, 6};
    const at::Tensor loss =
        trainedCrossEntropy(network.vocabularyLogits(batch, rows, options), targets);
    QCOMPARE(calls, 4);
    last = 6;
    QVERIFY_EXCEPTION_THROWN(loss.backward(), Stop);
    QCOMPARE(calls, 6);
    network.clearGradients();
    last = 1000;
    calls = 0;
    trainedCrossEntropy(network.vocabularyLogits(batch, rows, options), targets).backward();
    QCOMPARE(calls, 8);
}

void TrainableNetworkTest::refusals()
{
    const NetworkSpecification specification = tiny(HeadKind::MaskedLm);
    const TrainableNetwork network(specification, {}, 1);
    std::vector<Sequence> examples = sequences(3, 2);
    QVERIFY_EXCEPTION_THROWN(network.logits(packed(examples), {}), Error);
    examples[0].ids[0] = 31;
    QVERIFY_EXCEPTION_THROWN(network.hiddenStates(packed(examples), {}, {}), Error);
    examples[0].ids.assign(21, 1);
    examples[0].types.assign(21, 0);
    QVERIFY_EXCEPTION_THROWN(network.hiddenStates(packed(examples), {}, {}), Error);
    ModelWeights weights = network.weights();
    weights.layers.at("encoder.0.ffn.up").weight = Factor::dense(at::zeros({2, 3}));
    QVERIFY_EXCEPTION_THROWN(TrainableNetwork(specification, weights, 1), Error);
}

QTEST_GUILESS_MAIN(TrainableNetworkTest)
#include "tst_trainablenetwork.moc"
