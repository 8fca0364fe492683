// What core/checkpoint says to people.
#pragma once

#include "core/base/message.h"

namespace pare::messages {

inline constexpr auto checkpointKind =
    translatable("%1: expected a model folder, a .safetensors file or a config.json");
inline constexpr auto checkpointNoConfig =
    translatable("%1: there is no config.json; it says what the model computes");
inline constexpr auto checkpointNoWeights =
    translatable("%1: there is no model.safetensors beside config.json");
inline constexpr auto checkpointOtherFormat =
    translatable("%1: weights in %2 cannot be read; save the model as model.safetensors");
inline constexpr auto checkpointTensorMissing =
    translatable("%1: the tensor %2 of layer %3 is missing");
inline constexpr auto checkpointTensorShape =
    translatable("%1: tensor %2: expected the shape %3, found %4");
inline constexpr auto checkpointTensorType =
    translatable("%1: tensor %2: expected float32, float16, bfloat16 or float64, found %3");
inline constexpr auto checkpointUnused =
    translatable("%1: %2 tensors belong to no layer and were ignored, the first is %3");
inline constexpr auto checkpointFormatJson =
    translatable("%1: metadata \"pare\" cannot be read: %2");
inline constexpr auto checkpointLayers = translatable("layers: expected an object, found %1");
inline constexpr auto checkpointFormatNewer =
    translatable("%1: written in format %2, this program reads up to %3; a newer Pare can open it");
inline constexpr auto checkpointSharedWith =
    translatable("%1: layer %2 is said to share %3, which owns no weight of its shape");
inline constexpr auto checkpointFolder = translatable("%1: cannot be created: %2");
inline constexpr auto checkpointCopy = translatable("%1: cannot be copied: %2");

inline constexpr auto checkpointRecord =
    translatable("%1: cannot be read, so what was done to this model is not known: %2");
inline constexpr auto checkpointCompressed =
    translatable("already compressed: more is lost on top of what was lost before, and figures "
                 "compare with this model, not with the one it was made from");
inline constexpr auto checkpointCompressedBy =
    translatable("already compressed (%1, made from %2): more is lost on top of what was lost "
                 "before, and figures compare with this model, not with the one it was made from");
inline constexpr auto denseTokenAttention =
    translatable("format dense: Hugging Face's layout has no attention among token rows, which "
                 "factorize.safe makes; use format packed or torchscript");
inline constexpr auto denseHeads =
    translatable("format dense: block %1 has %2 of %3 heads, and transformers reads no such model "
                 "since version 5; use format packed or torchscript");
inline constexpr auto denseWidths =
    translatable("format dense: block %1 has %2 feed-forward units and others have %3, for which "
                 "Hugging Face's config.json has no key; use format packed or torchscript");
inline constexpr auto denseTooLarge =
    translatable("layer %1: holds values too large for %2; use --dtype float32");
inline constexpr auto denseCopies =
    translatable("%1 layers share weights that the format cannot tie, so each has a copy: %2 bytes "
                 "more");
inline constexpr auto denseRounding =
    translatable("%1 layers round their inputs to 8 bits, which the format cannot say: in other "
                 "programs they do not, and answers differ a little");

} // namespace pare::messages
