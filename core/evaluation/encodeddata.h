// A data set as token ids and class indices: made once, then measured with every compressed model.
//
// Plain values; shared read-only between whoever measures.
#pragma once

#include "core/network/packedbatch.h"

#include <cstdint>
#include <string>
#include <vector>

namespace pare {

struct EncodedData
{
    std::string origin;                  ///< the file, for messages
    std::vector<Sequence> sequences;     ///< in the file's order
    std::vector<std::int64_t> labels;    ///< class index of each
    std::vector<std::string> labelNames; ///< by class index, as the model names them
    std::int64_t truncated = 0;          ///< examples that were longer than the model reads

    std::int64_t size() const { return static_cast<std::int64_t>(sequences.size()); }
};

} // namespace pare
