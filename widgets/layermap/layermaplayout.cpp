#include "widgets/layermap/layermaplayout.h"

#include "widgets/layermap/layermapsections.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <unordered_map>
#include <utility>

namespace pare {

namespace {

/// Pixels for one unit of weight, so that `weights` side by side fill `space`, none below
/// `smallest`.
double fittingScale(std::vector<double> weights, double space, double smallest)
{
    std::ranges::sort(weights);
    double sum = 0;
    for (const double weight : weights)
        sum += weight;
    for (const double weight : weights) {
        if (sum <= 0)
            return 0;
        const double scale = std::max(space, smallest) / sum;
        if (weight * scale >= smallest)
            return scale;
        sum -= weight;
        space -= smallest;
    }
    return 0;
}

/// Lays out in one go; its members are what the steps hand to each other.
class Builder
{
public:
    Builder(const LayerMapData &data, const LayerMapMetrics &metrics, const LayerMapView &view)
        : m_data(data)
        , m_metrics(metrics)
        , m_view(view)
        , m_parts(layerMapParts(data, view))
    {
        m_layout.cells.resize(data.cells.size());
        m_layout.owners.resize(data.cells.size());
        m_layout.names.resize(data.cells.size());
        m_layout.fronts.resize(data.cells.size());
        std::iota(m_layout.fronts.begin(), m_layout.fronts.end(), std::size_t(0));
    }

    LayerMapLayout built()
    {
        findOwners();
        m_scale = scale();
        placeColumns();
        qreal y = m_metrics.margin;
        y = placeFlow(m_parts.above, QCoreApplication::translate("pare::LayerMap", "tokens"), y);
        y = placeHeads(y);
        y = placeBlocks(y);
        y = placeFlow(m_parts.below, QCoreApplication::translate("pare::LayerMap", "head"), y);
        const qreal blocksRight = m_parts.sections.empty() ? 0 : m_parts.sections.back().right;
        m_layout.size = QSizeF(std::max(blocksRight, m_flowRight) + m_metrics.margin,
                               y - rowGap() + m_metrics.margin);
        m_layout.headBand.setWidth(m_layout.size.width());
        return std::move(m_layout);
    }

private:
    enum class Names { Short, Whole };

    void findOwners()
    {
        std::unordered_map<std::string_view, std::size_t> indices;
        for (std::size_t i = 0; i < m_data.cells.size(); ++i)
            indices.emplace(m_data.cells[i].name, i);
        for (std::size_t i = 0; i < m_data.cells.size(); ++i) {
            const auto found = indices.find(m_data.cells[i].state.sharedWith);
            if (m_data.cells[i].isShared() && found != indices.end())
                m_layout.owners[i] = found->second;
        }
    }

    qreal gapBefore(const LayerMapSection &section, std::size_t column) const
    {
        if (column == 0)
            return 0;
        const bool sameGroup =
            groupOfKey(section.columns[column].key) == groupOfKey(section.columns[column - 1].key);
        return sameGroup ? m_metrics.gap : m_metrics.groupGap;
    }

    /// Blocks of all stacks side by side fill the width, and no layer outside them is wider than
    /// that.
    double scale() const
    {
        const double around = m_metrics.labelWidth + m_metrics.bytesWidth + 2 * m_metrics.gap;
        double space = m_view.available - 2 * m_metrics.margin;
        double result = std::numeric_limits<double>::infinity();
        for (const auto *flow : {&m_parts.above, &m_parts.below}) {
            for (const std::size_t i : *flow) {
                if (const double weight = weightOf(m_data.cells[i], m_view.widths); weight > 0)
                    result =
                        std::min(result, std::max(space - around, m_metrics.smallest) / weight);
            }
        }
        std::vector<double> weights;
        for (const LayerMapSection &section : m_parts.sections) {
            space -= around + (&section == &m_parts.sections.front() ? 0 : m_metrics.groupGap);
            for (std::size_t i = 0; i < section.columns.size(); ++i) {
                weights.push_back(section.columns[i].weight);
                space -= gapBefore(section, i);
            }
        }
        if (!weights.empty())
            result = std::min(result, fittingScale(weights, space, m_metrics.smallest));
        if (m_view.widths == LayerWidths::Equal)
            result = std::min(result, m_metrics.rowHeight * 6);
        return std::isfinite(result) ? result : 0;
    }

