// Whether a model is right as often as it says. A free function; any thread.
#pragma once

#include "core/evaluation/statistics.h"

#include <cstdint>
#include <span>

namespace pare {

/// The expected calibration error (Naeini, Cooper and Hauskrecht 2015): examples in 15 bins of equal
/// width by confidence (0…1), the mean over them of |share that is right − mean confidence|.
///
/// Absolute values of noise do not cancel, so that few examples make it too large: by nothing where
/// bins are far off, by the mean of the noise where none is. Its interval is the bootstrap's spread
/// over examples, the lower end less that mean, and so covers the truth in 95 % at least. `correct`
/// (1 or 0) is as long as `confidences`; none: 0 in [0, 1].
Interval calibrationError(std::span<const double> confidences,
                          std::span<const std::uint8_t> correct,
                          const BootstrapOptions &options = {});

} // namespace pare
