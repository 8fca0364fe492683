#include "core/search/probeorder.h"

#include "core/base/random.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace pare {

namespace {

/// A class of fewer examples than that is not worth a share of its own.
constexpr std::size_t rowsPerClass = 16;
/// Nor are more classes than can be asked in the time that a probe takes.
constexpr std::size_t mostClasses = 32;

/// On the demo, changed answers are as well known from a sixth of the examples that it would take if all were
/// asked alike.
constexpr double steepness = 3;

/// Falls with the margin, in units of the mean margin, towards the floor.
std::vector<double> chances(std::span<const double> margins, double floor)
{
    const double mean = std::accumulate(margins.begin(), margins.end(), 0.0) /
                        std::max<double>(1, static_cast<double>(margins.size()));
    std::vector<double> sizes;
    sizes.reserve(margins.size());
    for (const double margin : margins)
        sizes.push_back(mean > 0 ? floor + (1 - floor) * std::exp(-steepness * margin / mean)
                                 : 1.0);
    return sizes;
}

} // namespace

ProbeOrder::ProbeOrder(std::span<const double> margins, std::span<const std::int64_t> labels,
                       const ProbeOptions &options)
{
    assert(margins.size() == labels.size());
    const std::vector<double> sizes = chances(margins, options.floor);
    const std::size_t classes =
        labels.empty() ? 1 : static_cast<std::size_t>(std::ranges::max(labels)) + 1;
    const bool stratified = classes <= mostClasses && classes * rowsPerClass <= margins.size();
    std::vector<std::vector<std::size_t>> strata(stratified ? classes : 1);
    m_strata = strata.size();
    std::vector<double> priority(sizes.size());
    std::vector<double> total(strata.size());
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        const std::size_t stratum = stratified ? static_cast<std::size_t>(labels[i]) : 0;
        strata[stratum].push_back(i);
        total[stratum] += sizes[i];
        priority[i] = Random(options.seed, i).uniform() / sizes[i];
    }
    struct Turn
    {
        double when;
        Asked asked;
        std::size_t example;
    };
    std::vector<Turn> turns;
    for (std::size_t stratum = 0; stratum < strata.size(); ++stratum) {
        std::vector<std::size_t> &members = strata[stratum];
        std::ranges::sort(members, [&](std::size_t one, std::size_t other) {
            return std::pair(priority[one], one) < std::pair(priority[other], other);
        });
        for (std::size_t j = 0; j < members.size(); ++j)
            // Every class is asked once before any is asked again.
            turns.push_back({j == 0 ? 0 : (static_cast<double>(j) + 0.5) / total[stratum],
                             {stratum, sizes[members[j]], priority[members[j]]},
                             members[j]});
    }
    std::ranges::stable_sort(turns, {}, &Turn::when);
    for (const Turn &turn : turns) {
        m_asked.push_back(turn.asked);
        m_examples.push_back(turn.example);
    }
}

std::vector<double> ProbeOrder::weights(std::size_t rows) const
{
    assert(rows <= size());
    // The first priority of a class that was not asked is the threshold its others were below.
    std::vector<double> threshold(m_strata, std::numeric_limits<double>::infinity());
    for (std::size_t i = m_asked.size(); i-- > rows;)
        threshold[m_asked[i].stratum] = m_asked[i].priority;
    std::vector<double> weights;
    weights.reserve(rows);
    for (std::size_t i = 0; i < rows; ++i) {
        const double chance = threshold[m_asked[i].stratum] * m_asked[i].size;
        weights.push_back(chance < 1 ? 1 / chance : 1);
    }
    return weights;
}

} // namespace pare
