// How much heads, units and blocks carry, against real gates in a slow network of float64.
#include "tests/support/randommodel.h"

#include "core/base/random.h"
#include "core/compression/structure/importance.h"
#include "tests/core/compression/slowencoder.h"

#include <QtTest>

using namespace pare;

namespace {

/// |∂L/∂ξ| by central differences, for each of `count` gates that `gatesAt` sets apart.
template <class GatesAt>
std::vector<double> gateSlopes(const SlowEncoder &slow, const Sequence &sequence,
                               std::int64_t label, std::int64_t count, const GatesAt &gatesAt)
{
    constexpr double step = 1e-4;
    std::vector<double> slopes;
    for (std::int64_t i = 0; i < count; ++i) {
        at::Tensor gates = at::ones({count}, at::kDouble);
        gates[i] = 1 + step;
        const double above = slow.loss(sequence, label, gatesAt(gates));
        gates[i] = 1 - step;
        const double below = slow.loss(sequence, label, gatesAt(gates));
        slopes.push_back(std::abs(above - below) / (2 * step));
    }
    return slopes;
}

/// The mean over the examples, as a vector of length 1.
template <class GatesAt>
std::vector<double> expectedImportance(const SlowEncoder &slow, const CalibrationData &data,
                                       std::int64_t count, const GatesAt &gatesAt)
{
    std::vector<double> mean(count);
    for (std::size_t x = 0; x < data.sequences.size(); ++x) {
        const std::vector<double> slopes =
            gateSlopes(slow, data.sequences[x], data.labels[x], count, gatesAt);
        for (std::int64_t i = 0; i < count; ++i)
            mean[i] += slopes[i] / static_cast<double>(data.sequences.size());
    }
    double squares = 0;
    for (const double value : mean)
        squares += value * value;
    for (double &value : mean)
        value /= std::sqrt(squares);
    return mean;
}

double largestDifference(const at::Tensor &found, const std::vector<double> &expected)
{
    double largest = 0;
    for (std::size_t i = 0; i < expected.size(); ++i)
        largest = std::max(largest, std::abs(found[static_cast<std::int64_t>(i)].item<double>() -
                                             expected[i]));
    return largest;
}

} // namespace

