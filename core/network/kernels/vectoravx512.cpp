#include "core/network/kernels/vectorcode.h"

#pragma GCC push_options
#pragma GCC target("avx512f,avx512vl,avx512bw,avx512dq,avx2,fma")
namespace pare::avx512 {
namespace {

constexpr int lanes = 16;
constexpr int blockRows = 6;
constexpr int blockVectors = 4;

#include "core/network/kernels/vectorcode.inc"

#include "core/network/kernels/lowprecision.inc"

} // namespace
} // namespace pare::avx512
#pragma GCC pop_options

namespace pare {

constinit const VectorCode vectorCodeAvx512 = {
    "avx512",      avx512::headScratch, avx512::attendHead, avx512::normRows,
    avx512::addTo, avx512::quantizeRow, avx512::roundRow,   avx512::rescaleRow};

} // namespace pare
