#include "core/compression/outputerror.h"

#include <ATen/ops/mm.h>
#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace pare {

double squaredOutput(const at::Tensor &matrix, const at::Tensor &secondMoment)
{
    assert(secondMoment.scalar_type() == at::kDouble && matrix.dim() == 2 &&
           secondMoment.size(0) == matrix.size(1) && secondMoment.size(1) == matrix.size(1));
    constexpr std::int64_t blockRows = 512;
    double sum = 0;
    for (std::int64_t begin = 0; begin < matrix.size(0); begin += blockRows) {
        const std::int64_t end = std::min(matrix.size(0), begin + blockRows);
        const at::Tensor rows = matrix.slice(0, begin, end).to(at::kDouble);
        sum += at::mm(rows, secondMoment).mul_(rows).sum().item<double>();
    }
    // A moment is positive semidefinite only up to rounding.
    return std::max(sum, 0.0);
}

double outputError(const at::Tensor &original, const at::Tensor &approximation,
                   const at::Tensor &secondMoment)
{
    assert(original.sizes() == approximation.sizes());
    const double difference =
        squaredOutput(original.to(at::kDouble).sub(approximation.to(at::kDouble)), secondMoment);
    const double output = squaredOutput(original, secondMoment);
    if (output > 0)
        return std::sqrt(difference / output);
    return difference > 0 ? std::numeric_limits<double>::infinity() : 0.0;
}

} // namespace pare
