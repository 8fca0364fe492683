// Weights of the algebra in training: what is seen is what will be stored, and gradients are those of
// the papers, against slow references.
#include "core/network/trainableweight.h"

#include "core/base/random.h"

#include <ATen/ATen.h>

#include <QtTest>

using namespace pare;

namespace {

at::Tensor random(at::IntArrayRef shape, std::uint64_t seed, double scale = 1)
{
    Random draw(seed);
    at::Tensor values = at::empty(shape, at::kFloat);
    for (std::int64_t i = 0; i < values.numel(); ++i)
        values.data_ptr<float>()[i] = static_cast<float>(scale * (2 * draw.uniform() - 1));
    return values;
}

at::Tensor someMask(at::IntArrayRef shape, std::uint64_t seed)
{
    return random(shape, seed).gt(-0.2);
}

Codec affine(int bits, Granularity granularity, std::int64_t group = 0, bool symmetric = true)
{
    Codec codec;
    codec.kind = CodecKind::Affine;
    codec.bits = bits;
    codec.granularity = granularity;
    codec.group = group;
    codec.symmetric = symmetric;
    return codec;
}

Codec simple(CodecKind kind)
{
    Codec codec;
    codec.kind = kind;
    return codec;
}

Factor withCodebook(const at::Tensor &values, const at::Tensor &mask)
{
    Codec codec = simple(CodecKind::Codebook);
    codec.codebookSize = 4;
    codec.granularity = Granularity::Tensor;
    return Factor::encodedWithCodebook(values, codec, at::tensor({-0.7F, -0.2F, 0.1F, 0.6F}).reshape({1, 4}),
                                       mask);
}

Factor withPlanes(const at::Tensor &values, const at::Tensor &mask)
{
    Codec codec = simple(CodecKind::Binary);
    codec.planes = 2;
    return Factor::encodedPlanes({values, random(values.sizes(), 21, 0.3)}, codec, mask);
}

bool equalWeights(const Weight &a, const Weight &b)
{
    return at::equal(denseValues(a), denseValues(b));
}

std::vector<NamedParameter> parametersOf(const TrainableWeight &weight)
{
    std::vector<NamedParameter> parameters;
    weight.listParameters("w", parameters);
    return parameters;
}

/// Takes a step against the gradient of a loss that pulls every output to 1.
void step(const TrainableWeight &weight, const at::Tensor &x, double rate)
{
    const at::Tensor y = weight.multiplied(weight.views(), x, {});
    y.sub(1).square().sum().backward();
    for (const NamedParameter &parameter : parametersOf(weight)) {
        QVERIFY2(parameter.tensor.grad().defined(), parameter.name.c_str());
        parameter.tensor.detach().sub_(parameter.tensor.grad(), rate);
        parameter.tensor.mutable_grad() = at::Tensor();
    }
}

} // namespace

Q_DECLARE_METATYPE(pare::Weight)

class TrainableWeightTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isSeenAsStored_data();
    void isSeenAsStored();
    void beginsNearTheOriginal();
    void affineGradients_data();
    void affineGradients();
    void codebookGradients();
    void masksHold();
    void movementLearns();
    void softMovementLearns();
    void magnitudeGrows();
    void splitsAtTheMoment_data();
    void splitsAtTheMoment();
    void planesGradients();
    void maskedPlanesGradients();
    void bitsThatAreSeen_data();
    void bitsThatAreSeen();
    void activationsAreRounded();
};

