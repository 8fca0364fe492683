// A table on paper: columns as wide as they must be, heads repeated on every page. A free function;
// the application's thread.
#pragma once

#include "app/report/content.h"
#include "app/report/pdfpages.h"

namespace pare {

void drawTable(PdfPages &pages, const ReportTable &table);

} // namespace pare
