// Every ordered pair of techniques of the table, on the whole model and on one matrix: it is refused
// with a reason before anything runs, or it runs, and then the bytes counted are those written and
// what was written answers the same when it is opened again. Techniques that need a training get a
// short one.
#include "tests/support/randommodel.h"

#include "core/base/error.h"
#include "core/compression/compressedmodel.h"
#include "core/compression/plannedsize.h"
#include "core/experiment/planneddescription.h"
#include "core/experiment/recoverystep.h"
#include "core/experiment/weightinputs.h"
#include "core/model/training.h"
#include "core/network/network.h"

#include <ATen/Functions.h>
#include <filesystem>

#include <QTemporaryDir>
#include <QTest>

using namespace pare;
namespace fs = std::filesystem;

namespace {

/// The layer that a step is tried on alone, from the first of these that it can act on.
const std::vector<std::string> singles{"encoder.0.ffn.up", "encoder.0.attention.query",
                                       "embedding.token"};

std::string singleFor(const TechniqueInfo &info, const ModelDescription &model,
                      const std::string &preferred)
{
    if (!preferred.empty() && info.actsOn(*model.find(preferred)))
        return preferred;
    const auto found = std::ranges::find_if(
        singles, [&](const std::string &name) { return info.actsOn(*model.find(name)); });
    return found == singles.end() ? std::string() : *found;
}

at::Tensor logitsOf(const NetworkSpecification &specification, const ModelWeights &weights,
                    const std::vector<Sequence> &sequences)
{
    return Network(specification, weights).logits(packed(sequences));
}

} // namespace

class TestPairs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_folder = m_scratch.filePath("model").toStdString();
        test::RandomModel shape;
        shape.width = 8;
        shape.feedForward = 12;
        shape.blocks = 2;
        test::writeRandomModel(m_folder, shape, 16);
        m_checkpoint = openCheckpoint(m_folder);
        ExperimentOptions options;
        options.model = m_folder;
        options.data = options.calibration = (m_folder / "test.tsv").string();
        options.calibrationExamples = 8;
        m_inputs = std::make_unique<WeightInputs>(m_checkpoint, options, silentProgress());
        options.train = options.data;
        m_recovery = std::make_unique<RecoveryStep>(m_checkpoint, options);
    }

    void eachAfterEach_data()
    {
        QTest::addColumn<QString>("technique");
        for (const TechniqueInfo &info : techniqueTable())
            QTest::addRow("%s", info.id.data()) << QString::fromUtf8(info.id.data());
    }
    void eachAfterEach()
    {
        QFETCH(QString, technique);
        const TechniqueInfo &first = techniqueInfo(technique.toStdString());
        int ran = 0;
        for (const TechniqueInfo &second : techniqueTable()) {
            const std::string one = singleFor(first, m_checkpoint.description, {});
            const std::string other = singleFor(second, m_checkpoint.description, one);
            ran += carriedOut({std::string(first.id), std::string(second.id)});
            if (QTest::currentTestFailed())
                return;
            if (one.empty() || other.empty())
                continue; // about blocks as wholes, not about matrices
            ran += carriedOut(
                {std::string(first.id) + " @ " + one, std::string(second.id) + " @ " + other});
            if (QTest::currentTestFailed())
                return;
        }
        QVERIFY(ran > 0);
    }

private:
    /// Whether the steps were not refused; fails the test where they are neither refused in words nor
    /// carried out as told.
    bool carriedOut(const std::vector<std::string> &steps)
    {
        Recipe recipe;
        for (const std::string &step : steps)
            recipe.steps.push_back(parsedStep(step));
        const bool trains = std::ranges::any_of(recipe.steps, [](const Step &step) {
            return techniqueInfo(step.technique).need == Need::Training;
        });
        if (trains)
            recipe.training = parsedRecovery("precision=float32 gradual=0");
        const QByteArray context = QByteArray::fromStdString(recipe.text());
        RecipePlan planned;
        try {
            planned = plan(recipe, m_checkpoint.description);
        } catch (const Error &error) {
            const bool told =
                error.kind() == ErrorKind::InvalidSetting || error.kind() == ErrorKind::Unsupported;
            checked(told && !error.message().text().empty(), context + ": " + error.what());
            return false;
        }
        try {
            compare(planned, context);
        } catch (const Error &error) {
            checked(false, context + " was planned and then: " + error.what());
        }
        return true;
    }

    void compare(const RecipePlan &planned, const QByteArray &context)
    {
        CompressionContext inputs = m_inputs->context(nullptr, silentProgress());
        inputs.statistics = nullptr;
        CompressedModel made = compressedModel(
            {m_checkpoint.specification, m_checkpoint.description, m_checkpoint.weights}, planned,
            silentProgress(), inputs);
        if (planned.recipe.training)
            made.weights = m_recovery->run(made, "pairs", silentProgress()).weights;
        const fs::path folder = m_scratch.filePath("export").toStdString();
        fs::remove_all(folder);
        writeModel(folder, made.specification, made.weights, {m_folder, made.tokens()});
        const auto written = static_cast<std::int64_t>(fs::file_size(folder / "model.safetensors"));
        checked(exportedBytes(made.specification, made.weights) == written, context + ": bytes");
        const std::optional<std::int64_t> told = plannedFileBytes(m_checkpoint, planned);
        checked(!told || *told == written, context + ": planned bytes");
        const PlannedSize size = plannedSize(made.plan);
        const ModelDescription counted = described(made.specification, made.weights);
        checked(!size.parameters || *size.parameters == counted.parameters,
                context + ": planned parameters");

        const Checkpoint reopened = openCheckpoint(folder);
        checked(reopened.description.bytes == written, context + ": bytes of the reopened");
        checked(reopened.description.parameters == counted.parameters, context + ": parameters");
        const std::vector<Sequence> sequences = made.tokens().empty()
                                                    ? inputs.calibration->sequences
                                                    : inputs.retokenised(made.tokens()).sequences;
        const at::Tensor answers = logitsOf(made.specification, made.weights, sequences);
        checked(at::isfinite(answers).all().item<bool>(),
                context + ": answers that are no numbers");
        checked(at::equal(answers, logitsOf(reopened.specification, reopened.weights, sequences)),
                context + ": other answers");
    }

    static void checked(bool holds, const QByteArray &otherwise)
    {
        QVERIFY2(holds, otherwise.constData());
    }

    QTemporaryDir m_scratch;
    fs::path m_folder;
    Checkpoint m_checkpoint;
    std::unique_ptr<WeightInputs> m_inputs;
    std::unique_ptr<RecoveryStep> m_recovery;
};

QTEST_GUILESS_MAIN(TestPairs)
#include "tst_pairs.moc"
