#include "core/compression/plan.h"

#include "core/base/error.h"
#include "core/compression/factorize/svdrank.h"
#include "core/compression/messages.h"
#include "core/compression/share/layers.h"
#include "core/model/architecture.h"
#include "core/model/selection.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <map>
#include <set>
#include <utility>

#include <fmt/ranges.h>

namespace pare {

namespace {

constexpr int noStep = -1;

/// Builds one plan; layers and steps are spoken of by their numbers.
class Planner
{
public:
    Planner(const Recipe &recipe, const ModelDescription &model);
    /// `structure`: null where it is only known how much of it stays.
    RecipePlan run(const StructurePlan *structure);

private:
    struct LayerState
    {
        std::size_t base;  ///< who owns its weight in the checkpoint
        std::size_t owner; ///< of owners in the checkpoint: who owns their weight now
        std::array<int, 5> setBy{noStep, noStep, noStep, noStep,
                                 noStep}; ///< of owners: the step, by LayerPart
    };

    const TechniqueInfo &infoOf(int step) const
    {
        return techniqueInfo(m_plan.recipe.steps[step].technique);
    }
    int &setter(std::size_t layer, LayerPart part)
    {
        return m_states[layer].setBy[static_cast<std::size_t>(part)];
    }

    void orderSteps();
    void takeStructure(const StructurePlan *structure);
    std::vector<std::size_t> selected(const Step &step) const;
    std::vector<std::size_t> stepLayers(int step);
    [[noreturn]] void refuseSelection(const Step &step) const;
    std::size_t rootOf(std::size_t layer) const;
    void set(std::size_t layer, LayerPart part, int step);
    void applySharing(int step);
    void applyToOwners(int step);
    void applySteps(LayerPart first, LayerPart last);
    bool isBarred(const Step &step, const Layer &layer) const;
    void addTokenAttention();
    void insert(std::size_t position, const std::vector<Layer> &layers, int step);
    void noteOwners(int step, const std::vector<std::size_t> &selected,
                    const std::set<std::size_t> &owners);
    void settleOwner(std::size_t layer);
    void settleSurvivor(std::size_t owner, std::size_t member, int sharing);
    void settleSteps(std::size_t layer);
    bool changes(std::size_t layer, LayerPart part) const;
    void noteEffects();
    void checkTraining() const;

    template <class... Arguments>
    void note(const char *pattern, const Arguments &...arguments)
    {
        m_plan.notes.push_back(message(pattern, arguments...));
    }

