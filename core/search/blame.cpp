#include "core/search/blame.h"

#include "core/base/error.h"
#include "core/checkpoint/checkpoint.h"
#include "core/compression/compressedmodel.h"
#include "core/evaluation/encodeddata.h"
#include "core/network/network.h"
#include "core/search/borderstates.h"
#include "core/search/messages.h"
#include "core/search/optionweights.h"
#include "core/search/recipeparts.h"

#include <c10/core/GradMode.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace pare {

namespace {

/// Logits of the examples of one batch, by example.
using Logits = std::map<std::size_t, std::vector<float>>;

Logits logitsOf(const at::Tensor &answered, const PackedBatch &batch)
{
    Logits logits;
    const std::int64_t labels = answered.size(1);
    for (std::size_t i = 0; i < batch.order.size(); ++i) {
        const float *row = answered.data_ptr<float>() + static_cast<std::int64_t>(i) * labels;
        logits[batch.order[i]] = {row, row + labels};
    }
    return logits;
}

/// Layers that own a weight which the recipe changed.
std::vector<std::string> touchedLayers(const CompressedModel &made)
{
    std::vector<std::string> layers;
    for (const PlannedLayer &planned : made.plan.layers) {
        if (planned.owner.empty() && !planned.steps.empty())
            layers.push_back(planned.name);
    }
    return layers;
}

/// What the table says that the parts of a recipe at one layer change, by example.
class Estimates
{
public:
    Estimates(const ResponseTable *table, const Recipe &recipe, const ModelDescription &model)
        : m_table(table)
    {
        if (!table)
            return;
        for (std::size_t row = 0; row < table->order.size(); ++row)
            m_rows.emplace(table->order.examples()[row], row);
        std::map<std::string, std::size_t> numbers;
        for (std::size_t i = 0; i < table->responses.size(); ++i)
            numbers.emplace(checked(table->responses[i].recipe).text(), i);
        for (const Recipe &part : partsOf(recipe, model)) {
            if (const auto number = numbers.find(part.text()); number != numbers.end())
                m_responses[part.steps.back().layers].push_back(number->second);
        }
    }

    std::optional<double> gain(const std::string &layer, const AnswerBlame &answer) const
    {
        const auto responses = m_responses.find(layer);
        const auto row = m_rows.find(answer.example);
        if (responses == m_responses.end() || row == m_rows.end())
            return std::nullopt;
        const auto labels = static_cast<std::size_t>(m_table->original.labels);
        double gain = 0;
        for (const std::size_t number : responses->second) {
            const std::vector<float> &changes = m_table->responses[number].changes;
            if (changes.size() < (row->second + 1) * labels)
                return std::nullopt;
            const auto at = [&](std::int64_t label) {
                return changes[row->second * labels + static_cast<std::size_t>(label)];
            };
            gain -= at(answer.before) - at(answer.now);
        }
        return gain;
    }

private:
    const ResponseTable *m_table;
    std::map<std::size_t, std::size_t> m_rows;                   ///< by example
    std::map<std::string, std::vector<std::size_t>> m_responses; ///< by layer
};

double lead(const AnswerBlame &answer, const std::vector<float> &logits)
{
    return logits[static_cast<std::size_t>(answer.before)] -
           logits[static_cast<std::size_t>(answer.now)];
}

std::vector<double> ranksOf(const std::vector<double> &values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return values[i]; });
    std::vector<double> ranks(values.size());
    for (std::size_t i = 0; i < order.size();) {
        std::size_t end = i;
        while (end < order.size() && values[order[end]] == values[order[i]])
            ++end;
        for (std::size_t k = i; k < end; ++k)
            ranks[order[k]] = static_cast<double>(i + end - 1) / 2; // equal ones share theirs
        i = end;
    }
    return ranks;
}

