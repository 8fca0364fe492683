#include "core/compression/structure/structure.h"

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/compression/messages.h"
#include "core/model/selection.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace pare {

namespace {

constexpr std::string_view attention = "role=query,key,value,output";
constexpr std::string_view feedForward = "role=up,down";

/// The one whose blocks can be chosen from; empty: the model has none.
std::string firstStack(const ModelDescription &model)
{
    const auto inBlock =
        std::ranges::find_if(model.layers, [](const Layer &layer) { return layer.block >= 0; });
    return inBlock == model.layers.end() ? std::string() : inBlock->stack;
}

std::vector<int> firstNumbers(std::int64_t count)
{
    std::vector<int> numbers(static_cast<std::size_t>(count));
    std::iota(numbers.begin(), numbers.end(), 0);
    return numbers;
}

/// The `count` of `candidates` that score most (of equal ones the first), in their order.
std::vector<int> best(std::vector<int> candidates, const std::vector<double> &scores,
                      std::size_t count)
{
    std::ranges::stable_sort(candidates, std::ranges::greater(), [&](int candidate) {
        return scores[static_cast<std::size_t>(candidate)];
    });
    candidates.resize(count);
    std::ranges::sort(candidates);
    return candidates;
}

/// One of the two halves of a block, whose layers lose rows and columns together.
struct Half
{
    const char *parts; ///< what is removed, for messages
    Selection layers;
    std::vector<std::vector<int>> Structure::*kept;
    StructureScores::OfBlock StructureScores::*scores;
};

class StructurePlanner
{
public:
    StructurePlanner(const Recipe &recipe, const ModelDescription &model,
                     const StructureScores *scores)
        : m_recipe(recipe)
        , m_model(model)
        , m_scores(scores)
        , m_stack(firstStack(model))
    {
        m_plan.structure.stack = m_stack;
        m_plan.structure.blocks = firstNumbers(model.blocks);
        m_plan.structure.heads.resize(m_plan.structure.blocks.size());
        m_plan.structure.neurons.resize(m_plan.structure.blocks.size());
        for (const Layer &layer : model.layers)
            countParts(layer);
    }

    StructurePlan run()
    {
        for (std::size_t i = 0; i < m_recipe.steps.size(); ++i) {
            m_number = static_cast<int>(i);
            const Step &step = m_recipe.steps[i];
            if (step.technique == "prune.heads")
                removeParts(step, {"heads", Selection::parsed(attention), &Structure::heads,
                                   &StructureScores::heads});
            else if (step.technique == "prune.neurons")
                removeParts(step, {"units", Selection::parsed(feedForward), &Structure::neurons,
                                   &StructureScores::neurons});
            else if (step.technique == "prune.layers")
                removeBlocks(step);
            else if (step.technique == "prune.vocabulary")
                removeTokens(step);
        }
        return std::move(m_plan);
    }

private:
    void countParts(const Layer &layer)
    {
        if (layer.block < 0 || layer.stack != m_stack)
            return;
        if (layer.role == LayerRole::Query && m_model.headWidth > 0)
            m_plan.structure.heads[layer.block] =
                firstNumbers(layer.shape[0] / m_model.headWidth);
        if (layer.role == LayerRole::Up)
            m_plan.structure.neurons[layer.block] = firstNumbers(layer.shape[0]);
    }

    /// What the step selects of the blocks that are still there, and of tables.
    std::vector<const Layer *> selected(const Step &step) const
    {
        const TechniqueInfo &info = techniqueInfo(step.technique);
        const Selection selection = Selection::parsed(step.layers);
        std::vector<const Layer *> layers;
        for (const Layer &layer : m_model.layers) {
            const bool there = layer.block < 0 ? layer.role == LayerRole::TokenEmbedding
                                               : layer.stack == m_stack && stays(layer.block);
            if (there && info.actsOn(layer) && selection.matches(layer))
                layers.push_back(&layer);
        }
        if (layers.empty())
            throw Error(ErrorKind::InvalidSetting, messages::structureSelectsNone, step.technique,
                        step.layers);
        return layers;
    }

