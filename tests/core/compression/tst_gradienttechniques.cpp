// Techniques that look at gradients, against what the loss of a slow network really does.
#include "tests/support/randommodel.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/compression/compress.h"
#include "core/compression/factorize/weightedsvd.h"
#include "core/compression/gradients.h"
#include "tests/core/compression/slowencoder.h"

#include <QtTest>

using namespace pare;

namespace {

struct Case
{
    NetworkSpecification specification = test::randomSpecification({});
    ModelWeights weights = test::randomWeights(specification, 5);
    CalibrationData data = labelledData(3, 3);

    ModelWeights compressedBy(const std::vector<std::string> &steps) const
    {
        Recipe recipe;
        for (const std::string &step : steps)
            recipe.steps.push_back(parsedStep(step));
        return compressed(weights, plan(recipe, describe(specification)), silentProgress(),
                          {nullptr, &specification, &data});
    }
    at::Tensor values(const std::string &layer) const
    {
        return denseValues(weights.resolved(layer).weight);
    }
    void set(const std::string &layer, const at::Tensor &values)
    {
        weights.layers.at(layer).weight = Factor::dense(values);
    }
};

/// |ΔL| over all examples where one of `values`, of which `whole` makes the matrix of `owner`, is
/// zero.
template <class Whole>
std::vector<double> lossChanges(SlowEncoder &slow, const CalibrationData &data,
                                const std::string &owner, const at::Tensor &values,
                                const Whole &whole)
{
    const at::Tensor before = slow.weights.at(owner);
    const double loss = slow.meanLoss(data);
    std::vector<double> changes;
    for (std::int64_t i = 0; i < values.numel(); ++i) {
        at::Tensor without = values.to(at::kDouble).clone();
        without.view(-1)[i] = 0;
        slow.weights.at(owner) = whole(without);
        changes.push_back(std::abs(slow.meanLoss(data) - loss) *
                          static_cast<double>(data.sequences.size()));
    }
    slow.weights.at(owner) = before;
    return changes;
}

/// Whether half of the weights stay and no weight that is gone changes the loss more than one that
/// stays, to within `tolerance`: the second order, which the scores do not see.
void compareKept(const Factor &found, const std::vector<double> &changes, double tolerance)
{
    const at::Tensor mask = found.mask().contiguous();
    double largestGone = 0, smallestKept = 1e300;
    for (std::int64_t i = 0; i < mask.numel(); ++i) {
        if (mask.view(-1)[i].item<bool>())
            smallestKept = std::min(smallestKept, changes[i]);
        else
            largestGone = std::max(largestGone, changes[i]);
    }
    QCOMPARE(found.keptCount(), found.count() / 2);
    QVERIFY(largestGone > 0);
    QVERIFY2(largestGone <= smallestKept * (1 + tolerance),
             qPrintable(QString("%1 gone, %2 kept").arg(largestGone).arg(smallestKept)));
}

/// Σ_i F_i ‖w_i − ŵ_i‖²
double weightedError(const at::Tensor &squares, const at::Tensor &matrix,
                     const at::Tensor &approximation)
{
    const at::Tensor rows = squares.to(at::kDouble).sum(1);
    return matrix.sub(approximation).to(at::kDouble).square().sum(1).mul(rows).sum().item<double>();
}

} // namespace

