// share.codebook: each weight becomes the nearest of k values, which k-means finds among the weights
// of a slot: the matrix, a row, or a group, as the codec says (Han et al. 2016).
//
// Values on a line make Lloyd's algorithm exact and short: sorted once, a cluster is a stretch, its
// mean a difference of two sums, and an iteration costs k searches instead of n · k distances. The
// result is the same for the same weights. Any thread; does not depend on the number of threads.
#pragma once

#include "core/weights/factor.h"

#include <ATen/core/Tensor.h>

namespace pare {

/// The k = codec.codebookSize values for the kept weights of each slot, float32 [slots, k], ascending.
/// `values` float32 [rows, columns]; `mask` bool of that shape, or undefined; masked-out weights do
/// not count.
///
/// Starts with values evenly spaced from the smallest weight to the largest, both included, and
/// takes means until no weight changes its cluster (of two equally near values the lower one's; at
/// most 1,000 times). A value no weight is nearest to goes to the outermost weight of the cluster
/// with the largest error, the lower one of two. A slot of fewer different weights than k holds all
/// of them; one without any is all zeros. Throws InvalidSetting for another codec, Unsupported for
/// values that are not finite.
at::Tensor kMeansCodebook(const at::Tensor &values, const Codec &codec,
                          const at::Tensor &mask = {});

/// `values` with the nearest values of their kMeansCodebook().
Factor kMeans(const at::Tensor &values, const Codec &codec, const at::Tensor &mask = {});

} // namespace pare
