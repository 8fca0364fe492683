// The one constant table of techniques: the command line checks against it, the window builds its
// forms from it, the recipe takes its defaults from it.
#pragma once

#include "core/model/layer.h"

#include <optional>
#include <span>
#include <string_view>

namespace pare {

/// What a technique is an example of, for people; the order of application is that of LayerPart.
enum class Family { Structure, Sharing, LowRank, Pruning, Quantization, Training };

/// "sharing", "low-rank", …: in JSON. The title is for people and translated.
std::string_view nameOf(Family family);
const char *titleOf(Family family);

/// What of a layer a technique sets, in the order in which steps are applied; a later step that sets
/// the same part replaces an earlier one.
enum class LayerPart { Structure, Owner, Form, Mask, Codec };

/// What a technique must see beside the weights.
enum class Need {
    Nothing,
    Inputs,    ///< of its layers, on calibration data
    Gradients, ///< of the loss on labelled calibration data
    Training,  ///< of the recipe ("recover"), in which it is learnt
};
std::string_view nameOf(Need need);

enum class SettingKind {
    Integer,
    Real,
    Choice,  ///< one of `choices`
    Pattern, ///< N:M, N of M consecutive weights are kept
    Block,   ///< RxC, rows by columns
    Text,    ///< anything without white space: a file's name
};

struct SettingInfo
{
    std::string_view name = {};
    SettingKind kind = SettingKind::Real;
    double minimum = 0; ///< numbers only, inclusive
    double maximum = 1;
    std::string_view unit = {};    ///< "bits", "weights", "share" (shown as per cent), or empty
    std::string_view choices = {}; ///< "tensor|channel|group"
    std::string_view defaultValue = {}; ///< empty: not set unless named
    std::string_view excludes = {};     ///< "keep|energy": settings that may not stand beside it
    /// "granularity=group": only goes with that, and implies it; "mode=groups|cycle": only goes
    /// with one of these.
    std::string_view requires_ = {};
    const char *help = ""; ///< one line, translatable
    /// Of a setting without default: what happens while it is not set, in two or three words,
    /// translatable; empty: nothing.
    const char *unset = "";
};

/// What a technique must see with some of its settings.
struct NeedRule
{
    std::string_view when; ///< "importance=gradient": so set; "text": set at all
    Need need;
};

struct TechniqueInfo
{
    std::string_view id = {};
    Family family = Family::Structure;
    LayerPart part = LayerPart::Structure;
    const char *title = "";          ///< "Quantize to few bits", translatable
    const char *summary = "";        ///< one sentence, translatable
    std::string_view reference = {}; ///< the paper: authors, year, arXiv number
    std::span<const SettingInfo> settings = {};
    std::string_view defaultSelection = {}; ///< what a step without a selection touches
    std::span<const LayerRole> roles = {};  ///< what it can act on at all
    const char *elsewhere = "";             ///< why not on other layers, translatable
    Need need = Need::Nothing;              ///< where none of the rules below says otherwise
    std::span<const NeedRule> needRules = {};

    const SettingInfo *setting(std::string_view name) const;
    bool actsOn(const Layer &layer) const;
};

/// Whether `text` is one of "a|b|c".
bool isOneOf(std::string_view alternatives, std::string_view text);

std::span<const TechniqueInfo> techniqueTable();
/// A row of the table, or "recover" (training.h), which stands beside it; null: there is none.
const TechniqueInfo *findTechnique(std::string_view id);

/// The same. Throws InvalidSetting, listing what there is.
const TechniqueInfo &techniqueInfo(std::string_view id);

} // namespace pare
