#include "core/compression/factorize/svdrank.h"

#include "core/base/error.h"
#include "core/compression/factorize/rankchoice.h"
#include "core/compression/messages.h"

#include <cassert>
#include <cmath>

#include <fmt/format.h>

namespace pare {

std::int64_t svdRank(const Step &step, const Layer &layer)
{
    assert(layer.isMatrix());
    const std::int64_t out = layer.shape[0];
    const std::int64_t in = layer.shape[1];
    const double breakEven = breakEvenRank(out, in);
    const std::string shape = fmt::format("[{}, {}]", out, in);
    const std::string limit = fmt::format("{:.6g}", breakEven);
    std::int64_t rank = 0;
    if (step.has("rank")) {
        rank = step.integer("rank");
    } else {
        // The margin keeps 0.29 · 100 at 29 although it is 28.999… in binary.
        rank = static_cast<std::int64_t>(std::floor(step.real("keep") * breakEven * (1 + 1e-12)));
        if (rank < 1)
            throw Error(ErrorKind::InvalidSetting, messages::rankBelowOne, step.technique,
                        step.choice("keep"), layer.name, shape, limit);
    }
    if (!rankSaves(rank, out, in))
        throw Error(ErrorKind::InvalidSetting, messages::rankSavesNothing, step.technique, rank,
                    layer.name, shape, limit);
    return rank;
}

} // namespace pare
