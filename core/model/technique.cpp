#include "core/model/technique.h"

#include "core/base/error.h"
#include "core/model/messages.h"

#include <algorithm>
#include <array>

namespace pare {

namespace {

using enum SettingKind;

constexpr std::string_view blockMatrices = "role=query,key,value,output,up,down";

constexpr std::array matrixRoles{
    LayerRole::TokenEmbedding,
    LayerRole::PositionEmbedding,
    LayerRole::TypeEmbedding,
    LayerRole::EmbeddingAttention,
    LayerRole::EmbeddingProjection,
    LayerRole::Query,
    LayerRole::Key,
    LayerRole::Value,
    LayerRole::Output,
    LayerRole::Up,
    LayerRole::Down,
    LayerRole::Pooler,
    LayerRole::Classifier,
    LayerRole::Head,
};
constexpr std::array blockRoles{
    LayerRole::Query, LayerRole::Key,  LayerRole::Value, LayerRole::Output,
    LayerRole::Up,    LayerRole::Down, LayerRole::Norm,
};

constexpr std::array attentionRoles{LayerRole::Query, LayerRole::Key, LayerRole::Value,
                                    LayerRole::Output};
constexpr std::array feedForwardRoles{LayerRole::Up, LayerRole::Down};

constexpr std::array linearRoles{
    LayerRole::Query, LayerRole::Key,  LayerRole::Value,  LayerRole::Output,
    LayerRole::Up,    LayerRole::Down, LayerRole::Pooler, LayerRole::Classifier,
};
constexpr std::array embeddingRoles{LayerRole::TokenEmbedding};

constexpr auto onlyMatrices = translatable(
    "Acts on matrices; norms and biases are a thousandth of a model and keep their values.");
constexpr auto onlyLinear = translatable("Acts on matrices that multiply; the rows of an embedding "
                                         "table are looked up one at a time, so "
                                         "that its inputs say nothing about its columns.");
constexpr auto onlyBlocks =
    translatable("Acts on the layers of blocks, of which there are several alike.");
constexpr auto onlyAttention = translatable("Acts on attention, which alone has heads.");
constexpr auto onlyFeedForward =
    translatable("Acts on the feed-forward half of blocks, whose two matrices share its units.");
constexpr auto onlyEmbedding = translatable("Acts on the token embedding, the one wide table.");

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
    .excludes = "sparsity",
    .help = translatable("Keep N of every M consecutive weights of a row, as in 2:4")};
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
                           .excludes = "keep",
                           .help = translatable("How many singular values are kept")};
constexpr SettingInfo keepRank{
    .name = "keep",
    .unit = "share",
    .defaultValue = "0.5",
    .excludes = "rank",
    .help = translatable("Share of the matrix's parameters that both factors together keep")};

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
constexpr std::array svdSettings{rank, keepRank};
constexpr std::array safeSettings{
    rank, keepRank,
    SettingInfo{.name = "heads",
                .kind = Integer,
                .minimum = 1,
                .maximum = 4096,
                .defaultValue = "1",
                .help = translatable("Heads of the attention among token rows; the rank is a "
                                     "multiple of them")}};
constexpr std::array magnitudeSettings{sparsity, pattern, scope};
constexpr std::array wandaSettings{sparsity, pattern, rowScope, inputs};
constexpr std::array sparseGptSettings{
    sparsity, pattern,
    SettingInfo{.name = "scope",
                .kind = Choice,
                .choices = "matrix|row",
                .defaultValue = "matrix",
                .excludes = "pattern",
                .help = translatable("Among which weights the least important are found: each "
                                     "matrix or each row")},
    inputs};
constexpr std::array asvdSettings{
    rank, keepRank,
    SettingInfo{.name = "alpha",
                .defaultValue = "0.5",
                .help = translatable("How much the size of an input counts: not at all (0) to "
                                     "fully (1)")},
    inputs};
constexpr std::array svdLlmSettings{rank, keepRank, inputs};
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

