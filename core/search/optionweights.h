// Makes what each response of a table is measured with: the model of its recipe, in which only a layer or
// a block differs from the one that it is compared with.
//
// What one step does to a layer by itself is done to all the layers it is tried on at once, so that
// the calibration data is looked at once for each option; what was made is kept as long as it fits a
// limit of memory, and made again where it did not. Belongs to one sweep, on its thread.
#pragma once

#include "core/base/progress.h"
#include "core/compression/compressedmodel.h"
#include "core/experiment/experiment.h"
#include "core/search/responsetable.h"

#include <cstdint>
#include <list>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace pare {

/// One option carried out at one place.
struct PlacedOption
{
    NetworkSpecification specification;
    ModelWeights weights;
    /// Nothing of the compared model's network can be used: blocks or tokens are gone, or steps came
    /// before.
    bool isApart = false;
    std::set<std::string> changed; ///< else: layers that differ from the compared model's
    std::vector<int> tokens = {};  ///< that the model still knows; empty: all
    std::int64_t bytes = 0;        ///< of the file
    double weightError = 0;
    std::optional<double> outputError = {};

    /// Where they stand, unless apart; −1: in the embedding, the number of blocks: in the head.
    std::set<int> changedBlocks() const;
};

class OptionWeights
{
public:
    /// `compared` is the model of `base` alone; both must outlive this.
    OptionWeights(Experiment &experiment, const CompressedModel &compared, const Recipe &base,
                  std::int64_t limitBytes);

    /// Says which recipes will be asked for: of one option, its places. Each ends with the option.
    void announce(const std::vector<Response> &responses);

    /// Throws Error or Cancelled.
    PlacedOption of(const Recipe &recipe, Progress &progress);

    std::int64_t bytes() const { return m_bytes; }

private:
    struct Entry
    {
        std::string key;
        PlacedOption option;
        std::int64_t bytes = 0;
    };

    void makeTogether(const std::vector<Recipe> &recipes, Progress &progress);
    PlacedOption made(const Recipe &recipe, Progress &progress) const;
    PlacedOption placed(CompressedModel model, const std::vector<LayerRecord> &records,
                        std::set<std::string> layers) const;
    void keep(const std::string &key, PlacedOption option);

    Experiment &m_experiment;
    const CompressedModel &m_compared;
    const Recipe &m_base;
    std::int64_t m_limit;
    std::int64_t m_bytes = 0;
    std::map<std::string, std::vector<Recipe>> m_together; ///< not made yet, by option
    std::list<Entry> m_entries;                            ///< latest used first
    std::map<std::string, std::list<Entry>::iterator> m_index;
};

/// What OptionWeights will hold of a recipe's model: bytes of the layers that become others. Where data decides about a
/// layer, as many as it has in float32.
std::int64_t plannedHeldBytes(const RecipePlan &plan);

/// Whether a technique's result at one place does not depend on which others are named beside it.
bool actsAlone(const Step &option);

/// The layers that use the weight of one of `layers`, and those themselves.
std::set<std::string> usersOf(const ModelWeights &weights, const std::set<std::string> &layers);

} // namespace pare
