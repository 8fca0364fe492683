#include "core/compression/quantize/gptq.h"

#include "core/base/error.h"
#include "core/compression/messages.h"
#include "core/tensors/torcherrors.h"
#include "core/weights/affinegrid.h"
#include "core/weights/encoding.h"
#include "core/weights/slots.h"

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/eye.h>
#include <ATen/ops/isfinite.h>
#include <ATen/ops/linalg_cholesky_ex.h>
#include <ATen/ops/linalg_solve_triangular.h>
#include <ATen/ops/mm.h>
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

/// H with both axes in reverse order of rounding; dead inputs (zero diagonal) stand apart from the
/// others.
at::Tensor reversedMoment(const at::Tensor &moment, const at::Tensor &order, const at::Tensor &dead,
                          double mean)
{
    const at::Tensor backwards = order.flip(0);
    at::Tensor reversed = moment.index_select(0, backwards).index_select(1, backwards);
    reversed.diagonal().add_(dead.index_select(0, backwards).to(at::kDouble), mean);
    return reversed;
}

/// Turns an upper triangular matrix into its inverse, by halves: the products do the work.
void invertTriangular(at::Tensor upper)
{
    constexpr std::int64_t small = 256;
    const std::int64_t size = upper.size(0);
    if (size <= small) {
        upper.copy_(at::linalg_solve_triangular(upper, at::eye(size, upper.options()), true));
        return;
    }
    const std::int64_t half = size / 2;
    const at::Tensor first = upper.slice(0, 0, half).slice(1, 0, half);
    const at::Tensor second = upper.slice(0, half).slice(1, half);
    at::Tensor corner = upper.slice(0, 0, half).slice(1, half);
    invertTriangular(first);
    invertTriangular(second);
    corner.copy_(at::mm(first, at::mm(corner, second)).neg_());
}

/// The lower Cholesky factor of `matrix` with the least damping that has one.
at::Tensor choleskyFactor(at::Tensor matrix, double damping, double mean, Progress &progress)
{
    constexpr double most = 100;
    constexpr double least = 1e-6;
    double added = 0;
    for (double share = damping; share <= most; share = std::max(share, least) * 10) {
        matrix.diagonal().add_((share - added) * mean);
        added = share;
        auto [lower, info] = at::linalg_cholesky_ex(matrix, false, false);
        progress.check();
        if (info.item<int>() == 0 && at::isfinite(lower.diagonal()).all().item<bool>())
            return lower;
    }
    throw Error(ErrorKind::Unsupported, messages::momentNotFinite);
}

/// −U_km/U_kk of the header, float32 [in, in]: what the error of column k adds to the target of
/// column m.
at::Tensor feedback(at::Tensor reversed, double damping, double mean, Progress &progress)
{
    // With both axes reversed the lower Cholesky factor L becomes an upper one R: H = R Rᵀ, hence
    // H⁻¹ = UᵀU with U = R⁻¹, without the inverse of H.
    at::Tensor upper =
        choleskyFactor(std::move(reversed), damping, mean, progress).flip({0, 1}).contiguous();
    invertTriangular(upper);
    upper.div_(upper.diagonal().neg().unsqueeze(1));
    return upper.to(at::kFloat);
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
    if (!at::isfinite(secondMoment).all().item<bool>())
        throw Error(ErrorKind::Unsupported, messages::momentNotFinite);
}

} // namespace

Factor gptq(const at::Tensor &values, const at::Tensor &secondMoment, const GptqOptions &options,
            const at::Tensor &mask, Progress &progress)
{
    return translatingTorchErrors([&] {
        checkArguments(values, secondMoment, options);
        const at::Tensor kept = mask.defined() ? mask.contiguous() : mask;
        const at::Tensor diagonal = secondMoment.diagonal().contiguous();
        const at::Tensor dead = diagonal.le(0);
        const double mean = diagonal.mean().item<double>();
        if (mean <= 0)
            throw Error(ErrorKind::Unsupported, messages::momentZero);
        largestMagnitude(values.contiguous()); // refuses what is not finite
        progress.check();
        const at::Tensor order = at::tensor(columnOrder(diagonal, options.actOrder), at::kLong);
        const at::Tensor weights = feedback(reversedMoment(secondMoment, order, dead, mean),
                                            options.damping, mean, progress);

        const at::Tensor alive = values.masked_fill(dead, 0).contiguous();
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
