// Runs as values for the tests of the charts, made from figures alone.
#pragma once

#include "widgets/charts/tradeoffdata.h"

namespace pare::test {

inline TradeoffPoint point(const char *id, const char *title, double megabytes, double percent,
                           std::vector<Family> families)
{
    TradeoffPoint point;
    point.id = QString::fromLatin1(id);
    point.title = QString::fromLatin1(title);
    point.x = megabytes * 1e6;
    point.y = percent / 100;
    point.low = point.y - 0.008;
    point.high = point.y + 0.008;
    point.original = families.empty();
    point.families = std::move(families);
    return point;
}

inline TradeoffData runs()
{
    using enum Family;
    TradeoffData data;
    data.points = {
        point("r0", "original", 8.21, 92.4, {}),
        point("r1", "8 bits", 4.30, 92.3, {Quantization}),
        point("r2", "4 bits, groups of 64", 2.30, 91.3, {Quantization}),
        point("r3", "3 bits, groups of 32", 1.75, 87.6, {Quantization}),
        point("r4", "2 bits, groups of 32", 1.35, 80.2, {Quantization}),
        point("r5", "rank 48", 6.10, 91.9, {LowRank}),
        point("r6", "rank 32", 4.90, 90.1, {LowRank}),
        point("r7", "rank 16", 3.80, 85.2, {LowRank}),
        point("r8", "sandwich", 5.20, 89.2, {Sharing}),
        point("r9", "one shared block", 3.90, 84.0, {Sharing}),
        point("r10", "50 % pruned", 6.60, 92.1, {Pruning}),
        point("r11", "2:4 pruned", 4.80, 90.6, {Pruning}),
        point("r12", "80 % pruned", 3.30, 82.5, {Pruning}),
        point("r13", "sandwich + 4 bits, groups of 64", 1.95, 90.6, {Sharing, Quantization}),
        point("r14", "rank 32 + 8 bits", 1.45, 88.3, {LowRank, Quantization}),
        point("r15", "4 bits + distilled", 2.05, 91.0, {Quantization, Training}),
    };
    data.current = TradeoffCurrent{3.94e6, 0.916, 0.908, 0.924, Certainty::Predicted};
    return data;
}

} // namespace pare::test
