#include "core/network/kernels/onednn.h"
#include "core/network/kernels/onednnlibrary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <string>

namespace pare {

namespace {

using Description = dnnl::memory::desc;
using Tag = dnnl::memory::format_tag;
using Type = dnnl::memory::data_type;
constexpr auto float32 = Type::f32;

// The layout is asked for with this many tokens; it is the same for every number of them.
constexpr std::int64_t typicalTokens = 512;

// oneDNN generates code for every number of rows (about 0.1 MB and 1 ms each). Whole multiples of
// `block` up to `largest` and one rest below `block` keep the variants of a layer below a hundred.
constexpr std::int64_t block = 64;
constexpr std::int64_t largest = 2048;

std::int64_t rowsOfNextCall(std::int64_t tokens)
{
    return tokens < block ? tokens : std::min(tokens / block * block, largest);
}

void append(dnnl::post_ops &operations, Epilogue epilogue)
{
    using dnnl::algorithm;
    const auto eltwise = [&](algorithm kind, float alpha) {
        operations.append_eltwise(1.0f, kind, alpha, 0.0f);
    };
    switch (epilogue) {
    case Epilogue::None:
        return;
    case Epilogue::Gelu:
        return eltwise(algorithm::eltwise_gelu_erf, 0.0f);
    case Epilogue::GeluTanh:
        return eltwise(algorithm::eltwise_gelu_tanh, 0.0f);
    case Epilogue::QuickGelu:
        return eltwise(algorithm::eltwise_swish, 1.702f);
    case Epilogue::Relu:
        return eltwise(algorithm::eltwise_relu, 0.0f);
    case Epilogue::Silu:
        return eltwise(algorithm::eltwise_swish, 1.0f);
    case Epilogue::Sigmoid:
        return eltwise(algorithm::eltwise_logistic, 0.0f);
    case Epilogue::Tanh:
        return eltwise(algorithm::eltwise_tanh, 0.0f);
    }
}

Type typeOf(Precision precision)
{
    switch (precision) {
    case Precision::Float32:
        break;
    case Precision::BFloat16:
        return Type::bf16;
    case Precision::Int8:
        return Type::s8;
    }
    return float32;
}

/// A matmul whose primitives come from oneDNN's own cache (2 µs each), shared by layers of one
/// shape.
class OneDnnProduct : public PrepackedProduct
{
public:
    OneDnnProduct(Precision precision, const void *weight, const float *bias, LinearShape shape,
                  Epilogue epilogue)
        : m_shape(shape)
        , m_given(typeOf(precision))
        , m_sums(precision == Precision::Int8 ? Type::s32 : float32)
        , m_hasBias(bias != nullptr)
    {
        assert(precision != Precision::Int8 || (!bias && epilogue == Epilogue::None));
        dnnl::post_ops operations;
        append(operations, epilogue);
        m_attributes.set_post_ops(operations);
        const auto chosen =
            describe(typicalTokens, Description({shape.in, shape.out}, m_given, Tag::any));
        m_implementation = chosen.impl_info_str();

        dnnl::stream &stream = oneDnnStream();
        m_weight = dnnl::memory(chosen.weights_desc(), oneDnnEngine());
        dnnl::memory given(Description({shape.in, shape.out}, m_given, Tag::ba), oneDnnEngine(),
                           const_cast<void *>(weight));
        dnnl::reorder(given, m_weight).execute(stream, given, m_weight);
        stream.wait();
        if (m_hasBias) {
            m_bias = dnnl::memory(biasDescription(), oneDnnEngine());
            std::copy_n(bias, shape.out, static_cast<float *>(m_bias.get_data_handle()));
        }
    }