void TrainableWeightTest::isSeenAsStored_data()
{
    QTest::addColumn<Weight>("weight");
    const at::Tensor values = random({12, 20}, 1);
    const at::Tensor mask = someMask({12, 20}, 2);
    const auto row = [](const char *name, const Weight &weight) { QTest::newRow(name) << weight; };
    row("dense", Factor::dense(values));
    row("dense, masked", Factor::encoded(values, {}, mask));
    row("half", Factor::encoded(values, simple(CodecKind::Float16)));
    row("bfloat16, masked", Factor::encoded(values, simple(CodecKind::BFloat16), mask));
    for (const int bits : {2, 3, 4, 8}) {
        const QByteArray name = QByteArray::number(bits) + " bits";
        row(name + " tensor", Factor::encoded(values, affine(bits, Granularity::Tensor)));
        row(name + " channel, masked",
            Factor::encoded(values, affine(bits, Granularity::Channel), mask));
        row(name + " group 8", Factor::encoded(values, affine(bits, Granularity::Group, 8)));
        row(name + " group 8, asymmetric, masked",
            Factor::encoded(values, affine(bits, Granularity::Group, 8, false), mask));
    }
    row("ternary", Factor::encoded(values, simple(CodecKind::Ternary)));
    row("binary, masked", Factor::encoded(values, simple(CodecKind::Binary), mask));
    row("two planes", withPlanes(values, {}));
    row("two planes, masked", withPlanes(values, mask));
    row("codebook", withCodebook(values, {}));
    row("codebook, masked", withCodebook(values, mask));
    row("input scale", Factor::encoded(values, affine(4, Granularity::Channel))
                           .withInputScale(random({20}, 4).abs().add(0.5)));
    const Factor thin = Factor::encoded(random({12, 5}, 5), affine(8, Granularity::Channel));
    row("product", Product{thin, Factor::dense(random({5, 20}, 6))});
    row("Kronecker", Kronecker{Factor::dense(random({3, 4}, 7)),
                               Factor::encoded(random({4, 5}, 8), simple(CodecKind::Ternary))});
    row("columns",
        Columns{at::tensor({1, 7, 19}, at::kInt),
                Factor::encoded(random({12, 3}, 9), simple(CodecKind::Float16)),
                Factor::encoded(random({12, 17}, 10), affine(8, Granularity::Channel))});
}

/// Before and after steps: views decode as what is stored does, and products are its products.
void TrainableWeightTest::isSeenAsStored()
{
    QFETCH(Weight, weight);
    const TrainableWeight trained(weight);
    QVERIFY(equalWeights(trained.stored(), weight));
    QCOMPARE(bytesByPart(trained.stored()), bytesByPart(weight));
    const at::Tensor x = random({9, 20}, 11);
    for (int i = 0; i < 3; ++i) {
        const Weight stored = trained.stored();
        QCOMPARE(bytesByPart(stored), bytesByPart(weight));
        QVERIFY(at::allclose(trained.dense(trained.views()), denseValues(stored), 0, 1e-6));
        const at::Tensor bias = random({12}, 12);
        const at::Tensor y = trained.multiplied(trained.views(), x, bias);
        QVERIFY(at::allclose(y, at::linear(x, denseValues(stored), bias), 1e-4, 1e-5));
        step(trained, x, 0.003);
    }
    QVERIFY(!equalWeights(trained.stored(), weight));
}

void TrainableWeightTest::beginsNearTheOriginal()
{
    const at::Tensor original = random({12, 20}, 1);
    for (const Codec &codec : {affine(2, Granularity::Channel), affine(4, Granularity::Group, 8, false),
                               simple(CodecKind::Ternary), simple(CodecKind::Float16)}) {
        const Factor start = Factor::encoded(original, codec);
        const TrainableFactor factor(start, original, {});
        QVERIFY(at::equal(factor.view(), start.values()));
        const double kept = (factor.latent().detach() - original).abs().mean().item<double>();
        const double lost = (start.values() - original).abs().mean().item<double>();
        QVERIFY2(kept < 0.01 * lost + 1e-7, describe(codec).c_str());
    }
    // Codes that are not the nearest: the border of their cells is.
    const Factor moved = Factor::encoded(original.add(0.3), affine(4, Granularity::Channel));
    const TrainableFactor factor(moved, original, {});
    QVERIFY(at::equal(factor.view(), moved.values()));
}

