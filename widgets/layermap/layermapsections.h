// The layers of the map sorted into what its layout places: rows before and after the blocks, and for each
// stack its columns and the rows of its blocks, those alike folded into one. Plain values; any thread.
#pragma once

#include "widgets/layermap/layermapfolds.h"
#include "widgets/layermap/layermaplayout.h"

#include <string>
#include <vector>

namespace pare {

/// So many blocks in a row must be alike to fold.
inline constexpr int fewestFoldedBlocks = 3;

struct LayerMapColumn
{
    std::string key;   ///< name inside the block: "attention.query"
    double weight = 0; ///< of the widest
    qreal left = 0;    ///< in pixels, by the layout; so is what a section has of them
    qreal width = 0;
    std::vector<std::size_t> cells;
};

struct LayerMapSection
{
    std::string stack;
    std::vector<LayerMapColumn> columns;
    std::vector<int> blocks;    ///< in order, each once
    std::vector<BlockRun> runs; ///< of them, those alike together
    std::vector<int> shown;     ///< those that have a row
    std::vector<int> unfolded;  ///< first blocks of runs that a person unfolded
    qreal left = 0;
    qreal cellsLeft = 0;
    qreal right = 0;

    /// The run of alike blocks that one belongs to; itself alone where nothing folds.
    BlockRun runOf(int block) const;
    bool isFolded(const BlockRun &run) const;
};

struct LayerMapParts
{
    std::vector<std::size_t> above; ///< layers before the blocks
    std::vector<std::size_t> below; ///< and after them
    std::vector<LayerMapSection> sections;
};

LayerMapParts layerMapParts(const LayerMapData &data, const LayerMapView &view);

/// Of a column's key: "attention"; empty: it belongs to none.
std::string groupOfKey(const std::string &key);

/// What a cell's width is proportional to.
double weightOf(const LayerMapCell &cell, LayerWidths widths);

} // namespace pare
