#include "core/checkpoint/modelfolder.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/checkpoint/messages.h"
#include "core/model/architecture.h"
#include "core/tensors/torcherrors.h"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

namespace pare {

namespace {

namespace fs = std::filesystem;

/// What holds weights, in any format.
constexpr std::array weightFiles{"model.safetensors", "model.gguf", "model.pt"};

constexpr std::array tokenizerFiles{"vocab.txt", "tokenizer_config.json",
                                    "special_tokens_map.json"};
constexpr std::array describingFiles{"config.json", "README.md", "pare.json"};

/// While it is there, all that an export writes belongs to one that was stopped.
constexpr auto unfinishedMark = "pare.json.unfinished";

/// What a PendingFile leaves where the process is killed.
bool isPartOf(const std::string &name, const char *file)
{
    return name.starts_with(std::string(file) + ".part");
}

bool isPart(const fs::path &file)
{
    const std::string name = file.filename().string();
    const auto isOf = [&](const char *known) { return isPartOf(name, known); };
    return std::ranges::any_of(weightFiles, isOf) || std::ranges::any_of(tokenizerFiles, isOf) ||
           std::ranges::any_of(describingFiles, isOf);
}

/// Of an export that was stopped.
bool isUnfinished(const fs::path &file)
{
    std::error_code ignored;
    const std::string name = file.filename().string();
    const auto is = [&](const char *known) { return name == known; };
    return std::ranges::any_of(weightFiles, is) || std::ranges::any_of(tokenizerFiles, is) ||
           isPart(file) || name == unfinishedMark ||
           (std::ranges::any_of(describingFiles, is) &&
            fs::exists(file.parent_path() / unfinishedMark, ignored));
}

void removeIfThere(const fs::path &path)
{
    std::error_code ignored;
    fs::remove(path, ignored);
}

} // namespace

void checkReplaceable(const fs::path &folder)
{
    std::error_code error;
    if (fs::exists(folder / "pare.json", error))
        return;
    for (const fs::directory_entry &entry : fs::directory_iterator(folder, error)) {
        if (!isUnfinished(entry.path()))
            throw Error(ErrorKind::InvalidSetting, messages::checkpointNotOurs, folder,
                        entry.path().filename());
    }
}

void startModelFolder(const fs::path &folder)
{
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        throw Error(ErrorKind::Io, messages::checkpointFolder, folder, error.message());
    removeIfThere(folder / "config.json");
    std::vector<fs::path> parts;
    for (const fs::directory_entry &entry : fs::directory_iterator(folder, error)) {
        if (isPart(entry.path()))
            parts.push_back(entry.path());
    }
    std::ranges::for_each(parts, removeIfThere);
    if (!fs::exists(folder / "pare.json", error))
        return;
    for (const char *file : weightFiles) // of another format they would stay, and be opened
        removeIfThere(folder / file);
    removeIfThere(folder / "README.md");
    removeIfThere(folder / "pare.json"); // last: until then the folder is known for what it is
}

void markUnfinished(const fs::path &folder)
{
    writeFile(folder / unfinishedMark, "");
}

void markFinished(const fs::path &folder)
{
    removeIfThere(folder / unfinishedMark);
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
