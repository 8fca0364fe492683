#include "core/network/trainableweight.h"

#include "core/network/linearfunction.h"
#include "core/weights/match.h"
#include "core/weights/planes.h"

#include <ATen/ops/cat.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/kron.h>
#include <ATen/ops/maximum.h>
#include <ATen/ops/minimum.h>
#include <ATen/ops/mm.h>
#include <ATen/ops/sigmoid.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros.h>
#include <algorithm>
#include <c10/core/GradMode.h>
#include <cassert>
#include <cmath>

namespace pare {

namespace {

at::Tensor leaf(const at::Tensor &values)
{
    return values.detach().to(at::kFloat, false, true).contiguous().requires_grad_(true);
}

/// The scales of an affine factor, one for each weight: float32, of its shape.
at::Tensor spread(const at::Tensor &slots, const Factor &factor)
{
    const std::int64_t rows = factor.shape()[0];
    const std::int64_t columns = factor.shape()[1];
    const at::Tensor values = slots.to(at::kFloat);
    switch (factor.codec().granularity) {
    case Granularity::Tensor:
        return values.expand({rows, columns});
    case Granularity::Channel:
        return values.reshape({rows, 1}).expand({rows, columns});
    case Granularity::Group:
        break;
    }
    const std::int64_t segments = slots.numel() / rows;
    const std::int64_t group = std::min(factor.codec().group, columns);
    return values.reshape({rows, segments}).repeat_interleave(group, 1).narrow(1, 0, columns);
}

/// The point nearest to `original` that rounds to the codes of an affine factor.
at::Tensor insideCells(const Factor &factor, const at::Tensor &original)
{
    // Less than half: what lies between two codes might be rounded to either.
    constexpr double reach = 0.499;
    const at::Tensor values = factor.values();
    const at::Tensor halfCell = spread(factor.scales().scales, factor).mul(reach);
    at::Tensor low = values.sub(halfCell);
    at::Tensor high = values.add(halfCell);
    return at::maximum(at::minimum(original, high), low);
}

at::Tensor begun(const Factor &start, const at::Tensor &original)
{
    const at::Tensor values = start.values();
    if (!original.defined() || original.sizes() != values.sizes() || start.shape().size() != 2)
        return values;
    at::Tensor from = original.detach().to(at::kFloat);
    if (start.inputScale().defined())
        from = from.div(start.inputScale().to(at::kFloat));
    if (start.isMasked())
        from = at::where(start.mask(), from, values);
    if (start.codec().kind == CodecKind::Affine)
        return insideCells(start, from);
    const bool roundsToStart = start.codec().kind != CodecKind::Codebook &&
                               at::equal(Factor::encoded(from, start.codec(), start.mask()).values(),
                                         values);
    return roundsToStart ? from : values;
}

/// 1 for the `keep` largest scores, the earlier of equals first.
at::Tensor largest(const at::Tensor &scores, std::int64_t keep)
{
    const at::Tensor flat = scores.detach().flatten();
    at::Tensor mask = at::zeros({flat.numel()}, at::kBool);
    if (keep >= flat.numel())
        return mask.fill_(true).reshape(scores.sizes());
    std::vector<float> values(flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel());
    if (keep > 0) {
        std::nth_element(values.begin(), values.begin() + (keep - 1), values.end(),
                         std::greater<>());
        const float border = values[static_cast<std::size_t>(keep - 1)];
        const auto *from = flat.data_ptr<float>();
        auto *to = mask.data_ptr<bool>();
        std::int64_t equals =
            keep - std::count_if(from, from + flat.numel(), [&](float x) { return x > border; });
        for (std::int64_t i = 0; i < flat.numel(); ++i)
            to[i] = from[i] > border || (from[i] == border && equals-- > 0);
    }
    return mask.reshape(scores.sizes());
}

std::vector<Factor> factorsOf(const Weight &weight)
{
    assert(!std::holds_alternative<Shared>(weight));
    using Factors = std::vector<Factor>;
    return match(
        weight, [](const Factor &factor) { return Factors{factor}; },
        [](const Product &product) { return Factors{product.left, product.right}; },
        [](const Kronecker &product) { return Factors{product.a, product.b}; },
        [](const Columns &columns) { return Factors{columns.chosen, columns.rest}; },
        [](const Shared &) { return Factors{}; });
}

/// What `original` is of each factor of a weight, where it says anything of it.
std::vector<at::Tensor> originalsOf(const Weight &weight, const at::Tensor &original)
{
    std::vector<at::Tensor> originals(factorsOf(weight).size());
    if (!original.defined())
        return originals;
    if (std::holds_alternative<Factor>(weight))
        originals[0] = original;
    if (const auto *columns = std::get_if<Columns>(&weight)) {
        originals[0] = original.index_select(1, columns->indices.to(at::kLong));
        originals[1] = original.index_select(1, otherColumns(*columns));
    }
    return originals;
}

/// Names of its factors in parameters; empty: the weight's own.
std::vector<std::string> factorNames(const Weight &weight)
{
    using Names = std::vector<std::string>;
    return match(
        weight, [](const Factor &) { return Names{""}; },
        [](const Product &) { return Names{".left", ".right"}; },
        [](const Kronecker &) { return Names{".a", ".b"}; },
        [](const Columns &) { return Names{".chosen", ".rest"}; },
        [](const Shared &) { return Names{}; });
}

} // namespace

TrainableFactor::TrainableFactor(const Factor &start, const at::Tensor &original,
                                 const std::optional<LearnedMask> &mask)
    : m_start(start)
    , m_mask(mask)
{
    const Codec &codec = start.codec();
    if (codec.kind == CodecKind::Codebook) {
        m_codebook = leaf(start.codebook());
        m_codes = start.codes();
    } else if (codec.planes == 2) {
        const Planes planes = start.planes();
        m_latent = leaf(planes.first);
        m_second = leaf(planes.second);
    } else {
        m_latent = leaf(begun(start, original));
    }
    if (codec.kind == CodecKind::Affine)
        m_logScales = leaf(at::zeros({start.scales().scales.numel()}, at::kFloat));
    if (m_mask && m_mask->score != MaskScore::Magnitude)
        m_scores = leaf(at::zeros(start.shape(), at::kFloat));
}

/// Before any mask that is learnt: the latents, or what their codes stand for.
at::Tensor TrainableFactor::trainedValues() const
{
    if (m_second.defined())
        return m_latent.add(m_second);
    if (!m_codebook.defined())
        return m_latent;
    return codebookThrough(m_codebook, m_codes, m_start.codec(),
                           m_mask ? at::Tensor() : m_start.mask());
}

at::Tensor TrainableFactor::learnedMask() const
{
    const std::int64_t count = m_start.count();
    switch (m_mask->score) {
    case MaskScore::Magnitude:
    case MaskScore::Movement: {
        const auto removed = static_cast<std::int64_t>(
            std::floor(m_mask->sparsity * m_maskShare * static_cast<double>(count) + 0.5));
        return largest(m_mask->score == MaskScore::Magnitude ? trainedValues().abs() : m_scores,
                       count - removed);
    }
    case MaskScore::SoftMovement:
        return at::sigmoid(m_scores.detach()).gt(m_mask->threshold * m_maskShare).contiguous();
    }
    return {};
}

Factor TrainableFactor::encodedFrom(const at::Tensor &values, const at::Tensor &mask) const
{
    const c10::NoGradGuard noGradients;
    const Codec &codec = m_start.codec();
    Factor factor;
    if (codec.kind == CodecKind::Codebook)
        factor = Factor::encodedWithCodebook(values, codec, m_codebook, mask);
    else if (codec.kind == CodecKind::Affine)
        factor = Factor::encodedWithScales(
            values, codec, learnedScales(m_start.scales(), m_logScales), mask);
    else
        factor = Factor::encoded(values, codec, mask);
    return withInputScale(factor);
}

Factor TrainableFactor::withInputScale(const Factor &factor) const
{
    return m_start.inputScale().defined() ? factor.withInputScale(m_start.inputScale()) : factor;
}

at::Tensor TrainableFactor::affineView(const at::Tensor &from, const at::Tensor &mask) const
{
    const Codec &codec = m_start.codec();
    if (m_bits <= codec.bits)
        return affineThrough(from, m_logScales, {codec, m_start.scales(), mask});
    Codec finer = codec;
    finer.bits = m_bits;
    return affineThrough(from, m_logScales,
                         {finer, sameRange(m_start.scales(), codec, m_bits), mask});
}

at::Tensor TrainableFactor::maskedBy(const at::Tensor &learned, const at::Tensor &values) const
{
    return m_scores.defined() ? maskedByScores(values, m_scores, learned.to(at::kFloat))
                              : values.mul(learned);
}

/// The gradient reaches either plane as it reaches their sum.
at::Tensor TrainableFactor::viewOfPlanes() const
{
    const at::Tensor learned = m_mask ? learnedMask() : at::Tensor();
    const auto from = [&](const at::Tensor &latent) {
        return m_mask ? maskedBy(learned, latent) : latent;
    };
    const at::Tensor first = from(m_latent), second = from(m_second);
    const at::Tensor mask = m_mask ? at::Tensor() : m_start.mask();
    const Planes stored =
        Factor::encodedPlanes({first, second}, m_start.codec(), m_mask ? learned : mask).planes();
    return straightThrough(first, stored.first, mask)
        .add(straightThrough(second, stored.second, mask));
}

void TrainableFactor::split()
{
    if (m_start.codec().kind != CodecKind::Ternary)
        return;
    const c10::NoGradGuard noGradients;
    const Planes planes = splitTernary(m_latent.detach(), stored());
    Codec codec = m_start.codec();
    codec.kind = CodecKind::Binary;
    codec.planes = 2;
    m_start = withInputScale(Factor::encodedPlanes(planes, codec, m_start.mask()));
    m_latent = leaf(planes.first);
    m_second = leaf(planes.second);
}

at::Tensor TrainableFactor::view() const
{
    if (m_second.defined())
        return viewOfPlanes();
    const Codec &codec = m_start.codec();
    at::Tensor from = trainedValues();
    at::Tensor mask = m_start.mask();
    at::Tensor learned;
    if (m_mask) {
        learned = learnedMask();
        from = maskedBy(learned, from);
        mask = at::Tensor(); // zeros stay zeros, and scores of masked weights want their gradients
    }
    if (codec.kind == CodecKind::Affine)
        return affineView(from, mask);
    const bool isWhole = codec.kind == CodecKind::Codebook ||
                         (codec.kind == CodecKind::Float32 && !mask.defined());
    if (isWhole)
        return from;
    const at::Tensor stored = encodedFrom(from, m_mask ? learned : mask).values();
    return straightThrough(from, stored, mask);
}

Factor TrainableFactor::stored() const
{
    const c10::NoGradGuard noGradients;
    const at::Tensor mask = m_mask ? learnedMask() : m_start.mask();
    if (m_second.defined())
        return withInputScale(
            Factor::encodedPlanes({m_latent, m_second}, m_start.codec(), mask));
    // A dense float32 factor would share the memory that training goes on changing.
    return encodedFrom(trainedValues().detach().clone(), mask);
}

at::Tensor TrainableFactor::inputs(const at::Tensor &x) const
{
    at::Tensor scaled = x;
    if (m_start.inputScale().defined())
        scaled = scaled.mul(m_start.inputScale().to(at::kFloat));
    return m_start.codec().activationBits == 8 ? activationsThrough(scaled) : scaled;
}

void TrainableFactor::listParameters(const std::string &name, std::vector<NamedParameter> &to) const
{
    const ParameterKind kind =
        m_start.shape().size() == 2 ? ParameterKind::Matrix : ParameterKind::Vector;
    if (m_latent.defined())
        to.push_back({name, kind, m_latent});
    if (m_second.defined())
        to.push_back({name + ".second", kind, m_second});
    if (m_codebook.defined())
        to.push_back({name + ".codebook", ParameterKind::Vector, m_codebook});
    if (m_logScales.defined())
        to.push_back({name + ".scales", ParameterKind::Vector, m_logScales});
    if (m_scores.defined())
        to.push_back({name + ".scores", ParameterKind::Scores, m_scores});
}

at::Tensor TrainableFactor::meanGate() const
{
    if (!m_mask || m_mask->score != MaskScore::SoftMovement)
        return {};
    return at::sigmoid(m_scores).mean();
}

TrainableWeight::TrainableWeight(const Weight &start, const at::Tensor &original,
                                 const std::optional<LearnedMask> &mask)
    : m_start(start)
{
    const std::vector<at::Tensor> originals = originalsOf(start, original);
    const std::vector<Factor> factors = factorsOf(start);
    for (std::size_t i = 0; i < factors.size(); ++i)
        m_factors.emplace_back(factors[i], originals[i], mask);
}

std::vector<at::Tensor> TrainableWeight::views() const
{
    std::vector<at::Tensor> views;
    for (const TrainableFactor &factor : m_factors)
        views.push_back(factor.view());
    return views;
}

at::Tensor TrainableWeight::dense(const std::vector<at::Tensor> &views) const
{
    std::vector<at::Tensor> scaled;
    const std::vector<Factor> factors = factorsOf(m_start);
    for (std::size_t i = 0; i < factors.size(); ++i) {
        const at::Tensor &scale = factors[i].inputScale();
        scaled.push_back(scale.defined() ? views[i].mul(scale.to(at::kFloat)) : views[i]);
    }
    return match(
        m_start, [&](const Factor &) { return scaled[0]; },
        [&](const Product &) { return at::mm(scaled[0], scaled[1]); },
        [&](const Kronecker &) { return at::kron(scaled[0], scaled[1]).contiguous(); },
        [&](const Columns &columns) {
            const at::Tensor places =
                at::cat({columns.indices.to(at::kLong), otherColumns(columns)}).argsort();
            return at::cat({scaled[0], scaled[1]}, 1).index_select(1, places);
        },
        [&](const Shared &) { return at::Tensor(); });
}

bool TrainableWeight::isPlain() const
{
    const auto *factor = std::get_if<Factor>(&m_start);
    return factor && !factor->inputScale().defined() && factor->codec().activationBits == 0;
}

at::Tensor TrainableWeight::multiplied(const std::vector<at::Tensor> &views, const at::Tensor &x,
                                       const at::Tensor &bias, TrainingPrecision precision) const
{
    const auto linear = [precision](const at::Tensor &inputs, const at::Tensor &weight,
                                    const at::Tensor &added) {
        return trainedLinear(inputs.contiguous(), weight, added, precision);
    };
    return match(
        m_start,
        [&](const Factor &) {
            return linear(m_factors[0].inputs(x), views[0], bias);
        },
        [&](const Product &) {
            const at::Tensor inner = linear(m_factors[1].inputs(x), views[1], {});
            return linear(m_factors[0].inputs(inner), views[0], bias);
        },
        [&](const Kronecker &) { return linear(x, dense(views), bias); },
        [&](const Columns &columns) {
            const at::Tensor chosen = x.index_select(1, columns.indices.to(at::kLong));
            const at::Tensor rest = x.index_select(1, otherColumns(columns));
            return linear(m_factors[0].inputs(chosen), views[0], bias)
                .add(linear(m_factors[1].inputs(rest), views[1], {}));
        },
        [&](const Shared &) { return at::Tensor(); });
}

Weight TrainableWeight::stored() const
{
    return match(
        m_start, [&](const Factor &) -> Weight { return m_factors[0].stored(); },
        [&](const Product &) -> Weight {
            return Product{m_factors[0].stored(), m_factors[1].stored()};
        },
        [&](const Kronecker &) -> Weight {
            return Kronecker{m_factors[0].stored(), m_factors[1].stored()};
        },
        [&](const Columns &columns) -> Weight {
            return Columns{columns.indices, m_factors[0].stored(), m_factors[1].stored()};
        },
        [&](const Shared &shared) -> Weight { return shared; });
}

void TrainableWeight::split()
{
    for (TrainableFactor &factor : m_factors)
        factor.split();
}

void TrainableWeight::listParameters(const std::string &name, std::vector<NamedParameter> &to) const
{
    const std::vector<std::string> names = factorNames(m_start);
    for (std::size_t i = 0; i < m_factors.size(); ++i)
        m_factors[i].listParameters(name + names[i], to);
}

} // namespace pare