    qreal widthOf(double weight) const
    {
        return std::max(m_metrics.smallest, std::floor(weight * m_scale)) * m_view.zoom;
    }

    qreal rowHeight() const { return std::max<qreal>(3, m_metrics.rowHeight * m_view.zoom); }
    qreal rowGap() const
    {
        return std::max<qreal>(1, m_metrics.rowGap * std::min<qreal>(1, m_view.zoom));
    }

    void placeColumns()
    {
        qreal x = m_metrics.margin;
        for (LayerMapSection &section : m_parts.sections) {
            section.left = x;
            x += m_metrics.labelWidth + m_metrics.gap;
            section.cellsLeft = x;
            for (std::size_t i = 0; i < section.columns.size(); ++i) {
                x += gapBefore(section, i);
                section.columns[i].left = x;
                section.columns[i].width = widthOf(section.columns[i].weight);
                x += section.columns[i].width;
            }
            section.right = x + m_metrics.gap + m_metrics.bytesWidth;
            x = section.right + m_metrics.groupGap;
        }
        // Sums of all rows stand in one column, whatever rounding left over.
        if (!m_parts.sections.empty())
            m_parts.sections.back().right =
                std::max(m_parts.sections.back().right, m_view.available - m_metrics.margin);
    }

    void addCell(LayerMapRow &row, std::size_t index, const QRectF &rect)
    {
        m_layout.cells[index] = rect;
        row.cells.push_back(index);
        const std::optional<std::int64_t> bytes = m_data.cells[index].state.bytes;
        row.bytesNow = row.bytesNow && bytes ? std::optional(*row.bytesNow + *bytes) : std::nullopt;
        row.bytesBefore +=
            m_data.cells[index].sharedBefore.empty() ? m_data.cells[index].bytesBefore : 0;
    }

    void finishRow(LayerMapRow row, qreal left, qreal top, qreal right)
    {
        row.label = QRectF(left, top, m_metrics.labelWidth, rowHeight());
        row.bytes = QRectF(right - m_metrics.bytesWidth, top, m_metrics.bytesWidth, rowHeight());
        m_layout.rows.push_back(std::move(row));
    }

    /// What a cell that is too narrow for its name needs beside it; 0: nothing.
    qreal nameWidth(std::size_t index, qreal width, Names names) const
    {
        const std::string &name = m_data.cells[index].name;
        const std::string last = name.substr(name.rfind('.') + 1);
        const qreal letters = m_metrics.letter * static_cast<qreal>(last.size());
        if (width >= letters + 2 * cellPadding)
            return 0;
        return names == Names::Short
                   ? letters + m_metrics.letter
                   : m_metrics.letter *
                         static_cast<qreal>(name.size() +
                                            layerShapeText(m_data.cells[index].shape).size() + 4);
    }

    qreal widthInFlow(std::size_t index) const
    {
        return widthOf(weightOf(m_data.cells[index], m_view.widths));
    }

    int rowsOfFlow(const std::vector<std::size_t> &flow, qreal space, Names names) const
    {
        int rows = 1;
        qreal x = 0;
        for (const std::size_t i : flow) {
            const qreal width = widthInFlow(i);
            const qreal whole = width + nameWidth(i, width, names);
            if (x > 0 && x + whole > space + 0.5) {
                ++rows;
                x = 0;
            }
            x += whole + m_metrics.gap + (whole > width ? m_metrics.gap : 0);
        }
        return rows;
    }

