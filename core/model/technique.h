// The one constant table of techniques: the command line checks against it, the window builds its
// forms from it, the recipe takes its defaults from it.
#pragma once

#include "core/model/layer.h"

#include <optional>
#include <span>
#include <string_view>

namespace pare {

/// In the order in which steps are applied.
enum class Family { Structure, Sharing, LowRank, Pruning, Quantization, Training };

/// "sharing", "low-rank", …: in JSON. The title is for people and translated.
std::string_view nameOf(Family family);
const char *titleOf(Family family);

/// What of a layer a technique sets; a later step that sets the same part replaces an earlier one.
enum class LayerPart { Structure, Owner, Form, Mask, Codec };

enum class SettingKind {
    Integer,
    Real,
    Choice,  ///< one of `choices`
    Pattern, ///< N:M, N of M consecutive weights are kept
};

struct SettingInfo
{
    std::string_view name;
    SettingKind kind;
    double minimum; ///< numbers only, inclusive
    double maximum;
    std::string_view unit;         ///< "bits", "weights", or empty
    std::string_view choices;      ///< "tensor|channel|group"
    std::string_view defaultValue; ///< empty: not set unless named
    std::string_view excludes;     ///< another setting that may not stand beside it
    std::string_view requires_;    ///< "granularity=group": only goes with that, and implies it
    const char *help;              ///< one line, translatable
};

struct TechniqueInfo
{
    std::string_view id;
    Family family;
    LayerPart part;
    const char *title;   ///< "Quantize to few bits", translatable
    const char *summary; ///< one sentence, translatable
    std::span<const SettingInfo> settings;
    std::string_view defaultSelection; ///< what a step without a selection touches
    std::span<const LayerRole> roles;  ///< what it can act on at all
    bool needsCalibration = false;
    bool needsGradients = false;

    const SettingInfo *setting(std::string_view name) const;
    bool actsOn(const Layer &layer) const;
};

std::span<const TechniqueInfo> techniqueTable();
const TechniqueInfo *findTechnique(std::string_view id);

/// Throws InvalidSetting, listing what there is.
const TechniqueInfo &techniqueInfo(std::string_view id);

} // namespace pare
