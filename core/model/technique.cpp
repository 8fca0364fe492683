#include "core/model/technique.h"

#include "core/base/error.h"
#include "core/base/nearest.h"
#include "core/model/messages.h"
#include "core/model/techniquesettings.h"
#include "core/model/training.h"

#include <algorithm>
#include <array>

namespace pare {

namespace {

using namespace settings;

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
    TechniqueInfo{.id = "factorize.fwsvd",
                  .family = Family::LowRank,
                  .part = LayerPart::Form,
                  .title = translatable("Low rank by Fisher information"),
                  .summary =
                      translatable("As by SVD, but rows that the loss depends on more count more."),
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
    TechniqueInfo{.id = "factorize.kronecker",
                  .family = Family::LowRank,
                  .part = LayerPart::Form,
                  .title = translatable("Kronecker product"),
                  .summary = translatable("A matrix becomes one small matrix times each weight of "
                                          "another, the nearest such product."),
                  .reference = "Van Loan and Pitsianis 1993",
                  .settings = kroneckerSettings,
                  .defaultSelection = blockMatrices,
                  .roles = matrixRoles,
                  .elsewhere = onlyMatrices},
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
    TechniqueInfo{.id = "prune.movement",
                  .family = Family::Pruning,
                  .part = LayerPart::Mask,
                  .title = translatable("Prune what moves to zero"),
                  .summary = translatable("The weights that training moves towards zero are "
                                          "removed; every weight learns a score beside its value."),
                  .reference = "Sanh, Wolf and Rush 2020, arXiv 2005.07683",
                  .settings = movementSettings,
                  .defaultSelection = blockMatrices,
                  .roles = matrixRoles,
                  .elsewhere = onlyMatrices,
                  .need = Need::Training},
    TechniqueInfo{.id = "prune.soft-movement",
                  .family = Family::Pruning,
                  .part = LayerPart::Mask,
                  .title = translatable("Prune what moves to zero, softly"),
                  .summary = translatable("As by movement, but a penalty decides how many weights "
                                          "of each matrix go."),
                  .reference = "Sanh, Wolf and Rush 2020, arXiv 2005.07683",
                  .settings = softMovementSettings,
                  .defaultSelection = blockMatrices,
                  .roles = matrixRoles,
                  .elsewhere = onlyMatrices,
                  .need = Need::Training},
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
    TechniqueInfo{.id = "quantize.smoothquant",
                  .family = Family::Quantization,
                  .part = LayerPart::Codec,
                  .title = translatable("Compute in 8 bits by SmoothQuant"),
                  .summary = translatable(
                      "As computing in 8 bits; what is hard to round of the inputs moves into "
                      "the weights first."),
                  .reference = "Xiao et al. 2023, arXiv 2211.10438",
                  .settings = smoothQuantSettings,
                  .defaultSelection = blockMatrices,
                  .roles = linearRoles,
                  .elsewhere = onlyLinear,
                  .need = Need::Inputs},
    TechniqueInfo{.id = "quantize.llm-int8",
                  .family = Family::Quantization,
                  .part = LayerPart::Codec,
                  .title = translatable("Compute in 8 bits but for outliers"),
                  .summary = translatable(
                      "As computing in 8 bits; the few inputs that are very large meet their "
                      "weights in half precision."),
                  .reference = "Dettmers et al. 2022, arXiv 2208.07339",
                  .settings = llmInt8Settings,
                  .defaultSelection = blockMatrices,
                  .roles = linearRoles,
                  .elsewhere = onlyLinear,
                  .need = Need::Inputs},
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
constexpr std::array<std::string_view, 4> needNames{"nothing", "inputs", "gradients", "training"};
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
    if (id == recoverInfo().id)
        return &recoverInfo();
    const auto found = std::ranges::find(table, id, &TechniqueInfo::id);
    return found == table.end() ? nullptr : &*found;
}

const TechniqueInfo &techniqueInfo(std::string_view id)
{
    if (const TechniqueInfo *info = findTechnique(id))
        return *info;
    std::vector<std::string_view> ids;
    std::string known;
    for (const TechniqueInfo &info : table) {
        ids.push_back(info.id);
        if (!known.empty())
            known += ", ";
        known += info.id;
    }
    if (const auto nearest = nearestWord(id, ids))
        throw Error(ErrorKind::InvalidSetting, messages::techniqueNearest, id, *nearest);
    throw Error(ErrorKind::InvalidSetting, messages::techniqueUnknown, id, known);
}

} // namespace pare
