// Statistics of layers' inputs, against rows collected from the whole network at once.
#include "tests/support/randommodel.h"

#include "core/base/random.h"
#include "core/compression/calibration.h"
#include "core/network/network.h"

#include <QtTest>

using namespace pare;

namespace {

CalibrationData someData(int count)
{
    Random random(3);
    CalibrationData data;
    for (int i = 0; i < count; ++i) {
        Sequence sequence;
        for (std::uint64_t k = 0; k < 3 + random.below(9); ++k)
            sequence.ids.push_back(static_cast<std::int64_t>(5 + random.below(30)));
        sequence.types.assign(sequence.ids.size(), 0);
        data.sequences.push_back(std::move(sequence));
    }
    return data;
}

/// All rows that each layer's weight sees, by its owner, from one sequence after the other.
std::map<std::string, std::vector<at::Tensor>> rowsOf(const NetworkSpecification &specification,
                                                      const ModelWeights &weights,
                                                      const CalibrationData &data)
{
    std::map<std::string, std::vector<at::Tensor>> rows;
    const Network network(specification, weights);
    const InputObserver observer = [&](std::span<const std::string> layers, const at::Tensor &x) {
        for (const std::string &layer : layers)
            rows[weights.ownerOf(layer)].push_back(x.clone());
    };
    for (const Sequence &sequence : data.sequences) {
        const PackedBatch batch = packed(std::span(&sequence, 1));
        at::Tensor hidden = network.embeddings(batch);
        for (int block = 0; block < specification.stacks[0].blocks; ++block)
            hidden = network.block(block, hidden, batch, observer);
        network.classLogits(hidden, batch, observer);
    }
    return rows;
}

double largestDifference(const at::Tensor &found, const std::vector<double> &expected)
{
    const at::Tensor values = found.to(at::kDouble).contiguous().view(-1);
    double largest = 0;
    for (std::size_t i = 0; i < expected.size(); ++i)
        largest = std::max(
            largest, std::abs(values[static_cast<std::int64_t>(i)].item<double>() - expected[i]) /
                         (1 + std::abs(expected[i])));
    return largest;
}

} // namespace

class TestCalibration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void statisticsAreThoseOfTheRows_data()
    {
        QTest::addColumn<QStringList>("shared"); // layer, owner
        QTest::addColumn<bool>("shapes");
        QTest::newRow("own weights") << QStringList{} << false;
        QTest::newRow("blocks that differ") << QStringList{} << true;
        QTest::newRow("two of three blocks alike, and shared")
            << QStringList{"encoder.2.ffn.down", "encoder.0.ffn.down"} << true;
        QTest::newRow("one query for two blocks")
            << QStringList{"encoder.2.attention.query", "encoder.0.attention.query"} << false;
        QTest::newRow("one feed-forward for all")
            << QStringList{"encoder.1.ffn.up",   "encoder.0.ffn.up",   "encoder.2.ffn.up",
                           "encoder.0.ffn.up",   "encoder.1.ffn.down", "encoder.0.ffn.down",
                           "encoder.2.ffn.down", "encoder.0.ffn.down"}
            << false;
        QTest::newRow("query and key alike")
            << QStringList{"encoder.1.attention.key", "encoder.1.attention.query"} << false;
    }
    void statisticsAreThoseOfTheRows()
    {
        QFETCH(QStringList, shared);
        QFETCH(bool, shapes);
        NetworkSpecification specification = test::randomSpecification({});
        if (shapes)
            specification.stacks[0].shapes = {{{0}, 24}, {{}, 7}, {{1}, 24}};
        ModelWeights weights = test::randomWeights(specification, 5);
        for (qsizetype i = 0; i < shared.size(); i += 2)
            weights.layers[shared[i].toStdString()] = {Shared{shared[i + 1].toStdString()}, {}};
        const CalibrationData data = someData(7);
        const auto rows = rowsOf(specification, weights, data);

        std::map<std::string, InputDetail> wanted;
        for (const auto &[name, tensors] : rows)
            wanted[name] = InputDetail::Moments;
        LayerInputs inputs;
        CalibrationWalk walk(specification, weights, data);
        for (int block = 0; block < specification.stacks[0].blocks; ++block) {
            walk.observe(weights, wanted, inputs, silentProgress());
            walk.advance(weights, silentProgress());
        }
        walk.observeHead(weights, wanted, inputs, silentProgress());

        QCOMPARE(inputs.size(), rows.size());
        for (const auto &[name, tensors] : rows)
            compare(*inputs.at(name), tensors);
    }

    void onlyWhatIsWantedIsKept()
    {
        const NetworkSpecification specification = test::randomSpecification({});
        const ModelWeights weights = test::randomWeights(specification, 5);
        CalibrationWalk walk(specification, weights, someData(3));
        LayerInputs inputs;
        walk.observe(weights, {{"encoder.0.ffn.down", InputDetail::Norms}}, inputs,
                     silentProgress());
        QCOMPARE(inputs.size(), std::size_t{1});
        QVERIFY(!inputs.at("encoder.0.ffn.down")->secondMoment().defined());
    }

private:
    static void compare(const InputStatistics &statistics, const std::vector<at::Tensor> &tensors)
    {
        const std::int64_t width = tensors.front().size(1);
        const auto size = static_cast<std::size_t>(width);
        std::vector<double> squares(size), magnitudes(size), largest(size), moment(size * size);
        std::int64_t count = 0;
        for (const at::Tensor &tensor : tensors) {
            const float *x = tensor.data_ptr<float>();
            for (std::int64_t row = 0; row < tensor.size(0); ++row, x += width, ++count) {
                for (std::size_t i = 0; i < size; ++i) {
                    squares[i] += static_cast<double>(x[i]) * x[i];
                    magnitudes[i] += std::abs(x[i]);
                    largest[i] = std::max<double>(largest[i], std::abs(x[i]));
                    for (std::size_t k = 0; k < size; ++k)
                        moment[i * size + k] += static_cast<double>(x[i]) * x[k];
                }
            }
        }
        for (std::size_t i = 0; i < size; ++i) {
            squares[i] = std::sqrt(squares[i]);
            magnitudes[i] /= static_cast<double>(count);
        }
        QCOMPARE(statistics.rows(), count);
        // The order of batches differs from that of single sequences: float32's last digits.
        constexpr double ceiling = 1e-5;
        QVERIFY(largestDifference(statistics.norms(), squares) < ceiling);
        QVERIFY(largestDifference(statistics.meanMagnitudes(), magnitudes) < ceiling);
        QVERIFY(largestDifference(statistics.largest(), largest) < ceiling);
        QVERIFY(largestDifference(statistics.secondMoment(), moment) < ceiling);
    }
};

QTEST_GUILESS_MAIN(TestCalibration)
#include "tst_calibration.moc"
