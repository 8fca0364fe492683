// What core/checkpoint says to people.
#pragma once

#include "core/base/message.h"

namespace pare::messages {

inline constexpr auto checkpointKind =
    translatable("%1: expected a model folder, a .safetensors, .gguf or .pt file or a config.json");
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
inline constexpr auto checkpointNotOurs =
    translatable("%1: holds %2, which Pare did not write; choose a new or an empty folder");
inline constexpr auto checkpointScratch =
    translatable("%1: what is written there needs room for a while, which failed: %2");
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
inline constexpr auto ggufMagic =
    translatable("%1: not a GGUF file: it does not begin with \"GGUF\"");
inline constexpr auto ggufVersion =
    translatable("%1: GGUF version %2 cannot be read, expected %3 or %4, little-endian");
inline constexpr auto ggufTruncated = translatable("%1: the file ends after %2 bytes, inside %3");
inline constexpr auto ggufTextLength =
    translatable("%1: %2: a text is said to be %3 bytes long, expected at most %4");
inline constexpr auto ggufCount = translatable("%1: %2 is said to be %3, expected at most %4");
inline constexpr auto ggufKeyTwice = translatable("%1: the key %2 stands twice");
inline constexpr auto ggufTensorTwice = translatable("%1: tensor %2: stands twice");
inline constexpr auto ggufValueType =
    translatable("%1: the key %2 has a value of no known type: %3");
inline constexpr auto ggufNestedArray =
    translatable("%1: the key %2: arrays of arrays are not read");
inline constexpr auto ggufTooLarge = translatable("%1: the key %2: the number is too large");
inline constexpr auto ggufDimensions =
    translatable("%1: tensor %2: has %3 dimensions, expected 1 to %4");
inline constexpr auto ggufTensorType =
    translatable("%1: tensor %2: the type %3 cannot be read; expected one of %4");
inline constexpr auto ggufShape =
    translatable("%1: tensor %2: the shape %3 does not fit into a file of %4 bytes");
inline constexpr auto ggufRows =
    translatable("%1: tensor %2: rows of %3 weights cannot be %4, which needs a multiple of %5");
inline constexpr auto ggufAlignment =
    translatable("%1: general.alignment: expected a power of two up to %2");
inline constexpr auto ggufOffset =
    translatable("%1: tensor %2: its %3 bytes at offset %4 (a multiple of %5) do not lie in the %6 "
                 "bytes of data");
inline constexpr auto ggufOverlap = translatable("%1: tensor %2: begins inside tensor %3");
inline constexpr auto ggufKeyMissing = translatable("%1: the key %2 is missing");
inline constexpr auto ggufKeyKind = translatable("%1: the key %2: expected %3");
inline constexpr auto ggufKeyRange =
    translatable("%1: the key %2: expected a number from %3 to %4, found %5");
inline constexpr auto ggufTensorMissing = translatable("%1: the tensor %2 is missing");
inline constexpr auto ggufLayout =
    translatable("%1: a GGUF file of the layout \"%2\"; expected \"bert\"");

inline constexpr auto ggufCannotHold =
    translatable("%1: GGUF's layout of a BERT cannot hold %2; expected %3");
inline constexpr auto ggufHeads = translatable(
    "%1: GGUF's layout of a BERT has one number of heads: %2 has %3, the model's blocks %4");
inline constexpr auto ggufFeedForward =
    translatable("%1: GGUF's layout of a BERT has one feed-forward width: %2 has %3, expected %4");
inline constexpr auto ggufValue =
    translatable("a weight of %1 cannot be written as %2, whose numbers end at 65504");
inline constexpr auto ggufToken = translatable("%1: there is no token %2, the vocabulary has %3");
inline constexpr auto formatLayerMissing = translatable("the weights of layer %1 are missing");
inline constexpr auto formatLayerShape =
    translatable("layer %1: expected weights of the shape %2, found %3");
inline constexpr auto ggufSameValues =
    translatable("%1: %2 becomes %3 with the same values; %4 bytes become %5");
inline constexpr auto ggufOtherValues =
    translatable("%1: %2 becomes %3, relative error %6; %4 bytes become %5");
inline constexpr auto ggufLeftOut =
    translatable("%1: left out, %2 bytes: without a head the file gives hidden states");
inline constexpr auto ggufActivations = translatable(
    "GGUF cannot say that inputs are rounded to 8 bits; programs round them their own way");
inline constexpr auto ggufCased = translatable("this tokenizer keeps capitals; GGUF cannot say so, "
                                               "and llama.cpp reads all text in lower case");
inline constexpr auto ggufPairs = translatable(
    "llama.cpp gives both texts of a pair the token type 0, and other answers than here");

inline constexpr auto scriptHead = translatable("%1: a TorchScript file answers with logits, which "
                                                "a model with %2 has none of or two of; choose a "
                                                "classifier, pair or masked-LM head");
inline constexpr auto scriptCannotRun = translatable("%1: Pare does not write %2 as TorchScript");
inline constexpr auto scriptRounding = translatable(
    "layer %1: a Kronecker product with inputs of 8 bits cannot be written as TorchScript");
inline constexpr auto scriptValues =
    translatable("a TorchScript file of %1 values: expected float32 or float16");
inline constexpr auto scriptTooLarge =
    translatable("layer %1: holds %2, beyond what float16 can; write float32");
inline constexpr auto scriptArchive =
    translatable("%1: not a TorchScript file: it is no zip archive, or a damaged one");
inline constexpr auto scriptTruncated =
    translatable("%1: the archive ends after %2 bytes, inside of what it should hold");
inline constexpr auto scriptCompressed =
    translatable("%1: %2 in the archive is compressed, or larger than 4 GB, and cannot be read");
inline constexpr auto scriptForeign =
    translatable("%1: a TorchScript file that this version of Pare did not write; what such a "
                 "program computes is "
                 "not known, so it cannot be opened. Save the model as model.safetensors");
inline constexpr auto scriptRecord = translatable("%1: the archive holds no %2");
inline constexpr auto scriptChecksum =
    translatable("%1: %2 in the archive is damaged: its checksum is another");
inline constexpr auto scriptPickle = translatable(
    "%1: data.pkl cannot be read: what stands before its byte %2 is not what Pare writes");
inline constexpr auto scriptTensorBytes =
    translatable("%1: tensor %2: expected %3 numbers of the type %4, found %5 bytes");
inline constexpr auto scriptInputs = translatable(
    "%1: the inputs of %2 layers are rounded to 8 bits where the file runs by itself; here they "
    "are not, because its numbers are rounded to float16, and answers differ a little");
inline constexpr auto exportedFailed =
    translatable("%1: was read again when it had been exported, and was not what was written: %2");
inline constexpr auto exportedFileGone =
    translatable("%1: is missing, though pare.json beside it names it");
inline constexpr auto exportedFileLength =
    translatable("%1: has %2 bytes, and %3 when it was exported: it was changed since");
inline constexpr auto exportedFileContent =
    translatable("%1: has another SHA-256 than when it was exported: it was changed since");

} // namespace pare::messages