constexpr std::array table{
    TechniqueInfo{
        .id = "prune.heads",
        .family = Family::Structure,
        .part = LayerPart::Structure,
        .title = translatable("Remove heads"),
        .summary = translatable("Each block keeps its most important attention heads; query, key, "
                                "value and output become smaller."),
        .reference = "Michel, Levy and Neubig 2019, arXiv 1905.10650",
        .settings = headSettings,
        .defaultSelection = "role=query,key,value,output",
        .roles = attentionRoles,
        .elsewhere = onlyAttention,
        .needRules = headNeeds},
    TechniqueInfo{.id = "prune.neurons",
                  .family = Family::Structure,
                  .part = LayerPart::Structure,
                  .title = translatable("Remove feed-forward units"),
                  .summary =
                      translatable("Each block keeps its most important feed-forward units; both "
                                   "matrices become smaller."),
                  .reference = "Hou et al. 2020, arXiv 2004.04037",
                  .settings = neuronSettings,
                  .defaultSelection = "role=up,down",
                  .roles = feedForwardRoles,
                  .elsewhere = onlyFeedForward,
                  .needRules = neuronNeeds},
    TechniqueInfo{.id = "prune.layers",
                  .family = Family::Structure,
                  .part = LayerPart::Structure,
                  .title = translatable("Remove blocks"),
                  .summary = translatable("Whole blocks go; the others follow each other."),
                  .reference = "Fan et al. 2020, arXiv 1909.11556; Sajjad et al. 2023, arXiv "
                               "2004.03844",
                  .settings = layerSettings,
                  .defaultSelection = "role=query,key,value,output,up,down,norm",
                  .roles = blockRoles,
                  .elsewhere = onlyBlocks,
                  .needRules = layerNeeds},
    TechniqueInfo{.id = "prune.vocabulary",
                  .family = Family::Structure,
                  .part = LayerPart::Structure,
                  .title = translatable("Remove unused tokens"),
                  .summary = translatable("Tokens that a text does not use leave the vocabulary; "
                                          "special ones and single characters stay."),
                  .reference = "Abdaoui, Pradel and Sigel 2020, arXiv 2010.05609",
                  .settings = vocabularySettings,
                  .defaultSelection = "role=token-embedding",
                  .roles = embeddingRoles,
                  .elsewhere = onlyEmbedding,
                  .need = Need::Inputs,
                  .needRules = vocabularyNeeds},
    TechniqueInfo{
        .id = "share.layers",
        .family = Family::Sharing,
        .part = LayerPart::Owner,
        .title = translatable("Share layers"),
        .summary = translatable(
            "Several blocks use the weights of one; the others cost no bytes of their own."),
        .reference = "Lan et al. 2020, arXiv 1909.11942; Reid et al. 2021, arXiv 2101.00234; "
                     "Takase and Kiyono 2021, arXiv 2104.06022",
        .settings = shareSettings,
        .defaultSelection = "role=query,key,value,output,up,down,norm",
        .roles = blockRoles,
        .elsewhere = onlyBlocks},
    TechniqueInfo{.id = "factorize.svd",
                  .family = Family::LowRank,
                  .part = LayerPart::Form,
                  .title = translatable("Low rank by SVD"),
                  .summary = translatable(
                      "A matrix becomes the product of two thin ones, the best of that rank."),
                  .reference = "Eckart and Young 1936",
                  .settings = svdSettings,
                  .defaultSelection = blockMatrices,
                  .roles = matrixRoles,
                  .elsewhere = onlyMatrices},
    TechniqueInfo{
        .id = "factorize.fwsvd",
        .family = Family::LowRank,
        .part = LayerPart::Form,
        .title = translatable("Low rank by Fisher information"),
        .summary = translatable("As by SVD, but rows that the loss depends on more count more."),
        .reference = "Hsu et al. 2022, arXiv 2207.00112",
        .settings = svdSettings,
        .defaultSelection = blockMatrices,
        .roles = matrixRoles,
        .elsewhere = onlyMatrices,
        .need = Need::Gradients},
    TechniqueInfo{.id = "factorize.asvd",
                  .family = Family::LowRank,
                  .part = LayerPart::Form,
                  .title = translatable("Low rank by input size"),
                  .summary = translatable("As by SVD, but columns of large inputs count more."),
                  .reference = "Yuan et al. 2023, arXiv 2312.05821",
                  .settings = asvdSettings,
                  .defaultSelection = blockMatrices,
                  .roles = linearRoles,
                  .elsewhere = onlyLinear,
                  .need = Need::Inputs},
    TechniqueInfo{.id = "factorize.svd-llm",
                  .family = Family::LowRank,
                  .part = LayerPart::Form,
                  .title = translatable("Low rank by outputs"),
                  .summary =
                      translatable("The product of that rank whose outputs differ least from "
                                   "the matrix's."),
                  .reference = "Wang et al. 2024, arXiv 2403.07378",
                  .settings = svdLlmSettings,
                  .defaultSelection = blockMatrices,
                  .roles = linearRoles,
                  .elsewhere = onlyLinear,
                  .need = Need::Inputs},
    TechniqueInfo{.id = "factorize.embedding",
                  .family = Family::LowRank,
                  .part = LayerPart::Form,
                  .title = translatable("Narrow token embedding"),
                  .summary = translatable("The token table becomes a narrow one and a projection "
                                          "to the full width."),
                  .reference = "Lan et al. 2020, arXiv 1909.11942",
                  .settings = svdSettings,
                  .defaultSelection = "role=token-embedding",
                  .roles = embeddingRoles,
                  .elsewhere = onlyEmbedding},
    TechniqueInfo{.id = "factorize.safe",
                  .family = Family::LowRank,
                  .part = LayerPart::Form,
                  .title = translatable("Narrow token embedding that looks around"),
                  .summary =
                      translatable("The token table becomes a narrow one whose rows see each "
                                   "other before a projection to the full width; meant to "
                                   "be trained."),
                  .reference = "Reid, Marrese-Taylor, Matsuo 2021, arXiv 2101.00234",
                  .settings = safeSettings,
                  .defaultSelection = "role=token-embedding",
                  .roles = embeddingRoles,
                  .elsewhere = onlyEmbedding},
    TechniqueInfo{.id = "prune.magnitude",
                  .family = Family::Pruning,
                  .part = LayerPart::Mask,
                  .title = translatable("Prune small weights"),
                  .summary = translatable(
                      "The weights nearest to zero are removed; the others stay as they are."),
                  .reference = "Han et al. 2015, arXiv 1506.02626",
                  .settings = magnitudeSettings,
                  .defaultSelection = blockMatrices,
                  .roles = matrixRoles,
                  .elsewhere = onlyMatrices},
    TechniqueInfo{
        .id = "prune.first-order",
        .family = Family::Pruning,
        .part = LayerPart::Mask,
        .title = translatable("Prune by what the loss loses"),
        .summary = translatable("The weights whose removal changes the loss least, judged by its "
                                "slope in the original model, are removed."),
        .reference = "Molchanov et al. 2017, arXiv 1611.06440",
        .settings = magnitudeSettings,
        .defaultSelection = blockMatrices,
        .roles = matrixRoles,
        .elsewhere = onlyMatrices,
        .need = Need::Gradients},
    TechniqueInfo{.id = "prune.wanda",
                  .family = Family::Pruning,
                  .part = LayerPart::Mask,
                  .title = translatable("Prune by weight and input"),
                  .summary = translatable("The weights whose size times that of their inputs is "
                                          "smallest are removed."),
                  .reference = "Sun et al. 2023, arXiv 2306.11695",
                  .settings = wandaSettings,
                  .defaultSelection = blockMatrices,
                  .roles = linearRoles,
                  .elsewhere = onlyLinear,
                  .need = Need::Inputs},
    TechniqueInfo{.id = "prune.sparsegpt",
                  .family = Family::Pruning,
                  .part = LayerPart::Mask,
                  .title = translatable("Prune by SparseGPT"),
                  .summary =
                      translatable("Removes column by column; the columns still to come make "
                                   "good what each removal did to the outputs."),
                  .reference = "Frantar and Alistarh 2023, arXiv 2301.00774",
                  .settings = sparseGptSettings,
                  .defaultSelection = blockMatrices,
                  .roles = linearRoles,
                  .elsewhere = onlyLinear,
                  .need = Need::Inputs},
    TechniqueInfo{
        .id = "quantize.affine",
        .family = Family::Quantization,
        .part = LayerPart::Codec,
        .title = translatable("Quantize to few bits"),
        .summary = translatable("Each weight is rounded to the nearest of evenly spaced values."),
        .reference = "Jacob et al. 2018, arXiv 1712.05877",
        .settings = affineSettings,
        .defaultSelection = blockMatrices,
        .roles = matrixRoles,
        .elsewhere = onlyMatrices},
    TechniqueInfo{
        .id = "quantize.gptq",
        .family = Family::Quantization,
        .part = LayerPart::Codec,
        .title = translatable("Quantize by GPTQ"),
        .summary = translatable("Rounds column by column; the columns still to come make good what "
                                "each rounding did to the outputs."),
        .reference = "Frantar et al. 2022, arXiv 2210.17323",
        .settings = gptqSettings,
        .defaultSelection = blockMatrices,
        .roles = linearRoles,
        .elsewhere = onlyLinear,
        .need = Need::Inputs},
    TechniqueInfo{.id = "quantize.int8",
                  .family = Family::Quantization,
                  .part = LayerPart::Codec,
                  .title = translatable("Compute in 8 bits"),
                  .summary = translatable(
                      "Weights are stored in 8 bits, inputs rounded to 8 bits on the way, "
                      "and multiplied so where the processor can."),
                  .reference = "Zafrir et al. 2019, arXiv 1910.06188",
                  .defaultSelection = blockMatrices,
                  .roles = linearRoles,
                  .elsewhere = onlyLinear},
    TechniqueInfo{.id = "quantize.awq",
                  .family = Family::Quantization,
                  .part = LayerPart::Codec,
                  .title = translatable("Quantize by AWQ"),
                  .summary = translatable(
                      "Weights of large inputs are scaled up before they are rounded, and "
                      "so lose less."),
                  .reference = "Lin et al. 2024, arXiv 2306.00978",
                  .settings = awqSettings,
                  .defaultSelection = blockMatrices,
                  .roles = linearRoles,
                  .elsewhere = onlyLinear,
                  .need = Need::Inputs},
    TechniqueInfo{.id = "quantize.codebook",
                  .family = Family::Quantization,
                  .part = LayerPart::Codec,
                  .title = translatable("Quantize to a codebook"),
                  .summary = translatable(
                      "Each weight becomes the nearest of a few values that k-means finds "
                      "among them."),
                  .reference = "Han et al. 2016, arXiv 1510.00149",
                  .settings = codebookSettings,
                  .defaultSelection = blockMatrices,
                  .roles = matrixRoles,
                  .elsewhere = onlyMatrices},
    TechniqueInfo{
        .id = "share.codebook",
        .family = Family::Sharing,
        .part = LayerPart::Codec,
        .title = translatable("Share values"),
        .summary = translatable("All weights of a matrix share a few values, which k-means finds "
                                "among them; stored is which of them."),
        .reference = "Han et al. 2016, arXiv 1510.00149",
        .settings = codebookSettings,
        .defaultSelection = blockMatrices,
        .roles = matrixRoles,
        .elsewhere = onlyMatrices},
    TechniqueInfo{.id = "quantize.half",
                  .family = Family::Quantization,
                  .part = LayerPart::Codec,
                  .title = translatable("Half precision"),
                  .summary = translatable(
                      "Each weight is stored in 16 bits, 5 for its size and 10 for its digits."),
                  .reference = "IEEE 754",
                  .defaultSelection = blockMatrices,
                  .roles = matrixRoles,
                  .elsewhere = onlyMatrices},
    TechniqueInfo{.id = "quantize.bfloat16",
                  .family = Family::Quantization,
                  .part = LayerPart::Codec,
                  .title = translatable("Bfloat16"),
                  .summary = translatable(
                      "Each weight is stored in 16 bits, 8 for its size and 7 for its digits."),
                  .reference = "Kalamkar et al. 2019, arXiv 1905.12322",
                  .defaultSelection = blockMatrices,
                  .roles = matrixRoles,
                  .elsewhere = onlyMatrices},
    TechniqueInfo{
        .id = "quantize.ternary",
        .family = Family::Quantization,
        .part = LayerPart::Codec,
        .title = translatable("Quantize to three values"),
        .summary = translatable("Each weight becomes zero, or plus or minus the mean size of the "
                                "large ones."),
        .reference = "Li et al. 2016, arXiv 1605.04711",
        .settings = scaleSettings,
        .defaultSelection = blockMatrices,
        .roles = matrixRoles,
        .elsewhere = onlyMatrices},
    TechniqueInfo{
        .id = "quantize.binary",
        .family = Family::Quantization,
        .part = LayerPart::Codec,
        .title = translatable("Quantize to the sign"),
        .summary = translatable("Only the sign of each weight stays, and the mean of their sizes."),
        .reference = "Rastegari et al. 2016, arXiv 1603.05279",
        .settings = scaleSettings,
        .defaultSelection = blockMatrices,
        .roles = matrixRoles,
        .elsewhere = onlyMatrices},
};

