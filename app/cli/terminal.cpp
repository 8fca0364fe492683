#include "app/cli/terminal.h"

#include "app/cli/interrupts.h"

#include <algorithm>
#include <cstdio>
#include <unistd.h>

#include <fmt/format.h>

namespace pare {

namespace {

constexpr int barWidth = 24;
constexpr std::chrono::seconds lineInterval{5};

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
        fmt::print(stderr, "\r\033[K");
    m_barShown = false;
}

void TerminalProgress::show(const ProgressReport &report)
{
    if (m_terminal)
        showBar(report);
    else
        showLine(report);
}

void TerminalProgress::showBar(const ProgressReport &report)
{
    std::string text = fmt::format("\r\033[K{}", report.what.text());
    if (report.total > 0) {
        const auto filled =
            std::clamp<std::int64_t>(report.done * barWidth / report.total, 0, barWidth);
        text += fmt::format("  [{}{}] {}/{}", std::string(filled, '#'),
                            std::string(barWidth - filled, '.'), report.done, report.total);
    }
    if (!report.figure.empty())
        text += "  " + report.figure.text();
    fmt::print(stderr, "{}", text);
    std::fflush(stderr);
    m_barShown = true;
}

void TerminalProgress::showLine(const ProgressReport &report)
{
    const auto now = std::chrono::steady_clock::now();
    const std::string what = report.what.empty() ? m_lastWhat : report.what.text();
    if (what == m_lastWhat && now - m_lastLine < lineInterval)
        return;
    m_lastWhat = what;
    m_lastLine = now;
    std::string text = what;
    if (report.total > 0)
        text += fmt::format(" {}/{}", report.done, report.total);
    if (!report.figure.empty())
        text += " " + report.figure.text();
    fmt::print(stderr, "{}\n", text);
}

void printNote(const Message &note)
{
    fmt::print(stderr, "note: {}\n", note.text());
}

void printWarning(const Message &warning)
{
    fmt::print(stderr, "warning: {}\n", warning.text());
}

} // namespace pare
