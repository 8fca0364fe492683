// Writes model folders: config.json, the weights, the tokenizer's files. Any one thread at a time.
#pragma once

#include "core/checkpoint/modelfile.h"
#include "core/checkpoint/tokenizerfiles.h"

#include <filesystem>
#include <nlohmann/json_fwd.hpp>

namespace pare {

/// Whether a model may be written there: it is new, empty, an earlier export, or what an export left
/// that was stopped. Throws InvalidSetting naming a file that somebody else put there.
void checkReplaceable(const std::filesystem::path &folder);

/// Creates the folder, empties it of an earlier export, and takes a config.json away that is there, so that what is written next is
/// no model until finishModelFolder(). Throws Io.
void startModelFolder(const std::filesystem::path &folder);
/// Between the two a folder counts as what a stopped export left, whatever that has written already.
/// Throws Io.
void markUnfinished(const std::filesystem::path &folder);
void markFinished(const std::filesystem::path &folder);
/// Writes the tokenizer's files, then config.json. Throws Io.
void finishModelFolder(const std::filesystem::path &folder, const nlohmann::ordered_json &config,
                       const TokenizerSource &tokenizer);

/// Writes config.json, model.safetensors and the tokenizer's files. Creates `folder`; config.json
/// comes last, so that a folder with one is complete. Throws Io.
void writeModel(const std::filesystem::path &folder, const NetworkSpecification &specification,
                const ModelWeights &weights, const TokenizerSource &tokenizer,
                const ModelWeights &otherHeads = {}, const BetweenTensors &between = {});

} // namespace pare
