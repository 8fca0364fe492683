#include "core/evaluation/flips.h"

#include <algorithm>

namespace pare {

namespace {

double confidenceOf(const ModelAnswers &answers, std::size_t example)
{
    return probabilities(answers.row(example))
        .at(static_cast<std::size_t>(answers.predicted[example]));
}

/// Of the two largest; all of it where there is one.
double marginOf(const ModelAnswers &answers, std::size_t example)
{
    std::vector<double> shares = probabilities(answers.row(example));
    if (shares.size() < 2)
        return shares.front();
    std::ranges::partial_sort(shares, shares.begin() + 2, std::ranges::greater());
    return shares[0] - shares[1];
}

FlipKind kindOf(const Flip &flip)
{
    if (flip.now == flip.gold)
        return FlipKind::Better;
    return flip.original == flip.gold ? FlipKind::Worse : FlipKind::OtherwiseWrong;
}

} // namespace

std::vector<Flip> flips(const RunAnswers &answers)
{
    std::vector<Flip> flips;
    for (std::size_t i = 0; i < answers.data.gold.size(); ++i) {
        Flip flip;
        flip.example = i;
        flip.gold = answers.data.gold[i];
        flip.original = answers.original.predicted[i];
        flip.now = answers.run.predicted[i];
        if (flip.original == flip.now)
            continue;
        flip.kind = kindOf(flip);
        flip.originalConfidence = confidenceOf(answers.original, i);
        flip.confidence = confidenceOf(answers.run, i);
        flip.margin = marginOf(answers.original, i);
        flips.push_back(flip);
    }
    std::ranges::stable_sort(flips, std::ranges::greater(), &Flip::margin);
    return flips;
}

FlipCounts counted(const std::vector<Flip> &flips)
{
    FlipCounts counts;
    counts.better = std::ranges::count(flips, FlipKind::Better, &Flip::kind);
    counts.worse = std::ranges::count(flips, FlipKind::Worse, &Flip::kind);
    counts.otherwiseWrong = std::ranges::count(flips, FlipKind::OtherwiseWrong, &Flip::kind);
    return counts;
}

std::vector<double> confidences(const ModelAnswers &answers)
{
    std::vector<double> confidences(answers.predicted.size());
    for (std::size_t i = 0; i < confidences.size(); ++i)
        confidences[i] = confidenceOf(answers, i);
    return confidences;
}

} // namespace pare
