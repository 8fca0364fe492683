#include "app/report/sections.h"

#include "app/report/commands.h"

namespace pare {

ReportBlocks commandBlocks(const ReportGroup &group, const ReportNumbers &numbers)
{
    QStringList lines;
    bool students = false;
    for (const RunFacts &facts : group.runs) {
        const Run &run = facts.run;
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
    return {ReportParagraph{text}, ReportCode{lines.join('\n')}};
}

} // namespace pare
