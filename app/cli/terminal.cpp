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
        tell("\r\033[K");
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
    tell(text);
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
    tell(fmt::format("{}\n", text));
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
    tell(fmt::format("note: {}\n", note));
}

void printWarning(const Message &warning)
{
    tell(fmt::format("warning: {}\n", warning.text()));
}

} // namespace pare
