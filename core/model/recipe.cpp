#include "core/model/recipe.h"

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/numbers.h"
#include "core/base/utf8.h"
#include "core/model/messages.h"
#include "core/model/selection.h"
#include "core/model/training.h"

#include <algorithm>
#include <initializer_list>
#include <optional>

#include <nlohmann/json.hpp>

namespace pare {

namespace {

using Json = nlohmann::ordered_json;

struct PatternValue
{
    std::int64_t kept;
    std::int64_t of;
};

std::optional<PatternValue> parsedPattern(std::string_view text)
{
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos)
        return std::nullopt;
    const auto kept = parseInteger(text.substr(0, colon));
    const auto of = parseInteger(text.substr(colon + 1));
    if (!kept || !of || *kept <= 0 || *of <= *kept || *of > 32)
        return std::nullopt;
    return PatternValue{*kept, *of};
}

/// "4x16"
std::optional<std::pair<std::int64_t, std::int64_t>> parsedBlock(std::string_view text)
{
    constexpr std::int64_t largest = 4096;
    const std::size_t cross = text.find('x');
    if (cross == std::string_view::npos)
        return std::nullopt;
    const auto rows = parseInteger(text.substr(0, cross));
    const auto columns = parseInteger(text.substr(cross + 1));
    if (!rows || !columns || *rows < 1 || *columns < 1 || *rows > largest || *columns > largest)
        return std::nullopt;
    return std::pair{*rows, *columns};
}

/// The number in its one normal form; nothing where the setting takes no such number.
std::optional<std::string> normalNumber(const SettingInfo &setting, const std::string &value)
{
    const auto inRange = [&](auto number) {
        return number && *number >= setting.minimum && *number <= setting.maximum;
    };
    if (const auto number = parseInteger(value);
        setting.kind == SettingKind::Integer && inRange(number))
        return std::to_string(*number);
    if (const auto number = parseReal(value); setting.kind == SettingKind::Real && inRange(number))
        return formatReal(*number == 0 ? 0 : *number); // no "-0"
    return std::nullopt;
}

/// With the setting that may have been meant: one that stands in the place of this, and takes the number.
Error wrongNumber(const TechniqueInfo &info, const SettingInfo &setting, const std::string &value)
{
    const bool isWhole = setting.kind == SettingKind::Integer;
    const auto isMeant = [&](const SettingInfo &other) {
        return (isOneOf(setting.excludes, other.name) || isOneOf(other.excludes, setting.name)) &&
               normalNumber(other, value);
    };
    const auto meant = std::ranges::find_if(info.settings, isMeant);
    if (meant == info.settings.end())
        return {ErrorKind::InvalidSetting,
                isWhole ? messages::settingInteger : messages::settingReal,
                info.id,
                setting.name,
                setting.minimum,
                setting.maximum,
                value};
    return {ErrorKind::InvalidSetting,
            isWhole ? messages::settingIntegerOther : messages::settingRealOther,
            info.id,
            setting.name,
            setting.minimum,
            setting.maximum,
            value,
            meant->name};
}

/// The value in its one normal form; throws InvalidSetting.
std::string checkedValue(const TechniqueInfo &info, const SettingInfo &setting,
                         const std::string &value)
{
    switch (setting.kind) {
    case SettingKind::Integer:
    case SettingKind::Real:
        if (const auto number = normalNumber(setting, value))
            return *number;
        throw wrongNumber(info, setting, value);
    case SettingKind::Choice:
        if (!isOneOf(setting.choices, value))
            throw Error(ErrorKind::InvalidSetting, messages::settingChoice, info.id, setting.name,
                        setting.choices, value);
        return value;
    case SettingKind::Pattern:
        if (const auto pattern = parsedPattern(value))
            return fmt::format("{}:{}", pattern->kept, pattern->of);
        throw Error(ErrorKind::InvalidSetting, messages::settingPattern, info.id, setting.name,
                    value);
    case SettingKind::Block:
        if (const auto block = parsedBlock(value))
            return fmt::format("{}x{}", block->first, block->second);
        throw Error(ErrorKind::InvalidSetting, messages::settingBlock, info.id, setting.name,
                    value);
    case SettingKind::Text:
        break;
    }
    return value;
}

std::string settingNames(const TechniqueInfo &info)
{
    std::string names;
    for (const SettingInfo &setting : info.settings) {
        if (!names.empty())
            names += ", ";
        names += setting.name;
    }
    return names;
}

void checkTogether(const TechniqueInfo &info, const Step &step, const SettingInfo &setting)
{
    for (const auto &[other, value] : step.settings) {
        if (isOneOf(setting.excludes, other))
            throw Error(ErrorKind::InvalidSetting, messages::settingsExclude, info.id, setting.name,
                        other);
    }
}

/// "granularity=group" → its two halves.
std::pair<std::string, std::string> halves(std::string_view text)
{
    const std::size_t equals = text.find('=');
    return {std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))};
}

