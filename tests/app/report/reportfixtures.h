// A project made from figures alone: runs of one model whose answers are known, for the tests of
// reports.
#pragma once

#include "app/report/facts.h"
#include "core/model/answers.h"
#include "core/project/project.h"

#include <QString>
#include <filesystem>

namespace pare::test {

inline Interval interval(double value, std::int64_t n)
{
    return {value, value - 0.02, value + 0.02, n};
}

/// The layers of a model of one block; the second one is packed where the run has steps.
inline std::vector<LayerRecord> records(const Recipe &recipe, std::int64_t bytes)
{
    LayerRecord token;
    token.name = "embedding.token";
    token.bytes = bytes / 2;
    token.bytesByPart = {{"values", bytes / 2}};
    LayerRecord query;
    query.name = "encoder.0.attention.query";
    query.bytes = bytes / 4;
    query.bytesByPart = {{"values", bytes / 8}, {"scales", bytes / 8}};
    query.kernel = "aten float32";
    for (const Step &step : recipe.steps) {
        query.steps.push_back(step.text());
        query.settings.push_back({step.technique, step.settings, {}});
        query.weightError = 0.125;
        query.storage = "4 bits";
        query.bitsPerWeight = 4.5;
    }
    return {token, query};
}

constexpr std::int64_t examples = 400;
constexpr std::int64_t originalBytes = 8'000'000;
constexpr std::int64_t originallyRight = 360;

/// Answers of which the first `right` examples are right; classes alternate.
inline ModelAnswers answers(const AnsweredData &data, std::int64_t right)
{
    ModelAnswers answers;
    for (std::size_t i = 0; i < data.gold.size(); ++i) {
        const std::int32_t gold = data.gold[i];
        const std::int32_t answer = static_cast<std::int64_t>(i) < right ? gold : 1 - gold;
        answers.predicted.push_back(answer);
        answers.logits.push_back(answer == 0 ? 2.0F : -1.0F);
        answers.logits.push_back(answer == 0 ? -1.0F : 2.0F);
    }
    return answers;
}

inline RunAnswers runAnswers(std::int64_t right)
{
    RunAnswers all;
    all.data.hash = "data-hash";
    all.data.labelNames = {"cold|dry", "<b>hot</b>"};
    for (std::int64_t i = 0; i < examples; ++i)
        all.data.gold.push_back(static_cast<std::int32_t>(i % 2));
    all.run = answers(all.data, right);
    all.original = answers(all.data, originallyRight);
    return all;
}

struct FigureRun
{
    const char *id = "";
    const char *steps = ""; ///< separated by ';'
    std::int64_t bytes = 0;
    std::int64_t right = 0;
    std::string model = "/nowhere/models/tiny";
    std::string time = "2026-11-20T10:00:00Z";
};

inline Recipe recipeOf(std::string_view text)
{
    Recipe recipe;
    while (!text.empty()) {
        const std::size_t end = text.find(';');
        recipe.steps.push_back(parsedStep(text.substr(0, end)));
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    return checked(recipe);
}

inline Run run(const FigureRun &figures)
{
    Run run;
    run.id = figures.id;
    run.time = figures.time;
    run.modelPath = figures.model;
    run.modelHash = "hash of " + figures.model;
    run.dataPath = "/nowhere/data/it's here.tsv";
    run.dataHash = "data-hash";
    run.task = "classification";
    run.examples = examples;
    run.seed = 3;
    run.threads = 2;
    run.batchTokens = 2048;
    run.versions = {{"pare", "0.1.0"}, {"libtorch", "1.13.0"}, {"machine", "a test"}};
    run.recipe = recipeOf(figures.steps);
    run.notes = {"a note with </script> and <!-- in it"};
    run.primaryMetric = "accuracy";
    const double share = static_cast<double>(figures.right) / static_cast<double>(examples);
    run.measured.bytes = figures.bytes;
    run.measured.parameters = figures.bytes / 4;
    run.measured.metrics["accuracy"] = interval(share, examples);
    run.measured.latencyMs = {1.25, 1.0, 1.5};
    run.measured.examplesPerSecond = 1234.5;
    run.measured.multiplyAdds = 1'000'000;
    run.measured.bytesByPart = {{"values", figures.bytes}};
    run.baseline = run.measured;
    run.baseline.bytes = originalBytes;
    run.baseline.metrics["accuracy"] =
        interval(static_cast<double>(originallyRight) / static_cast<double>(examples), examples);
    const auto changed = static_cast<double>(std::abs(figures.right - originallyRight));
    run.labelLoyalty = interval(1 - changed / static_cast<double>(examples), examples);
    run.probabilityLoyalty = interval(0.9, examples);
    run.kernels = {"aten float32"};
    run.layers = records(run.recipe, figures.bytes);
    run.weightHash = std::string("weights of ") + figures.id;
    return run;
}

inline std::vector<FigureRun> figureRuns()
{
    return {{"r0", "", originalBytes, 360},
            {"r8", "quantize.affine bits=8", 4'000'000, 360},
            {"r4", "quantize.affine bits=4", 2'000'000, 357},
            {"r2", "quantize.affine bits=2", 1'000'000, 200},
            {"p5", "prune.magnitude sparsity=0.5; quantize.affine bits=8", 4'500'000, 340}};
}

/// One read again rightly, one not, one of weights that nobody measured, one of the run r2.
inline std::vector<KeptExport> keptExports()
{
    KeptExport gguf{"r8", "2026-11-21T09:30:00Z", "/home/me/gguf-out/model.gguf", {}};
    gguf.record.format = ExportFormat::Gguf;
    gguf.record.dtype = DType::Float16;
    gguf.record.bytes = 4'000'123;
    gguf.record.modelHash = "hash of /nowhere/models/tiny";
    gguf.record.recipe = recipeOf("quantize.affine bits=8");
    gguf.record.versions = {{"pare", "0.1.0"}};
    gguf.record.files["model.gguf"] = {4'000'123, std::string(64, 'c')};
    gguf.record.parity = Parity{};
    gguf.record.parity->examples = examples;
    gguf.record.parity->changedAnswers = 2;
    gguf.record.parity->largestDifference = 0.125;
    gguf.record.parity->data = "it's here.tsv";
    KeptExport broken = gguf;
    broken.file = "/home/me/broken/model.pt";
    broken.record.format = ExportFormat::TorchScript;
    broken.record.parity = Parity{};
    broken.record.parity->examples = 16;
    broken.record.parity->failure = "layer x has other values";
    KeptExport unmeasured = gguf;
    unmeasured.run.clear();
    unmeasured.file = "/home/me/out/model.gguf";
    unmeasured.record.recipe = recipeOf("quantize.affine bits=3");
    KeptExport ofAnother = gguf;
    ofAnother.run = "r2";
    ofAnother.file = "/home/me/two/model.gguf";
    return {gguf, broken, unmeasured, ofAnother};
}

/// Writes the runs with their answers; the file must not be there.
inline void makeProject(const std::filesystem::path &file,
                        const std::vector<FigureRun> &figures = figureRuns())
{
    Project project = Project::create(file);
    for (const FigureRun &one : figures)
        project.appendRun(run(one), runAnswers(one.right));
}

inline ReportFacts factsOf(const std::filesystem::path &file)
{
    return readFacts(Project::open(file, Access::ReadOnly), silentProgress());
}

} // namespace pare::test