    /// Cells one after the other, in as many rows as they need, with the names of narrow ones beside
    /// them: whole ones where that takes no further row. Returns where the next row may begin.
    qreal placeFlow(const std::vector<std::size_t> &flow, const QString &title, qreal y)
    {
        if (flow.empty())
            return y;
        const qreal left = m_metrics.margin + m_metrics.labelWidth + m_metrics.gap;
        const qreal blocksRight = m_parts.sections.empty() ? 0 : m_parts.sections.back().right;
        qreal limit = std::max(blocksRight, m_view.available - m_metrics.margin) -
                      m_metrics.bytesWidth - m_metrics.gap;
        for (const std::size_t i : flow)
            limit = std::max(limit, left + widthInFlow(i));
        const int rows = rowsOfFlow(flow, limit - left, Names::Short);
        const Names names =
            rowsOfFlow(flow, limit - left, Names::Whole) > rows ? Names::Short : Names::Whole;
        const qreal right = limit + m_metrics.gap + m_metrics.bytesWidth;

        LayerMapRow row;
        row.title = title;
        qreal x = left;
        for (const std::size_t i : flow) {
            const qreal width = widthInFlow(i);
            const qreal beside = nameWidth(i, width, names);
            if (x + width + beside > limit + 0.5 && !row.cells.empty()) {
                finishRow(std::exchange(row, {}), m_metrics.margin, y, right);
                y += rowHeight() + rowGap();
                x = left;
            }
            addCell(row, i, QRectF(x, y, width, rowHeight()));
            x += width + m_metrics.gap;
            if (beside > 0) {
                m_layout.names[i] = QRectF(x, y, std::min(beside, limit - x), rowHeight());
                x += beside + m_metrics.gap;
            }
        }
        finishRow(std::move(row), m_metrics.margin, y, right);
        m_flowRight = std::max(m_flowRight, right);
        return y + rowHeight() + rowGap();
    }

    void addHead(LayerMapHead::Kind kind, const std::string &part, const QRectF &rect,
                 std::vector<std::size_t> cells)
    {
        m_layout.heads.push_back({kind, partTitle(part), rect, std::move(cells)});
    }

    /// Stacks (where there are several), groups, columns: one line each.
    qreal placeHeads(qreal y)
    {
        if (m_parts.sections.empty())
            return y;
        const qreal line = m_metrics.line;
        const qreal top = y;
        const bool severalStacks = m_parts.sections.size() > 1;
        if (severalStacks)
            y += line;
        for (const LayerMapSection &section : m_parts.sections) {
            std::vector<std::size_t> all;
            for (std::size_t i = 0; i < section.columns.size();) {
                const LayerMapColumn &first = section.columns[i];
                std::vector<std::size_t> together;
                qreal right = first.left;
                for (; i < section.columns.size() &&
                       groupOfKey(section.columns[i].key) == groupOfKey(first.key);
                     ++i) {
                    const LayerMapColumn &column = section.columns[i];
                    addHead(LayerMapHead::Kind::Column,
                            column.key.substr(column.key.rfind('.') + 1),
                            QRectF(column.left, y + line, column.width, line), column.cells);
                    together.insert(together.end(), column.cells.begin(), column.cells.end());
                    right = column.left + column.width;
                }
                all.insert(all.end(), together.begin(), together.end());
                addHead(LayerMapHead::Kind::Group, groupOfKey(first.key),
                        QRectF(first.left, y, right - first.left, line), std::move(together));
            }
            if (severalStacks) {
                addHead(LayerMapHead::Kind::Stack, section.stack,
                        QRectF(section.cellsLeft, top, section.right - section.cellsLeft, line),
                        std::move(all));
            }
        }
        m_layout.headBand =
            QRectF(0, top - m_metrics.gap / 2, 1, y + 2 * line - top + m_metrics.gap);
        return y + 2 * line + m_metrics.gap / 2;
    }

    qreal placeBlocks(qreal y)
    {
        qreal end = y;
        for (const LayerMapSection &section : m_parts.sections) {
            std::map<int, LayerMapRow> rows;
            for (const LayerMapColumn &column : section.columns) {
                for (const std::size_t i : column.cells) {
                    const BlockRun run = section.runOf(m_data.cells[i].block);
                    const bool folded = section.isFolded(run);
                    const int block = folded ? run.first : m_data.cells[i].block;
                    const auto place =
                        std::ranges::lower_bound(section.shown, block) - section.shown.begin();
                    const qreal top = y + static_cast<qreal>(place) * (rowHeight() + rowGap());
                    const qreal width = widthOf(weightOf(m_data.cells[i], m_view.widths));
                    addCell(rows[block], i, QRectF(column.left, top, width, rowHeight()));
                    if (m_data.cells[i].block != block)
                        foldAway(rows[block], column, i);
                    end = std::max(end, top + rowHeight() + rowGap());
                }
            }
            for (auto &[block, row] : rows) {
                row.stack = section.stack;
                row.block = block;
                const qreal top = m_layout.cells[row.cells.front()].top();
                finishBlock(std::move(row), section, top);
            }
        }
        std::ranges::stable_sort(m_layout.rows, {}, &LayerMapRow::top);
        return end;
    }

