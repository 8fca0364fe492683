#include "core/network/linearfunction.h"

#include "core/network/kernels/gemm.h"
#include "core/network/trainingcode.h"
#include "core/network/trainingthreads.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/zeros.h>
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

} // namespace

at::Tensor trainedLinear(const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias)
{
    // Functions of autograd take no undefined tensors.
    return LinearFunction::apply(x, weight, bias.defined() ? bias : at::empty({0}, at::kFloat));
}

} // namespace pare
