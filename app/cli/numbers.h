// Checks of numbers on the command line, which say what is expected in words.
//
// Stateless.
#pragma once

#include <CLI/Error.hpp>
#include <CLI/Validators.hpp>

namespace pare {

/// A finite number above 0.
CLI::Validator aboveZero();
/// A share from 0 to 1.
CLI::Validator share();
/// A whole number from 0 to 2^64 − 1: a seed.
CLI::Validator wholeNumber();
/// A size such as 500MB, kept as bytes; none below 0.
CLI::Validator byteSize();

} // namespace pare
