#include "core/search/prediction.h"

#include "core/search/recipeparts.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

namespace pare {

namespace {

Predicted banded(double value, double half, std::size_t cases)
{
    const auto within = [](double x) { return std::clamp(x, 0.0, 1.0); };
    return {within(value), within(value - half), within(value + half),
            static_cast<std::int64_t>(cases)};
}

/// How far logits lie from the mean of their row, root mean square.
double scaleOf(const ProbeAnswers &original)
{
    const auto labels = static_cast<std::size_t>(original.labels);
    double sum = 0;
    for (std::size_t row = 0; row < original.rows(); ++row) {
        const std::span<const float> logits(original.logits.data() + row * labels, labels);
        double mean = 0;
        for (const float logit : logits)
            mean += logit / static_cast<double>(labels);
        for (const float logit : logits)
            sum += (logit - mean) * (logit - mean);
    }
    const double scale =
        std::sqrt(sum / std::max<double>(1, static_cast<double>(original.logits.size())));
    return scale > 0 ? scale : 1;
}

/// Calls `row` with the number and the answers, before and now, of each row of the sum.
void forEachAnswer(
    const ProbeAnswers &original, std::span<const float> changes, double gain,
    const std::function<void(std::size_t row, std::int64_t before, std::int64_t now)> &answered)
{
    const auto labels = static_cast<std::size_t>(original.labels);
    std::vector<float> now(labels);
    for (std::size_t row = 0; row < changes.size() / labels; ++row) {
        const std::span<const float> before(original.logits.data() + row * labels, labels);
        for (std::size_t label = 0; label < labels; ++label)
            now[label] = before[label] + static_cast<float>(gain) * changes[row * labels + label];
        answered(row, answerOf(before), answerOf(now));
    }
}

} // namespace

std::vector<MeasuredRecipe> measuredRecipes(const ResponseTable &table,
                                            const ModelDescription &model,
                                            std::span<const Run> runs)
{
    std::map<std::string, std::size_t> numbers;
    for (std::size_t i = 0; i < table.responses.size(); ++i) {
        if (!table.responses[i].changes.empty())
            numbers.emplace(checked(table.responses[i].recipe).text(), i);
    }
    std::vector<MeasuredRecipe> measured;
    for (const Run &run : runs) {
        if (run.modelHash != table.modelHash || run.dataHash != table.dataHash ||
            run.recipe.empty() || run.recipe.training || run.distillation)
            continue;
        MeasuredRecipe recipe{run.id,
                              {},
                              run.measured.metrics.at(run.primaryMetric).value,
                              1 - run.labelLoyalty.value};
        const std::vector<Recipe> parts = partsOf(run.recipe, model);
        for (const Recipe &part : parts) {
            if (const auto number = numbers.find(part.text()); number != numbers.end())
                recipe.responses.push_back(number->second);
        }
        if (recipe.responses.size() == parts.size())
            measured.push_back(std::move(recipe));
    }
    return measured;
}

struct Predictor::Sum
{
    std::vector<float> changes;  ///< [rows, labels]
    std::vector<double> weights; ///< of the rows
    double size = 0;             ///< root mean square over all examples, in units of the logits
    double milliseconds = 0;
};

/// Over the rows that all of the responses were asked.
Predictor::Sum Predictor::summed(std::span<const std::size_t> responses) const
{
    Sum sum;
    std::size_t rows = m_table.order.size();
    sum.milliseconds = m_table.milliseconds;
    for (const std::size_t number : responses) {
        const Response &response = m_table.responses[number];
        if (response.changes.empty())
            continue;
        rows = std::min(rows, static_cast<std::size_t>(m_table.rows(response)));
        sum.milliseconds += response.milliseconds;
    }
    const auto labels = static_cast<std::size_t>(m_table.original.labels);
    sum.changes.resize(rows * labels);
    for (const std::size_t number : responses) {
        const std::vector<float> &own = m_table.responses[number].changes;
        for (std::size_t i = 0; i < std::min(sum.changes.size(), own.size()); ++i)
            sum.changes[i] += own[i];
    }
    addJoints(sum.changes, responses);
    sum.weights = m_table.order.weights(rows);
    double squares = 0, examples = 0;
    for (std::size_t row = 0; row < rows; ++row) {
        examples += sum.weights[row];
        for (std::size_t i = row * labels; i < (row + 1) * labels; ++i)
            squares += sum.weights[row] * sum.changes[i] * sum.changes[i];
    }
    if (examples > 0)
        sum.size = std::sqrt(squares / examples / static_cast<double>(labels)) / m_scale;
    return sum;
}

/// What pairs do together beyond what they do each, as far as they were asked so many rows.
void Predictor::addJoints(std::vector<float> &changes, std::span<const std::size_t> responses) const
{
    const auto has = [&](std::size_t number) {
        return std::ranges::find(responses, number) != responses.end();
    };
    for (const auto &[first, second, joint] : m_table.joints) {
        const std::vector<float> &one = m_table.responses[first].changes;
        const std::vector<float> &other = m_table.responses[second].changes;
        if (joint.changes.size() < changes.size() || !has(first) || !has(second))
            continue;
        for (std::size_t i = 0; i < changes.size(); ++i)
            changes[i] += joint.changes[i] - one[i] - other[i];
    }
}

AnswerShares Predictor::sharesOf(const Sum &sum, double gain) const
{
    AnswerShares shares;
    forEachAnswer(m_table.original, sum.changes, gain,
                  [&](std::size_t row, std::int64_t before, std::int64_t now) {
                      const std::int64_t gold = m_table.original.gold[row];
                      shares.accuracy += sum.weights[row] * ((now == gold) - (before == gold));
                      shares.changed += sum.weights[row] * (now != before);
                  });
    const auto examples = static_cast<double>(m_table.order.size());
    return {m_table.original.accuracy + shares.accuracy / examples, shares.changed / examples};
}

Predictor::Predictor(const ResponseTable &table, std::span<const MeasuredRecipe> measured)
    : m_table(table)
    , m_scale(scaleOf(table.original))
{
    std::vector<CorrectionCase> cases;
    for (const MeasuredRecipe &recipe : measured) {
        const Sum sum = summed(recipe.responses);
        CorrectionCase &one = cases.emplace_back();
        one.size = sum.size;
        one.measured = {recipe.accuracy, recipe.changed};
        for (std::size_t step = 0; step < gainSteps; ++step)
            one.summed[step] = sharesOf(sum, std::exp(logGain(step)));
    }
    m_correction.emplace(cases);
}

Prediction Predictor::of(std::span<const std::size_t> responses) const
{
    const Sum sum = summed(responses);
    const AnswerShares plain = sharesOf(sum, 1);
    Prediction prediction;
    prediction.gain = m_correction->gain(sum.size);
    const AnswerShares shares = sharesOf(sum, prediction.gain);
    prediction.accuracy =
        banded(shares.accuracy, m_correction->halfBandOfAccuracy(sum.size, shares.changed),
               m_correction->cases());
    prediction.changed =
        banded(shares.changed, m_correction->halfBandOfChanged(sum.size, shares.changed),
               m_correction->cases());
    prediction.summedAccuracy = plain.accuracy;
    prediction.summedChanged = plain.changed;
    prediction.milliseconds = sum.milliseconds;
    prediction.rows = static_cast<std::int64_t>(sum.weights.size());
    forEachAnswer(m_table.original, sum.changes, prediction.gain,
                  [&](std::size_t row, std::int64_t before, std::int64_t now) {
                      if (before != now)
                          prediction.flips.push_back(row);
                  });
    return prediction;
}

} // namespace pare
