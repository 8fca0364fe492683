#include "core/base/error.h"
#include "core/base/random.h"
#include "core/experiment/experiment.h"
#include "core/experiment/exporting.h"
#include "core/experiment/planneddescription.h"
#include "core/experiment/sweep.h"
#include "core/model/technique.h"
#include "tests/support/randommodel.h"
#include "tests/support/randomstep.h"

#include <QTemporaryDir>
#include <QTest>
#include <filesystem>

using namespace pare;
namespace fs = std::filesystem;

namespace {

Recipe recipeOf(const QString &text)
{
    Recipe recipe;
    for (const QString &step : text.split(";", Qt::SkipEmptyParts))
        recipe.steps.push_back(parsedStep(step.toStdString()));
    return checked(recipe);
}

std::string contentOf(const fs::path &path)
{
    return readFile(path);
}

/// The column of a predictions file, without its head.
QStringList column(const fs::path &path, int index)
{
    QStringList values;
    for (const QString &line :
         QString::fromStdString(readFile(path)).split("\n", Qt::SkipEmptyParts))
        values << line.split("\t").at(index);
    values.removeFirst();
    return values;
}

constexpr int predictedColumn = 2;
constexpr int logitsColumn = 4;

/// Of a safetensors file: the length that stands in its first 8 bytes, and those.
std::int64_t headerBytes(const fs::path &file)
{
    const std::string content = contentOf(file);
    std::int64_t length = 0;
    for (int i = 7; i >= 0; --i)
        length = 256 * length + static_cast<unsigned char>(content[static_cast<std::size_t>(i)]);
    return 8 + length;
}

} // namespace

