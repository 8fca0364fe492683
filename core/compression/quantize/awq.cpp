#include "core/compression/quantize/awq.h"

#include "core/base/error.h"
#include "core/compression/messages.h"
#include "core/compression/outputerror.h"
#include "core/compression/quantize/inputscale.h"
#include "core/tensors/torcherrors.h"

#include <ATen/ops/isfinite.h>
#include <ATen/ops/ones_like.h>
#include <ATen/ops/where.h>
#include <cassert>
#include <cmath>
#include <limits>

namespace pare {

namespace {

/// s for one α, float64 [in].
at::Tensor factorsFor(const at::Tensor &magnitudes, double alpha)
{
    const at::Tensor seen = magnitudes.gt(0);
    const at::Tensor powers = magnitudes.pow(alpha);
    const at::Tensor some = powers.masked_select(seen);
    if (some.numel() == 0)
        return at::ones_like(magnitudes);
    const double middle = std::sqrt(some.max().item<double>() * some.min().item<double>());
    return at::where(seen, powers.div(middle), at::ones_like(powers));
}

/// One matrix, and what it does to the outputs.
struct Problem
{
    const at::Tensor &values;
    const at::Tensor &secondMoment;
    const at::Tensor &mask;
    const Codec &codec;

    at::Tensor divided(const at::Tensor &inputScale) const
    {
        return dividedByScale(values, inputScale).contiguous();
    }

    Factor rounded(const at::Tensor &inputScale, const Scales &scales) const
    {
        return Factor::encodedWithScales(divided(inputScale), codec, scales, mask)
            .withInputScale(inputScale);
    }

    /// float64 [out].
    at::Tensor errorsOf(const Factor &factor) const
    {
        return squaredOutputs(factor.effectiveValues().sub(values), secondMoment);
    }
};

/// Scales of `clipped` for the rows whose errors they make smaller.
Scales betterScales(const Scales &plain, const Scales &clipped, const at::Tensor &plainErrors,
                    const at::Tensor &clippedErrors)
{
    const std::int64_t slots = plain.scales.size(0);
    const std::int64_t rows = plainErrors.size(0);
    // With one slot for the whole matrix all rows decide together.
    const at::Tensor better = slots == 1 ? clippedErrors.sum().lt(plainErrors.sum()).reshape({1})
                                         : clippedErrors.lt(plainErrors);
    const at::Tensor chosen = slots == 1
                                  ? better
                                  : better.unsqueeze(1)
                                        .expand({rows, slots / std::max<std::int64_t>(rows, 1)})
                                        .reshape({slots});
    Scales result{at::where(chosen, clipped.scales, plain.scales), at::Tensor()};
    if (plain.zeroPoints.defined())
        result.zeroPoints = at::where(chosen, clipped.zeroPoints, plain.zeroPoints);
    return result;
}

void checkArguments(const at::Tensor &values, const at::Tensor &meanMagnitudes,
                    const at::Tensor &secondMoment, const Codec &codec)
{
    assert(values.dim() == 2 && values.scalar_type() == at::kFloat &&
           meanMagnitudes.numel() == values.size(1) && secondMoment.size(0) == values.size(1));
    checkCodec(codec);
    if (codec.kind != CodecKind::Affine)
        throw Error(ErrorKind::InvalidSetting, messages::codecNotAffine, describe(codec));
    if (!at::isfinite(secondMoment).all().item<bool>() ||
        !at::isfinite(meanMagnitudes).all().item<bool>())
        throw Error(ErrorKind::Unsupported, messages::momentNotFinite);
}

} // namespace

AwqResult awq(const at::Tensor &values, const at::Tensor &meanMagnitudes,
              const at::Tensor &secondMoment, const AwqOptions &options, const at::Tensor &mask,
              Progress &progress)
{
    return translatingTorchErrors([&] {
        checkArguments(values, meanMagnitudes, secondMoment, options.codec);
        const at::Tensor kept = mask.defined() ? mask.contiguous() : mask;
        const Problem problem{values, secondMoment, kept, options.codec};
        const at::Tensor magnitudes = meanMagnitudes.to(at::kDouble).flatten();
        constexpr int trials = 20;
        AwqResult best;
        at::Tensor bestErrors;
        double least = std::numeric_limits<double>::infinity();
        for (int trial = 0; trial <= trials; ++trial) {
            progress.check();
            const double alpha = static_cast<double>(trial) / trials;
            const at::Tensor inputScale = inputScaleFor(factorsFor(magnitudes, alpha));
            const Factor factor = problem.rounded(
                inputScale, minMaxScales(problem.divided(inputScale), options.codec, kept));
            const at::Tensor errors = problem.errorsOf(factor);
            const double error = errors.sum().item<double>();
            if (error < least || trial == 0) {
                best = {factor, alpha};
                bestErrors = errors;
                least = error;
            }
        }
        if (options.clip == Clip::MinMax)
            return best;
        progress.check();
        const at::Tensor inputScale = best.factor.inputScale();
        const at::Tensor divided = problem.divided(inputScale);
        const Scales clipped = clippedScales(divided, options.codec, kept, options.clip);
        const at::Tensor clippedErrors = problem.errorsOf(problem.rounded(inputScale, clipped));
        best.factor =
            problem.rounded(inputScale, betterScales(minMaxScales(divided, options.codec, kept),
                                                     clipped, bestErrors, clippedErrors));
        return best;
    });
}

} // namespace pare
