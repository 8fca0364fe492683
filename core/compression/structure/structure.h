// What structured pruning leaves of a model: blocks, heads, feed-forward units and tokens. Plain
// values without weights; any thread.
//
// Steps add up: each chooses among what the steps before it left. Blocks that use one another's
// weights lose the same heads and units. How many stay follows from the recipe; which ones, from
// scores that somebody who has seen the weights supplies. Acts on the first stack.
#pragma once

#include "core/base/message.h"
#include "core/model/recipe.h"
#include "core/model/specification.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace pare {

/// All numbers are the model's own, ascending.
struct Structure
{
    std::string stack;                      ///< whose blocks these are
    std::vector<int> blocks;                ///< that stay
    std::vector<std::vector<int>> heads;    ///< that stay, of each block of the model
    std::vector<std::vector<int>> neurons;  ///< the same
    std::optional<std::vector<int>> tokens; ///< ids that stay; nothing: all

    bool operator==(const Structure &) const = default;
};

/// What a step compares: more matters more. One value for each head or unit that a block of the
/// model has, or for each block.
struct StructureScores
{
    using OfBlock = std::function<std::vector<double>(const Step &step, int block)>;

    OfBlock heads;
    OfBlock neurons;
    std::function<std::vector<double>(const Step &step)> blocks;
    std::function<std::vector<int>(const Step &step)> tokens; ///< ids to keep, ascending
};

struct StructurePlan
{
    Structure structure;
    std::map<std::string, std::vector<int>> steps; ///< by layer: those that touch it, or may
    std::set<std::string> unknown; ///< layers whose size or presence only the scores can tell

    bool changesModel() const { return !steps.empty(); }
};

/// Of the structure steps of a checked recipe. Without scores as many stay as will, but which ones
/// is not said. Throws InvalidSetting where a selection leaves nothing to choose from or nothing
/// would stay, Unsupported for layers that are stored compressed.
StructurePlan plannedStructure(const Recipe &recipe, const ModelDescription &model,
                               const StructureScores *scores = nullptr);

/// The description with what is gone left out; names and block numbers stay the model's own. Where
/// the owner of a shared weight is gone, the first layer that used it owns it. `bytes` of the whole
/// is 0: files are core/checkpoint's.
ModelDescription withStructure(const ModelDescription &model, const Structure &structure);

/// The network that computes with what stays; `structure` of its first stack.
NetworkSpecification withStructure(const NetworkSpecification &specification,
                                   const Structure &structure);

/// A layer's name once blocks are numbered anew without gaps: "encoder.4.ffn.up" becomes
/// "encoder.2.ffn.up" where blocks 1 and 3 are gone. Of layers that stay.
std::string nameAnew(const Structure &structure, const std::string &layer);

} // namespace pare
