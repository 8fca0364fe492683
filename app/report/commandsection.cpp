#include "app/report/sections.h"

#include "app/report/commands.h"

#include <algorithm>

namespace pare {

ReportBlocks commandBlocks(const ReportGroup &group, const ReportNumbers &numbers,
                           std::size_t mostRuns)
{
    QStringList lines;
    bool students = false;
    std::vector<std::size_t> told = bySize(group);
    told.resize(std::min(told.size(), mostRuns));
    for (const std::size_t index : told) {
        const Run &run = group.runs[index].run;
        const Interval *accuracy = primaryOf(run.measured, run);
        QString what = ReportWords::tr("run %1: %2; %3")
                           .arg(QString::fromStdString(run.id), nameOf(run),
                                numbers.bytes(run.measured.bytes));
        if (accuracy)
            what += QStringLiteral(", ") + numbers.percent(accuracy->value);
        lines << "# " + what << QString::fromStdString(repeatingCommand(run)) << QString();
        students = students || run.distillation;
    }
    lines.removeLast();
    QString text = ReportWords::tr("With the same model, data, versions, threads and kernels these "
                                   "commands give the same weights, answers and run numbers; times "
                                   "differ. Add --project FILE.pare to keep the runs.");
    if (students)
        text += ' ' + ReportWords::tr("STUDENT is a folder that the student is written to.");
    if (told.size() < group.runs.size())
        text += ' ' + ReportWords::tr("These are the %1 smallest of %2 runs.")
                          .arg(numbers.count(static_cast<std::int64_t>(told.size())),
                               numbers.count(static_cast<std::int64_t>(group.runs.size())));
    return {ReportParagraph{text}, ReportCode{lines.join('\n')}};
}

} // namespace pare
