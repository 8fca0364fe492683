// A report as PDF: A4, vector pictures, numbered pages.
//
// Needs a QApplication (the offscreen platform will do); the application's thread.
#pragma once

#include "app/report/content.h"

#include <QByteArray>
#include <string>

namespace pare {

/// `embedded` (embeddedJson()) is attached as pare.json.
QByteArray pdfOf(const ReportContent &content, const std::string &embedded);

} // namespace pare
