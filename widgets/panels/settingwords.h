// Settings in plain words. What recipes and the command line call them stands in their help.
// Free functions; window's thread.
#pragma once

#include "core/model/technique.h"

#include <QString>
#include <string_view>

namespace pare {

/// "Weights with one scale" of `granularity`.
QString settingTitle(const SettingInfo &info);
/// One of its alternatives: "output channel" of `channel`.
QString choiceTitle(const SettingInfo &info, std::string_view choice);
/// What it does, from where to where, and how a recipe writes it.
QString settingHelp(const SettingInfo &info);

/// A word of the table of techniques in the person's language.
QString wordText(std::string_view word);
/// All by which a person may look for a technique: its names here and in papers, its settings and their values, by
/// lines.
QString searchedWords(const TechniqueInfo &technique);

} // namespace pare