void TrainableWeightTest::affineGradients_data()
{
    QTest::addColumn<int>("granularity");
    QTest::addColumn<bool>("symmetric");
    for (const bool symmetric : {true, false}) {
        const QByteArray name = symmetric ? "symmetric" : "asymmetric";
        QTest::newRow(name + ", tensor") << static_cast<int>(Granularity::Tensor) << symmetric;
        QTest::newRow(name + ", channel") << static_cast<int>(Granularity::Channel) << symmetric;
        QTest::newRow(name + ", group") << static_cast<int>(Granularity::Group) << symmetric;
    }
}

/// LSQ's formulas weight by weight, in double.
void TrainableWeightTest::affineGradients()
{
    QFETCH(int, granularity);
    QFETCH(bool, symmetric);
    const Codec codec = affine(3, static_cast<Granularity>(granularity), 8, symmetric);
    const at::Tensor values = random({6, 20}, 3);
    const Scales scales = minMaxScales(values.mul(0.6), codec); // some are beyond the range
    const at::Tensor mask = someMask({6, 20}, 4);
    at::Tensor latent = values.clone().requires_grad_(true);
    at::Tensor logs = at::zeros({scales.scales.numel()}, at::kFloat).requires_grad_(true);
    const at::Tensor weights = random({6, 20}, 5);
    affineThrough(latent, logs, {codec, scales, mask}).mul(weights).sum().backward();
    const std::int64_t width = codec.granularity == Granularity::Group ? 8 : 20;
    const std::int64_t segments = (20 + width - 1) / width;
    std::vector<double> expected(static_cast<std::size_t>(scales.scales.numel()));
    for (std::int64_t row = 0; row < 6; ++row) {
        for (std::int64_t column = 0; column < 20; ++column) {
            const std::int64_t slot =
                codec.granularity == Granularity::Tensor ? 0 : row * segments + column / width;
            const double s = static_cast<float>(scales.scales[slot].item<c10::Half>());
            const double zero = symmetric ? 0 : scales.zeroPoints[slot].item<std::uint8_t>();
            const double low = symmetric ? -3 : -zero;
            const double high = symmetric ? 3 : 7 - zero;
            const double q = values[row][column].item<float>() / s;
            const bool kept = mask[row][column].item<bool>();
            const bool inside = q >= low && q <= high;
            const double g = weights[row][column].item<float>();
            QCOMPARE(latent.grad()[row][column].item<float>(),
                     kept && inside ? static_cast<float>(g) : 0.0F);
            const double slope = inside ? std::nearbyint(q) - q : std::clamp(q, low, high);
            if (kept)
                expected[static_cast<std::size_t>(slot)] += g * slope * s;
        }
    }
    const double weightsOfSlot = codec.granularity == Granularity::Tensor ? 120 : width;
    for (std::size_t slot = 0; slot < expected.size(); ++slot) {
        const double found = logs.grad()[static_cast<std::int64_t>(slot)].item<float>();
        QVERIFY(std::abs(found - expected[slot] / std::sqrt(weightsOfSlot * 3)) < 1e-5);
    }
}

void TrainableWeightTest::codebookGradients()
{
    const at::Tensor mask = someMask({6, 20}, 4);
    const Factor start = withCodebook(random({6, 20}, 3), mask);
    const TrainableFactor factor(start, {}, {});
    const at::Tensor weights = random({6, 20}, 5);
    factor.view().mul(weights).sum().backward();
    std::vector<NamedParameter> parameters;
    factor.listParameters("w", parameters);
    QCOMPARE(parameters.size(), std::size_t{1});
    QCOMPARE(parameters[0].name, std::string("w.codebook"));
    for (int code = 0; code < 4; ++code) {
        const at::Tensor chosen = start.codes().eq(code).logical_and(mask);
        QVERIFY(std::abs(parameters[0].tensor.grad()[0][code].item<double>() -
                         weights.mul(chosen).sum().item<double>()) < 1e-5);
    }
}

