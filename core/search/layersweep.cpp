#include "core/search/layersweep.h"

#include "core/base/quietprogress.h"
#include "core/checkpoint/checkpoint.h"
#include "core/compression/plan.h"
#include "core/experiment/measure.h"
#include "core/experiment/versions.h"
#include "core/model/selection.h"
#include "core/network/network.h"
#include "core/search/borderstates.h"
#include "core/search/messages.h"
#include "core/search/optiontimer.h"
#include "core/search/optionweights.h"
#include "core/search/probebatches.h"

#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <numeric>
#include <string>
#include <tuple>

#include <fmt/ranges.h>

namespace pare {

namespace {

/// Fewer rows end nothing: what they hint at is for the coarse table.
constexpr std::size_t fewestJudged = 32;
constexpr std::size_t fewestTimed = 64; ///< rows, before it is said how long the rest takes

/// What rates of forecasts depend on.
std::string machineOf()
{
    const std::map<std::string, std::string> all = versions();
    return fmt::format("{}; {} threads", all.at("machine"), at::get_num_threads());
}

double seconds()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

/// The most that the program has held in memory since it began; 0 where the system does not say.
std::int64_t highestBytes()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:"))
            return 1024 * std::strtoll(line.c_str() + 6, nullptr, 10);
    }
    return 0;
}

/// Of the compared model, which is answered before anything is asked; its accuracy is not what is looked for.
class OriginalProgress final : public Progress
{
public:
    explicit OriginalProgress(Progress &progress)
        : m_progress(progress)
    {}

    void report(const ProgressReport &report) override
    {
        m_progress.report({message(messages::sweepOriginal), report.done, report.total, {}, {}});
    }
    bool cancelled() const override { return m_progress.cancelled(); }

private:
    Progress &m_progress;
};

/// The option without its place.
std::string nameOf(const Step &option)
{
    return Step{option.technique, option.settings, {}}.text();
}

/// The layers of one block that one option is tried on.
struct BlockGroup
{
    struct Member
    {
        std::size_t response = 0;
        double size = 0; ///< weights of its layer
    };
    std::vector<Member> members;
    std::string kind;   ///< option, roles and shapes: what groups of equal blocks share
    double weights = 0; ///< of all members
};

} // namespace

struct LayerSweep::State
{
    Experiment &experiment;
    SweepOptions options;
    ResponseStore store;
    CompressedModel compared;
    std::optional<Network> network = {};
    ResponseTable table = {};
    std::vector<ProbeStretch> stretches = {};
    std::optional<BorderStates> borders = {};
    std::optional<OptionWeights> weights = {};
    std::optional<OptionTimer> timer = {};
    std::vector<BlockGroup> groups = {};
    /// Of each response; nothing: its place is no matrix of a block.
    std::vector<std::optional<std::size_t>> groupOf = {};
    /// Added to a block, by the kind of its group.
    std::map<std::string, double> blockMilliseconds = {};
    std::vector<double> doubts = {}; ///< of each response: half the width of its interval
    std::vector<double> passes = {}; ///< of each: what of the model is run for an example, 0…1
    double refiningPasses = 0;       ///< since all were asked, in this call
    double refiningSeconds = 0;
    SweepRates rates = SweepRates::ofUser(machineOf());
    SweepWork work = {};
    SweepCost cost = {};
    SweepForecast forecast = {};
    std::int64_t residentBefore = residentBytes();
    std::int64_t highestBefore = highestBytes();

    StoredOriginal measuredOriginal(const std::string &id, Progress &progress);
    void prepare(Progress &progress);
    void answerOriginal(ProbeStretch &stretch, Progress &progress);
    void foresee(double secondsPerPass);
    void groupByBlock();
    double milliseconds(std::size_t number, const PlacedOption &option, const Network &changed,
                        Progress &progress);
    void judge(std::size_t number);
    void ask(std::size_t number, Progress &progress);
    std::vector<float> answers(const Network &network, const PlacedOption &option,
                               const ProbeStretch &stretch, Progress &progress);
    std::optional<std::size_t> next() const;
    std::optional<double> secondsLeft() const;
    std::int64_t mostRows() const;
    ProgressReport refiningReport() const;
};

StoredOriginal LayerSweep::State::measuredOriginal(const std::string &id, Progress &progress)
{
    if (const auto stored = store.original(id); stored && answersAll(*stored, experiment.data()))
        return *stored;
    OriginalProgress first(progress);
    const Measured measured = measure(*network, experiment.data(), experiment.options(), first);
    const float *logits = measured.logits.data_ptr<float>();
    StoredOriginal original{{logits, logits + measured.logits.numel()},
                            measured.measurement.latencyMs.median};
    store.keepOriginal(id, original);
    return original;
}

