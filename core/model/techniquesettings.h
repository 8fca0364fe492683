// What the techniques of the table can be set to; for technique.cpp alone.
#pragma once

#include "core/base/message.h"
#include "core/model/technique.h"

#include <array>
#include <string_view>

namespace pare::settings {

using enum SettingKind;

// What several techniques understand alike.

constexpr SettingInfo bits{.name = "bits",
                           .kind = Integer,
                           .minimum = 2,
                           .maximum = 8,
                           .unit = "bits",
                           .defaultValue = "8",
                           .help = translatable("Bits of one stored weight")};
constexpr SettingInfo granularity{
    .name = "granularity",
    .kind = Choice,
    .choices = "tensor|channel|group",
    .defaultValue = "channel",
    .help = translatable("What shares one scale: the matrix, an output channel, or a group of "
                         "weights within it")};
constexpr SettingInfo group{
    .name = "group",
    .kind = Integer,
    .minimum = 1,
    .maximum = 65536,
    .unit = "weights",
    .defaultValue = "64",
    .requires_ = "granularity=group",
    .help = translatable("How many consecutive weights of a row share one scale")};
constexpr SettingInfo symmetric{
    .name = "symmetric",
    .kind = Choice,
    .choices = "yes|no",
    .defaultValue = "yes",
    .help = translatable("Whether the steps lie evenly around zero; otherwise each scale has a "
                         "zero point")};

constexpr SettingInfo clip{
    .name = "clip",
    .kind = Choice,
    .choices = "minmax|percentile|mse",
    .defaultValue = "minmax",
    .help = translatable("How far the steps reach: to the outermost weights, to all but one in a "
                         "thousand, or as far as the squared error wants")};

constexpr SettingInfo sparsity{.name = "sparsity",
                               .unit = "share",
                               .defaultValue = "0.5",
                               .excludes = "pattern",
                               .help = translatable("Share of the weights set to zero")};
constexpr SettingInfo pattern{
    .name = "pattern",
    .kind = Pattern,
    .excludes = "sparsity|block",
    .help = translatable("Keep N of every M consecutive weights of a row, as in 2:4")};
constexpr SettingInfo blocks{
    .name = "block",
    .kind = Block,
    .excludes = "pattern",
    .help = translatable("Weights go or stay by whole blocks of R rows and C columns, as in 4x4; "
                         "otherwise one by one")};
constexpr SettingInfo scope{
    .name = "scope",
    .kind = Choice,
    .choices = "matrix|row|global",
    .defaultValue = "matrix",
    .excludes = "pattern",
    .help = translatable("Among which weights the smallest are found: each matrix, each row, or "
                         "all selected layers")};

constexpr SettingInfo rowScope{
    .name = "scope",
    .kind = Choice,
    .choices = "matrix|row|global",
    .defaultValue = "row",
    .excludes = "pattern",
    .help = translatable("Among which weights the smallest are found: each matrix, each row, or "
                         "all selected layers")};
constexpr SettingInfo inputs{
    .name = "inputs",
    .kind = Choice,
    .choices = "sequential|original",
    .defaultValue = "sequential",
    .help = translatable("Whose inputs a layer is judged by: those of the model as compressed so "
                         "far, or those of the original")};

constexpr SettingInfo rank{.name = "rank",
                           .kind = Integer,
                           .minimum = 1,
                           .maximum = 65536,
                           .excludes = "keep|energy|error",
                           .help = translatable("How many singular values are kept")};
constexpr SettingInfo keepRank{
    .name = "keep",
    .unit = "share",
    .defaultValue = "0.5",
    .excludes = "rank|energy|error",
    .help = translatable("Share of the matrix's parameters that both factors together keep")};
constexpr SettingInfo energy{
    .name = "energy",
    .unit = "share",
    .excludes = "rank|keep|error",
    .help = translatable("Share of the sum of squared singular values that the kept ones hold; a "
                         "matrix that needs too many of them stays whole")};
constexpr SettingInfo rankError{
    .name = "error",
    .unit = "share",
    .excludes = "rank|keep|energy",
    .help = translatable("How far the product may be from the matrix, by what the technique "
                         "counts; a matrix that needs too many singular values stays whole")};

constexpr SettingInfo keepStructure{.name = "keep",
                                    .unit = "share",
                                    .defaultValue = "0.5",
                                    .excludes = "count",
                                    .help = translatable("Share that stays")};
constexpr SettingInfo countStructure{.name = "count",
                                     .kind = Integer,
                                     .minimum = 1,
                                     .maximum = 1 << 24,
                                     .excludes = "keep",
                                     .help = translatable("How many stay")};
constexpr std::array headSettings{
    keepStructure, countStructure,
    SettingInfo{.name = "importance",
                .kind = Choice,
                .choices = "magnitude|gradient",
                .defaultValue = "magnitude",
                .help = translatable("By what heads are compared within a block: the size of their "
                                     "weights, or how much the loss depends on them")}};
constexpr std::array neuronSettings{
    keepStructure, countStructure,
    SettingInfo{.name = "importance",
                .kind = Choice,
                .choices = "magnitude|activation|first-order",
                .defaultValue = "magnitude",
                .help = translatable("By what units are compared within a block: the size of their "
                                     "weights, how active they are, or how much the loss depends "
                                     "on them")}};
constexpr std::array layerSettings{
    keepStructure, countStructure,
    SettingInfo{.name = "mode",
                .kind = Choice,
                .choices = "every-other|last|importance",
                .defaultValue = "every-other",
                .help =
                    translatable("Which blocks go: evenly spaced ones, the last, or those whose "
                                 "absence raises the loss least")}};
constexpr std::array vocabularySettings{SettingInfo{
    .name = "text",
    .kind = Text,
    .help = translatable("A file whose tokens stay; otherwise those of the calibration data")}};
constexpr std::array headNeeds{NeedRule{"importance=gradient", Need::Gradients}};
constexpr std::array neuronNeeds{NeedRule{"importance=activation", Need::Inputs},
                                 NeedRule{"importance=first-order", Need::Gradients}};
constexpr std::array layerNeeds{NeedRule{"mode=importance", Need::Gradients}};
constexpr std::array vocabularyNeeds{NeedRule{"text", Need::Nothing}};

constexpr std::array shareSettings{
    SettingInfo{
        .name = "mode",
        .kind = Choice,
        .choices = "all|attention|ffn|groups|sandwich|every-n|cycle|cycle-reverse",
        .defaultValue = "all",
        .help = translatable(
            "What is shared: whole blocks or their attention or feed-forward half (ALBERT), "
            "consecutive groups of blocks (ALBERT), all blocks but the first and the last "
            "or every few blocks (Subformer), or a few blocks in turn, forwards or back "
            "again (Takase and Kiyono)")},
    SettingInfo{
        .name = "groups",
        .kind = Integer,
        .minimum = 1,
        .maximum = 4096,
        .unit = "blocks",
        .requires_ = "mode=groups|cycle|cycle-reverse",
        .help = translatable("How many blocks keep weights of their own; otherwise half of them")},
    SettingInfo{.name = "every",
                .kind = Integer,
                .minimum = 2,
                .maximum = 4096,
                .unit = "blocks",
                .defaultValue = "2",
                .requires_ = "mode=every-n",
                .help = translatable("How many consecutive blocks share")},
    SettingInfo{.name = "keep-weights",
                .kind = Choice,
                .choices = "average|first|best",
                .defaultValue = "first",
                .help = translatable("Which weights survive: the average of those that share, "
                                     "those of the first block, or whichever of some candidates "
                                     "scores best on dev data")},
    SettingInfo{.name = "candidates",
                .kind = Integer,
                .minimum = 2,
                .maximum = 64,
                .defaultValue = "4",
                .requires_ = "keep-weights=best",
                .help = translatable("How many weights are tried: those of the first block, the "
                                     "average, and those of blocks spread over the others")},
};
constexpr std::array svdSettings{rank, keepRank, energy, rankError};
constexpr std::array safeSettings{
    rank, keepRank,
    SettingInfo{.name = "heads",
                .kind = Integer,
                .minimum = 1,
                .maximum = 4096,
                .defaultValue = "1",
                .help = translatable("Heads of the attention among token rows; the rank is a "
                                     "multiple of them")}};
constexpr std::array kroneckerSettings{
    SettingInfo{.name = "keep",
                .unit = "share",
                .defaultValue = "0.5",
                .excludes = "block",
                .help = translatable("Share of the matrix's parameters that both factors together "
                                     "keep at least; half of them is about the most there is")},
    SettingInfo{.name = "block",
                .kind = Block,
                .excludes = "keep",
                .help =
                    translatable("Rows and columns of the second factor, as in 16x16; otherwise "
                                 "as the share has it")}};
constexpr std::array magnitudeSettings{sparsity, pattern, blocks, scope};
constexpr std::array movementSettings{
    SettingInfo{.name = "sparsity",
                .unit = "share",
                .defaultValue = "0.5",
                .help = translatable("Share of the weights of each matrix set to zero in the end")}};
constexpr std::array softMovementSettings{
    SettingInfo{.name = "threshold",
                .unit = "share",
                .defaultValue = "0.1",
                .help = translatable("Weights go whose score, between 0 and 1, is below it")},
    SettingInfo{.name = "penalty",
                .maximum = 1e6,
                .defaultValue = "400",
                .help = translatable("How much the mean score adds to the loss; more of it "
                                     "removes more weights")}};
constexpr std::array wandaSettings{sparsity, pattern, blocks, rowScope, inputs};
constexpr std::array sparseGptSettings{
    sparsity, pattern, blocks,
    SettingInfo{.name = "scope",
                .kind = Choice,
                .choices = "matrix|row",
                .defaultValue = "matrix",
                .excludes = "pattern",
                .help = translatable("Among which weights the least important are found: each "
                                     "matrix or each row")},
    inputs};
constexpr std::array asvdSettings{
    rank,
    keepRank,
    energy,
    rankError,
    SettingInfo{.name = "alpha",
                .defaultValue = "0.5",
                .help = translatable("How much the size of an input counts: not at all (0) to "
                                     "fully (1)")},
    inputs};
constexpr std::array svdLlmSettings{rank, keepRank, energy, rankError, inputs};
constexpr std::array affineSettings{bits, granularity, group, symmetric, clip};
constexpr std::array gptqSettings{
    bits,
    granularity,
    group,
    symmetric,
    clip,
    SettingInfo{.name = "act-order",
                .kind = Choice,
                .choices = "yes|no",
                .defaultValue = "no",
                .help = translatable("Whether the columns with the largest inputs are rounded "
                                     "first")},
    inputs};
constexpr std::array awqSettings{bits, granularity, group, symmetric, clip, inputs};
constexpr std::array smoothQuantSettings{
    SettingInfo{.name = "alpha",
                .defaultValue = "0.5",
                .help = translatable("How much of the inputs' range moves into the weights: none "
                                     "(0) to all (1)")},
    inputs};
constexpr std::array llmInt8Settings{
    SettingInfo{.name = "threshold",
                .maximum = 1e6,
                .defaultValue = "6",
                .help = translatable("An input that reaches this size meets its weights in half "
                                     "precision")},
    inputs};
constexpr std::array codebookSettings{
    SettingInfo{.name = "k",
                .kind = Integer,
                .minimum = 2,
                .maximum = 256,
                .unit = "values",
                .defaultValue = "16",
                .help = translatable("How many values there are")},
    SettingInfo{.name = "granularity",
                .kind = Choice,
                .choices = "tensor|channel|group",
                .defaultValue = "tensor",
                .help = translatable("What shares one codebook: the matrix, an output channel, or "
                                     "a group of weights within it")},
    group};
constexpr std::array scaleSettings{granularity, group};

} // namespace pare::settings
