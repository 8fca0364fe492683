#include "core/network/linear.h"

#include "core/network/compositelinear.h"

#include <ATen/ops/cat.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/equal.h>
#include <cassert>
#include <variant>

namespace pare {

namespace {

/// How a factor is multiplied here.
Precision precisionOf(const Factor &factor)
{
    const Codec &codec = factor.codec();
    if (codec.activationBits == 8 && multipliesIn(Precision::Int8))
        return Precision::Int8;
    if (codec.kind == CodecKind::BFloat16 && multipliesIn(Precision::BFloat16))
        return Precision::BFloat16;
    return Precision::Float32;
}

bool sameInputScale(const Factor &a, const Factor &b)
{
    if (!a.inputScale().defined() || !b.inputScale().defined())
        return a.inputScale().defined() == b.inputScale().defined();
    return at::equal(a.inputScale(), b.inputScale());
}

LinearShape sizeOf(const Factor &factor)
{
    return {factor.shape()[0], factor.shape()[1]};
}

const float *floatsOf(const at::Tensor &values)
{
    return values.defined() ? values.data_ptr<float>() : nullptr;
}

} // namespace

/// A matrix as its kernel takes it.
struct Linear::Operand
{
    Precision precision = Precision::Float32;
    at::Tensor values;     ///< float32, bfloat16 or int8 [out, in]
    at::Tensor scales;     ///< float32 [out], of Int8
    at::Tensor inputScale; ///< float32 [in]; undefined: none, or multiplied into float32 values
};

Linear::Operand Linear::operandOf(const Factor &factor)
{
    Operand operand;
    operand.precision = precisionOf(factor);
    if (operand.precision == Precision::Float32) {
        operand.values = factor.effectiveValues();
        return operand;
    }
    if (factor.inputScale().defined())
        operand.inputScale = factor.inputScale().to(at::kFloat).contiguous();
    if (operand.precision == Precision::BFloat16) {
        operand.values = factor.denseValues();
        return operand;
    }
    IntegerValues integers = factor.integerValues();
    operand.values = std::move(integers.codes);
    operand.scales = std::move(integers.scales);
    return operand;
}

Linear::Linear(const Weight &weight, const at::Tensor &bias, Epilogue epilogue)
    : m_out(shapeOf(weight)[0])
    , m_multiplyAdds(pare::multiplyAdds(weight))
{
    const auto plain = [](const Factor &factor) {
        return kernelOf(operandOf(factor), {}, Epilogue::None);
    };
    const LinearEnd end{bias.defined() ? bias.to(at::kFloat).contiguous() : bias, epilogue};
    if (const auto *factor = std::get_if<Factor>(&weight)) {
        m_kernel = kernelOf(operandOf(*factor), bias, epilogue);
    } else if (const auto *product = std::get_if<Product>(&weight)) {
        m_kernel = makeProductKernel(kernelOf(operandOf(product->left), bias, epilogue),
                                     plain(product->right), product->right.shape()[0]);
    } else if (const auto *kronecker = std::get_if<Kronecker>(&weight)) {
        m_kernel = makeKroneckerKernel(plain(kronecker->a), sizeOf(kronecker->a),
                                       plain(kronecker->b), sizeOf(kronecker->b), end);
    } else {
        const auto &columns = std::get<Columns>(weight);
        if (precisionOf(columns.chosen) == Precision::Float32 &&
            precisionOf(columns.rest) == Precision::Float32)
            m_kernel = kernelOf({Precision::Float32, denseValues(columns), {}, {}}, bias, epilogue);
        else
            m_kernel = makeColumnsKernel(
                {plain(columns.rest), otherColumns(columns).contiguous()},
                {plain(columns.chosen), columns.indices.to(at::kLong).contiguous()},
                {m_out, shapeOf(columns)[1]}, end);
    }
}

Linear::Linear(std::span<const LayerWeights *const> layers)
{
    assert(areFusible(layers));
    Operand whole;
    std::vector<at::Tensor> values;
    std::vector<at::Tensor> scales;
    std::vector<at::Tensor> biases;
    for (const LayerWeights *layer : layers) {
        Operand operand = operandOf(std::get<Factor>(layer->weight));
        values.push_back(std::move(operand.values));
        if (operand.scales.defined())
            scales.push_back(std::move(operand.scales));
        whole.precision = operand.precision;
        whole.inputScale = operand.inputScale;
        biases.push_back(layer->bias.to(at::kFloat));
    }
    whole.values = at::cat(values);
    if (!scales.empty())
        whole.scales = at::cat(scales).contiguous();
    values.clear();
    m_kernel = kernelOf(whole, at::cat(biases), Epilogue::None);
    m_out = whole.values.size(0);
    m_multiplyAdds = whole.values.numel();
}

std::unique_ptr<LinearKernel> Linear::kernelOf(const Operand &operand, const at::Tensor &bias,
                                               Epilogue epilogue)
{
    const at::Tensor values = operand.values.contiguous();
    const at::Tensor dense = bias.defined() ? bias.to(at::kFloat).contiguous() : bias;
    const LinearShape shape{values.size(0), values.size(1)};
    switch (operand.precision) {
    case Precision::Float32:
        break;
    case Precision::BFloat16:
        return makeBFloat16LinearKernel(
            {reinterpret_cast<const std::uint16_t *>(values.data_ptr<c10::BFloat16>()),
             floatsOf(operand.inputScale)},
            floatsOf(dense), shape, epilogue);
    case Precision::Int8:
        return makeInt8LinearKernel({values.data_ptr<std::int8_t>(), floatsOf(operand.scales),
                                     floatsOf(operand.inputScale)},
                                    floatsOf(dense), shape, epilogue);
    }
    return makeLinearKernel(kernelChoice().linear, values.data_ptr<float>(), floatsOf(dense), shape,
                            epilogue);
}

void Linear::run(const float *x, float *y, std::int64_t tokens) const
{
    m_kernel->run(x, y, tokens);
}

at::Tensor Linear::operator()(const at::Tensor &x) const
{
    at::Tensor y = at::empty({x.size(0), m_out}, at::kFloat);
    run(x.data_ptr<float>(), y.data_ptr<float>(), x.size(0));
    return y;
}

bool areFusible(std::span<const LayerWeights *const> layers)
{
    const auto *first = std::get_if<Factor>(&layers.front()->weight);
    for (const LayerWeights *layer : layers) {
        const auto *factor = std::get_if<Factor>(&layer->weight);
        if (!factor || !layer->bias.defined() || precisionOf(*factor) != precisionOf(*first))
            return false;
        // In float32 it is multiplied into the values.
        if (precisionOf(*factor) != Precision::Float32 && !sameInputScale(*factor, *first))
            return false;
    }
    return true;
}

} // namespace pare
