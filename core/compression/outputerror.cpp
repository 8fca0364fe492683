#include "core/compression/outputerror.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/mm.h>
#include <ATen/ops/zeros.h>
#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace pare {

namespace {

/// The moment is symmetric: what lies below its diagonal counts twice, and half the products do.
at::Tensor squaredOutputsOfBlock(const at::Tensor &rows, const at::Tensor &moment)
{
    constexpr std::int64_t blockColumns = 256;
    const std::int64_t width = rows.size(1);
    at::Tensor sums = at::zeros({rows.size(0)}, at::kDouble);
    for (std::int64_t begin = 0; begin < width; begin += blockColumns) {
        const std::int64_t end = std::min(width, begin + blockColumns);
        const at::Tensor own = rows.slice(1, begin, end);
        const at::Tensor columns = moment.slice(1, begin, end);
        at::Tensor product = at::mm(own, columns.slice(0, begin, end));
        if (end < width)
            product.addmm_(rows.slice(1, end), columns.slice(0, end), 1, 2);
        sums.add_(product.mul_(own).sum(1));
    }
    return sums;
}

} // namespace

at::Tensor squaredOutputs(const at::Tensor &matrix, const at::Tensor &secondMoment)
{
    assert(secondMoment.scalar_type() == at::kDouble && matrix.dim() == 2 &&
           secondMoment.size(0) == matrix.size(1) && secondMoment.size(1) == matrix.size(1));
    constexpr std::int64_t blockRows = 512;
    at::Tensor result = at::empty({matrix.size(0)}, at::kDouble);
    for (std::int64_t begin = 0; begin < matrix.size(0); begin += blockRows) {
        const std::int64_t end = std::min(matrix.size(0), begin + blockRows);
        result.slice(0, begin, end)
            .copy_(
                squaredOutputsOfBlock(matrix.slice(0, begin, end).to(at::kDouble), secondMoment));
    }
    // A moment is positive semidefinite only up to rounding.
    return result.clamp_min_(0);
}

double outputError(const at::Tensor &original, const at::Tensor &approximation,
                   const at::Tensor &secondMoment)
{
    assert(original.sizes() == approximation.sizes());
    const double difference =
        squaredOutputs(original.to(at::kDouble).sub(approximation.to(at::kDouble)), secondMoment)
            .sum()
            .item<double>();
    const double output = squaredOutputs(original, secondMoment).sum().item<double>();
    if (output > 0)
        return std::sqrt(difference / output);
    return difference > 0 ? std::numeric_limits<double>::infinity() : 0.0;
}

} // namespace pare
