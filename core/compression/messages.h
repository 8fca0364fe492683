// What core/compression says to people.
#pragma once

#include "core/base/message.h"

namespace pare::messages {

inline constexpr auto selectionLeavesNone =
    translatable("%1: the selection \"%2\" leaves no layer of this model, which has blocks 0 to %4 "
                 "in the stack %5; expected layers with one of the roles %3");
inline constexpr auto selectionLeavesNoBlock =
    translatable("%1: the selection \"%2\" leaves no layer of this model; mode=%3 shares layers of "
                 "blocks with one of the "
                 "roles %4");

inline constexpr auto rankSavesNothing =
    translatable("%1: rank %2 saves nothing in %3: a matrix of shape %4 breaks even at rank %5");
inline constexpr auto rankBelowOne =
    translatable("%1: keep=%2 leaves no rank in %3: a matrix of shape %4 breaks even at rank %5");

inline constexpr auto blockDoesNotFit =
    translatable("%1: blocks of %2 do not fit a whole number of times into shape %3 of %4");
inline constexpr auto blockNeedsRank =
    translatable("%1: whether blocks of %2 fit the factors of %3 depends on their rank, which "
                 "\"%4\" leaves to the weights; expected rank or keep there, or no block here");
inline constexpr auto kroneckerSavesNothing = translatable(
    "%1: blocks of %2 save nothing in %3 of shape %4: the two factors hold %5 weights");
inline constexpr auto kroneckerImpossible = translatable(
    "%1: %2 of shape %3 is not the size of any product of two that holds fewer weights");
inline constexpr auto kroneckerTooLarge = translatable(
    "%1: no two factors of %2, whose shape is %3, hold keep=%4 of its weights; expected %5 at most");
inline constexpr auto rankSavesTooLittle =
    translatable("\"%1\" leaves %2 of its layers whole: as many singular values as it asks for "
                 "save nothing there (%3)");
inline constexpr auto formHidesInputs =
    translatable("%1 looks at what a matrix is given, which is not known of the factors that \"%2\" "
                 "makes of %3");
inline constexpr auto weightingNotFinite = translatable(
    "what the calibration data say of this matrix (inputs or gradients) are not finite numbers");
inline constexpr auto weightingZero = translatable(
    "what the calibration data say of this matrix (inputs or gradients) is zero everywhere");
inline constexpr auto splitNothing =
    translatable("split-epochs=%1 splits ternary weights, and the recipe makes none; expected a step "
                 "quantize.ternary, or no split-epochs");
inline constexpr auto bitsFromNothing =
    translatable("bits-from=%1: no weight that the recipe quantizes has fewer bits; expected a step "
                 "such as quantize.affine with fewer, or no bits-from");
inline constexpr auto noGlobalScope =
    translatable("%1 updates the weights of a matrix while it chooses among them and cannot find "
                 "the smallest of several; expected scope=matrix or scope=row");

inline constexpr auto shareTooFewBlocks = translatable(
    "%1: mode=%2 needs at least %3 blocks to share among, the selection leaves %4 of %5");
inline constexpr auto shareShapesDiffer =
    translatable("%1: %2 of shape %3 cannot use the weight of %4, whose shape is %5");
inline constexpr auto shareBiasDiffers =
    translatable("%1: %2 cannot use the weight of %3: only one of the two has a bias");

inline constexpr auto structureSelectsNone = translatable(
    "%1: the selection \"%2\" leaves nothing of this model that it could remove");
inline constexpr auto structureLeavesNone =
    translatable("%1: \"%2\" would leave none of the %3 %4 of block %5; one at least must stay");
inline constexpr auto structureLeavesNoBlock =
    translatable("%1: \"%2\" would leave none of the model's %3 blocks; one at least must stay");
inline constexpr auto structureCompressed =
    translatable("%1: layer %2 is stored compressed (%3); rows and columns can only be removed from "
                 "plain values");
inline constexpr auto structureLooking = translatable("Looking for what the model needs least");
inline constexpr auto vocabularyUnknown =
    translatable("%1 needs the model's tokenizer, to know which tokens a text uses");

inline constexpr auto safeTied = translatable(
    "%1: layer %2 uses the weight of %3; once the table's narrow rows see each other, a "
    "decoder needs a table of its own");
inline constexpr auto safeArchitecture =
    translatable("%1: Pare has no attention among token rows for models of the type %2");
inline constexpr auto safeHeads =
    translatable("%1: the rank %2 of layer %3 is not a multiple of heads=%4");

inline constexpr auto stepsReordered = translatable("the steps are applied in this order: %1");
inline constexpr auto stepReplaces = translatable("\"%1\" replaces \"%2\" in %3 layers");
inline constexpr auto stepReplacedEverywhere =
    translatable("\"%1\" has no effect: later steps replace it in every layer");
inline constexpr auto stepLayersGone =
    translatable("\"%1\" has no effect: earlier steps remove all of its layers");
inline constexpr auto stepChangesNothing = translatable("\"%1\" changes nothing in this model");
inline constexpr auto stepActsOnce = translatable(
    "\"%1\": %2 of its layers use another layer's weight; it acts once, on the layers that own it");
inline constexpr auto stepActsOnOwners =
    translatable("\"%1\": its layers share weights with others; it acts on the %2 owners and so "
                 "changes %3 more layers");

inline constexpr auto calibrationMissing =
    translatable("%1 looks at data and needs calibration data, labelled examples of the task; run, "
                 "sweep and export take them as --calibration");
inline constexpr auto gradientsNeedData = translatable(
    "%1 looks at how the loss changes with the weights and needs labelled calibration data; run, "
    "sweep and export take it as --calibration");
inline constexpr auto gradientsNeedLabels =
    translatable("the loss on calibration data needs a label for each of its %1 examples; there "
                 "are %2");
inline constexpr auto gradientsLabelUnknown = translatable(
    "example %1 of the calibration data has the class %2; the model knows 0 to %3");
inline constexpr auto gradientsNeedHead = translatable(
    "the loss on calibration data needs a model that classifies; this one has no classifier");
inline constexpr auto gradientsNotFinite =
    translatable("the loss of example %1 of the calibration data is not a finite number");
inline constexpr auto differentiatingLoss =
    translatable("Finding how the loss changes with the weights");
inline constexpr auto leavingOutBlocks = translatable("Measuring the loss without each block");
inline constexpr auto trainingMissing =
    translatable("%1: is learnt in training; expected \"recover\" in the recipe");
inline constexpr auto devMissing =
    translatable("share.layers keep-weights=best chooses by what models score and needs labelled "
                 "examples for it; run, sweep and export take them as --dev");
inline constexpr auto shareNotPlain =
    translatable("share.layers keep-weights=best: layer %1 is stored compressed; weights can only "
                 "be chosen among plain ones");
inline constexpr auto shareSurvivorAverage = translatable("the average of the blocks");
inline constexpr auto shareSurvivorBlock = translatable("those of block %1");
inline constexpr auto shareSurvivorBlocks = translatable("those of blocks %1");
inline constexpr auto shareSurvives =
    translatable("\"%1\": of %2 candidates these weights survive: %3 (%4 % right on the dev data, "
                 "loss %5)");
inline constexpr auto layerInputsUnknown =
    translatable("%1 looks at what a matrix is given, which is not known of the parts that layer %2 "
                 "is stored as");
inline constexpr auto compressingLayer = translatable("Compressing %1");
inline constexpr auto comparingOutputs = translatable("Comparing outputs with the original's");
inline constexpr auto comparingLayer = translatable("Comparing %1 with the original");
inline constexpr auto layerNotFinite =
    translatable("layer %1: %2 of its %3 weights are not finite numbers");
inline constexpr auto layerNotCompressed = translatable("layer %1: cannot be compressed: %2");

inline constexpr auto codecNotAffine =
    translatable("%1: this technique chooses scales itself and needs evenly spaced values");
inline constexpr auto codecNotCodebook =
    translatable("%1: k-means chooses the values of a codebook and needs one");
inline constexpr auto momentNotFinite =
    translatable("the calibration data give this matrix inputs that are not finite numbers");
inline constexpr auto momentZero =
    translatable("the calibration data give this matrix no input other than zero");

} // namespace pare::messages
