#include "core/base/timeleft.h"

namespace pare {

namespace {

constexpr double fewestSeconds = 0.3; ///< of a part, before its pace says anything

} // namespace

std::optional<double> TimeLeft::after(const ProgressReport &report, Clock::time_point now)
{
    const std::string_view part = report.what.empty() ? m_part : report.what.pattern;
    if (!m_first || part != m_part || report.done < *m_first) {
        m_part = part;
        m_first = report.done;
        m_began = now;
    }
    if (report.secondsLeft)
        return report.secondsLeft;
    const double seconds = std::chrono::duration<double>(now - m_began).count();
    const auto done = static_cast<double>(report.done - *m_first);
    if (report.total <= 0 || done <= 0 || seconds < fewestSeconds)
        return std::nullopt;
    return seconds * static_cast<double>(report.total - report.done) / done;
}

} // namespace pare
