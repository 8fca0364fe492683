// How the loops of training are spread over threads.
#pragma once

#include "core/network/kernels/kernelchoice.h"

#include <algorithm>
#include <cstdint>
#include <omp.h>

namespace pare {

/// How many threads share `rows`, at least `grain` each.
inline int threadsFor(std::int64_t rows, std::int64_t grain)
{
    return static_cast<int>(
        std::clamp<std::int64_t>(rows / std::max<std::int64_t>(grain, 1), 1, kernelThreads()));
}

/// work(part, first, last) for `threads` parts of the rows, which depend on nothing but the
/// arguments. `work` must not throw.
template <class Work>
void parallelParts(int threads, std::int64_t rows, const Work &work)
{
#pragma omp parallel for schedule(static) num_threads(threads)
    for (int part = 0; part < threads; ++part)
        work(part, rows * part / threads, rows * (part + 1) / threads);
}

/// Rows of `width` values that are worth a thread.
inline std::int64_t grainOf(std::int64_t width)
{
    return 16384 / std::max<std::int64_t>(width, 1) + 1;
}

} // namespace pare
