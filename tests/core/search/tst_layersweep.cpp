#include "core/base/error.h"
#include "core/base/files.h"
#include "core/checkpoint/checkpoint.h"
#include "core/evaluation/encodeddata.h"
#include "core/experiment/experiment.h"
#include "core/experiment/sweep.h"
#include "core/search/borderstates.h"
#include "core/search/layersweep.h"
#include "core/search/leaveoneout.h"
#include "tests/support/randommodel.h"

#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <filesystem>
#include <map>
#include <optional>

using namespace pare;
namespace fs = std::filesystem;

namespace {

/// Cancels at the n-th question whether it was.
class CancelsAfter final : public Progress
{
public:
    explicit CancelsAfter(int questions)
        : m_left(questions)
    {}

    void report(const ProgressReport &) override {}
    bool cancelled() const override { return m_left-- <= 0; }

private:
    mutable int m_left;
};

/// The logits of a predictions file, or the original's.
std::vector<std::vector<double>> logitsIn(const fs::path &path)
{
    std::vector<std::vector<double>> rows;
    for (const QString &line :
         QString::fromStdString(readFile(path)).split('\n', Qt::SkipEmptyParts)) {
        std::vector<double> row;
        for (const QString &value : line.split('\t').last().split(','))
            row.push_back(value.toDouble());
        rows.push_back(row);
    }
    rows.erase(rows.begin());
    return rows;
}

const std::vector<std::string> options{"quantize.affine bits=8|2 @ role=query,up",
                                       "quantize.gptq bits=3 @ block=1",
                                       "prune.magnitude sparsity=0.5 scope=global @ role=down",
                                       "factorize.svd keep=0.5 @ *.output",
                                       "prune.wanda @ pooler",
                                       "quantize.affine bits=2 @ embedding.token",
                                       "prune.neurons keep=0.5",
                                       "prune.layers keep=0 @ block=1",
                                       "prune.vocabulary"};

} // namespace

/// What is told of the time left, of each phase.
class KeepsTimeLeft final : public Progress
{
public:
    void report(const ProgressReport &report) override
    {
        left[report.what.text()].push_back(report.secondsLeft);
        if (report.total > 0)
            shares[report.what.text()].push_back(static_cast<double>(report.done) /
                                                 static_cast<double>(report.total));
    }
    bool cancelled() const override { return false; }

    std::map<std::string, std::vector<std::optional<double>>> left;
    std::map<std::string, std::vector<double>> shares; ///< done of all
};

