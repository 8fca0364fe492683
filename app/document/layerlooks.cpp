#include "app/document/layerlooks.h"

#include "core/checkpoint/checkpoint.h"
#include "core/compression/compress.h"
#include "core/compression/factorize/rankchoice.h"
#include "core/compression/factorize/svd.h"
#include "core/weights/statistics.h"

#include "app/document/codecvalues.h"
#include "app/document/documentplan.h"
#include "app/document/messages.h"
#include "core/base/error.h"

#include <algorithm>
#include <cmath>

namespace pare {

namespace {

constexpr std::int64_t mostBlocks = 256; // of a picture, along each side

LayerLook::Statistics lookedAt(const at::Tensor &values, HistogramRange range)
{
    WeightStatistics statistics = statisticsOf(values, range);
    return {statistics.count,     statistics.mean,
            statistics.deviation, statistics.minimum,
            statistics.maximum,   statistics.kurtosis,
            statistics.zeros,     std::move(statistics.histogram),
            statistics.low,       statistics.high};
}

/// Why a layer cannot be told from its own weights; nothing: it can.
std::optional<Message> unknownBefore(const PlannedLayer &layer, const RecipePlan &planned)
{
    const auto owner = std::ranges::find(planned.layers, layer.owner, &PlannedLayer::name);
    const PlannedLayer &own = owner == planned.layers.end() ? layer : *owner;
    if (own.mask && own.mask->scope == MaskScope::Global)
        return message(messages::lookGlobal);
    Recipe steps;
    for (const std::string &text : layer.steps)
        steps.steps.push_back(parsedStep(text));
    if (planned.recipe.training)
        return message(messages::lookTrained);
    if (calibratedTechnique(steps))
        return message(messages::lookCalibrated);
    if (planned.structure.steps.contains(layer.name))
        return message(messages::lookStructure);
    return std::nullopt;
}

/// The plan and weights cut down to one layer and the one it shares, so that a look costs no more
/// than they do.
Weight compressedWeight(const Checkpoint &checkpoint, const RecipePlan &planned,
                        const PlannedLayer &layer, Progress &progress)
{
    RecipePlan cut = planned;
    cut.structure = {}; // of other layers
    ModelWeights weights;
    const auto owner = std::ranges::find(planned.layers, layer.owner, &PlannedLayer::name);
    const PlannedLayer &own = owner == planned.layers.end() ? layer : *owner;
    std::erase_if(cut.layers, [&](const PlannedLayer &other) {
        return other.name != layer.name && other.name != layer.owner;
    });
    for (const std::string &member : own.averagedWith)
        weights.layers[member] = checkpoint.weights.layers.at(member);
    for (const PlannedLayer &kept : cut.layers)
        weights.layers[kept.name] = checkpoint.weights.layers.at(kept.name);
    return compressed(weights, cut, progress).resolved(layer.name).weight;
}

std::optional<LayerSpectrum::Bytes> rankBytes(const Layer &layer)
{
    if (!layer.storage.empty())
        return std::nullopt;
    const Codec codec = denseCodec(layer.dtype);
    const auto bytesOf = [&](std::int64_t rows, std::int64_t columns) {
        std::int64_t sum = 0;
        for (const auto &[part, bytes] : plannedBytes(std::vector{rows, columns}, codec))
            sum += bytes;
        return sum;
    };
    const std::int64_t out = layer.shape[0];
    const std::int64_t in = layer.shape[1];
    return LayerSpectrum::Bytes{layer.bytes, layer.bytes - bytesOf(out, in),
                                bytesOf(out, 1) + bytesOf(1, in)};
}

/// Where each block begins, and the end.
std::vector<std::int64_t> blockEdges(std::int64_t first, std::int64_t count, int blocks)
{
    std::vector<std::int64_t> edges;
    for (std::int64_t i = 0; i <= blocks; ++i)
        edges.push_back(first + i * count / blocks);
    return edges;
}

/// Sums of a matrix, float32 and contiguous, by blocks.
LayerPicture::Grid gridOf(const at::Tensor &matrix, const LayerPicture &picture, Progress &progress)
{
    const std::vector<std::int64_t> rows =
        blockEdges(picture.region.row, picture.region.rows, picture.rows);
    const std::vector<std::int64_t> columns =
        blockEdges(picture.region.column, picture.region.columns, picture.columns);
    const at::Tensor dense = matrix.contiguous();
    const float *values = dense.data_ptr<float>();
    LayerPicture::Grid grid;
    for (std::size_t r = 0; r + 1 < rows.size(); ++r) {
        progress.check();
        for (std::size_t c = 0; c + 1 < columns.size(); ++c) {
            double size = 0;
            double sum = 0;
            for (std::int64_t row = rows[r]; row < rows[r + 1]; ++row) {
                for (std::int64_t column = columns[c]; column < columns[c + 1]; ++column) {
                    const double value = values[row * picture.in + column];
                    size += std::abs(value);
                    sum += value;
                }
            }
            const auto count =
                static_cast<double>((rows[r + 1] - rows[r]) * (columns[c + 1] - columns[c]));
            grid.sizes.push_back(static_cast<float>(size / count));
            grid.means.push_back(static_cast<float>(sum / count));
        }
    }
    return grid;
}

/// The part of a matrix of out x in weights that is there, one weight at least.
PictureRegion within(PictureRegion region, std::int64_t out, std::int64_t in)
{
    region.row = std::clamp<std::int64_t>(region.row, 0, out - 1);
    region.column = std::clamp<std::int64_t>(region.column, 0, in - 1);
    region.rows = std::clamp<std::int64_t>(region.rows, 1, out - region.row);
    region.columns = std::clamp<std::int64_t>(region.columns, 1, in - region.column);
    return region;
}

} // namespace

LayerChange layerChange(const Checkpoint &checkpoint, const Recipe &recipe, const std::string &name,
                        Progress &progress)
{
    LayerChange change;
    change.name = name;
    change.stored = checkpoint.weights.resolved(name).weight;
    change.before = denseValues(change.stored);
    progress.check();
    const RecipePlan planned = plan(recipe, checkpoint.description);
    const auto layer = std::ranges::find(planned.layers, name, &PlannedLayer::name);
    if (layer == planned.layers.end())
        change.unknown = message(messages::lookRemoved);
    if (change.unknown || layer->steps.empty())
        return change;
    change.unknown = unknownBefore(*layer, planned);
    if (change.unknown)
        return change;
    try {
        change.stored = compressedWeight(checkpoint, planned, *layer, progress);
        change.after = denseValues(change.stored);
    } catch (const Error &error) {
        change.unknown = error.message();
    }
    return change;
}

LayerLook layerLook(const LayerChange &change)
{
    LayerLook look;
    look.name = change.name;
    look.before = lookedAt(change.before, {});
    look.unknown = change.unknown;
    if (!look.unknown)
        look.values = codecValues(change.stored);
    if (change.after.defined()) {
        look.after = lookedAt(change.after, {64, look.before.low, look.before.high});
        look.weightError = relativeError(change.before, change.after);
    }
    return look;
}

LayerSpectrum layerSpectrum(const Checkpoint &checkpoint, const std::string &name,
                            Progress &progress)
{
    LayerSpectrum spectrum;
    spectrum.name = name;
    const Layer *layer = checkpoint.description.find(checkpoint.weights.ownerOf(name));
    if (!layer || !layer->isMatrix())
        return spectrum;
    const at::Tensor matrix = denseValues(checkpoint.weights.resolved(name).weight);
    const at::Tensor values = decomposed(matrix.contiguous(), progress).singularValues.contiguous();
    const double *first = values.data_ptr<double>();
    spectrum.values.assign(first, first + values.numel());
    spectrum.breakEven = breakEvenRank(layer->shape[0], layer->shape[1]);
    spectrum.bytes = rankBytes(*layer);
    return spectrum;
}

LayerPicture layerPicture(const LayerChange &change, Progress &progress,
                          const std::optional<PictureRegion> &region)
{
    LayerPicture picture;
    picture.name = change.name;
    picture.unknown = change.unknown;
    if (change.before.dim() != 2)
        return picture;
    picture.out = change.before.size(0);
    picture.in = change.before.size(1);
    if (picture.out < 1 || picture.in < 1)
        return picture;
    picture.region = within(region.value_or(PictureRegion{0, 0, picture.out, picture.in}),
                            picture.out, picture.in);
    picture.rows = static_cast<int>(std::min(mostBlocks, picture.region.rows));
    picture.columns = static_cast<int>(std::min(mostBlocks, picture.region.columns));
    picture.before = gridOf(change.before, picture, progress);
    if (change.after.defined()) {
        picture.after = gridOf(change.after, picture, progress);
        picture.difference = gridOf(change.after.sub(change.before), picture, progress);
    }
    return picture;
}

} // namespace pare
