// Model folders as they are opened: config.json, model.safetensors, vocab.txt, tokenizer_config.json.
//
// Opens what Hugging Face writes, what Pare exports in any format, and a BERT as GGUF. Weights stay
// mapped; nothing is copied until something needs it. All functions may be called from any one thread at a
// time.
#pragma once

#include "core/base/progress.h"
#include "core/checkpoint/modelfile.h"
#include "core/model/exportrecord.h"
#include "core/model/layer.h"
#include "core/model/specification.h"
#include "core/weights/weight.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pare {

class GgufReader;
class MappedFile;
class SafetensorsFile;

enum class CheckpointWeights {
    Required, ///< missing weights are an error
    Optional, ///< described from config.json alone where there are none
    Ignored,  ///< described from config.json alone
};

struct Checkpoint
{
    std::filesystem::path folder;
    NetworkSpecification specification;
    ModelDescription
        description; ///< layers that the head in use needs, with bytes as exported without steps
    ModelWeights weights;               ///< of those layers; empty where only config.json is there
    ModelWeights otherHeads;            ///< layers of heads the checkpoint carries beside it
    std::vector<Message> warnings;      ///< unknown keys, tensors nobody uses
    bool compressed = false;            ///< packed in codes, or exported by Pare with steps applied
    std::optional<ExportRecord> record; ///< pare.json beside it: what it was made from
    std::shared_ptr<const SafetensorsFile> file; ///< the mapping behind the weights, or
    std::shared_ptr<const GgufReader> gguf;      ///< this one, or
    std::shared_ptr<const MappedFile> script;    ///< that of a model.pt

    /// What was done to it before, in words; empty: nothing that is known.
    std::optional<Message> alreadyCompressed() const;

    /// Lets go of what is mapped of its file; it is read again when it is needed.
    void releasePages() const;

    bool hasWeights() const { return !weights.layers.empty(); }
};

/// Whether a note of a run is what alreadyCompressed() said of its model.
bool tellsOfEarlierCompression(std::string_view note);

/// Opens a folder, a .safetensors or .pt file beside its config.json, a .gguf file with one or without,
/// or a config.json. Of a folder without model.safetensors, model.gguf, else model.pt. Throws Error.
Checkpoint openCheckpoint(const std::filesystem::path &path,
                          CheckpointWeights weights = CheckpointWeights::Required);

/// The same checkpoint used with another head: layers it lacks are missing from `weights` (training
/// makes them), those of the old head move to `otherHeads`.
Checkpoint withHead(Checkpoint checkpoint, HeadKind head, std::vector<std::string> labels = {});

/// The description of a model that holds `weights`: types, bytes, sharing and packing as they are
/// there.
ModelDescription described(const NetworkSpecification &specification, const ModelWeights &weights);

/// Bytes of the `model.safetensors` that writeModel() would write, without writing it.
std::int64_t exportedBytes(const NetworkSpecification &specification, const ModelWeights &weights);

/// Identity of weights: a hash over what they compute (config.json as written) and the sorted
/// (name, dtype, shape, bytes) of the tensors export would write.
std::string hashOf(const NetworkSpecification &specification, const ModelWeights &weights,
                   Progress &progress, const BetweenTensors &between = {});

/// Identity of a model: its weights and the files of its tokenizer. Throws Error and Cancelled.
std::string hashOf(const Checkpoint &checkpoint, Progress &progress);

} // namespace pare
