// The parts of which core/model makes names of steps, recipes and runs.
#pragma once

#include "core/base/message.h"

namespace pare::messages {

inline constexpr auto nameAnd = translatable(" + ");
inline constexpr auto nameOriginal = translatable("original");
inline constexpr auto nameWhere = translatable(" in %1");
inline constexpr auto nameWhereTwo = translatable(" in %1 and %2");
inline constexpr auto nameWhereThree = translatable(" in %1, %2 and %3");
inline constexpr auto nameWhereRoles = translatable(" in %1 roles");
inline constexpr auto nameWhereMany = translatable(" in %1 layers");
inline constexpr auto nameInBlock = translatable(" in block %1");
inline constexpr auto nameInSomeBlocks = translatable(" in blocks %1");
inline constexpr auto nameOfBlock = translatable(" of block %1");
inline constexpr auto nameOfSomeBlocks = translatable(" of blocks %1");
inline constexpr auto nameButOne = translatable(" but not in %1");
inline constexpr auto nameButMany = translatable(" but not in %1 layers");
inline constexpr auto nameBy = translatable(" by %1");
inline constexpr auto nameSetting = translatable(", %1 %2");

inline constexpr auto nameSharedAll = translatable("one shared block");
inline constexpr auto nameSharedEvery = translatable("every %1 blocks shared");
inline constexpr auto nameSharedHalf = translatable("shared %1");
inline constexpr auto nameSharedBlocks = translatable(" of %1 blocks");
inline constexpr auto nameBestOf = translatable(", best of %1");
inline constexpr auto nameAveraged = translatable(", averaged");

inline constexpr auto nameVocabulary = translatable("vocabulary in use");
inline constexpr auto nameHead = translatable("1 head");
inline constexpr auto nameNeuron = translatable("1 neuron");
inline constexpr auto nameBlock = translatable("1 block");
inline constexpr auto nameHeads = translatable("%1 heads");
inline constexpr auto nameNeurons = translatable("%1 neurons");
inline constexpr auto nameBlocks = translatable("%1 blocks");
inline constexpr auto nameHeadShare = translatable("%1 % of the heads");
inline constexpr auto nameNeuronShare = translatable("%1 % of the neurons");
inline constexpr auto nameBlockShare = translatable("%1 % of the blocks");
inline constexpr auto nameFirst = translatable(", the first");
inline constexpr auto nameByImportance = translatable(" by importance");

inline constexpr auto namePruned = translatable("pruned");
inline constexpr auto namePrunedPattern = translatable("%1 pruned");
inline constexpr auto namePrunedShare = translatable("%1 % pruned");
inline constexpr auto nameInBlocks = translatable(" in blocks of %1");
inline constexpr auto nameEachRow = translatable(" in each row");
inline constexpr auto nameEachMatrix = translatable(" in each matrix");
inline constexpr auto nameOneThreshold = translatable(" under one threshold");

inline constexpr auto nameKronecker = translatable("Kronecker product");
inline constexpr auto nameWith = translatable(" with %1");
inline constexpr auto nameKept = translatable(", %1 % kept");
inline constexpr auto nameRank = translatable("rank %1");
inline constexpr auto nameAttentiveRank = translatable("attentive rank %1");
inline constexpr auto nameLowRank = translatable("low rank");
inline constexpr auto nameAttentiveLowRank = translatable("attentive low rank");
inline constexpr auto nameEnergy = translatable(", %1 % energy");
inline constexpr auto nameError = translatable(", %1 % error");

inline constexpr auto nameBits = translatable("%1 bits");
inline constexpr auto nameGroups = translatable(", groups of %1");
inline constexpr auto nameOneScale = translatable(", one scale");
inline constexpr auto nameAsymmetric = translatable(", asymmetric");
inline constexpr auto nameClippedPercentile = translatable(", outliers clipped");
inline constexpr auto nameClippedError = translatable(", clipped for the least error");
inline constexpr auto nameActOrder = translatable(", largest inputs first");
inline constexpr auto nameValues = translatable("%1 values");
inline constexpr auto nameSharedValues = translatable("%1 shared values");
inline constexpr auto nameHalf = translatable("half");
inline constexpr auto nameTernary = translatable("ternary");
inline constexpr auto nameBinary = translatable("binary");

inline constexpr auto nameTrainedOne = translatable("trained 1 epoch");
inline constexpr auto nameTrained = translatable("trained %1 epochs");
inline constexpr auto nameFromBits = translatable(" from %1 bits");
inline constexpr auto nameSplit = translatable(", %1 more split in two planes");
inline constexpr auto nameTaught = translatable("%1 of %2");

} // namespace pare::messages
