#include "app/cli/terminal.h"

#include "app/cli/interrupts.h"
#include "core/base/numbers.h"
#include "core/base/utf8.h"

#include <algorithm>
#include <cstdio>
#include <sys/ioctl.h>
#include <unistd.h>

#include <fmt/format.h>

namespace pare {

namespace {

constexpr int barWidth = 24;
constexpr std::chrono::seconds lineInterval{5};
constexpr std::size_t usualColumns = 80;

std::size_t terminalColumns()
{
    winsize size{};
    return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col
                                                                             : usualColumns;
}

} // namespace

TerminalProgress::TerminalProgress()
    : m_terminal(::isatty(STDERR_FILENO) == 1)
    , m_progress([this](const ProgressReport &report) { show(report); })
{
    cancelOnInterrupt(&m_progress);
}

TerminalProgress::~TerminalProgress()
{
    cancelOnInterrupt(nullptr);
    clear();
}

void TerminalProgress::clear()
{
    if (m_barShown)
        tell("\r\033[K");
    m_barShown = false;
}

void TerminalProgress::show(const ProgressReport &report)
{
    const std::string what = report.what.empty() ? m_what : report.what.text();
    const bool isNew = what != m_what;
    m_what = what;
    const std::optional<double> seconds =
        m_timeLeft.after(report, std::chrono::steady_clock::now());
    const std::string left =
        seconds && *seconds >= 1 ? fmt::format(", {} left", formatDuration(*seconds)) : "";
    if (m_terminal)
        showBar(report, left);
    else if (const auto now = std::chrono::steady_clock::now();
             isNew || now - m_lastLine >= lineInterval) {
        m_lastLine = now;
        showLine(report, left);
    }
}

void TerminalProgress::showBar(const ProgressReport &report, const std::string &left)
{
    std::string text = m_what;
    if (report.total > 0) {
        const auto filled =
            std::clamp<std::int64_t>(report.done * barWidth / report.total, 0, barWidth);
        text += fmt::format("  [{}{}] {}/{}", std::string(filled, '#'),
                            std::string(barWidth - filled, '.'), report.done, report.total);
    }
    text += left;
    if (!report.figure.empty())
        text += "  " + report.figure.text();
    // One line, or what is behind its end could not be taken back.
    tell("\r\033[K" + std::string(firstCodePoints(text, terminalColumns() - 1)));
    m_barShown = true;
}

void TerminalProgress::showLine(const ProgressReport &report, const std::string &left)
{
    std::string text = m_what;
    if (report.total > 0)
        text += fmt::format(" {}/{}", report.done, report.total);
    text += left;
    if (!report.figure.empty())
        text += ": " + report.figure.text();
    tell(text + "\n");
}

void tell(std::string_view text)
{
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::fflush(stderr);
}

void printNote(const Message &note)
{
    printNote(note.text());
}

void printNote(std::string_view note)
{
    tell(fmt::format("pare: note: {}\n", note));
}

void printWarning(const Message &warning)
{
    tell(fmt::format("pare: warning: {}\n", warning.text()));
}

} // namespace pare
