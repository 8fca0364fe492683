// Fills a response table: what each place of a model answers to each option.
//
// Every response is first asked a few examples, so that there is a table within seconds, and then more of them,
// those first of which least is known, until its answer is known well enough or all of the probe's examples
// were asked. Only what stands above a change is computed again. What was asked is kept in the user's
// cache folder at once: a sweep that was cancelled or killed goes on where it stopped and ends with the same
// table, bit for bit. Belongs to one command or job, on its thread.
#pragma once

#include "core/experiment/experiment.h"
#include "core/search/knownresponses.h"
#include "core/search/sweepforecast.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace pare {

/// How far a sweep is.
struct SweepState
{
    const ResponseTable &table;
    std::size_t changed;      ///< which response has just become better known
    std::size_t coarse = 0;   ///< responses that have been asked at all
    std::size_t finished = 0; ///< … and those that need no more
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

} // namespace pare
