// Values the tests of core/project store.
#pragma once

#include "core/model/choices.h"
#include "core/model/exportrecord.h"
#include "core/model/run.h"

#include <string>

namespace pare::examples {

inline Run run(const std::string &id)
{
    Run run;
    run.id = id;
    run.modelPath = "/models/demo";
    run.modelHash = "00ff";
    run.dataPath = "/data/prüfung.tsv";
    run.dataHash = "ff00";
    run.task = "classification";
    run.examples = 4000;
    run.seed = UINT64_MAX;
    run.threads = 2;
    run.versions = {{"pare", "0.1"}};
    run.recipe.steps.push_back(checked(parsedStep("quantize.affine bits=4 @ role=query,key")));
    run.notes = {"shared layers act once"};
    run.primaryMetric = "accuracy";
    run.measured.bytes = 123456;
    run.measured.parameters = 1000;
    run.measured.metrics["accuracy"] = {0.9, 0.89, 0.91, 4000};
    run.measured.latencyMs = {1.5, 1.25, 2};
    run.measured.examplesPerSecond = 800;
    run.batchTokens = 2048;
    run.kernels = {"oneDNN float32"};
    run.baseline = run.measured;
    run.baseline.bytes = 1000000;
    run.layers.push_back({"encoder.0.attention.query",
                          {"quantize.affine bits=4"},
                          "",
                          512,
                          {{"values", 512}},
                          "oneDNN float32",
                          0.125});
    run.weightHash = "abcd";
    run.time = "2025-06-01T12:00:00Z";
    return run;
}

inline KeptExport kept(const std::string &run, const std::string &file)
{
    KeptExport kept;
    kept.run = run;
    kept.time = "2025-06-02T12:00:00Z";
    kept.file = file;
    ExportRecord &record = kept.record;
    record.format = ExportFormat::Gguf;
    record.dtype = DType::Float16;
    record.bytes = 4321;
    record.weightHash = "abcd";
    record.model = "demo";
    record.modelHash = "00ff";
    record.seed = UINT64_MAX;
    record.recipe.steps.push_back(checked(parsedStep("quantize.affine bits=8")));
    record.versions = {{"pare", "0.1"}};
    record.packing = {{"classifier", "Q8_0"}};
    record.files = {{"model.gguf", {4321, std::string(64, 'a')}}};
    record.remarks = {"a remark"};
    record.parity = Parity{};
    record.parity->tensors = 12;
    record.parity->examples = 60;
    record.parity->largestDifference = 0.125;
    record.parity->changedAnswers = 2;
    record.parity->tolerance = 0.5;
    record.parity->data = "prüfung.tsv";
    return kept;
}

inline Choices choices(int bits)
{
    Choices choices;
    choices.modelPath = "/models/demo";
    choices.dataPath = "/data/dev.tsv";
    choices.steps.push_back({parsedStep("quantize.affine bits=" + std::to_string(bits)), true});
    choices.steps.push_back({parsedStep("prune.magnitude sparsity=0.5 @ block=0-2"), false});
    choices.seed = UINT64_MAX;
    choices.threads = 2;
    return choices;
}

} // namespace pare::examples
