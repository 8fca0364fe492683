// Fills a response table: what each place of a model answers to each option.
//
// Every response is first asked a few examples, so that there is a table within seconds, and then more of them,
// those first of which least is known, until its answer is known well enough or all of the probe's examples
// were asked. Only what stands above a change is computed again. What was asked is kept in the user's
// cache folder at once: a sweep that was cancelled or killed goes on where it stopped and ends with the same
// table, bit for bit. Belongs to one command or job, on its thread.
#pragma once

#include "core/experiment/experiment.h"
#include "core/search/responsestore.h"
#include "core/search/responsetable.h"
#include "core/search/sweepforecast.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pare {

struct SweepOptions
{
    std::size_t rows = 512;     ///< examples that are asked at most; rounded up to firstRows doubled
    std::size_t firstRows = 32; ///< for the coarse table
    double tolerance = 0.01;    ///< an accuracy known within that is known well enough
    double hopeless = 0.1;      ///< … and so is one that is certainly lower by that much
    std::int64_t borderBytes = 1'000'000'000; ///< for hidden states at the borders of blocks
    std::int64_t weightBytes = 1'000'000'000; ///< for compressed layers between two looks at them
};

/// How far a sweep is.
struct SweepState
{
    const ResponseTable &table;
    std::size_t changed;        ///< which response has just become better known
    std::size_t coarse = 0;     ///< responses that have been asked at all
    std::size_t finished = 0;   ///< … and those that need no more
};

class LayerSweep
{
public:
    /// `recipes`: of one base each, and its option as their last step (sweepRecipesPerLayer()). Measures
    /// the compared model, unless it has been; `experiment` must outlive this. Throws Error or
    /// Cancelled.
    LayerSweep(Experiment &experiment, const Recipe &base, const std::vector<Recipe> &recipes,
               const SweepOptions &options, Progress &progress);
    ~LayerSweep();

    /// What is known so far.
    const ResponseTable &table() const;

    /// Of run(): at most, before it begins.
    const SweepForecast &forecast() const;

    /// To the end; forecasts learn from it. Cancelled leaves what was asked in table() and in the cache folder. Throws Error.
    void run(Progress &progress, const std::function<void(const SweepState &)> &afterStep = {});

private:
    struct State;
    std::unique_ptr<State> m_state;
};

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
