#include "core/evaluation/slices.h"

#include "core/evaluation/calibrationerror.h"
#include "core/evaluation/logfactorials.h"
#include "core/evaluation/statistics.h"
#include "core/evaluation/verdicts.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <map>
#include <numeric>

namespace pare {

namespace {

constexpr double alpha = 0.05;
constexpr double timesTheRest = 2;

double real(std::int64_t count)
{
    return static_cast<double>(count);
}

/// All examples' figures, computed once for every slice to pick from.
class Figures
{
public:
    Figures(const RunAnswers &answers, const SliceOptions &options)
        : m_answers(answers)
        , m_correct(correctAnswers(answers.data, answers.run))
        , m_originalCorrect(correctAnswers(answers.data, answers.original))
        , m_confidence(confidences(answers.run))
        , m_originalConfidence(confidences(answers.original))
        , m_options(options)
    {}

    SliceReport report(const Slice &slice) const
    {
        const std::vector<std::uint8_t> now = picked(m_correct, slice);
        const std::vector<std::uint8_t> then = picked(m_originalCorrect, slice);
        const auto n = static_cast<std::int64_t>(slice.examples.size());
        SliceReport report;
        report.slice = slice;
        report.accuracy = wilsonInterval(std::ranges::count(now, 1), n);
        report.originalAccuracy = wilsonInterval(std::ranges::count(then, 1), n);
        report.difference = accuracyDifference(answerPairs(then, now));
        report.flips = flipsOf(slice);
        report.loyalty = wilsonInterval(n - report.flips.all(), n);
        const BootstrapOptions bootstrap{m_options.resamples, m_options.seed};
        report.calibrationError = calibrationError(picked(m_confidence, slice), now, bootstrap);
        report.originalCalibrationError =
            calibrationError(picked(m_originalConfidence, slice), then, bootstrap);
        return report;
    }

private:
    template <class T>
    static std::vector<T> picked(const std::vector<T> &values, const Slice &slice)
    {
        std::vector<T> picked;
        picked.reserve(slice.examples.size());
        for (const std::size_t example : slice.examples)
            picked.push_back(values.at(example));
        return picked;
    }

    FlipCounts flipsOf(const Slice &slice) const
    {
        FlipCounts counts;
        for (const std::size_t i : slice.examples) {
            if (m_answers.run.predicted[i] == m_answers.original.predicted[i])
                continue;
            if (m_correct[i] != 0)
                ++counts.better;
            else
                ++(m_originalCorrect[i] != 0 ? counts.worse : counts.otherwiseWrong);
        }
        return counts;
    }

    const RunAnswers &m_answers;
    std::vector<std::uint8_t> m_correct;
    std::vector<std::uint8_t> m_originalCorrect;
    std::vector<double> m_confidence;
    std::vector<double> m_originalConfidence;
    SliceOptions m_options;
};

std::int64_t originallyRight(const SliceReport &report)
{
    return std::llround(report.originalAccuracy.value * real(report.originalAccuracy.n));
}

/// By how much accuracy fell outside of a slice; nothing is outside: not at all.
double fallOfTheRest(const SliceReport &all, const SliceReport &slice)
{
    const std::int64_t rest = all.accuracy.n - slice.accuracy.n;
    if (rest == 0)
        return 0;
    const std::int64_t lost = all.flips.worse - slice.flips.worse;
    const std::int64_t won = all.flips.better - slice.flips.better;
    return real(lost - won) / real(rest);
}

bool fellMuch(const SliceReport &all, const SliceReport &slice)
{
    const double fall = -slice.difference.value;
    return fall >= leastFall && fall >= timesTheRest * fallOfTheRest(all, slice);
}

} // namespace

std::vector<Slice> labelSlices(const AnsweredData &data)
{
    std::map<std::int32_t, Slice> slices;
    for (std::size_t i = 0; i < data.gold.size(); ++i) {
        Slice &slice = slices[data.gold[i]];
        slice.kind = SliceKind::Label;
        slice.label = data.gold[i];
        slice.examples.push_back(i);
    }
    std::vector<Slice> inOrder;
    for (auto &[label, slice] : slices)
        inOrder.push_back(std::move(slice));
    return inOrder;
}

std::vector<Slice> thirds(SliceKind kind, std::span<const double> values)
{
    if (values.empty())
        return {};
    std::vector<double> sorted(values.begin(), values.end());
    std::ranges::sort(sorted);
    // The last value of the first and of the second part.
    const std::array borders{sorted[(sorted.size() - 1) / 3], sorted[2 * (sorted.size() - 1) / 3]};
    std::array<Slice, 3> parts;
    for (std::size_t i = 0; i < values.size(); ++i) {
        Slice &part = parts[static_cast<std::size_t>(
            std::ranges::lower_bound(borders, values[i]) - borders.begin())];
        part.low = part.examples.empty() ? values[i] : std::min(part.low, values[i]);
        part.high = part.examples.empty() ? values[i] : std::max(part.high, values[i]);
        part.kind = kind;
        part.examples.push_back(i);
    }
    std::vector<Slice> filled;
    for (Slice &part : parts)
        if (!part.examples.empty())
            filled.push_back(std::move(part));
    return filled.size() > 1 ? filled : std::vector<Slice>();
}

SlicesReport sliceReports(const RunAnswers &answers, std::span<const Slice> slices,
                          const SliceOptions &options)
{
    const Figures figures(answers, options);
    Slice all;
    all.examples.resize(answers.data.gold.size());
    std::iota(all.examples.begin(), all.examples.end(), std::size_t(0));
    SlicesReport report{figures.report(all), {}};
    std::vector<double> p;
    for (const Slice &slice : slices) {
        const SliceReport &part = report.slices.emplace_back(figures.report(slice));
        p.push_back(chanceOfLoss(originallyRight(report.all), report.all.flips.worse,
                                 originallyRight(part), part.flips.worse));
    }
    const std::vector<double> corrected = holm(p);
    for (std::size_t i = 0; i < corrected.size(); ++i) {
        SliceReport &part = report.slices[i];
        part.p = corrected[i];
        part.collapsed = part.p <= alpha && fellMuch(report.all, part);
    }
    return report;
}

double chanceOfLoss(std::int64_t right, std::int64_t lost, std::int64_t rightHere,
                    std::int64_t lostHere)
{
    assert(lost <= right && rightHere <= right && lostHere <= std::min(lost, rightHere));
    double chance = 0;
    for (std::int64_t k = lostHere; k <= std::min(lost, rightHere); ++k) {
        if (rightHere - k <= right - lost)
            chance += std::exp(logChoose(lost, k) + logChoose(right - lost, rightHere - k) -
                               logChoose(right, rightHere));
    }
    return std::min(1.0, chance);
}

} // namespace pare
