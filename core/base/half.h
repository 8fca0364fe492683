// Half precision (IEEE 754 binary16) as bits, without LibTorch. Free functions; any thread.
#pragma once

#include <cstdint>

namespace pare {

/// The nearest half, ties to even; what is larger than the largest finite one (65504) becomes that,
/// so that finite numbers stay finite. Not a number stays one.
std::uint16_t halfBits(float value);

/// Exact.
float halfValue(std::uint16_t bits);

} // namespace pare
