#include "app/document/layerfigures.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/checkpoint/checkpoint.h"
#include "core/compression/factorize/rankchoice.h"
#include "core/compression/factorize/svd.h"
#include "core/compression/statisticsstore.h"
#include "core/weights/statistics.h"

#include <ATen/ops/empty.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <limits>

namespace pare {

namespace {

constexpr std::chrono::milliseconds shortWhile{120}; // so that other looks need not wait
constexpr std::int64_t largestDecomposed = 2048;     // beyond, one layer takes too long
constexpr std::uint64_t limit = 50'000'000;          // bytes of all models together
constexpr std::array members{&LayerFigures::norm, &LayerFigures::kurtosis, &LayerFigures::zeros,
                             &LayerFigures::rank};

bool rankIsTold(const Layer &layer)
{
    return layer.isMatrix() && std::min(layer.shape[0], layer.shape[1]) <= largestDecomposed;
}

/// Of weights that are not finite nothing can be told; NaN would have them looked at again.
double told(double number)
{
    return std::isfinite(number) ? number : std::numeric_limits<double>::infinity();
}

LayerFigures lookedAt(const Checkpoint &checkpoint, const std::string &layer, FigureDepth depth,
                      Progress &progress)
{
    LayerFigures figures;
    const at::Tensor values = denseValues(checkpoint.weights.resolved(layer).weight);
    if (depth == FigureDepth::Ranks) {
        const at::Tensor singular =
            decomposed(values.contiguous(), progress).singularValues.contiguous();
        figures.rank = static_cast<double>(rankForEnergy(
            {singular.data_ptr<double>(), static_cast<std::size_t>(singular.numel())}, keptEnergy));
        return figures;
    }
    const WeightStatistics statistics = statisticsOf(values, {1});
    figures.norm = told(std::hypot(statistics.mean, statistics.deviation));
    figures.kurtosis = told(statistics.kurtosis);
    figures.zeros = statistics.zeros;
    return figures;
}

/// A file holds a row of numbers for each layer, so that the names belong to what it is found by.
std::string keyOf(const Checkpoint &checkpoint, const std::string &modelHash)
{
    Hasher hasher;
    hasher.add("figures 1").add(modelHash);
    for (const Layer &layer : checkpoint.description.layers)
        hasher.add(layer.name);
    return hasher.hex();
}

std::optional<StatisticsStore> store()
{
    try {
        return StatisticsStore(cacheFolder() / "figures", limit);
    } catch (const Error &) {
        return std::nullopt; // no cache folder: they are looked at each time
    }
}

} // namespace

std::vector<std::string> missingFigures(const Checkpoint &checkpoint, const FigureMap &known,
                                        FigureDepth depth)
{
    std::vector<std::string> missing;
    for (const Layer &layer : checkpoint.description.layers) {
        if (!layer.sharedWith.empty() || (depth == FigureDepth::Ranks && !rankIsTold(layer)))
            continue;
        const auto found = known.find(layer.name);
        const bool there =
            found != known.end() &&
            !std::isnan(depth == FigureDepth::Ranks ? found->second.rank : found->second.norm);
        if (!there)
            missing.push_back(layer.name);
    }
    return missing;
}

FigureMap keptFigures(const Checkpoint &checkpoint, const std::string &modelHash)
{
    const std::vector<Layer> &layers = checkpoint.description.layers;
    const std::optional<StatisticsStore> kept = store();
    const auto found = kept ? kept->find(keyOf(checkpoint, modelHash)) : std::nullopt;
    if (!found || !found->contains("figures"))
        return {};
    const at::Tensor &table = found->at("figures");
    if (table.scalar_type() != at::kDouble ||
        table.numel() != static_cast<std::int64_t>(layers.size() * members.size()))
        return {};
    const double *number = table.data_ptr<double>();
    FigureMap figures;
    for (const Layer &layer : layers) {
        for (double LayerFigures::*member : members)
            figures[layer.name].*member = *number++;
    }
    return figures;
}

void keepFigures(const Checkpoint &checkpoint, const std::string &modelHash,
                 const FigureMap &figures)
{
    const std::optional<StatisticsStore> kept = store();
    const std::vector<Layer> &layers = checkpoint.description.layers;
    if (!kept || layers.empty())
        return;
    at::Tensor table = at::empty(
        {static_cast<std::int64_t>(layers.size()), static_cast<std::int64_t>(members.size())},
        at::kDouble);
    double *number = table.data_ptr<double>();
    for (const Layer &layer : layers) {
        const auto found = figures.find(layer.name);
        const LayerFigures &row = found == figures.end() ? LayerFigures() : found->second;
        for (double LayerFigures::*member : members)
            *number++ = row.*member;
    }
    kept->keep(keyOf(checkpoint, modelHash), {{"figures", table}});
    kept->keepToLimit();
}

FigureMap figuresOf(const Checkpoint &checkpoint, std::span<const std::string> layers,
                    FigureDepth depth, Progress &progress)
{
    const auto start = std::chrono::steady_clock::now();
    FigureMap figures;
    for (const std::string &layer : layers) {
        progress.check();
        figures[layer] = lookedAt(checkpoint, layer, depth, progress);
        if (std::chrono::steady_clock::now() - start > shortWhile)
            break;
    }
    return figures;
}

void addFigures(FigureMap &known, const FigureMap &found)
{
    for (const auto &[layer, figures] : found) {
        LayerFigures &own = known[layer];
        for (double LayerFigures::*member : members) {
            if (!std::isnan(figures.*member))
                own.*member = figures.*member;
        }
    }
}

} // namespace pare
