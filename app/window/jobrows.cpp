#include "app/window/jobrows.h"

#include "widgets/theme/words.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <cmath>

namespace pare {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pare::JobsPanel)
};

QString stateText(JobEntry::State state, std::size_t place)
{
    switch (state) {
    case JobEntry::State::Running:
        return Words::tr("running");
    case JobEntry::State::Paused:
        return Words::tr("paused");
    case JobEntry::State::Waiting:
        return place == 1 ? Words::tr("next") : Words::tr("waits, %1").arg(place);
    case JobEntry::State::Finished:
        return Words::tr("done");
    case JobEntry::State::Cancelled:
        return Words::tr("cancelled");
    case JobEntry::State::Failed:
        break;
    }
    return Words::tr("failed");
}

JobRow::Kind kindOf(JobEntry::State state)
{
    switch (state) {
    case JobEntry::State::Running:
        return JobRow::Kind::Running;
    case JobEntry::State::Paused:
        return JobRow::Kind::Paused;
    case JobEntry::State::Waiting:
        return JobRow::Kind::Waiting;
    default:
        return JobRow::Kind::Ended;
    }
}

QString durationText(double seconds)
{
    if (seconds < 10)
        return Words::tr("%1 s").arg(numberText(seconds, 1));
    const auto whole = std::lround(seconds);
    return whole < 120 ? Words::tr("%1 s").arg(whole)
                       : Words::tr("%1 min %2 s").arg(whole / 60).arg(whole % 60);
}

} // namespace

std::vector<JobRow> jobRows(const std::vector<JobEntry> &entries)
{
    std::vector<JobRow> rows;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const JobEntry &entry = entries[i];
        JobRow row;
        row.number = entry.number;
        row.kind = kindOf(entry.state);
        row.state = stateText(entry.state, i);
        Message title = entry.title;
        if (!entry.name.empty())
            title.arguments.at(0) = translated(entry.name).toStdString();
        row.title = translated(title);
        if (row.kind != JobRow::Kind::Waiting) {
            const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(
                entry.began.time_since_epoch());
            row.began = QLocale::c().toString(QDateTime::fromMSecsSinceEpoch(since.count()).time(),
                                              QStringLiteral("HH:mm:ss"));
            row.took = durationText(entry.seconds);
        }
        row.failed = entry.error.has_value();
        row.result = translated(entry.error.value_or(entry.figure));
        row.repeatable = entry.repeatable;
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace pare