void fillDefaults(const TechniqueInfo &info, Step &step)
{
    for (const SettingInfo &setting : info.settings) {
        if (setting.requires_.empty() || !step.has(setting.name))
            continue;
        const auto [name, values] = halves(setting.requires_);
        if (values.find('|') == std::string::npos)
            step.settings.emplace(name, values);
        else
            step.settings.emplace(name, info.setting(name)->defaultValue);
        if (!isOneOf(values, step.settings.at(name)))
            throw Error(ErrorKind::InvalidSetting, messages::settingNeeds, info.id, setting.name,
                        setting.requires_);
    }
    for (const SettingInfo &setting : info.settings) {
        const bool excluded = std::ranges::any_of(step.settings, [&](const auto &other) {
            return isOneOf(setting.excludes, other.first);
        });
        if (step.has(setting.name) || setting.defaultValue.empty() || excluded)
            continue;
        if (!setting.requires_.empty()) {
            const auto [name, values] = halves(setting.requires_);
            if (!step.has(name) || !isOneOf(values, step.settings.at(name)))
                continue;
        }
        step.settings.emplace(setting.name, setting.defaultValue);
    }
}

std::string typeOf(const Json &value)
{
    return value.type_name();
}

/// A JSON value as a setting's text.
std::string settingText(const Json &value, std::string_view origin, const std::string &where)
{
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_boolean())
        return value.get<bool>() ? "yes" : "no";
    if (value.is_number_integer() || value.is_number_unsigned())
        return value.dump();
    if (value.is_number_float())
        return formatReal(value.get<double>());
    throw Error(ErrorKind::InvalidFile, messages::recipeShape, origin, where,
                "a number, a text, true or false", typeOf(value));
}

void checkKeys(const Json &object, std::initializer_list<std::string_view> known,
               std::string_view origin, const std::string &where, const char *expected)
{
    for (const auto &[key, value] : object.items()) {
        if (std::ranges::find(known, key) == known.end())
            throw Error(ErrorKind::InvalidFile, messages::recipeKey, origin, where, key, expected);
    }
}

std::map<std::string, std::string> settingsFromJson(const Json &object, std::string_view origin,
                                                    const std::string &where)
{
    if (!object.is_object())
        throw Error(ErrorKind::InvalidFile, messages::recipeShape, origin, where, "an object",
                    typeOf(object));
    std::map<std::string, std::string> settings;
    for (const auto &[key, value] : object.items())
        settings[key] = settingText(value, origin, where + "." + key);
    return settings;
}

