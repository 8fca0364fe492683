#include "core/network/straightthrough.h"

#include "core/network/trainingthreads.h"
#include "core/weights/affinegrid.h"
#include "core/weights/slots.h"

#include <ATen/ops/clamp_min.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/round.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>
#include <cmath>
#include <torch/csrc/autograd/custom_function.h>
#include <vector>

namespace pare {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

const bool *keptOf(const at::Tensor &mask)
{
    return mask.defined() && mask.numel() > 0 ? mask.data_ptr<bool>() : nullptr;
}

/// Saved tensors of autograd must be defined.
at::Tensor orEmpty(const at::Tensor &tensor)
{
    return tensor.defined() ? tensor : at::zeros({0}, at::kBool);
}

void saveCodec(AutogradContext *context, const Codec &codec)
{
    context->saved_data["codec"] =
        std::vector<std::int64_t>{codec.bits, static_cast<std::int64_t>(codec.granularity),
                                  codec.group, codec.symmetric, codec.codebookSize};
}

Codec savedCodec(AutogradContext *context, CodecKind kind)
{
    const std::vector<std::int64_t> saved = context->saved_data["codec"].toIntVector();
    Codec codec;
    codec.kind = kind;
    codec.bits = static_cast<int>(saved[0]);
    codec.granularity = static_cast<Granularity>(saved[1]);
    codec.group = saved[2];
    codec.symmetric = saved[3] != 0;
    codec.codebookSize = static_cast<int>(saved[4]);
    return codec;
}

AffineGrid gridOf(const Scales &scales, const Codec &codec, std::size_t slot)
{
    const std::uint8_t zero =
        codec.symmetric ? std::uint8_t{0} : scales.zeroPoints.data_ptr<std::uint8_t>()[slot];
    return {{scales.scales.data_ptr<c10::Half>()[slot], zero}, codec};
}

/// Calls work(row, segment) for every row, rows dealt out to the threads.
template <class Work>
void forEachSegment(const Slots &slots, const Work &work)
{
    parallelParts(threadsFor(slots.rows, grainOf(slots.columns)), slots.rows,
                  [&](int, std::int64_t first, std::int64_t last) {
                      for (std::int64_t row = first; row < last; ++row) {
                          for (std::int64_t segment = 0; segment < slots.segments; ++segment)
                              work(row, segment);
                      }
                  });
}

struct AffineFunction : torch::autograd::Function<AffineFunction>
{
    static at::Tensor forward(AutogradContext *context, const at::Tensor &latent,
                              const at::Tensor &logScales, const AffineSlots &affine)
    {
        const Slots slots(latent.size(0), latent.size(1), affine.codec);
        const Scales scales = learnedScales(affine.scales, logScales);
        at::Tensor y = at::empty_like(latent);
        const float *from = latent.data_ptr<float>();
        const bool *kept = keptOf(affine.mask);
        float *to = y.data_ptr<float>();
        forEachSegment(slots, [&](std::int64_t row, std::int64_t segment) {
            const AffineGrid grid = gridOf(scales, affine.codec, slots.slot(row, segment));
            const std::int64_t start = row * slots.columns;
            for (std::int64_t i = start + slots.begin(segment); i < start + slots.end(segment); ++i)
                to[i] = keptValue(grid.nearest(from[i]), !kept || kept[i]);
        });
        context->save_for_backward({latent, scales.scales, orEmpty(scales.zeroPoints),
                                    orEmpty(affine.mask)});
        saveCodec(context, affine.codec);
        return y;
    }

    static variable_list backward(AutogradContext *context, variable_list gradients)
    {
        const variable_list saved = context->get_saved_variables();
        const Codec codec = savedCodec(context, CodecKind::Affine);
        const at::Tensor &latent = saved[0];
        const Scales scales{saved[1], saved[2]};
        const Slots slots(latent.size(0), latent.size(1), codec);
        const at::Tensor dy = gradients[0].contiguous();
        at::Tensor dlatent = at::empty_like(latent);
        at::Tensor parts = at::zeros({slots.rows, slots.segments}, at::kFloat);
        const float *x = latent.data_ptr<float>();
        const float *from = dy.data_ptr<float>();
        const bool *kept = keptOf(saved[3]);
        float *to = dlatent.data_ptr<float>();
        auto *part = parts.data_ptr<float>();
        forEachSegment(slots, [&](std::int64_t row, std::int64_t segment) {
            const AffineGrid grid = gridOf(scales, codec, slots.slot(row, segment));
            const std::int64_t start = row * slots.columns;
            double sum = 0;
            for (std::int64_t i = start + slots.begin(segment); i < start + slots.end(segment);
                 ++i) {
                const bool keeps = (!kept || kept[i]) && grid.scale > 0;
                const float q = keeps ? x[i] / grid.scale : 0;
                const bool inside = q >= grid.low && q <= grid.high;
                to[i] = keeps && inside ? from[i] : 0;
                if (keeps)
                    sum += from[i] * (grid.nearest(x[i]) - (inside ? x[i] : 0));
            }
            part[row * slots.segments + segment] = static_cast<float>(sum);
        });
        return {dlatent, scaleGradient(parts, slots, codec), at::Tensor()};
    }

private:
    static at::Tensor scaleGradient(const at::Tensor &parts, const Slots &slots, const Codec &codec)
    {
        const std::int64_t weights = slots.whole ? slots.rows * slots.columns : slots.width;
        const double codes = (1 << (codec.bits - 1)) - 1;
        const double factor = 1 / std::sqrt(static_cast<double>(weights) * codes);
        return (slots.whole ? parts.sum().reshape({1}) : parts.flatten()).mul(factor);
    }
};

struct StoredFunction : torch::autograd::Function<StoredFunction>
{
    static at::Tensor forward(AutogradContext *context, const at::Tensor &, const at::Tensor &stored,
                              const at::Tensor &mask)
    {
        context->save_for_backward({mask});
        return stored;
    }