    bool stays(int block) const
    {
        return std::ranges::binary_search(m_plan.structure.blocks, block);
    }

    std::size_t countToStay(const Step &step, std::size_t of) const
    {
        if (step.has("count"))
            return std::min(of, static_cast<std::size_t>(step.integer("count")));
        return static_cast<std::size_t>(
            std::llround(step.real("keep") * static_cast<double>(of)));
    }

    void touch(const Layer &layer) { m_plan.steps[layer.name].push_back(m_number); }

    /// Of each block, the lowest-numbered one that shares a weight of this half with it, or itself.
    std::vector<int> tiedBlocks(const Selection &half) const
    {
        std::vector<int> tied = firstNumbers(m_model.blocks);
        for (const Layer &layer : m_model.layers) {
            const Layer *owner = layer.sharedWith.empty() ? nullptr : m_model.find(layer.sharedWith);
            if (!owner || layer.stack != m_stack || owner->stack != m_stack || layer.block < 0 ||
                owner->block < 0 || !half.matches(layer))
                continue;
            const auto [low, high] = std::minmax(tied[layer.block], tied[owner->block]);
            std::ranges::replace(tied, high, low);
        }
        return tied;
    }

    void removeParts(const Step &step, const Half &half);
    void removeBlocks(const Step &step);
    void removeTokens(const Step &step);

    const Recipe &m_recipe;
    const ModelDescription &m_model;
    const StructureScores *m_scores;
    std::string m_stack;
    int m_number = 0;
    StructurePlan m_plan;
};

void StructurePlanner::removeParts(const Step &step, const Half &half)
{
    const std::vector<int> tied = tiedBlocks(half.layers);
    std::set<int> groups;
    for (const Layer *layer : selected(step))
        groups.insert(tied[layer->block]);
    auto &kept = m_plan.structure.*half.kept;
    for (const int group : groups) {
        std::vector<int> members;
        for (const int block : m_plan.structure.blocks) {
            if (tied[block] == group)
                members.push_back(block);
        }
        const std::vector<int> candidates = kept[members.front()];
        const std::size_t count = countToStay(step, candidates.size());
        if (count < 1)
            throw Error(ErrorKind::InvalidSetting, messages::structureLeavesNone, step.technique,
                        step.text(), candidates.size(), half.parts, members.front());
        if (count == candidates.size())
            continue;
        std::vector<double> scores(static_cast<std::size_t>(candidates.back()) + 1);
        for (std::size_t i = 0; m_scores && i < members.size(); ++i) {
            const std::vector<double> own = (m_scores->*half.scores)(step, members[i]);
            for (std::size_t part = 0; part < scores.size(); ++part)
                scores[part] += own[part];
        }
        for (const int block : members)
            kept[block] = best(candidates, scores, count);
        for (const Layer &layer : m_model.layers) {
            if (layer.stack != m_stack || !half.layers.matches(layer) ||
                std::ranges::find(members, layer.block) == members.end())
                continue;
            if (!layer.storage.empty())
                throw Error(ErrorKind::Unsupported, messages::structureCompressed, step.technique,
                            layer.name, layer.storage);
            touch(layer);
        }
    }
}

void StructurePlanner::removeBlocks(const Step &step)
{
    std::set<int> chosen;
    for (const Layer *layer : selected(step))
        chosen.insert(layer->block);
    const std::vector<int> candidates(chosen.begin(), chosen.end());
    const std::size_t count = countToStay(step, candidates.size());
    if (count == 0 && candidates.size() == m_plan.structure.blocks.size())
        throw Error(ErrorKind::InvalidSetting, messages::structureLeavesNoBlock, step.technique,
                    step.text(), candidates.size());
    std::vector<int> stay;
    const bool measured = step.choice("mode") == "importance";
    if (count == candidates.size())
        return;
    if (measured)
        stay = m_scores ? best(candidates, m_scores->blocks(step), count) : candidates;
    else if (step.choice("mode") == "every-other")
        for (std::size_t i = 0; i < count; ++i)
            stay.push_back(candidates[i * candidates.size() / count]);
    else
        stay.assign(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(count));
    for (const Layer &layer : m_model.layers) {
        if (layer.stack != m_stack || !chosen.contains(layer.block))
            continue;
        const bool undecided = measured && !m_scores;
        if (undecided)
            m_plan.unknown.insert(layer.name);
        if (undecided || std::ranges::find(stay, layer.block) == stay.end())
            touch(layer);
    }
    std::erase_if(m_plan.structure.blocks, [&](int block) {
        return chosen.contains(block) && std::ranges::find(stay, block) == stay.end();
    });
}

void StructurePlanner::removeTokens(const Step &step)
{
    const Layer &table = *selected(step).front();
    if (m_scores) {
        std::vector<int> tokens = m_scores->tokens(step);
        std::vector<int> both;
        if (m_plan.structure.tokens)
            std::ranges::set_intersection(*m_plan.structure.tokens, tokens,
                                          std::back_inserter(both));
        m_plan.structure.tokens = m_plan.structure.tokens ? std::move(both) : std::move(tokens);
    }
    for (const Layer &layer : m_model.layers) {
        if (&layer != &table && layer.sharedWith != table.name)
            continue;
        if (!layer.storage.empty())
            throw Error(ErrorKind::Unsupported, messages::structureCompressed, step.technique,
                        layer.name, layer.storage);
        touch(layer);
        if (!m_scores)
            m_plan.unknown.insert(layer.name);
    }
}

/// How many rows and columns stay of a layer.
class Sizes
{
public:
    Sizes(const ModelDescription &model, const Structure &structure)
        : m_model(model)
        , m_structure(structure)
    {}