    /// The last cell of a row stands behind the one of its column that is in sight.
    void foldAway(LayerMapRow &row, const LayerMapColumn &column, std::size_t index)
    {
        row.cells.pop_back();
        const auto front = std::ranges::find_if(column.cells, [&](std::size_t other) {
            return std::ranges::find(row.cells, other) != row.cells.end();
        });
        if (front != column.cells.end())
            m_layout.fronts[index] = *front;
    }

    void finishBlock(LayerMapRow row, const LayerMapSection &section, qreal top)
    {
        const BlockRun run = section.runOf(row.block);
        const bool folded = section.isFolded(run);
        row.lastBlock = folded ? run.first + run.count - 1 : row.block;
        row.title = folded ? QStringLiteral("%1–%2").arg(row.block).arg(row.lastBlock)
                           : QString::number(row.block);
        if (run.count >= fewestFoldedBlocks && row.block == run.first) {
            const qreal side = std::min(m_metrics.gap + 6, rowHeight()); // between number and cells
            row.fold = QRectF(section.left + m_metrics.labelWidth + (m_metrics.gap - side) / 2,
                              top + (rowHeight() - side) / 2, side, side);
        }
        finishRow(std::move(row), section.left, top, section.right);
    }

    const LayerMapData &m_data;
    const LayerMapMetrics &m_metrics;
    const LayerMapView &m_view;
    LayerMapParts m_parts;
    double m_scale = 0;
    qreal m_flowRight = 0;
    LayerMapLayout m_layout;
};

/// With rows so low that at zoom 1 all of them are in sight, or so high that they fill the height, within
/// what can be read and what still looks like a row; as they are where they could not be read any more.
LayerMapMetrics fitted(const LayerMapData &data, LayerMapMetrics metrics, LayerMapView view)
{
    view.zoom = 1;
    const LayerMapLayout natural = Builder(data, metrics, view).built();
    const qreal over = natural.size.height() - view.height;
    int lines = 0;
    qreal last = -1;
    for (const LayerMapRow &row : natural.rows) { // those of stacks side by side are one
        lines += row.top() > last ? 1 : 0;
        last = row.top();
    }
    if (lines == 0)
        return metrics;
    // After the last row stands no gap that could become smaller.
    const qreal least = over > 0 ? over + metrics.rowGap - metrics.smallestGap : over;
    const qreal pitch = std::min(std::floor(metrics.rowHeight + metrics.rowGap - least / lines),
                                 metrics.rowGap + metrics.rowHeight * metrics.growth);
    const qreal gap = std::clamp(std::round(pitch * 0.2), metrics.smallestGap, metrics.rowGap);
    if (pitch - gap < metrics.smallestRow)
        return metrics;
    metrics.rowHeight = pitch - gap;
    metrics.rowGap = gap;
    return metrics;
}

} // namespace

LayerMapMetrics LayerMapMetrics::of(const QFontMetricsF &font)
{
    LayerMapMetrics metrics;
    metrics.line = std::ceil(font.height() * 1.15);
    metrics.rowHeight = std::round(font.height() * 2.3);
    metrics.labelWidth = std::ceil(font.horizontalAdvance(QStringLiteral("tokens")) * 1.1);
    metrics.letter = font.averageCharWidth();
    metrics.smallestRow = std::ceil(font.height() * 1.1);
    metrics.bytesWidth = std::ceil(font.horizontalAdvance(QStringLiteral("000.0 MB"))) + 12;
    return metrics;
}

LayerMapLayout layerMapLayout(const LayerMapData &data, const LayerMapMetrics &metrics,
                              const LayerMapView &view)
{
    const auto built = [&](Folding folding) {
        LayerMapView folded = view;
        folded.folding = folding;
        const LayerMapMetrics fitting = view.height > 0 ? fitted(data, metrics, folded) : metrics;
        return Builder(data, fitting, folded).built();
    };
    if (view.folding != Folding::WhereNeeded)
        return built(view.folding);
    LayerMapLayout whole = built(Folding::Never);
    if (view.zoom > 1 || view.height <= 0 || whole.size.height() <= view.height)
        return whole;
    return built(Folding::Always);
}

} // namespace pare
