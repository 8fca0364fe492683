// What core/experiment says to people.
#pragma once

#include "core/base/message.h"

namespace pare::messages {

inline constexpr auto vocabularyNoText =
    translatable("prune.vocabulary keeps the tokens of a text and needs one: text=FILE, or "
                 "calibration data");
inline constexpr auto sweepRange =
    translatable("technique \"%1\": expected a range such as rank=32..256:32, found \"%2\"");
inline constexpr auto sweepTooMany =
    translatable("technique \"%1\": makes %2 recipes, expected at most %3");
inline constexpr auto sweepNothing =
    translatable("technique \"%1\": no layer of this model is left to try it on");

inline constexpr auto demoMissing = translatable("the demo model is missing; expected it in %1");

inline constexpr auto experimentOpening = translatable("Opening the model");
inline constexpr auto experimentReading = translatable("Reading the data");
inline constexpr auto experimentCompressing = translatable("Compressing");
inline constexpr auto experimentOriginal = translatable("Measuring the original");
inline constexpr auto experimentMeasuring = translatable("Measuring the result");
inline constexpr auto experimentNoTraining =
    translatable("the recipe trains the model (\"recover\"); expected labelled examples to train "
                 "on (--train)");
inline constexpr auto recoveryMasks =
    translatable("method=%1: masks are learnt from the labels alone; expected method=task beside "
                 "prune.movement");
inline constexpr auto distillStepsOfConfig =
    translatable("%1: is a configuration; steps compress weights, and it has none");
inline constexpr auto distillTeacherHead =
    translatable("%1: has no classifier, whose answers %2 teaches; fine-tune it first "
                 "(pare train --init)");
inline constexpr auto distillTokens =
    translatable("the student's vocabulary is no part of the teacher's, in the same order: there its "
                 "token %1, \"%2\", does not come after \"%3\"");
inline constexpr auto distillOtherLabels =
    translatable("teacher and student answer with one set of labels; the teacher with %1, the "
                 "student with %2");
inline constexpr auto distillKeptHeads =
    translatable("%1 of the bytes are heads for a training that follows: %2");
inline constexpr auto distillNoTest =
    translatable("a run of a project is measured; expected --test or --dev beside --project");
inline constexpr auto distillNothingToCompare =
    translatable("%1: has no classifier, so there is no accuracy of the teacher to compare with; "
                 "fine-tune it first (pare train --init)");
inline constexpr auto distillMeasuredOnDev = translatable(
    "measured on the development data, by which the best epoch was chosen: other texts "
    "would say less good things of it");
inline constexpr auto distillGone =
    translatable("run %1: is a distilled student, and its weights are kept no longer; distil it "
                 "again (pare distill)");
inline constexpr auto experimentNoHead =
    translatable("%1: has no classifier, so there is no accuracy to measure; fine-tune it first "
                 "(pare train --init)");
inline constexpr auto experimentScores =
    translatable("%1: holds scores; only data with labels can be measured");
inline constexpr auto experimentOverwrites =
    translatable("%1: is what is being read; choose another place to write to");
inline constexpr auto experimentWeights =
    translatable("run %1: the weights made again have the hash %2, those measured had %3; model, "
                 "program, kernels or a text that the recipe names differ");
inline constexpr auto experimentUnsteadyOriginal =
    translatable("single answers of the original took from %1 to %2 ms: something else kept the "
                 "machine busy, so their time is no figure to rely on");
inline constexpr auto experimentUnsteady =
    translatable("single answers took from %1 to %2 ms: something else kept the machine busy, so "
                 "their time is no figure to rely on");
inline constexpr auto planNeedsWeights =
    translatable("%1: how many bytes one threshold for several layers leaves depends on the "
                 "weights, and there are none");
inline constexpr auto exportScript = translatable("%1: TorchScript does not run it: %2");
inline constexpr auto exportComparing = translatable("Reading the file again");
inline constexpr auto exportGgufSame =
    translatable("%1 and %2 more: %3 becomes %4 with the same values; %5 bytes become %6");
inline constexpr auto exportGgufOther =
    translatable("%1 and %2 more: %3 becomes %4, relative error up to %7; %5 bytes become %6");
inline constexpr auto exportMismatch =
    translatable("%1: read again, it is not what was written: %2");
inline constexpr auto exportConfigDiffers = translatable("config.json describes another model");
inline constexpr auto exportLayerGone = translatable("layer %1 is missing");
inline constexpr auto exportLayerDiffers = translatable("layer %1: the %2 has other values");
inline constexpr auto exportTieGone =
    translatable("layer %1: shared its weight with %2 and has one of its own now");
inline constexpr auto exportTensorGone = translatable("tensor %1 is missing");
inline constexpr auto exportTensorMore = translatable("tensor %1 belongs to no layer");
inline constexpr auto exportTensorShape = translatable("tensor %1: has the shape %2, expected %3");
inline constexpr auto exportGgufEnds =
    translatable("%1: at byte %2 there is not what a GGUF file goes on with");
inline constexpr auto exportGgufTensor =
    translatable("%1: tensor %2 of type %3 does not fit into the file");
inline constexpr auto exportGgufKey = translatable("%1: the key %2 says %3, expected %4");
inline constexpr auto exportGgufToken = translatable("%1: token %2 is \"%3\", expected \"%4\"");
inline constexpr auto exportPackingEnds =
    translatable("%1: %2 is shorter than what it has to hold");
inline constexpr auto exportPackingJson =
    translatable("the description of its weights is not what FORMAT.md says: %1");
inline constexpr auto exportHiddenDiffer =
    translatable("it computes hidden states that are up to %1 off, expected at most %2");
inline constexpr auto exportPackingDiffers =
    translatable("the same values, but packed in another way");
inline constexpr auto exportLogitsShape =
    translatable("it computes logits of the shape [%1], expected [%2]");
inline constexpr auto exportLogitsDiffer =
    translatable("it computes logits that are up to %1 off, expected at most %2");
inline constexpr auto experimentModelChanged =
    translatable("%1: holds other weights than run %2 measured");

} // namespace pare::messages
