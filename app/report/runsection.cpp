#include "app/report/sections.h"

#include <algorithm>

namespace pare {

namespace {

constexpr qsizetype longestText = 220; // characters of an example

QString verdictWord(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Better:
        return ReportWords::tr("better");
    case Verdict::Worse:
        return ReportWords::tr("worse");
    case Verdict::Same:
        return ReportWords::tr("no difference");
    case Verdict::Open:
        break;
    }
    return ReportWords::tr("open");
}

RowKind kindOf(const ReportGroup &group, std::size_t index)
{
    if (isOriginal(group.runs[index].run))
        return RowKind::Original;
    return index == group.chosen ? RowKind::Chosen : RowKind::Plain;
}

QString timeText(const Run &run, const ReportNumbers &numbers)
{
    const double median = run.measured.latencyMs.median;
    return median > 0 ? numbers.number(median, 2) : QStringLiteral("–");
}

ReportRow runRow(const ReportGroup &group, std::size_t index, const ReportNumbers &numbers)
{
    const RunFacts &facts = group.runs[index];
    const Run &run = facts.run;
    const Interval *accuracy = primaryOf(run.measured, run);
    const bool compared = facts.answers && facts.answers->comparison;
    QStringList steps;
    for (const Step &step : allSteps(run))
        steps << QString::fromStdString(step.text());
    ReportRow row{{}, kindOf(group, index)};
    row.cells = {
        {nameOf(run), steps, group.onFront[index] ? ReportWords::tr("front") : QString()},
        {numbers.bytes(run.measured.bytes)},
        {numbers.shareOf(run.measured.bytes, run.baseline.bytes)},
        {accuracy ? numbers.interval(*accuracy) : ReportWords::tr("not measured")},
        {compared ? numbers.pointsInterval(facts.answers->comparison->difference) : QString()},
        {compared ? verdictWord(facts.answers->comparison->verdict) : QString()},
        {run.labelLoyalty.n > 0 ? numbers.percent(run.labelLoyalty.value) : QString()},
        {timeText(run, numbers)},
        {{}, {QString::fromStdString(run.id)}}};
    return row;
}

/// On one line, without what a reader could take for formatting, and not too long.
QString oneLine(const std::string &text)
{
    QString line = QString::fromStdString(text).simplified();
    for (QChar &c : line) {
        if (c.category() == QChar::Other_Control)
            c = ' ';
    }
    return line.size() > longestText ? line.left(longestText - 1) + QStringLiteral("…") : line;
}

QString labelName(const ReportGroup &group, std::int32_t label)
{
    const auto index = static_cast<std::size_t>(label);
    return index < group.labels.size() ? QString::fromStdString(group.labels[index])
                                       : QString::number(label);
}

ReportTable changesTable(const ReportGroup &group, const ReportNumbers &numbers,
                         std::size_t mostRows)
{
    ReportTable table;
    table.columns = {{ReportWords::tr("recipe"), ColumnKind::Words},
                     {ReportWords::tr("changed")},
                     {ReportWords::tr("of all")},
                     {ReportWords::tr("better")},
                     {ReportWords::tr("worse")},
                     {ReportWords::tr("wrong either way")},
                     {ReportWords::tr("collapsed slices"), ColumnKind::Words}};
    for (const std::size_t index : bySize(group)) {
        const RunFacts &facts = group.runs[index];
        if (!facts.answers || isOriginal(facts.run) || table.rows.size() >= mostRows)
            continue;
        const FlipCounts &changed = facts.answers->changed;
        QStringList collapsed;
        for (const CollapsedSlice &slice : facts.answers->collapsed)
            collapsed << ReportWords::tr("%1: %2 → %3")
                             .arg(sliceName(group, slice.slice, numbers),
                                  numbers.percent(slice.originalAccuracy, 1),
                                  numbers.percent(slice.accuracy, 1));
        table.rows.push_back({{{nameOf(facts.run)},
                               {numbers.count(changed.all())},
                               {numbers.shareOf(changed.all(), facts.answers->examples)},
                               {numbers.count(changed.better)},
                               {numbers.count(changed.worse)},
                               {numbers.count(changed.otherwiseWrong)},
                               {collapsed.join(QStringLiteral("; "))}},
                              kindOf(group, index)});
    }
    return table;
}

ReportTable examplesTable(const ReportGroup &group, const ReportNumbers &numbers)
{
    ReportTable table;
    table.caption = ReportWords::tr("Changed answers of %1 that the original was surest of")
                        .arg(nameOf(group.chosenRun().run));
    const bool texts = group.withoutTexts.empty();
    table.columns = {{ReportWords::tr("example")},
                     {ReportWords::tr("text"), ColumnKind::Words},
                     {ReportWords::tr("correct"), ColumnKind::Words},
                     {ReportWords::tr("original"), ColumnKind::Words},
                     {ReportWords::tr("now"), ColumnKind::Words}};
    if (!texts)
        table.columns.erase(table.columns.begin() + 1);
    const auto answer = [&](std::int32_t label, double confidence) {
        return ReportWords::tr("%1 (%2)").arg(labelName(group, label),
                                              numbers.percent(confidence, 0));
    };
    for (const ChangedExample &example : group.examples) {
        const Flip &flip = example.flip;
        ReportRow row;
        row.cells = {{numbers.count(static_cast<std::int64_t>(flip.example))},
                     {oneLine(example.text)},
                     {labelName(group, flip.gold)},
                     {answer(flip.original, flip.originalConfidence)},
                     {answer(flip.now, flip.confidence)}};
        if (!texts)
            row.cells.erase(row.cells.begin() + 1);
        table.rows.push_back(std::move(row));
    }
    return table;
}

std::int64_t withoutAnswers(const ReportGroup &group)
{
    return std::ranges::count_if(group.runs, [](const RunFacts &facts) { return !facts.answers; });
}

} // namespace

