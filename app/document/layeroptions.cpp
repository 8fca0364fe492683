#include "core/checkpoint/checkpoint.h"
#include "core/compression/plannedsize.h"
#include "core/model/recipe.h"

#include "app/document/layerlooks.h"
#include "app/document/messages.h"
#include "core/base/error.h"

#include <algorithm>
#include <array>
#include <span>

namespace pare {

namespace {

/// A technique whose own defaults are not what one would try on one layer, or not all.
struct Trial
{
    std::string_view technique;
    std::string_view settings;
};

constexpr std::array trials{
    Trial{"factorize.svd", "keep=0.5"},
    Trial{"factorize.svd", "keep=0.25"},
    Trial{"prune.magnitude", "sparsity=0.5"},
    Trial{"prune.magnitude", "pattern=2:4"},
    Trial{"prune.wanda", "pattern=2:4"},
    Trial{"prune.sparsegpt", "pattern=2:4"},
    Trial{"quantize.affine", "bits=8"},
    Trial{"quantize.affine", "bits=4 granularity=group group=64"},
    Trial{"quantize.gptq", "bits=4 granularity=group group=64"},
    Trial{"quantize.gptq", "bits=3 granularity=group group=64"},
    Trial{"quantize.awq", "bits=4 granularity=group group=64"},
};

std::vector<std::string> trialsOf(const TechniqueInfo &technique)
{
    std::vector<std::string> texts;
    for (const Trial &trial : trials) {
        if (trial.technique == technique.id)
            texts.push_back(std::string(trial.technique) + ' ' + std::string(trial.settings));
    }
    if (texts.empty())
        texts.emplace_back(technique.id);
    return texts;
}

/// The layer at the same place of the block before, whose weight it could use.
const Layer *neighbour(const ModelDescription &model, const Layer &layer)
{
    const auto found = std::ranges::find_if(model.layers, [&](const Layer &other) {
        return layer.block > 0 && other.block == layer.block - 1 && other.role == layer.role &&
               other.stack == layer.stack && other.shape == layer.shape;
    });
    return found == model.layers.end() ? nullptr : &*found;
}

/// The selection with which the technique acts on this layer; empty: it cannot alone.
std::string selectionFor(const TechniqueInfo &technique, const ModelDescription &model,
                         const Layer &layer)
{
    if (technique.part != LayerPart::Owner)
        return layer.name;
    const Layer *before = neighbour(model, layer);
    return before ? before->name + ',' + layer.name : std::string();
}

LayerOption::Answer answerBefore(const Step &step)
{
    if (needOf(step) == Need::Training)
        return LayerOption::Answer::NeedsTraining;
    return looksAtData(step) ? LayerOption::Answer::NeedsCalibration
                             : LayerOption::Answer::Computing;
}

/// Of the layer after the step: none where it is gone, nothing where only data can tell.
std::optional<std::int64_t> bytesAfter(const RecipePlan &planned, const std::string &layer)
{
    const PlannedSize size = plannedSize(planned);
    const auto found = std::ranges::find(size.layers, layer, &PlannedLayerSize::name);
    return found == size.layers.end() ? std::optional<std::int64_t>(0) : found->bytes;
}

LayerOption plannedOption(const ModelDescription &model, const TechniqueInfo &technique,
                          const std::string &text, const Layer &layer)
{
    LayerOption option;
    option.family = technique.family;
    option.title = shortName(checked(parsedStep(text)));
    const std::string selection = selectionFor(technique, model, layer);
    option.step = text + " @ " + (selection.empty() ? layer.name : selection);
    if (selection.empty() || technique.id == "prune.layers") {
        option.answer = LayerOption::Answer::Refused;
        option.reason =
            message(selection.empty() ? messages::optionNoNeighbour : messages::optionWholeBlocks);
        return option;
    }
    try {
        const Step step = parsedStep(option.step);
        option.answer = answerBefore(checked(step));
        option.bytes = bytesAfter(plan({{step}}, model), layer.name);
    } catch (const Error &error) {
        option.answer = LayerOption::Answer::Refused;
        option.reason = error.message();
    }
    return option;
}

} // namespace

LayerOptions layerOptions(const Checkpoint &checkpoint, const std::string &name, Progress &progress)
{
    LayerOptions options;
    options.name = name;
    const ModelDescription &model = checkpoint.description;
    const Layer *layer = model.find(name);
    if (layer && !layer->sharedWith.empty())
        layer = model.find(layer->sharedWith); // steps on it act on the one that owns the weight
    if (!layer)
        return options;
    options.bytesBefore = layer->bytes;
    for (const TechniqueInfo &technique : techniqueTable()) {
        if (!technique.actsOn(*layer))
            continue;
        for (const std::string &text : trialsOf(technique)) {
            progress.check();
            options.options.push_back(plannedOption(model, technique, text, *layer));
        }
    }
    return options;
}

LayerOption tried(const Checkpoint &checkpoint, const std::string &layer, LayerOption option,
                  Progress &progress)
{
    if (option.answer != LayerOption::Answer::Computing)
        return option;
    try {
        const LayerChange change =
            layerChange(checkpoint, {{parsedStep(option.step)}}, layer, progress);
        const bool told = change.after.defined() && change.after.sizes() == change.before.sizes();
        option.answer = told ? LayerOption::Answer::Known : LayerOption::Answer::NotTold;
        option.reason = change.unknown;
        if (told)
            option.weightError = relativeError(change.before, change.after);
        else if (!option.reason)
            option.reason = message(messages::optionOtherShape);
    } catch (const Error &error) {
        option.answer = LayerOption::Answer::Refused;
        option.reason = error.message();
    }
    return option;
}

} // namespace pare
