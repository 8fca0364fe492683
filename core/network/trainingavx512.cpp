#include "core/network/kernels/vectorcode.h"
#include "core/network/trainingcode.h"

#pragma GCC push_options
#pragma GCC target("avx512f,avx512vl,avx512bw,avx512dq,avx2,fma")
namespace pare::avx512 {
namespace {

constexpr int lanes = 16;
constexpr int blockRows = 6;
constexpr int blockVectors = 4;

#include "core/network/kernels/vectorcode.inc"

#include "core/network/trainingcode.inc"

} // namespace
} // namespace pare::avx512
#pragma GCC pop_options

namespace pare {

const TrainingCode trainingCodeAvx512 = {"avx512",
                                         avx512::trainedHeadScratch,
                                         avx512::attendForward,
                                         avx512::attendBackward,
                                         avx512::normForward,
                                         avx512::normBackward,
                                         avx512::dropRows,
                                         avx512::gelu,
                                         avx512::geluBackward,
                                         avx512::sumRows,
                                         avx512::addTo,
                                         avx512::crossEntropy,
                                         avx512::adam,
                                         avx512::squaredSum};

} // namespace pare
