// Reports of the work below under one title, whatever it calls itself.
#pragma once

#include "core/base/progress.h"

namespace pare {

class TitledProgress final : public Progress
{
public:
    TitledProgress(Progress &progress, Message title)
        : m_progress(progress)
        , m_title(std::move(title))
    {}

    void report(const ProgressReport &report) override
    {
        ProgressReport titled = report;
        titled.what = m_title;
        m_progress.report(titled);
    }
    bool cancelled() const override { return m_progress.cancelled(); }

private:
    Progress &m_progress;
    Message m_title;
};

} // namespace pare
