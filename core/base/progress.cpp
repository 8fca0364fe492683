#include "core/base/progress.h"

namespace pare {

namespace {

class SilentProgress final : public Progress
{
public:
    void report(const ProgressReport &) override {}
    bool cancelled() const override { return false; }
};

} // namespace

void Progress::check() const
{
    if (cancelled())
        throw Cancelled{};
}

void Progress::step(const ProgressReport &report)
{
    check();
    this->report(report);
}

Progress &silentProgress()
{
    static SilentProgress progress;
    return progress;
}

} // namespace pare
