// Which kernel multiplies a layer, as its weight is stored, and what comes out of whole networks.
#include "core/base/random.h"
#include "core/network/kernels/kernelchoice.h"
#include "core/network/linear.h"
#include "core/network/network.h"
#include "core/network/trainablenetwork.h"

#include <QTest>

#include <ATen/ATen.h>
#include <array>

using namespace pare;

namespace {

enum class Kind { Float32, BFloat16, Int8 };

Codec codecOf(Kind kind)
{
    if (kind != Kind::Int8)
        return {kind == Kind::BFloat16 ? CodecKind::BFloat16 : CodecKind::Float32};
    Codec codec{CodecKind::Affine, 8, Granularity::Channel};
    codec.activationBits = 8;
    return codec;
}

Factor factorOf(Kind kind, std::int64_t out, std::int64_t in, bool scaled = false)
{
    const at::Tensor values = at::randn({out, in}).mul(0.3);
    const Factor factor = Factor::encoded(values, codecOf(kind));
    return scaled ? factor.withInputScale(at::rand({in}).add(0.5)) : factor;
}

/// What the layer's kernel is called if it runs as it is stored.
std::string nameOf(Kind kind)
{
    if (kind == Kind::Int8 && multipliesIn(Precision::Int8))
        return "int8 oneDNN (";
    if (kind == Kind::BFloat16 && multipliesIn(Precision::BFloat16))
        return "bfloat16 oneDNN (";
    return "float32 oneDNN (";
}

// Of outputs of about 1 from two rounded factors.
double ceilingOf(Kind kind)
{
    switch (kind) {
    case Kind::Float32:
        return 1e-5;
    case Kind::BFloat16:
        return 0.03;
    case Kind::Int8:
        return 0.08;
    }
    return 0;
}

double difference(const at::Tensor &a, const at::Tensor &b)
{
    return (a - b).abs().max().item<double>();
}

void forceFloat32()
{
    KernelChoice choice;
    choice.int8 = choice.bfloat16 = LowPrecision::Float32;
    setKernelChoice(choice);
}

NetworkSpecification tiny()
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
    network.head = HeadKind::Classification;
    network.initializerRange = 0.3;
    return network;
}

/// Random weights whose block matrices are stored that way.
ModelWeights weightsOf(Kind kind)
{
    ModelWeights weights = TrainableNetwork(tiny(), {}, 7).weights();
    for (auto &[name, layer] : weights.layers) {
        if (name.starts_with("encoder.") && shapeOf(layer.weight).size() == 2)
            layer.weight = Factor::encoded(denseValues(layer.weight), codecOf(kind));
    }
    return weights;
}

PackedBatch someBatch(std::size_t count)
{
    Random random(5);
    std::vector<Sequence> all(count);
    for (Sequence &sequence : all) {
        sequence.ids.resize(2 + random.below(17));
        for (std::int64_t &id : sequence.ids)
            id = static_cast<std::int64_t>(random.below(31));
        sequence.types.resize(sequence.ids.size());
    }
    return packed(all);
}

} // namespace

class TestLinear : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        at::manual_seed(3);
        setKernelChoice({});
    }
    void runsAsStored_data();
    void runsAsStored();
    void productsRunEachFactor();
    void otherCodesRunInFloat32();
    void kroneckerProductsMultiplyTheirFactors_data();
    void kroneckerProductsMultiplyTheirFactors();
    void columnsRunEachKind_data();
    void columnsRunEachKind();
    void fusesWhatIsAlike();
    void networkAgainstItsValues_data();
    void networkAgainstItsValues();
    void sharedLayersShareTheirKernel();
};

void TestLinear::runsAsStored_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("scaled");
    for (const int kind : {0, 1, 2}) {
        QTest::addRow("%d", kind) << kind << false;
        QTest::addRow("%d with an input scale", kind) << kind << true;
    }
}

