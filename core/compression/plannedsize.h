// What a plan makes of a model's size, from the description alone: no weights, any thread.
#pragma once

#include "core/compression/plan.h"

#include <map>

namespace pare {

/// Parameters are the weights that are stored: pruned ones are none, a product of rank r counts
/// r · (out + in), shared weights count with their owner; biases count. Bytes are those of the
/// layer's tensors in `model.safetensors`, without that file's header.
struct PlannedLayerSize
{
    std::string name;
    /// Nothing where it depends on weights or data: one threshold for several layers, a rank that
    /// follows from singular values, columns of large inputs (parameters are known), a layer that the
    /// checkpoint already holds compressed and that a step changes, structure that is chosen by data.
    std::optional<std::int64_t> parameters;
    std::optional<std::int64_t> bytes;
    /// As LayerRecord::bytesByPart, biases under "rest"; empty where bytes are nothing, and for
    /// layers that stay as compressed as the checkpoint holds them.
    std::map<std::string, std::int64_t> bytesByPart;
};

struct PlannedSize
{
    std::vector<PlannedLayerSize> layers;   ///< as RecipePlan::layers
    std::optional<std::int64_t> parameters; ///< exact for one threshold too
    std::optional<std::int64_t> bytes;
};

PlannedSize plannedSize(const RecipePlan &plan);

} // namespace pare
