// Checks of what stands behind an option, which say in words what is expected and what was found.
//
// Stateless. What they refuse is wrong usage, whatever the files named beside it hold.
#pragma once

#include "core/base/error.h"

#include <CLI/Error.hpp>
#include <CLI/Validators.hpp>
#include <cstdint>
#include <string>
#include <vector>

namespace pare {

/// A finite number above 0.
CLI::Validator aboveZero();
/// A number from `lowest` to `highest`, both among them.
CLI::Validator between(double lowest, double highest);
/// A whole number from `lowest` to `highest`, both among them.
CLI::Validator wholeNumber(std::uint64_t lowest = 0, std::uint64_t highest = UINT64_MAX);
/// A size such as 500MB, kept as bytes; none below 0.
CLI::Validator byteSize();
/// One of these words.
CLI::Validator oneOf(std::vector<std::string> words);

/// Anything but nothing.
CLI::Validator notEmpty();

/// What `parse` takes; the words of the Error that it throws otherwise.
template <class Parse>
CLI::Validator parsedBy(Parse parse)
{
    return CLI::Validator(
        [parse](const std::string &text) -> std::string {
            try {
                parse(text);
                return {};
            } catch (const Error &error) {
                return error.what();
            }
        },
        "");
}

} // namespace pare
