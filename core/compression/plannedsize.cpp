#include "core/compression/plannedsize.h"

#include "core/weights/factor.h"

#include <array>
#include <cassert>
#include <functional>
#include <numeric>
#include <span>

namespace pare {

namespace {

using Shape = std::vector<std::int64_t>;
using Parts = std::map<std::string, std::int64_t>;

std::int64_t countOf(const Shape &shape)
{
    return std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
}

std::int64_t totalOf(const Parts &parts)
{
    return std::accumulate(parts.begin(), parts.end(), std::int64_t{0},
                           [](std::int64_t sum, const auto &part) { return sum + part.second; });
}

/// Of a layer whose dense weight the checkpoint holds: exact, so the bias is what is left of its
/// bytes.
std::int64_t biasBytes(const Layer &layer)
{
    return layer.bytes - totalOf(plannedBytes(layer.shape, denseCodec(layer.dtype)));
}

std::int64_t biasCount(const Layer &layer)
{
    return layer.bias ? layer.shape[0] : 0;
}

PlannedLayerSize sizeOfMember(const PlannedLayer &planned, const Layer &layer)
{
    PlannedLayerSize size{planned.name, 0, 0, {}};
    if (planned.sharesBias)
        return size;
    size.parameters = layer.parameters;
    size.bytes = layer.bytes;
    if (layer.bytes > 0)
        size.bytesByPart["rest"] = layer.bytes;
    return size;
}

PlannedLayerSize sizeOfOwner(const PlannedLayer &planned, const Layer &layer)
{
    const bool compressedBefore = !layer.storage.empty();
    if (!planned.changesWeight() && compressedBefore)
        return {planned.name, layer.parameters, layer.bytes, {}};
    if (compressedBefore || planned.parametersUnknown())
        return {planned.name, {}, {}, {}};

    const Codec codec = planned.storedCodec().value_or(denseCodec(layer.dtype));
    std::int64_t parameters = biasCount(layer);
    Parts parts;
    for (const Shape &shape : factorShapes(planned, layer)) {
        const std::int64_t kept = planned.mask ? keptCount(*planned.mask, shape) : countOf(shape);
        parameters += kept;
        if (planned.bytesUnknown())
            continue;
        for (const auto &[name, bytes] : plannedBytes(shape, codec, kept))
            parts[name] += bytes;
        if (planned.scalesInputs)
            parts["scales"] += 2 * shape[1]; // half precision
    }
    if (planned.bytesUnknown())
        return {planned.name, parameters, {}, {}};
    if (const std::int64_t bytes = biasBytes(layer); bytes > 0)
        parts["rest"] += bytes;
    return {planned.name, parameters, totalOf(parts), parts};
}

/// What layers that one threshold prunes keep together.
class Pools
{
public:
    void add(const PlannedLayer &planned, const Layer &layer)
    {
        Pool &pool = m_pools[planned.mask->pool];
        pool.mask = *planned.mask;
        pool.known = pool.known && layer.storage.empty() && !planned.rankBound;
        if (!pool.known)
            return;
        pool.biases += biasCount(layer);
        for (const Shape &shape : factorShapes(planned, layer))
            pool.weights += countOf(shape);
    }

    std::optional<std::int64_t> parameters() const
    {
        std::int64_t sum = 0;
        for (const auto &[number, pool] : m_pools) {
            if (!pool.known)
                return std::nullopt;
            sum += pool.biases + keptTogether(pool.mask, pool.weights);
        }
        return sum;
    }

private:
    struct Pool
    {
        MaskSetting mask;
        std::int64_t weights = 0;
        std::int64_t biases = 0;
        bool known = true;
    };
    std::map<int, Pool> m_pools;
};

void addTo(std::optional<std::int64_t> &sum, std::optional<std::int64_t> value)
{
    sum = sum && value ? std::optional(*sum + *value) : std::nullopt;
}

} // namespace

PlannedSize plannedSize(const RecipePlan &plan)
{
    assert(plan.layers.size() == plan.model.layers.size());
    PlannedSize size{{}, 0, 0};
    Pools pools;
    for (std::size_t i = 0; i < plan.layers.size(); ++i) {
        const PlannedLayer &planned = plan.layers[i];
        const Layer &layer = plan.model.layers[i];
        assert(planned.name == layer.name);
        size.layers.push_back(planned.sizeUnknown     ? PlannedLayerSize{planned.name, {}, {}, {}}
                              : planned.owner.empty() ? sizeOfOwner(planned, layer)
                                                      : sizeOfMember(planned, layer));
        addTo(size.bytes, size.layers.back().bytes);
        if (!planned.sizeUnknown && planned.mask && planned.mask->scope == MaskScope::Global)
            pools.add(planned, layer);
        else
            addTo(size.parameters, size.layers.back().parameters);
    }
    addTo(size.parameters, pools.parameters());
    return size;
}

} // namespace pare
