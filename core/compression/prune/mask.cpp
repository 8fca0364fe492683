#include "core/compression/prune/mask.h"

#include <ATen/ops/empty.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <utility>

namespace pare {

namespace {

using Values = std::span<const float>;

/// The bits of non-negative floats order as the floats do; the sign bit of a zero does not count.
std::uint32_t orderedBits(float value)
{
    return std::bit_cast<std::uint32_t>(value) & 0x7fffffffu;
}

/// Everything below `threshold` goes, and of what equals it the first `ties`.
struct Cut
{
    std::uint32_t threshold = 0;
    std::int64_t ties = 0;
};

/// The cut that removes exactly `removed` of all values, by radix selection on 11, 10 and 10 bits:
/// three passes, no copy, and the same answer in any order of the standard library's algorithms.
Cut cutOf(std::span<const Values> parts, std::int64_t removed)
{
    if (removed == 0)
        return {};
    std::uint32_t prefix = 0;
    std::int64_t rank = removed - 1;
    for (const auto &[shift, width] :
         {std::pair{20u, 11u}, std::pair{10u, 10u}, std::pair{0u, 10u}}) {
        std::array<std::int64_t, 2048> histogram{};
        const std::uint32_t mask = (1u << width) - 1;
        for (const Values values : parts) {
            for (const float value : values) {
                const std::uint32_t bits = orderedBits(value) >> shift;
                if (bits >> width == prefix)
                    ++histogram[bits & mask];
            }
        }
        std::uint32_t bucket = 0;
        while (rank >= histogram[bucket])
            rank -= histogram[bucket++];
        prefix = prefix << width | bucket;
    }
    return {prefix, rank + 1};
}

/// Writes what stays, taking the ties of `cut` as they come.
void applyCut(Cut &cut, Values values, bool *kept)
{
    for (const float value : values) {
        const std::uint32_t bits = orderedBits(value);
        const bool tie = bits == cut.threshold && cut.ties > 0;
        cut.ties -= tie;
        *kept++ = bits >= cut.threshold && !tie;
    }
}

/// Keeps the largest `count` of one run of at most 32 values.
void keepLargest(Values run, std::size_t count, bool *kept)
{
    std::array<std::pair<std::uint32_t, std::size_t>, 32> order;
    assert(run.size() <= order.size());
    for (std::size_t i = 0; i < run.size(); ++i)
        order[i] = {orderedBits(run[i]), i};
    std::sort(order.begin(), order.begin() + run.size());
    const std::size_t removed = run.size() - std::min(count, run.size());
    for (std::size_t i = 0; i < run.size(); ++i)
        kept[order[i].second] = i >= removed;
}

Values valuesOf(const at::Tensor &tensor)
{
    assert(tensor.scalar_type() == at::kFloat && tensor.is_contiguous());
    return {tensor.data_ptr<float>(), static_cast<std::size_t>(tensor.numel())};
}

/// [rows / blockRows, width / blockColumns], contiguous; without blocks the scores themselves.
at::Tensor blockScores(const at::Tensor &scores, const MaskSetting &setting)
{
    const at::Tensor contiguous = scores.contiguous();
    if (setting.blockSize() == 1)
        return contiguous;
    assert(scores.dim() == 2 && scores.size(0) % setting.blockRows == 0 &&
           scores.size(1) % setting.blockColumns == 0);
    const std::int64_t rows = scores.size(0) / setting.blockRows;
    const std::int64_t columns = scores.size(1) / setting.blockColumns;
    at::Tensor sums = at::empty({rows, columns}, at::kFloat);
    float *sum = sums.data_ptr<float>();
    for (std::int64_t row = 0; row < rows; ++row) {
        for (std::int64_t column = 0; column < columns; ++column) {
            const float *first = contiguous.data_ptr<float>() +
                                 row * setting.blockRows * scores.size(1) +
                                 column * setting.blockColumns;
            double total = 0;
            for (std::int64_t i = 0; i < setting.blockRows; ++i) {
                for (std::int64_t j = 0; j < setting.blockColumns; ++j)
                    total += first[i * scores.size(1) + j];
            }
            *sum++ = static_cast<float>(total);
        }
    }
    return sums;
}

/// The mask of weights for a mask of blocks.
at::Tensor spreadOut(const at::Tensor &mask, const MaskSetting &setting)
{
    if (setting.blockSize() == 1)
        return mask;
    return mask.repeat_interleave(setting.blockRows, 0)
        .repeat_interleave(setting.blockColumns, 1)
        .contiguous();
}

at::Tensor patternMask(const at::Tensor &scores, const MaskSetting &setting)
{
    assert(setting.blockSize() == 1);
    const auto width = static_cast<std::size_t>(scores.size(-1));
    const auto length = static_cast<std::size_t>(setting.of);
    const Values all = valuesOf(scores);
    at::Tensor mask = at::empty(scores.sizes(), at::kBool);
    bool *kept = mask.data_ptr<bool>();
    for (std::size_t row = 0; row < all.size(); row += width) {
        for (std::size_t begin = 0; begin < width; begin += length)
            keepLargest(all.subspan(row + begin, std::min(length, width - begin)),
                        static_cast<std::size_t>(setting.kept), kept + row + begin);
    }
    return mask;
}

} // namespace

at::Tensor maskOf(const at::Tensor &scores, const MaskSetting &setting)
{
    assert(setting.scope != MaskScope::Global);
    if (keptCount(setting, {scores.sizes().data(), scores.sizes().size()}) == scores.numel())
        return {};
    if (setting.scope == MaskScope::Pattern)
        return patternMask(scores.contiguous(), setting);
    const std::int64_t blocks = setting.scope == MaskScope::Row
                                    ? scores.size(-1) / setting.blockColumns
                                    : scores.numel() / setting.blockSize();
    return maskRemoving(scores, setting, removedCount(setting.sparsity, blocks));
}

at::Tensor maskRemoving(const at::Tensor &scores, const MaskSetting &setting, std::int64_t removed)
{
    assert(setting.scope == MaskScope::Matrix || setting.scope == MaskScope::Row);
    if (removed == 0)
        return {};
    const at::Tensor blocks = blockScores(scores, setting);
    const Values all = valuesOf(blocks);
    at::Tensor mask = at::empty(blocks.sizes(), at::kBool);
    bool *kept = mask.data_ptr<bool>();
    const std::size_t length =
        setting.scope == MaskScope::Row ? static_cast<std::size_t>(blocks.size(-1)) : all.size();
    for (std::size_t begin = 0; begin < all.size(); begin += length) {
        const Values part = all.subspan(begin, length);
        Cut cut = cutOf({&part, 1}, removed);
        applyCut(cut, part, kept + begin);
    }
    return spreadOut(mask, setting);
}

std::vector<at::Tensor> globalMasks(std::span<const at::Tensor> scores, const MaskSetting &setting)
{
    std::vector<at::Tensor> blocks;
    std::vector<Values> parts;
    std::int64_t count = 0;
    for (const at::Tensor &tensor : scores) {
        blocks.push_back(blockScores(tensor, setting));
        parts.push_back(valuesOf(blocks.back()));
        count += blocks.back().numel();
    }
    Cut cut = cutOf(parts, removedCount(setting.sparsity, count));
    std::vector<at::Tensor> masks;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        at::Tensor mask = at::empty(blocks[i].sizes(), at::kBool);
        bool *kept = mask.data_ptr<bool>();
        applyCut(cut, parts[i], kept);
        const bool whole =
            std::all_of(kept, kept + parts[i].size(), [](bool stays) { return stays; });
        masks.push_back(whole ? at::Tensor() : spreadOut(mask, setting));
    }
    return masks;
}

} // namespace pare
