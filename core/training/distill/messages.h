// What core/training/distill says to people.
#pragma once

#include "core/base/message.h"

namespace pare::messages {

inline constexpr auto distillShapes =
    translatable("%1: expected teacher and student of one shape, found %2 and %3");
inline constexpr auto distillProjection =
    translatable("hidden states: expected a projection of %1 (teacher by student), found %2");
inline constexpr auto distillPacked =
    translatable("attention: expected queries, keys and values of %1 tokens by 3 x %2 heads x "
                 "their width, found %3");
inline constexpr auto distillHeads =
    translatable("attention is compared head by head: expected as many heads as the teacher has, "
                 "%1, found %2");
inline constexpr auto distillRelationHeads =
    translatable("relation heads: expected a number that divides the widths of teacher and "
                 "student, %1 and %2, found %3");
inline constexpr auto distillTemperature =
    translatable("temperature: expected a finite number above 0, found %1");
inline constexpr auto theseusProbability =
    translatable("replacement: expected a base from 0 to 1 and a slope of at least 0, found %1 "
                 "and %2");

inline constexpr auto distillVocabulary =
    translatable("%1: teacher and student read by one vocabulary; the teacher's has %2 tokens, the "
                 "student's %3. kd and pkd can teach a student that kept some of the teacher's "
                 "tokens");
inline constexpr auto distillLabels =
    translatable("teacher and student answer with one set of labels; the teacher has %1, the "
                 "student %2");
inline constexpr auto distillTask =
    translatable("%1: learns the answers to a task; expected labelled examples (--data)");
inline constexpr auto distillNoClassifier =
    translatable("%1: expected a teacher with a classifier, found none; fine-tune it first "
                 "(pare train --init)");
inline constexpr auto distillNoText =
    translatable("%1: learns on running text; expected a corpus or labelled examples");
inline constexpr auto distillNoStage =
    translatable("tinybert: without labelled examples it learns on running text alone, which "
                 "general-epochs=0 leaves out; expected examples, or epochs above 0");
inline constexpr auto distillWidths =
    translatable("%1: compares states number by number, so that widths must be equal; the teacher "
                 "is %2 wide, the student %3");
inline constexpr auto distillHeadCounts =
    translatable("%1: compares attention head by head; the teacher has %2 heads in block %3, the "
                 "student %4 in block %5");
inline constexpr auto distillNoMlm =
    translatable("%1: learns a masked language model, which the teacher has not; expected a "
                 "checkpoint with one (train it with --objective mlm first)");
inline constexpr auto distillNoMlmAugment =
    translatable("augment: words are replaced by the teacher's masked language model, which it "
                 "has not; expected a checkpoint with one, or augment=0");
inline constexpr auto distillDeeper =
    translatable("%1: the student has %2 blocks, the teacher only %3");
inline constexpr auto distillTeacherLayer =
    translatable("teacher-layer: expected a block from 0 to %1, found %2");
inline constexpr auto distillNoPrediction =
    translatable("the teacher has no masked language model: the last stage of MobileBERT, which "
                 "learns it, was left out");
inline constexpr auto distillAugmenting = translatable("Altering texts");
inline constexpr auto distillMultiPiece =
    translatable("augmentation made %1 texts of %2; words of several pieces stayed as they are");

} // namespace pare::messages