void TestLinear::runsAsStored()
{
    QFETCH(int, kind);
    QFETCH(bool, scaled);
    const Factor factor = factorOf(Kind(kind), 19, 30, scaled);
    const at::Tensor bias = at::randn({19});
    const at::Tensor x = at::randn({11, 30});
    const at::Tensor expected =
        at::linear(x.to(at::kDouble), factor.effectiveValues().to(at::kDouble),
                   bias.to(at::kDouble))
            .tanh();
    const Linear linear(factor, bias, Epilogue::Tanh);
    QVERIFY(linear.kernelName().starts_with(nameOf(Kind(kind))));
    QVERIFY(difference(linear(x), expected) < ceilingOf(Kind(kind)));
    QCOMPARE(linear.multiplyAdds(), std::int64_t(19 * 30));

    forceFloat32();
    const Linear forced(factor, bias, Epilogue::Tanh);
    QVERIFY(forced.kernelName().starts_with("float32 oneDNN ("));
    QVERIFY(difference(forced(x), expected) < ceilingOf(Kind::Float32));
    // Rounded inputs leave a trace: what multiplied in few bits was not float32.
    setKernelChoice({});
    if (!nameOf(Kind(kind)).starts_with("float32"))
        QVERIFY(difference(linear(x), forced(x)) > 1e-4);
}

void TestLinear::productsRunEachFactor()
{
    const at::Tensor x = at::randn({11, 30});
    const at::Tensor bias = at::randn({19});
    for (const Kind left : {Kind::Float32, Kind::BFloat16, Kind::Int8}) {
        for (const Kind right : {Kind::Float32, Kind::BFloat16, Kind::Int8}) {
            const Product product{factorOf(left, 19, 5), factorOf(right, 5, 30)};
            const Linear linear(product, bias, Epilogue::None);
            const std::string name = linear.kernelName();
            QVERIFY(name.starts_with(nameOf(right)));
            // One name where one kernel multiplies both; matrices of other shapes may get another of
            // the same precision.
            const bool both = name.find(" and " + nameOf(left)) != std::string::npos;
            if (nameOf(left) != nameOf(right))
                QVERIFY(both);
            else
                QVERIFY(both || name.find(" and ") == std::string::npos);
            const at::Tensor expected = at::linear(x, denseValues(product), bias);
            QVERIFY(difference(linear(x), expected) <
                    2 * std::max(ceilingOf(left), ceilingOf(right)));
        }
    }
}

void TestLinear::otherCodesRunInFloat32()
{
    const at::Tensor x = at::randn({4, 12});
    Codec stored{CodecKind::Affine, 8, Granularity::Channel}; // 8 bits, but not for its inputs
    const Weight weight = Factor::encoded(at::randn({6, 12}), stored);
    const Linear linear(weight, {}, Epilogue::None);
    QVERIFY(linear.kernelName().starts_with("float32 oneDNN ("));
    QVERIFY(difference(linear(x), at::linear(x, denseValues(weight))) < 1e-4);
}

void TestLinear::kroneckerProductsMultiplyTheirFactors_data()
{
    QTest::addColumn<QList<int>>("sizes");
    QTest::addColumn<int>("multiplyAdds");
    // b first: n·q·p + m·n·p; a first: m·n·q + m·q·p.
    QTest::newRow("b first") << QList<int>{5, 4, 3, 6} << 4 * 6 * 3 + 5 * 4 * 3;
    QTest::newRow("a first") << QList<int>{2, 9, 8, 3} << 2 * 9 * 3 + 2 * 3 * 8;
    QTest::newRow("one row each") << QList<int>{1, 7, 1, 4} << 7 * 4 + 4;
    QTest::newRow("a column") << QList<int>{6, 10, 2, 1} << 6 * 10 + 6 * 2;
    QTest::newRow("rows in several goes")
        << QList<int>{16, 24, 32, 20} << 16 * 24 * 20 + 16 * 20 * 32;
    QTest::newRow("rows in several goes, b first")
        << QList<int>{32, 20, 16, 24} << 20 * 24 * 16 + 32 * 20 * 16;
}

