// Training that holds what was done to a model: it learns, keeps form and bytes, learns masks, keeps
// the best, and is resumed bit by bit.
#include "tests/core/training/toytask.h"

#include "core/base/error.h"
#include "core/checkpoint/checkpoint.h"
#include "core/weights/planes.h"

#include <ATen/ops/linalg_svd.h>
#include <ATen/ops/linspace.h>

#include <QTemporaryDir>
#include <QtTest>

using namespace pare;
namespace fs = std::filesystem;

namespace {

constexpr auto movedLayer = "encoder.1.ffn.up";

bool isBlockMatrix(const Layer &layer)
{
    return layer.block >= 0 && layer.isMatrix();
}

Codec codecOf(CodecKind kind)
{
    Codec codec;
    codec.kind = kind;
    return codec;
}

Codec fourBits()
{
    Codec codec = codecOf(CodecKind::Affine);
    codec.bits = 4;
    codec.granularity = Granularity::Group;
    codec.group = 8;
    return codec;
}

/// Half of the weights, the larger ones.
at::Tensor largerHalf(const at::Tensor &values)
{
    return values.abs().gt(values.abs().median().item<double>());
}

Weight product(const at::Tensor &values)
{
    const auto [u, s, v] = at::linalg_svd(values, false);
    const at::Tensor root = s.narrow(0, 0, 4).sqrt();
    return Product{Factor::dense(u.narrow(1, 0, 4).mul(root).contiguous()),
                   Factor::encoded(v.narrow(0, 0, 4).mul(root.unsqueeze(1)).contiguous(),
                                   codecOf(CodecKind::Float16))};
}

/// Four values for the whole matrix.
Weight withCodebook(const at::Tensor &values)
{
    Codec codec = codecOf(CodecKind::Codebook);
    codec.codebookSize = 4;
    codec.granularity = Granularity::Tensor;
    const double spread = values.abs().mean().item<double>();
    const at::Tensor codebook = at::linspace(-2 * spread, 2 * spread, 4, at::kFloat);
    return Factor::encodedWithCodebook(values, codec, codebook.reshape({1, 4}));
}

/// `form` by its name, of one dense matrix.
Weight formed(const QString &form, const at::Tensor &values)
{
    if (form == "masked")
        return Factor::encoded(values, {}, largerHalf(values));
    if (form == "4 bits")
        return Factor::encoded(values, fourBits());
    if (form == "4 bits, masked")
        return Factor::encoded(values, fourBits(), largerHalf(values));
    if (form == "ternary")
        return Factor::encoded(values, codecOf(CodecKind::Ternary));
    if (form == "binary")
        return Factor::encoded(values, codecOf(CodecKind::Binary));
    if (form == "codebook")
        return withCodebook(values);
    if (form == "half")
        return Factor::encoded(values, codecOf(CodecKind::Float16));
    return product(values);
}

std::map<std::string, std::int64_t> bytesOf(const ModelWeights &weights)
{
    std::map<std::string, std::int64_t> bytes;
    for (const auto &[name, layer] : weights.layers) {
        for (const auto &[part, count] : bytesByPart(layer.weight))
            bytes[name + " " + part] = count;
    }
    return bytes;
}

/// What a factor is but for its numbers.
void compareForm(const Factor &before, const Factor &after)
{
    QCOMPARE(after.shape(), before.shape());
    QVERIFY(after.codec() == before.codec());
    QVERIFY(test::equalTensors(after.mask(), before.mask()));
}

double meanLoss(std::span<const TrainingPoint> points)
{
    double sum = 0;
    for (const TrainingPoint &point : points)
        sum += point.loss;
    return sum / static_cast<double>(points.size());
}

/// Of the first and the last quarter of a training.
bool lossFalls(const TrainingRecord &record)
{
    const std::span<const TrainingPoint> points(record.points);
    const std::size_t quarter = points.size() / 4;
    return quarter > 0 && meanLoss(points.last(quarter)) < meanLoss(points.first(quarter));
}

} // namespace

class RecoveryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void holdsForms_data();
    void holdsForms();
    void holdsSharing();
    void movementReachesItsSparsity_data();
    void movementReachesItsSparsity();
    void softMovementPrunes();
    void onlyWholeMasksAreKept();
    void splitsTernaryLayers_data();
    void splitsTernaryLayers();
    void splitIsResumedBitByBit();
    void bitsComeDown_data();
    void bitsComeDown();
    void keepsTheBest();
    void stopsWithoutProgress();
    void resumesBitByBit_data();
    void resumesBitByBit();
    void anotherTrainingIsRefused_data();
    void anotherTrainingIsRefused();

private:
    RecoveryInputs inputs(const ModelWeights &weights) const;
    RecoveryInputs misled(const ModelWeights &weights) const;
    MaskPlan movement(MaskScore score, double sparsity) const;
    ModelWeights inForm(const QString &form) const;
    SplitPlan splitAll(double epochs) const;

    NetworkSpecification m_network = test::toySpecification();
    TrainingData m_data = test::toyTask();
    TrainingData m_wrong = m_data; ///< other labels to learn than to be judged by
    ModelWeights m_dense; ///< learnt a little
};

void RecoveryTest::initTestCase()
{
    TrainingOptions options = test::toyOptions();
    options.epochs = 1;
    for (std::int64_t &label : m_wrong.train.labels)
        label = 1 - label;
    m_dense = test::toyTrained(m_network, {}, m_data, options);
}

RecoveryInputs RecoveryTest::inputs(const ModelWeights &weights) const
{
    return {.specification = m_network,
            .weights = weights,
            .originals = &m_dense,
            .data = m_data,
            .options = test::toyOptions()};
}

/// What it learns makes it worse from the first epoch on.
RecoveryInputs RecoveryTest::misled(const ModelWeights &weights) const
{
    return {.specification = m_network,
            .weights = weights,
            .originals = &m_dense,
            .data = m_wrong,
            .options = test::toyOptions()};
}

MaskPlan RecoveryTest::movement(MaskScore score, double sparsity) const
{
    MaskPlan plan;
    for (const Layer &layer : describe(m_network).layers) {
        if (isBlockMatrix(layer))
            plan.masks[layer.name] = {score, sparsity, 0.1};
    }
    return plan;
}

ModelWeights RecoveryTest::inForm(const QString &form) const
{
    ModelWeights weights = m_dense;
    for (const Layer &layer : describe(m_network).layers) {
        if (isBlockMatrix(layer))
            weights.layers[layer.name].weight =
                formed(form, denseValues(m_dense.layers.at(layer.name).weight));
    }
    return weights;
}

void RecoveryTest::holdsForms_data()
{
    QTest::addColumn<QString>("form");
    for (const char *form :
         {"masked", "4 bits", "4 bits, masked", "ternary", "binary", "codebook", "half", "product"})
        QTest::newRow(form) << form;
}

void RecoveryTest::holdsForms()
{
    QFETCH(QString, form);
    const ModelWeights before = inForm(form);
    const Recovered after = recovered(inputs(before), silentProgress());
    QVERIFY(lossFalls(after.report));
    QVERIFY2(test::accuracyOf(m_network, after.weights, m_data) > 0.9, qPrintable(form));
    QCOMPARE(bytesOf(after.weights), bytesOf(before));
    QCOMPARE(exportedBytes(m_network, after.weights), exportedBytes(m_network, before));
    for (const auto &[name, layer] : before.layers) {
        const Weight &weight = after.weights.layers.at(name).weight;
        QCOMPARE(weight.index(), layer.weight.index());
        if (const auto *factor = std::get_if<Factor>(&layer.weight))
            compareForm(*factor, std::get<Factor>(weight));
        if (const auto *factors = std::get_if<Product>(&layer.weight)) {
            compareForm(factors->left, std::get<Product>(weight).left);
            compareForm(factors->right, std::get<Product>(weight).right);
        }
    }
    QVERIFY(!at::equal(denseValues(after.weights.layers.at(movedLayer).weight),
                       denseValues(before.layers.at(movedLayer).weight)));
}

