#include "core/network/kernels/onednn.h"
#include "core/network/kernels/onednnlibrary.h"

#include <fmt/format.h>

#include <algorithm>

namespace pare {

namespace {

/// Puts the bias into C, to which the product is then added.
void prepareRows(const GemmArguments &x, std::int64_t strideC)
{
#pragma omp parallel for schedule(static) if (x.m * x.n > 65536)
    for (std::int64_t row = 0; row < x.m; ++row) {
        float *c = x.c + row * strideC;
        if (x.store == Store::Replace && x.bias)
            std::copy_n(x.bias, x.n, c);
        else if (x.store == Store::Replace)
            std::fill_n(c, x.n, 0.0f);
        else if (x.bias)
            std::transform(c, c + x.n, x.bias, c, std::plus<>());
    }
}

} // namespace

// dnnl_sgemm needs no primitive per shape, and for training's products it is at least as fast as
// matmul over plain matrices, which falls to a third where a row of B is 12 kB long.
void oneDnnGemm(const GemmArguments &x)
{
    if (x.m == 0 || x.n == 0)
        return;
    const bool transposedA = x.transpositionA == Transposition::Transposed;
    const bool transposedB = x.transpositionB == Transposition::Transposed;
    const std::int64_t strideA = x.strideA ? x.strideA : (transposedA ? x.m : x.k);
    const std::int64_t strideB = x.strideB ? x.strideB : (transposedB ? x.k : x.n);
    const std::int64_t strideC = x.strideC ? x.strideC : x.n;
    const bool prepared = x.bias || x.k == 0;
    if (prepared)
        prepareRows(x, strideC);
    if (x.k == 0)
        return;
    const float beta = prepared || x.store == Store::Add ? 1.0f : 0.0f;
    const dnnl_status_t status =
        dnnl_sgemm(transposedA ? 'T' : 'N', transposedB ? 'T' : 'N', x.m, x.n, x.k, 1.0f, x.a,
                   strideA, x.b, strideB, beta, x.c, strideC);
    if (status != dnnl_success)
        throwOneDnnError(dnnl::error(status, "dnnl_sgemm"),
                         fmt::format("product [{}, {}] x [{}, {}]", x.m, x.k, x.k, x.n));
}

} // namespace pare