void TestLinear::kroneckerProductsMultiplyTheirFactors()
{
    QFETCH(QList<int>, sizes);
    QFETCH(int, multiplyAdds);
    const std::int64_t m = sizes[0], n = sizes[1], p = sizes[2], q = sizes[3];
    const at::Tensor x = at::randn({700, n * q});
    const at::Tensor bias = at::randn({m * p});
    for (const Kind a : {Kind::Float32, Kind::BFloat16, Kind::Int8}) {
        for (const Kind b : {Kind::Float32, Kind::BFloat16, Kind::Int8}) {
            const Kronecker product{factorOf(a, m, n), factorOf(b, p, q, b == Kind::Int8)};
            const Linear linear(product, bias, Epilogue::Tanh);
            QCOMPARE(linear.multiplyAdds(), std::int64_t(multiplyAdds));
            QCOMPARE(linear.multiplyAdds(), pare::multiplyAdds(Weight(product)));
            const std::string name = linear.kernelName();
            QVERIFY(name.find(nameOf(a)) != std::string::npos);
            QVERIFY(name.find(nameOf(b)) != std::string::npos);
            const at::Tensor expected = at::linear(x, denseValues(product), bias).tanh();
            const double error = difference(linear(x), expected);
            QVERIFY2(error < 4 * std::max(ceilingOf(a), ceilingOf(b)),
                     qPrintable(QString::number(error)));
            QVERIFY(difference(linear(x.narrow(0, 5, 1)), linear(x).narrow(0, 5, 1)) < 1e-5);
        }
    }
}

void TestLinear::columnsRunEachKind_data()
{
    QTest::addColumn<bool>("scaled");
    QTest::addColumn<bool>("biased");
    QTest::newRow("plain") << false << true;
    QTest::newRow("with input scales") << true << true;
    QTest::newRow("without a bias") << false << false;
}

void TestLinear::columnsRunEachKind()
{
    QFETCH(bool, scaled);
    QFETCH(bool, biased);
    const Factor outliers = Factor::encoded(at::randn({19, 3}).mul(0.3), {CodecKind::Float16});
    const Columns columns{at::tensor({0, 7, 29}, at::kInt),
                          scaled ? outliers.withInputScale(at::rand({3}).add(0.5)) : outliers,
                          factorOf(Kind::Int8, 19, 27, scaled)};
    const at::Tensor bias = biased ? at::randn({19}) : at::Tensor();
    at::Tensor x = at::randn({200, 30});
    const at::Tensor plain = x.clone();
    for (const int outlier : {0, 7, 29})
        x.select(1, outlier).mul_(40);
    const Linear linear(columns, bias, Epilogue::Gelu);
    const at::Tensor expected = at::gelu(at::linear(x, denseValues(columns), bias));
    // What rounding the other inputs alone costs, however large these are.
    const double error = difference(linear(x), expected);
    QVERIFY2(error < ceilingOf(Kind::Int8) + 1e-3, qPrintable(QString::number(error)));
    QCOMPARE(linear.multiplyAdds(), std::int64_t(19 * 30));
    const bool int8 = nameOf(Kind::Int8) != nameOf(Kind::Float32);
    const std::string name = linear.kernelName();
    QVERIFY(name.starts_with(nameOf(Kind::Int8)));
    QCOMPARE(name.find(" and " + nameOf(Kind::Float32)) != std::string::npos, int8);

    forceFloat32();
    const Linear forced(columns, bias, Epilogue::Gelu);
    QVERIFY(forced.kernelName().starts_with("float32 oneDNN ("));
    QVERIFY(forced.kernelName().find(" and ") == std::string::npos);
    QVERIFY(difference(forced(x), expected) < 1e-3);
    if (int8)
        QVERIFY(difference(linear(plain), forced(plain)) > 1e-4);
}

