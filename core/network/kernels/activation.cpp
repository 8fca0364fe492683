#include "core/network/kernels/activation.h"

#include "core/network/kernels/aten.h"

namespace pare {

// Linear kernels apply theirs as part of the product; the rest is rare enough for LibTorch.
void activate(Epilogue epilogue, float *values, std::int64_t count)
{
    atenActivate(epilogue, values, count);
}

} // namespace pare