class TestLayerSweep : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_model = m_folder.filePath("model").toStdString();
        test::writeRandomModel(m_model);
        m_experiment = experiment(0);
        m_recipes = sweepRecipesPerLayer({}, options, m_experiment->checkpoint().description);
    }

    void init()
    {
        m_cache = std::make_unique<QTemporaryDir>();
        qputenv("XDG_CACHE_HOME", m_cache->path().toUtf8());
    }

    /// What is asked of one place is what the whole recipe of it answers, in files, bytes and errors.
    void responsesAreTheRunsOfTheirRecipes()
    {
        const ResponseTable table = swept(*m_experiment, {64, 16, 0}, silentProgress());
        QCOMPARE(table.responses.size(), m_recipes.size());
        QVERIFY(m_recipes.size() > 20);
        const fs::path file = m_folder.filePath("p.tsv").toStdString();
        m_experiment->run({}, silentProgress(), {{}, file});
        const auto before = logitsIn(file);
        for (const Response &response : table.responses) {
            const Run run = m_experiment->run(response.recipe, silentProgress(), {{}, file});
            const auto after = logitsIn(file);
            QCOMPARE(response.id, run.id);
            QCOMPARE(response.bytes, run.measured.bytes);
            QCOMPARE(table.rows(response), std::int64_t{64});
            QVERIFY(response.finished);
            double outputs = 0, weights = 0;
            for (const LayerRecord &layer : run.layers) {
                if (layer.steps.empty())
                    continue;
                weights = std::max(weights, layer.weightError);
                outputs = std::max(outputs, layer.outputError.value_or(0));
            }
            QVERIFY2(std::abs(response.weightError - weights) < 1e-6,
                     response.recipe.text().c_str());
            QVERIFY(std::abs(response.outputError.value_or(0) - outputs) < 1e-6);
            for (std::size_t row = 0; row < 64; ++row) {
                const std::size_t example = table.order.examples()[row];
                for (std::size_t label = 0; label < 3; ++label) {
                    const double change = after[example][label] - before[example][label];
                    const double seen = response.changes[3 * row + label];
                    QVERIFY2(std::abs(change - seen) < 1e-3 * std::abs(change) + 1e-5,
                             response.recipe.text().c_str());
                }
            }
        }
    }

    /// The whole data set asked: the estimate is what a run finds.
    void estimatesOfAllExamplesAreTheRuns()
    {
        const ResponseTable table = swept(*m_experiment, {1000, 16, 0}, silentProgress());
        for (std::size_t i = 0; i < table.responses.size(); i += 5) {
            const Response &response = table.responses[i];
            const Run run = m_experiment->run(response.recipe, silentProgress());
            const ProbeEstimate estimate = table.estimateOf(response);
            QVERIFY(std::abs(estimate.accuracy.value - run.measured.metrics.at("accuracy").value) <
                    1e-9);
            QVERIFY(std::abs(1 - estimate.changed.value - run.labelLoyalty.value) < 1e-9);
            QVERIFY(std::abs(1 - estimate.distance - run.probabilityLoyalty.value) < 1e-3);
        }
    }

    void cancelledSweepsEndAsOthersDo()
    {
        const SweepOptions rows{64, 16, 0};
        const std::string whole = swept(*m_experiment, rows, silentProgress()).hash();
        for (const int questions : {3, 40, 400, 1500}) {
            init(); // an empty cache folder
            CancelsAfter cancelling(questions);
            try {
                swept(*m_experiment, rows, cancelling);
            } catch (const Cancelled &) {
            }
            const std::unique_ptr<Experiment> later = experiment(0);
            QCOMPARE(swept(*later, rows, silentProgress()).hash(), whole);
        }
    }

    void whatWasAskedIsNotAskedAgain()
    {
        const SweepOptions rows{64, 16, 0};
        const ResponseTable first = swept(*m_experiment, rows, silentProgress());
        LayerSweep again(*m_experiment, {}, m_recipes, rows, silentProgress());
        int steps = 0;
        again.run(silentProgress(), [&](const SweepState &) { ++steps; });
        QCOMPARE(steps, 0);
        QCOMPARE(again.table().hash(), first.hash());
        auto known = KnownResponses::find(*m_experiment, {}, rows);
        QVERIFY(known.has_value());
        for (std::size_t i = 0; i < m_recipes.size(); ++i)
            QCOMPARE(known->table().responses[known->numberOf(m_recipes[i])].changes,
                     first.responses[i].changes);
        const Recipe never = checked(Recipe{{parsedStep("quantize.affine bits=5 @ pooler")}});
        QVERIFY(known->table().responses[known->numberOf(never)].changes.empty());
        init();
        QVERIFY(!KnownResponses::find(*m_experiment, {}, rows));
    }

    /// Every place is asked once before any is asked again, and none is once it is clear.
    void theCoarseTableComesFirst()
    {
        LayerSweep sweep(*m_experiment, {}, m_recipes, {64, 16, 0.3}, silentProgress());
        std::vector<std::size_t> asked;
        sweep.run(silentProgress(),
                  [&](const SweepState &state) { asked.push_back(state.changed); });
        QVERIFY(asked.size() > m_recipes.size());
        for (std::size_t i = 0; i < m_recipes.size(); ++i)
            QCOMPARE(asked[i], i);
        bool anyEarly = false;
        for (const Response &response : sweep.table().responses) {
            QVERIFY(response.finished);
            anyEarly |= sweep.table().rows(response) < 64;
        }
        QVERIFY(anyEarly);
    }

    void timeLeftShrinksWhileAskingAgain()
    {
        KeepsTimeLeft progress;
        swept(*m_experiment, {256, 16, 0}, progress);
        for (const auto &left : progress.left["Each option once"])
            QVERIFY(!left);
        const auto &left = progress.left["More examples"];
        QVERIFY(left.size() > 10);
        QVERIFY(!left.front()); // nothing was asked again yet
        const std::size_t middle = left.size() / 2;
        QVERIFY(left[middle].value() > 0);
        // Rows are counted, not options that are finished: those end all at once.
        QVERIFY(left[left.size() - 2].value() < left[middle].value() / 4);
        QVERIFY(!left.back());
        const std::vector<double> &shares = progress.shares["More examples"];
        QCOMPARE(shares.size(), left.size());
        for (std::size_t i = 1; i < shares.size(); ++i)
            QVERIFY(shares[i] > shares[i - 1] || i + 1 == shares.size());
        QCOMPARE(shares.back(), 1.0);
    }

    void stepsBeforeAreBeforeEveryOption()
    {
        const Recipe base{{parsedStep("quantize.affine bits=4 @ role=value")}};
        const auto recipes = sweepRecipesPerLayer(base, {"quantize.affine bits=2 @ role=up"},
                                                  m_experiment->checkpoint().description);
        LayerSweep sweep(*m_experiment, base, recipes, {1000, 16, 0}, silentProgress());
        sweep.run(silentProgress());
        QVERIFY(!recipes.empty());
        for (const Response &response : sweep.table().responses) {
            const Run run = m_experiment->run(response.recipe, silentProgress());
            QCOMPARE(response.bytes, run.measured.bytes);
            QVERIFY(std::abs(sweep.table().estimateOf(response).accuracy.value -
                             run.measured.metrics.at("accuracy").value) < 1e-9);
        }
    }

    /// An option everywhere but on one layer is the run of that recipe.
    void leavingOneOutIsARunOfItsOwn()
    {
        const auto recipes = sweepRecipesPerLayer(
            {}, {"quantize.affine bits=3 @ role=query,up", "quantize.gptq bits=3 @ block=1"},
            m_experiment->checkpoint().description);
        const SweepOptions rows{1000, 16, 0};
        LayerSweep sweep(*m_experiment, {}, recipes, rows, silentProgress());
        sweep.run(silentProgress());
        ResponseTable table = sweep.table();
        table.leftOut = leftOutResponses(*m_experiment, table, rows, silentProgress());
        QCOMPARE(table.leftOut.size(), recipes.size());
        for (std::size_t i = 0; i < table.leftOut.size(); i += 2) {
            const Response &response = table.leftOut[i];
            const Run run = m_experiment->run(response.recipe, silentProgress());
            QCOMPARE(response.id, run.id);
            QCOMPARE(response.bytes, run.measured.bytes);
            QVERIFY(run.recipe.steps[0].layers.find("not " + response.place) != std::string::npos);
            const ProbeEstimate estimate = table.estimateOf(response);
            QVERIFY(std::abs(estimate.accuracy.value - run.measured.metrics.at("accuracy").value) <
                    1e-9);
            QVERIFY(std::abs(1 - estimate.changed.value - run.labelLoyalty.value) < 1e-9);
        }
        // The second time nothing is computed.
        const std::vector<Response> again =
            leftOutResponses(*m_experiment, table, rows, silentProgress());
        for (std::size_t i = 0; i < again.size(); ++i)
            QCOMPARE(again[i].changes, table.leftOut[i].changes);
    }

    void littleMemoryMeansTheSameTable()
    {
        const std::string whole = swept(*m_experiment, {64, 16, 0}, silentProgress()).hash();
        for (const std::int64_t bytes : {0, 20'000, 60'000}) {
            init();
            SweepOptions rows{64, 16, 0};
            rows.borderBytes = bytes;
            rows.weightBytes = bytes;
            QCOMPARE(swept(*m_experiment, rows, silentProgress()).hash(), whole);
        }
    }

    void bordersKeepToTheirLimit_data()
    {
        QTest::addColumn<int>("borders"); // that fit
        QTest::newRow("all") << 100;
        QTest::newRow("half") << 2;
        QTest::newRow("one") << 1;
        QTest::newRow("none") << 0;
    }
    void bordersKeepToTheirLimit()
    {
        QFETCH(int, borders);
        const Checkpoint &checkpoint = m_experiment->checkpoint();
        const Network network(checkpoint.specification, checkpoint.weights);
        const PackedBatch batch = packed(m_experiment->data().sequences);
        const std::int64_t one =
            batch.tokens() * checkpoint.specification.block().width * std::int64_t{sizeof(float)};
        BorderStates states(network, batch.tokens(), borders * one);
        for (const int block : {2, 0, 3, 1}) {
            at::Tensor expected = network.embeddings(batch);
            for (int i = 0; i < block; ++i)
                expected = network.block(i, expected, batch);
            QVERIFY(states.before(block, 0, batch, silentProgress()).equal(expected));
            QVERIFY(states.bytes() <= borders * one);
        }
    }

private:
    std::unique_ptr<Experiment> experiment(std::uint64_t seed) const
    {
        ExperimentOptions options;
        options.model = m_model;
        options.data = (m_model / "test.tsv").string();
        options.calibration = options.data;
        options.calibrationExamples = 12;
        options.batchTokens = 100;
        options.seed = seed;
        options.threads = 2;
        return std::make_unique<Experiment>(options, silentProgress());
    }
    ResponseTable swept(Experiment &experiment, const SweepOptions &rows, Progress &progress) const
    {
        LayerSweep sweep(experiment, {}, m_recipes, rows, progress);
        sweep.run(progress);
        return sweep.table();
    }

    QTemporaryDir m_folder;
    std::unique_ptr<QTemporaryDir> m_cache;
    fs::path m_model;
    std::unique_ptr<Experiment> m_experiment;
    std::vector<Recipe> m_recipes;
};

QTEST_GUILESS_MAIN(TestLayerSweep)
#include "tst_layersweep.moc"
