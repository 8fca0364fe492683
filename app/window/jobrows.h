// The rows of the list of jobs: from the document's values to the panel's. Window's thread.
#pragma once

#include "app/document/documentvalues.h"
#include "widgets/panels/jobspanel.h"

#include <vector>

namespace pare {

std::vector<JobRow> jobRows(const std::vector<JobEntry> &entries);

} // namespace pare