constexpr std::array<std::string_view, 6> familyNames{"structure", "sharing",      "low-rank",
                                                      "pruning",   "quantization", "training"};
constexpr std::array<std::string_view, 3> needNames{"nothing", "inputs", "gradients"};
constexpr std::array familyTitles{messages::familyStructure,    messages::familySharing,
                                  messages::familyLowRank,      messages::familyPruning,
                                  messages::familyQuantization, messages::familyTraining};

} // namespace

std::string_view nameOf(Family family)
{
    return familyNames[static_cast<std::size_t>(family)];
}

const char *titleOf(Family family)
{
    return familyTitles[static_cast<std::size_t>(family)];
}

std::string_view nameOf(Need need)
{
    return needNames[static_cast<std::size_t>(need)];
}

bool isOneOf(std::string_view alternatives, std::string_view text)
{
    while (!text.empty()) {
        const std::size_t bar = alternatives.find('|');
        if (alternatives.substr(0, bar) == text)
            return true;
        if (bar == std::string_view::npos)
            return false;
        alternatives.remove_prefix(bar + 1);
    }
    return false;
}

const SettingInfo *TechniqueInfo::setting(std::string_view name) const
{
    const auto found = std::ranges::find(settings, name, &SettingInfo::name);
    return found == settings.end() ? nullptr : &*found;
}

bool TechniqueInfo::actsOn(const Layer &layer) const
{
    return std::ranges::find(roles, layer.role) != roles.end();
}

std::span<const TechniqueInfo> techniqueTable()
{
    return table;
}

const TechniqueInfo *findTechnique(std::string_view id)
{
    const auto found = std::ranges::find(table, id, &TechniqueInfo::id);
    return found == table.end() ? nullptr : &*found;
}

const TechniqueInfo &techniqueInfo(std::string_view id)
{
    if (const TechniqueInfo *info = findTechnique(id))
        return *info;
    std::string known;
    for (const TechniqueInfo &info : table) {
        if (!known.empty())
            known += ", ";
        known += info.id;
    }
    throw Error(ErrorKind::InvalidSetting, messages::techniqueUnknown, id, known);
}

} // namespace pare
