#include "app/report/sections.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>

namespace pare {

namespace {

QString formatText(const ExportRecord &record)
{
    const auto text = [](std::string_view name) {
        return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    };
    const QString format = text(titleOf(record.format));
    return record.format == ExportFormat::Packed // each number as it was measured
               ? format
               : format + QStringLiteral(", ") + text(nameOf(record.dtype));
}

/// Of the place it was written to, the last part alone; its format says how the file is called.
QString folderOf(const KeptExport &kept)
{
    return QFileInfo(QString::fromStdString(kept.file)).dir().dirName();
}

QString recipeText(const ReportGroup &group, const KeptExport &kept)
{
    const auto run = std::ranges::find_if(
        group.runs, [&kept](const RunFacts &facts) { return holds(kept, facts.run); });
    if (run != group.runs.end())
        return nameOf(run->run);
    Run unmeasured;
    unmeasured.recipe = kept.record.recipe;
    return ReportWords::tr("%1 (not measured)").arg(nameOf(unmeasured));
}

ReportRow rowOf(const ReportGroup &group, const KeptExport &kept, const ReportNumbers &numbers)
{
    const ExportRecord &record = kept.record;
    const Parity parity = record.parity.value_or(Parity());
    const bool answered = parity.examples > 0;
    const bool counted = answered && parity.compared == Compared::Logits;
    ReportRow row;
    row.cells = {{folderOf(kept)},
                 {recipeText(group, kept)},
                 {formatText(record)},
                 {numbers.count(record.bytes)},
                 {answered ? numbers.locale().toString(parity.largestDifference, 'g', 2)
                           : QStringLiteral("–")},
                 {counted ? QStringLiteral("%1 / %2").arg(numbers.count(parity.changedAnswers),
                                                          numbers.count(parity.examples))
                          : QStringLiteral("–")},
                 {!answered             ? QStringLiteral("–")
                  : parity.data.empty() ? ReportWords::tr("random tokens")
                                        : QString::fromStdString(parity.data)},
                 {parity.passed()
                      ? ReportWords::tr("passed")
                      : ReportWords::tr("failed: %1").arg(QString::fromStdString(parity.failure))},
                 {QString::fromStdString(kept.time).left(16).replace('T', ' ')}};
    return row;
}

QString versionsText(const ExportRecord &record)
{
    QStringList versions;
    for (const char *name : {"pare", "libtorch", "machine"}) {
        if (const auto found = record.versions.find(name); found != record.versions.end())
            versions << QString::fromStdString(found->first + ' ' + found->second);
    }
    return versions.join(QStringLiteral(", "));
}

/// Of the file with the weights, as it was when it had been written.
ReportTable hashesOf(const ReportGroup &group)
{
    ReportTable table;
    table.columns = {{ReportWords::tr("file"), ColumnKind::Words},
                     {QStringLiteral("SHA-256"), ColumnKind::Code}};
    for (const KeptExport &kept : group.exports) {
        const auto file = kept.record.files.find(std::string(weightFileOf(kept.record.format)));
        if (file != kept.record.files.end())
            table.rows.push_back({{{QString::fromStdString(placeOf(kept))},
                                   {{}, {QString::fromStdString(file->second.sha256)}}}});
    }
    return table;
}

} // namespace

ReportBlocks exportBlocks(const ReportGroup &group, const ReportNumbers &numbers)
{
    if (group.exports.empty())
        return {};
    ReportTable table;
    table.columns = {{ReportWords::tr("folder"), ColumnKind::Words},
                     {ReportWords::tr("recipe"), ColumnKind::Words},
                     {ReportWords::tr("format"), ColumnKind::Words},
                     {ReportWords::tr("bytes")},
                     {ReportWords::tr("largest difference")},
                     {ReportWords::tr("answers changed")},
                     {ReportWords::tr("examples of"), ColumnKind::Words},
                     {ReportWords::tr("read again"), ColumnKind::Words},
                     {ReportWords::tr("when, UTC"), ColumnKind::Words}};
    QStringList versions;
    for (const KeptExport &kept : group.exports) {
        table.rows.push_back(rowOf(group, kept, numbers));
        if (const QString text = versionsText(kept.record); !versions.contains(text))
            versions << text;
    }
    ReportBlocks blocks;
    blocks.push_back(ReportParagraph{ReportWords::tr(
        "Each file was opened again after it had been written, by readers that know its format "
        "alone, and compared: every weight, and the answers to the examples. The largest "
        "difference is that of one logit (of a model without any, of a hidden state) from what "
        "was measured; where a format rounds, that is more than nothing.")});
    const bool failed = std::ranges::any_of(group.exports, [](const KeptExport &kept) {
        return !kept.record.parity || !kept.record.parity->passed();
    });
    if (failed)
        blocks.push_back(ReportParagraph{
            ReportWords::tr("A file below is not what was written to it, and must not be used."),
            ParagraphTone::Alert});
    blocks.push_back(std::move(table));
    if (ReportTable hashes = hashesOf(group); !hashes.rows.empty())
        blocks.push_back(std::move(hashes));
    blocks.push_back(
        ReportParagraph{ReportWords::tr("Written by: %1.").arg(versions.join(QStringLiteral("; "))),
                        ParagraphTone::Quiet});
    return blocks;
}

} // namespace pare
