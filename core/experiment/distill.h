// Distillation from files to files: what `pare distill` calls. Runs on the calling thread.
#pragma once

#include "core/base/progress.h"
#include "core/model/answers.h"
#include "core/model/run.h"
#include "core/training/distill/distillation.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

namespace pare {

struct DistillRequest
{
    std::filesystem::path teacher;
    std::filesystem::path student; ///< model folder or config.json; empty: the teacher itself
    Recipe recipe;                 ///< steps that make the student of that
    Step method;                   ///< checked
    std::string layerMap;          ///< empty: the method's own
    std::string data;              ///< labelled examples; empty: only running text
    std::string corpus;            ///< running text; empty: the texts of `data`
    std::string dev;               ///< of the task: the best epoch of its last stage is kept
    std::string calibration;       ///< for steps that look at data
    std::filesystem::path output;
    std::string measuredOn = {};        ///< labelled: makes a run of it; empty: it becomes none
    std::filesystem::path trained = {}; ///< ExperimentOutputs::trained, of that run
    TrainingOptions options;
    std::function<void(const Message &)> warn; ///< told what is odd but no error; may be empty
};

struct DistillReport
{
    DistillRequest request;
    std::vector<DistillStage> stages;
    std::vector<Message> notes;
    std::string layerMap; ///< as it was used, "0:1,1:3"
    std::int64_t parameters = 0;
    std::int64_t bytes = 0; ///< of the student's model.safetensors, as it was written
    std::int64_t teacherParameters = 0;
    std::int64_t teacherBytes = 0;
    std::optional<Run> run = {}; ///< where it was measured
    RunAnswers answers = {};     ///< of that run
};

/// schema, method, settings, teacher, student, recipe, layerMap, parameters, bytes, stages[], notes[],
/// and where it was measured, run.
nlohmann::ordered_json toJson(const DistillReport &report);

/// Writes the student as a model folder: of a task's student what is measured, without heads that the
/// task does not use; they stay where only running text was learnt, for a training that follows.
/// Called again after it was cancelled or killed, it goes on
/// where it was. Throws Error and Cancelled.
DistillReport distill(const DistillRequest &request, Progress &progress);

} // namespace pare
