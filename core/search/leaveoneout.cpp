#include "core/search/leaveoneout.h"

#include "core/checkpoint/checkpoint.h"
#include "core/compression/compressedmodel.h"
#include "core/network/network.h"
#include "core/search/messages.h"
#include "core/search/optionweights.h"
#include "core/search/probebatches.h"
#include "core/search/responsestore.h"

#include <c10/core/GradMode.h>

#include <algorithm>
#include <map>
#include <optional>

namespace pare {

namespace {

/// Layers that one option was tried on.
struct TriedOption
{
    Step step; ///< on all of them
    std::vector<const Response *> responses;
};

std::vector<TriedOption> triedOptions(const ResponseTable &table)
{
    std::vector<TriedOption> options;
    std::map<std::string, std::size_t> numbers;
    for (const Response &response : table.responses) {
        if (response.recipe.steps.size() != 1 || !actsAlone(response.option()) ||
            response.changes.empty())
            continue;
        Step step = response.option();
        step.layers.clear();
        if (step.has("inputs"))
            step.settings["inputs"] = "original";
        const auto [number, isNew] = numbers.emplace(step.text(), options.size());
        if (isNew)
            options.push_back({step, {}});
        TriedOption &option = options[number->second];
        option.step.layers += (option.responses.empty() ? "" : ",") + response.place;
        option.responses.push_back(&response);
    }
    std::erase_if(options, [](const TriedOption &option) { return option.responses.size() < 2; });
    return options;
}

} // namespace

std::vector<Response> leftOutResponses(Experiment &experiment, const ResponseTable &table,
                                       const SweepOptions &options, Progress &progress)
{
    const c10::NoGradGuard noGrad;
    const Checkpoint &checkpoint = experiment.checkpoint();
    const ResponseStore store = ResponseStore::ofUser(originOf(options));
    std::vector<ProbeStretch> stretches =
        probeStretches(table.order, options, experiment.data(), experiment.options().batchTokens);
    const Network original(checkpoint.specification, checkpoint.weights);
    BorderStates originals(original, tokensOf(stretches), 0);
    for (ProbeStretch &stretch : stretches)
        stretch.original = probeLogits(original, -1, originals, stretch, table.order, progress);
    std::vector<Response> all;
    for (const TriedOption &option : triedOptions(table)) {
        std::optional<CompressedModel> made; // where anything is left to ask
        std::optional<Network> network;
        std::optional<BorderStates> borders;
        for (const Response *alone : option.responses) {
            progress.step({message(messages::leavingOut, alone->place),
                           static_cast<std::int64_t>(all.size()),
                           static_cast<std::int64_t>(table.responses.size()),
                           {}});
            Step step = option.step;
            step.layers += " and not " + alone->place;
            Response response;
            response.place = alone->place;
            response.recipe = checked(Recipe{{step}});
            response.id = experiment.idOf(response.recipe);
            store.find(response, table.original.labels);
            const auto wanted = static_cast<std::size_t>(table.rows(*alone));
            for (const ProbeStretch &stretch : stretches) {
                if (stretch.first < static_cast<std::size_t>(table.rows(response)) ||
                    stretch.last > wanted)
                    continue;
                if (!made) {
                    made = experiment.made(Recipe{{option.step}}, progress);
                    network.emplace(made->specification, made->weights);
                    borders.emplace(*network, tokensOf(stretches), options.borderBytes);
                }
                PlacedOption without;
                without.specification = made->specification;
                without.weights = made->weights;
                without.weights.layers.at(alone->place) =
                    checkpoint.weights.layers.at(alone->place);
                without.changed = usersOf(without.weights, {alone->place});
                const Network back(*network, without.specification, without.weights,
                                   without.changed);
                const std::vector<float> changes =
                    changesOf(probeLogits(back, *without.changedBlocks().begin(), *borders, stretch,
                                          table.order, progress),
                              stretch.original);
                response.bytes = exportedBytes(without.specification, without.weights);
                response.changes.insert(response.changes.end(), changes.begin(), changes.end());
                store.keep(response, table.original.labels);
            }
            response.finished = true;
            all.push_back(std::move(response));
        }
    }
    return all;
}

} // namespace pare
