// What core/weights says to people.
#pragma once

#include "core/base/message.h"

namespace pare::messages {

inline constexpr auto codecBits = translatable("a codec of %1 bits: expected %2 to %3");
inline constexpr auto codecGroup =
    translatable("a codec with groups of %1 weights: expected at least 1");
inline constexpr auto codecCodebook = translatable("a codebook of %1 values: expected 2 to 256");
inline constexpr auto codecActivations =
    translatable("a codec with %1-bit activations: expected 0 (floating point), or 8 with 8 bits, "
                 "symmetric, per channel or per tensor");
inline constexpr auto codecPlanes =
    translatable("a codec of %1 planes: expected 1, or 2 of a binary one");
inline constexpr auto codecDense =
    translatable("a tensor of the type %1 is no weight: expected a floating type");

inline constexpr auto valuesShape = translatable(
    "a tensor of the shape %1 cannot be encoded: expected a matrix; vectors are only stored dense");
inline constexpr auto valuesNotFinite = translatable("the weights hold a value that is not finite");
inline constexpr auto valuesTooLarge =
    translatable("the weights reach %1, beyond what %2 can hold");
inline constexpr auto codebookValues = translatable(
    "a codebook of the shape %1: expected %2 rows of %3 finite values in half precision");
inline constexpr auto scalesShape =
    translatable("scales of the shape %1: expected %2 finite numbers from 0 in half precision");
inline constexpr auto zeroPointsShape =
    translatable("zero points of the shape %1: expected %2 codes up to %3");
inline constexpr auto codebookMissing =
    translatable("a codebook cannot be used before its values are chosen");
inline constexpr auto inputScaleShape =
    translatable("an input scale of the shape %1: expected %2 finite values in half precision");

inline constexpr auto packingJson = translatable("%1: the packing cannot be read: %2");
inline constexpr auto packingKey = translatable("%1: the packing: expected %2 in \"%3\", found %4");
inline constexpr auto packingKeyForeign =
    translatable("%1: the packing: \"%2\" does not go with %3");
inline constexpr auto packingTensorMissing = translatable("%1: the tensor %2 is missing");
inline constexpr auto packingTensor =
    translatable("%1: tensor %2: expected %3 of the shape %4, found %5 of %6");
inline constexpr auto packingTooSparse =
    translatable("%1: a matrix of %2 weights in %3 bytes: more than can be unpacked");
inline constexpr auto packingCode =
    translatable("%1: tensor %2: holds the code %3, expected %4 to %5");
inline constexpr auto packingTail = translatable("%1: tensor %2: unused bits at its end are not 0");
inline constexpr auto packingScale =
    translatable("%1: tensor %2: holds a scale that is not a finite number from 0");
inline constexpr auto packingNotFinite =
    translatable("%1: tensor %2: holds a value that is not finite");
inline constexpr auto packingCount = translatable("%1: tensor %2: row %3 keeps %4 weights of %5");
inline constexpr auto packingColumn =
    translatable("%1: tensor %2: column %3 in row %4: expected ascending columns below %5");
inline constexpr auto packingKept =
    translatable("%1: the packing says %2 weights are kept, found %3 of %4");
inline constexpr auto packingForm = translatable("%1: there is no form of weight \"%2\"");
inline constexpr auto packingShapes = translatable("%1: the parts %2 and %3 do not make a matrix");
inline constexpr auto packingIndices =
    translatable("%1: tensor %2: expected ascending columns below %3, found %4");

inline constexpr auto layerMissing = translatable("there is no layer %1");
inline constexpr auto layerCycle = translatable("the layer %1 shares its weight with itself");

} // namespace pare::messages
