// Two recipes beside each other, and one made of both. Free functions without state; any thread.
#pragma once

#include "core/model/recipe.h"

#include <optional>
#include <vector>

namespace pare {

/// A step that two recipes do not have alike: in the first, in the second, or in both with other
/// settings.
struct StepChange
{
    std::optional<Step> before;
    std::optional<Step> after;

    /// Where both are there: the settings in which they differ.
    std::vector<std::string> settings() const;
    bool operator==(const StepChange &) const = default;
};

/// Checked recipes. Steps of the same technique on the same layers belong together, in their order;
/// training is the last of the steps. Empty: they do the same.
std::vector<StepChange> changesBetween(const Recipe &before, const Recipe &after);

/// Everything that both do, `over` where both set the same: its steps take the place of those of
/// the same technique on the same layers, others follow, and its training counts where it has one.
Recipe merged(const Recipe &base, const Recipe &over);

} // namespace pare