void RecoveryTest::holdsSharing()
{
    ModelWeights before = m_dense;
    for (const Layer &layer : describe(m_network).layers) {
        if (layer.block == 1)
            before.layers[layer.name] = {
                Shared{"encoder.0" + layer.name.substr(layer.name.find('.', 8))}, {}};
    }
    RecoveryInputs shared = inputs(before);
    shared.originals = nullptr;
    const Recovered after = recovered(shared, silentProgress());
    QVERIFY(lossFalls(after.report));
    QCOMPARE(after.weights.ownerOf(movedLayer), std::string("encoder.0.ffn.up"));
    QCOMPARE(bytesOf(after.weights), bytesOf(before));
    QCOMPARE(exportedBytes(m_network, after.weights), exportedBytes(m_network, before));
    QVERIFY(!at::equal(denseValues(after.weights.resolved(movedLayer).weight),
                       denseValues(before.resolved(movedLayer).weight)));
}

void RecoveryTest::movementReachesItsSparsity_data()
{
    QTest::addColumn<int>("score");
    QTest::addColumn<QString>("form");
    const int movement = static_cast<int>(MaskScore::Movement);
    QTest::newRow("movement") << movement << "";
    QTest::newRow("movement, 4 bits") << movement << "4 bits";
    QTest::newRow("movement, codebook") << movement << "codebook";
    QTest::newRow("magnitude") << static_cast<int>(MaskScore::Magnitude) << "";
}

void RecoveryTest::movementReachesItsSparsity()
{
    QFETCH(int, score);
    QFETCH(QString, form);
    constexpr double sparsity = 0.63;
    const ModelWeights before = form.isEmpty() ? m_dense : inForm(form);
    RecoveryInputs pruned = inputs(before);
    pruned.masks = movement(static_cast<MaskScore>(score), sparsity);
    const Recovered after = recovered(pruned, silentProgress());
    for (const auto &[name, mask] : pruned.masks.masks) {
        const Factor &factor = std::get<Factor>(after.weights.layers.at(name).weight);
        const auto removed =
            static_cast<std::int64_t>(std::lround(sparsity * static_cast<double>(factor.count())));
        QVERIFY(factor.isMasked());
        QCOMPARE(factor.count() - factor.keptCount(), removed);
        QVERIFY(factor.values().eq(0).sum().item<std::int64_t>() >= removed);
    }
    QVERIFY(test::accuracyOf(m_network, after.weights, m_data) > 0.8);
    // Bits that are as few as a mask's save little, and nothing beside the names of its tensors.
    QVERIFY(!form.isEmpty() ||
            exportedBytes(m_network, after.weights) < exportedBytes(m_network, before));
}

void RecoveryTest::softMovementPrunes()
{
    const auto keptWith = [&](double penalty) {
        RecoveryInputs pruned = inputs(m_dense);
        pruned.masks = movement(MaskScore::SoftMovement, 0);
        pruned.masks.penalty = penalty;
        pruned.options.scoreLearningRate = 0.1;
        const Recovered after = recovered(pruned, silentProgress());
        std::int64_t kept = 0;
        for (const auto &[name, mask] : pruned.masks.masks)
            kept += std::get<Factor>(after.weights.layers.at(name).weight).keptCount();
        return kept;
    };
    std::int64_t all = 0;
    for (const auto &[name, mask] : movement(MaskScore::SoftMovement, 0).masks)
        all += std::get<Factor>(m_dense.layers.at(name).weight).count();
    const std::int64_t little = keptWith(0.1), much = keptWith(10);
    QVERIFY2(much < all && much > 0, qPrintable(QString::number(much)));
    QVERIFY2(much < little, qPrintable(QString::number(little)));
}

