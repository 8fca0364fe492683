// Linear layers of few bits: rows are rounded by our own code, oneDNN multiplies.
#include "core/base/error.h"
#include "core/network/kernels/linearkernel.h"
#include "core/network/kernels/messages.h"
#include "core/network/kernels/onednn.h"
#include "core/network/kernels/vectorcode.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace pare {

namespace {

// Rows that are rounded and multiplied at a time: what lies between the two stays in the caches.
constexpr std::int64_t rowsAtOnce = 1024;
// Values below which one thread is done before a second has started.
constexpr std::int64_t smallestParallelWork = 16'384;

struct Free
{
    void operator()(void *memory) const { std::free(memory); }
};

template <class Value>
std::unique_ptr<Value, Free> scratchOf(std::int64_t count)
{
    const std::size_t bytes = (static_cast<std::size_t>(count) * sizeof(Value) + 63) / 64 * 64;
    std::unique_ptr<Value, Free> memory(static_cast<Value *>(std::aligned_alloc(64, bytes)));
    if (!memory)
        throw Error(ErrorKind::NotEnoughMemory, messages::kernelNeedsMemory, "linear layer");
    return memory;
}

std::vector<float> copied(const float *values, std::int64_t count)
{
    return values ? std::vector<float>(values, values + count) : std::vector<float>();
}

const float *orNull(const std::vector<float> &values)
{
    return values.empty() ? nullptr : values.data();
}

std::int64_t bytesOf(const std::vector<float> &values)
{
    return static_cast<std::int64_t>(values.size() * sizeof(float));
}

void checkInstructions(Precision precision, LinearShape shape, const char *name)
{
    if (!oneDnnHasInstructions(precision))
        throw Error(ErrorKind::Unsupported, messages::kernelNeedsInstructions,
                    fmt::format("linear layer [{}, {}]", shape.out, shape.in), name);
}

class BFloat16Linear : public LinearKernel
{
public:
    BFloat16Linear(const BFloat16Weight &weight, const float *bias, LinearShape shape,
                   Epilogue epilogue)
        : m_shape(shape)
        , m_inputScale(copied(weight.inputScale, shape.in))
        , m_product(makeOneDnnProduct(Precision::BFloat16, weight.values, bias, shape, epilogue))
        , m_name(fmt::format("bfloat16 oneDNN ({})", m_product->implementation()))
    {}

    void run(const float *x, float *y, std::int64_t tokens) const override
    {
        if (tokens == 0)
            return;
        const VectorCode &code = vectorCode();
        const std::int64_t in = m_shape.in;
        const float *scale = orNull(m_inputScale);
        const auto rounded = scratchOf<std::uint16_t>(std::min(tokens, rowsAtOnce) * in);
        std::uint16_t *values = rounded.get();
        while (tokens > 0) {
            const std::int64_t rows = std::min(tokens, rowsAtOnce);
#pragma omp parallel for schedule(static) if (rows * in > smallestParallelWork)
            for (std::int64_t row = 0; row < rows; ++row)
                code.roundRow(x + row * in, scale, in, values + row * in);
            m_product->run(values, y, rows);
            x += rows * in;
            y += rows * m_shape.out;
            tokens -= rows;
        }
    }

    std::string_view name() const override
    {
        return m_name;
    }
    std::int64_t bytes() const override
    {
        return m_product->bytes() + bytesOf(m_inputScale);
    }

private:
    LinearShape m_shape;
    std::vector<float> m_inputScale;
    std::unique_ptr<PrepackedProduct> m_product;
    std::string m_name;
};

class Int8Linear : public LinearKernel
{
public:
    Int8Linear(const Int8Weight &weight, const float *bias, LinearShape shape, Epilogue epilogue)
        : m_shape(shape)
        , m_epilogue(epilogue)
        , m_scales(copied(weight.scales, shape.out))
        , m_bias(copied(bias, shape.out))
        , m_inputScale(copied(weight.inputScale, shape.in))
        , m_product(
              makeOneDnnProduct(Precision::Int8, weight.codes, nullptr, shape, Epilogue::None))
        , m_name(fmt::format("int8 oneDNN ({})", m_product->implementation()))
    {}

    void run(const float *x, float *y, std::int64_t tokens) const override
    {
        if (tokens == 0)
            return;
        const auto codes = scratchOf<std::int8_t>(std::min(tokens, rowsAtOnce) * m_shape.in);
        const auto scales = scratchOf<float>(std::min(tokens, rowsAtOnce));
        while (tokens > 0) {
            const std::int64_t rows = std::min(tokens, rowsAtOnce);
            quantize(x, rows, codes.get(), scales.get());
            // The sums take the place of the results, which have their size.
            m_product->run(codes.get(), y, rows);
            rescale(y, rows, scales.get());
            x += rows * m_shape.in;
            y += rows * m_shape.out;
            tokens -= rows;
        }
    }

    std::string_view name() const override { return m_name; }

    std::int64_t bytes() const override
    {
        return m_product->bytes() + bytesOf(m_scales) + bytesOf(m_bias) + bytesOf(m_inputScale);
    }

private:
    void quantize(const float *x, std::int64_t rows, std::int8_t *codes, float *scales) const
    {
        const VectorCode &code = vectorCode();
        const std::int64_t in = m_shape.in;
        const float *scale = orNull(m_inputScale);
#pragma omp parallel for schedule(static) if (rows * in > smallestParallelWork)
        for (std::int64_t row = 0; row < rows; ++row)
            scales[row] = code.quantizeRow(x + row * in, scale, in, codes + row * in);
    }

    void rescale(float *y, std::int64_t rows, const float *scales) const
    {
        const VectorCode &code = vectorCode();
        RescaleArguments shared;
        shared.count = m_shape.out;
        shared.scales = m_scales.data();
        shared.bias = orNull(m_bias);
        shared.epilogue = m_epilogue;
#pragma omp parallel for schedule(static) if (rows * m_shape.out > smallestParallelWork)
        for (std::int64_t row = 0; row < rows; ++row) {
            RescaleArguments arguments = shared;
            arguments.values = y + row * m_shape.out;
            arguments.scale = scales[row];
            code.rescaleRow(arguments);
        }
    }

    LinearShape m_shape;
    Epilogue m_epilogue;
    std::vector<float> m_scales;
    std::vector<float> m_bias;
    std::vector<float> m_inputScale;
    std::unique_ptr<PrepackedProduct> m_product;
    std::string m_name;
};

} // namespace

std::unique_ptr<LinearKernel> makeBFloat16LinearKernel(const BFloat16Weight &weight,
                                                       const float *bias, LinearShape shape,
                                                       Epilogue epilogue)
{
    checkInstructions(Precision::BFloat16, shape, "bfloat16");
    return std::make_unique<BFloat16Linear>(weight, bias, shape, epilogue);
}

std::unique_ptr<LinearKernel> makeInt8LinearKernel(const Int8Weight &weight, const float *bias,
                                                   LinearShape shape, Epilogue epilogue)
{
    checkInstructions(Precision::Int8, shape, "int8");
    return std::make_unique<Int8Linear>(weight, bias, shape, epilogue);
}

} // namespace pare
