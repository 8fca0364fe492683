#include "core/compression/factorize/safe.h"

#include "core/network/normaldraw.h"

#include <ATen/ops/zeros.h>
#include <cmath>

namespace pare {

namespace {

constexpr std::uint64_t seed = 1; // a recipe makes the same weights wherever it is carried out

} // namespace

NetworkSpecification withTokenAttention(NetworkSpecification specification, const RecipePlan &plan)
{
    if (plan.tokenAttention) {
        specification.embedding.attentionWidth = plan.tokenAttention->width;
        specification.embedding.attentionHeads = plan.tokenAttention->heads;
    }
    return specification;
}

ModelWeights tokenAttentionWeights(const PlannedTokenAttention &planned)
{
    const std::int64_t width = planned.width;
    const double deviation = 1 / std::sqrt(static_cast<double>(width));
    ModelWeights weights;
    for (const char *part : {"query", "key", "value"}) {
        const std::string name = std::string("embedding.attention.") + part;
        weights.layers[name] = {Factor::dense(normalDraw({width, width}, deviation, seed, name)),
                                at::zeros({width}, at::kFloat)};
    }
    weights.layers["embedding.attention.output"] = {
        Factor::dense(at::zeros({width, width}, at::kFloat)), at::zeros({width}, at::kFloat)};
    return weights;
}

} // namespace pare
