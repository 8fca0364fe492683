// Where the sentences of running text end. Free functions; any thread.
#pragma once

#include <string_view>
#include <vector>

namespace pare {

/// The sentences of UTF-8 text in order, without the white space around them; none of them blank.
/// They point into `text`. By the rules of Unicode (UAX #29), which hold for Korean as for English,
/// but for common English abbreviations ("Mr.", "Prof."), which end none. A line end always does.
/// Throws InvalidSetting where the text is not UTF-8, Unsupported from 2 GiB on.
std::vector<std::string_view> sentencesOf(std::string_view text);

} // namespace pare