    void run(const void *x, void *y, std::int64_t rows) const override
    {
        const std::int64_t widthOfX = m_shape.in * dnnl::memory::data_type_size(m_given);
        const std::int64_t widthOfY = m_shape.out * dnnl::memory::data_type_size(m_sums);
        const auto *from = static_cast<const std::byte *>(x);
        auto *to = static_cast<std::byte *>(y);
        try {
            while (rows > 0) {
                const std::int64_t some = rowsOfNextCall(rows);
                runRows(from, to, some);
                from += some * widthOfX;
                to += some * widthOfY;
                rows -= some;
            }
        } catch (const dnnl::error &error) {
            throwOneDnnError(error, fmt::format("linear layer [{}, {}]", m_shape.out, m_shape.in));
        }
    }

    std::string implementation() const override { return m_implementation; }

    std::int64_t bytes() const override
    {
        const std::size_t bias = m_hasBias ? m_bias.get_desc().get_size() : 0;
        return static_cast<std::int64_t>(m_weight.get_desc().get_size() + bias);
    }

private:
    Description biasDescription() const { return {{1, m_shape.out}, float32, Tag::ab}; }

    dnnl::matmul::primitive_desc describe(std::int64_t tokens, const Description &weight) const
    {
        const Description x({tokens, m_shape.in}, m_given, Tag::ab);
        const Description y({tokens, m_shape.out}, m_sums, Tag::ab);
        const auto operation = m_hasBias ? dnnl::matmul::desc(x, weight, biasDescription(), y)
                                         : dnnl::matmul::desc(x, weight, y);
        return {operation, m_attributes, oneDnnEngine()};
    }

    void runRows(const void *x, void *y, std::int64_t rows) const
    {
        const auto description = describe(rows, m_weight.get_desc());
        const dnnl::engine &engine = oneDnnEngine();
        std::unordered_map<int, dnnl::memory> arguments{
            {DNNL_ARG_SRC, {description.src_desc(), engine, const_cast<void *>(x)}},
            {DNNL_ARG_WEIGHTS, m_weight},
            {DNNL_ARG_DST, {description.dst_desc(), engine, y}}};
        if (m_hasBias)
            arguments.emplace(DNNL_ARG_BIAS, m_bias);
        dnnl::stream &stream = oneDnnStream();
        dnnl::matmul(description).execute(stream, arguments);
        stream.wait();
    }

    LinearShape m_shape;
    Type m_given;
    Type m_sums;
    bool m_hasBias;
    dnnl::primitive_attr m_attributes;
    dnnl::memory m_weight;
    dnnl::memory m_bias;
    std::string m_implementation;
};

class OneDnnLinear : public LinearKernel
{
public:
    explicit OneDnnLinear(std::unique_ptr<PrepackedProduct> product)
        : m_product(std::move(product))
        , m_name(fmt::format("float32 oneDNN ({})", m_product->implementation()))
    {}

    void run(const float *x, float *y, std::int64_t tokens) const override
    {
        m_product->run(x, y, tokens);
    }

    std::string_view name() const override { return m_name; }
    std::int64_t bytes() const override { return m_product->bytes(); }

private:
    std::unique_ptr<PrepackedProduct> m_product;
    std::string m_name;
};

} // namespace

std::unique_ptr<LinearKernel> makeOneDnnLinearKernel(const float *weight, const float *bias,
                                                     LinearShape shape, Epilogue epilogue)
{
    return std::make_unique<OneDnnLinear>(
        makeOneDnnProduct(Precision::Float32, weight, bias, shape, epilogue));
}

std::unique_ptr<PrepackedProduct> makeOneDnnProduct(Precision precision, const void *weight,
                                                    const float *bias, LinearShape shape,
                                                    Epilogue epilogue)
{
    assert(shape.out > 0 && shape.in > 0);
    try {
        return std::make_unique<OneDnnProduct>(precision, weight, bias, shape, epilogue);
    } catch (const dnnl::error &error) {
        throwOneDnnError(error, fmt::format("linear layer [{}, {}]", shape.out, shape.in));
    }
}

} // namespace pare
