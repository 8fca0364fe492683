#include "core/search/knapsacksearch.h"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <optional>

namespace pare {

KnapsackRelaxation::KnapsackRelaxation(const KnapsackGroups &groups,
                                       const std::vector<bool> &belongs)
{
    Knot knot;
    for (std::size_t g = 0; g < belongs.size(); ++g)
        knot.value += belongs[g] ? groups.groups[g].front().value : 0;
    knots.push_back(knot);
    for (const KnapsackStep &step : groups.steps) {
        if (!belongs[step.group])
            continue;
        knot.weight += step.weight;
        knot.value -= step.value;
        steps.push_back(step);
        knots.push_back(knot);
    }
}

std::size_t KnapsackRelaxation::knotAt(std::int64_t room) const
{
    return static_cast<std::size_t>(std::ranges::upper_bound(knots, room, {}, &Knot::weight) -
                                    knots.begin()) -
           1;
}

std::int64_t KnapsackRelaxation::bound(std::size_t knot, std::int64_t room) const
{
    if (knot == steps.size())
        return knots[knot].value;
    __extension__ using Wide = __int128;
    const Wide gain = static_cast<Wide>(steps[knot].value) * (room - knots[knot].weight);
    return knots[knot].value - static_cast<std::int64_t>(gain / steps[knot].weight);
}

bool KnapsackRelaxation::reaches(std::int64_t value, std::size_t knot, std::int64_t room) const
{
    const std::int64_t missing = knots[knot].value - value;
    if (missing <= 0 || knot == steps.size())
        return missing <= 0;
    __extension__ using Wide = __int128;
    return static_cast<Wide>(steps[knot].value) * (room - knots[knot].weight) >=
           static_cast<Wide>(missing) * steps[knot].weight;
}

KnapsackSearch::KnapsackSearch(const KnapsackGroups &groups, std::int64_t room, const Until &until)
    : m_groups(groups)
    , m_room(room)
    , m_until(until)
    , m_open(groups.groups.size(), true)
{
    assert(room >= 0);
}

void KnapsackSearch::relax()
{
    const KnapsackRelaxation all(m_groups, m_open);
    const std::size_t knot = all.knotAt(m_room);
    m_choice.assign(m_groups.groups.size(), 0);
    for (std::size_t i = 0; i < knot; ++i)
        m_choice[all.steps[i].group] = all.steps[i].point;
    m_best = all.knots[knot].value;
    m_bound = all.bound(knot, m_room);
    if (knot == all.steps.size())
        return;
    m_critical = all.steps[knot];
    // What the steps behind the critical one still have room for.
    std::int64_t room = m_room - all.knots[knot].weight;
    for (std::size_t i = knot; i < all.steps.size(); ++i) {
        const KnapsackStep &step = all.steps[i];
        const auto &points = m_groups.groups[step.group];
        const auto from = points[m_choice[step.group]], to = points[step.point];
        if (to.weight - from.weight > room || to.value >= from.value)
            continue;
        room -= to.weight - from.weight;
        m_best -= from.value - to.value;
        m_choice[step.group] = step.point;
    }
}

void KnapsackSearch::sortGroups()
{
    std::vector<double> doubt;
    m_slack = -static_cast<Wide>(m_critical.value) * m_room;
    for (const auto &points : m_groups.groups) {
        std::vector<Wide> costs;
        for (const KnapsackPoint &point : points)
            costs.push_back(static_cast<Wide>(point.value) * m_critical.weight +
                            static_cast<Wide>(point.weight) * m_critical.value);
        const Wide least = *std::ranges::min_element(costs);
        m_slack += least;
        for (Wide &cost : costs)
            cost -= least;
        m_excess.push_back(costs);
        std::ranges::sort(costs);
        doubt.push_back(costs.size() > 1 ? static_cast<double>(costs[1]) : 1e300);
    }
    m_order.resize(doubt.size());
    std::iota(m_order.begin(), m_order.end(), std::size_t{0});
    std::ranges::stable_sort(m_order, {}, [&](std::size_t g) { return doubt[g]; });
}

bool KnapsackSearch::ruledOut(std::size_t group, std::size_t point) const
{
    return m_slack + m_excess[group][point] > static_cast<Wide>(m_best - 1) * m_critical.weight;
}

bool KnapsackSearch::stopped() const
{
    m_until.progress->check();
    return m_kept > m_until.states || std::chrono::steady_clock::now() > m_until.time;
}

void KnapsackSearch::adopt(const Completion &completion, const KnapsackRelaxation &rest)
{
    for (std::size_t g = 0; g < m_open.size(); ++g)
        m_choice[g] = m_open[g] ? 0 : m_choice[g];
    for (std::size_t i = 0; i < completion.steps; ++i)
        m_choice[rest.steps[i].group] = rest.steps[i].point;
    std::size_t stage = m_origins.size();
    m_choice[m_order[stage]] = completion.state.point;
    std::uint32_t state = completion.state.parent;
    while (stage-- > 0) {
        m_choice[m_order[stage]] = m_origins[stage][state].point;
        state = m_origins[stage][state].parent;
    }
}

bool KnapsackSearch::extend()
{
    const std::size_t group = m_order[m_origins.size()];
    m_open[group] = false;
    const KnapsackRelaxation rest(m_groups, m_open);
    std::vector<State> grown;
    std::optional<Completion> found;
    const auto &points = m_groups.groups[group];
    bool complete = true;
    for (std::size_t p = 0; p < points.size(); ++p) {
        if (ruledOut(group, p))
            continue;
        if (stopped()) {
            complete = false;
            break;
        }
        std::size_t knot = rest.steps.size();
        for (std::size_t s = 0; s < m_states.size(); ++s) {
            const State state{m_states[s].weight + points[p].weight,
                              m_states[s].value + points[p].value, static_cast<std::uint32_t>(s),
                              static_cast<std::uint32_t>(p)};
            const std::int64_t room = m_room - state.weight;
            if (room < 0)
                break;
            while (rest.knots[knot].weight > room)
                --knot;
            if (state.value + rest.knots[knot].value < m_best) {
                m_best = state.value + rest.knots[knot].value;
                found = {state, knot};
            }
            if (rest.reaches(m_best - 1 - state.value, knot, room))
                grown.push_back(state);
        }
    }
    if (found)
        adopt(*found, rest);
    if (complete)
        keep(std::move(grown));
    return complete;
}

void KnapsackSearch::keep(std::vector<State> states)
{
    std::ranges::sort(states, [](const State &a, const State &b) {
        return a.weight != b.weight ? a.weight < b.weight : a.value < b.value;
    });
    std::size_t kept = 0;
    for (const State &state : states) {
        if (kept == 0 || state.value < states[kept - 1].value)
            states[kept++] = state;
    }
    states.resize(kept);
    m_states = std::move(states);
    auto &origins = m_origins.emplace_back();
    origins.reserve(kept);
    for (const State &state : m_states)
        origins.push_back({state.parent, state.point});
    m_kept += static_cast<std::int64_t>(kept);
}

void KnapsackSearch::run()
{
    relax();
    if (m_best == m_bound)
        return;
    sortGroups();
    m_states.push_back({});
    while (!m_states.empty() && m_origins.size() < m_order.size() && m_best > m_bound) {
        if (!extend())
            return;
    }
    m_bound = m_best;
}

} // namespace pare
