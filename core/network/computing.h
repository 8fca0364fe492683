// How many threads compute. LibTorch and the kernels count theirs per calling thread.
#pragma once

namespace pare {

/// Cores this process may run on.
int usableCores();

/// Sets the calling thread's thread counts (LibTorch's and the kernels'), 0: all usable cores;
/// first call of every thread that computes.
void startComputing(int threads);

} // namespace pare
