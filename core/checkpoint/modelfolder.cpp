#include "core/checkpoint/modelfolder.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/checkpoint/messages.h"
#include "core/model/architecture.h"
#include "core/tensors/torcherrors.h"

#include <map>
#include <nlohmann/json.hpp>

namespace pare {

namespace {

namespace fs = std::filesystem;

void removeIfThere(const fs::path &path)
{
    std::error_code ignored;
    fs::remove(path, ignored);
}

} // namespace

void startModelFolder(const fs::path &folder)
{
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        throw Error(ErrorKind::Io, messages::checkpointFolder, folder, error.message());
    removeIfThere(folder / "config.json");
    removeIfThere(folder / "pare.json"); // it spoke of other weights
}

void finishModelFolder(const fs::path &folder, const nlohmann::ordered_json &config,
                       const TokenizerSource &tokenizer)
{
    copyTokenizer(tokenizer, folder);
    writeFile(folder / "config.json", config.dump(2) + "\n");
}

void writeModel(const fs::path &folder, const NetworkSpecification &specification,
                const ModelWeights &weights, const TokenizerSource &tokenizer,
                const ModelWeights &otherHeads, const BetweenTensors &between)
{
    startModelFolder(folder);
    translatingTorchErrors([&] {
        ModelWeights all = weights;
        all.layers.insert(otherHeads.layers.begin(), otherHeads.layers.end());
        const ModelFile file = modelFile(layersWithHeads(specification, otherHeads), all);
        std::map<std::string, at::Tensor> tensors;
        for (const StoredTensor &tensor : file.tensors)
            tensors[tensor.name] = tensor.data;
        writeSafetensors(folder / "model.safetensors", file.layout(),
                         [&](const SafetensorsEntry &entry) {
                             if (between)
                                 between();
                             return tensors.at(entry.name);
                         });
    });
    finishModelFolder(folder, configJson(specification), tokenizer);
}

} // namespace pare
