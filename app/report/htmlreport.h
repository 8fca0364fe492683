// A project's runs as one HTML file: no scripts, no network, pictures inside.
//
// Needs a QApplication (the offscreen platform will do); call it on the application's thread.
#pragma once

#include "core/model/layer.h"
#include "core/model/run.h"

#include <QString>
#include <QStringList>
#include <vector>

namespace pare {

struct ReportContent
{
    QString title;
    std::vector<Run>
        runs; ///< all of one model and data set, in the order in which they were measured
    ModelDescription model; ///< of the original
    QStringList remarks;    ///< one paragraph each, below the summary
};

/// The whole document, UTF-8. Runs must not be empty.
QByteArray htmlReport(const ReportContent &content);

/// The run with the smallest file whose accuracy is at most `points` (of 100) below its original's.
const Run *smallestWithin(const std::vector<Run> &runs, double points);

} // namespace pare
