// Writes a model as one GGUF file, as programs built on ggml read it. Any one thread at a time.
//
// Types of matrices: as chosen, or, where nothing is chosen, the smallest that holds what is stored
// bit for bit; what no type holds exactly becomes F16, or F32 where half precision would not do. Codes
// are held exactly where slots are multiples of 32 weights: 8 bits in Q8_0 and 4 bits in Q4_0, in
// groups of 32 with the bytes they had, other widths in the next wider type. With zero points 4 bits
// take Q4_1 where half precision has every least value, else Q5_0, and 8 bits have no type. Float16
// and float32 stay what they are. Rows that are no multiple of 32 weights cannot be quantized and
// become F16. Norms, biases, positions and token types are F32, all that llama.cpp takes there.
// GGUF has no factors and no masks: products are multiplied out, zeros written, and shared weights
// written once for each layer that uses them. Where values or bytes are not as they were, there is a
// remark.
#pragma once

#include "core/base/message.h"
#include "core/checkpoint/ggufheader.h"
#include "core/checkpoint/tokenizerfiles.h"
#include "core/model/specification.h"
#include "core/weights/weight.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace pare {

struct GgufOptions
{
    std::optional<GgufType> type = {}; ///< of all matrices that can have it; nothing: as above
    bool halves = false;        ///< what would be F32, as all else, becomes F16 where that would do
    std::string name = "model"; ///< for people
    /// Called after each layer that was looked at or written, so that the owner of the weights may let
    /// go of what is mapped of them.
    std::function<void(const std::string &layer)> taken = {};
};

/// Something that the file says otherwise than the model did.
struct GgufRemark
{
    std::string layer;              ///< canonical; empty: the whole model
    std::string was;                ///< "rank 24, 4 bits, groups of 64"
    std::optional<GgufType> became; ///< nothing: left out
    std::int64_t bytesBefore = 0;   ///< of the weight, as Pare's own export has it
    std::int64_t bytesAfter = 0;
    double error = 0;     ///< ‖W − written‖/‖W‖; 0: the values are the same
    Message message = {}; ///< all of it, for people
};

/// What a file will hold, without its numbers.
struct GgufPlan
{
    GgufHeader header; ///< offsets set
    std::vector<GgufRemark> remarks;

    std::uint64_t fileSize() const;
};

/// Looks at one layer after the other. `file` only opens messages. Throws Unsupported for what the
/// layout "bert" cannot say (checkGgufHolds()), InvalidFile for weights or a vocabulary that do not
/// fit, Io.
GgufPlan plannedGguf(const std::filesystem::path &file, const NetworkSpecification &specification,
                     const ModelWeights &weights, const TokenizerSource &tokenizer,
                     const GgufOptions &options = {});

/// Plans and writes; the file appears complete or not at all, and at most one tensor is decoded at a
/// time. Throws as above. Returns the remarks.
std::vector<GgufRemark> writeGguf(const std::filesystem::path &file,
                                  const NetworkSpecification &specification,
                                  const ModelWeights &weights, const TokenizerSource &tokenizer,
                                  const GgufOptions &options = {});

} // namespace pare