LayerSweep::LayerSweep(Experiment &experiment, const Recipe &base,
                       const std::vector<Recipe> &recipes, const SweepOptions &options,
                       Progress &progress)
    : m_state(new State{experiment, options, ResponseStore::ofUser(originOf(options)),
                        experiment.made(base, progress)})
{
    State &state = *m_state;
    state.network.emplace(state.compared.specification, state.compared.weights);
    state.table = emptyTable(experiment, state.measuredOriginal(experiment.idOf(base), progress));
    state.table.bytes = exportedBytes(state.compared.specification, state.compared.weights);
    state.table.responses = storedResponses(experiment, recipes, state.store);
    state.doubts.resize(recipes.size());
    for (std::size_t i = 0; i < recipes.size(); ++i)
        state.judge(i);
    state.weights.emplace(experiment, state.compared, state.compared.plan.recipe,
                          options.weightBytes);
    std::vector<Response> open;
    std::ranges::copy_if(state.table.responses, std::back_inserter(open),
                         [](const Response &response) { return !response.finished; });
    state.weights->announce(open);
    state.groupByBlock();
    state.prepare(progress);
}

LayerSweep::~LayerSweep() = default;

const ResponseTable &LayerSweep::table() const
{
    return m_state->table;
}

const SweepForecast &LayerSweep::forecast() const
{
    return m_state->forecast;
}

void LayerSweep::State::prepare(Progress &progress)
{
    const EncodedData &data = experiment.data();
    stretches = probeStretches(table.order, options, data, experiment.options().batchTokens);
    borders.emplace(*network, tokensOf(stretches), options.borderBytes);
    timer.emplace(*network, data);
    const double before = seconds();
    std::size_t asked = 0;
    for (ProbeStretch &stretch : stretches) {
        if (asked >= fewestTimed)
            break;
        answerOriginal(stretch, progress);
        asked = stretch.last;
    }
    foresee((seconds() - before) / static_cast<double>(std::max<std::size_t>(asked, 1)));
}

/// Answers it once in the batches in which responses are asked, so that no change is exactly none.
void LayerSweep::State::answerOriginal(ProbeStretch &stretch, Progress &progress)
{
    if (!stretch.original.empty())
        return;
    PlacedOption nothing;
    nothing.specification = compared.specification;
    stretch.original = answers(*network, nothing, stretch, progress);
    std::ranges::copy(stretch.original,
                      table.original.logits.begin() +
                          static_cast<std::ptrdiff_t>(stretch.first) * table.original.labels);
}

/// What is left to do, once it is known how long the compared model takes for an example.
void LayerSweep::State::foresee(double secondsPerPass)
{
    const int blocks = compared.specification.stacks[0].blocks;
    const auto most = static_cast<double>(mostRows());
    const double coarse = stretches.empty() ? 0 : static_cast<double>(stretches.front().last);
    work.secondsPerPass = secondsPerPass;
    std::int64_t stored = 0;
    passes.assign(table.responses.size(), 0);
    for (std::size_t i = 0; i < table.responses.size(); ++i) {
        const Response &response = table.responses[i];
        if (response.finished)
            continue;
        double weights = 0;
        int first = blocks;
        const Selection place = Selection::parsed(response.place);
        for (const Layer &layer : experiment.checkpoint().description.layers) {
            if (!place.matches(layer))
                continue;
            weights += static_cast<double>(layer.parameters);
            first = std::min(first, layer.block < 0 && layer.role == LayerRole::TokenEmbedding
                                        ? 0
                                        : (layer.block < 0 ? blocks : layer.block));
        }
        const double above = (blocks - first + 0.1) / blocks; // the head is run in any case
        const auto rows = static_cast<double>(table.rows(response));
        passes[i] = above;
        work.coarsePasses += above * (rows > 0 ? 0 : coarse);
        work.passes += above * (most - rows);
        work.weights[response.option().technique] += weights;
        stored += plannedHeldBytes(plan(response.recipe, experiment.checkpoint().description));
    }
    work.bytes = experiment.checkpoint().description.bytes + borders->bytes() +
                 std::min(stored, options.weightBytes);
    forecast = rates.forecast(work);
}