class TestImportance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_specification = test::randomSpecification({.heads = 4});
        m_weights = test::randomWeights(m_specification, 11);
        m_data = labelledData(4, 21);
    }

    void headsAreThoseOfTheirGates()
    {
        const StructureImportance found =
            gateImportance(m_specification, m_weights, m_data, silentProgress());
        const SlowEncoder slow(m_specification, m_weights);
        QCOMPARE(found.heads.size(), std::size_t{3});
        for (int block = 0; block < 3; ++block) {
            const auto expected =
                expectedImportance(slow, m_data, 4, [&](const at::Tensor &gates) {
                    return Gates{.block = block, .heads = gates};
                });
            QCOMPARE(found.heads[block].numel(), 4);
            QVERIFY(largestDifference(found.heads[block], expected) < 1e-4);
        }
    }

    void neuronsAreThoseOfTheirGates()
    {
        const StructureImportance found =
            gateImportance(m_specification, m_weights, m_data, silentProgress());
        const SlowEncoder slow(m_specification, m_weights);
        QCOMPARE(found.neurons.size(), std::size_t{3});
        for (int block = 0; block < 3; ++block) {
            const auto expected =
                expectedImportance(slow, m_data, 24, [&](const at::Tensor &gates) {
                    return Gates{.block = block, .neurons = gates};
                });
            QCOMPARE(found.neurons[block].numel(), 24);
            QVERIFY(largestDifference(found.neurons[block], expected) < 1e-4);
        }
    }

    void blocksMayDiffer()
    {
        NetworkSpecification specification = m_specification;
        specification.stacks[0].shapes = {{{1}, 20}, {{}, 24}, {{0, 3}, 7}};
        const ModelWeights weights = test::randomWeights(specification, 13);
        const auto found = gateImportance(specification, weights, m_data, silentProgress());
        const auto active = neuronActivations(specification, weights, m_data, silentProgress());
        const SlowEncoder slow(specification, weights);
        for (int block = 0; block < 3; ++block) {
            const std::int64_t heads = specification.stacks[0].heads(block);
            const std::int64_t units = specification.stacks[0].feedForwardWidth(block);
            const auto ofHeads =
                expectedImportance(slow, m_data, heads, [&](const at::Tensor &gates) {
                    return Gates{.block = block, .heads = gates};
                });
            const auto ofUnits =
                expectedImportance(slow, m_data, units, [&](const at::Tensor &gates) {
                    return Gates{.block = block, .neurons = gates};
                });
            QCOMPARE(found.heads[block].numel(), heads);
            QCOMPARE(found.neurons[block].numel(), units);
            QCOMPARE(active[block].numel(), units);
            QVERIFY(largestDifference(found.heads[block], ofHeads) < 1e-4);
            QVERIFY(largestDifference(found.neurons[block], ofUnits) < 1e-4);
        }
        const double whole = slow.meanLoss(m_data);
        const auto growth = blockImportance(specification, weights, m_data, silentProgress());
        for (int block = 0; block < 3; ++block) {
            const double without = slow.meanLoss(m_data, {.block = block, .leftOut = true});
            QVERIFY(std::abs(growth[block] - (without - whole)) < 1e-4);
        }
    }

    /// The mean of magnitudes, not the magnitude of the mean: examples whose slopes cancel count.
    void examplesDoNotCancel()
    {
        CalibrationData twice = m_data;
        twice.sequences.resize(1);
        twice.labels = {0};
        const auto one = gateImportance(m_specification, m_weights, twice, silentProgress());
        twice.sequences.push_back(twice.sequences.front());
        twice.labels.push_back(0);
        const auto same = gateImportance(m_specification, m_weights, twice, silentProgress());
        for (int block = 0; block < 3; ++block)
            QVERIFY(at::allclose(one.heads[block], same.heads[block], 1e-6, 1e-9));
        twice.labels[1] = 2;
        const auto other = gateImportance(m_specification, m_weights, twice, silentProgress());
        const SlowEncoder slow(m_specification, m_weights);
        const auto expected = expectedImportance(slow, twice, 4, [&](const at::Tensor &gates) {
            return Gates{.block = 1, .heads = gates};
        });
        QVERIFY(largestDifference(other.heads[1], expected) < 1e-4);
    }

    /// Nothing hangs on a head or a unit whose outputs nobody reads.
    void whatIsNotReadCountsNothing()
    {
        ModelWeights weights = m_weights;
        const auto without = [&](const std::string &layer, std::int64_t first, std::int64_t last) {
            at::Tensor values = denseValues(weights.layers.at(layer).weight).clone();
            values.slice(1, first, last).zero_();
            weights.layers.at(layer).weight = Factor::dense(values);
        };
        without("encoder.1.attention.output", 4, 8);
        without("encoder.2.ffn.down", 5, 6);
        const auto found = gateImportance(m_specification, weights, m_data, silentProgress());
        for (int head = 0; head < 4; ++head)
            QCOMPARE(found.heads[1][head].item<double>() == 0, head == 1);
        for (int unit = 0; unit < 24; ++unit)
            QCOMPARE(found.neurons[2][unit].item<double>() == 0, unit == 5);
    }

    /// One gate for all blocks that use a weight.
    void sharedBlocksHaveOneGate()
    {
        ModelWeights weights = m_weights;
        for (const char *layer : {"attention.output", "ffn.down"})
            weights.layers[fmt::format("encoder.2.{}", layer)] = {
                Shared{fmt::format("encoder.0.{}", layer)}, {}};
        const auto found = gateImportance(m_specification, weights, m_data, silentProgress());
        QVERIFY(found.heads[0].equal(found.heads[2]));
        QVERIFY(found.neurons[0].equal(found.neurons[2]));
        // Both uses at once: slopes of gates add up.
        const SlowEncoder slow(m_specification, weights);
        std::vector<double> expected(24);
        for (std::size_t x = 0; x < m_data.sequences.size(); ++x) {
            for (int unit = 0; unit < 24; ++unit) {
                double slope = 0;
                for (const int block : {0, 2}) {
                    at::Tensor gates = at::ones({24}, at::kDouble);
                    gates[unit] = 1 + 1e-4;
                    const Gates above{.block = block, .neurons = gates.clone()};
                    gates[unit] = 1 - 1e-4;
                    const Gates below{.block = block, .neurons = gates};
                    slope += slow.loss(m_data.sequences[x], m_data.labels[x], above) -
                             slow.loss(m_data.sequences[x], m_data.labels[x], below);
                }
                expected[unit] += std::abs(slope);
            }
        }
        double squares = 0;
        for (const double value : expected)
            squares += value * value;
        for (double &value : expected)
            value /= std::sqrt(squares);
        QVERIFY(largestDifference(found.neurons[0], expected) < 1e-4);
    }

    void activationsAreMeanMagnitudes()
    {
        const auto found = neuronActivations(m_specification, m_weights, m_data, silentProgress());
        const SlowEncoder slow(m_specification, m_weights);
        QCOMPARE(found.size(), std::size_t{3});
        for (int block = 0; block < 3; ++block) {
            at::Tensor sum = at::zeros({24}, at::kDouble);
            std::int64_t tokens = 0;
            for (const Sequence &sequence : m_data.sequences) {
                const at::Tensor activations = slow.activations(sequence, block);
                sum.add_(activations.abs().sum(0));
                tokens += activations.size(0);
            }
            QVERIFY(at::allclose(found[block], sum.div(tokens), 1e-4, 1e-6));
        }
    }

    void blocksAreWhatTheLossGrowsByWithoutThem()
    {
        const std::vector<double> found =
            blockImportance(m_specification, m_weights, m_data, silentProgress());
        const SlowEncoder slow(m_specification, m_weights);
        const double whole = slow.meanLoss(m_data);
        QCOMPARE(found.size(), std::size_t{3});
        for (int block = 0; block < 3; ++block) {
            const double without = slow.meanLoss(m_data, {.block = block, .leftOut = true});
            QVERIFY(std::abs(without - whole) > 1e-3); // or the comparison would show nothing
            QVERIFY(std::abs(found[block] - (without - whole)) < 1e-4);
        }
    }

    void cancelledWorkStops()
    {
        class Stopped : public Progress
        {
        public:
            void report(const ProgressReport &) override {}
            bool cancelled() const override { return true; }
        } stopped;
        QVERIFY_EXCEPTION_THROWN(gateImportance(m_specification, m_weights, m_data, stopped),
                                 Cancelled);
        QVERIFY_EXCEPTION_THROWN(neuronActivations(m_specification, m_weights, m_data, stopped),
                                 Cancelled);
        QVERIFY_EXCEPTION_THROWN(blockImportance(m_specification, m_weights, m_data, stopped),
                                 Cancelled);
    }

private:
    NetworkSpecification m_specification;
    ModelWeights m_weights;
    CalibrationData m_data;
};

QTEST_GUILESS_MAIN(TestImportance)
#include "tst_importance.moc"
