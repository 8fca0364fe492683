// Distillation: a student learns from a teacher by the method of a paper, stage after stage.
//
// Runs on the calling thread, which has set its thread counts. Which stages there are follows from
// method and data: what a paper does on running text first, then what it does on the task; a method
// without a loss of the task is followed by plain training on it.
#pragma once

#include "core/base/progress.h"
#include "core/model/recipe.h"
#include "core/model/teachermap.h"
#include "core/network/trainablenetwork.h"
#include "core/text/vocabulary.h"
#include "core/training/masking.h"
#include "core/training/splitplan.h"
#include "core/training/trainingreport.h"
#include "core/training/trainingset.h"

#include <filesystem>
#include <string>
#include <vector>

namespace pare {

/// A network that teaches or learns.
struct DistillModel
{
    const NetworkSpecification &specification;
    const ModelWeights &weights;    ///< of its body and the head in use
    const ModelWeights &otherHeads; ///< others it carries: a masked-LM head beside a classifier
};

struct DistillInputs
{
    DistillModel teacher;
    DistillModel student; ///< layers that its weights lack begin as the method says
    TrainedForm form = TrainedForm::Dense; ///< in which the student is trained
    const ModelWeights *originals = nullptr; ///< TrainableOptions::originals of the student
    Step method;                             ///< checked (core/model/training.h)
    std::string layerMap = {};               ///< TeacherMap's text; empty: the method's own
    const TrainingData &task;                ///< labelled; may be empty
    /// The texts of task.train as the teacher's own tokenizer reads them, in their order, where the
    /// student's vocabulary is another; nothing: both read them alike.
    const std::vector<Sequence> *readByTeacher = nullptr;
    const std::vector<Sequence> &text;       ///< running text; may be empty
    const Vocabulary &vocabulary;
    MaskingOptions masking = {};
    TrainingOptions options = {}; ///< of the stages on the task, defaults not yet filled in
    /// Folder for what a later call goes on from, until all is finished; empty: nothing is saved.
    std::filesystem::path state = {};
    std::filesystem::path cache = {}; ///< for what the teacher says; empty: in memory
    std::string identity = {};        ///< of everything that the result follows from
    std::string teaching = {};        ///< of teacher and texts alone: what it says of them is kept
    SplitPlan split = {};             ///< of ternary layers of the student
};

struct DistillStage
{
    std::string name; ///< "layers, on running text", for people, in English
    TrainingReport report;
};

struct Distilled
{
    NetworkSpecification specification;
    ModelWeights weights;
    ModelWeights otherHeads;
    std::vector<DistillStage> stages;
    std::vector<Message> notes;
    std::string layerMap; ///< as it was used; empty: the method has none

    /// All stages one after the other: what a Run keeps.
    TrainingRecord record() const;
};

/// Throws Error, before anything is computed where teacher, student, method and data do not go
/// together (distillpairs.h); Cancelled after the state was saved.
Distilled distilled(const DistillInputs &inputs, Progress &progress);

} // namespace pare
