// How many threads compute. LibTorch and the kernels count theirs per calling thread.
#pragma once

namespace pare {

/// Cores this process may run on.
int usableCores();

/// Sets the calling thread's thread counts (LibTorch's and the kernels'), 0: all usable cores;
/// first call of every thread that computes.
void startComputing(int threads);

/// To the system, what the allocator keeps of memory that was freed: where large tensors come and go,
/// glibc takes more each time instead of using the holes they leave.
void giveMemoryBack();

} // namespace pare