/// Logits [rows, labels] of a stretch in its order.
std::vector<float> LayerSweep::State::answers(const Network &network, const PlacedOption &option,
                                              const ProbeStretch &stretch, Progress &progress)
{
    const std::set<int> changed = option.changedBlocks();
    const int none = compared.specification.stacks[0].blocks;
    const int first = option.isApart ? -1 : (changed.empty() ? none : *changed.begin());
    return probeLogits(network, first, *borders, stretch, table.order, progress);
}

/// Whether more rows would tell more of what was asked.
void LayerSweep::State::judge(std::size_t number)
{
    Response &response = table.responses[number];
    const ProbeEstimate estimate = table.estimateOf(response);
    doubts[number] = estimate.halfWidth();
    const auto rows = static_cast<std::size_t>(table.rows(response));
    response.finished = rows >= std::min(options.rows, table.order.size()) ||
                        (rows >= fewestJudged &&
                         (doubts[number] <= options.tolerance ||
                          estimate.accuracy.high < table.original.accuracy - options.hopeless));
}

void LayerSweep::State::ask(std::size_t number, Progress &progress)
{
    Response &response = table.responses[number];
    const auto rows = static_cast<std::size_t>(table.rows(response));
    const auto stretch = std::ranges::find(stretches, rows, &ProbeStretch::first);
    answerOriginal(*stretch, progress);
    const double start = seconds();
    const PlacedOption option = weights->of(response.recipe, progress);
    const double made = seconds();
    cost.makingSeconds[response.option().technique] += made - start;
    cost.bytes = std::max(cost.bytes, residentBytes() - residentBefore);
    progress.check();
    std::optional<EncodedData> own; // of a model that knows fewer tokens
    ProbeStretch recoded;
    if (!option.tokens.empty()) {
        recoded = *stretch;
        own = experiment.dataFor(option.tokens, progress);
        for (PackedBatch &batch : recoded.batches)
            batch = packed(own->sequences, batch.order);
    }
    const Network changed =
        option.isApart ? Network(option.specification, option.weights)
                       : Network(*network, option.specification, option.weights, option.changed);
    const std::vector<float> now = answers(changed, option, own ? recoded : *stretch, progress);
    if (rows == 0) {
        response.bytes = option.bytes;
        response.weightError = option.weightError;
        response.outputError = option.outputError;
        response.milliseconds = milliseconds(number, option, changed, progress);
    }
    const std::vector<float> changes = changesOf(now, stretch->original);
    response.changes.insert(response.changes.end(), changes.begin(), changes.end());
    judge(number);
    store.keep(response, table.original.labels);
    cost.passSeconds += seconds() - made;
    cost.bytes = std::max(cost.bytes, residentBytes() - residentBefore);
}

/// Finds the layers of blocks that each option is tried on, once for all responses.
void LayerSweep::State::groupByBlock()
{
    std::map<std::string_view, const Layer *> layers;
    for (const Layer &layer : experiment.checkpoint().description.layers)
        layers.emplace(layer.name, &layer);
    std::map<std::tuple<std::string, std::string, int>, std::size_t> numbers;
    groupOf.resize(table.responses.size());
    for (std::size_t i = 0; i < table.responses.size(); ++i) {
        const Response &response = table.responses[i];
        const auto layer = layers.find(response.place);
        if (layer == layers.end() || layer->second->block < 0)
            continue;
        const Layer &own = *layer->second;
        const std::string name = nameOf(response.option());
        const auto [number, isNew] =
            numbers.emplace(std::tuple(name, own.stack, own.block), groups.size());
        if (isNew)
            groups.push_back({{}, name, {}});
        BlockGroup &group = groups[number->second];
        const double size =
            std::accumulate(own.shape.begin(), own.shape.end(), 1.0, std::multiplies());
        group.members.push_back({i, size});
        group.weights += size;
        group.kind += fmt::format(" {},{}", pare::nameOf(own.role), fmt::join(own.shape, ","));
        groupOf[i] = number->second;
    }
}