void TrainableWeightTest::masksHold()
{
    const at::Tensor mask = someMask({12, 20}, 2);
    for (const Codec &codec :
         {Codec{}, affine(4, Granularity::Channel), simple(CodecKind::Ternary)}) {
        const TrainableWeight weight(Factor::encoded(random({12, 20}, 1), codec, mask));
        for (int i = 0; i < 5; ++i)
            step(weight, random({9, 20}, 3), 0.01);
        const Factor stored = std::get<Factor>(weight.stored());
        QVERIFY(at::equal(stored.mask(), mask));
        QCOMPARE(stored.values().masked_select(mask.logical_not()).abs().max().item<float>(), 0.0F);
    }
}

/// Scores gain where a weight moves away from zero: the sum of −gradient · weight.
void TrainableWeightTest::movementLearns()
{
    const at::Tensor values = random({8, 10}, 1);
    const TrainableWeight weight(Factor::dense(values), {}, LearnedMask{MaskScore::Movement, 0.75});
    std::vector<NamedParameter> parameters = parametersOf(weight);
    QCOMPARE(parameters.size(), std::size_t{2});
    QCOMPARE(parameters[1].kind, ParameterKind::Scores);
    const at::Tensor x = random({9, 10}, 2);
    weight.multiplied(weight.views(), x, {}).sum().backward();
    const at::Tensor gradient = at::ones({9, 8}).t().mm(x);
    QVERIFY(at::allclose(parameters[1].tensor.grad(), gradient.mul(values), 1e-4, 1e-5));
    const Factor before = std::get<Factor>(weight.stored());
    QCOMPARE(before.keptCount(), std::int64_t{20});
    // A masked weight whose score rises comes back.
    parameters[1].tensor.detach().copy_(random({8, 10}, 6));
    const at::Tensor highest = std::get<1>(parameters[1].tensor.detach().flatten().topk(20));
    const Factor after = std::get<Factor>(weight.stored());
    QCOMPARE(after.keptCount(), std::int64_t{20});
    QVERIFY(after.mask().flatten().index_select(0, highest).all().item<bool>());
}

void TrainableWeightTest::softMovementLearns()
{
    LearnedMask mask{MaskScore::SoftMovement, 0, 0.3};
    const TrainableWeight weight(Factor::dense(random({8, 10}, 1)), {}, mask);
    const at::Tensor scores = parametersOf(weight)[1].tensor;
    QCOMPARE(std::get<Factor>(weight.stored()).keptCount(), std::int64_t{80});
    scores.detach().copy_(random({8, 10}, 2, 3));
    const std::int64_t kept = at::sigmoid(scores.detach()).gt(0.3).sum().item<std::int64_t>();
    QVERIFY(kept > 10 && kept < 70);
    QCOMPARE(std::get<Factor>(weight.stored()).keptCount(), kept);
    const at::Tensor gate = weight.factors()[0].meanGate();
    QVERIFY(std::abs(gate.item<double>() -
                     at::sigmoid(scores.detach()).mean().item<double>()) < 1e-6);
    gate.backward();
    QVERIFY(scores.grad().abs().min().item<double>() > 0);
}

void TrainableWeightTest::magnitudeGrows()
{
    const at::Tensor values = random({8, 10}, 1);
    TrainableWeight weight(Factor::dense(values), {}, LearnedMask{MaskScore::Magnitude, 0.5});
    for (const auto &[share, kept] : {std::pair{0.0, 80}, {0.5, 60}, {1.0, 40}}) {
        weight.factors()[0].setMaskShare(share);
        const Factor stored = std::get<Factor>(weight.stored());
        QCOMPARE(stored.keptCount(), std::int64_t{kept});
        const at::Tensor border = std::get<0>(values.abs().flatten().topk(kept)).min();
        QVERIFY(at::equal(stored.values().ne(0), values.abs().ge(border)));
    }
}

