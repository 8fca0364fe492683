#include "core/network/kernels/attention.h"

#include "core/base/error.h"
#include "core/network/kernels/aten.h"
#include "core/network/kernels/messages.h"
#include "core/network/kernels/vectorcode.h"

#include <omp.h>

#include <cstdlib>
#include <memory>

namespace pare {

namespace {

struct Free
{
    void operator()(float *memory) const { std::free(memory); }
};

// Below this many multiplications one thread is done before a second has started.
constexpr std::int64_t smallestParallelWork = 100'000;

std::unique_ptr<float, Free> scratchOf(std::int64_t floats)
{
    std::unique_ptr<float, Free> memory(static_cast<float *>(
        std::aligned_alloc(64, static_cast<std::size_t>(floats) * sizeof(float))));
    if (!memory)
        throw Error(ErrorKind::NotEnoughMemory, messages::kernelNeedsMemory, "attention");
    return memory;
}

HeadArguments headArguments(const AttentionArguments &x)
{
    HeadArguments head;
    head.length = x.length;
    head.keyLength = x.keyLength ? x.keyLength : x.length;
    head.headWidth = x.headWidth;
    head.stride = x.stride ? x.stride : x.heads * x.headWidth;
    head.keyStride = x.keyStride ? x.keyStride : head.stride;
    head.outStride = x.outStride ? x.outStride : x.heads * x.headWidth;
    head.scale = x.scale;
    head.mask = x.mask;
    return head;
}

void tiledAttention(const AttentionArguments &x)
{
    const VectorCode &code = vectorCode();
    const HeadArguments shape = headArguments(x);
    const std::int64_t tasks = x.batch * x.heads;
    const std::int64_t work = tasks * shape.length * shape.keyLength * shape.headWidth;
    const int threads = work < smallestParallelWork ? 1 : omp_get_max_threads();
    const std::int64_t each = code.headScratch(shape.keyLength, shape.headWidth);
    const auto scratch = scratchOf(each * threads);
#pragma omp parallel for schedule(static) num_threads(threads)
    for (std::int64_t task = 0; task < tasks; ++task) {
        const std::int64_t sequence = task / x.heads;
        const std::int64_t offset = task % x.heads * x.headWidth;
        const std::int64_t firstKey = sequence * shape.keyLength * shape.keyStride + offset;
        HeadArguments head = shape;
        head.q = x.q + sequence * shape.length * shape.stride + offset;
        head.k = x.k + firstKey;
        head.v = x.v + firstKey;
        head.out = x.out + sequence * shape.length * shape.outStride + offset;
        head.scratch = scratch.get() + omp_get_thread_num() * each;
        code.attendHead(head);
    }
}

} // namespace

void attention(AttentionKind kind, const AttentionArguments &arguments)
{
    if (arguments.batch == 0 || arguments.length == 0 || arguments.heads == 0)
        return;
    switch (kind) {
    case AttentionKind::Tiled:
        return tiledAttention(arguments);
    case AttentionKind::Aten:
        return atenAttention(arguments);
    }
}

void attention(const AttentionArguments &arguments)
{
    attention(kernelChoice().attention, arguments);
}

} // namespace pare