/// While masks grow, a model is not yet what the recipe asks for.
void RecoveryTest::onlyWholeMasksAreKept()
{
    RecoveryInputs pruned = inputs(m_dense);
    pruned.masks = movement(MaskScore::Movement, 0.9);
    pruned.masks.gradual = 0.7;
    const Recovered after = recovered(pruned, silentProgress());
    QCOMPARE(after.report.evaluations.size(), std::size_t{5});
    for (const TrainingEvaluation &evaluation : after.report.evaluations) {
        QCOMPARE(evaluation.whole, evaluation.epoch > 3.4);
        QVERIFY(evaluation.whole || !evaluation.best);
    }
}

SplitPlan RecoveryTest::splitAll(double epochs) const
{
    SplitPlan plan;
    plan.epochs = epochs;
    for (const Layer &layer : describe(m_network).layers) {
        if (isBlockMatrix(layer))
            plan.layers.insert(layer.name);
    }
    return plan;
}

void RecoveryTest::splitsTernaryLayers_data()
{
    QTest::addColumn<double>("epochs");
    QTest::addColumn<bool>("masked");
    QTest::newRow("two epochs") << 2.0 << false;
    QTest::newRow("half of one") << 0.5 << false;
    QTest::newRow("beside masks that are learnt") << 2.0 << true;
}

/// What ends is two planes, in the bytes that were foretold; only they may be kept as the best.
void RecoveryTest::splitsTernaryLayers()
{
    QFETCH(double, epochs);
    QFETCH(bool, masked);
    const ModelWeights before = inForm("ternary");
    RecoveryInputs split = inputs(before);
    split.options.epochs = 3;
    split.split = splitAll(epochs);
    split.split.learningRate = epochs < 1 ? 0.001 : 0; // so few steps only disturb at a high one
    if (masked)
        split.masks = movement(MaskScore::Movement, 0.3);
    const Recovered after = recovered(split, silentProgress());
    QVERIFY(lossFalls(after.report));
    const double accuracy = test::accuracyOf(m_network, after.weights, m_data);
    if (epochs >= 1) // fewer steps only disturb so small a model
        QVERIFY2(accuracy > 0.9, qPrintable(QString::number(accuracy)));
    for (const std::string &layer : split.split.layers) {
        const Factor &factor = std::get<Factor>(after.weights.layers.at(layer).weight);
        QCOMPARE(factor.codec().kind, CodecKind::Binary);
        QCOMPARE(factor.codec().planes, 2);
        QCOMPARE(factor.isMasked(), masked);
        QCOMPARE(factor.bytesByPart(),
                 plannedBytes(factor.shape(), factor.codec(), factor.keptCount()));
        const Planes planes = factor.planes();
        QVERIFY(planes.second.abs().max().item<double>() > 0);
    }
    const std::int64_t steps = after.report.points.back().step;
    QVERIFY(steps <= after.report.steps);
    for (const TrainingEvaluation &evaluation : after.report.evaluations) {
        QCOMPARE(evaluation.whole, evaluation.epoch > 3);
        QVERIFY(evaluation.whole || !evaluation.best);
    }
    QVERIFY(std::abs(after.report.evaluations.back().epoch - (3 + epochs)) < 1e-9);
}

