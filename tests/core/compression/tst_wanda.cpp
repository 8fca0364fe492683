// prune.wanda: weights ranked by their size times the norm of what they multiply, from the original
// inputs or from those that the compressed blocks before pass on.
#include "tests/support/randommodel.h"

#include "core/base/error.h"
#include "core/compression/compress.h"
#include "core/network/network.h"

#include <QtTest>

using namespace pare;

namespace {

CalibrationData someData(int count)
{
    CalibrationData data;
    for (int i = 0; i < count; ++i) {
        Sequence sequence;
        for (int k = 0; k < 3 + i % 5; ++k)
            sequence.ids.push_back(5 + (i * 7 + k * 11) % 30);
        sequence.types.assign(sequence.ids.size(), 0);
        data.sequences.push_back(std::move(sequence));
    }
    return data;
}

/// Σx² of every input of every linear layer, one sequence after the other, in double.
std::map<std::string, std::vector<double>> squaresOf(const NetworkSpecification &specification,
                                                     const ModelWeights &weights,
                                                     const CalibrationData &data)
{
    std::map<std::string, std::vector<double>> squares;
    const Network network(specification, weights);
    const InputObserver observer = [&](std::span<const std::string> layers, const at::Tensor &x) {
        for (const std::string &layer : layers) {
            auto &sums = squares[layer];
            sums.resize(static_cast<std::size_t>(x.size(1)));
            for (std::int64_t row = 0; row < x.size(0); ++row) {
                for (std::int64_t i = 0; i < x.size(1); ++i) {
                    const double value = x[row][i].item<float>();
                    sums[static_cast<std::size_t>(i)] += value * value;
                }
            }
        }
    };
    for (const Sequence &sequence : data.sequences) {
        const PackedBatch batch = packed(std::span(&sequence, 1));
        at::Tensor hidden = network.embeddings(batch);
        for (int block = 0; block < specification.stacks[0].blocks; ++block)
            hidden = network.block(block, hidden, batch, observer);
    }
    return squares;
}

/// Of each row the half with the smallest |w|·‖x‖ becomes zero.
at::Tensor referenceWanda(const at::Tensor &weight, const std::vector<double> &squares)
{
    at::Tensor result = weight.clone();
    const std::int64_t width = weight.size(1);
    for (std::int64_t row = 0; row < weight.size(0); ++row) {
        std::vector<std::pair<double, std::int64_t>> order;
        for (std::int64_t i = 0; i < width; ++i)
            order.emplace_back(std::abs(weight[row][i].item<float>()) *
                                   std::sqrt(squares[static_cast<std::size_t>(i)]),
                               i);
        std::sort(order.begin(), order.end());
        for (std::int64_t i = 0; i < width / 2; ++i)
            result[row][order[static_cast<std::size_t>(i)].second] = 0;
    }
    return result;
}

struct Result
{
    NetworkSpecification specification = test::randomSpecification({});
    ModelWeights original = test::randomWeights(specification, 5);
    CalibrationData data = someData(12);
    ModelWeights weights;
};

Result compressedBy(const std::vector<std::string> &steps)
{
    Result result;
    Recipe recipe;
    for (const std::string &step : steps)
        recipe.steps.push_back(parsedStep(step));
    const ModelDescription model = describe(result.specification);
    result.weights = compressed(result.original, plan(recipe, model), silentProgress(),
                                {nullptr, &result.specification, &result.data});
    return result;
}

at::Tensor valuesOf(const ModelWeights &weights, const std::string &layer)
{
    return denseValues(weights.resolved(layer).weight);
}

const std::vector<std::string> matrices{"attention.query",  "attention.key", "attention.value",
                                        "attention.output", "ffn.up",        "ffn.down"};

} // namespace

