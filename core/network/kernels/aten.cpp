#include "core/network/kernels/aten.h"

#include "core/base/error.h"
#include "core/network/kernels/messages.h"

#include <ATen/core/Tensor.h>
#include <ATen/ops/addmm.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/mm.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/silu.h>
#include <ATen/ops/softmax.h>
#include <c10/core/InferenceMode.h>
#include <c10/util/Exception.h>

#include <cassert>
#include <limits>
#include <string_view>

namespace pare {

namespace {

[[noreturn]] void throwAtenError(const c10::Error &error, const char *what)
{
    // LibTorch has no type for it, only this sentence of its allocator.
    if (std::string_view(error.what_without_backtrace()).find("allocate memory") !=
        std::string_view::npos)
        throw Error(ErrorKind::NotEnoughMemory, messages::kernelNeedsMemory, what);
    throw Error(ErrorKind::Unsupported, messages::kernelFailed, what, "LibTorch",
                error.what_without_backtrace());
}

at::Tensor view(const float *data, at::IntArrayRef shape, at::IntArrayRef strides)
{
    return at::from_blob(const_cast<float *>(data), shape, strides, at::TensorOptions(at::kFloat));
}

at::Tensor matrix(const float *data, std::int64_t rows, std::int64_t columns,
                  std::int64_t stride = 0)
{
    return view(data, {rows, columns}, {stride ? stride : columns, 1});
}

class AtenLinear : public LinearKernel
{
public:
    AtenLinear(const float *weight, const float *bias, LinearShape shape, Epilogue epilogue)
        : m_weight(matrix(weight, shape.out, shape.in).clone())
        , m_shape(shape)
        , m_epilogue(epilogue)
    {
        if (bias)
            m_bias = view(bias, {shape.out}, {1}).clone();
    }

    void run(const float *x, float *y, std::int64_t tokens) const override
    {
        if (tokens == 0)
            return;
        try {
            const c10::InferenceMode inference;
            at::Tensor result = matrix(y, tokens, m_shape.out);
            const at::Tensor input = matrix(x, tokens, m_shape.in);
            if (m_bias.defined())
                at::addmm_out(result, m_bias, input, m_weight.t());
            else
                at::mm_out(result, input, m_weight.t());
        } catch (const c10::Error &error) {
            throwAtenError(error, "linear layer");
        }
        atenActivate(m_epilogue, y, tokens * m_shape.out);
    }

    std::string_view name() const override { return "float32 LibTorch (addmm)"; }

    std::int64_t bytes() const override
    {
        return static_cast<std::int64_t>(m_weight.nbytes() +
                                         (m_bias.defined() ? m_bias.nbytes() : 0));
    }

private:
    at::Tensor m_weight;
    at::Tensor m_bias;
    LinearShape m_shape;
    Epilogue m_epilogue;
};

at::Tensor operand(const float *data, std::int64_t rows, std::int64_t columns, std::int64_t stride,
                   Transposition transposition)
{
    if (transposition == Transposition::None)
        return matrix(data, rows, columns, stride);
    return matrix(data, columns, rows, stride).t();
}

} // namespace

std::unique_ptr<LinearKernel> makeAtenLinearKernel(const float *weight, const float *bias,
                                                   LinearShape shape, Epilogue epilogue)
{
    assert(shape.out > 0 && shape.in > 0);
    try {
        const c10::InferenceMode inference;
        return std::make_unique<AtenLinear>(weight, bias, shape, epilogue);
    } catch (const c10::Error &error) {
        throwAtenError(error, "linear layer");
    }
}

void atenGemm(const GemmArguments &x)
{
    if (x.m == 0 || x.n == 0)
        return;
    try {
        const c10::InferenceMode inference;
        at::Tensor c = matrix(x.c, x.m, x.n, x.strideC);
        const at::Tensor a = operand(x.a, x.m, x.k, x.strideA, x.transpositionA);
        const at::Tensor b = operand(x.b, x.k, x.n, x.strideB, x.transpositionB);
        if (x.store == Store::Add) {
            if (x.bias)
                c.add_(view(x.bias, {x.n}, {1}));
            c.addmm_(a, b);
        } else if (x.bias) {
            at::addmm_out(c, view(x.bias, {x.n}, {1}), a, b);
        } else {
            at::mm_out(c, a, b);
        }
    } catch (const c10::Error &error) {
        throwAtenError(error, "product");
    }
}

void atenAttention(const AttentionArguments &x)
{
    const std::int64_t width = x.heads * x.headWidth;
    const std::int64_t keys = x.keyLength ? x.keyLength : x.length;
    const std::int64_t stride = x.stride ? x.stride : width;
    const std::int64_t keyStride = x.keyStride ? x.keyStride : stride;
    const std::int64_t outStride = x.outStride ? x.outStride : width;
    const auto perHead = [&](const float *data, std::int64_t length, std::int64_t rowStride) {
        return view(data, {x.batch, x.heads, length, x.headWidth},
                    {length * rowStride, x.headWidth, rowStride, 1});
    };
    try {
        const c10::InferenceMode inference;
        const at::Tensor q = perHead(x.q, x.length, stride);
        const at::Tensor k = perHead(x.k, keys, keyStride);
        const at::Tensor v = perHead(x.v, keys, keyStride);
        at::Tensor scores = at::matmul(q, k.transpose(2, 3)).mul_(x.scale);
        if (x.mask == AttentionMask::Causal) {
            const at::Tensor hidden =
                at::ones({x.length, keys}, at::TensorOptions(at::kBool)).triu(1);
            scores.masked_fill_(hidden, -std::numeric_limits<float>::infinity());
        }
        perHead(x.out, x.length, outStride).copy_(at::matmul(at::softmax(scores, -1), v));
    } catch (const c10::Error &error) {
        throwAtenError(error, "attention");
    }
}

void atenActivate(Epilogue epilogue, float *values, std::int64_t count)
{
    if (epilogue == Epilogue::None || count == 0)
        return;
    try {
        const c10::InferenceMode inference;
        at::Tensor x = view(values, {count}, {1});
        switch (epilogue) {
        case Epilogue::None:
            break;
        case Epilogue::Gelu:
            x.copy_(at::gelu(x));
            break;
        case Epilogue::GeluTanh:
            x.copy_(at::gelu(x, "tanh"));
            break;
        case Epilogue::QuickGelu:
            x.mul_(x.mul(1.702f).sigmoid());
            break;
        case Epilogue::Relu:
            x.relu_();
            break;
        case Epilogue::Silu:
            at::silu_(x);
            break;
        case Epilogue::Sigmoid:
            x.sigmoid_();
            break;
        case Epilogue::Tanh:
            x.tanh_();
            break;
        }
    } catch (const c10::Error &error) {
        throwAtenError(error, "activation");
    }
}

} // namespace pare
