// Which blocks of a stack are alike, so that one row of the map can stand for them. Free functions; any thread.
#pragma once

#include "widgets/layermap/layermapdata.h"

#include <vector>

namespace pare {

/// Blocks that follow each other: the first, and how many.
struct BlockRun
{
    int first = 0;
    int count = 1;
};

/// The blocks of a stack (in order, each once), those together that have layers of the same names, shapes, bytes and
/// techniques, and the same values where these count.
std::vector<BlockRun> alikeBlocks(const LayerMapData &data, const std::string &stack,
                                  const std::vector<int> &blocks, bool valuesCount);

/// What a cell is called inside its block: "attention.query".
std::string insideBlock(const LayerMapCell &cell);

} // namespace pare
