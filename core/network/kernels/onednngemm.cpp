#include "core/network/kernels/onednn.h"
#include "core/network/kernels/onednnlibrary.h"

#include <fmt/format.h>

#include <algorithm>

namespace pare {

namespace {

/// Puts the bias into C, to which the product is then added.
template <class Value>
void prepareRows(const GemmArgumentsOf<Value> &x, std::int64_t strideC)
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

using Description = dnnl::memory::desc;
using Tag = dnnl::memory::format_tag;
using Type = dnnl::memory::data_type;

/// op(M) [rows, columns] of a matrix as it is stored.
Description described(std::int64_t rows, std::int64_t columns, Transposition transposition,
                      std::int64_t stride)
{
    if (transposition == Transposition::Transposed)
        return {{rows, columns}, Type::bf16, {1, stride ? stride : rows}};
    return {{rows, columns}, Type::bf16, {stride ? stride : columns, 1}};
}

dnnl::memory memoryOf(const Description &description, const void *values)
{
    return {description, oneDnnEngine(), const_cast<void *>(values)};
}

/// `given`, or a copy of it in another layout.
dnnl::memory laidOut(const dnnl::memory &given, const Description &wanted)
{
    if (given.get_desc() == wanted)
        return given;
    dnnl::memory from = given;
    dnnl::memory to(wanted, oneDnnEngine());
    dnnl::reorder(from, to).execute(oneDnnStream(), from, to);
    return to;
}

/// A weight's gradient reads both matrices across their rows: laid out for the product first, which
/// costs a tenth of it, they are multiplied up to twice as fast. The others gain nothing.
void multiplyBFloat16(const BFloat16GemmArguments &x, std::int64_t strideC)
{
    const bool gradient = x.transpositionA == Transposition::Transposed;
    const Description a = described(x.m, x.k, x.transpositionA, x.strideA);
    const Description b = described(x.k, x.n, x.transpositionB, x.strideB);
    const Description wantedA = gradient ? Description({x.m, x.k}, Type::bf16, Tag::ab) : a;
    const Description wantedB = gradient ? Description({x.k, x.n}, Type::bf16, Tag::any) : b;
    const Description bias({1, x.n}, Type::f32, Tag::ab);
    const Description c({x.m, x.n}, Type::f32, {strideC, 1});
    const auto operation = x.bias ? dnnl::matmul::desc(wantedA, wantedB, bias, c)
                                  : dnnl::matmul::desc(wantedA, wantedB, c);
    dnnl::post_ops after;
    if (x.store == Store::Add)
        after.append_sum(1.0f);
    dnnl::primitive_attr attributes;
    attributes.set_post_ops(after);
    const dnnl::matmul::primitive_desc chosen(operation, attributes, oneDnnEngine());
    std::unordered_map<int, dnnl::memory> arguments{
        {DNNL_ARG_SRC, laidOut(memoryOf(a, x.a), chosen.src_desc())},
        {DNNL_ARG_WEIGHTS, laidOut(memoryOf(b, x.b), chosen.weights_desc())},
        {DNNL_ARG_DST, memoryOf(c, x.c)}};
    if (x.bias)
        arguments.emplace(DNNL_ARG_BIAS, memoryOf(bias, x.bias));
    dnnl::stream &stream = oneDnnStream();
    dnnl::matmul(chosen).execute(stream, arguments);
    stream.wait();
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

void oneDnnGemm(const BFloat16GemmArguments &x)
{
    if (x.m == 0 || x.n == 0)
        return;
    const std::int64_t strideC = x.strideC ? x.strideC : x.n;
    if (x.k == 0)
        return prepareRows(x, strideC);
    try {
        multiplyBFloat16(x, strideC);
    } catch (const dnnl::error &error) {
        throwOneDnnError(error, fmt::format("bfloat16 product [{}, {}] x [{}, {}]", x.m, x.k, x.k,
                                            x.n));
    }
}

} // namespace pare