/// Stopped while ternary, and after the split; another learning rate after it makes another model.
void RecoveryTest::splitIsResumedBitByBit()
{
    const QTemporaryDir folder;
    const ModelWeights before = inForm("ternary");
    RecoveryInputs resumed = inputs(before);
    resumed.options.epochs = 2;
    resumed.split = splitAll(2);
    const Recovered whole = recovered(resumed, silentProgress());
    resumed.state = fs::path(folder.path().toStdString()) / "state.safetensors";
    const std::int64_t steps = whole.report.steps;
    test::CancellingProgress ternary = test::cancelledAfter(steps / 4);
    QVERIFY_EXCEPTION_THROWN(recovered(resumed, ternary), Cancelled);
    const auto files = [&] {
        return std::distance(fs::directory_iterator(resumed.state.parent_path()),
                             fs::directory_iterator());
    };
    QCOMPARE(files(), 1);
    // The quarter that is left of the ternary phase, and a quarter of what comes after it.
    test::CancellingProgress planes = test::cancelledAfter(steps / 2);
    QVERIFY_EXCEPTION_THROWN(recovered(resumed, planes), Cancelled);
    QCOMPARE(files(), 2);
    test::CancellingProgress evaluating = test::cancelledInEvaluation(1);
    QVERIFY_EXCEPTION_THROWN(recovered(resumed, evaluating), Cancelled);
    const Recovered parts = recovered(resumed, silentProgress());
    QVERIFY(test::equalWeights(parts.weights, whole.weights));
    QCOMPARE(parts.report.points, whole.report.points);
    QCOMPARE(parts.report.evaluations, whole.report.evaluations);
    QCOMPARE(files(), 0);
    resumed.split.learningRate = 1e-4;
    const Recovered slower = recovered(resumed, silentProgress());
    QVERIFY(!test::equalWeights(slower.weights, whole.weights));
}

void RecoveryTest::bitsComeDown_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<double>("gradual");
    QTest::addColumn<bool>("comesDown");
    QTest::newRow("8 to 4 bits") << 8 << 0.7 << true;
    QTest::newRow("until the end") << 8 << 1.0 << true;
    QTest::newRow("at once") << 8 << 0.0 << true;
    QTest::newRow("from its own") << 4 << 0.7 << false;
    QTest::newRow("from fewer") << 3 << 0.7 << false;
}

/// Drawn before it runs; the model has exactly its own bits in the end, and no best one before.
void RecoveryTest::bitsComeDown()
{
    QFETCH(int, from);
    QFETCH(double, gradual);
    QFETCH(bool, comesDown);
    const ModelWeights before = inForm("4 bits");
    RecoveryInputs lowered = inputs(before);
    lowered.bitsFrom = from;
    lowered.masks.gradual = gradual;
    const Recovered after = recovered(lowered, silentProgress());
    QVERIFY(test::accuracyOf(m_network, after.weights, m_data) > 0.9);
    QCOMPARE(bytesOf(after.weights), bytesOf(before));
    for (const auto &[name, layer] : before.layers)
        compareForm(std::get<Factor>(layer.weight),
                    std::get<Factor>(after.weights.layers.at(name).weight));
    QCOMPARE(after.report.schedules.contains("bits"), comesDown);
    if (comesDown) {
        const std::vector<SchedulePoint> &bits = after.report.schedules.at("bits");
        QCOMPARE(bits.front().value, gradual > 0 ? from : 4.0);
        QCOMPARE(bits.back().value, 4.0);
    }
    const double whole = comesDown ? gradual * 4 / 5 : 0; // the last of five stretches
    for (const TrainingEvaluation &evaluation : after.report.evaluations) {
        const double share = evaluation.epoch / 5;
        QVERIFY(std::abs(share - whole) < 1e-9 || evaluation.whole == (share > whole));
        QVERIFY(evaluation.whole || !evaluation.best);
    }
}

void RecoveryTest::keepsTheBest()
{
    const Recovered after =
        recovered(misled(recovered(inputs(m_dense), silentProgress()).weights), silentProgress());
    const std::vector<TrainingEvaluation> &all = after.report.evaluations;
    double best = 0;
    for (const TrainingEvaluation &evaluation : all)
        best = std::max(best, evaluation.accuracy);
    QVERIFY2(all.back().accuracy < best, qPrintable(QString::number(best)));
    QVERIFY(all.front().best && !all.back().best);
    QCOMPARE(test::accuracyOf(m_network, after.weights, m_data), best);
}

