// How long and how unusual the texts of a data set are. A free function; any thread.
#pragma once

#include "core/base/progress.h"
#include "core/text/dataset.h"

#include <vector>

namespace pare {

/// Of each example, in the data's order; of a pair both texts together.
struct WordMeasures
{
    std::vector<double> words;     ///< their number
    std::vector<double> rareShare; ///< of them, 0…1; 0 where there are none
};

/// Words as BERT splits them before WordPiece, in lower case, whatever a model does with them, so
/// that all models' figures are about the same slices. Rare ones stand fewer than `rareBelow` times
/// in this data set. Throws Cancelled, and InvalidSetting where a text is not UTF-8.
WordMeasures wordMeasures(const Dataset &dataset, int rareBelow, Progress &progress);

} // namespace pare
