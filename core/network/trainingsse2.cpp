#include "core/network/kernels/vectorcode.h"
#include "core/network/trainingcode.h"

namespace pare::sse2 {
namespace {

constexpr int lanes = 4;
constexpr int blockRows = 6;
constexpr int blockVectors = 2;

#include "core/network/kernels/vectorcode.inc"

#include "core/network/trainingcode.inc"

} // namespace
} // namespace pare::sse2

namespace pare {

const TrainingCode trainingCodeSse2 = {"sse2",
                                       sse2::trainedHeadScratch,
                                       sse2::attendForward,
                                       sse2::attendBackward,
                                       sse2::normForward,
                                       sse2::normBackward,
                                       sse2::dropRows,
                                       sse2::gelu,
                                       sse2::geluBackward,
                                       sse2::sumRows,
                                       sse2::addTo,
                                       sse2::crossEntropy,
                                       sse2::adam,
                                       sse2::squaredSum};

} // namespace pare
