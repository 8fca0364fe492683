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

constexpr std::array shareSettings{
    SettingInfo{
        "mode", Choice, 0, 0, "", "all|attention|ffn|sandwich", "all", "", "",
        translatable(
            "What is shared: whole blocks or their attention or feed-forward half (ALBERT), or all "
            "blocks but the first and the last (Subformer)")},
};
constexpr std::array svdSettings{
    SettingInfo{"rank", Integer, 1, 65536, "", "", "", "keep", "",
                translatable("How many singular values are kept")},
    SettingInfo{"keep", Real, 0, 1, "", "", "0.5", "rank", "",
                translatable("Share of the matrix's parameters that both factors together keep")},
};
constexpr std::array magnitudeSettings{
    SettingInfo{"sparsity", Real, 0, 1, "", "", "0.5", "pattern", "",
                translatable("Share of the weights set to zero")},
    SettingInfo{"pattern", Pattern, 0, 0, "", "", "", "sparsity", "",
                translatable("Keep N of every M consecutive weights of a row, as in 2:4")},
    SettingInfo{"scope", Choice, 0, 0, "", "matrix|row|global", "matrix", "pattern", "",
                translatable("Among which weights the smallest are found: each matrix, each row, "
                             "or all selected layers")},
};
constexpr std::array affineSettings{
    SettingInfo{"bits", Integer, 2, 8, "bits", "", "8", "", "",
                translatable("Bits of one stored weight")},
    SettingInfo{"granularity", Choice, 0, 0, "", "tensor|channel|group", "channel", "", "",
                translatable("What shares one scale: the matrix, an output channel, or a group of "
                             "weights within it")},
    SettingInfo{"group", Integer, 1, 65536, "weights", "", "64", "", "granularity=group",
                translatable("How many consecutive weights of a row share one scale")},
    SettingInfo{
        "symmetric", Choice, 0, 0, "", "yes|no", "yes", "", "",
        translatable(
            "Whether the steps lie evenly around zero; otherwise each scale has a zero point")},
};

constexpr std::array table{
    TechniqueInfo{
        "share.layers", Family::Sharing, LayerPart::Owner, translatable("Share layers"),
        translatable(
            "Several blocks use the weights of one; the others cost no bytes of their own."),
        shareSettings, "role=query,key,value,output,up,down,norm", blockRoles},
    TechniqueInfo{
        "factorize.svd", Family::LowRank, LayerPart::Form, translatable("Low rank by SVD"),
        translatable("A matrix becomes the product of two thin ones, the best of that rank."),
        svdSettings, blockMatrices, matrixRoles},
    TechniqueInfo{
        "prune.magnitude", Family::Pruning, LayerPart::Mask, translatable("Prune small weights"),
        translatable("The weights nearest to zero are removed; the others stay as they are."),
        magnitudeSettings, blockMatrices, matrixRoles},
    TechniqueInfo{"quantize.affine", Family::Quantization, LayerPart::Codec,
                  translatable("Quantize to few bits"),
                  translatable("Each weight is rounded to the nearest of evenly spaced values."),
                  affineSettings, blockMatrices, matrixRoles},
};

constexpr std::array<std::string_view, 6> familyNames{"structure", "sharing",      "low-rank",
                                                      "pruning",   "quantization", "training"};
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