class TestExperiment : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_model = m_folder.filePath("model").toStdString();
        test::writeRandomModel(m_model);
        m_experiment = std::make_unique<Experiment>(options(), silentProgress());
    }

    /// What a run says of bytes is what export writes, and what it wrote answers the same when
    /// opened again.
    void bytesAndAnswersSurviveTheExport_data()
    {
        QTest::addColumn<QString>("recipe");
        const char *fixed[] = {
            "",
            "quantize.affine",
            "quantize.affine bits=4 group=7 symmetric=no",
            "quantize.affine bits=3 granularity=tensor",
            "prune.magnitude",
            "prune.magnitude pattern=1:4",
            "prune.magnitude sparsity=0.95 scope=row",
            "prune.magnitude sparsity=0.5 scope=global",
            "factorize.svd rank=4",
            "factorize.svd keep=0.7",
            "share.layers mode=all",
            "share.layers mode=attention",
            "share.layers mode=ffn",
            "share.layers mode=ffn keep-weights=average",
            "share.layers mode=sandwich",
            "share.layers mode=cycle-reverse groups=2 keep-weights=average",
            "factorize.embedding keep=0.6; quantize.half @ embedding.token",
            "factorize.safe rank=6 heads=3",
            "factorize.safe keep=0.6; quantize.affine bits=4 group=5 @ embedding.*",
            "factorize.safe rank=4; prune.magnitude @ embedding.token; quantize.gptq; prune.heads",
            "quantize.ternary granularity=group group=6; quantize.bfloat16 @ role=query",
            "quantize.binary; prune.magnitude",
            "quantize.gptq bits=4 group=8; prune.wanda; factorize.svd keep=0.5 @ *.ffn.*",
            "quantize.gptq bits=3 act-order=yes; prune.wanda sparsity=0.3 scope=global",
            "quantize.awq bits=4 symmetric=no clip=percentile; factorize.svd keep=0.5",
            "factorize.svd-llm keep=0.5; prune.sparsegpt; quantize.gptq bits=4",
            "factorize.asvd keep=0.5 alpha=0.7 inputs=original",
            "prune.sparsegpt pattern=2:4; quantize.awq bits=4; share.layers mode=ffn",
            "prune.first-order; quantize.affine bits=4 group=8",
            "prune.first-order pattern=2:4 @ embedding.token,pooler; factorize.fwsvd keep=0.6",
            "factorize.fwsvd keep=0.5; prune.first-order sparsity=0.3 scope=global; quantize.gptq",
            "share.layers mode=ffn keep-weights=average; factorize.fwsvd rank=3; prune.first-order",
            "prune.heads count=1 @ block=0; prune.neurons keep=0.3; quantize.affine bits=4",
            "prune.heads importance=gradient; quantize.int8; factorize.svd keep=0.5 @ *.ffn.*",
            "prune.neurons importance=first-order count=7; prune.magnitude; share.layers",
            "prune.neurons importance=activation @ block=1-2; quantize.gptq bits=4",
            "prune.layers keep=0 @ block=1; quantize.affine bits=3 @ block=2; prune.wanda",
            "prune.layers mode=importance count=2; prune.heads; quantize.half @ role=query",
            "prune.vocabulary; quantize.affine bits=8 @ embedding.token; prune.wanda",
            "prune.vocabulary; factorize.embedding keep=0.6; prune.layers mode=last",
            "quantize.int8",
            "quantize.int8; factorize.svd keep=0.5; prune.magnitude",
            "quantize.affine bits=3 clip=mse",
            "prune.magnitude block=2x4",
            "prune.wanda block=4x1 sparsity=0.3 scope=global; quantize.affine bits=4",
            "prune.sparsegpt block=4x2; quantize.smoothquant",
            "quantize.smoothquant alpha=0.7 inputs=original",
            "prune.magnitude sparsity=0.3; quantize.smoothquant",
            "quantize.llm-int8 threshold=2",
            "quantize.llm-int8 threshold=1.5; prune.wanda sparsity=0.6",
            "quantize.llm-int8 threshold=0; share.layers",
            "quantize.llm-int8 threshold=1.5; prune.magnitude scope=global",
            "factorize.svd energy=0.6; quantize.affine bits=4",
            "factorize.svd error=0.5 @ *.ffn.*; prune.magnitude scope=global",
            "factorize.svd-llm energy=0.9; factorize.embedding error=0.7",
            "factorize.asvd error=0.01; prune.sparsegpt; quantize.gptq",
            "factorize.kronecker",
            "factorize.kronecker keep=0.1; prune.magnitude; quantize.int8",
            "factorize.kronecker block=4x4 @ embedding.token; quantize.affine bits=4 @ *",
            "factorize.kronecker block=4x4 @ *.ffn.*; prune.magnitude scope=global block=2x1",
            "share.codebook k=12; prune.magnitude; share.layers",
            "prune.wanda sparsity=0.6; factorize.svd keep=0.5; share.layers @ block=0-1",
            "share.layers mode=all; factorize.svd keep=0.5; prune.magnitude sparsity=0.3; "
            "quantize.affine bits=4 group=8",
            "factorize.svd keep=0.5; quantize.affine bits=2 group=4",
            "prune.magnitude sparsity=0.5; quantize.affine bits=8",
            "quantize.affine bits=4; quantize.affine bits=8 @ embedding.token,classifier,pooler"};
        for (const char *recipe : fixed)
            QTest::addRow("%s", *recipe ? recipe : "original") << QString(recipe);
        Random random(20260101);
        for (int i = 0; i < 100; ++i) {
            QString recipe;
            for (std::uint64_t k = 0; k <= random.below(4); ++k)
                recipe += QString::fromStdString(test::randomStep(random)) + ";";
            QTest::addRow("random %d: %s", i, qPrintable(recipe)) << recipe;
        }
    }
    void bytesAndAnswersSurviveTheExport()
    {
        QFETCH(QString, recipe);
        const QTemporaryDir scratch;
        const fs::path folder = scratch.filePath("out").toStdString();
        const fs::path first = scratch.filePath("first.tsv").toStdString();
        const fs::path second = scratch.filePath("second.tsv").toStdString();
        Run run;
        try {
            run = m_experiment->run(recipeOf(recipe), silentProgress(), {folder, first});
        } catch (const Error &error) {
            // A random recipe may be refused; then it must say why, and a fixed one never may.
            QVERIFY2(QByteArray(QTest::currentDataTag()).startsWith("random"), error.what());
            QCOMPARE(error.kind(), ErrorKind::InvalidSetting);
            return;
        }
        QCOMPARE(run.measured.bytes,
                 static_cast<std::int64_t>(fs::file_size(folder / "model.safetensors")));
        QCOMPARE(run.id, m_experiment->idOf(recipeOf(recipe)));
        std::int64_t layers = 0;
        for (const LayerRecord &layer : run.layers) {
            std::int64_t parts = 0;
            for (const auto &[part, bytes] : layer.bytesByPart)
                parts += bytes;
            QCOMPARE(parts, layer.bytes);
            layers += layer.bytes;
        }
        QVERIFY(layers < run.measured.bytes); // the rest is the file's header
        std::int64_t parts = 0;
        for (const auto &[part, bytes] : run.measured.bytesByPart)
            parts += bytes;
        QCOMPARE(parts, run.measured.bytes);
        QCOMPARE(run.measured.bytesByPart.at("header"), headerBytes(folder / "model.safetensors"));
        for (const LayerRecord &layer : run.layers)
            QCOMPARE(layer.settings.size(), layer.steps.size());
        const ModelDescription written = openCheckpoint(folder).description;
        // Where sizes depend on data, planning does not see them.
        const auto needsData = [](const Step &step) { return needOf(step) != Need::Nothing; };
        const RecipePlan planned = plan(recipeOf(recipe), m_experiment->checkpoint().description);
        const bool known = std::ranges::none_of(planned.layers, &PlannedLayer::bytesUnknown) ||
                           std::ranges::none_of(planned.recipe.steps, needsData);
        if (known && planned.structure.unknown.empty())
            comparePlan(recipeOf(recipe), run, written);

        ExperimentOptions again = options();
        again.model = folder;
        Experiment reopened(again, silentProgress());
        QCOMPARE(reopened.checkpoint().description.bytes, run.measured.bytes);
        QCOMPARE(reopened.checkpoint().description.parameters, run.measured.parameters);
        QCOMPARE(plannedDescription(reopened.checkpoint(), {}).model.bytes, run.measured.bytes);
        const Run same =
            reopened.run({}, silentProgress(), {scratch.filePath("twice").toStdString(), second});
        QCOMPARE(same.measured.bytes, run.measured.bytes);
        QCOMPARE(same.weightHash, run.weightHash);
        QCOMPARE(column(second, predictedColumn), column(first, predictedColumn));
        QCOMPARE(column(second, logitsColumn), column(first, logitsColumn));
        QVERIFY(contentOf(scratch.filePath("twice/model.safetensors").toStdString()) ==
                contentOf(folder / "model.safetensors"));
    }

    void exportOfARunIsWhatWasMeasured()
    {
        const QTemporaryDir scratch;
        const fs::path measured = scratch.filePath("a").toStdString();
        const fs::path exported = scratch.filePath("b").toStdString();
        Run run = m_experiment->run(recipeOf("factorize.svd keep=0.5; quantize.affine bits=4"),
                                    silentProgress(), {measured, {}});
        exportRun(run, {exported}, silentProgress());
        QVERIFY(contentOf(measured / "model.safetensors") ==
                contentOf(exported / "model.safetensors"));
        run.weightHash = "something else";
        QVERIFY_EXCEPTION_THROWN(
            exportRun(run, {scratch.filePath("c").toStdString()}, silentProgress()), Error);
        run.modelHash = "another model";
        QVERIFY_EXCEPTION_THROWN(
            exportRun(run, {scratch.filePath("c").toStdString()}, silentProgress()), Error);
        QVERIFY(!fs::exists(scratch.filePath("c").toStdString()));
    }

    void anOriginalRunIsItsOwnBaseline()
    {
        const Run run = m_experiment->run({}, silentProgress());
        QCOMPARE(run.measured.bytes, run.baseline.bytes);
        QCOMPARE(run.measured.metrics, run.baseline.metrics);
        QCOMPARE(run.labelLoyalty.value, 1.0);
        QCOMPARE(run.probabilityLoyalty.value, 1.0);
        QCOMPARE(run.measured.metrics.at("accuracy").n, std::int64_t{90});
        const Checkpoint &checkpoint = m_experiment->checkpoint();
        QCOMPARE(run.weightHash,
                 hashOf(checkpoint.specification, checkpoint.weights, silentProgress()));
        QVERIFY(!run.kernels.empty());
        for (const LayerRecord &layer : run.layers) {
            QCOMPARE(layer.weightError, 0.0);
            QCOMPARE(layer.outputError.value_or(0), 0.0);
        }
        QCOMPARE(run.baseline.bytesByPart, run.measured.bytesByPart);
        QCOMPARE(run.baseline.multiplyAdds, run.measured.multiplyAdds);
        QCOMPARE(answersChanged(run), std::int64_t{0});
    }

    /// Without calibration data nothing is said of outputs; with it, of all layers that multiply.
    void outputErrorsNeedCalibrationData()
    {
        const Recipe recipe = recipeOf("quantize.affine bits=3 @ encoder.1.*,embedding.token");
        const Run run = m_experiment->run(recipe, silentProgress());
        QCOMPARE(run.calibrationExamples, 24);
        int multiplied = 0;
        for (const LayerRecord &layer : run.layers) {
            const bool multiplies = layer.name.find("embedding") == std::string::npos &&
                                    layer.name.find("norm") == std::string::npos;
            QCOMPARE(layer.outputError.has_value(), multiplies);
            QCOMPARE(layer.outputError.value_or(0) > 0, multiplies && !layer.steps.empty());
            multiplied += multiplies;
        }
        QCOMPARE(multiplied, 3 * 6 + 2);

        ExperimentOptions none = options();
        none.calibration.clear();
        const Run without = Experiment(none, silentProgress()).run(recipe, silentProgress());
        QVERIFY(without.calibrationPath.empty());
        for (const LayerRecord &layer : without.layers)
            QVERIFY(!layer.outputError);
        QCOMPARE(without.id, run.id); // the weights are the same
        QCOMPARE(without.weightHash, run.weightHash);
    }

    /// By hand: the matrices, and the two products of attention for each pair of tokens.
    void multiplyAddsAreThoseOfTheMeanExample()
    {
        const QTemporaryDir scratch;
        const fs::path file = scratch.filePath("two.tsv").toStdString();
        writeFile(file, "text\tlabel\nsmall\tbird\nsmall big green\tfish\n");
        ExperimentOptions two = options();
        two.data = file.string();
        Experiment experiment(two, silentProgress());
        const auto ofLength = [](std::int64_t tokens, std::int64_t blockMatrices) {
            return 3 * (tokens * blockMatrices + 2 * tokens * tokens * 16) + 16 * 16 + 3 * 16;
        };
        const std::int64_t dense = 4 * 16 * 16 + 2 * 16 * 24;
        const Run run = experiment.run(recipeOf("factorize.svd rank=4"), silentProgress());
        QCOMPARE(run.baseline.multiplyAdds.value(), (ofLength(3, dense) + ofLength(5, dense)) / 2);
        const std::int64_t thin = 4 * 4 * (16 + 16) + 2 * 4 * (16 + 24);
        QCOMPARE(run.measured.multiplyAdds.value(), (ofLength(3, thin) + ofLength(5, thin)) / 2);
        const Run pruned = experiment.run(recipeOf("prune.magnitude"), silentProgress());
        QCOMPARE(pruned.measured.multiplyAdds, pruned.baseline.multiplyAdds); // zeros cost the same
    }

    void recordsSayHowLayersAreStored()
    {
        const Run run = m_experiment->run(
            recipeOf("quantize.affine bits=4 group=8 @ *.ffn.up; quantize.bfloat16 @ *.query; "
                     "share.layers mode=all @ *.ffn.down"),
            silentProgress());
        for (const LayerRecord &layer : run.layers) {
            const QString name = QString::fromStdString(layer.name);
            if (name.endsWith("ffn.up")) {
                QCOMPARE(layer.bitsPerWeight, 4 + 16.0 / 8);
                QCOMPARE(layer.storage, std::string("4 bits, groups of 8"));
                QCOMPARE(layer.settings.at(0).technique, std::string("quantize.affine"));
                QCOMPARE(layer.settings.at(0).settings.at("group"), std::string("8"));
            } else if (name.endsWith("query")) {
                QCOMPARE(layer.bitsPerWeight, 16.0);
            } else if (name.endsWith("ffn.down")) {
                QCOMPARE(layer.bitsPerWeight, 32.0);
                QCOMPARE(layer.bytes > 0, layer.sharedWith.empty());
            }
        }
    }

    void textsAreReadForPlansAndBeforeMeasuring()
    {
        const fs::path words = m_folder.filePath("words.txt").toStdString();
        writeFile(words, "small green\n");
        const Recipe recipe = recipeOf(QString("prune.vocabulary text=%1").arg(words.c_str()));
        const Run run = m_experiment->run(recipe, silentProgress());
        const PlannedDescription planned = plannedDescription(m_experiment->checkpoint(), recipe);
        QCOMPARE(planned.model.bytes, run.measured.bytes);
        writeFile(words, "big\n");
        QVERIFY(m_experiment->idOf(recipe) != run.id);
        QVERIFY_EXCEPTION_THROWN(
            exportRun(run, {m_folder.filePath("changed").toStdString()}, silentProgress()), Error);
        fs::remove(words);
        QVERIFY_EXCEPTION_THROWN(m_experiment->run(recipe, silentProgress()), Error);
        QVERIFY_EXCEPTION_THROWN(plannedDescription(m_experiment->checkpoint(), recipe), Error);
    }

    void calibrationBelongsToTheRun()
    {
        const Recipe wanda = recipeOf("prune.wanda sparsity=0.6");
        const Run run = m_experiment->run(wanda, silentProgress());
        QCOMPARE(run.calibrationExamples, 24);
        QVERIFY(!run.calibrationHash.empty());
        ExperimentOptions fewer = options();
        fewer.calibrationExamples = 5;
        Experiment other(fewer, silentProgress());
        QVERIFY(other.idOf(wanda) != m_experiment->idOf(wanda));
        QVERIFY(other.idOf({}) == m_experiment->idOf({}));
        QVERIFY(other.run(wanda, silentProgress()).weightHash != run.weightHash);

        const QTemporaryDir scratch;
        const fs::path folder = scratch.filePath("out").toStdString();
        exportRun(run, {folder}, silentProgress());
        const Checkpoint exported = openCheckpoint(folder);
        QCOMPARE(hashOf(exported.specification, exported.weights, silentProgress()),
                 run.weightHash);

        ExperimentOptions none = options();
        none.calibration.clear();
        try {
            Experiment(none, silentProgress()).run(wanda, silentProgress());
            QFAIL("measured without calibration data");
        } catch (const Error &error) {
            QCOMPARE(error.kind(), ErrorKind::InvalidSetting);
            QVERIFY(QString(error.what()).contains("--calibration"));
        }
    }

    /// Which weights survive is chosen on dev data, which the run names and an export reads again.
    void devDataChoosesWhatSurvives()
    {
        const Recipe best = recipeOf("share.layers mode=ffn keep-weights=best candidates=5;"
                                     "quantize.affine bits=4 @ *.ffn.*");
        try {
            m_experiment->run(best, silentProgress());
            QFAIL("chosen without dev data");
        } catch (const Error &error) {
            QCOMPARE(error.kind(), ErrorKind::InvalidSetting);
            QVERIFY(QString(error.what()).contains("--dev"));
        }
        ExperimentOptions chosen = options();
        chosen.dev = (m_model / "dev.tsv").string();
        writeFile(chosen.dev, test::randomModelData(40));
        Experiment experiment(chosen, silentProgress());
        const QTemporaryDir scratch;
        const fs::path measured = scratch.filePath("a").toStdString();
        const Run run = experiment.run(best, silentProgress(), {measured, {}});
        QCOMPARE(run.devPath, chosen.dev);
        QVERIFY(!run.devHash.empty());
        QVERIFY(std::ranges::any_of(run.notes, [](const std::string &note) {
            return note.find("of 4 candidates") != std::string::npos;
        }));
        QCOMPARE(experiment.run(best, silentProgress()).weightHash, run.weightHash);
        QVERIFY(experiment.idOf(best) == run.id);
        QVERIFY(m_experiment->idOf(best) != run.id);
        QVERIFY(m_experiment->idOf({}) == experiment.idOf({}));

        const fs::path exported = scratch.filePath("b").toStdString();
        exportRun(run, {exported}, silentProgress());
        QVERIFY(contentOf(measured / "model.safetensors") ==
                contentOf(exported / "model.safetensors"));
        exportModel(chosen, best, {scratch.filePath("c").toStdString()}, silentProgress());
        QVERIFY(contentOf(measured / "model.safetensors") ==
                contentOf(scratch.filePath("c").toStdString() + "/model.safetensors"));
    }

    /// No candidate, measured one by one on the dev data, is right more often than the chosen one.
    void noCandidateDoesBetter()
    {
        ExperimentOptions dev = options();
        dev.dev = dev.data; // so that what is measured is what chooses
        Experiment experiment(dev, silentProgress());
        const auto accuracyOf = [&](const char *kept) {
            return experiment
                .run(recipeOf(QString("share.layers mode=attention keep-weights=") + kept),
                     silentProgress())
                .measured.metrics.at("accuracy")
                .value;
        };
        const double best = accuracyOf("best");
        QVERIFY(best >= accuracyOf("first"));
        QVERIFY(best >= accuracyOf("average"));
    }

    void cancelledWorkStops()
    {
        class Stopped : public Progress
        {
        public:
            void report(const ProgressReport &) override {}
            bool cancelled() const override { return true; }
        } stopped;
        QVERIFY_EXCEPTION_THROWN(m_experiment->run(recipeOf("quantize.affine"), stopped),
                                 Cancelled);
        QVERIFY(m_experiment->run(recipeOf("quantize.affine"), silentProgress()).measured.bytes >
                0);
    }

    void modelsWithoutAClassifierAreRefused()
    {
        const fs::path folder = m_folder.filePath("masked").toStdString();
        test::RandomModel shape;
        shape.head = HeadKind::MaskedLm;
        test::writeRandomModel(folder, shape);
        ExperimentOptions masked = options();
        masked.model = folder;
        QVERIFY_EXCEPTION_THROWN(Experiment(masked, silentProgress()), Error);
    }

    void sweepsExpand_data()
    {
        QTest::addColumn<QString>("technique");
        QTest::addColumn<QStringList>("values");
        QTest::newRow("alternatives") << "quantize.affine bits=8|4|2" << QStringList{"8", "4", "2"};
        QTest::newRow("range") << "quantize.affine bits=2..8:3" << QStringList{"2", "5", "8"};
        QTest::newRow("range without step")
            << "quantize.affine bits=3..5" << QStringList{"3", "4", "5"};
        QTest::newRow("both") << "quantize.affine bits=2|6..8:2" << QStringList{"2", "6", "8"};
    }
    void sweepsExpand()
    {
        QFETCH(QString, technique);
        QFETCH(QStringList, values);
        QStringList found;
        for (const Step &step : alternatives(technique.toStdString()))
            found << QString::fromStdString(step.settings.at("bits"));
        QCOMPARE(found, values);
    }

    void sweepsFormProducts()
    {
        QCOMPARE(alternatives("quantize.affine bits=8|4 group=4|8|16").size(), std::size_t{6});
        const Recipe base = recipeOf("share.layers mode=sandwich");
        const auto recipes =
            sweepRecipes(base, {"quantize.affine bits=8|4", "factorize.svd keep=0.25..0.75:0.25",
                                "quantize.affine bits=4"});
        QCOMPARE(recipes.size(), std::size_t{5}); // the last one stands there already
        QCOMPARE(recipes[0].steps[0], base.steps[0]);
        QCOMPARE(recipes[3].steps[1].settings.at("keep"), std::string("0.5"));
        const auto layers = sweepRecipesPerLayer({}, {"quantize.affine bits=8|4 @ role=query,key"},
                                                 m_experiment->checkpoint().description);
        QCOMPARE(layers.size(), std::size_t{12});
        QCOMPARE(layers[1].steps[0].layers, std::string("encoder.0.attention.key"));
        for (const char *bad : {"quantize.affine bits=8..2", "quantize.affine bits=2..8:0",
                                "quantize.affine bits=2..x",
                                "quantize.affine bits=", "prune.magnitude sparsity=0..1:0.0000001",
                                "quantize.affine bits=8|9"})
            QVERIFY_EXCEPTION_THROWN(alternatives(bad), Error);
    }

