// Work within work that is not to be shown: it can be cancelled as what it belongs to.
//
// As thread-safe as the progress it was made of, which outlives it.
#pragma once

#include "core/base/progress.h"

namespace pare {

/// Cancels as `progress` does, and reports nothing.
class QuietProgress final : public Progress
{
public:
    explicit QuietProgress(const Progress &progress)
        : m_progress(progress)
    {}

    void report(const ProgressReport &) override {}
    bool cancelled() const override { return m_progress.cancelled(); }

private:
    const Progress &m_progress;
};

} // namespace pare
