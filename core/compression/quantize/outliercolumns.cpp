#include "core/compression/quantize/outliercolumns.h"

#include "core/tensors/torcherrors.h"

#include <ATen/ops/nonzero.h>
#include <cassert>

namespace pare {

namespace {

Factor columnsOf(const at::Tensor &values, const at::Tensor &indices, const Codec &codec,
                 const at::Tensor &mask)
{
    return Factor::encoded(values.index_select(1, indices), codec,
                           mask.defined() ? mask.index_select(1, indices) : mask);
}

} // namespace

at::Tensor outlierIndices(const at::Tensor &largestInputs, double threshold)
{
    return translatingTorchErrors(
        [&] { return largestInputs.flatten().ge(threshold).nonzero().flatten().to(at::kInt); });
}

Weight outlierColumns(const at::Tensor &values, const at::Tensor &largestInputs,
                      const OutlierOptions &options, const at::Tensor &mask)
{
    assert(values.dim() == 2 && largestInputs.numel() == values.size(1));
    return translatingTorchErrors([&]() -> Weight {
        const Codec half{CodecKind::Float16};
        const at::Tensor indices = outlierIndices(largestInputs, options.threshold);
        if (indices.numel() == 0)
            return Factor::encoded(values, options.codec, mask);
        if (indices.numel() == values.size(1))
            return Factor::encoded(values, half, mask);
        const at::Tensor others =
            largestInputs.flatten().ge(options.threshold).logical_not().nonzero().flatten();
        return Columns{indices, columnsOf(values, indices.to(at::kLong), half, mask),
                       columnsOf(values, others, options.codec, mask)};
    });
}

} // namespace pare
