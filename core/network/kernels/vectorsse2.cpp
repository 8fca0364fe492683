#include "core/network/kernels/vectorcode.h"

namespace pare::sse2 {
namespace {

constexpr int lanes = 4;
constexpr int blockRows = 6;
constexpr int blockVectors = 2;

#include "core/network/kernels/vectorcode.inc"

#include "core/network/kernels/lowprecision.inc"

} // namespace
} // namespace pare::sse2

namespace pare {

constinit const VectorCode vectorCodeSse2 = {"sse2",         sse2::headScratch, sse2::attendHead,
                                             sse2::normRows, sse2::addTo,       sse2::quantizeRow,
                                             sse2::roundRow, sse2::rescaleRow};

} // namespace pare