    const ModelDescription &m_whole; ///< before structure
    const ModelDescription &m_model; ///< what of it stays: the plan's
    std::vector<LayerState> m_states;
    std::map<std::pair<int, int>, int> m_replaced; ///< (later, earlier) step → layers
    std::vector<std::string> m_texts;              ///< of the steps, as they were meant
    std::set<int> m_emptied;                       ///< steps whose layers are all gone
    RecipePlan m_plan;
};

Planner::Planner(const Recipe &recipe, const ModelDescription &model)
    : m_whole(model)
    , m_model(m_plan.model)
{
    m_plan.recipe = checked(recipe);
}

void Planner::takeStructure(const StructurePlan *structure)
{
    m_plan.structure = structure ? *structure : plannedStructure(m_plan.recipe, m_whole);
    m_plan.model = m_plan.structure.changesModel()
                       ? withStructure(m_whole, m_plan.structure.structure)
                       : m_whole;
    std::map<std::string, std::size_t> numbers;
    for (std::size_t i = 0; i < m_model.layers.size(); ++i)
        numbers.emplace(m_model.layers[i].name, i);
    for (std::size_t i = 0; i < m_model.layers.size(); ++i) {
        std::size_t base = i;
        while (!m_model.layers[base].sharedWith.empty())
            base = numbers.at(m_model.layers[base].sharedWith);
        m_states.push_back({base, base});
    }
}

void Planner::orderSteps()
{
    const std::vector<Step> given = m_plan.recipe.steps;
    std::ranges::stable_sort(m_plan.recipe.steps, {},
                             [](const Step &step) { return techniqueInfo(step.technique).part; });
    std::string order;
    for (const Step &step : m_plan.recipe.steps) {
        m_texts.push_back(step.text());
        order += (order.empty() ? "" : ", ") + step.technique;
    }
    if (m_plan.recipe.steps != given)
        note(messages::stepsReordered, order);
}

std::vector<std::size_t> Planner::selected(const Step &step) const
{
    const TechniqueInfo &info = techniqueInfo(step.technique);
    const Selection selection = Selection::parsed(step.layers);
    std::vector<std::size_t> layers;
    for (std::size_t i = 0; i < m_model.layers.size(); ++i) {
        const Layer &layer = m_model.layers[i];
        const bool possible = info.part == LayerPart::Owner ? takesPart(step.choice("mode"), layer)
                                                            : layer.isMatrix();
        if (possible && info.actsOn(layer) && selection.matches(layer) && !isBarred(step, layer))
            layers.push_back(i);
    }
    return layers;
}

/// Those that the step selects; none where structure took all of them away.
std::vector<std::size_t> Planner::stepLayers(int number)
{
    const Step &step = m_plan.recipe.steps[number];
    std::vector<std::size_t> layers = selected(step);
    if (!layers.empty())
        return layers;
    const TechniqueInfo &info = techniqueInfo(step.technique);
    const Selection selection = Selection::parsed(step.layers);
    const bool removed = std::ranges::any_of(m_whole.layers, [&](const Layer &layer) {
        return info.actsOn(layer) && selection.matches(layer) && !m_model.find(layer.name);
    });
    if (!removed)
        refuseSelection(step);
    m_emptied.insert(number);
    return layers;
}

void Planner::refuseSelection(const Step &step) const
{
    const TechniqueInfo &info = techniqueInfo(step.technique);
    const bool sharing = info.part == LayerPart::Owner;
    std::vector<std::string_view> roles;
    for (const LayerRole role : info.roles) {
        const bool possible = std::ranges::any_of(m_model.layers, [&](const Layer &layer) {
            return layer.role == role && (!sharing || takesPart(step.choice("mode"), layer));
        });
        if (possible)
            roles.push_back(nameOf(role));
    }
    const std::string list = fmt::format("{}", fmt::join(roles, ", "));
    if (sharing)
        throw Error(ErrorKind::InvalidSetting, messages::selectionLeavesNoBlock, step.technique,
                    step.layers, step.choice("mode"), list);
    const auto inBlock =
        std::ranges::find_if(m_model.layers, [](const Layer &layer) { return layer.block >= 0; });
    throw Error(ErrorKind::InvalidSetting, messages::selectionLeavesNone, step.technique,
                step.layers, list, m_model.blocks - 1,
                inBlock == m_model.layers.end() ? "" : inBlock->stack);
}

std::size_t Planner::rootOf(std::size_t layer) const
{
    // Ends: every sharing step makes the owners it chooses their own, so that chains never close.
    std::size_t root = m_states[layer].base;
    while (m_states[root].owner != root)
        root = m_states[root].owner;
    return root;
}

void Planner::set(std::size_t layer, LayerPart part, int step)
{
    int &setBy = setter(layer, part);
    if (setBy != noStep && setBy != step)
        ++m_replaced[{step, setBy}];
    setBy = step;
}

void Planner::applySharing(int step)
{
    const std::vector<std::size_t> layers = stepLayers(step);
    if (layers.empty())
        return;
    const auto pairs = sharedPairs(m_plan.recipe.steps[step], m_model, layers);
    for (const auto &[member, owner] : pairs) {
        const std::size_t base = m_states[member].base;
        if (setter(base, LayerPart::Owner) != step)
            set(base, LayerPart::Owner, step);
        m_states[base].owner = m_states[owner].base;
    }
    for (const SharedPair &pair : pairs)
        m_states[m_states[pair.owner].base].owner = m_states[pair.owner].base;
}

void Planner::applyToOwners(int step)
{
    const std::vector<std::size_t> layers = stepLayers(step);
    std::set<std::size_t> owners;
    for (const std::size_t layer : layers)
        owners.insert(rootOf(layer));
    noteOwners(step, layers, owners);
    for (const std::size_t owner : owners)
        set(owner, infoOf(step).part, step);
}

void Planner::applySteps(LayerPart first, LayerPart last)
{
    for (int step = 0; step < static_cast<int>(m_plan.recipe.steps.size()); ++step) {
        const LayerPart part = infoOf(step).part;
        if (part < first || part > last)
            continue;
        if (part == LayerPart::Owner)
            applySharing(step);
        else
            applyToOwners(step);
    }
}

/// Where token rows see each other, their table keeps its form, and the loss has no gradient by its
/// product alone; an attention that the recipe adds has had no part in any loss yet.
bool Planner::isBarred(const Step &step, const Layer &layer) const
{
    const bool attendsAlready = std::ranges::any_of(m_whole.layers, [](const Layer &other) {
        return other.role == LayerRole::EmbeddingAttention;
    });
    const bool form = techniqueInfo(step.technique).part == LayerPart::Form;
    const bool gradients = needOf(step) == Need::Gradients;
    if (layer.role == LayerRole::TokenEmbedding)
        return attendsAlready && (form || gradients);
    return layer.role == LayerRole::EmbeddingAttention && !attendsAlready && gradients;
}

/// Once all forms are settled: whose rows see each other, and what they need for it.
void Planner::addTokenAttention()
{
    for (std::size_t i = 0; i < m_states.size(); ++i) {
        const int number = setter(i, LayerPart::Form);
        if (number == noStep || m_plan.recipe.steps[number].technique != "factorize.safe")
            continue;
        const Step &step = m_plan.recipe.steps[number];
        const Layer &table = m_model.layers[i];
        for (std::size_t other = 0; other < m_states.size(); ++other) {
            if (other != i && rootOf(other) == i)
                throw Error(ErrorKind::InvalidSetting, messages::safeTied, step.technique,
                            m_model.layers[other].name, table.name);
        }
        const std::int64_t rank = svdRank(step, table);
        const int heads = step.integer("heads");
        if (rank % heads != 0)
            throw Error(ErrorKind::InvalidSetting, messages::safeHeads, step.technique, rank,
                        table.name, heads);
        const std::vector<Layer> layers =
            tokenAttentionLayers(m_model.architecture, static_cast<int>(rank));
        if (layers.empty())
            throw Error(ErrorKind::Unsupported, messages::safeArchitecture, step.technique,
                        m_model.architecture);
        m_plan.tokenAttention = {static_cast<int>(rank), heads};
        insert(i + 1, layers, number);
        return;
    }
}

/// Layers that `step` adds to the model.
void Planner::insert(std::size_t position, const std::vector<Layer> &layers, int step)
{
    for (LayerState &state : m_states) {
        for (std::size_t *number : {&state.base, &state.owner})
            *number += *number >= position ? layers.size() : 0;
    }
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const auto at = static_cast<std::ptrdiff_t>(position + i);
        m_plan.model.layers.insert(m_plan.model.layers.begin() + at, layers[i]);
        m_plan.model.parameters += layers[i].parameters;
        m_states.insert(m_states.begin() + at, {position + i, position + i});
        setter(position + i, LayerPart::Form) = step;
    }
}

/// Where a selection names members of a group and not its owner, the stored step names the owners.
void Planner::noteOwners(int step, const std::vector<std::size_t> &selected,
                         const std::set<std::size_t> &owners)
{
    int members = 0, widened = 0;
    for (std::size_t i = 0; i < m_states.size(); ++i) {
        const bool chosen = std::ranges::binary_search(selected, i);
        members += chosen && !owners.contains(i);
        widened += !chosen && owners.contains(rootOf(i));
    }
    if (!std::ranges::includes(selected, owners)) {
        std::vector<std::string_view> names;
        for (const std::size_t owner : owners)
            names.push_back(m_model.layers[owner].name);
        m_plan.recipe.steps[step].layers = fmt::format("{}", fmt::join(names, ","));
    }
    if (widened > 0)
        note(messages::stepActsOnOwners, m_texts[step], owners.size(), widened);
    else if (members > 0)
        note(messages::stepActsOnce, m_texts[step], members);
}

void Planner::settleOwner(std::size_t layer)
{
    const auto stepOf = [&](LayerPart part) {
        const int step = setter(layer, part);
        return step == noStep ? std::nullopt : std::optional(step);
    };
    std::optional<int> form = stepOf(LayerPart::Form);
    // What factorize.safe adds has the form that it is added with.
    if (form && m_model.layers[layer].role == LayerRole::EmbeddingAttention &&
        m_plan.recipe.steps[*form].technique == "factorize.safe")
        form.reset();
    setParts(m_plan.layers[layer], m_model.layers[layer], m_plan.recipe,
             {form, stepOf(LayerPart::Mask), stepOf(LayerPart::Codec)});
}

/// Whether the owner keeps its own weight, or the step touches it as well.
void Planner::settleSurvivor(std::size_t owner, std::size_t member, int sharing)
{
    const Step &step = m_plan.recipe.steps[sharing];
    if (step.choice("keep-weights") == "first")
        return;
    PlannedLayer &planned = m_plan.layers[owner];
    if (step.choice("keep-weights") == "average")
        planned.averagedWith.push_back(m_plan.layers[member].name);
    const std::string text = step.text();
    if (std::ranges::find(planned.steps, text) != planned.steps.end())
        return;
    const auto structure = m_plan.structure.steps.find(planned.name);
    const std::size_t before =
        structure == m_plan.structure.steps.end() ? 0 : structure->second.size();
    planned.steps.insert(planned.steps.begin() +
                             static_cast<std::ptrdiff_t>(std::min(before, planned.steps.size())),
                         text);
}

/// Who owns the weight in the end, and which steps touch it on the way.
void Planner::settleSteps(std::size_t layer)
{
    PlannedLayer &planned = m_plan.layers[layer];
    const std::size_t base = m_states[layer].base;
    const std::size_t root = rootOf(layer);
    const int sharing = setter(base, LayerPart::Owner);
    if (root != layer) {
        planned.owner = m_model.layers[root].name;
        planned.sharesBias = m_model.layers[layer].block >= 0 && sharing != noStep;
        if (sharing != noStep && layer == base)
            settleSurvivor(root, layer, sharing);
    }
    if (const auto structure = m_plan.structure.steps.find(planned.name);
        structure != m_plan.structure.steps.end()) {
        for (const int step : structure->second)
            planned.steps.push_back(m_plan.recipe.steps[step].text());
    }
    planned.sizeUnknown = m_plan.structure.unknown.contains(planned.name) ||
                          m_plan.structure.unknown.contains(planned.owner);
    for (std::size_t node = base; m_states[node].owner != node; node = m_states[node].owner)
        planned.steps.push_back(m_plan.recipe.steps[setter(node, LayerPart::Owner)].text());
    for (const LayerPart part : {LayerPart::Form, LayerPart::Mask, LayerPart::Codec}) {
        if (const int step = setter(root, part); step != noStep && changes(root, part))
            planned.steps.push_back(m_plan.recipe.steps[step].text());
    }
}

/// Whether what a step has set of an owner differs from what the model had.
bool Planner::changes(std::size_t layer, LayerPart part) const
{
    if (part == LayerPart::Owner)
        return m_states[layer].owner != layer; // an average changes its owner with its members
    return part != LayerPart::Mask || m_plan.layers[layer].mask;
}

/// What training is to split, or to bring to fewer bits, must be there.
void Planner::checkTraining() const
{
    if (!m_plan.recipe.training)
        return;
    const Step &training = *m_plan.recipe.training;
    const auto isAmong = [&](const auto &condition) {
        return std::ranges::any_of(m_plan.layers, [&](const PlannedLayer &layer) {
            return layer.owner.empty() && layer.codec && condition(*layer.codec);
        });
    };
    if (training.has("bits-from") && !isAmong([&](const Codec &codec) {
            return codec.kind == CodecKind::Affine && codec.bits < training.integer("bits-from");
        }))
        throw Error(ErrorKind::InvalidSetting, messages::bitsFromNothing,
                    training.choice("bits-from"));
    if (training.has("split-epochs") &&
        !isAmong([](const Codec &codec) { return codec.kind == CodecKind::Ternary; }))
        throw Error(ErrorKind::InvalidSetting, messages::splitNothing,
                    training.choice("split-epochs"));
}

void Planner::noteEffects()
{
    for (const auto &[pair, layers] : m_replaced)
        note(messages::stepReplaces, m_texts[pair.first], m_texts[pair.second], layers);
    for (int step = 0; step < static_cast<int>(m_texts.size()); ++step) {
        const LayerPart part = infoOf(step).part;
        if (part == LayerPart::Structure) {
            const bool touches =
                std::ranges::any_of(m_plan.structure.steps, [&](const auto &layer) {
                    return std::ranges::find(layer.second, step) != layer.second.end();
                });
            if (!touches)
                note(messages::stepChangesNothing, m_texts[step]);
            continue;
        }
        if (m_emptied.contains(step)) {
            note(messages::stepLayersGone, m_texts[step]);
            continue;
        }
        bool stands = false, effective = std::ranges::any_of(m_replaced, [&](const auto &replaced) {
                                 return replaced.first.first == step;
                             });
        for (std::size_t i = 0; i < m_states.size(); ++i) {
            const bool sets = setter(i, part) == step;
            stands = stands || sets;
            effective = effective || (sets && changes(i, part));
        }
        if (!stands)
            note(messages::stepReplacedEverywhere, m_texts[step]);
        else if (!effective)
            note(messages::stepChangesNothing, m_texts[step]);
    }
}

RecipePlan Planner::run(const StructurePlan *structure)
{
    orderSteps();
    takeStructure(structure);
    applySteps(LayerPart::Owner, LayerPart::Form);
    addTokenAttention();
    applySteps(LayerPart::Mask, LayerPart::Codec);
    for (std::size_t i = 0; i < m_states.size(); ++i) {
        m_plan.layers.push_back({});
        m_plan.layers[i].name = m_model.layers[i].name;
    }
    for (std::size_t i = 0; i < m_states.size(); ++i)
        settleOwner(i);
    for (std::size_t i = 0; i < m_states.size(); ++i)
        settleSteps(i);
    checkTraining();
    noteEffects();
    return std::move(m_plan);
}

} // namespace

RecipePlan plan(const Recipe &recipe, const ModelDescription &model)
{
    return Planner(recipe, model).run(nullptr);
}

RecipePlan plan(const Recipe &recipe, const ModelDescription &model, const StructurePlan &structure)
{
    return Planner(recipe, model).run(&structure);
}

RecipePlan numberedAnew(RecipePlan plan, const ModelDescription &smaller)
{
    assert(plan.model.layers.size() == smaller.layers.size());
    const Structure &structure = plan.structure.structure;
    const auto rename = [&](std::string &name) {
        if (!name.empty())
            name = nameAnew(structure, name);
    };
    for (std::size_t i = 0; i < plan.layers.size(); ++i) {
        Layer &layer = plan.model.layers[i];
        rename(layer.name);
        rename(layer.sharedWith);
        assert(layer.name == smaller.layers[i].name);
        layer.block = smaller.layers[i].block;
        layer.tensors = smaller.layers[i].tensors;
        rename(plan.layers[i].name);
        rename(plan.layers[i].owner);
        for (std::string &other : plan.layers[i].averagedWith)
            rename(other);
    }
    return plan;
}

} // namespace pare