void TestLinear::fusesWhatIsAlike()
{
    const auto layersOf = [](std::array<Kind, 3> kinds, bool scaled) {
        std::array<LayerWeights, 3> layers;
        for (std::size_t i = 0; i < 3; ++i)
            layers[i] = {factorOf(kinds[i], 8, 12, scaled), at::randn({8})};
        return layers;
    };
    const auto fusible = [](const std::array<LayerWeights, 3> &layers) {
        const std::array parts{&layers[0], &layers[1], &layers[2]};
        return areFusible(parts);
    };
    const at::Tensor x = at::randn({9, 12});
    for (const Kind kind : {Kind::Float32, Kind::BFloat16, Kind::Int8}) {
        auto layers = layersOf({kind, kind, kind}, false);
        const std::array<const LayerWeights *, 3> parts{&layers[0], &layers[1], &layers[2]};
        QVERIFY(areFusible(parts));
        const Linear fused{std::span(parts)};
        QVERIFY(fused.kernelName().starts_with(nameOf(kind)));
        const at::Tensor y = fused(x);
        QVERIFY(y.sizes() == at::IntArrayRef({9, 24}));
        for (std::int64_t i = 0; i < 3; ++i) {
            const Linear alone(layers[i].weight, layers[i].bias, Epilogue::None);
            QVERIFY(difference(y.narrow(1, 8 * i, 8), alone(x)) < 1e-6);
        }
        // Scales of their own keep them apart, unless they are multiplied into the values anyway.
        layers = layersOf({kind, kind, kind}, true);
        QCOMPARE(fusible(layers), nameOf(kind).starts_with("float32"));
        for (LayerWeights &layer : layers)
            layer.weight = std::get<Factor>(layer.weight).withInputScale(at::ones({12}).mul(0.5));
        QVERIFY(fusible(layers));
        const Linear scaled{std::span(parts)};
        const Linear last(layers[2].weight, layers[2].bias, Epilogue::None);
        QVERIFY(difference(scaled(x).narrow(1, 16, 8), last(x)) < 1e-6);
        layers[1].bias = at::Tensor();
        QVERIFY(!fusible(layers));
    }
    QCOMPARE(fusible(layersOf({Kind::Int8, Kind::Int8, Kind::Float32}, false)),
             nameOf(Kind::Int8) == nameOf(Kind::Float32));
    auto layers = layersOf({Kind::Float32, Kind::Float32, Kind::Float32}, false);
    layers[0].weight = Product{factorOf(Kind::Float32, 8, 2), factorOf(Kind::Float32, 2, 12)};
    QVERIFY(!fusible(layers));
}

void TestLinear::networkAgainstItsValues_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<double>("ceiling");
    QTest::newRow("bfloat16") << int(Kind::BFloat16) << 0.05;
    QTest::newRow("int8") << int(Kind::Int8) << 0.15;
}

void TestLinear::networkAgainstItsValues()
{
    QFETCH(int, kind);
    QFETCH(double, ceiling);
    const PackedBatch batch = someBatch(20);
    const ModelWeights weights = weightsOf(Kind(kind));
    const Network network(tiny(), weights);
    const std::string expectedName = nameOf(Kind(kind));
    int named = 0;
    for (const auto &[name, kernel] : network.kernels()) {
        if (name.starts_with("encoder."))
            named += kernel.starts_with(expectedName);
        else
            QVERIFY(kernel.starts_with("float32 oneDNN ("));
    }
    QCOMPARE(named, 3 * 6);
    const at::Tensor hidden = network.hiddenStates(batch);
    QVERIFY(at::equal(network.hiddenStates(batch), hidden));

    forceFloat32();
    const Network wide(tiny(), weights);
    for (const auto &[name, kernel] : wide.kernels())
        QVERIFY(kernel.starts_with("float32 oneDNN ("));
    // Hidden states leave a LayerNorm: their size is about 1.
    const double error = difference(hidden, wide.hiddenStates(batch));
    QVERIFY2(error < ceiling, qPrintable(QString::number(error)));
    QCOMPARE(error > 1e-4, !expectedName.starts_with("float32"));
}

void TestLinear::sharedLayersShareTheirKernel()
{
    ModelWeights weights = weightsOf(Kind::Int8);
    for (const char *part : {"attention.query", "attention.key", "attention.value",
                             "attention.output", "ffn.up", "ffn.down"}) {
        for (const char *block : {"encoder.1.", "encoder.2."})
            weights.layers.at(std::string(block) +
                              part) = {Shared{std::string("encoder.0.") + part}, {}};
    }
    int made = 0;
    const Network network(tiny(), weights, [&](const std::string &name) {
        made += name.find(".attention.norm") == std::string::npos &&
                name.find(".ffn.norm") == std::string::npos && name.starts_with("encoder.");
    });
    QCOMPARE(made, 6);
    for (const auto &[name, kernel] : network.kernels()) {
        if (name.starts_with("encoder."))
            QVERIFY(kernel.starts_with(nameOf(Kind::Int8)));
    }
}

QTEST_GUILESS_MAIN(TestLinear)
#include "tst_linear.moc"
