#include "core/network/linearfunction.h"

#include "core/network/kernels/gemm.h"
#include "core/network/trainingcode.h"
#include "core/network/trainingthreads.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/zeros.h>
#include <algorithm>
#include <torch/csrc/autograd/custom_function.h>
#include <vector>

namespace pare {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

at::Tensor columnSums(const at::Tensor &x)
{
    const std::int64_t rows = x.size(0);
    const std::int64_t width = x.size(1);
    const int threads = threadsFor(rows, grainOf(width));
    at::Tensor sums = at::zeros({threads, width}, at::kFloat);
    const auto *from = x.data_ptr<float>();
    auto *to = sums.data_ptr<float>();
    parallelParts(threads, rows, [&](int part, std::int64_t first, std::int64_t last) {
        trainingCode().sumRows(from, width, first, last, to + part * width);
    });
    for (int part = 1; part < threads; ++part)
        trainingCode().add(to, to + part * width, width);
    return sums.select(0, 0);
}

struct LinearFunction : torch::autograd::Function<LinearFunction>
{
    static at::Tensor forward(AutogradContext *context, const at::Tensor &x,
                              const at::Tensor &weight, const at::Tensor &bias)
    {
        context->save_for_backward({x, weight});
        context->saved_data["bias"] = bias.numel() > 0;
        at::Tensor y = at::empty({x.size(0), weight.size(0)}, at::kFloat);
        GemmArguments product;
        product.a = x.data_ptr<float>();
        product.b = weight.data_ptr<float>();
        product.c = y.data_ptr<float>();
        product.m = x.size(0);
        product.n = weight.size(0);
        product.k = weight.size(1);
        product.transpositionB = Transposition::Transposed;
        product.bias = bias.numel() > 0 ? bias.data_ptr<float>() : nullptr;
        gemm(product);
        return y;
    }

    static variable_list backward(AutogradContext *context, variable_list gradients)
    {
        const variable_list saved = context->get_saved_variables();
        const at::Tensor &x = saved[0];
        const at::Tensor &weight = saved[1];
        const at::Tensor dy = gradients[0].contiguous();
        at::Tensor dx;
        at::Tensor dweight;
        at::Tensor dbias;
        if (context->needs_input_grad(0)) {
            dx = at::empty_like(x);
            GemmArguments product;
            product.a = dy.data_ptr<float>();
            product.b = weight.data_ptr<float>();
            product.c = dx.data_ptr<float>();
            product.m = x.size(0);
            product.n = x.size(1);
            product.k = weight.size(0);
            gemm(product);
        }
        if (context->needs_input_grad(1)) {
            dweight = at::empty_like(weight);
            GemmArguments product;
            product.a = dy.data_ptr<float>();
            product.b = x.data_ptr<float>();
            product.c = dweight.data_ptr<float>();
            product.m = weight.size(0);
            product.n = weight.size(1);
            product.k = x.size(0);
            product.transpositionA = Transposition::Transposed;
            gemm(product);
        }
        if (context->saved_data["bias"].toBool())
            dbias = columnSums(dy);
        return {dx, dweight, dbias};
    }
};

// oneDNN generates code for every number of rows, which takes longer than the product itself, and
// splits numbers with a large prime factor badly: 29 * 32 rows take three times as long as 30 * 32.
// So batches are filled up with rows of zeros to whole blocks, for which neither is so.
constexpr std::int64_t blockRows = 64;

std::int64_t wholeBlocks(std::int64_t rows)
{
    return (rows + blockRows - 1) / blockRows * blockRows;
}

std::uint16_t *halvesOf(const at::Tensor &tensor)
{
    return static_cast<std::uint16_t *>(tensor.data_ptr());
}

at::Tensor roundedWeight(const at::Tensor &weight)
{
    at::Tensor halves = at::empty(weight.sizes(), at::kBFloat16);
    roundToBFloat16(weight.data_ptr<float>(), halvesOf(halves), weight.numel());
    return halves;
}

/// The rows of x rounded, then zeros up to whole blocks.
at::Tensor roundedRows(const at::Tensor &x)
{
    const std::int64_t rows = x.size(0);
    const std::int64_t width = x.size(1);
    at::Tensor halves = at::empty({wholeBlocks(rows), width}, at::kBFloat16);
    std::uint16_t *to = halvesOf(halves);
    roundToBFloat16(x.data_ptr<float>(), to, rows * width);
    std::fill(to + rows * width, to + halves.numel(), std::uint16_t{0});
    return halves;
}

/// Memory for `rows` rows, of which whole blocks are written.
at::Tensor rowsOfBlocks(std::int64_t rows, std::int64_t width)
{
    return at::empty({wholeBlocks(rows), width}, at::kFloat).narrow(0, 0, rows);
}

struct BFloat16LinearFunction : torch::autograd::Function<BFloat16LinearFunction>
{
    static at::Tensor forward(AutogradContext *context, const at::Tensor &x,
                              const at::Tensor &weight, const at::Tensor &bias)
    {
        const at::Tensor halves = roundedRows(x);
        const at::Tensor weightHalves = roundedWeight(weight);
        context->save_for_backward({halves, weightHalves});
        context->saved_data["bias"] = bias.numel() > 0;
        at::Tensor y = rowsOfBlocks(x.size(0), weight.size(0));
        BFloat16GemmArguments product;
        product.a = halvesOf(halves);
        product.b = halvesOf(weightHalves);
        product.c = y.data_ptr<float>();
        product.m = halves.size(0);
        product.n = weight.size(0);
        product.k = weight.size(1);
        product.transpositionB = Transposition::Transposed;
        product.bias = bias.numel() > 0 ? bias.data_ptr<float>() : nullptr;
        gemm(product);
        return y;
    }

