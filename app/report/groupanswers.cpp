#include "app/report/groupanswers.h"

#include "app/report/messages.h"
#include "core/base/error.h"
#include "core/project/project.h"
#include "core/text/datasource.h"
#include "core/text/wordmeasures.h"

#include <algorithm>

namespace pare {

namespace {

constexpr int rareBelow = 3; // as `pare flips`

/// The data as it was measured, with the slices that are looked at.
struct SlicedData
{
    std::optional<Dataset> texts;
    std::vector<Slice> slices;
};

SlicedData slicedData(ReportGroup &group, const AnsweredData &answered, Progress &progress)
{
    SlicedData data;
    data.slices = labelSlices(answered);
    const std::string &path = group.first().dataPath;
    try {
        Dataset texts = openDataset(path);
        if (texts.hash() == answered.hash && texts.size() == answered.gold.size())
            data.texts = std::move(texts);
        else
            group.withoutTexts = message(messages::reportDataChanged, path);
    } catch (const Error &error) {
        group.withoutTexts = message(messages::reportDataGone, error.what());
    }
    if (!data.texts)
        return data;
    const WordMeasures measures = wordMeasures(*data.texts, rareBelow, progress);
    for (const auto &parts : {thirds(SliceKind::Words, measures.words),
                              thirds(SliceKind::RareWords, measures.rareShare)})
        data.slices.insert(data.slices.end(), parts.begin(), parts.end());
    return data;
}

/// Accuracy outside of a slice.
double ofTheRest(const Interval &all, const Interval &part)
{
    const auto right = [](const Interval &share) {
        return share.value * static_cast<double>(share.n);
    };
    const auto rest = static_cast<double>(all.n - part.n);
    return rest > 0 ? (right(all) - right(part)) / rest : 0;
}

std::vector<CollapsedSlice> collapsedSlices(const RunAnswers &answers,
                                            const std::vector<Slice> &slices)
{
    // Calibration is not told here, so that its bootstrap need not be exact.
    const SlicesReport report = sliceReports(answers, slices, {.resamples = 2});
    std::vector<CollapsedSlice> collapsed;
    for (const SliceReport &part : report.slices) {
        if (!part.collapsed)
            continue;
        CollapsedSlice slice{part.slice, part.originalAccuracy.value, part.accuracy.value,
                             ofTheRest(report.all.originalAccuracy, part.originalAccuracy),
                             ofTheRest(report.all.accuracy, part.accuracy)};
        slice.slice.examples.clear();
        collapsed.push_back(std::move(slice));
    }
    return collapsed;
}

std::vector<ChangedExample> shownExamples(const std::vector<Flip> &flips, const SlicedData &data,
                                          std::size_t most)
{
    std::vector<ChangedExample> examples;
    for (std::size_t i = 0; i < std::min(most, flips.size()); ++i) {
        ChangedExample example{{}, flips[i]};
        if (data.texts) {
            const Example text = (*data.texts)[flips[i].example];
            example.text = text.textA;
            if (data.texts->pairs())
                example.text += " | " + std::string(text.textB);
        }
        examples.push_back(std::move(example));
    }
    return examples;
}

/// Right and wrong answers of all runs, beside each other.
struct Scores
{
    std::vector<std::size_t> runs; ///< whose they are
    std::vector<std::vector<std::uint8_t>> correct;
    std::vector<std::uint8_t> original;
};

void addComparisons(ReportGroup &group, const Scores &scores)
{
    std::vector<std::size_t> compared; // places in `scores`
    std::vector<std::vector<std::uint8_t>> others;
    std::vector<FrontPoint> points{{group.first().baseline.bytes, scores.original}};
    for (std::size_t i = 0; i < scores.runs.size(); ++i) {
        const Run &run = group.runs[scores.runs[i]].run;
        if (isOriginal(run)) // it stands among the points already
            continue;
        compared.push_back(scores.runs[i]);
        others.push_back(scores.correct[i]);
        points.push_back({run.measured.bytes, scores.correct[i]});
    }
    const std::vector<Comparison> comparisons = compareAnswers(scores.original, others);
    const std::vector<double> shares =
        frontShares(points, frontResamples(points.size(), scores.original.size()));
    for (const std::size_t run : scores.runs)
        group.runs[run].answers->onFront = shares.front();
    for (std::size_t i = 0; i < compared.size(); ++i) {
        group.runs[compared[i]].answers->comparison = comparisons[i];
        group.runs[compared[i]].answers->onFront = shares[i + 1];
    }
}

} // namespace

void addAnswers(ReportGroup &group, const Project &project, std::size_t examples,
                Progress &progress)
{
    std::optional<SlicedData> data;
    Scores scores;
    for (std::size_t i = 0; i < group.runs.size(); ++i) {
        progress.check();
        RunFacts &facts = group.runs[i];
        const std::optional<RunAnswers> answers = project.answersOf(facts.run.id);
        if (!answers || answers->empty())
            continue;
        if (!data) {
            data = slicedData(group, answers->data, progress);
            group.labels = answers->data.labelNames;
            scores.original = correctAnswers(answers->data, answers->original);
        }
        std::vector<std::uint8_t> correct = correctAnswers(answers->data, answers->run);
        if (correct.size() != scores.original.size())
            continue; // of a project that was put together by hand
        const std::vector<Flip> changed = flips(*answers);
        facts.answers = AnswerFacts{counted(changed),
                                    static_cast<std::int64_t>(correct.size()),
                                    collapsedSlices(*answers, data->slices),
                                    {}};
        if (i == group.chosen)
            group.examples = shownExamples(changed, *data, examples);
        scores.runs.push_back(i);
        scores.correct.push_back(std::move(correct));
    }
    if (!scores.runs.empty())
        addComparisons(group, scores);
}

} // namespace pare
