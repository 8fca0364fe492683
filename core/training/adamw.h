// The optimiser: Adam with decoupled weight decay (Loshchilov and Hutter 2019), clipped by the
// global norm.
//
// Holds the moments of every parameter. Belongs to the trainer, on its thread.
#pragma once

#include "core/network/trainablenetwork.h"

#include <span>
#include <vector>

namespace pare {

struct AdamWOptions
{
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double weightDecay = 0.01; ///< of matrices; biases and norms do not decay
    double clip = 1;           ///< 0: not clipped
    double scoreRate = 0.01;   ///< learning rate of ParameterKind::Scores, by the same schedule
};

class AdamW
{
public:
    AdamW(std::vector<NamedParameter> parameters, const AdamWOptions &options);

    /// One step with the gradients that are there; parameters without one stay. `scheduled` is the
    /// factor of the schedule in `learningRate`, for scores. Returns the norm of the whole gradient
    /// before clipping; where it is not finite nothing is changed. `factors` of the learning rate are
    /// one for each parameter; empty: 1.
    double step(double learningRate, double scheduled = 1, std::span<const double> factors = {});

    /// Steps taken.
    std::int64_t steps() const { return m_steps; }
    const std::vector<NamedParameter> &parameters() const { return m_parameters; }
    /// Running means of the gradient and its square, like parameters().
    const std::vector<at::Tensor> &means() const { return m_means; }
    const std::vector<at::Tensor> &squares() const { return m_squares; }
    /// Copies moments that were saved; of the same shapes.
    void restore(std::span<const at::Tensor> means, std::span<const at::Tensor> squares,
                 std::int64_t steps);

private:
    double gradientNorm() const;

    std::vector<NamedParameter> m_parameters;
    AdamWOptions m_options;
    std::vector<at::Tensor> m_means;
    std::vector<at::Tensor> m_squares;
    std::int64_t m_steps = 0;
};

} // namespace pare
