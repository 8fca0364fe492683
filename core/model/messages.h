// What core/model says to people.
#pragma once

#include "core/base/message.h"

namespace pare::messages {

inline constexpr auto selectionEmpty = translatable(
    "selection \"%1\": expected a layer name, a pattern or KEY=VALUE between \"and\"s");
inline constexpr auto selectionKey =
    translatable("selection \"%1\": expected role, block or stack before \"=\", found \"%2\"");
inline constexpr auto selectionRole =
    translatable("selection \"%1\": there is no role \"%2\"; expected one of: %3");
inline constexpr auto selectionBlock =
    translatable("selection \"%1\": expected a block such as 3 or 2-5, found \"%2\"");

inline constexpr auto stepEmpty =
    translatable("step \"%1\": expected TECHNIQUE key=value … [@ SELECTION]");
inline constexpr auto stepSetting = translatable("step \"%1\": expected key=value, found \"%2\"");
inline constexpr auto stepSettingTwice = translatable("step \"%1\": the setting %2 stands twice");
inline constexpr auto methodUnknown = translatable("%1: no way to distil; expected one of %2");
inline constexpr auto methodLayers =
    translatable("%1: a method teaches whole models and takes no selection");
inline constexpr auto recoveryOnly =
    translatable("%1: expected \"recover\" with its settings and no selection");
inline constexpr auto recoveryTwice =
    translatable("%1: the recipe is trained already; it can be once");
inline constexpr auto recoverySplitRate = translatable(
    "split-rate=%1: is the learning rate after a split; expected split-epochs beside it");
inline constexpr auto recoveryBitsMethod = translatable(
    "bits-from=%1: bits come down while labels are learnt; expected method=task, found "
    "method=%2");
inline constexpr auto techniqueUnknown =
    translatable("there is no technique \"%1\"; expected one of: %2");
inline constexpr auto techniqueNearest =
    translatable("there is no technique \"%1\"; the nearest is %2");
inline constexpr auto settingUnknown =
    translatable("%1: there is no setting \"%2\"; expected one of: %3");
inline constexpr auto settingInteger =
    translatable("%1: %2 expects a whole number from %3 to %4, found \"%5\"");
inline constexpr auto settingReal =
    translatable("%1: %2 expects a number from %3 to %4, found \"%5\"");
inline constexpr auto settingIntegerOther =
    translatable("%1: %2 expects a whole number from %3 to %4, found \"%5\"; did you mean %6=%5?");
inline constexpr auto settingRealOther =
    translatable("%1: %2 expects a number from %3 to %4, found \"%5\"; did you mean %6=%5?");
inline constexpr auto settingChoice = translatable("%1: %2 expects one of %3, found \"%4\"");
inline constexpr auto settingPattern =
    translatable("%1: %2 expects N:M with 0 < N < M <= 32, found \"%3\"");
inline constexpr auto settingBlock =
    translatable("%1: %2 expects RxC, rows by columns from 1 to 4096, found \"%3\"");
inline constexpr auto settingsExclude = translatable("%1: %2 and %3 exclude each other");
inline constexpr auto settingNeeds = translatable("%1: %2 only goes with %3");

inline constexpr auto teacherMapPair =
    translatable("layer map: expected uniform, top, bottom, skip, last or pairs STUDENT:TEACHER "
                 "such as 0:1,1:3 with layers from 0, found \"%1\"");
inline constexpr auto teacherMapTwice =
    translatable("layer map: layer %1 of the student stands twice; it can have one teacher");
inline constexpr auto teacherMapEmpty =
    translatable("layer map: expected at least one pair of layers, found none");
inline constexpr auto teacherMapDeeper =
    translatable("layer map \"%1\": the teacher has %2 layers; expected a student of no more, "
                 "found %3");
inline constexpr auto teacherMapNoLayer =
    translatable("layer map \"%1\": leaves out the student's last layer, and it has only one; "
                 "expected uniform, top, bottom or a pair");
inline constexpr auto teacherMapStudent =
    translatable("layer map \"%1\": expected layers of the student from 0 to %2, found %3");
inline constexpr auto teacherMapTeacher =
    translatable("layer map \"%1\": expected layers of the teacher from 0 to %2, found %3");

inline constexpr auto recipeJson = translatable("%1: not valid JSON: %2");
inline constexpr auto recipeShape = translatable("%1: %2: expected %3, found %4");
inline constexpr auto recipeKey = translatable("%1: %2: there is no key \"%3\"; expected %4");

inline constexpr auto architectureUnknown =
    translatable("%1: model_type \"%2\" is not one Pare knows; expected one of: %3");
inline constexpr auto describedAlbert =
    translatable("%1: Pare can describe an ALBERT model, but not run it: it does not compute the "
                 "projection from the width of the embedding to that of the blocks");
inline constexpr auto describedDistilBert =
    translatable("%1: Pare can describe a DistilBERT model, but not run it: it does not compute "
                 "embeddings without token types, nor this classifier");
inline constexpr auto describedMarian =
    translatable("%1: Pare can describe a Marian model, but not run it: it does not compute "
                 "cross-attention, which this decoder needs");
inline constexpr auto configJson = translatable("%1: not a valid configuration: %2");
inline constexpr auto configModelType =
    translatable("%1: model_type: expected a text such as \"bert\", found %2");
inline constexpr auto configInteger =
    translatable("%1: %2: expected a whole number from %3 to %4, found %5");
inline constexpr auto configReal =
    translatable("%1: %2: expected a number from %3 to %4, found %5");
inline constexpr auto configText = translatable("%1: %2: expected a text, found %3");
inline constexpr auto configFlag = translatable("%1: %2: expected true or false, found %3");
inline constexpr auto configUnsupported =
    translatable("%1: %2 is %3; Pare can only run models with %4 there");
inline constexpr auto configActivation =
    translatable("%1: %2: expected gelu, gelu_new, relu, silu or tanh, found \"%3\"");
inline constexpr auto configHeads = translatable("%1: %2 %3 is not a multiple of %4 %5");
inline constexpr auto configPositionWidth =
    translatable("%1: position_embedding_size: expected embedding_size, %2, or hidden_size, %3, "
                 "found %4");
inline constexpr auto configLabels = translatable(
    "%1: id2label: expected a text for each index from 0 to the number of labels less one");
inline constexpr auto configLabelTwice =
    translatable("%1: id2label: the label \"%2\" stands twice");
inline constexpr auto configArchitectures =
    translatable("%1: architectures: expected a list of class names, found %2");
inline constexpr auto configIntegers =
    translatable("%1: %2: expected a list of %3 whole numbers from %4 to %5, found %6");
inline constexpr auto configObject = translatable("%1: %2: expected an object, found %3");
inline constexpr auto configPrunedBlock = translatable(
    "%1: pruned_heads: expected lists of heads by blocks from 0 to %2, found \"%3\": %4");
inline constexpr auto configPrunedHead =
    translatable("%1: pruned_heads: block %2: expected heads from 0 to %3, each once, found %4");
inline constexpr auto configPrunedAll =
    translatable("%1: pruned_heads: block %2: at least one of its %3 heads must stay");
inline constexpr auto configTokenHeads = translatable("%1: width %2 is not a multiple of heads %3");
inline constexpr auto configKeyNeeded = translatable(
    "%1: the key \"%2\" is unknown, and a newer version of Pare may compute something else by it");
inline constexpr auto configUnknownKey =
    translatable("%1: the key \"%2\" is unknown and was ignored");

inline constexpr auto exportFormat =
    translatable("format: expected packed, dense, torchscript or gguf, found \"%1\"");
inline constexpr auto exportJson = translatable("pare.json: cannot be read: %1");
inline constexpr auto exportNewer =
    translatable("pare.json: written in schema %1, this program reads up to %2; a newer Pare can "
                 "open it");
inline constexpr auto runJson = translatable("a stored run cannot be read: %1");

inline constexpr auto familyStructure = translatable("Structure");
inline constexpr auto familySharing = translatable("Weight sharing");
inline constexpr auto familyLowRank = translatable("Low rank");
inline constexpr auto familyPruning = translatable("Pruning");
inline constexpr auto familyQuantization = translatable("Quantization");
inline constexpr auto familyTraining = translatable("Training");
inline constexpr auto stepNotUtf8 = translatable("the step is not UTF-8 from its byte %1 on");
inline constexpr auto parityAnswers =
    translatable("read again: %1 of %2 answers changed, logits differ by at most %3");
inline constexpr auto parityRandom = translatable(
    "read again: %1 of %2 answers to random tokens changed, logits differ by at most %3");
inline constexpr auto parityHidden =
    translatable("read again: hidden states of %1 examples differ by at most %2");
inline constexpr auto parityRandomHidden =
    translatable("read again: hidden states of %1 sequences of random tokens differ by at most %2");

} // namespace pare::messages