double correlation(const std::vector<double> &a, const std::vector<double> &b)
{
    const auto n = static_cast<double>(a.size());
    const double meanA = std::accumulate(a.begin(), a.end(), 0.0) / n;
    const double meanB = std::accumulate(b.begin(), b.end(), 0.0) / n;
    double ab = 0, aa = 0, bb = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ab += (a[i] - meanA) * (b[i] - meanB);
        aa += (a[i] - meanA) * (a[i] - meanA);
        bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : 0;
}

} // namespace

std::vector<AnswerBlame> blamedLayers(Experiment &experiment, const Recipe &recipe,
                                      std::span<const std::size_t> examples,
                                      const ResponseTable *table, Progress &progress)
{
    if (recipe.training)
        throw Error(ErrorKind::InvalidSetting, messages::blameTraining);
    const c10::NoGradGuard noGrad;
    const Checkpoint &checkpoint = experiment.checkpoint();
    const EncodedData &data = experiment.data();
    const CompressedModel made = experiment.made(recipe, progress);
    if (made.plan.structure.changesModel() || made.plan.tokenAttention)
        throw Error(ErrorKind::Unsupported, messages::blameStructure);
    std::vector<AnswerBlame> answers;
    if (examples.empty())
        return answers;
    const Network original(checkpoint.specification, checkpoint.weights);
    const Network compressed(made.specification, made.weights);
    const PackedBatch batch = packed(data.sequences, examples);
    BorderStates borders(compressed, batch.tokens(), 1'000'000'000);
    const Logits before = logitsOf(original.logits(batch), batch);
    const int blocks = made.specification.stacks[0].blocks;
    const Logits now = logitsOf(
        logitsFrom(compressed, blocks, borders.before(blocks, 0, batch, progress), batch, progress),
        batch);
    for (const std::size_t example : examples) {
        AnswerBlame answer{example, answerOf(before.at(example)), answerOf(now.at(example)), {}};
        if (answer.before != answer.now)
            answers.push_back(std::move(answer));
    }
    const Estimates estimates(table, made.plan.recipe, checkpoint.description);
    const std::vector<std::string> layers = touchedLayers(made);
    for (std::size_t i = 0; i < layers.size(); ++i) {
        progress.step({message(messages::blaming, layers[i]),
                       static_cast<std::int64_t>(i),
                       static_cast<std::int64_t>(layers.size()),
                       {}});
        PlacedOption restored;
        restored.specification = made.specification;
        restored.weights = made.weights;
        restored.weights.layers.at(layers[i]) = checkpoint.weights.layers.at(layers[i]);
        restored.changed = usersOf(restored.weights, {layers[i]});
        const Network network(compressed, restored.specification, restored.weights,
                              restored.changed);
        const int first = *restored.changedBlocks().begin();
        const at::Tensor states =
            first < 0 ? network.embeddings(batch) : borders.before(first, 0, batch, progress);
        const Logits back =
            logitsOf(logitsFrom(network, std::max(first, 0), states, batch, progress), batch);
        for (AnswerBlame &answer : answers)
            answer.layers.push_back(
                {layers[i], estimates.gain(layers[i], answer),
                 lead(answer, back.at(answer.example)) - lead(answer, now.at(answer.example)),
                 answerOf(back.at(answer.example)) == answer.before});
    }
    for (AnswerBlame &answer : answers)
        std::ranges::stable_sort(answer.layers, std::greater(), &LayerBlame::verified);
    return answers;
}

std::optional<double> agreementOf(std::span<const AnswerBlame> answers)
{
    std::vector<double> estimated, verified;
    for (const AnswerBlame &answer : answers) {
        for (const LayerBlame &layer : answer.layers) {
            if (!layer.estimated)
                continue;
            estimated.push_back(*layer.estimated);
            verified.push_back(layer.verified);
        }
    }
    if (estimated.size() < 3)
        return std::nullopt;
    return correlation(ranksOf(estimated), ranksOf(verified));
}

} // namespace pare
