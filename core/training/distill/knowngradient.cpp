#include "core/training/distill/knowngradient.h"

#include <ATen/ops/scalar_tensor.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/custom_function.h>

namespace pare {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

struct KnownGradient : torch::autograd::Function<KnownGradient>
{
    static at::Tensor forward(AutogradContext *context, const at::Tensor &input,
                              const at::Tensor &gradient, double value)
    {
        context->save_for_backward({gradient});
        return at::scalar_tensor(value, input.options().requires_grad(false));
    }

    static variable_list backward(AutogradContext *context, variable_list gradients)
    {
        const at::Tensor gradient = context->get_saved_variables()[0];
        return {gradient.mul(gradients[0]), {}, {}};
    }
};

} // namespace

bool wantsGradient(const at::Tensor &input)
{
    return c10::GradMode::is_enabled() && input.requires_grad();
}

at::Tensor withGradient(const at::Tensor &input, double value, const at::Tensor &gradient)
{
    if (!gradient.defined())
        return at::scalar_tensor(value, input.options().requires_grad(false));
    return KnownGradient::apply(input, gradient, value);
}

} // namespace pare
