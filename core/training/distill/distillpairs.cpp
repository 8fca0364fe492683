#include "core/training/distill/distillpairs.h"

#include "core/base/error.h"
#include "core/training/distill/messages.h"

namespace pare {

namespace {

int blocksOf(const NetworkSpecification &network)
{
    return network.stacks.front().blocks;
}

/// The method's own map, or the one asked for.
TeacherMap mapFor(const DistillInputs &inputs, TeacherMapKind own)
{
    const TeachingDepths depths = depthsOf(inputs);
    if (!inputs.layerMap.empty())
        return TeacherMap::parsed(inputs.layerMap, depths);
    const bool leavesOne = own == TeacherMapKind::Skip || own == TeacherMapKind::Last;
    return leavesOne && depths.student == 1 ? TeacherMap() : TeacherMap::of(own, depths);
}

} // namespace

bool teachesMaskedLm(const DistillModel &model)
{
    return model.specification.head == HeadKind::MaskedLm ||
           model.otherHeads.layers.contains("mlm.transform");
}

TeachingDepths depthsOf(const DistillInputs &inputs)
{
    return {blocksOf(inputs.student.specification), blocksOf(inputs.teacher.specification)};
}

TeacherMap teacherMapOf(const DistillInputs &inputs)
{
    return mapFor(inputs, inputs.method.technique == "pkd" ? TeacherMapKind::Skip
                                                           : TeacherMapKind::Uniform);
}

int relationLayer(const DistillInputs &inputs)
{
    return inputs.method.has("teacher-layer")
               ? static_cast<int>(inputs.method.integer("teacher-layer"))
               : blocksOf(inputs.teacher.specification) - 1;
}

std::int64_t relationHeads(const DistillInputs &inputs)
{
    return inputs.method.has("relation-heads")
               ? inputs.method.integer("relation-heads")
               : inputs.teacher.specification.stacks.front().heads(relationLayer(inputs));
}

namespace {

void checkHeads(const DistillInputs &inputs, int studentBlock, int teacherBlock)
{
    const int student = inputs.student.specification.stacks.front().heads(studentBlock);
    const int teacher = inputs.teacher.specification.stacks.front().heads(teacherBlock);
    if (student != teacher)
        throw Error(ErrorKind::InvalidSetting, messages::distillHeadCounts,
                    inputs.method.technique, teacher, teacherBlock, student, studentBlock);
}

void checkRelations(const DistillInputs &inputs)
{
    const int last = blocksOf(inputs.teacher.specification) - 1;
    if (relationLayer(inputs) > last)
        throw Error(ErrorKind::InvalidSetting, messages::distillTeacherLayer, last,
                    relationLayer(inputs));
    const StackSpecification &students = inputs.student.specification.stacks.front();
    const std::int64_t student = students.attentionWidth(students.blocks - 1);
    const std::int64_t teacher =
        inputs.teacher.specification.stacks.front().attentionWidth(relationLayer(inputs));
    const std::int64_t heads = relationHeads(inputs);
    if (student % heads != 0 || teacher % heads != 0)
        throw Error(ErrorKind::InvalidSetting, messages::distillRelationHeads, teacher, student,
                    heads);
}

void checkWidths(const DistillInputs &inputs)
{
    const int teacher = inputs.teacher.specification.width();
    const int student = inputs.student.specification.width();
    if (teacher != student)
        throw Error(ErrorKind::InvalidSetting, messages::distillWidths, inputs.method.technique,
                    teacher, student);
}

void checkTask(const DistillInputs &inputs)
{
    const std::string &method = inputs.method.technique;
    const NetworkSpecification &teacher = inputs.teacher.specification;
    const bool taskAlone = isOneOf("kd|pkd|theseus", method);
    if (taskAlone && inputs.task.train.empty())
        throw Error(ErrorKind::InvalidSetting, messages::distillTask, method);
    if (inputs.task.train.empty())
        return;
    const bool answers = taskAlone || method == "tinybert";
    if (answers && teacher.head != HeadKind::Classification)
        throw Error(ErrorKind::Unsupported, messages::distillNoClassifier, method);
    const NetworkSpecification &student = inputs.student.specification;
    if (answers && student.labels != teacher.labels)
        throw Error(ErrorKind::InvalidSetting, messages::distillLabels, teacher.labels.size(),
                    student.labels.size());
}

/// What a method compares of the two.
void checkShapes(const DistillInputs &inputs)
{
    const std::string &method = inputs.method.technique;
    const TeachingDepths depths = depthsOf(inputs);
    if (isOneOf("distilbert|pkd|mobilebert|theseus", method))
        checkWidths(inputs);
    if (method == "theseus" && depths.student > depths.teacher)
        throw Error(ErrorKind::InvalidSetting, messages::distillDeeper, method, depths.student,
                    depths.teacher);
    if (isOneOf("tinybert|mobilebert", method)) {
        const TeacherMap map = teacherMapOf(inputs);
        for (const LayerPair &pair : map.pairs())
            checkHeads(inputs, pair.student, pair.teacher);
    }
    if (method == "pkd")
        teacherMapOf(inputs);
    if (method == "minilm")
        checkHeads(inputs, depths.student - 1, depths.teacher - 1);
    if (method == "minilm2")
        checkRelations(inputs);
}

} // namespace

void checkDistillation(const DistillInputs &inputs)
{
    const std::string &method = inputs.method.technique;
    const int teacher = inputs.teacher.specification.embedding.vocabulary;
    const int student = inputs.student.specification.embedding.vocabulary;
    const bool wholeTexts = inputs.readByTeacher && isOneOf("kd|pkd", method);
    if (teacher != student && !wholeTexts)
        throw Error(ErrorKind::InvalidSetting, messages::distillVocabulary, method, teacher,
                    student);
    checkTask(inputs);
    if (inputs.text.empty() && inputs.task.train.empty())
        throw Error(ErrorKind::InvalidSetting, messages::distillNoText, method);
    if (method == "tinybert" && inputs.task.train.empty() &&
        inputs.method.real("general-epochs") == 0)
        throw Error(ErrorKind::InvalidSetting, messages::distillNoStage);
    checkShapes(inputs);
    if (method == "distilbert" && !teachesMaskedLm(inputs.teacher))
        throw Error(ErrorKind::Unsupported, messages::distillNoMlm, method);
    if (method == "tinybert" && inputs.method.integer("augment") > 0 &&
        !teachesMaskedLm(inputs.teacher))
        throw Error(ErrorKind::Unsupported, messages::distillNoMlmAugment);
}

} // namespace pare
