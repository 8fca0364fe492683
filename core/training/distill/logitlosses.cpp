#include "core/training/distill/logitlosses.h"

#include "core/base/error.h"
#include "core/training/distill/distillchecks.h"
#include "core/training/distill/knowngradient.h"
#include "core/training/distill/messages.h"

#include <ATen/ops/_log_softmax.h>
#include <ATen/ops/empty_like.h>
#include <algorithm>
#include <c10/core/GradMode.h>
#include <cmath>

namespace pare {

namespace {

/// Logits of one block: small enough for a cache, large enough for all threads.
constexpr std::int64_t blockEntries = std::int64_t{1} << 19;

enum class Divergence { KullbackLeibler, CrossEntropy };

struct SoftLoss
{
    Divergence divergence;
    double temperature;
    double factor; ///< of the mean
};

at::Tensor logProbabilities(const at::Tensor &logits, double temperature)
{
    return at::_log_softmax(temperature == 1 ? logits : logits.div(temperature), 1, false);
}

/// Both divergences have the same gradient in the student's logits, (p_S - p_T) / T: they differ by
/// the teacher's entropy.
at::Tensor softLoss(const at::Tensor &student, const at::Tensor &teacher, const SoftLoss &loss)
{
    checkEqualShapes("logits", student, teacher);
    if (!(loss.temperature > 0) || !std::isfinite(loss.temperature))
        throw Error(ErrorKind::InvalidSetting, messages::distillTemperature, loss.temperature);
    const at::Tensor gradient = wantsGradient(student) ? at::empty_like(student) : at::Tensor();
    const std::int64_t rows = student.size(0);
    const double share = loss.factor / static_cast<double>(std::max<std::int64_t>(rows, 1));
    const std::int64_t step =
        std::max<std::int64_t>(1, blockEntries / std::max<std::int64_t>(student.size(1), 1));
    double total = 0;
    {
        const c10::AutoGradMode none(false);
        for (std::int64_t first = 0; first < rows; first += step) {
            const std::int64_t count = std::min(step, rows - first);
            at::Tensor mine = logProbabilities(student.narrow(0, first, count), loss.temperature);
            const at::Tensor its =
                logProbabilities(teacher.narrow(0, first, count), loss.temperature);
            const at::Tensor weights = its.exp();
            const at::Tensor distance =
                loss.divergence == Divergence::KullbackLeibler ? its.sub(mine) : mine.neg();
            total += distance.mul_(weights).sum().item<double>();
            if (gradient.defined())
                gradient.narrow(0, first, count)
                    .copy_(mine.exp_().sub_(weights).mul_(share / loss.temperature));
        }
    }
    return withGradient(student, total * share, gradient);
}

} // namespace

at::Tensor softenedKl(const at::Tensor &student, const at::Tensor &teacher, double temperature)
{
    return softLoss(student, teacher,
                    {Divergence::KullbackLeibler, temperature, temperature * temperature});
}

at::Tensor softCrossEntropy(const at::Tensor &student, const at::Tensor &teacher,
                            double temperature)
{
    return softLoss(student, teacher, {Divergence::CrossEntropy, temperature, 1});
}

} // namespace pare
