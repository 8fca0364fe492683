#include "core/training/distill/hiddenlosses.h"

#include "core/base/error.h"
#include "core/training/distill/distillchecks.h"
#include "core/training/distill/messages.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/mse_loss.h>
#include <ATen/ops/ones_like.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/where.h>
#include <cassert>

namespace pare {

namespace {

/// Rows of length 1; rows of zeros stay, and pass no infinite gradient on.
at::Tensor directions(const at::Tensor &rows)
{
    const at::Tensor lengths = at::linalg_vector_norm(rows, 2, at::IntArrayRef{1}, true);
    return rows / at::where(lengths > 0, lengths, at::ones_like(lengths));
}

} // namespace

at::Tensor cosineDistance(const at::Tensor &student, const at::Tensor &teacher)
{
    checkEqualShapes("hidden states", student, teacher);
    const at::Tensor cosines = (directions(student) * directions(teacher.detach())).sum(1);
    return 1 - cosines.mean();
}

at::Tensor patienceLoss(std::span<const HiddenPair> pairs, std::span<const std::int64_t> starts)
{
    assert(!pairs.empty() && !starts.empty());
    at::Tensor total;
    const at::Tensor rows =
        at::tensor(at::ArrayRef<std::int64_t>(starts.data(), starts.size()), at::kLong);
    for (const HiddenPair &pair : pairs) {
        checkEqualShapes("hidden states", pair.student, pair.teacher);
        const at::Tensor gap = directions(pair.student.index_select(0, rows)) -
                               directions(pair.teacher.detach().index_select(0, rows));
        const at::Tensor sum = gap.mul(gap).sum();
        total = total.defined() ? total + sum : sum;
    }
    return total / static_cast<double>(pairs.size() * starts.size());
}

at::Tensor hiddenMse(const at::Tensor &student, const at::Tensor &teacher,
                     const at::Tensor &projection)
{
    if (!projection.defined()) {
        checkEqualShapes("hidden states", student, teacher);
        return at::mse_loss(student, teacher.detach());
    }
    if (projection.dim() != 2 || projection.size(0) != teacher.size(1) ||
        projection.size(1) != student.size(1))
        throw Error(ErrorKind::InvalidSetting, messages::distillProjection,
                    fmt::format("[{}, {}]", teacher.size(1), student.size(1)),
                    shapeText(projection));
    const at::Tensor projected = at::linear(student, projection);
    checkEqualShapes("hidden states", projected, teacher);
    return at::mse_loss(projected, teacher.detach());
}

at::Tensor featureMapTransfer(const at::Tensor &student, const at::Tensor &teacher)
{
    checkEqualShapes("feature maps", student, teacher);
    return at::mse_loss(student, teacher.detach());
}

} // namespace pare
