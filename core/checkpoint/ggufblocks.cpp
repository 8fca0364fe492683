#include "core/checkpoint/ggufblocks.h"

#include "core/base/error.h"
#include "core/checkpoint/messages.h"
#include "core/tensors/torcherrors.h"
#include "core/weights/slots.h"

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <algorithm>
#include <array>
#include <atomic>
#include <c10/util/BFloat16.h>
#include <c10/util/Half.h>
#include <cassert>
#include <cmath>
#include <cstring>
#include <limits>

namespace pare {

namespace {

constexpr auto width = static_cast<std::size_t>(ggufBlock);
constexpr float largestHalf = 65504;
constexpr std::int64_t weightsPerTask = 1 << 16;

struct Block
{
    // Half leaves its bits as they happen to be, unless told.
    c10::Half scale = 0;
    c10::Half least = 0; ///< of types that have one
    std::array<std::uint8_t, width> codes{};
};

/// How a quantized type counts.
struct Steps
{
    int zero = 0; ///< the code of 0, of types without a least value
    int codes = 0;
    bool hasLeast = false;

    int low() const { return -zero; }
    int high() const { return codes - 1 - zero; }
};

Steps stepsOf(GgufType type)
{
    switch (type) {
    case GgufType::Q4_0:
        return {8, 16, false};
    case GgufType::Q4_1:
        return {0, 16, true};
    case GgufType::Q5_0:
        return {16, 32, false};
    case GgufType::Q5_1:
        return {0, 32, true};
    default:
        break;
    }
    return {128, 256, false};
}

void writeBlock(const Block &block, GgufType type, std::byte *to)
{
    const auto put = [&to](const auto &value) {
        std::memcpy(to, &value, sizeof(value));
        to += sizeof(value);
    };
    put(block.scale.x);
    if (type == GgufType::Q8_0) {
        for (const std::uint8_t code : block.codes)
            *to++ = static_cast<std::byte>(code - 128);
        return;
    }
    const Steps steps = stepsOf(type);
    if (steps.hasLeast)
        put(block.least.x);
    if (steps.codes == 32) {
        std::uint32_t fifth = 0;
        for (std::size_t i = 0; i < width; ++i)
            fifth |= static_cast<std::uint32_t>(block.codes[i] >> 4) << i;
        put(fifth);
    }
    for (std::size_t i = 0; i < width / 2; ++i)
        *to++ =
            static_cast<std::byte>((block.codes[i] & 15) | (block.codes[i + width / 2] & 15) << 4);
}

void readBlock(const std::byte *from, GgufType type, float *values)
{
    const auto take = [&from]<class Number>(Number number) {
        std::memcpy(&number, from, sizeof(number));
        from += sizeof(number);
        return number;
    };
    const c10::Half scale(take(std::uint16_t{}), c10::Half::from_bits());
    const Steps steps = stepsOf(type);
    const c10::Half least(steps.hasLeast ? take(std::uint16_t{}) : std::uint16_t{},
                          c10::Half::from_bits());
    const auto value = [&](int step) {
        return static_cast<float>(scale) * static_cast<float>(step) + static_cast<float>(least);
    };
    if (type == GgufType::Q8_0) {
        for (std::size_t i = 0; i < width; ++i)
            values[i] = value(static_cast<std::int8_t>(from[i]));
        return;
    }
    const std::uint32_t fifth = steps.codes == 32 ? take(std::uint32_t{}) : 0;
    for (std::size_t i = 0; i < width / 2; ++i) {
        const int pair = std::to_integer<int>(from[i]);
        const auto high = [&](std::size_t k) { return static_cast<int>(fifth >> k & 1) << 4; };
        values[i] = value(((pair & 15) | high(i)) - steps.zero);
        values[i + width / 2] = value((pair >> 4 | high(i + width / 2)) - steps.zero);
    }
}

/// A number of steps from which codes can count up to the largest in `block` and with which the
/// least value has no rounding; nothing where there is none.
std::optional<int> exactLeast(std::span<const std::int16_t> block, c10::Half scale,
                              const Steps &steps)
{
    const auto [low, high] = std::ranges::minmax(block);
    for (int least = low; least > high - steps.codes; --least) {
        const float value = static_cast<float>(scale) * static_cast<float>(least);
        if (std::abs(value) <= largestHalf && static_cast<float>(c10::Half(value)) == value)
            return least;
    }
    return std::nullopt;
}

std::span<const std::int16_t> blockOf(const GgufGrid &grid, std::int64_t number)
{
    return {grid.steps.data_ptr<std::int16_t>() + number * ggufBlock, width};
}

Block gridBlock(const GgufGrid &grid, std::int64_t number, const Steps &steps)
{
    const std::span<const std::int16_t> from = blockOf(grid, number);
    Block block;
    block.scale = grid.scales.data_ptr<c10::Half>()[number];
    int first = steps.low();
    if (steps.hasLeast) {
        first = *exactLeast(from, block.scale, steps);
        block.least = static_cast<float>(block.scale) * static_cast<float>(first);
    }
    std::ranges::transform(from, block.codes.begin(), [first](std::int16_t step) {
        return static_cast<std::uint8_t>(step - first);
    });
    return block;
}

Block nearestBlock(std::span<const float> values, const Steps &steps)
{
    const auto [low, high] = std::ranges::minmax(values);
    Block block;
    if (steps.hasLeast) {
        block.scale = (high - low) / static_cast<float>(steps.codes - 1);
        block.least = low;
    } else if (steps.zero == 128) {
        block.scale = std::max(std::abs(low), std::abs(high)) / 127;
    } else {
        // The end of the range with one step more is given to the side that reaches further.
        block.scale =
            (std::abs(low) >= std::abs(high) ? low : high) / static_cast<float>(steps.low());
    }
    const auto scale = static_cast<float>(block.scale);
    const auto least = static_cast<float>(block.least);
    const auto code = [&](float value) {
        const float count = scale == 0 ? 0 : std::nearbyint((value - least) / scale);
        const float shifted = count + static_cast<float>(steps.zero);
        return static_cast<std::uint8_t>(
            std::clamp(shifted, 0.0f, static_cast<float>(steps.codes - 1)));
    };
    std::ranges::transform(values, block.codes.begin(), code);
    return block;
}

template <class MakeBlock>
at::Tensor writtenBlocks(std::int64_t count, GgufType type, const MakeBlock &make)
{
    const std::int64_t each = traitsOf(type).blockBytes;
    at::Tensor bytes = at::empty({count * each}, at::kByte);
    auto *to = reinterpret_cast<std::byte *>(bytes.data_ptr<std::uint8_t>());
    at::parallel_for(0, count, weightsPerTask / ggufBlock,
                     [&](std::int64_t first, std::int64_t end) {
                         for (std::int64_t i = first; i < end; ++i)
                             writeBlock(make(i), type, to + i * each);
                     });
    return bytes;
}

at::Tensor asBytes(const at::Tensor &values)
{
    return values.contiguous().view({-1}).view(at::kByte);
}

void checkRange(const at::Tensor &values, GgufType type)
{
    const float *from = values.data_ptr<float>();
    const std::span<const float> all(from, static_cast<std::size_t>(values.numel()));
    const auto bad =
        std::ranges::find_if(all, [](float value) { return !(std::abs(value) <= largestHalf); });
    if (bad != all.end())
        throw Error(ErrorKind::Unsupported, messages::ggufValue, *bad, traitsOf(type).name);
}

/// Codes less the code of 0; ±1 of a binary codec; 0 of what is pruned.
void fillSteps(GgufGrid &grid, const Factor &factor, const Slots &slots)
{
    const Codec &codec = factor.codec();
    const at::Tensor codes = factor.codes();
    const Scales scales = factor.scales();
    const auto *from = codes.data_ptr<std::uint8_t>();
    const auto *zeros =
        scales.zeroPoints.defined() ? scales.zeroPoints.data_ptr<std::uint8_t>() : nullptr;
    const bool *keeps = factor.isMasked() ? factor.mask().data_ptr<bool>() : nullptr;
    auto *steps = grid.steps.data_ptr<std::int16_t>();
    auto *to = grid.scales.data_ptr<c10::Half>();
    const bool binary = codec.kind == CodecKind::Binary;
    const int middle = codec.kind == CodecKind::Affine ? 1 << (codec.bits - 1) : 1;
    forRowBlocks(slots, [&](std::int64_t first, std::int64_t end) {
        for (std::int64_t i = first * slots.columns; i < end * slots.columns; ++i) {
            const std::int64_t row = i / slots.columns;
            const std::size_t slot = slots.slot(row, (i - row * slots.columns) / slots.width);
            if (i % ggufBlock == 0)
                to[i / ggufBlock] = scales.scales.data_ptr<c10::Half>()[slot];
            const int code = binary ? 2 * from[i] : from[i];
            const int step = code - (zeros ? zeros[slot] : middle);
            steps[i] = static_cast<std::int16_t>(!keeps || keeps[i] ? step : 0);
        }
    });
}

} // namespace

std::optional<GgufGrid> gridOf(const Factor &factor)
{
    const Codec &codec = factor.codec();
    if (codec.isDense() || codec.kind == CodecKind::Codebook || codec.planes != 1 ||
        factor.inputScale().defined() || factor.shape().size() != 2)
        return std::nullopt;
    const Slots slots(factor.shape()[0], factor.shape()[1], codec);
    if (slots.columns % ggufBlock != 0 || slots.width % ggufBlock != 0)
        return std::nullopt;
    return translatingTorchErrors([&] {
        std::optional<GgufGrid> grid = GgufGrid{
            at::empty(factor.shape(), at::kShort),
            at::empty({slots.rows, slots.columns / ggufBlock}, at::kHalf),
        };
        fillSteps(*grid, factor, slots);
        return grid;
    });
}

bool holds(GgufType type, const GgufGrid &grid)
{
    if (!traitsOf(type).isQuantized())
        return type == GgufType::F32;
    const Steps steps = stepsOf(type);
    std::atomic<bool> all = true;
    at::parallel_for(0, grid.scales.numel(), weightsPerTask / ggufBlock,
                     [&](std::int64_t first, std::int64_t end) {
                         for (std::int64_t i = first; i < end && all; ++i) {
                             const std::span<const std::int16_t> block = blockOf(grid, i);
                             const auto [low, high] = std::ranges::minmax(block);
                             const c10::Half scale = grid.scales.data_ptr<c10::Half>()[i];
                             if (steps.hasLeast ? !exactLeast(block, scale, steps)
                                                : low < steps.low() || high > steps.high())
                                 all = false;
                         }
                     });
    return all;
}

at::Tensor blocksOf(const GgufGrid &grid, GgufType type)
{
    assert(traitsOf(type).isQuantized());
    const Steps steps = stepsOf(type);
    return translatingTorchErrors([&] {
        return writtenBlocks(grid.scales.numel(), type,
                             [&](std::int64_t i) { return gridBlock(grid, i, steps); });
    });
}

at::Tensor blocksOf(const at::Tensor &values, GgufType type)
{
    return translatingTorchErrors([&] {
        const at::Tensor own = values.to(at::kFloat).contiguous();
        if (type == GgufType::F32)
            return asBytes(own);
        if (type == GgufType::BF16)
            return asBytes(own.to(at::kBFloat16));
        checkRange(own, type);
        if (type == GgufType::F16)
            return asBytes(own.to(at::kHalf));
        assert(own.size(-1) % ggufBlock == 0);
        const Steps steps = stepsOf(type);
        const float *from = own.data_ptr<float>();
        return writtenBlocks(own.numel() / ggufBlock, type, [&](std::int64_t i) {
            return nearestBlock({from + i * ggufBlock, width}, steps);
        });
    });
}

at::Tensor valuesOf(std::span<const std::byte> bytes, GgufType type,
                    const std::vector<std::int64_t> &shape)
{
    return translatingTorchErrors([&] {
        const GgufTypeTraits &traits = traitsOf(type);
        if (!traits.isQuantized()) {
            const at::ScalarType scalar = type == GgufType::F32   ? at::kFloat
                                          : type == GgufType::F16 ? at::kHalf
                                                                  : at::kBFloat16;
            at::Tensor stored = at::empty(shape, scalar);
            assert(bytes.size() == stored.nbytes());
            std::memcpy(stored.data_ptr(), bytes.data(), bytes.size());
            return stored.to(at::kFloat);
        }
        at::Tensor values = at::empty(shape, at::kFloat);
        const std::int64_t blocks = values.numel() / ggufBlock;
        assert(bytes.size() == static_cast<std::size_t>(blocks * traits.blockBytes));
        auto *to = values.data_ptr<float>();
        at::parallel_for(
            0, blocks, weightsPerTask / ggufBlock, [&](std::int64_t first, std::int64_t end) {
                for (std::int64_t i = first; i < end; ++i)
                    readBlock(bytes.data() + i * traits.blockBytes, type, to + i * ggufBlock);
            });
        return values;
    });
}

} // namespace pare