Step stepFromJson(const Json &object, std::string_view origin, const std::string &where)
{
    if (!object.is_object())
        throw Error(ErrorKind::InvalidFile, messages::recipeShape, origin, where, "an object",
                    typeOf(object));
    checkKeys(object, {"technique", "settings", "layers"}, origin, where,
              "technique, settings or layers");
    Step step;
    const auto technique = object.find("technique");
    if (technique == object.end() || !technique->is_string())
        throw Error(ErrorKind::InvalidFile, messages::recipeShape, origin, where + ".technique",
                    "a text", technique == object.end() ? "nothing" : typeOf(*technique));
    step.technique = technique->get<std::string>();
    if (const auto settings = object.find("settings"); settings != object.end())
        step.settings = settingsFromJson(*settings, origin, where + ".settings");
    if (const auto layers = object.find("layers"); layers != object.end()) {
        if (!layers->is_string())
            throw Error(ErrorKind::InvalidFile, messages::recipeShape, origin, where + ".layers",
                        "a text", typeOf(*layers));
        step.layers = layers->get<std::string>();
    }
    return step;
}

} // namespace

std::string Step::text() const
{
    std::string text = technique;
    for (const auto &[name, value] : settings)
        text += " " + name + "=" + value;
    if (!layers.empty())
        text += " @ " + layers;
    return text;
}

bool Step::has(std::string_view setting) const
{
    return settings.contains(std::string(setting));
}

std::int64_t Step::integer(std::string_view setting) const
{
    return parseInteger(choice(setting)).value();
}

double Step::real(std::string_view setting) const
{
    return parseReal(choice(setting)).value();
}

const std::string &Step::choice(std::string_view setting) const
{
    return settings.at(std::string(setting));
}

std::string Recipe::text() const
{
    std::string text;
    for (const Step &step : allSteps())
        text += (text.empty() ? "" : "; ") + step.text();
    return text;
}

std::vector<Step> Recipe::allSteps() const
{
    std::vector<Step> all = steps;
    if (training)
        all.push_back(*training);
    return all;
}

Step parsedStep(std::string_view text)
{
    if (const auto invalid = firstInvalidUtf8(text))
        throw Error(ErrorKind::InvalidSetting, messages::stepNotUtf8, *invalid + 1);
    Step step;
    const std::size_t at = text.find('@');
    std::string_view rest = text.substr(0, at);
    const auto nextWord = [&]() -> std::string_view {
        const std::size_t begin = rest.find_first_not_of(" \t\n");
        if (begin == std::string_view::npos)
            return rest = {};
        const std::size_t end = std::min(rest.find_first_of(" \t\n", begin), rest.size());
        const std::string_view word = rest.substr(begin, end - begin);
        rest.remove_prefix(end);
        return word;
    };
    step.technique = nextWord();
    if (step.technique.empty() || step.technique.find('=') != std::string::npos)
        throw Error(ErrorKind::InvalidSetting, messages::stepEmpty, text);
    for (std::string_view word = nextWord(); !word.empty(); word = nextWord()) {
        const std::size_t equals = word.find('=');
        if (equals == std::string_view::npos || equals == 0 || equals + 1 == word.size())
            throw Error(ErrorKind::InvalidSetting, messages::stepSetting, text, word);
        const std::string name(word.substr(0, equals));
        if (!step.settings.emplace(name, word.substr(equals + 1)).second)
            throw Error(ErrorKind::InvalidSetting, messages::stepSettingTwice, text, name);
    }
    if (at != std::string_view::npos)
        step.layers = Selection::parsed(text.substr(at + 1)).text();
    return step;
}

Step checkedAgainst(const TechniqueInfo &info, const Step &step)
{
    Step result{step.technique, {}, step.layers};
    for (const auto &[name, value] : step.settings) {
        const SettingInfo *setting = info.setting(name);
        if (!setting)
            throw Error(ErrorKind::InvalidSetting, messages::settingUnknown, info.id, name,
                        settingNames(info));
        checkTogether(info, step, *setting);
        result.settings[name] = checkedValue(info, *setting, value);
    }
    fillDefaults(info, result);
    return result;
}

Step checked(const Step &step)
{
    if (step.technique == recoverInfo().id)
        return checkedRecovery(step);
    const TechniqueInfo &info = techniqueInfo(step.technique);
    Step selected = step;
    selected.layers =
        Selection::parsed(step.layers.empty() ? std::string(info.defaultSelection) : step.layers)
            .text();
    return checkedAgainst(info, selected);
}

