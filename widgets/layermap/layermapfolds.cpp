#include "widgets/layermap/layermapfolds.h"

#include <cmath>
#include <tuple>
#include <unordered_map>

namespace pare {

namespace {

bool sameValue(double one, double other)
{
    return one == other || (std::isnan(one) && std::isnan(other));
}

bool alike(const LayerMapCell &one, const LayerMapCell &other, bool valuesCount)
{
    const auto fixed = [](const LayerMapCell &cell) {
        return std::tie(cell.role, cell.shape, cell.dtype, cell.bytesBefore, cell.sharedBefore,
                        cell.state.bytes, cell.state.badges, cell.state.technique,
                        cell.state.families, cell.state.sharedWith);
    };
    return insideBlock(one) == insideBlock(other) && fixed(one) == fixed(other) &&
           (!valuesCount || sameValue(one.state.value, other.state.value));
}

using Cells = std::vector<const LayerMapCell *>;

bool alike(const Cells &one, const Cells &other, bool valuesCount)
{
    if (one.size() != other.size())
        return false;
    for (std::size_t i = 0; i < one.size(); ++i) {
        if (!alike(*one[i], *other[i], valuesCount))
            return false;
    }
    return true;
}

} // namespace

std::string insideBlock(const LayerMapCell &cell)
{
    const std::string prefix = cell.stack + '.' + std::to_string(cell.block) + '.';
    return cell.name.starts_with(prefix) ? cell.name.substr(prefix.size()) : cell.name;
}

std::vector<BlockRun> alikeBlocks(const LayerMapData &data, const std::string &stack,
                                  const std::vector<int> &blocks, bool valuesCount)
{
    std::unordered_map<int, Cells> cells;
    for (const LayerMapCell &cell : data.cells) {
        if (cell.block >= 0 && cell.stack == stack)
            cells[cell.block].push_back(&cell);
    }
    std::vector<BlockRun> runs;
    for (const int block : blocks) {
        const bool follows = !runs.empty() && runs.back().first + runs.back().count == block;
        if (follows && alike(cells[runs.back().first], cells[block], valuesCount))
            ++runs.back().count;
        else
            runs.push_back({block, 1});
    }
    return runs;
}

} // namespace pare
