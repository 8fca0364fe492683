// share.layers: several blocks use the weights of one. ALBERT (arXiv 1909.11942) shares whole
// blocks or their attention or feed-forward half, LayerNorms included; Subformer's sandwich (arXiv
// 2101.00234) lets the blocks between the first and the last use one set of matrices and leaves the
// LayerNorms alone.
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

/// Whether a mode ("all", "attention", "ffn", "sandwich") is about this layer: layers of blocks
/// only.
bool takesPart(std::string_view mode, const Layer &layer);

/// Who uses whose weight among the `selected` layers (numbers into `model.layers`, all of which
/// take part). Layers at the same place of their blocks share, within one stack. The owner is the
/// first selected block; in a sandwich the second, and the first and last selected ones keep their
/// own. Throws InvalidSetting where there are too few blocks (two; three in a sandwich) or shapes
/// differ.
std::vector<SharedPair> sharedPairs(const Step &step, const ModelDescription &model,
                                    std::span<const std::size_t> selected);

} // namespace pare
