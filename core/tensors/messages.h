// What core/tensors says to people.
#pragma once

#include "core/base/message.h"

namespace pare::messages {

inline constexpr auto safetensorsTooShort =
    translatable("%1: expected a safetensors file of at least 8 bytes, found %2");
inline constexpr auto safetensorsHeaderLimit =
    translatable("%1: the header is said to be %2 bytes long, expected at most %3");
inline constexpr auto safetensorsHeaderLength =
    translatable("%1: the header is said to be %2 bytes long, the file holds %3 after its first 8");
inline constexpr auto safetensorsHeaderStart =
    translatable("%1: the header must begin with \"{\", found byte %2");
inline constexpr auto safetensorsHeaderEnd =
    translatable("%1: the header must end with \"}\" and spaces, found byte %2");
inline constexpr auto safetensorsHeaderByte =
    translatable("%1: the header holds the byte %2 at offset %3, expected text in UTF-8");
inline constexpr auto safetensorsHeaderJson =
    translatable("%1: the header is not valid JSON at byte %2");
inline constexpr auto safetensorsTextTooLong =
    translatable("%1: the header holds a text of more than %2 bytes, expected shorter ones");
inline constexpr auto safetensorsTooMany =
    translatable("%1: the header names more than %2 tensors or metadata keys");
inline constexpr auto safetensorsTopLevel =
    translatable("%1: the header must be an object that names tensors, found %2");
inline constexpr auto safetensorsMetadata =
    translatable("%1: __metadata__ must map texts to texts, found %2");
inline constexpr auto safetensorsMetadataTwice =
    translatable("%1: __metadata__ names \"%2\" twice");
inline constexpr auto safetensorsEntry =
    translatable("%1: tensor %2: expected an object with dtype, shape and data_offsets, found %3");
inline constexpr auto safetensorsTwice = translatable("%1: tensor %2: stands twice in the header");
inline constexpr auto safetensorsKeyTwice = translatable("%1: tensor %2: %3 stands twice");
inline constexpr auto safetensorsKeyUnknown =
    translatable("%1: tensor %2: expected dtype, shape and data_offsets only, found \"%3\"");
inline constexpr auto safetensorsKeyMissing = translatable("%1: tensor %2: %3 is missing");
inline constexpr auto safetensorsKeyValue = translatable("%1: tensor %2: %3 expects %4, found %5");
inline constexpr auto safetensorsDTypeInvalid =
    translatable("%1: tensor %2: there is no dtype \"%3\" in safetensors");
inline constexpr auto safetensorsDTypeUnsupported =
    translatable("%1: tensor %2: the dtype %3 cannot be read; convert it to F32, F16 or BF16");
inline constexpr auto safetensorsDimensions =
    translatable("%1: tensor %2: has more than %3 dimensions");
inline constexpr auto safetensorsShapeOverflow =
    translatable("%1: tensor %2: shape %3 has more elements than can be counted");
inline constexpr auto safetensorsOffsets =
    translatable("%1: tensor %2: data_offsets [%3, %4] do not lie in the data section of %5 bytes");
inline constexpr auto safetensorsShapeTooLarge =
    translatable("%1: tensor %2: shape %3 needs %4 bytes, the data section holds %5");
inline constexpr auto safetensorsSize =
    translatable("%1: tensor %2: shape %3 of %4 needs %5 bytes, its data_offsets hold %6");
inline constexpr auto safetensorsGap = translatable(
    "%1: tensor %2: begins at %3 of the data section, expected %4: no gap, no overlap");
inline constexpr auto safetensorsTail =
    translatable("%1: the tensors end at %2 of the data section, which holds %3 bytes");

inline constexpr auto scalarTypeUnsupported =
    translatable("tensors of the type %1 cannot be stored");
inline constexpr auto torchFailed = translatable("LibTorch failed: %1");
inline constexpr auto torchMemory = translatable("not enough memory: %1");

} // namespace pare::messages