class TestWanda : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void originalInputs()
    {
        const Result result = compressedBy({"prune.wanda inputs=original"});
        const auto squares = squaresOf(result.specification, result.original, result.data);
        for (int block = 0; block < 3; ++block) {
            for (const std::string &matrix : matrices) {
                const std::string name = fmt::format("encoder.{}.{}", block, matrix);
                QVERIFY2(
                    at::equal(valuesOf(result.weights, name),
                              referenceWanda(valuesOf(result.original, name), squares.at(name))),
                    name.c_str());
            }
        }
    }

    /// Block after block, each with the inputs that the pruned blocks before it pass on.
    void sequentialInputs()
    {
        const Result result = compressedBy({"prune.wanda"});
        ModelWeights now = result.original;
        for (int block = 0; block < 3; ++block) {
            const auto squares = squaresOf(result.specification, now, result.data);
            for (const std::string &matrix : matrices) {
                const std::string name = fmt::format("encoder.{}.{}", block, matrix);
                const at::Tensor expected =
                    referenceWanda(valuesOf(result.original, name), squares.at(name));
                QVERIFY2(at::equal(valuesOf(result.weights, name), expected), name.c_str());
                now.layers[name].weight = Factor::dense(expected);
            }
        }
        const Result original = compressedBy({"prune.wanda inputs=original"});
        QVERIFY(!at::equal(valuesOf(result.weights, "encoder.2.ffn.up"),
                           valuesOf(original.weights, "encoder.2.ffn.up")));
    }

    /// The left factor of a product sees what the right one makes of the inputs.
    void productsSeeTheirOwnInputs()
    {
        const std::string name = "encoder.0.ffn.up";
        const Result plain = compressedBy({"factorize.svd rank=6 @ " + name});
        const Result pruned = compressedBy(
            {"factorize.svd rank=6 @ " + name, "prune.wanda inputs=original @ " + name});
        const auto &before = std::get<Product>(plain.weights.layers.at(name).weight);
        const auto &after = std::get<Product>(pruned.weights.layers.at(name).weight);
        // Σ (v·x)² of each row v of the right factor, from the inputs themselves.
        std::vector<double> squares(6);
        const Network network(plain.specification, plain.original);
        for (const Sequence &sequence : plain.data.sequences) {
            const PackedBatch batch = packed(std::span(&sequence, 1));
            network.block(
                0, network.embeddings(batch), batch,
                [&](std::span<const std::string> layers, const at::Tensor &x) {
                    if (layers.front() != name)
                        return;
                    const at::Tensor inner =
                        x.to(at::kDouble).matmul(before.right.values().to(at::kDouble).t());
                    for (std::size_t i = 0; i < squares.size(); ++i)
                        squares[i] += inner.select(1, static_cast<std::int64_t>(i))
                                          .square()
                                          .sum()
                                          .item<double>();
                });
        }
        QVERIFY(at::equal(after.left.values(), referenceWanda(before.left.values(), squares)));
        QVERIFY(!at::equal(after.right.values(), before.right.values()));
    }

    void oneWeightForAllBlocksSeesWhatReachesAll()
    {
        const std::string name = "encoder.0.ffn.up";
        const Result shared = compressedBy({"share.layers mode=ffn", "prune.wanda"});
        const Result start = compressedBy({"share.layers mode=ffn"});
        const auto squares = squaresOf(start.specification, start.weights, start.data);
        std::vector<double> all(16);
        for (int block = 0; block < 3; ++block) {
            for (std::size_t i = 0; i < all.size(); ++i)
                all[i] += squares.at(fmt::format("encoder.{}.ffn.up", block))[i];
        }
        QVERIFY(at::equal(valuesOf(shared.weights, name),
                          referenceWanda(valuesOf(start.weights, name), all)));
    }

    void patternsAndOneThreshold()
    {
        const Result pattern = compressedBy({"prune.wanda pattern=2:4"});
        const Factor &factor =
            std::get<Factor>(pattern.weights.layers.at("encoder.1.ffn.down").weight);
        QCOMPARE(factor.keptCount(), factor.count() / 2);
        const Result global = compressedBy({"prune.wanda sparsity=0.3 scope=global"});
        std::int64_t kept = 0, all = 0;
        for (int block = 0; block < 3; ++block) {
            for (const std::string &matrix : matrices) {
                const auto &weight =
                    global.weights.layers.at(fmt::format("encoder.{}.{}", block, matrix)).weight;
                kept += std::get<Factor>(weight).keptCount();
                all += std::get<Factor>(weight).count();
            }
        }
        QCOMPARE(kept, all - std::llround(0.3 * static_cast<double>(all)));
    }

    void missingDataIsTold()
    {
        const NetworkSpecification specification = test::randomSpecification({});
        const ModelWeights weights = test::randomWeights(specification, 5);
        try {
            compressed(weights, plan({{parsedStep("prune.wanda")}}, describe(specification)),
                       silentProgress());
            QFAIL("pruned without data");
        } catch (const Error &error) {
            QCOMPARE(error.kind(), ErrorKind::InvalidSetting);
            QVERIFY(QString(error.what()).startsWith("prune.wanda"));
        }
    }
};

QTEST_GUILESS_MAIN(TestWanda)
#include "tst_wanda.moc"