private:
    void comparePlan(const Recipe &recipe, const Run &run, const ModelDescription &written) const
    {
        const PlannedDescription planned = plannedDescription(m_experiment->checkpoint(), recipe);
        QCOMPARE(planned.model.bytes, run.measured.bytes);
        QCOMPARE(planned.model.parameters, run.measured.parameters);
        for (std::size_t i = 0; i < written.layers.size(); ++i) {
            QCOMPARE(planned.model.layers[i].storage, written.layers[i].storage);
            QCOMPARE(planned.model.layers[i].dtype, written.layers[i].dtype);
            QCOMPARE(planned.model.layers[i].bytes, written.layers[i].bytes);
            QCOMPARE(planned.model.layers[i].parameters, written.layers[i].parameters);
            QCOMPARE(planned.model.layers[i].sharedWith, written.layers[i].sharedWith);
        }
    }

    ExperimentOptions options() const
    {
        ExperimentOptions options;
        options.model = m_model;
        options.data = (m_model / "test.tsv").string();
        options.threads = 1;
        options.batchTokens = 128;
        options.calibration = options.data;
        options.calibrationExamples = 24;
        return options;
    }

    QTemporaryDir m_folder;
    fs::path m_model;
    std::unique_ptr<Experiment> m_experiment;
};

QTEST_GUILESS_MAIN(TestExperiment)
#include "tst_experiment.moc"