std::vector<std::size_t> bySize(const ReportGroup &group)
{
    std::vector<std::size_t> order(group.runs.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::ranges::stable_sort(order, {},
                             [&](std::size_t i) { return group.runs[i].run.measured.bytes; });
    return order;
}

QString sliceName(const ReportGroup &group, const Slice &slice, const ReportNumbers &numbers)
{
    switch (slice.kind) {
    case SliceKind::Label:
        return labelName(group, slice.label);
    case SliceKind::Words:
        return slice.low == slice.high
                   ? ReportWords::tr("texts of %1 words").arg(numbers.number(slice.low, 0))
                   : ReportWords::tr("texts of %1 … %2 words")
                         .arg(numbers.number(slice.low, 0), numbers.number(slice.high, 0));
    case SliceKind::RareWords:
        return slice.low == slice.high
                   ? ReportWords::tr("texts with %1 rare words").arg(numbers.percent(slice.low, 0))
                   : ReportWords::tr("texts with %1 … %2 rare words")
                         .arg(numbers.percent(slice.low, 0), numbers.percent(slice.high, 0));
    case SliceKind::All:
        break;
    }
    return ReportWords::tr("all examples");
}

QString collapseSentence(const ReportGroup &group, const CollapsedSlice &slice,
                         const ReportNumbers &numbers)
{
    return ReportWords::tr(
               "The mean hides a loss: among %1 right answers fell from %2 to %3, among the "
               "rest from %4 to %5.")
        .arg(sliceName(group, slice.slice, numbers), numbers.percent(slice.originalAccuracy, 1),
             numbers.percent(slice.accuracy, 1), numbers.percent(slice.restOriginalAccuracy, 1),
             numbers.percent(slice.restAccuracy, 1));
}

ReportBlocks runBlocks(const ReportGroup &group, const ReportNumbers &numbers, std::size_t mostRows)
{
    ReportTable table;
    table.columns = {{ReportWords::tr("recipe"), ColumnKind::Words},
                     {ReportWords::tr("file")},
                     {ReportWords::tr("of original")},
                     {ReportWords::tr("right (95 %)")},
                     {ReportWords::tr("difference, points (95 %)")},
                     {ReportWords::tr("verdict"), ColumnKind::Words},
                     {ReportWords::tr("same answer")},
                     {ReportWords::tr("one answer, ms")},
                     {ReportWords::tr("run"), ColumnKind::Code}};
    for (const std::size_t index : bySize(group)) {
        if (table.rows.size() < mostRows)
            table.rows.push_back(runRow(group, index, numbers));
    }
    QString below = ReportWords::tr(
        "The verdict says which answers better, the original or the run, as far as the "
        "examples tell: “worse” and “better” hold with at most 5 % chance of one wrong "
        "word in the whole table, “no difference” means less than one point, “open” that "
        "there are too few examples.");
    below += ' ' + ReportWords::tr("Times are medians of single examples on the machine named "
                                   "below, which only there can be compared.");
    if (group.runs.size() > mostRows)
        below += ' ' + ReportWords::tr("These are the %1 smallest of %2 runs; the CSV has all.")
                           .arg(numbers.count(static_cast<std::int64_t>(mostRows)),
                                numbers.count(static_cast<std::int64_t>(group.runs.size())));
    return {std::move(table), ReportParagraph{below, ParagraphTone::Quiet}};
}

ReportBlocks changeBlocks(const ReportGroup &group, const ReportNumbers &numbers,
                          std::size_t mostRows)
{
    ReportTable changes = changesTable(group, numbers, mostRows);
    if (changes.rows.empty())
        return {};
    ReportBlocks blocks;
    blocks.push_back(ReportParagraph{ReportWords::tr(
        "Equal accuracy may hide that other examples are answered rightly than before. "
        "“Better”: the original was wrong and the run is right. A slice (the examples of "
        "a label, a length, a share of rare words) has collapsed where it lost much more "
        "than the rest.")});
    blocks.push_back(std::move(changes));
    if (!group.examples.empty())
        blocks.push_back(examplesTable(group, numbers));
    QStringList below;
    if (!group.withoutTexts.empty())
        below << inWords(group.withoutTexts);
    if (const std::int64_t missing = withoutAnswers(group); missing > 0)
        below << ReportWords::tr("Runs whose answers the project does not hold: %1.")
                     .arg(numbers.count(missing));
    if (!below.empty())
        blocks.push_back(ReportParagraph{below.join(' '), ParagraphTone::Quiet});
    return blocks;
}

} // namespace pare
