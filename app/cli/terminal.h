// The command line's side of a long piece of work: a bar on a terminal, plain lines in a pipe,
// Ctrl-C.
#pragma once

#include "core/base/timeleft.h"
#include "core/jobs/cancellableprogress.h"

#include <chrono>
#include <string>
#include <string_view>

namespace pare {

/// Reports on standard error. While it lives, Ctrl-C cancels the work; a second one ends the
/// program. One at a time, on the main thread.
class TerminalProgress final : public Progress
{
public:
    TerminalProgress();
    ~TerminalProgress() override;
    TerminalProgress(const TerminalProgress &) = delete;
    TerminalProgress &operator=(const TerminalProgress &) = delete;

    void report(const ProgressReport &report) override { m_progress.report(report); }
    bool cancelled() const override { return m_progress.cancelled(); }

    /// Removes the bar, so that other text can be printed.
    void clear();

private:
    void show(const ProgressReport &report);
    void showBar(const ProgressReport &report, const std::string &left);
    void showLine(const ProgressReport &report, const std::string &left);

    bool m_terminal;
    bool m_barShown = false;
    TimeLeft m_timeLeft;
    std::string m_what;
    std::chrono::steady_clock::time_point m_lastLine{};
    CancellableProgress m_progress;
};

/// Writes to standard error at once. Nothing is wrong where nobody can read it: the work goes on.
void tell(std::string_view text);
/// One line on standard error: "pare: note: …", "pare: warning: …".
void printNote(const Message &note);
void printNote(std::string_view note);
void printWarning(const Message &warning);

} // namespace pare
