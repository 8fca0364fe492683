#include "core/network/kernels/vectorcode.h"
#include "core/network/trainingcode.h"

#pragma GCC push_options
#pragma GCC target("avx2,fma")
namespace pare::avx2 {
namespace {

constexpr int lanes = 8;
constexpr int blockRows = 6;
constexpr int blockVectors = 2;

#include "core/network/kernels/vectorcode.inc"

#include "core/network/trainingcode.inc"

} // namespace
} // namespace pare::avx2
#pragma GCC pop_options

namespace pare {

const TrainingCode trainingCodeAvx2 = {"avx2",
                                       avx2::trainedHeadScratch,
                                       avx2::attendForward,
                                       avx2::attendBackward,
                                       avx2::normForward,
                                       avx2::normBackward,
                                       avx2::dropRows,
                                       avx2::gelu,
                                       avx2::geluBackward,
                                       avx2::sumRows,
                                       avx2::addTo,
                                       avx2::crossEntropy,
                                       avx2::adam,
                                       avx2::squaredSum};

} // namespace pare
