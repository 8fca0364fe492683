// prune.sparsegpt: removes weights of a matrix column by column and lets the columns still to come
// make good what each removal did to the outputs (Frantar & Alistarh 2023, arXiv 2301.00774). U and
// the update of later columns are those of columnfeedback.h.
//
//     for each block of columns:
//         score = w²/U_jj² of the weights as updated so far, the least of them are marked
//         for each column k of it: what is marked becomes zero, later columns take over
//
// One sparsity is spread over the blocks of columns so that the counts are exact over the whole
// matrix (or row): after c columns round(sparsity · c · rows) weights are gone.
#pragma once

#include "core/base/progress.h"
#include "core/compression/prune/masksetting.h"

#include <ATen/core/Tensor.h>

namespace pare {

struct SparseGptOptions
{
    double damping = 0.01; ///< times the mean of H's diagonal, added to it
    /// Columns that are marked together and passed on together; made a whole number of a pattern's
    /// runs or of blocks.
    std::int64_t block = 128;
};

struct SparseGptResult
{
    at::Tensor values; ///< float32 [out, in], updated; zero where the mask removes
    at::Tensor mask;   ///< bool [out, in], true where a weight stays; undefined: all do
};

/// Why SparseGPT cannot choose its mask so, if it cannot: weights of one matrix are updated while
/// they are chosen, so that no threshold can stand for several (MaskScope::Global).
std::optional<Message> sparseGptRefusal(const MaskSetting &setting, std::string_view technique);

/// Of `values` (finite float32 [out, in]); `secondMoment` float64 [in, in], Σ x xᵀ over tokens, of
/// any scale. Keeps exactly keptCount(setting): the least of each block of columns over all rows
/// (MaskScope::Matrix, as the authors do), of each row of it (Row), or of each run of a row as it is
/// reached (Pattern). Weights of inputs that were always zero score nothing, go first, and become
/// zero where they stay, as the authors have it. A setting that removes nothing leaves all values as
/// they are.
///
/// Polls `progress` between blocks; the decomposition before them takes tenths of a second for 3072
/// inputs. Throws Cancelled; Unsupported for values or moments that are not finite and for a moment
/// of zero. Any thread; uses LibTorch's.
SparseGptResult sparseGpt(const at::Tensor &values, const at::Tensor &secondMoment,
                          const MaskSetting &setting, const SparseGptOptions &options,
                          Progress &progress);

} // namespace pare
