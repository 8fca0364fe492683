// What sweeps have found out of a model on a data set, as it is kept between runs of the program.
//
// Computes no answers. Belongs to one command or job, on its thread.
#pragma once

#include "core/experiment/experiment.h"
#include "core/search/responsestore.h"
#include "core/search/responsetable.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pare {

struct SweepOptions
{
    std::size_t rows = 512; ///< examples that are asked at most; rounded up to firstRows doubled
    std::size_t firstRows =
        16;                  ///< for the coarse table; doubled until each class can be among them
    double tolerance = 0.01; ///< an accuracy known within that is known well enough
    double hopeless = 0.1;   ///< … and so is one that is certainly lower by that much
    std::int64_t borderBytes = 1'000'000'000; ///< for hidden states at the borders of blocks
    std::int64_t weightBytes = 1'000'000'000; ///< for compressed layers between two looks at them
};

/// What responses follow from beside the ids of their experiments: the probe, the build and the machine.
std::string originOf(const SweepOptions &options);

/// Without responses; `original` answered all examples (answersAll()).
ResponseTable emptyTable(const Experiment &experiment, const StoredOriginal &original);
bool answersAll(const StoredOriginal &original, const EncodedData &data);

/// One for each recipe, with what the store has of it.
std::vector<Response> storedResponses(const Experiment &experiment,
                                      const std::vector<Recipe> &recipes,
                                      const ResponseStore &store);

/// Lets later commands find the pairs of `table`, beside those of earlier ones.
void rememberJoints(const Experiment &experiment, const ResponseTable &table,
                    const SweepOptions &options);

/// Adds to `table` the pairs of its responses that were ever asked together. Of the model without steps.
void addKnownJoints(const Experiment &experiment, ResponseTable &table,
                    const SweepOptions &options);

/// What sweeps have found out so far, without asking anything. Belongs to one thread.
class KnownResponses
{
public:
    /// Of the model of `base`; nothing: no sweep has begun. `experiment` must outlive this.
    static std::optional<KnownResponses> find(const Experiment &experiment, const Recipe &base,
                                              const SweepOptions &options = {});

    /// Which response of table() is that of a recipe (partsOf()); looked up the first time. One that no sweep
    /// has asked has no changes.
    std::size_t numberOf(const Recipe &recipe);

    /// Pairs that were asked together, as far as both of a pair have been looked up (numberOf()).
    void lookUpJoints();

    const ResponseTable &table() const { return m_table; }

private:
    KnownResponses(const Experiment &experiment, ResponseStore store, ResponseTable table,
                   const SweepOptions &options);

    const Experiment &m_experiment;
    ResponseStore m_store;
    ResponseTable m_table;
    SweepOptions m_options;
    std::map<std::string, std::size_t> m_numbers; ///< by recipe, as text
};

} // namespace pare
