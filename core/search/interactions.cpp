#include "core/search/interactions.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace pare {

namespace {

double sizeOf(const Response &response)
{
    double squares = 0;
    for (const float change : response.changes)
        squares += static_cast<double>(change) * change;
    return response.changes.empty()
               ? 0
               : std::sqrt(squares / static_cast<double>(response.changes.size()));
}

} // namespace

std::vector<ResponsePair> doubtfulPairs(const ResponseTable &table,
                                        std::span<const std::size_t> among, std::size_t count)
{
    std::set<ResponsePair> known;
    for (const JointResponse &joint : table.joints)
        known.insert(std::minmax(joint.first, joint.second));
    std::vector<double> sizes(table.responses.size());
    for (const std::size_t number : among)
        sizes[number] = sizeOf(table.responses[number]);
    std::vector<std::pair<double, ResponsePair>> pairs;
    for (std::size_t i = 0; i < among.size(); ++i) {
        for (std::size_t j = i + 1; j < among.size(); ++j) {
            const ResponsePair pair = std::minmax(among[i], among[j]);
            if (table.responses[pair.first].place == table.responses[pair.second].place ||
                known.contains(pair))
                continue;
            pairs.push_back({-sizes[pair.first] * sizes[pair.second], pair});
        }
    }
    const auto end = pairs.begin() + static_cast<std::ptrdiff_t>(std::min(count, pairs.size()));
    std::ranges::partial_sort(pairs, end);
    std::vector<ResponsePair> most;
    std::transform(pairs.begin(), end, std::back_inserter(most),
                   [](const auto &pair) { return pair.second; });
    return most;
}

void askJointly(Experiment &experiment, ResponseTable &table, std::span<const ResponsePair> pairs,
                const SweepOptions &options, Progress &progress)
{
    std::vector<Recipe> recipes;
    for (const auto &[first, second] : pairs) {
        Recipe both = table.responses[first].recipe;
        both.steps.push_back(table.responses[second].option());
        recipes.push_back(std::move(both));
    }
    SweepOptions thorough = options;
    thorough.tolerance = 0; // differences of differences want all rows
    LayerSweep sweep(experiment, {}, recipes, thorough, progress);
    const auto collect = [&] {
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            const Response &response = sweep.table().responses[i];
            if (!response.changes.empty())
                table.joints.push_back({pairs[i].first, pairs[i].second, response});
        }
        rememberJoints(experiment, table, options);
    };
    try {
        sweep.run(progress);
    } catch (const Cancelled &) {
        collect();
        throw;
    }
    collect();
}

double interactionOf(const ResponseTable &table, const JointResponse &joint)
{
    const std::vector<float> &one = table.responses[joint.first].changes;
    const std::vector<float> &other = table.responses[joint.second].changes;
    const std::vector<float> &both = joint.response.changes;
    const std::size_t size = std::min({one.size(), other.size(), both.size()});
    double missing = 0, whole = 0;
    for (std::size_t i = 0; i < size; ++i) {
        const double difference = static_cast<double>(both[i]) - one[i] - other[i];
        missing += difference * difference;
        whole += static_cast<double>(both[i]) * both[i];
    }
    return whole > 0 ? std::sqrt(missing / whole) : 0;
}

} // namespace pare
