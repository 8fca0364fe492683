#include "core/search/blame.h"

#include "core/base/error.h"
#include "core/checkpoint/checkpoint.h"
#include "core/compression/compressedmodel.h"
#include "core/evaluation/encodeddata.h"
#include "core/evaluation/statistics.h"
#include "core/network/network.h"
#include "core/search/borderstates.h"
#include "core/search/leadslopes.h"
#include "core/search/messages.h"
#include "core/search/optionweights.h"

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

double lead(const AnswerBlame &answer, const std::vector<float> &logits)
{
    return logits[static_cast<std::size_t>(answer.before)] -
           logits[static_cast<std::size_t>(answer.now)];
}

/// What each example's lead gains by this change of hidden states, to first order.
std::map<std::size_t, double> firstOrderGains(const at::Tensor &slopes, const at::Tensor &change,
                                              const PackedBatch &batch)
{
    const at::Tensor gains = slopes.mul(change).sum(1).contiguous();
    const float *ofTokens = gains.data_ptr<float>();
    std::map<std::size_t, double> byExample;
    for (std::size_t i = 0; i < batch.order.size(); ++i) {
        const std::int64_t end = i + 1 < batch.starts.size() ? batch.starts[i + 1] : batch.tokens();
        byExample[batch.order[i]] =
            std::accumulate(ofTokens + batch.starts[i], ofTokens + end, 0.0);
    }
    return byExample;
}

} // namespace

std::vector<AnswerBlame> blamedLayers(Experiment &experiment, const Recipe &recipe,
                                      std::span<const std::size_t> examples, Progress &progress)
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
    std::vector<AnswerLead> leads;
    for (const std::size_t example : batch.order)
        leads.push_back({answerOf(before.at(example)), answerOf(now.at(example))});
    const std::vector<at::Tensor> slopes =
        leadSlopes(made.specification, made.weights, batch, leads, progress);
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
        const int after = std::min(first + 1, blocks);
        at::Tensor states =
            first < 0 ? network.embeddings(batch) : borders.before(first, 0, batch, progress);
        if (first >= 0 && first < blocks)
            states = network.block(first, states, batch);
        const auto gains =
            firstOrderGains(slopes.at(static_cast<std::size_t>(after)),
                            states.sub(borders.before(after, 0, batch, progress)), batch);
        const Logits back = logitsOf(logitsFrom(network, after, states, batch, progress), batch);
        for (AnswerBlame &answer : answers) {
            const double verified =
                lead(answer, back.at(answer.example)) - lead(answer, now.at(answer.example));
            answer.layers.push_back({layers[i],
                                     first < blocks ? gains.at(answer.example) : verified, verified,
                                     answerOf(back.at(answer.example)) == answer.before});
        }
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
            estimated.push_back(layer.estimated);
            verified.push_back(layer.verified);
        }
    }
    if (estimated.size() < 3)
        return std::nullopt;
    return rankCorrelation(estimated, verified);
}

} // namespace pare
