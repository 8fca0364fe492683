#include "core/search/optionweights.h"

#include "core/base/numbers.h"
#include "core/checkpoint/checkpoint.h"
#include "core/compression/layerrecords.h"
#include "core/model/technique.h"
#include "core/weights/match.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <numeric>
#include <span>

namespace pare {

namespace {

/// An option without its place.
std::string nameOf(const Step &option)
{
    return Step{option.technique, option.settings, {}}.text();
}

std::int64_t heldBytes(std::span<const std::int64_t> shape, const Codec &codec, bool isMasked)
{
    // Codes of weights that a mask leaves out are held too, and a byte of the mask for each.
    std::int64_t bytes = 0;
    for (const auto &[part, count] : plannedBytes(shape, codec))
        bytes += count;
    return bytes + (isMasked ? std::accumulate(shape.begin(), shape.end(), std::int64_t{1},
                                               std::multiplies())
                             : 0);
}

std::int64_t heldBytes(const Factor &factor)
{
    return heldBytes(factor.shape(), factor.codec(), factor.isMasked());
}

std::int64_t heldBytes(const Weight &weight)
{
    return match(
        weight, [](const Factor &factor) { return heldBytes(factor); },
        [](const Product &product) { return heldBytes(product.left) + heldBytes(product.right); },
        [](const Kronecker &kronecker) { return heldBytes(kronecker.a) + heldBytes(kronecker.b); },
        [](const Columns &columns) { return heldBytes(columns.chosen) + heldBytes(columns.rest); },
        [](const Shared &) { return std::int64_t{0}; });
}

/// The number of blocks stands for the head.
int blockOf(const std::string &layer, const StackSpecification &stack)
{
    const std::string prefix = stack.name + ".";
    if (layer.starts_with("embedding."))
        return -1;
    if (!layer.starts_with(prefix))
        return stack.blocks;
    const std::size_t dot = layer.find('.', prefix.size());
    return static_cast<int>(
        parseInteger(std::string_view(layer).substr(prefix.size(), dot - prefix.size())).value());
}

/// The option at all the places of `recipes`, each as if it stood alone: what reaches a layer comes from the
/// original.
Step together(const std::vector<Recipe> &recipes)
{
    Step step = recipes.front().steps.back();
    if (step.has("inputs"))
        step.settings["inputs"] = "original";
    step.layers.clear();
    for (const Recipe &recipe : recipes)
        step.layers += (step.layers.empty() ? "" : ",") + recipe.steps.back().layers;
    return step;
}

std::vector<LayerRecord> onlyOf(const std::vector<LayerRecord> &records,
                                const std::set<std::string> &layers)
{
    std::vector<LayerRecord> some;
    std::ranges::copy_if(records, std::back_inserter(some),
                         [&](const LayerRecord &record) { return layers.contains(record.name); });
    return some;
}

} // namespace

bool actsAlone(const Step &option)
{
    const TechniqueInfo &info = techniqueInfo(option.technique);
    return info.part != LayerPart::Structure && info.part != LayerPart::Owner &&
           !(option.has("scope") && option.choice("scope") == "global") &&
           info.defaultSelection != "embedding.token";
}

std::set<int> PlacedOption::changedBlocks() const
{
    std::set<int> blocks;
    for (const std::string &layer : changed)
        blocks.insert(blockOf(layer, specification.stacks[0]));
    return blocks;
}

std::set<std::string> usersOf(const ModelWeights &weights, const std::set<std::string> &layers)
{
    std::set<std::string> users = layers;
    for (const auto &[name, layer] : weights.layers) {
        if (layers.contains(weights.ownerOf(name)))
            users.insert(name);
    }
    return users;
}

OptionWeights::OptionWeights(Experiment &experiment, const CompressedModel &compared,
                             const Recipe &base, std::int64_t limitBytes)
    : m_experiment(experiment)
    , m_compared(compared)
    , m_base(base)
    , m_limit(limitBytes)
{}

std::int64_t plannedHeldBytes(const RecipePlan &plan)
{
    std::int64_t bytes = 0;
    for (std::size_t i = 0; i < plan.layers.size(); ++i) {
        const PlannedLayer &planned = plan.layers[i];
        const Layer &layer = plan.model.layers[i];
        if (!planned.owner.empty() || !planned.changesWeight())
            continue;
        if (planned.bytesUnknown()) {
            bytes += layer.parameters * std::int64_t{sizeof(float)};
            continue;
        }
        for (const std::vector<std::int64_t> &shape : factorShapes(planned, layer))
            bytes += heldBytes(shape, planned.codec.value_or(Codec()), planned.mask.has_value());
    }
    return bytes;
}

void OptionWeights::announce(const std::vector<Response> &responses)
{
    for (const Response &response : responses) {
        if (response.recipe.steps.size() == 1 && actsAlone(response.option()))
            m_together[nameOf(response.option())].push_back(response.recipe);
    }
}

PlacedOption OptionWeights::of(const Recipe &recipe, Progress &progress)
{
    const std::string key = recipe.text();
    if (const auto option = m_together.find(nameOf(recipe.steps.back()));
        option != m_together.end() && recipe.steps.size() == 1) {
        const std::vector<Recipe> recipes = std::move(option->second);
        m_together.erase(option); // whether it succeeds or not: what is missing is made alone
        makeTogether(recipes, progress);
    }
    if (const auto found = m_index.find(key); found != m_index.end()) {
        m_entries.splice(m_entries.begin(), m_entries, found->second);
        return found->second->option;
    }
    PlacedOption option = made(recipe, progress);
    keep(key, option);
    return option;
}

void OptionWeights::makeTogether(const std::vector<Recipe> &recipes, Progress &progress)
{
    const CompressedModel all = m_experiment.made(Recipe{{together(recipes)}}, progress);
    const std::vector<LayerRecord> records = m_experiment.recordsOf(all, progress);
    for (const Recipe &recipe : recipes) {
        const std::string &layer = recipe.steps.back().layers;
        CompressedModel one{m_compared.specification, m_compared.weights, all.plan};
        one.weights.layers.at(layer) = all.weights.layers.at(layer);
        keep(recipe.text(), placed(std::move(one), onlyOf(records, {layer}), {layer}));
    }
}

PlacedOption OptionWeights::made(const Recipe &recipe, Progress &progress) const
{
    CompressedModel model = m_experiment.made(recipe, progress);
    std::vector<LayerRecord> records = m_experiment.recordsOf(model, progress);
    std::set<std::string> layers;
    std::erase_if(records, [](const LayerRecord &record) { return record.steps.empty(); });
    for (const LayerRecord &record : records)
        layers.insert(record.name);
    return placed(std::move(model), records, std::move(layers));
}

PlacedOption OptionWeights::placed(CompressedModel model, const std::vector<LayerRecord> &records,
                                   std::set<std::string> layers) const
{
    PlacedOption option;
    option.tokens = model.tokens();
    const StackSpecification &stack = model.specification.stacks[0];
    // After other steps, what they see of the data may change anywhere above the option.
    option.isApart = !m_base.empty() || stack.blocks != m_compared.specification.stacks[0].blocks ||
                     model.specification.embedding != m_compared.specification.embedding;
    if (!option.isApart)
        option.changed = usersOf(model.weights, layers);
    for (const LayerRecord &record : records) {
        option.weightError = std::max(option.weightError, record.weightError);
        if (record.outputError)
            option.outputError =
                std::max(option.outputError.value_or(0), record.outputError.value());
    }
    option.bytes = exportedBytes(model.specification, model.weights);
    option.specification = std::move(model.specification);
    option.weights = std::move(model.weights);
    return option;
}

void OptionWeights::keep(const std::string &key, PlacedOption option)
{
    std::int64_t bytes = 0;
    for (const auto &[name, layer] : option.weights.layers) {
        if (option.isApart || option.changed.contains(name))
            bytes += heldBytes(layer.weight);
    }
    if (bytes > m_limit)
        return;
    m_entries.push_front({key, std::move(option), bytes});
    m_index[key] = m_entries.begin();
    m_bytes += bytes;
    while (m_bytes > m_limit) {
        m_bytes -= m_entries.back().bytes;
        m_index.erase(m_entries.back().key);
        m_entries.pop_back();
    }
}

} // namespace pare
