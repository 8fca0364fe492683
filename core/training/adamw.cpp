#include "core/training/adamw.h"

#include "core/network/trainingcode.h"
#include "core/network/trainingthreads.h"

#include <ATen/ops/zeros_like.h>
#include <c10/core/GradMode.h>
#include <cassert>
#include <cmath>

namespace pare {

AdamW::AdamW(std::vector<NamedParameter> parameters, const AdamWOptions &options)
    : m_parameters(std::move(parameters))
    , m_options(options)
{
    for (const NamedParameter &parameter : m_parameters) {
        m_means.push_back(at::zeros_like(parameter.tensor.detach()));
        m_squares.push_back(at::zeros_like(parameter.tensor.detach()));
    }
}

double AdamW::gradientNorm() const
{
    double total = 0;
    for (const NamedParameter &parameter : m_parameters) {
        const at::Tensor &gradient = parameter.tensor.grad();
        if (!gradient.defined())
            continue;
        const auto *values = gradient.data_ptr<float>();
        const int threads = threadsFor(gradient.numel(), grainOf(1));
        std::vector<double> sums(threads);
        parallelParts(threads, gradient.numel(),
                      [&](int part, std::int64_t first, std::int64_t last) {
                          sums[part] = trainingCode().squaredSum(values + first, last - first);
                      });
        for (const double sum : sums)
            total += sum;
    }
    return std::sqrt(total);
}

double AdamW::step(double learningRate, double scheduled, std::span<const double> factors)
{
    assert(factors.empty() || factors.size() == m_parameters.size());
    for (const NamedParameter &parameter : m_parameters) {
        if (parameter.tensor.grad().defined() && !parameter.tensor.grad().is_contiguous())
            parameter.tensor.mutable_grad() = parameter.tensor.grad().contiguous();
    }
    const double norm = gradientNorm();
    if (!std::isfinite(norm))
        return norm;
    ++m_steps;
    const auto steps = static_cast<double>(m_steps);
    for (std::size_t i = 0; i < m_parameters.size(); ++i) {
        const NamedParameter &parameter = m_parameters[i];
        if (!parameter.tensor.grad().defined())
            continue;
        const double whole = parameter.kind == ParameterKind::Scores
                                 ? m_options.scoreRate * scheduled
                                 : learningRate;
        const double rate = factors.empty() ? whole : whole * factors[i];
        AdamUpdate update;
        update.parameters = parameter.tensor.data_ptr<float>();
        update.gradients = parameter.tensor.grad().data_ptr<float>();
        update.means = m_means[i].data_ptr<float>();
        update.squares = m_squares[i].data_ptr<float>();
        update.gradientFactor = m_options.clip > 0 && norm > m_options.clip
                                    ? static_cast<float>(m_options.clip / norm)
                                    : 1;
        update.beta1 = static_cast<float>(m_options.beta1);
        update.beta2 = static_cast<float>(m_options.beta2);
        update.stepSize = static_cast<float>(rate / (1 - std::pow(m_options.beta1, steps)));
        update.squaresFactor = static_cast<float>(1 / (1 - std::pow(m_options.beta2, steps)));
        update.epsilon = static_cast<float>(m_options.epsilon);
        const bool decays = parameter.kind == ParameterKind::Matrix;
        update.decayFactor =
            decays ? static_cast<float>(1 - rate * m_options.weightDecay) : 1;
        const std::int64_t count = parameter.tensor.numel();
        parallelParts(threadsFor(count, grainOf(1)), count,
                      [&](int, std::int64_t first, std::int64_t last) {
                          trainingCode().adam(update, first, last);
                      });
    }
    return norm;
}

void AdamW::restore(std::span<const at::Tensor> means, std::span<const at::Tensor> squares,
                    std::int64_t steps)
{
    for (std::size_t i = 0; i < m_parameters.size(); ++i) {
        m_means[i].copy_(means[i]);
        m_squares[i].copy_(squares[i]);
    }
    m_steps = steps;
}

} // namespace pare