    bool stays(const Layer &layer) const
    {
        return layer.block < 0 || layer.stack != m_structure.stack ||
               std::ranges::binary_search(m_structure.blocks, layer.block);
    }

    std::vector<std::int64_t> of(const Layer &layer) const
    {
        std::vector<std::int64_t> shape = layer.shape;
        if (layer.block >= 0 && layer.stack != m_structure.stack)
            return shape;
        const bool head = m_model.headWidth > 0;
        switch (layer.role) {
        case LayerRole::Query:
        case LayerRole::Key:
        case LayerRole::Value:
            shape[0] = head ? count(m_structure.heads, layer) * m_model.headWidth : shape[0];
            break;
        case LayerRole::Output:
            shape[1] = head ? count(m_structure.heads, layer) * m_model.headWidth : shape[1];
            break;
        case LayerRole::Up:
            shape[0] = count(m_structure.neurons, layer);
            break;
        case LayerRole::Down:
            shape[1] = count(m_structure.neurons, layer);
            break;
        case LayerRole::TokenEmbedding:
            shape[0] = tokens(shape[0]);
            break;
        case LayerRole::Head:
            if (layer.sharedWith == "embedding.token")
                shape[0] = tokens(shape[0]);
            break;
        default:
            break;
        }
        return shape;
    }

private:
    std::int64_t count(const std::vector<std::vector<int>> &kept, const Layer &layer) const
    {
        return static_cast<std::int64_t>(kept.at(static_cast<std::size_t>(layer.block)).size());
    }
    std::int64_t tokens(std::int64_t all) const
    {
        return m_structure.tokens ? static_cast<std::int64_t>(m_structure.tokens->size()) : all;
    }