class TestGradientTechniques : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Where weights are so small that the loss is a straight line down to zero, first-order scores
    /// say exactly what removing each weight does.
    void removesWhatTheLossMissesLeast_data()
    {
        QTest::addColumn<QString>("layer");
        for (const char *layer : {"encoder.0.attention.value", "encoder.2.ffn.down",
                                  "pooler", "embedding.type"})
            QTest::addRow("%s", layer) << QString(layer);
    }
    void removesWhatTheLossMissesLeast()
    {
        QFETCH(QString, layer);
        const std::string name = layer.toStdString();
        Case with;
        with.set(name, with.values(name).mul(1e-3));
        const ModelWeights pruned = with.compressedBy({"prune.first-order @ " + name});
        SlowEncoder slow(with.specification, with.weights);
        const auto changes = lossChanges(slow, with.data, name, with.values(name),
                                         [](const at::Tensor &values) { return values; });
        compareKept(std::get<Factor>(pruned.layers.at(name).weight), changes, 0.03);
    }

    void reachesBothFactorsOfAProduct()
    {
        const std::string name = "encoder.1.ffn.up";
        Case with;
        const at::Tensor left = with.values("pooler").slice(1, 0, 3).repeat({2, 1}).slice(0, 0, 24);
        with.set(name, left.matmul(with.values(name).slice(0, 0, 3)).mul(1e-3));
        const std::string low = "factorize.svd rank=3 @ " + name;
        const auto before =
            std::get<Product>(with.compressedBy({low}).layers.at(name).weight);
        const auto after = std::get<Product>(
            with.compressedBy({low, "prune.first-order @ " + name}).layers.at(name).weight);
        SlowEncoder slow(with.specification, with.weights);
        const at::Tensor u = before.left.values().to(at::kDouble),
                         v = before.right.values().to(at::kDouble);
        compareKept(after.left,
                    lossChanges(slow, with.data, name, u,
                                [&](const at::Tensor &values) { return values.matmul(v); }),
                    0.03);
        compareKept(after.right,
                    lossChanges(slow, with.data, name, v,
                                [&](const at::Tensor &values) { return u.matmul(values); }),
                    0.03);
    }

    /// A weight that all blocks use changes the loss through all of them at once.
    void sharedWeightsAnswerForAllTheirUses_data()
    {
        QTest::addColumn<QString>("keep");
        QTest::newRow("first") << "";
        QTest::newRow("average") << " keep-weights=average";
    }
    void sharedWeightsAnswerForAllTheirUses()
    {
        QFETCH(QString, keep);
        const std::string name = "encoder.0.ffn.up";
        const std::string sharing = "share.layers mode=ffn" + keep.toStdString();
        Case with;
        for (int block = 0; block < 3; ++block) {
            const std::string layer = fmt::format("encoder.{}.ffn.up", block);
            with.set(layer, with.values(layer).mul(1e-3));
        }
        const ModelWeights pruned =
            with.compressedBy({sharing, "prune.first-order @ " + name});
        SlowEncoder slow(with.specification, with.compressedBy({sharing}));
        const auto changes = lossChanges(slow, with.data, name, slow.weights.at(name).clone(),
                                         [](const at::Tensor &values) { return values; });
        compareKept(std::get<Factor>(pruned.layers.at(name).weight), changes, 0.03);
    }

    /// One threshold for all: the scores of all layers are on the scale of the loss.
    void oneThresholdForAll()
    {
        const Case with;
        const ModelWeights pruned =
            with.compressedBy({"prune.first-order scope=global sparsity=0.4 @ role=value,up"});
        std::set<std::string> names;
        for (int block = 0; block < 3; ++block) {
            names.insert(fmt::format("encoder.{}.attention.value", block));
            names.insert(fmt::format("encoder.{}.ffn.up", block));
        }
        const LayerGradients gradients = layerGradients(with.specification, with.weights,
                                                        with.data, {names, {}}, silentProgress());
        double largestGone = 0, smallestKept = 1e300;
        std::int64_t all = 0, kept = 0;
        for (const std::string &name : names) {
            const auto &factor = std::get<Factor>(pruned.layers.at(name).weight);
            const at::Tensor scores = with.values(name).mul(gradients.sums.at(name)).abs();
            const at::Tensor gone = scores.masked_select(factor.mask().logical_not());
            largestGone = std::max(largestGone, gone.max().item<double>());
            smallestKept = std::min(smallestKept,
                                    scores.masked_select(factor.mask()).min().item<double>());
            all += factor.count();
            kept += factor.keptCount();
        }
        QCOMPARE(kept, all - std::llround(0.4 * static_cast<double>(all)));
        QVERIFY(largestGone <= smallestKept);
    }

    /// With two classes the gradients of both rows of the classifier are each other's negatives, so
    /// that both weigh the same.
    void fwsvdIsSvdWhereRowsCountAlike()
    {
        Case with;
        with.specification.labels = {"yes", "no"};
        with.weights = test::randomWeights(with.specification, 9);
        for (std::int64_t &label : with.data.labels)
            label %= 2;
        const auto plain = with.compressedBy({"factorize.svd rank=1 @ classifier"});
        const auto weighted = with.compressedBy({"factorize.fwsvd rank=1 @ classifier"});
        QVERIFY(at::allclose(denseValues(weighted.layers.at("classifier").weight),
                             denseValues(plain.layers.at("classifier").weight), 1e-5, 1e-6));
    }

    void fwsvdLosesLessOfWhatCounts_data()
    {
        QTest::addColumn<int>("rank");
        for (const int rank : {1, 3, 6})
            QTest::addRow("rank %d", rank) << rank;
    }
    void fwsvdLosesLessOfWhatCounts()
    {
        QFETCH(int, rank);
        const Case with;
        const auto plain = with.compressedBy({fmt::format("factorize.svd rank={}", rank)});
        const auto weighted = with.compressedBy({fmt::format("factorize.fwsvd rank={}", rank)});
        WantedGradients wanted;
        for (const auto &[name, layer] : weighted.layers) {
            if (std::holds_alternative<Product>(layer.weight))
                wanted.squares.insert(name);
        }
        QCOMPARE(wanted.squares.size(), std::size_t{18});
        const LayerGradients gradients = layerGradients(with.specification, with.weights,
                                                        with.data, wanted, silentProgress());
        for (const auto &[name, squares] : gradients.squares) {
            const at::Tensor own = denseValues(weighted.layers.at(name).weight);
            const at::Tensor other = denseValues(plain.layers.at(name).weight);
            const double ownError = weightedError(squares, with.values(name), own);
            QVERIFY2(ownError < weightedError(squares, with.values(name), other), name.c_str());
            // And no product of that rank loses less: the rest of the spectrum is lost.
            const at::Tensor rows = fisherRows(squares);
            const at::Tensor values = std::get<1>(
                at::linalg_svd(with.values(name).to(at::kDouble).mul(rows.unsqueeze(1))));
            const double least = values.slice(0, rank).square().sum().item<double>();
            QVERIFY2(std::abs(ownError - least) < 1e-4 * values.square().sum().item<double>(),
                     name.c_str());
            // At equal rank the plain one is nearer where every weight counts alike.
            QVERIFY2(relativeError(with.values(name), other) <
                         relativeError(with.values(name), own),
                     name.c_str());
        }
    }

    void refusals_data()
    {
        QTest::addColumn<QString>("technique");
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("says");
        for (const char *technique : {"prune.first-order", "factorize.fwsvd"}) {
            QTest::addRow("%s, no data", technique) << technique << "data" << technique;
            QTest::addRow("%s, no examples", technique) << technique << "examples" << technique;
            QTest::addRow("%s, no labels", technique) << technique << "labels" << "label";
            QTest::addRow("%s, no classifier", technique) << technique << "head" << "classifier";
        }
    }
    void refusals()
    {
        QFETCH(QString, technique);
        QFETCH(QString, what);
        QFETCH(QString, says);
        Case with;
        const RecipePlan planned =
            plan({{parsedStep(technique.toStdString())}}, describe(with.specification));
        if (what == "examples")
            with.data = {};
        else if (what == "labels")
            with.data.labels.clear();
        else if (what == "head")
            with.specification.head = HeadKind::None;
        try {
            compressed(with.weights, planned, silentProgress(),
                       {nullptr, &with.specification, what == "data" ? nullptr : &with.data});
            QFAIL("was not refused");
        } catch (const Error &error) {
            QVERIFY2(QString(error.what()).contains(says), error.what());
        }
    }
};

QTEST_GUILESS_MAIN(TestGradientTechniques)
#include "tst_gradienttechniques.moc"
