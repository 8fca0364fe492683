// A report as Markdown with GitHub's tables. Pictures are told in words: a Markdown file cannot hold
// them, and the tables beside them have their numbers. A free function; any thread.
#pragma once

#include "app/report/content.h"

#include <QByteArray>

namespace pare {

/// UTF-8.
QByteArray markdownOf(const ReportContent &content);

} // namespace pare
