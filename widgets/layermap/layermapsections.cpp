#include "widgets/layermap/layermapsections.h"

#include <algorithm>
#include <cmath>

namespace pare {

namespace {

constexpr double smallestOnScale = 256; ///< bytes, where a logarithm begins to tell sizes apart

LayerMapSection &sectionOf(std::vector<LayerMapSection> &sections, const std::string &stack)
{
    const auto found = std::ranges::find(sections, stack, &LayerMapSection::stack);
    if (found != sections.end())
        return *found;
    sections.emplace_back().stack = stack;
    return sections.back();
}

LayerMapColumn &columnOf(LayerMapSection &section, const std::string &key)
{
    const auto found = std::ranges::find(section.columns, key, &LayerMapColumn::key);
    if (found != section.columns.end())
        return *found;
    // A part that only later blocks have stands at the end of its group.
    const auto group = std::find_if(
        section.columns.rbegin(), section.columns.rend(),
        [&key](const LayerMapColumn &column) { return groupOfKey(column.key) == groupOfKey(key); });
    const auto place = group == section.columns.rend() ? section.columns.end() : group.base();
    LayerMapColumn &added = *section.columns.emplace(place);
    added.key = key;
    return added;
}

/// Those that are alike stand as one, unless a person wants to see them.
void fold(LayerMapSection &section, const LayerMapData &data, const LayerMapView &view)
{
    section.shown = section.blocks;
    if (view.folding == Folding::Never)
        return;
    section.shown.clear();
    section.runs = alikeBlocks(data, section.stack, section.blocks, view.valuesCount);
    for (const auto &[stack, block] : view.unfolded) {
        if (stack == section.stack)
            section.unfolded.push_back(block);
    }
    for (const BlockRun &run : section.runs) {
        const int rows = section.isFolded(run) ? 1 : run.count;
        for (int i = 0; i < rows; ++i)
            section.shown.push_back(run.first + i);
    }
}

} // namespace

BlockRun LayerMapSection::runOf(int block) const
{
    for (const BlockRun &run : runs) {
        if (run.first <= block && block < run.first + run.count)
            return run;
    }
    return {block, 1};
}

bool LayerMapSection::isFolded(const BlockRun &run) const
{
    return run.count >= fewestFoldedBlocks &&
           std::ranges::find(unfolded, run.first) == unfolded.end();
}

LayerMapParts layerMapParts(const LayerMapData &data, const LayerMapView &view)
{
    LayerMapParts parts;
    for (std::size_t i = 0; i < data.cells.size(); ++i) {
        const LayerMapCell &cell = data.cells[i];
        if (cell.block < 0) {
            (parts.sections.empty() ? parts.above : parts.below).push_back(i);
            continue;
        }
        LayerMapSection &section = sectionOf(parts.sections, cell.stack);
        LayerMapColumn &column = columnOf(section, insideBlock(cell));
        column.weight = std::max(column.weight, weightOf(cell, view.widths));
        column.cells.push_back(i);
        if (section.blocks.empty() || section.blocks.back() != cell.block)
            section.blocks.push_back(cell.block);
    }
    for (LayerMapSection &section : parts.sections) {
        std::ranges::sort(section.blocks);
        const auto [first, last] = std::ranges::unique(section.blocks);
        section.blocks.erase(first, last);
        fold(section, data, view);
    }
    return parts;
}

std::string groupOfKey(const std::string &key)
{
    const auto dot = key.find('.');
    return dot == std::string::npos ? std::string() : key.substr(0, dot);
}

double weightOf(const LayerMapCell &cell, LayerWidths widths)
{
    const auto bytes = static_cast<double>(std::max<std::int64_t>(cell.bytesBefore, 0));
    switch (widths) {
    case LayerWidths::Bytes:
        return bytes;
    case LayerWidths::SquareRoot:
        return std::sqrt(bytes);
    case LayerWidths::Equal:
        return 1;
    case LayerWidths::Logarithm:
        return std::log2(1 + bytes / smallestOnScale);
    }
    return 1;
}

} // namespace pare
