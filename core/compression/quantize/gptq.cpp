#include "core/compression/quantize/gptq.h"

#include "core/base/error.h"
#include "core/compression/columnfeedback.h"
#include "core/compression/messages.h"
#include "core/tensors/torcherrors.h"
#include "core/weights/affinegrid.h"
#include "core/weights/encoding.h"
#include "core/weights/slots.h"

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/tensor.h>
#include <algorithm>
#include <array>
#include <cassert>
#include <numeric>
#include <vector>

namespace pare {

namespace {

/// Rows that are rounded together: their part of a block of columns stays in the first cache.
constexpr std::int64_t rowsTogether = 64;

/// The order in which columns are rounded, as indices into the matrix.
std::vector<std::int64_t> columnOrder(const at::Tensor &diagonal, bool actOrder)
{
    std::vector<std::int64_t> order(static_cast<std::size_t>(diagonal.size(0)));
    std::iota(order.begin(), order.end(), 0);
    const double *d = diagonal.data_ptr<double>();
    if (actOrder)
        std::ranges::stable_sort(order,
                                 [d](std::int64_t a, std::int64_t b) { return d[a] > d[b]; });
    return order;
}

/// Rounds the columns of one matrix, which stand as rows of `targets`, in the order of rounding.
class ColumnRounding
{
public:
    ColumnRounding(const at::Tensor &values, const at::Tensor &mask, const GptqOptions &options,
                   const at::Tensor &order)
        : m_codec(options.codec)
        , m_clip(options.clip)
        , m_slots(values.size(0), values.size(1), options.codec)
        , m_order(order.data_ptr<std::int64_t>(), order.data_ptr<std::int64_t>() + order.numel())
        , m_targets(values.t().index_select(0, order).contiguous())
        , m_mask(mask.defined() ? mask.t().index_select(0, order).contiguous() : mask)
        , m_late(options.codec.granularity == Granularity::Group && !options.actOrder)
        , m_scales(static_cast<std::size_t>(m_slots.count()))
    {
        if (!m_late)
            setScales(clippedScales(values, m_codec, mask, m_clip));
    }

    /// Where a block from `begin` ends: not inside a group whose scales are still to be chosen.
    std::int64_t blockEnd(std::int64_t begin, std::int64_t block) const
    {
        if (m_late && m_slots.width <= block)
            block -= block % m_slots.width;
        else if (m_late)
            block = std::min(block, m_slots.width - begin % m_slots.width);
        return std::min(m_slots.columns, begin + block);
    }

    void roundBlock(std::int64_t begin, std::int64_t end, const at::Tensor &feedback)
    {
        m_errors = at::empty({end - begin, m_slots.rows}, at::kFloat);
        const std::int64_t chunks = (m_slots.rows + rowsTogether - 1) / rowsTogether;
        at::parallel_for(0, chunks, 1, [&](std::int64_t first, std::int64_t last) {
            std::vector<Lanes> targets(static_cast<std::size_t>(end - begin));
            for (std::int64_t chunk = first; chunk < last; ++chunk)
                roundChunk(chunk * rowsTogether, begin, end, feedback.data_ptr<float>(), targets);
        });
    }

    /// Adds what the block did wrong to the targets of all later columns.
    void spread(std::int64_t begin, std::int64_t end, const at::Tensor &feedback)
    {
        if (end == m_slots.columns)
            return;
        m_targets.slice(0, end).addmm_(feedback.slice(0, begin, end).slice(1, end).t(), m_errors);
    }

    Factor factor(const at::Tensor &mask) const
    {
        at::Tensor rounded = at::empty({m_slots.rows, m_slots.columns}, at::kFloat);
        rounded.index_copy_(1, at::tensor(m_order, at::kLong), m_targets.t());
        return Factor::encodedWithScales(rounded, m_codec, scales(), mask);
    }

private:
    using Lanes = std::array<float, rowsTogether>;

    void setScales(const Scales &scales)
    {
        for (std::size_t i = 0; i < m_scales.size(); ++i) {
            m_scales[i].scale = scales.scales.data_ptr<c10::Half>()[i];
            if (!m_codec.symmetric)
                m_scales[i].zeroPoint = scales.zeroPoints.data_ptr<std::uint8_t>()[i];
        }
    }

    Scales scales() const
    {
        const auto count = static_cast<std::int64_t>(m_scales.size());
        Scales result{at::empty({count}, at::kHalf),
                      m_codec.symmetric ? at::Tensor() : at::empty({count}, at::kByte)};
        for (std::size_t i = 0; i < m_scales.size(); ++i) {
            result.scales.data_ptr<c10::Half>()[i] = m_scales[i].scale;
            if (!m_codec.symmetric)
                result.zeroPoints.data_ptr<std::uint8_t>()[i] = m_scales[i].zeroPoint;
        }
        return result;
    }