    static variable_list backward(AutogradContext *context, variable_list gradients)
    {
        const variable_list saved = context->get_saved_variables();
        const at::Tensor dy = gradients[0].contiguous();
        const at::Tensor halves = roundedRows(dy);
        at::Tensor dx;
        at::Tensor dweight;
        at::Tensor dbias;
        if (context->needs_input_grad(0))
            dx = gradientOfInput(halves, saved[1], dy.size(0));
        if (context->needs_input_grad(1))
            dweight = gradientOfWeight(halves, saved[0]);
        if (context->saved_data["bias"].toBool())
            dbias = columnSums(dy);
        return {dx, dweight, dbias};
    }

    static at::Tensor gradientOfInput(const at::Tensor &dy, const at::Tensor &weight,
                                      std::int64_t rows)
    {
        at::Tensor dx = rowsOfBlocks(rows, weight.size(1));
        BFloat16GemmArguments product;
        product.a = halvesOf(dy);
        product.b = halvesOf(weight);
        product.c = dx.data_ptr<float>();
        product.m = dy.size(0);
        product.n = weight.size(1);
        product.k = weight.size(0);
        gemm(product);
        return dx;
    }

    static at::Tensor gradientOfWeight(const at::Tensor &dy, const at::Tensor &x)
    {
        at::Tensor dweight = at::empty({dy.size(1), x.size(1)}, at::kFloat);
        BFloat16GemmArguments product;
        product.a = halvesOf(dy);
        product.b = halvesOf(x);
        product.c = dweight.data_ptr<float>();
        product.m = dy.size(1);
        product.n = x.size(1);
        product.k = x.size(0);
        product.transpositionA = Transposition::Transposed;
        gemm(product);
        return dweight;
    }
};

} // namespace

at::Tensor trainedLinear(const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias,
                         TrainingPrecision precision)
{
    // Functions of autograd take no undefined tensors.
    const at::Tensor added = bias.defined() ? bias : at::empty({0}, at::kFloat);
    if (precision == TrainingPrecision::BFloat16)
        return BFloat16LinearFunction::apply(x, weight, added);
    return LinearFunction::apply(x, weight, added);
}

} // namespace pare
