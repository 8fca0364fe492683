// The activations that a linear layer can end with.
#pragma once

#include <cstdint>

namespace pare {

enum class Epilogue {
    None,
    Gelu,      ///< x Φ(x), exact (Hendrycks and Gimpel 2016)
    GeluTanh,  ///< its tanh approximation ("gelu_new")
    QuickGelu, ///< x σ(1.702 x)
    Relu,
    Silu, ///< x σ(x)
    Sigmoid,
    Tanh,
};

/// values[count] = epilogue(values), in place, with kernelThreads() threads.
void activate(Epilogue epilogue, float *values, std::int64_t count);

} // namespace pare
