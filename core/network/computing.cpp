#include "core/network/computing.h"

#include "core/network/kernels/kernelchoice.h"

#include <ATen/Parallel.h>
#include <algorithm>
#include <malloc.h>
#include <sched.h>

namespace pare {

int usableCores()
{
    cpu_set_t set;
    CPU_ZERO(&set);
    return sched_getaffinity(0, sizeof set, &set) == 0 ? std::max(1, CPU_COUNT(&set)) : 1;
}

void startComputing(int threads)
{
    const int count = threads > 0 ? threads : usableCores();
    // A thread's first look takes the number that some thread set last; ours must come after it.
    at::get_num_threads();
    at::set_num_threads(count);
    setKernelThreads(count);
}

void giveMemoryBack()
{
    ::malloc_trim(0);
}

} // namespace pare