void RecoveryTest::stopsWithoutProgress()
{
    RecoveryInputs idle = inputs(m_dense);
    idle.options.learningRate = 1e-9; // nothing gets better
    idle.options.epochs = 20;
    idle.options.patience = 2;
    QCOMPARE(recovered(idle, silentProgress()).report.evaluations.size(), std::size_t{3});
}

void RecoveryTest::resumesBitByBit_data()
{
    QTest::addColumn<QString>("form");
    QTest::addColumn<bool>("moves");
    QTest::newRow("the best is an early one") << "4 bits, masked" << false;
    QTest::newRow("movement") << "half" << true;
}

/// Stopped in the first epoch, with a best one already kept, and in an evaluation.
void RecoveryTest::resumesBitByBit()
{
    QFETCH(QString, form);
    QFETCH(bool, moves);
    const QTemporaryDir folder;
    const ModelWeights before = inForm(form);
    RecoveryInputs resumed = moves ? inputs(before) : misled(before);
    if (moves)
        resumed.masks = movement(MaskScore::Movement, 0.5);
    const Recovered whole = recovered(resumed, silentProgress());
    resumed.state = fs::path(folder.path().toStdString()) / "below" / "state.safetensors";
    resumed.identity = "weights";
    const std::int64_t steps = whole.report.steps;
    for (const std::int64_t parts : {steps / 7, steps / 2}) {
        test::CancellingProgress progress = test::cancelledAfter(parts);
        QVERIFY_EXCEPTION_THROWN(recovered(resumed, progress), Cancelled);
        QVERIFY(fs::exists(resumed.state));
    }
    test::CancellingProgress evaluating = test::cancelledInEvaluation(1);
    QVERIFY_EXCEPTION_THROWN(recovered(resumed, evaluating), Cancelled);
    test::CancellingProgress again = test::cancelledInEvaluation(1);
    QVERIFY_EXCEPTION_THROWN(recovered(resumed, again), Cancelled);
    const Recovered parts = recovered(resumed, silentProgress());
    QVERIFY(test::equalWeights(parts.weights, whole.weights));
    QCOMPARE(parts.report.steps, whole.report.steps);
    QCOMPARE(parts.report.points, whole.report.points);
    QCOMPARE(parts.report.evaluations, whole.report.evaluations);
    QVERIFY(!fs::exists(resumed.state));
}

void RecoveryTest::anotherTrainingIsRefused_data()
{
    QTest::addColumn<int>("which");
    QTest::newRow("learning rate") << 0;
    QTest::newRow("identity") << 1;
    QTest::newRow("sparsity") << 2;
    QTest::newRow("threshold") << 3;
    QTest::newRow("gradual") << 4;
    QTest::newRow("half a file") << 5;
}

void RecoveryTest::anotherTrainingIsRefused()
{
    QFETCH(int, which);
    const QTemporaryDir folder;
    RecoveryInputs begun = inputs(m_dense);
    begun.masks = movement(MaskScore::SoftMovement, 0);
    begun.state = fs::path(folder.path().toStdString()) / "state.safetensors";
    test::CancellingProgress progress = test::cancelledAfter(2);
    QVERIFY_EXCEPTION_THROWN(recovered(begun, progress), Cancelled);
    LearnedMask &mask = begun.masks.masks.begin()->second;
    switch (which) {
    case 0:
        begun.options.learningRate *= 2;
        break;
    case 1:
        begun.identity = "other weights";
        break;
    case 2:
        mask.sparsity = 0.1;
        break;
    case 3:
        mask.threshold = 0.2;
        break;
    case 4:
        begun.masks.gradual = 0.5;
        break;
    default:
        fs::resize_file(begun.state, fs::file_size(begun.state) / 2);
        break;
    }
    QVERIFY_EXCEPTION_THROWN(recovered(begun, silentProgress()), Error);
}

QTEST_GUILESS_MAIN(RecoveryTest)
#include "tst_recovery.moc"
