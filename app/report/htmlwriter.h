// A report as one HTML file that needs nothing else: no scripts, no network, pictures and data
// inside, light and dark, for screen and paper.
//
// Needs a QApplication (the offscreen platform will do); the application's thread.
#pragma once

#include "app/report/content.h"

#include <QByteArray>
#include <string>

namespace pare {

inline constexpr qsizetype longestHtml = 5'000'000; ///< bytes

/// The whole document, UTF-8, shorter than longestHtml as long as `embedded` (embeddedJson()) keeps
/// to its limit: where pictures would take too much, the dark ones go, then they are drawn more
/// coarsely.
QByteArray htmlOf(const ReportContent &content, const std::string &embedded);

} // namespace pare
