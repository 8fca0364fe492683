// What core/training says to people.
#pragma once

#include "core/base/message.h"

namespace pare::messages {

inline constexpr auto trainingNothing =
    translatable("there is nothing to train from; expected a model or a configuration");
inline constexpr auto trainingBoth =
    translatable("expected either a model or a configuration to start from, found both");
inline constexpr auto trainingNoData =
    translatable("the task is learnt from labelled examples; expected a data file");
inline constexpr auto trainingNoCorpus =
    translatable("masked language modelling needs text; expected a corpus or a data file");
inline constexpr auto trainingOverwrites =
    translatable("%1: is what is being read; choose another place to write to");
inline constexpr auto trainingNoOutput =
    translatable("expected a folder to write the trained model to");
inline constexpr auto trainingFolder = translatable("%1: the folder could not be made: %2");
inline constexpr auto trainingSetting =
    translatable("%1: expected a number from %2 to %3, found %4");
inline constexpr auto trainingVocabularySize =
    translatable("vocabulary: expected a file or size=N, found \"%1\"");
inline constexpr auto trainingVocabularyOfModel =
    translatable("%1: the model has a vocabulary already; one can only be chosen for a new model");
inline constexpr auto trainingScores = translatable("%1: holds scores; only labels can be learnt");
inline constexpr auto trainingNoMask =
    translatable("the vocabulary has no token %1, which masked language modelling needs");
inline constexpr auto trainingPairTypes =
    translatable("pairs of sentences need two token types, the model has %1");
inline constexpr auto trainingObjective =
    translatable("objective: expected task, or mlm, nsp, sop, mlm+nsp or mlm+sop, found \"%1\"");
inline constexpr auto trainingTooShort = translatable("%1: no line holds a word");
inline constexpr auto trainingTypes =
    translatable("%1: pairs of texts need two token types, the model has %2");
inline constexpr auto trainingFinished =
    translatable("%1: the training there is finished; leave out --resume to train anew");
inline constexpr auto trainingUnfinished =
    translatable("%1: holds a training that was not finished; go on with it (--resume), choose "
                 "another folder, or remove %2 there");
inline constexpr auto trainingUnpacks =
    translatable("%1: is compressed; training unpacks it, so the result is written at full size");
inline constexpr auto trainingNewClassifier =
    translatable("%1: has the label \"%2\", which is not among the model's; its classifier is "
                 "replaced by a new one for %3 labels");
inline constexpr auto trainingDiverged = translatable(
    "the loss is not a finite number after %1 steps; a smaller learning rate than %2 may help");

inline constexpr auto pairsLength =
    translatable("pairs of sentences: expected a length of at least %1 tokens, found %2");
inline constexpr auto pairsNone =
    translatable("which sentence follows which is learnt from documents of several sentences; "
                 "expected at least one with two, found none among %1");
inline constexpr auto pairsOneDocument =
    translatable("wrong next sentences are taken from other documents; expected at least two "
                 "documents, with a blank line between them, found one");

inline constexpr auto trainingReading = translatable("Reading the data");
inline constexpr auto trainingVocabulary = translatable("Training the vocabulary");
inline constexpr auto trainingTask = translatable("Training the task");
inline constexpr auto trainingMaskedLm = translatable("Training the masked language model");
inline constexpr auto trainingNext = translatable("Training next sentence prediction");
inline constexpr auto trainingOrder = translatable("Training sentence order prediction");
inline constexpr auto trainingMaskedNext =
    translatable("Training masked language model and next sentence prediction");
inline constexpr auto trainingMaskedOrder =
    translatable("Training masked language model and sentence order prediction");
inline constexpr auto trainingEvaluating = translatable("Measuring on the development data");
inline constexpr auto trainingTeacher = translatable("Asking the teacher");
inline constexpr auto distillAnswers = translatable("Learning the teacher's answers");
inline constexpr auto distillLayers = translatable("Learning the teacher's layers");
inline constexpr auto distillText = translatable("Learning the teacher's language model");
inline constexpr auto distillTheseus = translatable("Replacing the teacher's modules");
inline constexpr auto trainingFigure = translatable("epoch %1 of %2, loss %3, %4 tokens/s");
inline constexpr auto trainingFigureDev =
    translatable("epoch %1 of %2, loss %3, %4 tokens/s, %5 on development data");

inline constexpr auto stateForeign =
    translatable("%1: belongs to a training with other settings, data or model; continue it as it "
                 "was begun, or remove the file");
inline constexpr auto stateBroken =
    translatable("%1: not a state this training can continue from: %2");

} // namespace pare::messages
