#include "core/weights/weight.h"

namespace pare {

std::int64_t parameterCount(const Weight &weight)
{
    struct Counter
    {
        std::int64_t operator()(const Factor &factor) const { return factor.keptCount(); }
        std::int64_t operator()(const Product &product) const
        {
            return product.left.keptCount() + product.right.keptCount();
        }
        std::int64_t operator()(const Kronecker &kronecker) const
        {
            return kronecker.a.keptCount() + kronecker.b.keptCount();
        }
        std::int64_t operator()(const Columns &columns) const
        {
            return columns.chosen.keptCount() + columns.rest.keptCount();
        }
        std::int64_t operator()(const Shared &) const { return 0; }
    };
    return std::visit(Counter(), weight);
}

} // namespace pare
