// How a long piece of work says how far it is and learns that it should stop.
//
// A job polls it between blocks, tensors and batches. Being cancelled is an outcome, not an error:
// check() throws Cancelled, which is no Error. Implementations are thread-safe.
#pragma once

#include "core/base/message.h"

#include <cstdint>
#include <optional>

namespace pare {

/// Thrown by Progress::check() when the work was cancelled; caught where Error is.
struct Cancelled
{};

struct ProgressReport
{
    Message what = {};      ///< "Measuring GPTQ 4 bits", empty: as before
    std::int64_t done = 0;  ///< in the unit of the work: examples, layers, steps
    std::int64_t total = 0; ///< 0: not known
    Message figure = {};    ///< the result so far ("91.2 % (89.8 … 92.4)"), may be empty
    /// Where the work knows better than what done and total let one guess.
    std::optional<double> secondsLeft = {};
};

class Progress
{
public:
    virtual ~Progress() = default;

    virtual void report(const ProgressReport &report) = 0;
    virtual bool cancelled() const = 0;

    /// Throws Cancelled if the work was cancelled.
    void check() const;
    /// check(), then report().
    void step(const ProgressReport &report);
};

/// Reports to nobody and is never cancelled.
Progress &silentProgress();

} // namespace pare
