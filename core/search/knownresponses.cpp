#include "core/search/knownresponses.h"

#include "core/checkpoint/checkpoint.h"
#include "core/evaluation/encodeddata.h"
#include "core/experiment/versions.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <nlohmann/json.hpp>

#include <fmt/format.h>

namespace pare {

namespace {

std::vector<double> marginsOf(std::span<const float> logits, std::int64_t labels)
{
    std::vector<double> margins;
    for (std::size_t i = 0; i < logits.size(); i += static_cast<std::size_t>(labels)) {
        std::vector<float> row(logits.begin() + static_cast<std::ptrdiff_t>(i),
                               logits.begin() + static_cast<std::ptrdiff_t>(i) + labels);
        std::ranges::partial_sort(row, row.begin() + std::min<std::ptrdiff_t>(2, labels),
                                  std::greater());
        margins.push_back(labels > 1 ? static_cast<double>(row[0]) - row[1] : 0);
    }
    return margins;
}

double accuracyOf(std::span<const float> logits, const EncodedData &data)
{
    const std::size_t labels = data.labelNames.size();
    std::size_t right = 0;
    for (std::size_t i = 0; i < data.sequences.size(); ++i)
        right += answerOf(logits.subspan(i * labels, labels)) == data.labels[i];
    return static_cast<double>(right) / static_cast<double>(data.sequences.size());
}

} // namespace

std::string originOf(const SweepOptions &options)
{
    std::string origin = fmt::format("probe {} {}", options.firstRows, ProbeOptions().floor);
    for (const auto &[name, version] : versions())
        origin += fmt::format(" {}={}", name, version);
    return origin;
}

ResponseTable emptyTable(const Experiment &experiment, const StoredOriginal &original)
{
    const EncodedData &data = experiment.data();
    ResponseTable table;
    table.modelHash = experiment.modelHash();
    table.dataHash = experiment.dataHash();
    table.milliseconds = original.milliseconds;
    table.original.labels = static_cast<std::int64_t>(data.labelNames.size());
    table.original.accuracy = accuracyOf(original.logits, data);
    table.order = ProbeOrder(marginsOf(original.logits, table.original.labels), data.labels,
                             {experiment.options().seed});
    for (const std::size_t example : table.order.examples()) {
        const auto row =
            original.logits.begin() + static_cast<std::ptrdiff_t>(example) * table.original.labels;
        table.original.logits.insert(table.original.logits.end(), row, row + table.original.labels);
        table.original.gold.push_back(data.labels[example]);
    }
    return table;
}

std::vector<Response> storedResponses(const Experiment &experiment,
                                      const std::vector<Recipe> &recipes,
                                      const ResponseStore &store)
{
    const auto labels = static_cast<std::int64_t>(experiment.data().labelNames.size());
    std::vector<Response> responses;
    for (const Recipe &recipe : recipes) {
        Response response;
        response.id = experiment.idOf(recipe);
        response.recipe = recipe;
        response.place = recipe.steps.back().layers;
        store.find(response, labels);
        responses.push_back(std::move(response));
    }
    return responses;
}

bool answersAll(const StoredOriginal &original, const EncodedData &data)
{
    return original.logits.size() == data.sequences.size() * data.labelNames.size();
}

void rememberJoints(const Experiment &experiment, const ResponseTable &table,
                    const SweepOptions &options)
{
    const ResponseStore store = ResponseStore::ofUser(originOf(options));
    const std::string id = experiment.idOf({});
    std::vector<std::string> pairs = store.pairs(id);
    for (const JointResponse &joint : table.joints) {
        std::string text = toJson(joint.response.recipe).dump();
        if (std::ranges::find(pairs, text) == pairs.end())
            pairs.push_back(std::move(text));
    }
    store.keepPairs(id, pairs);
}

void addKnownJoints(const Experiment &experiment, ResponseTable &table, const SweepOptions &options)
{
    const ResponseStore store = ResponseStore::ofUser(originOf(options));
    std::map<std::string, std::size_t> numbers; // by the option
    for (std::size_t i = 0; i < table.responses.size(); ++i) {
        if (!table.responses[i].changes.empty() && table.responses[i].recipe.steps.size() == 1)
            numbers.emplace(checked(table.responses[i].option()).text(), i);
    }
    table.joints.clear();
    for (const std::string &text : store.pairs(experiment.idOf({}))) {
        const Recipe both = recipeFromJson(text, "pairs");
        const auto first = numbers.find(checked(both.steps.front()).text());
        const auto second = numbers.find(checked(both.steps.back()).text());
        if (first == numbers.end() || second == numbers.end())
            continue;
        Response response = storedResponses(experiment, {both}, store).front();
        if (!response.changes.empty())
            table.joints.push_back({first->second, second->second, std::move(response)});
    }
}

KnownResponses::KnownResponses(const Experiment &experiment, ResponseStore store,
                               ResponseTable table, const SweepOptions &options)
    : m_experiment(experiment)
    , m_store(std::move(store))
    , m_table(std::move(table))
    , m_options(options)
{}

void KnownResponses::lookUpJoints()
{
    addKnownJoints(m_experiment, m_table, m_options);
}

std::optional<KnownResponses> KnownResponses::find(const Experiment &experiment, const Recipe &base,
                                                   const SweepOptions &options)
{
    ResponseStore store = ResponseStore::ofUser(originOf(options));
    const auto original = store.original(experiment.idOf(base));
    if (!original || !answersAll(*original, experiment.data()))
        return std::nullopt;
    ResponseTable table = emptyTable(experiment, *original);
    table.bytes = experiment.checkpoint().description.bytes;
    return KnownResponses(experiment, std::move(store), std::move(table), options);
}

std::size_t KnownResponses::numberOf(const Recipe &recipe)
{
    const auto [place, isNew] = m_numbers.emplace(recipe.text(), m_table.responses.size());
    if (isNew)
        std::ranges::move(storedResponses(m_experiment, {recipe}, m_store),
                          std::back_inserter(m_table.responses));
    return place->second;
}

} // namespace pare