Recipe checked(const Recipe &recipe)
{
    Recipe result;
    result.name = recipe.name;
    if (recipe.training)
        result.training = checkedRecovery(*recipe.training);
    for (const Step &step : recipe.steps) {
        if (step.technique != recoverInfo().id) {
            result.steps.push_back(checked(step));
            continue;
        }
        if (result.training)
            throw Error(ErrorKind::InvalidSetting, messages::recoveryTwice, step.text());
        result.training = checkedRecovery(step);
    }
    return result;
}

Need needOf(const Step &step)
{
    const TechniqueInfo &info = techniqueInfo(step.technique);
    for (const NeedRule &rule : info.needRules) {
        const auto [name, value] = halves(rule.when); // the same twice where there is no "="
        if (step.has(name) && (value == name || step.choice(name) == value))
            return rule.need;
    }
    return info.need;
}

bool looksAtData(const Step &step)
{
    const Need need = needOf(step);
    return need == Need::Inputs || need == Need::Gradients;
}

namespace {

Json settingsJson(const Step &step, const TechniqueInfo *info)
{
    Json settings = Json::object();
    for (const auto &[name, value] : step.settings) {
        const SettingInfo *setting = info ? info->setting(name) : nullptr;
        const auto integer = parseInteger(value);
        const auto real = parseReal(value);
        if (setting && setting->kind == SettingKind::Integer && integer)
            settings[name] = *integer;
        else if (setting && setting->kind == SettingKind::Real && real)
            settings[name] = *real;
        else
            settings[name] = value;
    }
    return settings;
}

} // namespace

Json toJson(const Recipe &recipe)
{
    Json steps = Json::array();
    for (const Step &step : recipe.steps) {
        Json object{{"technique", step.technique},
                    {"settings", settingsJson(step, findTechnique(step.technique))}};
        if (!step.layers.empty())
            object["layers"] = step.layers;
        steps.push_back(std::move(object));
    }
    Json json;
    if (!recipe.name.empty())
        json["name"] = validUtf8(recipe.name);
    json["steps"] = std::move(steps);
    if (recipe.training)
        json["training"] = settingsJson(*recipe.training, &recoverInfo());
    return json;
}

Recipe recipeFromJson(std::string_view text, std::string_view origin)
{
    Json document;
    try {
        document = parsedJson(text, RepeatedKeys::Refused);
    } catch (const Error &error) {
        throw Error(ErrorKind::InvalidFile, messages::recipeJson, origin, error.what());
    }
    if (!document.is_object())
        throw Error(ErrorKind::InvalidFile, messages::recipeShape, origin, "the document",
                    "an object", typeOf(document));
    checkKeys(document, {"steps", "training", "name", "description"}, origin, "the document",
              "steps, training, name or description");
    const auto steps = document.find("steps");
    if (steps == document.end() || !steps->is_array())
        throw Error(ErrorKind::InvalidFile, messages::recipeShape, origin, "steps", "a list",
                    steps == document.end() ? "nothing" : typeOf(*steps));
    Recipe recipe;
    if (const auto name = document.find("name"); name != document.end()) {
        if (!name->is_string())
            throw Error(ErrorKind::InvalidFile, messages::recipeShape, origin, "name", "a text",
                        typeOf(*name));
        recipe.name = name->get<std::string>();
    }
    for (std::size_t i = 0; i < steps->size(); ++i)
        recipe.steps.push_back(stepFromJson((*steps)[i], origin, fmt::format("steps[{}]", i)));
    if (const auto training = document.find("training"); training != document.end()) {
        recipe.training = Step{std::string(recoverInfo().id), {}, {}};
        recipe.training->settings = settingsFromJson(*training, origin, "training");
    }
    return recipe;
}

} // namespace pare
