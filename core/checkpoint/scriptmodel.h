// The weights of a model that was written as TorchScript, by its parameters and by what the file says of
// its layers. A free function; any one thread.
#pragma once

#include "core/checkpoint/scriptarchive.h"
#include "core/model/specification.h"
#include "core/weights/weight.h"

#include <memory>
#include <vector>

namespace pare {

/// What a file says of its layers, for ScriptArchive::layers(): JSON.
std::string scriptLayersJson(const NetworkSpecification &specification,
                             const ModelWeights &weights);

struct ScriptModel
{
    ModelWeights weights; ///< of the layers that the head in use needs
    bool compressed = false;
    std::vector<Message> warnings;
};

/// Products stay two matrices, and codes codes as scriptFactor() has them; what was multiplied out is
/// dense. `specification`: of the config.json beside it. Throws InvalidFile where a tensor is missing or of
/// another shape or type, Unsupported for what a newer Pare wrote.
ScriptModel readScriptModel(const std::shared_ptr<const ScriptArchive> &archive,
                            const NetworkSpecification &specification);

} // namespace pare
