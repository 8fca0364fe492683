// Whether teacher, student, method and data go together, and who teaches whom. Free functions; any
// thread.
#pragma once

#include "core/training/distill/distillation.h"

namespace pare {

/// Whether it carries a masked-LM head, in use or beside the one in use.
bool teachesMaskedLm(const DistillModel &model);

TeachingDepths depthsOf(const DistillInputs &inputs);

/// The map that was asked for, else the method's own; none where there is nothing to map.
TeacherMap teacherMapOf(const DistillInputs &inputs);

/// Which of the teacher's blocks MiniLMv2 looks at.
int relationLayer(const DistillInputs &inputs);
/// Into how many heads it cuts both models' vectors.
std::int64_t relationHeads(const DistillInputs &inputs);

/// Throws InvalidSetting or Unsupported, in words. Nothing is computed.
void checkDistillation(const DistillInputs &inputs);

} // namespace pare
