#include "core/training/distill/distillchecks.h"

#include "core/base/error.h"
#include "core/training/distill/messages.h"

#include <fmt/ranges.h>
#include <vector>

namespace pare {

std::string shapeText(const at::Tensor &tensor)
{
    return fmt::format("[{}]", fmt::join(tensor.sizes().vec(), ", "));
}

void checkEqualShapes(const char *what, const at::Tensor &student, const at::Tensor &teacher)
{
    if (student.sizes() != teacher.sizes())
        throw Error(ErrorKind::InvalidSetting, messages::distillShapes, what, shapeText(teacher),
                    shapeText(student));
}

} // namespace pare
