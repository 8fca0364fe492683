#include "app/report/sections.h"

#include "app/report/pictures.h"
#include "core/checkpoint/checkpoint.h"

#include <algorithm>
#include <array>

namespace pare {

namespace {

constexpr double nearLoss = 0.05; // of accuracy

QString originalSentence(const Run &run, const ReportNumbers &numbers)
{
    const QString model = shortPath(run.modelPath);
    const Interval *original = primaryOf(run.baseline, run);
    if (!original)
        return ReportWords::tr("The model %1 takes %2 as it is.")
            .arg(model, numbers.bytes(run.baseline.bytes));
    if (run.primaryMetric != "accuracy")
        return ReportWords::tr(
                   "The model %1 takes %2 as it is and reaches %3 of %4 on %5 examples of %6.")
            .arg(model, numbers.bytes(run.baseline.bytes), numbers.interval(*original),
                 QString::fromStdString(run.primaryMetric), numbers.count(original->n),
                 shortPath(run.dataPath));
    return ReportWords::tr(
               "The model %1 takes %2 as it is and answers %3 of %4 examples of %5 correctly. The "
               "figures in brackets are the 95 % interval: where the share would probably "
               "lie if there were endlessly many examples.")
        .arg(model, numbers.bytes(run.baseline.bytes), numbers.interval(*original),
             numbers.count(original->n), shortPath(run.dataPath));
}

/// Where the model itself had been compressed: recompressing it is not free, and its figures are not the first model's.
QString earlierSentence(const ReportGroup &group)
{
    for (const RunFacts &facts : group.runs) {
        for (const std::string &note : facts.run.notes) {
            if (tellsOfEarlierCompression(note))
                return ReportWords::tr(
                    "That model had been compressed before: all figures here compare with "
                    "it, not with the one it was made from, and what was lost then comes "
                    "on top.");
        }
    }
    return {};
}

QString verdictSentence(const RunFacts &facts, const ReportNumbers &numbers)
{
    if (!facts.answers || !facts.answers->comparison)
        return {};
    const Comparison &comparison = *facts.answers->comparison;
    const Interval &difference = comparison.difference;
    switch (comparison.verdict) {
    case Verdict::Better:
        return ReportWords::tr("That is better than the original by more than chance explains.");
    case Verdict::Worse:
        return ReportWords::tr("The loss of %1 is real: chance alone would hardly bring it about.")
            .arg(numbers.points(std::abs(difference.value)).remove('+'));
    case Verdict::Same:
        return ReportWords::tr("Between it and the original there is no difference larger than %1 "
                               "points.")
            .arg(numbers.number(100 * std::max(std::abs(difference.low), std::abs(difference.high)),
                                2));
    case Verdict::Open:
        break;
    }
    return ReportWords::tr(
               "Whether that is a loss at all is open: about %1 more examples would tell.")
        .arg(numbers.count(comparison.moreRows));
}

QString chosenSentence(const ReportGroup &group, const ReportNumbers &numbers)
{
    const auto within = smallestWithin(group.runs, 1);
    if (!within)
        return ReportWords::tr("No run made the file smaller and kept within one point of it.");
    const Run &run = group.runs[*within].run;
    const QString text =
        ReportWords::tr(
            "The smallest file that loses at most one point is %1, %2 of the original, with the "
            "recipe “%3”: %4 right.")
            .arg(numbers.bytes(run.measured.bytes),
                 numbers.shareOf(run.measured.bytes, run.baseline.bytes), nameOf(run),
                 numbers.interval(*primaryOf(run.measured, run)));
    return text + ' ' + verdictSentence(group.runs[*within], numbers);
}

QString changedSentence(const RunFacts &facts, const ReportNumbers &numbers)
{
    const FlipCounts &changed = facts.answers->changed;
    if (changed.all() == 0)
        return ReportWords::tr("It answers every example as the original does.");
    return ReportWords::tr(
               "It answers %1 of %2 examples otherwise than the original: %3 for the better, "
               "%4 for the worse, %5 wrong either way.")
        .arg(numbers.count(changed.all()), numbers.count(facts.answers->examples),
             numbers.count(changed.better), numbers.count(changed.worse),
             numbers.count(changed.otherwiseWrong));
}

QString countsSentence(const ReportGroup &group, const ReportNumbers &numbers)
{
    std::array<std::int64_t, 4> counts{};
    std::int64_t all = 0;
    for (const RunFacts &facts : group.runs) {
        if (!facts.answers || !facts.answers->comparison)
            continue;
        ++counts[static_cast<std::size_t>(facts.answers->comparison->verdict)];
        ++all;
    }
    if (all < 2)
        return {};
    const auto count = [&](Verdict verdict) {
        return numbers.count(counts[static_cast<std::size_t>(verdict)]);
    };
    return ReportWords::tr(
               "Answer by answer against the original, %1 compressed: %2 worse by more than chance "
               "explains, %3 better, %4 without a difference of one point, %5 with too few "
               "examples to tell.")
        .arg(numbers.count(all), count(Verdict::Worse), count(Verdict::Better),
             count(Verdict::Same), count(Verdict::Open));
}

ReportFigures figuresOf(const Run &run, const ReportNumbers &numbers)
{
    ReportFigures figures;
    figures.figures.push_back({ReportWords::tr("Exported file"), numbers.bytes(run.measured.bytes),
                               ReportWords::tr("%1 of %2")
                                   .arg(numbers.shareOf(run.measured.bytes, run.baseline.bytes),
                                        numbers.bytes(run.baseline.bytes))});
    const Interval *now = primaryOf(run.measured, run);
    const Interval *was = primaryOf(run.baseline, run);
    if (now && was)
        figures.figures.push_back({ReportWords::tr("Right answers"), numbers.percent(now->value),
                                   ReportWords::tr("was %1").arg(numbers.interval(*was))});
    if (run.measured.latencyMs.median > 0)
        figures.figures.push_back({ReportWords::tr("One answer"),
                                   numbers.milliseconds(run.measured.latencyMs.median),
                                   ReportWords::tr("was %1; threads: %2")
                                       .arg(numbers.milliseconds(run.baseline.latencyMs.median),
                                            numbers.count(run.threads))});
    if (run.labelLoyalty.n > 0)
        figures.figures.push_back({ReportWords::tr("Loyalty"),
                                   numbers.percent(run.labelLoyalty.value),
                                   ReportWords::tr("same answers as the original, of %1 examples")
                                       .arg(numbers.count(run.labelLoyalty.n))});
    return figures;
}

/// What a time is of: without that it is no figure to compare.
QString timeSentence(const Run &run, const ReportNumbers &numbers)
{
    const Latency &now = run.measured.latencyMs;
    const Latency &was = run.baseline.latencyMs;
    if (!(now.median > 0))
        return {};
    const auto spread = [&](const Latency &latency) {
        return ReportWords::tr("%1 (5th to 95th percentile: %2 … %3)")
            .arg(numbers.milliseconds(latency.median), numbers.number(latency.low, 2),
                 numbers.number(latency.high, 2));
    };
    QStringList kernels;
    for (const std::string &kernel : run.kernels)
        kernels << QString::fromStdString(kernel);
    const auto machine = run.versions.find("machine");
    return ReportWords::tr(
               "Times are the median of single examples, one after another, after a warm-up: %1, "
               "the original %2. Machine: %3; threads: %4; kernels: %5. Elsewhere they are "
               "others.")
        .arg(spread(now), spread(was),
             machine == run.versions.end() ? ReportWords::tr("not known")
                                           : QString::fromStdString(machine->second),
             numbers.count(run.threads),
             kernels.empty() ? ReportWords::tr("not known") : kernels.join(QStringLiteral(", ")));
}

/// The most accurate run under a half, a quarter and an eighth of the original's bytes.
ReportTable budgetTable(const ReportGroup &group, const ReportNumbers &numbers)
{
    ReportTable table;
    table.caption = ReportWords::tr("The most accurate run under a given size");
    table.columns = {{ReportWords::tr("at most")},
                     {ReportWords::tr("recipe"), ColumnKind::Words},
                     {ReportWords::tr("file")},
                     {ReportWords::tr("right (95 %)")}};
    const std::int64_t whole = group.first().baseline.bytes;
    for (const int part : {2, 4, 8}) {
        const auto best = bestUnder(group.runs, whole / part);
        if (!best)
            continue;
        const Run &run = group.runs[*best].run;
        table.rows.push_back(
            {{{ReportWords::tr("%1 (1/%2)").arg(numbers.bytes(whole / part)).arg(part)},
              {nameOf(run)},
              {numbers.bytes(run.measured.bytes)},
              {numbers.interval(*primaryOf(run.measured, run))}},
             *best == group.chosen ? RowKind::Chosen : RowKind::Plain});
    }
    return table;
}

ReportRow frontRow(const ReportGroup &group, std::size_t index, const ReportNumbers &numbers)
{
    const RunFacts &facts = group.runs[index];
    const Run &run = facts.run;
    ReportRow row;
    row.kind = isOriginal(run)         ? RowKind::Original
               : index == group.chosen ? RowKind::Chosen
                                       : RowKind::Plain;
    const bool compared = facts.answers && facts.answers->comparison;
    row.cells = {
        {nameOf(run)},
        {numbers.bytes(run.measured.bytes)},
        {numbers.shareOf(run.measured.bytes, run.baseline.bytes)},
        {numbers.interval(*primaryOf(run.measured, run))},
        {compared ? numbers.pointsInterval(facts.answers->comparison->difference) : QString()},
        {facts.answers ? numbers.percent(facts.answers->onFront, 0) : QString()}};
    return row;
}

/// Where some runs lose so much that the others cannot be told apart: those others.
std::optional<TradeoffData> nearOriginal(const TradeoffData &data)
{
    constexpr double farLoss = 2 * nearLoss;
    constexpr std::size_t fewest = 3;
    const double original = data.points.front().y;
    const bool far = std::ranges::any_of(
        data.points, [&](const TradeoffPoint &point) { return point.y < original - farLoss; });
    TradeoffData near = data;
    std::erase_if(near.points,
                  [&](const TradeoffPoint &point) { return !(point.y >= original - nearLoss); });
    return far && near.points.size() >= fewest ? std::optional(std::move(near)) : std::nullopt;
}

} // namespace

ReportBlocks summaryBlocks(const ReportGroup &group, const ReportNumbers &numbers)
{
    ReportBlocks blocks;
    const RunFacts &chosen = group.chosenRun();
    blocks.push_back(ReportParagraph{originalSentence(group.first(), numbers)});
    if (const QString earlier = earlierSentence(group); !earlier.isEmpty())
        blocks.push_back(ReportParagraph{earlier, ParagraphTone::Alert});
    if (std::ranges::all_of(group.runs,
                            [](const RunFacts &facts) { return isOriginal(facts.run); })) {
        blocks.push_back(ReportParagraph{ReportWords::tr("Nothing was done to it yet.")});
        return blocks;
    }
    QString text = chosenSentence(group, numbers);
    if (chosen.answers && !isOriginal(chosen.run))
        text += ' ' + changedSentence(chosen, numbers);
    blocks.push_back(ReportParagraph{text});
    blocks.push_back(figuresOf(chosen.run, numbers));
    if (const QString times = timeSentence(chosen.run, numbers); !times.isEmpty())
        blocks.push_back(ReportParagraph{times, ParagraphTone::Quiet});
    if (const QString counts = countsSentence(group, numbers); !counts.isEmpty())
        blocks.push_back(ReportParagraph{counts});
    if (chosen.answers) {
        for (const CollapsedSlice &slice : chosen.answers->collapsed)
            blocks.push_back(
                ReportParagraph{collapseSentence(group, slice, numbers), ParagraphTone::Alert});
    }
    if (ReportTable budgets = budgetTable(group, numbers); !budgets.rows.empty())
        blocks.push_back(std::move(budgets));
    return blocks;
}

ReportBlocks curveBlocks(const ReportGroup &group, const ReportNumbers &numbers)
{
    const Run &first = group.first();
    std::vector<Run> runs;
    for (const RunFacts &facts : group.runs)
        runs.push_back(facts.run);
    const TradeoffData data = tradeoffData(runs);
    ReportBlocks blocks;
    blocks.push_back(ReportPicture{
        data, ReportWords::tr(
                  "Each mark is one run on %1 examples of %2, bars are 95 % intervals. The line is "
                  "the front: no other run has a smaller file and is at least as accurate.")
                  .arg(numbers.count(first.examples), shortPath(first.dataPath))});
    if (auto near = nearOriginal(data))
        blocks.push_back(ReportPicture{
            std::move(*near),
            ReportWords::tr("The same without the runs that lose more than %1 points.")
                .arg(numbers.number(100 * nearLoss, 0))});
    ReportTable front;
    front.caption = ReportWords::tr("The front");
    front.columns = {{ReportWords::tr("recipe"), ColumnKind::Words},
                     {ReportWords::tr("file")},
                     {ReportWords::tr("of original")},
                     {ReportWords::tr("right (95 %)")},
                     {ReportWords::tr("difference, points (95 %)")},
                     {ReportWords::tr("stays")}};
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < group.runs.size(); ++i) {
        if (group.onFront[i])
            order.push_back(i);
    }
    std::ranges::stable_sort(order, {},
                             [&](std::size_t i) { return group.runs[i].run.measured.bytes; });
    for (const std::size_t i : order)
        front.rows.push_back(frontRow(group, i, numbers));
    if (front.rows.empty())
        return blocks;
    blocks.push_back(std::move(front));
    blocks.push_back(ReportParagraph{
        ReportWords::tr(
            "“Stays” is how often a run is still on the front when the examples are drawn "
            "anew from those that there are: a low share means that another run may be just "
            "as good."),
        ParagraphTone::Quiet});
    return blocks;
}

} // namespace pare
