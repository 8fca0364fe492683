// What is done to a model: a list of steps, as values that compare and read well.
#pragma once

#include "core/model/technique.h"

#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pare {

struct Step
{
    std::string technique;
    std::map<std::string, std::string> settings; ///< as text: {"bits", "4"}, {"symmetric", "yes"}
    std::string layers; ///< a selection; empty: the technique's default roles

    /// 'quantize.affine bits=4 @ role=query,key', without the parts that are empty.
    std::string text() const;

    /// Only of a step that checked() returned, for settings that are there.
    std::int64_t integer(std::string_view setting) const;
    double real(std::string_view setting) const;
    const std::string &choice(std::string_view setting) const;
    bool has(std::string_view setting) const;

    bool operator==(const Step &) const = default;
};

struct Recipe
{
    std::vector<Step> steps;
    /// How the result is trained, as "recover" (core/model/training.h); nothing: not at all.
    std::optional<Step> training = {};
    std::string name = {}; ///< what its author calls it; does nothing, and makes no recipe another

    /// Steps and training joined by "; ", or empty.
    std::string text() const;
    /// Steps, and the training as the last of them.
    std::vector<Step> allSteps() const;
    /// Neither steps nor training.
    bool empty() const { return steps.empty() && !training; }
    bool operator==(const Recipe &other) const
    {
        return steps == other.steps && training == other.training;
    }
};

/// Reads 'TECHNIQUE key=value … [@ SELECTION]'; throws InvalidSetting. Does not check settings.
Step parsedStep(std::string_view text);

/// The step (of the table, or "recover") with all its defaults filled in and its selection explicit. Throws InvalidSetting for
/// an unknown technique or setting, a value out of range, settings that exclude each other, or a
/// bad selection.
Step checked(const Step &step);
/// All steps so; a step "recover" among them is its training.
Recipe checked(const Recipe &recipe);

/// Settings checked and defaults filled in by a row that need not be in the table; the selection
/// stays as it is. Throws InvalidSetting.
Step checkedAgainst(const TechniqueInfo &info, const Step &step);

/// What a checked step must see beside the weights.
Need needOf(const Step &step);
/// Whether that is calibration data.
bool looksAtData(const Step &step);

/// {"name": "…", "steps": [{"technique": "…", "settings": {…}, "layers": "…"}], "training": {…}}; numbers as
/// numbers, the settings of the training alone.
nlohmann::ordered_json toJson(const Recipe &recipe);

/// Reads such a document; `origin` (a file's name) opens the messages. Throws InvalidFile, for keys
/// that stand there twice as well.
Recipe recipeFromJson(std::string_view text, std::string_view origin);

/// A name for people, from the table: "4 bits, groups of 64", "rank 24 in query and key", "2:4 pruned".
std::string shortName(const Step &step);
std::string shortName(const Recipe &recipe);

} // namespace pare
