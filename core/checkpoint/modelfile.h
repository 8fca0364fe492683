// What stands in a `model.safetensors` that Pare writes: plain Hugging Face tensors, and packed
// ones.
//
// A layer that nothing was done to keeps its tensor under its own name. Every other layer's packing
// is told in the metadata, under "pare": {"format": 1, "layers": {canonical name: description}},
// where a description is that of core/weights (descriptionOf) or {"form": "shared", "layer":
// owner}. Together with config.json the file rebuilds every weight. Values; any thread.
#pragma once

#include "core/model/architecture.h"
#include "core/tensors/safetensorswriter.h"
#include "core/weights/weight.h"

#include <functional>
#include <vector>

namespace pare {

inline constexpr int modelFileFormat = 1;

/// Called between tensors that are gone through one by one: the owner of a mapping may let go of its
/// pages, or throw Cancelled.
using BetweenTensors = std::function<void()>;

struct ModelFile
{
    std::vector<StoredTensor> tensors;
    SafetensorsMetadata metadata;

    SafetensorsLayout layout() const;
};

/// The tensors of `layers` (names as in the architecture's table) held by `weights`. Layers tied by
/// the configuration are not written.
ModelFile modelFile(const std::vector<Layer> &layers, const ModelWeights &weights);

/// The layers of the head in use, then those of heads that `others` carries beside it.
std::vector<Layer> layersWithHeads(const NetworkSpecification &specification,
                                   const ModelWeights &others);

/// Whether a layer is held just as a checkpoint without Pare would hold it.
bool isPlain(const Layer &layer, const Weight &weight);

} // namespace pare