void TrainableWeightTest::splitsAtTheMoment_data()
{
    QTest::addColumn<Weight>("weight");
    QTest::addColumn<bool>("learnsMask");
    const Codec ternary = simple(CodecKind::Ternary);
    const at::Tensor values = random({12, 20}, 1);
    const at::Tensor mask = someMask({12, 20}, 2);
    const auto row = [](const char *name, const Weight &weight, bool learnsMask = false) {
        QTest::newRow(name) << weight << learnsMask;
    };
    row("plain", Factor::encoded(values, ternary));
    row("masked", Factor::encoded(values, ternary, mask));
    row("mask learnt", Factor::encoded(values, ternary), true);
    row("input scale",
        Factor::encoded(values, ternary).withInputScale(random({20}, 4).abs().add(0.5)));
    row("product", Product{Factor::encoded(random({12, 5}, 5), ternary),
                           Factor::encoded(random({5, 20}, 6), ternary)});
    row("one of two", Kronecker{Factor::dense(random({3, 4}, 7)),
                                Factor::encoded(random({4, 5}, 8), ternary)});
}

/// In the middle of a training: nothing is seen of it but what is trained from then on.
void TrainableWeightTest::splitsAtTheMoment()
{
    QFETCH(Weight, weight);
    QFETCH(bool, learnsMask);
    const auto mask = learnsMask ? std::optional(LearnedMask{MaskScore::Movement, 0.3})
                                 : std::nullopt;
    TrainableWeight trained(weight, {}, mask);
    const at::Tensor x = random({9, 20}, 11);
    for (int i = 0; i < 3; ++i)
        step(trained, x, 0.003);
    const std::vector<at::Tensor> before = trained.views();
    std::vector<at::Tensor> latents;
    for (const TrainableFactor &factor : trained.factors())
        latents.push_back(factor.latent().detach().clone());
    trained.split();
    const std::vector<at::Tensor> after = trained.views();
    int planes = 0;
    for (std::size_t i = 0; i < before.size(); ++i) {
        QVERIFY(at::equal(after[i], before[i]));
        const TrainableFactor &factor = trained.factors()[i];
        planes += factor.codec().planes;
        if (factor.codec().planes == 2)
            QVERIFY(at::allclose(factor.latent().add(factor.secondLatent()), latents[i], 0, 1e-6));
        QVERIFY(factor.codec().kind != CodecKind::Ternary);
    }
    QVERIFY(planes > static_cast<int>(before.size()));
    const std::map<std::string, std::int64_t> bytes = bytesByPart(trained.stored());
    for (int i = 0; i < 3; ++i) {
        step(trained, x, 0.003);
        QVERIFY(at::allclose(trained.dense(trained.views()), denseValues(trained.stored()), 0, 1e-6));
        QCOMPARE(bytesByPart(trained.stored()), bytes);
    }
    QVERIFY(!at::equal(trained.views()[before.size() - 1], before[before.size() - 1]));
}

/// Each plane's is that of its own signs and mean, taken as if rounding were not there; in double.
void TrainableWeightTest::planesGradients()
{
    const at::Tensor mask = someMask({6, 20}, 4);
    const TrainableFactor factor(withPlanes(random({6, 20}, 3), mask), {}, {});
    const at::Tensor x = random({9, 20}, 5);
    const at::Tensor target = random({9, 6}, 6);
    const at::Tensor view = factor.view();
    x.mm(view.t()).sub(target).square().sum().backward();
    const auto plane = [&](const at::Tensor &latent) {
        const at::Tensor w = latent.detach().to(at::kDouble);
        const at::Tensor kept = mask.to(at::kDouble);
        const at::Tensor mean =
            w.abs().mul(kept).sum(1, true).div(kept.sum(1, true)).to(at::kHalf).to(at::kDouble);
        return at::where(w.ge(0), mean, mean.neg()).mul(kept);
    };
    const at::Tensor seen = plane(factor.latent()).add(plane(factor.secondLatent()));
    QVERIFY(at::allclose(view.detach().to(at::kDouble), seen, 0, 1e-6));
    const at::Tensor slope = x.to(at::kDouble).mm(seen.t()).sub(target.to(at::kDouble)).mul(2);
    const at::Tensor expected = slope.t().mm(x.to(at::kDouble)).mul(mask.to(at::kDouble));
    for (const at::Tensor &latent : {factor.latent(), factor.secondLatent()})
        QVERIFY(at::allclose(latent.grad().to(at::kDouble), expected, 1e-4, 1e-4));
}

