// How long a piece of work will still take, from what it reports.
//
// Every part of the work (the pattern of ProgressReport::what) is timed by itself: their units differ. One thread.
#pragma once

#include "core/base/progress.h"

#include <chrono>
#include <optional>
#include <string_view>

namespace pare {

class TimeLeft
{
public:
    using Clock = std::chrono::steady_clock;

    /// Seconds; nothing while it is not known.
    std::optional<double> after(const ProgressReport &report, Clock::time_point now);

    /// The work stood still for so long.
    void hold(Clock::duration held) { m_began += held; }

private:
    std::string_view m_part;
    std::optional<std::int64_t> m_first; ///< done when the part began
    Clock::time_point m_began;
};

} // namespace pare
