// A distillation as a run of its teacher: the student measured beside it. Runs on the calling thread.
#pragma once

#include "core/base/progress.h"
#include "core/experiment/distill.h"
#include "core/model/answers.h"
#include "core/model/run.h"

#include <string>
#include <vector>

namespace pare {

struct Checkpoint;

struct DistilledRunInputs
{
    const Checkpoint &teacher;
    const DistillRequest &request;
    const Distilled &student;
    std::vector<int> tokens; ///< of the teacher's vocabulary that the student kept; empty: all
    Recipe recipe;      ///< checked: the steps that made the student
    std::string taught; ///< RunOrigin::taught
    std::string trainHash;
    std::string devHash;
    std::string corpusHash;
};

/// Throws InvalidSetting where the request names nothing to measure on, Unsupported where the teacher
/// has no classifier to compare with.
void checkMeasurable(const Checkpoint &teacher, const DistillRequest &request);

/// The teacher as the student's texts are read: none is longer than the shorter of the two takes.
Checkpoint readerOf(const Checkpoint &teacher, const NetworkSpecification &student);

struct DistilledRun
{
    Run run;
    RunAnswers answers;
};

/// Both are measured on DistillRequest::measuredOn, of which the texts are read by the teacher's
/// tokenizer, as far as each of them takes. Throws Error and Cancelled.
DistilledRun distilledRun(const DistilledRunInputs &inputs, Progress &progress);

} // namespace pare
