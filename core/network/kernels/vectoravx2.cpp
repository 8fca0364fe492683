#include "core/network/kernels/vectorcode.h"

#pragma GCC push_options
#pragma GCC target("avx2,fma")
namespace pare::avx2 {
namespace {

constexpr int lanes = 8;
constexpr int blockRows = 6;
constexpr int blockVectors = 2;

#include "core/network/kernels/vectorcode.inc"

#include "core/network/kernels/lowprecision.inc"

} // namespace
} // namespace pare::avx2
#pragma GCC pop_options

namespace pare {

constinit const VectorCode vectorCodeAvx2 = {"avx2",         avx2::headScratch, avx2::attendHead,
                                             avx2::normRows, avx2::addTo,       avx2::quantizeRow,
                                             avx2::roundRow, avx2::rescaleRow};

} // namespace pare