    void roundChunk(std::int64_t row, std::int64_t begin, std::int64_t end, const float *feedback,
                    std::vector<Lanes> &targets)
    {
        const std::int64_t rows = std::min(rowsTogether, m_slots.rows - row);
        for (std::int64_t k = begin; k < end; ++k) {
            Lanes &lanes = targets[static_cast<std::size_t>(k - begin)];
            lanes.fill(0);
            std::copy_n(columnOf(m_targets, k, row), rows, lanes.begin());
        }
        for (std::int64_t k = begin; k < end; ++k) {
            if (m_late && k % m_slots.width == 0)
                chooseScales(row, rows, k, begin, targets);
            Lanes &lanes = targets[static_cast<std::size_t>(k - begin)];
            Lanes error = lanes;
            roundColumn(row, rows, k, lanes);
            for (std::size_t i = 0; i < error.size(); ++i)
                error[i] -= lanes[i];
            std::copy_n(error.begin(), rows, columnOf(m_errors, k - begin, row));
            const float *weights = feedback + k * m_slots.columns;
            for (std::int64_t later = k + 1; later < end; ++later) {
                Lanes &target = targets[static_cast<std::size_t>(later - begin)];
                for (std::size_t i = 0; i < target.size(); ++i)
                    target[i] += weights[later] * error[i];
            }
        }
        for (std::int64_t k = begin; k < end; ++k)
            std::copy_n(targets[static_cast<std::size_t>(k - begin)].begin(), rows,
                        columnOf(m_targets, k, row));
    }

    /// Each target becomes the nearest value of its grid.
    void roundColumn(std::int64_t row, std::int64_t rows, std::int64_t k, Lanes &lanes) const
    {
        const std::int64_t segment = m_order[static_cast<std::size_t>(k)] / m_slots.width;
        const bool *keeps = m_mask.defined() ? m_mask.data_ptr<bool>() + k * m_slots.rows : nullptr;
        for (std::int64_t i = row; i < row + rows; ++i) {
            float &x = lanes[static_cast<std::size_t>(i - row)];
            x = AffineGrid(m_scales[m_slots.slot(i, segment)], m_codec).nearest(x);
            if (keeps)
                x = keptValue(x, keeps[i]);
        }
    }

    /// For the group that begins with column k, whose targets hold all that came before. Those
    /// inside the block stand in `targets`, those of a longer group in m_targets.
    void chooseScales(std::int64_t row, std::int64_t rows, std::int64_t k, std::int64_t begin,
                      const std::vector<Lanes> &targets)
    {
        const std::int64_t segment = k / m_slots.width;
        const std::int64_t blockEnd = begin + static_cast<std::int64_t>(targets.size());
        std::vector<float> kept;
        for (std::int64_t i = row; i < row + rows; ++i) {
            kept.clear();
            for (std::int64_t column = k; column < m_slots.end(segment); ++column) {
                if (m_mask.defined() && !m_mask.data_ptr<bool>()[column * m_slots.rows + i])
                    continue;
                kept.push_back(column < blockEnd ? targets[static_cast<std::size_t>(column - begin)]
                                                          [static_cast<std::size_t>(i - row)]
                                                 : *columnOf(m_targets, column, i));
            }
            m_scales[m_slots.slot(i, segment)] = clippedScale(kept, m_codec, m_clip);
        }
    }

    float *columnOf(const at::Tensor &tensor, std::int64_t column, std::int64_t row) const
    {
        return tensor.data_ptr<float>() + column * m_slots.rows + row;
    }

    const Codec m_codec;
    const Clip m_clip;
    const Slots m_slots;
    const std::vector<std::int64_t> m_order;
    at::Tensor m_errors;  ///< float32 [block, out]: targets less what they were rounded to
    at::Tensor m_targets; ///< float32 [in, out]: updated values, then what they were rounded to
    at::Tensor m_mask;    ///< bool [in, out], or undefined
    const bool m_late;    ///< scales are chosen when a group is reached
    std::vector<SlotScale> m_scales;
};

void checkArguments(const at::Tensor &values, const at::Tensor &secondMoment,
                    const GptqOptions &options)
{
    assert(values.dim() == 2 && values.scalar_type() == at::kFloat &&
           secondMoment.scalar_type() == at::kDouble && secondMoment.dim() == 2 &&
           secondMoment.size(0) == values.size(1) && secondMoment.size(1) == values.size(1));
    assert(options.block > 0 && options.damping >= 0);
    checkCodec(options.codec);
    if (options.codec.kind != CodecKind::Affine)
        throw Error(ErrorKind::InvalidSetting, messages::codecNotAffine, describe(options.codec));
}

} // namespace

Factor gptq(const at::Tensor &values, const at::Tensor &secondMoment, const GptqOptions &options,
            const at::Tensor &mask, Progress &progress)
{
    return translatingTorchErrors([&] {
        checkArguments(values, secondMoment, options);
        const at::Tensor kept = mask.defined() ? mask.contiguous() : mask;
        largestMagnitude(values.contiguous()); // refuses what is not finite
        progress.check();
        const at::Tensor diagonal = secondMoment.diagonal().contiguous();
        const at::Tensor order = at::tensor(columnOrder(diagonal, options.actOrder), at::kLong);
        const at::Tensor weights =
            columnFeedback(secondMoment, order, options.damping, progress).weights;

        const at::Tensor alive = values.masked_fill(deadInputs(secondMoment), 0).contiguous();
        ColumnRounding rounding(alive, kept, options, order);
        for (std::int64_t begin = 0; begin < values.size(1);) {
            progress.check();
            const std::int64_t end = rounding.blockEnd(begin, options.block);
            rounding.roundBlock(begin, end, weights);
            rounding.spread(begin, end, weights);
            begin = end;
        }
        return rounding.factor(kept);
    });
}

} // namespace pare
