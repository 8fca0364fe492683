#include "core/compression/prune/magnitude.h"

#include "core/base/numbers.h"

#include <ATen/ops/empty.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>

namespace pare {

namespace {

using Values = std::span<const float>;

/// The bits of non-negative floats order as the floats do.
std::uint32_t magnitudeBits(float value)
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
                const std::uint32_t bits = magnitudeBits(value) >> shift;
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
        const std::uint32_t bits = magnitudeBits(value);
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
        order[i] = {magnitudeBits(run[i]), i};
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

at::Tensor emptyMask(const at::Tensor &values)
{
    return at::empty(values.sizes(), at::kBool);
}

void maskRow(Values row, const MaskSetting &setting, bool *kept)
{
    if (setting.scope == MaskScope::Row) {
        Cut cut =
            cutOf({&row, 1}, removedCount(setting.sparsity, static_cast<std::int64_t>(row.size())));
        applyCut(cut, row, kept);
        return;
    }
    const auto length = static_cast<std::size_t>(setting.of);
    for (std::size_t begin = 0; begin < row.size(); begin += length)
        keepLargest(row.subspan(begin, std::min(length, row.size() - begin)),
                    static_cast<std::size_t>(setting.kept), kept + begin);
}

} // namespace

MaskSetting magnitudeSetting(const Step &step, int pool)
{
    MaskSetting setting;
    if (step.has("pattern")) {
        const std::string_view pattern = step.choice("pattern");
        const std::size_t colon = pattern.find(':');
        setting.scope = MaskScope::Pattern;
        setting.kept = parseInteger(pattern.substr(0, colon)).value();
        setting.of = parseInteger(pattern.substr(colon + 1)).value();
        return setting;
    }
    setting.sparsity = step.real("sparsity");
    const std::string &scope = step.choice("scope");
    if (scope == "row")
        setting.scope = MaskScope::Row;
    if (scope == "global") {
        setting.scope = MaskScope::Global;
        setting.pool = pool;
    }
    return setting;
}

at::Tensor magnitudeMask(const at::Tensor &values, const MaskSetting &setting)
{
    assert(setting.scope != MaskScope::Global);
    if (keptCount(setting, {values.sizes().data(), values.sizes().size()}) == values.numel())
        return {};
    const at::Tensor contiguous = values.contiguous();
    const Values all = valuesOf(contiguous);
    at::Tensor mask = emptyMask(values);
    bool *kept = mask.data_ptr<bool>();
    if (setting.scope == MaskScope::Matrix) {
        Cut cut = cutOf({&all, 1}, removedCount(setting.sparsity, values.numel()));
        applyCut(cut, all, kept);
        return mask;
    }
    const auto width = static_cast<std::size_t>(values.size(-1));
    for (std::size_t begin = 0; begin < all.size(); begin += width)
        maskRow(all.subspan(begin, width), setting, kept + begin);
    return mask;
}

std::vector<at::Tensor> globalMagnitudeMasks(std::span<const at::Tensor> values, double sparsity)
{
    std::vector<at::Tensor> contiguous;
    std::vector<Values> parts;
    std::int64_t count = 0;
    for (const at::Tensor &tensor : values) {
        contiguous.push_back(tensor.contiguous());
        parts.push_back(valuesOf(contiguous.back()));
        count += tensor.numel();
    }
    Cut cut = cutOf(parts, removedCount(sparsity, count));
    std::vector<at::Tensor> masks;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        at::Tensor mask = emptyMask(values[i]);
        bool *kept = mask.data_ptr<bool>();
        applyCut(cut, parts[i], kept);
        const bool whole =
            std::all_of(kept, kept + parts[i].size(), [](bool stays) { return stays; });
        masks.push_back(whole ? at::Tensor() : mask);
    }
    return masks;
}

} // namespace pare
