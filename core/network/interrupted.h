// Giving up in the middle of a forward or backward pass.
#pragma once

#include "core/base/progress.h"

#include <exception>
#include <functional>

namespace pare {

/// Autograd's engine only carries standard exceptions out of a backward pass; who called it turns
/// this one into Cancelled.
struct Interrupted : std::exception
{
    const char *what() const noexcept override { return "cancelled"; }
};

/// For ForwardOptions::border: throws Interrupted once the work was cancelled. `progress` outlives
/// the pass.
inline std::function<void()> interruptedBy(const Progress &progress)
{
    return [&progress] {
        if (progress.cancelled())
            throw Interrupted();
    };
}

/// What `work` returns, with an interruption turned into Cancelled.
template <class Work>
auto cancellable(const Work &work)
{
    try {
        return work();
    } catch (const Interrupted &) {
        throw Cancelled();
    }
}

} // namespace pare