/// That the option adds to an answer at its place. What it does to a block is not the sum of what it does to single
/// matrices (three products may be one, numbers stay rounded from one layer to the next), so it is timed on all those of
/// the block that it is tried on, and each has the share of its weights.
double LayerSweep::State::milliseconds(std::size_t number, const PlacedOption &option,
                                       const Network &changed, Progress &progress)
{
    const std::string name = nameOf(table.responses[number].option());
    if (!groupOf[number] || option.isApart || !option.tokens.empty())
        return timer->milliseconds(changed, option, name);
    const BlockGroup &group = groups[*groupOf[number]];
    const auto [known, isNew] = blockMilliseconds.emplace(group.kind, 0);
    if (isNew) {
        PlacedOption whole = option;
        for (const BlockGroup::Member &member : group.members) {
            if (member.response == number)
                continue;
            const PlacedOption next =
                weights->of(table.responses[member.response].recipe, progress);
            for (const std::string &layer : next.changed)
                whole.weights.layers.at(layer) = next.weights.layers.at(layer);
            whole.changed.insert(next.changed.begin(), next.changed.end());
        }
        const Network all(*network, whole.specification, whole.weights, whole.changed);
        known->second = timer->milliseconds(all, whole, name);
    }
    const auto own = std::ranges::find(group.members, number, &BlockGroup::Member::response);
    return known->second * own->size / group.weights;
}

/// Those that were never asked come first, in their order; then the least known.
std::optional<std::size_t> LayerSweep::State::next() const
{
    std::optional<std::size_t> most;
    for (std::size_t i = 0; i < table.responses.size(); ++i) {
        const Response &response = table.responses[i];
        if (response.changes.empty())
            return i;
        if (!response.finished && (!most || doubts[i] > doubts[*most]))
            most = i;
    }
    return most;
}

/// Of asking again: an interval shrinks with the root of the rows, and none is asked past the last.
std::optional<double> LayerSweep::State::secondsLeft() const
{
    if (refiningPasses <= 0)
        return std::nullopt;
    const auto most = static_cast<double>(mostRows());
    double left = 0;
    for (std::size_t i = 0; i < table.responses.size(); ++i) {
        if (table.responses[i].finished)
            continue;
        const auto rows = static_cast<double>(table.rows(table.responses[i]));
        const double widths = options.tolerance > 0 ? doubts[i] / options.tolerance : most;
        left += passes[i] * std::max(0.0, std::min(most, rows * widths * widths) - rows);
    }
    return left * refiningSeconds / refiningPasses;
}

/// That one response is asked at most.
std::int64_t LayerSweep::State::mostRows() const
{
    return static_cast<std::int64_t>(std::min(options.rows, table.order.size()));
}

/// Counts examples, since options may well be finished all at once.
ProgressReport LayerSweep::State::refiningReport() const
{
    std::int64_t done = 0;
    for (const Response &response : table.responses)
        done += response.finished ? mostRows() : table.rows(response);
    const auto all = static_cast<std::int64_t>(table.responses.size()) * mostRows();
    return {message(messages::sweepRefining), done, all, {}, secondsLeft()};
}

void LayerSweep::run(Progress &progress, const std::function<void(const SweepState &)> &afterStep)
{
    State &state = *m_state;
    const c10::NoGradGuard noGrad;
    const auto all = static_cast<std::int64_t>(state.table.responses.size());
    while (const std::optional<std::size_t> number = state.next()) {
        const auto finished = std::ranges::count(state.table.responses, true, &Response::finished);
        const auto coarse =
            std::ranges::count_if(state.table.responses, [](const Response &response) {
                return !response.changes.empty();
            });
        const bool isCoarse = coarse < all;
        progress.step(isCoarse ? ProgressReport{message(messages::sweepCoarse), coarse, all, {}, {}}
                               : state.refiningReport());
        QuietProgress quiet(progress);
        const double began = seconds();
        const std::int64_t before = state.table.rows(state.table.responses[*number]);
        state.ask(*number, quiet);
        if (!isCoarse) {
            const std::int64_t rows = state.table.rows(state.table.responses[*number]) - before;
            state.refiningPasses += state.passes[*number] * static_cast<double>(rows);
            state.refiningSeconds += seconds() - began;
        }
        if (afterStep)
            afterStep({state.table, *number, static_cast<std::size_t>(coarse),
                       static_cast<std::size_t>(finished)});
    }
    ProgressReport end = state.refiningReport();
    end.secondsLeft.reset();
    progress.step(end);
    // Whether they were asked in this call or another, the table ends the same.
    for (ProbeStretch &stretch : state.stretches)
        state.answerOriginal(stretch, progress);
    state.store.keepToLimit();
    // A batch on its way is gone before it can be seen from here; where it made the highest, the system tells.
    if (const std::int64_t highest = highestBytes(); highest > state.highestBefore)
        state.cost.bytes = std::max(state.cost.bytes, highest - state.residentBefore);
    if (state.work.passes > 0)
        state.rates.learn(state.work, state.cost);
}

} // namespace pare