    static variable_list backward(AutogradContext *context, variable_list gradients)
    {
        const at::Tensor mask = context->get_saved_variables()[0];
        return {mask.numel() > 0 ? gradients[0].mul(mask) : gradients[0], at::Tensor(),
                at::Tensor()};
    }
};

struct CodebookFunction : torch::autograd::Function<CodebookFunction>
{
    static at::Tensor forward(AutogradContext *context, const at::Tensor &codebook,
                              const at::Tensor &codes, const at::Tensor &mask, const Codec &codec)
    {
        const Slots slots(codes.size(0), codes.size(1), codec);
        const at::Tensor rounded = codebook.to(at::kHalf).to(at::kFloat);
        at::Tensor y = at::zeros(codes.sizes(), at::kFloat);
        const std::int64_t k = codebook.size(1);
        const auto *from = rounded.data_ptr<float>();
        const auto *code = codes.data_ptr<std::uint8_t>();
        const bool *kept = keptOf(mask);
        auto *to = y.data_ptr<float>();
        forEachSegment(slots, [&](std::int64_t row, std::int64_t segment) {
            const float *values = from + static_cast<std::int64_t>(slots.slot(row, segment)) * k;
            const std::int64_t start = row * slots.columns;
            for (std::int64_t i = start + slots.begin(segment); i < start + slots.end(segment); ++i)
                to[i] = keptValue(values[code[i]], !kept || kept[i]);
        });
        context->save_for_backward({codes, mask});
        saveCodec(context, codec);
        return y;
    }

    static variable_list backward(AutogradContext *context, variable_list gradients)
    {
        const variable_list saved = context->get_saved_variables();
        const Codec codec = savedCodec(context, CodecKind::Codebook);
        const at::Tensor &codes = saved[0];
        const Slots slots(codes.size(0), codes.size(1), codec);
        const at::Tensor dy = gradients[0].contiguous();
        at::Tensor parts =
            at::zeros({slots.rows, slots.segments, codec.codebookSize}, at::kFloat);
        const auto *code = codes.data_ptr<std::uint8_t>();
        const auto *from = dy.data_ptr<float>();
        const bool *kept = keptOf(saved[1]);
        auto *part = parts.data_ptr<float>();
        forEachSegment(slots, [&](std::int64_t row, std::int64_t segment) {
            float *sums = part + (row * slots.segments + segment) * codec.codebookSize;
            const std::int64_t start = row * slots.columns;
            for (std::int64_t i = start + slots.begin(segment); i < start + slots.end(segment);
                 ++i) {
                if (!kept || kept[i])
                    sums[code[i]] += from[i];
            }
        });
        const at::Tensor sums =
            parts.reshape({slots.rows * slots.segments, codec.codebookSize});
        return {slots.whole ? sums.sum(0, true) : sums, at::Tensor(), at::Tensor(), at::Tensor()};
    }
};

struct ScoredFunction : torch::autograd::Function<ScoredFunction>
{
    static at::Tensor forward(AutogradContext *context, const at::Tensor &latent,
                              const at::Tensor &, const at::Tensor &mask)
    {
        context->save_for_backward({latent, mask});
        return latent.mul(mask);
    }

    static variable_list backward(AutogradContext *context, variable_list gradients)
    {
        const variable_list saved = context->get_saved_variables();
        return {gradients[0].mul(saved[1]), gradients[0].mul(saved[0]), at::Tensor()};
    }
};

} // namespace

Scales learnedScales(const Scales &start, const at::Tensor &logScales)
{
    Scales learned{at::empty_like(start.scales), start.zeroPoints};
    const auto *from = start.scales.data_ptr<c10::Half>();
    const auto *factor = logScales.data_ptr<float>();
    auto *to = learned.scales.data_ptr<c10::Half>();
    for (std::int64_t i = 0; i < start.scales.numel(); ++i)
        to[i] = factor[i] == 0 ? from[i]
                               : roundedScale(static_cast<float>(from[i]) * std::exp(factor[i]));
    return learned;
}

at::Tensor affineThrough(const at::Tensor &latent, const at::Tensor &logScales,
                         const AffineSlots &slots)
{
    return AffineFunction::apply(latent, logScales, slots);
}

at::Tensor straightThrough(const at::Tensor &latent, const at::Tensor &stored,
                           const at::Tensor &mask)
{
    return StoredFunction::apply(latent, stored, orEmpty(mask));
}

at::Tensor codebookThrough(const at::Tensor &codebook, const at::Tensor &codes, const Codec &codec,
                           const at::Tensor &mask)
{
    return CodebookFunction::apply(codebook, codes, orEmpty(mask), codec);
}

at::Tensor maskedByScores(const at::Tensor &latent, const at::Tensor &scores,
                          const at::Tensor &mask)
{
    return ScoredFunction::apply(latent, scores, mask);
}

at::Tensor activationsThrough(const at::Tensor &x)
{
    const at::Tensor from = x.detach();
    const at::Tensor scales = at::clamp_min(from.abs().amax(1, true).div(127), 1e-12);
    return straightThrough(x, at::round(from.div(scales)).mul(scales), {});
}

} // namespace pare