    const ModelDescription &m_model;
    const Structure &m_structure;
};

/// What a plain layer of another shape counts and weighs.
void resize(Layer &layer, std::vector<std::int64_t> shape)
{
    if (shape == layer.shape)
        return;
    const bool owns = layer.sharedWith.empty();
    const std::int64_t weights = owns ? layer.shape[0] * layer.shape[1] : 0;
    const std::int64_t biasBytes = layer.bytes - weights * sizeOf(layer.dtype);
    const std::int64_t biases = layer.parameters - weights;
    const std::int64_t left = owns ? shape[0] * shape[1] : 0;
    layer.parameters = left + biases / layer.shape[0] * shape[0];
    layer.bytes = left * sizeOf(layer.dtype) + biasBytes / layer.shape[0] * shape[0];
    layer.shape = std::move(shape);
}

/// `heir` takes over the weight of `owner`, which is gone; a bias of its own stays its own.
void inherit(Layer &heir, const Layer &owner)
{
    const std::int64_t weights =
        owner.parameters - (owner.bias ? owner.shape[0] : 0); // of a plain layer
    const bool ownBias = heir.parameters > 0;
    heir.sharedWith.clear();
    heir.dtype = owner.dtype;
    heir.storage = owner.storage;
    const std::int64_t ownBytes = heir.bytes;
    heir.parameters = ownBias ? weights + heir.parameters : owner.parameters;
    heir.bytes = ownBias ? weights * sizeOf(owner.dtype) + ownBytes : owner.bytes;
}

} // namespace

StructurePlan plannedStructure(const Recipe &recipe, const ModelDescription &model,
                               const StructureScores *scores)
{
    return StructurePlanner(recipe, model, scores).run();
}

ModelDescription withStructure(const ModelDescription &model, const Structure &structure)
{
    const Sizes sizes(model, structure);
    ModelDescription result = model;
    result.layers.clear();
    result.parameters = 0;
    result.bytes = 0;
    std::map<std::string, std::string> heirs; // by the name of an owner that is gone
    for (const Layer &layer : model.layers) {
        if (!sizes.stays(layer))
            continue;
        Layer left = layer;
        const Layer *owner = left.sharedWith.empty() ? nullptr : model.find(left.sharedWith);
        if (owner && !sizes.stays(*owner)) {
            const auto [heir, first] = heirs.emplace(owner->name, left.name);
            if (first)
                inherit(left, *owner);
            else
                left.sharedWith = heir->second;
        }
        resize(left, sizes.of(left));
        result.parameters += left.parameters;
        result.layers.push_back(std::move(left));
    }
    return result;
}

NetworkSpecification withStructure(const NetworkSpecification &specification,
                                   const Structure &structure)
{
    assert(specification.stacks.front().name == structure.stack);
    NetworkSpecification result = specification;
    StackSpecification &stack = result.stacks.front();
    const StackSpecification &before = specification.stacks.front();
    stack.blocks = static_cast<int>(structure.blocks.size());
    stack.shapes.clear();
    for (const int block : structure.blocks) {
        BlockShape shape{{}, static_cast<int>(structure.neurons.at(block).size())};
        // Heads are numbered as in the network that none was ever removed from.
        std::vector<int> gone =
            before.shapes.empty() ? std::vector<int>() : before.shapes.at(block).prunedHeads;
        int next = 0;
        for (int head = 0; head < before.block.heads; ++head) {
            if (std::ranges::find(gone, head) != gone.end() ||
                !std::ranges::binary_search(structure.heads.at(block), next++))
                shape.prunedHeads.push_back(head);
        }
        stack.shapes.push_back(std::move(shape));
    }
    stack = normalized(std::move(stack));
    if (structure.tokens) {
        const std::vector<int> &tokens = *structure.tokens;
        result.embedding.vocabulary = static_cast<int>(tokens.size());
        result.embedding.padToken = static_cast<int>(
            std::ranges::lower_bound(tokens, result.embedding.padToken) - tokens.begin());
    }
    return result;
}

std::string nameAnew(const Structure &structure, const std::string &layer)
{
    const std::string prefix = structure.stack + ".";
    if (!layer.starts_with(prefix))
        return layer;
    const std::size_t dot = layer.find('.', prefix.size());
    const int block = static_cast<int>(
        parseInteger(std::string_view(layer).substr(prefix.size(), dot - prefix.size())).value());
    const auto place = std::ranges::lower_bound(structure.blocks, block);
    return prefix + std::to_string(place - structure.blocks.begin()) + layer.substr(dot);
}

} // namespace pare
