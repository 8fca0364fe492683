// share.layers: several blocks use the weights of one. ALBERT (arXiv 1909.11942) shares whole
// blocks, consecutive groups of them, or their attention or feed-forward half, LayerNorms included.
// Subformer (arXiv 2101.00234) lets the blocks between the first and the last (sandwich) or every
// few blocks (every-n), Takase and Kiyono (arXiv 2104.06022) a few blocks in turn (cycle) and in the
// last round back again (cycle-reverse) use one set of matrices, and leave the LayerNorms alone.
#pragma once

#include "core/model/layer.h"
#include "core/model/recipe.h"

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace pare {

/// Layer `member` uses the weight of layer `owner`; the same number: it keeps its own.
struct SharedPair
{
    std::size_t member;
    std::size_t owner;
};

/// Whether a mode is about this layer: layers of blocks only.
bool takesPart(std::string_view mode, const Layer &layer);

/// Whose weights each of `count` blocks uses in the end, by number; those that keep their own name
/// themselves.
std::vector<std::size_t> owners(const Step &step, std::size_t count);

/// Who uses whose weight among the `selected` layers (numbers into `model.layers`, all of which
/// take part). Layers at the same place of their blocks share, within one stack. Throws
/// InvalidSetting where there are too few blocks (two; three in a sandwich; as many as there are
/// groups) or shapes differ.
std::vector<SharedPair> sharedPairs(const Step &step, const ModelDescription &model,
                                    std::span<const std::size_t> selected);

} // namespace pare
