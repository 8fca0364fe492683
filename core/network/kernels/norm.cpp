#include "core/network/kernels/norm.h"

#include "core/network/kernels/vectorcode.h"

#include <algorithm>

namespace pare {

namespace {

// Rows a thread takes at a time, and values below which one thread is enough.
constexpr std::int64_t rowsAtOnce = 8;
constexpr std::int64_t smallestParallelWork = 16'384;

} // namespace

void layerNorm(const NormArguments &arguments)
{
    const VectorCode &code = vectorCode();
    const std::int64_t tokens = arguments.tokens;
#pragma omp parallel for schedule(static) if (tokens * arguments.width > smallestParallelWork)
    for (std::int64_t first = 0; first < tokens; first += rowsAtOnce)
        code.normRows(arguments, first, std::min(first + rowsAtOnce, tokens));
}

void embed(const EmbeddingArguments &arguments)
{
    const VectorCode &code = vectorCode();
    const std::int64_t width = arguments.width;
    NormArguments norm;
    norm.x = arguments.y;
    norm.y = arguments.y;
    norm.tokens = arguments.tokens;
    norm.width = width;
    norm.norm = arguments.norm;
#pragma omp parallel for schedule(static) if (arguments.tokens * width > smallestParallelWork)
    for (std::int64_t token = 0; token < arguments.tokens; ++token) {
        float *y = arguments.y + token * width;
        const EmbeddingTable &first = arguments.tables.front();
        std::copy_n(first.rows + first.ids[token] * width, width, y);
        for (const EmbeddingTable &table : arguments.tables.subspan(1))
            code.add(y, table.rows + table.ids[token] * width, width);
        if (arguments.norm.gamma)
            code.normRows(norm, token, token + 1);
    }
}

} // namespace pare
