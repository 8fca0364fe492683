#include "core/compression/prune/sparsegpt.h"

#include "core/compression/columnfeedback.h"
#include "core/compression/messages.h"
#include "core/compression/prune/mask.h"
#include "core/tensors/torcherrors.h"
#include "core/weights/encoding.h"
#include "core/weights/slots.h"

#include <ATen/Parallel.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/ones.h>
#include <algorithm>
#include <array>
#include <cassert>
#include <vector>

namespace pare {

namespace {

/// Rows that are updated together: their part of a block of columns stays in the first cache.
constexpr std::int64_t rowsTogether = 64;

/// Goes through the columns of one matrix, which stand as rows of `m_targets`.
class ColumnPruning
{
public:
    ColumnPruning(const at::Tensor &values, const MaskSetting &setting,
                  const ColumnFeedback &feedback)
        : m_rows(values.size(0))
        , m_columns(values.size(1))
        , m_setting(setting)
        , m_feedback(feedback.weights)
        // Against the largest, so that scores do not depend on the scale of the moment.
        , m_importance(feedback.diagonal.min().div(feedback.diagonal).square().to(at::kFloat))
        , m_targets(values.t().contiguous())
        , m_mask(at::ones({m_columns, m_rows}, at::kBool))
    {}

    /// Columns that one block holds.
    std::int64_t blockWidth(std::int64_t wanted) const
    {
        const std::int64_t unit =
            m_setting.scope == MaskScope::Pattern ? m_setting.of : m_setting.blockColumns;
        return std::max(unit, wanted / unit * unit);
    }

    void pruneBlock(std::int64_t begin, std::int64_t end)
    {
        m_errors = at::empty({end - begin, m_rows}, at::kFloat);
        const std::int64_t width =
            m_setting.scope == MaskScope::Pattern ? m_setting.of : end - begin;
        for (std::int64_t first = begin; first < end; first += width) {
            const std::int64_t last = std::min(end, first + width);
            mark(first, last);
            removeMarked(first, last, begin, end);
        }
        if (end < m_columns)
            m_targets.slice(0, end).addmm_(m_feedback.slice(0, begin, end).slice(1, end).t(),
                                           m_errors);
    }

    SparseGptResult result() const { return {m_targets.t().contiguous(), m_mask.t().contiguous()}; }

private:
    using Lanes = std::array<float, rowsTogether>;

    /// How many blocks of the first `columns` columns are removed, of all rows or of each.
    std::int64_t removedUpTo(std::int64_t columns) const
    {
        const std::int64_t rows =
            m_setting.scope == MaskScope::Row ? 1 : m_rows / m_setting.blockRows;
        return removedCount(m_setting.sparsity, rows * (columns / m_setting.blockColumns));
    }

    void mark(std::int64_t begin, std::int64_t end)
    {
        const at::Tensor scores = m_targets.slice(0, begin, end)
                                      .square()
                                      .mul_(m_importance.slice(0, begin, end).unsqueeze(1))
                                      .t()
                                      .contiguous();
        const at::Tensor mask =
            m_setting.scope == MaskScope::Pattern
                ? maskOf(scores, m_setting)
                : maskRemoving(scores, m_setting, removedUpTo(end) - removedUpTo(begin));
        if (mask.defined())
            m_mask.slice(0, begin, end).copy_(mask.t());
    }

    /// In the columns first … last; the block's columns up to `end` take over.
    void removeMarked(std::int64_t first, std::int64_t last, std::int64_t begin, std::int64_t end)
    {
        const std::int64_t chunks = (m_rows + rowsTogether - 1) / rowsTogether;
        at::parallel_for(0, chunks, 1, [&](std::int64_t firstChunk, std::int64_t endChunk) {
            std::vector<Lanes> targets(static_cast<std::size_t>(end - first));
            for (std::int64_t chunk = firstChunk; chunk < endChunk; ++chunk)
                removeInRows(chunk * rowsTogether, first, last, begin, targets);
        });
    }

    /// `targets`: room for the columns from `first` to the block's end.
    void removeInRows(std::int64_t row, std::int64_t first, std::int64_t last, std::int64_t begin,
                      std::vector<Lanes> &targets)
    {
        const std::int64_t rows = std::min(rowsTogether, m_rows - row);
        for (std::size_t i = 0; i < targets.size(); ++i)
            std::copy_n(at(m_targets, first + static_cast<std::int64_t>(i), row), rows,
                        targets[i].begin());
        for (std::int64_t k = first; k < last; ++k) {
            const auto own = static_cast<std::size_t>(k - first);
            const bool *keeps = m_mask.data_ptr<bool>() + k * m_rows + row;
            Lanes error{};
            for (std::int64_t i = 0; i < rows; ++i) {
                const auto lane = static_cast<std::size_t>(i);
                error[lane] = keptValue(targets[own][lane], !keeps[i]);
                targets[own][lane] = keptValue(targets[own][lane], keeps[i]);
            }
            std::copy_n(error.begin(), rows, at(m_errors, k - begin, row));
            const float *weights = m_feedback.data_ptr<float>() + k * m_columns + first;
            for (std::size_t later = own + 1; later < targets.size(); ++later) {
                for (std::size_t lane = 0; lane < error.size(); ++lane)
                    targets[later][lane] += weights[later] * error[lane];
            }
        }
        for (std::size_t i = 0; i < targets.size(); ++i)
            std::copy_n(targets[i].begin(), rows,
                        at(m_targets, first + static_cast<std::int64_t>(i), row));
    }

    float *at(const at::Tensor &tensor, std::int64_t column, std::int64_t row) const
    {
        return tensor.data_ptr<float>() + column * m_rows + row;
    }

    const std::int64_t m_rows;
    const std::int64_t m_columns;
    const MaskSetting m_setting;
    const at::Tensor m_feedback;   ///< float32 [in, in]
    const at::Tensor m_importance; ///< float32 [in], 1/U_jj² against the largest
    at::Tensor m_errors;           ///< float32 [block, out]: what was removed
    at::Tensor m_targets;          ///< float32 [in, out]: updated values, then what stays
    at::Tensor m_mask;             ///< bool [in, out]
};

} // namespace

std::optional<Message> sparseGptRefusal(const MaskSetting &setting, std::string_view technique)
{
    if (setting.scope != MaskScope::Global)
        return std::nullopt;
    return message(messages::noGlobalScope, technique);
}

SparseGptResult sparseGpt(const at::Tensor &values, const at::Tensor &secondMoment,
                          const MaskSetting &setting, const SparseGptOptions &options,
                          Progress &progress)
{
    assert(values.dim() == 2 && values.scalar_type() == at::kFloat &&
           secondMoment.size(0) == values.size(1) && !sparseGptRefusal(setting, {}) &&
           options.block > 0 && options.damping >= 0);
    return translatingTorchErrors([&]() -> SparseGptResult {
        if (keptCount(setting, {values.sizes().data(), values.sizes().size()}) == values.numel())
            return {values, {}};
        largestMagnitude(values.contiguous()); // refuses what is not finite
        progress.check();
        const at::Tensor order = at::arange(values.size(1), at::kLong);
        const ColumnFeedback feedback =
            columnFeedback(secondMoment, order, options.damping, progress);
        ColumnPruning pruning(values.masked_fill(deadInputs(secondMoment), 0), setting, feedback);
        const std::int64_t width = pruning.blockWidth(options.block);
        for (std::int64_t begin = 0; begin < values.size(1); begin += width) {
            progress.check();
            pruning.pruneBlock(begin, std::min(values.size(1), begin + width));
        }
        return pruning.result();
    });
}

} // namespace pare
