// Turns what LibTorch throws into Error, without its backtrace. Any thread.
#pragma once

#include "core/base/error.h"

#include <utility>

namespace pare {

/// To be called while an exception is handled: throws c10::Error and std::bad_alloc on as Error
/// (NotEnoughMemory where an allocation failed, else Unsupported) and everything else as it is.
[[noreturn]] void rethrowTranslated();

/// What `work` returns; for the public functions of modules that call LibTorch.
template <class Work>
auto translatingTorchErrors(Work &&work) -> decltype(work())
{
    try {
        return std::forward<Work>(work)();
    } catch (...) {
        rethrowTranslated();
    }
}

} // namespace pare
