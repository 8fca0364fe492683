#include "core/network/attentionlayer.h"

#include <ATen/ops/empty.h>
#include <cmath>

namespace pare {

at::Tensor AttentionLayer::context(const at::Tensor &x, const PackedBatch &batch) const
{
    std::array<at::Tensor, 3> parts;
    std::array<const float *, 3> rows{};
    std::int64_t stride = width();
    if (queryKeyValue) {
        parts[0] = (*queryKeyValue)(x);
        stride = 3 * width();
        for (std::size_t i = 0; i < rows.size(); ++i)
            rows[i] = parts[0].data_ptr<float>() + static_cast<std::int64_t>(i) * width();
    } else {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            parts[i] = (*separate[i])(x);
            rows[i] = parts[i].data_ptr<float>();
        }
    }
    at::Tensor context = at::empty({x.size(0), width()}, at::kFloat);
    for (const PackedBatch::Group &group : batch.groups) {
        AttentionArguments arguments;
        arguments.q = rows[0] + group.firstToken * stride;
        arguments.k = rows[1] + group.firstToken * stride;
        arguments.v = rows[2] + group.firstToken * stride;
        arguments.out = context.data_ptr<float>() + group.firstToken * width();
        arguments.batch = group.sequences;
        arguments.length = group.length;
        arguments.heads = heads;
        arguments.headWidth = headWidth;
        arguments.stride = stride;
        arguments.scale = static_cast<float>(1 / std::sqrt(static_cast<double>(headWidth)));
        arguments.mask = mask;
        attention(arguments);
    }
    return context;
}

std::int64_t AttentionLayer::multiplyAdds(const PackedBatch &batch) const
{
    std::int64_t perToken = output->multiplyAdds();
    if (queryKeyValue)
        perToken += queryKeyValue->multiplyAdds();
    for (const auto &linear : separate)
        perToken += linear ? linear->multiplyAdds() : 0;
    std::int64_t total = perToken * batch.tokens();
    for (const PackedBatch::Group &group : batch.groups)
        total += 2 * group.sequences * group.length * group.length * width();
    return total;
}

} // namespace pare