/// Scores gain by both planes together.
void TrainableWeightTest::maskedPlanesGradients()
{
    const TrainableWeight weight(withPlanes(random({8, 10}, 1), {}), {},
                                 LearnedMask{MaskScore::Movement, 0.75});
    std::vector<NamedParameter> parameters = parametersOf(weight);
    QCOMPARE(parameters.size(), std::size_t{3});
    QCOMPARE(parameters[1].name, std::string("w.second"));
    QCOMPARE(parameters[2].kind, ParameterKind::Scores);
    const at::Tensor x = random({9, 10}, 2);
    weight.multiplied(weight.views(), x, {}).sum().backward();
    const at::Tensor gradient = at::ones({9, 8}).t().mm(x);
    const at::Tensor sum = parameters[0].tensor.detach().add(parameters[1].tensor.detach());
    QVERIFY(at::allclose(parameters[2].tensor.grad(), gradient.mul(sum), 1e-4, 1e-5));
    QCOMPARE(std::get<Factor>(weight.stored()).keptCount(), std::int64_t{20});
}

void TrainableWeightTest::bitsThatAreSeen_data()
{
    QTest::addColumn<bool>("symmetric");
    QTest::addColumn<int>("bits");
    for (const bool symmetric : {true, false}) {
        for (const int bits : {3, 5, 8})
            QTest::addRow("%d%s", bits, symmetric ? "" : ", asymmetric") << symmetric << bits;
    }
}

/// Nearer to the latents the more bits there are, over the same range; what is stored does not change.
void TrainableWeightTest::bitsThatAreSeen()
{
    QFETCH(bool, symmetric);
    QFETCH(int, bits);
    const at::Tensor original = random({12, 20}, 1);
    const Codec codec = affine(2, Granularity::Group, 8, symmetric);
    const Factor start = Factor::encoded(original, codec);
    TrainableFactor factor(start, original, {});
    const at::Tensor own = factor.view().detach();
    const at::Tensor inside = factor.latent().detach();
    factor.setBits(bits);
    const at::Tensor seen = factor.view().detach();
    QVERIFY(at::equal(factor.stored().values(), start.values()));
    const double range = (own.max() - own.min()).item<double>();
    QVERIFY(std::abs((seen.max() - seen.min()).item<double>() - range) < 0.34 * range);
    const auto away = [&](const at::Tensor &view) { return (view - inside).abs().mean().item<double>(); };
    QVERIFY2(away(seen) < 0.75 * away(own), qPrintable(QString::number(away(seen) / away(own))));
    factor.setBits(0);
    QVERIFY(at::equal(factor.view(), own));
    factor.setBits(2);
    QVERIFY(at::equal(factor.view(), own));
}

void TrainableWeightTest::activationsAreRounded()
{
    at::Tensor x = random({5, 20}, 1).requires_grad_(true);
    const at::Tensor rounded = activationsThrough(x);
    for (std::int64_t row = 0; row < 5; ++row) {
        const double scale = x[row].abs().max().item<double>() / 127;
        for (std::int64_t i = 0; i < 20; ++i) {
            const double q = rounded[row][i].item<double>() / scale;
            QVERIFY(std::abs(q - std::nearbyint(q)) < 1e-3);
            QVERIFY(std::abs(q - x[row][i].item<double>() / scale) < 0.501);
        }
    }
    const at::Tensor weights = random({5, 20}, 2);
    rounded.mul(weights).sum().backward();
    QVERIFY(at::equal(x.grad(), weights));
}

QTEST_APPLESS_MAIN(TrainableWeightTest)
#include "tst_trainableweight.moc"
