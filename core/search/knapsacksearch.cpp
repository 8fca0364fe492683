#include "core/search/knapsacksearch.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <optional>
#include <utility>

namespace pare {

namespace {

/// Both lists in one, each with rising weights and falling values; what another one beats is left
/// out.
template <class State>
std::vector<State> merged(const std::vector<State> &a, const std::vector<State> &b)
{
    std::vector<State> all;
    all.reserve(a.size() + b.size());
    const auto add = [&all](const State &state) {
        if (all.empty() || state.value < all.back().value)
            all.push_back(state);
    };
    auto i = a.begin();
    auto j = b.begin();
    while (i != a.end() && j != b.end()) {
        const bool first =
            i->weight < j->weight || (i->weight == j->weight && i->value <= j->value);
        add(first ? *i++ : *j++);
    }
    std::for_each(i, a.end(), add);
    std::for_each(j, b.end(), add);
    return all;
}

} // namespace

KnapsackSearch::KnapsackSearch(const KnapsackGroups &groups, std::int64_t room, const Until &until)
    : m_groups(groups)
    , m_room(room)
    , m_until(until)
{
    assert(room >= 0);
    for (Side &side : m_sides)
        side.others.assign(groups.groups.size(), true);
}

void KnapsackSearch::run()
{
    relax();
    if (m_bound <= goal()) {
        setPrice();
        for (const std::size_t group : groupsByDoubt()) {
            // Its only contender is what the relaxation chose.
            if (contenders(group) <= 1)
                continue;
            auto &[first, second] = m_sides;
            if (grow(first.states.size() <= second.states.size() ? first : second, group) ==
                Growth::Stopped)
                return;
            pair();
            if (first.states.empty() || second.states.empty() || m_bound > goal())
                break;
        }
    }
    m_bound = m_best;
}

void KnapsackSearch::relax()
{
    const KnapsackRelaxation all(m_groups, m_sides[0].others);
    m_critical = all.knotWithin(m_room, all.lastKnot());
    m_relaxed.assign(m_groups.groups.size(), 0);
    for (std::size_t i = 0; i < m_critical; ++i)
        m_relaxed[all.steps[i].group] = all.steps[i].point;
    m_choice = m_relaxed;
    m_best = all.knots[m_critical].value;
    m_bound = all.bound(m_room, m_critical);
    m_pointsLeft = static_cast<std::int64_t>(m_groups.groups.size());
}

void KnapsackSearch::setPrice()
{
    const KnapsackStep &critical = m_groups.steps[m_critical];
    m_least = -static_cast<WideInteger>(critical.value) * m_room;
    for (const std::vector<KnapsackPoint> &points : m_groups.groups) {
        std::vector<WideInteger> costs;
        for (const KnapsackPoint &point : points)
            costs.push_back(static_cast<WideInteger>(point.value) * critical.weight +
                            static_cast<WideInteger>(point.weight) * critical.value);
        const WideInteger least = *std::ranges::min_element(costs);
        for (WideInteger &cost : costs)
            cost -= least;
        m_least += least;
        m_excess.push_back(std::move(costs));
    }
    m_pointsLeft = 0;
    for (std::size_t g = 0; g < m_excess.size(); ++g)
        m_pointsLeft += contenders(g);
}

bool KnapsackSearch::contends(std::size_t group, std::size_t point) const
{
    return m_least + m_excess[group][point] <=
           static_cast<WideInteger>(goal()) * m_groups.steps[m_critical].weight;
}

std::int64_t KnapsackSearch::contenders(std::size_t group) const
{
    std::int64_t count = 0;
    for (std::size_t point = 0; point < m_excess[group].size(); ++point)
        count += contends(group, point) ? 1 : 0;
    return count;
}

std::vector<std::size_t> KnapsackSearch::groupsByDoubt() const
{
    const std::vector<KnapsackStep> &steps = m_groups.steps;
    std::vector<bool> met(m_groups.groups.size(), false);
    std::vector<std::size_t> groups;
    const auto meet = [&](std::size_t group) {
        if (!met[group])
            groups.push_back(group);
        met[group] = true;
    };
    // Steps nearly as steep as the critical one can be traded for it at little loss.
    for (std::size_t distance = 0; distance < steps.size(); ++distance) {
        if (m_critical + distance < steps.size())
            meet(steps[m_critical + distance].group);
        if (distance < m_critical)
            meet(steps[m_critical - 1 - distance].group);
    }
    return groups;
}

bool KnapsackSearch::stopped(std::size_t grown) const
{
    m_until.progress->check();
    const auto states =
        std::min<std::int64_t>(m_until.states, std::numeric_limits<std::uint32_t>::max());
    return m_states + static_cast<std::int64_t>(grown) > states ||
           std::chrono::steady_clock::now() > m_until.time;
}

KnapsackSearch::Growth KnapsackSearch::grow(Side &side, std::size_t group)
{
    side.groups.push_back(group);
    side.others[group] = false;
    const KnapsackRelaxation rest(m_groups, side.others);
    std::vector<States> lists;
    std::size_t grown = 0;
    for (std::uint32_t point = 0; point < m_groups.groups[group].size(); ++point) {
        if (!contends(group, point))
            continue;
        if (stopped(grown)) {
            side.groups.pop_back();
            side.others[group] = true;
            return Growth::Stopped;
        }
        lists.push_back(extended(side, point, rest));
        grown += lists.back().size();
    }
    // As in a tournament: merging them one after another would copy the first list each time.
    for (std::size_t i = 0; i + 1 < lists.size(); i += 2) {
        lists.push_back(merged(lists[i], lists[i + 1]));
        lists[i] = {};
        lists[i + 1] = {};
    }
    side.states = lists.empty() ? States() : std::move(lists.back());
    std::vector<Origin> &origins = side.origins.emplace_back();
    origins.reserve(side.states.size());
    for (const State &state : side.states)
        origins.push_back({state.parent, state.point});
    m_states += static_cast<std::int64_t>(side.states.size());
    return Growth::Complete;
}

KnapsackSearch::States KnapsackSearch::extended(const Side &side, std::uint32_t point,
                                                const KnapsackRelaxation &rest)
{
    const std::size_t group = side.groups.back();
    const KnapsackPoint &added = m_groups.groups[group][point];
    States states;
    std::size_t knot = rest.lastKnot();
    for (std::uint32_t parent = 0; parent < side.states.size(); ++parent) {
        const State state{side.states[parent].weight + added.weight,
                          side.states[parent].value + added.value, parent, point};
        const std::int64_t room = m_room - state.weight;
        if (room < 0)
            break;
        knot = rest.knotWithin(room, knot);
        if (state.value + rest.knots[knot].value < m_best) {
            m_best = state.value + rest.knots[knot].value;
            std::ranges::fill(m_choice, 0);
            for (std::size_t i = 0; i < knot; ++i)
                m_choice[rest.steps[i].group] = rest.steps[i].point;
            m_choice[group] = point;
            trace(side, parent);
        }
        if (rest.reaches(goal() - state.value, room, knot))
            states.push_back(state);
    }
    return states;
}

void KnapsackSearch::pair()
{
    const auto &[a, b] = m_sides;
    std::int64_t room = m_room;
    std::int64_t value = 0;
    for (std::size_t g = 0; g < m_relaxed.size(); ++g) {
        if (!a.others[g] || !b.others[g])
            continue;
        room -= m_groups.groups[g][m_relaxed[g]].weight;
        value += m_groups.groups[g][m_relaxed[g]].value;
    }
    std::optional<std::pair<std::size_t, std::size_t>> found;
    std::size_t partners = b.states.size(); // that fit
    for (std::size_t i = 0; i < a.states.size(); ++i) {
        const State &state = a.states[i];
        while (partners > 0 && state.weight + b.states[partners - 1].weight > room)
            --partners;
        if (partners == 0)
            break;
        const std::int64_t sum = value + state.value + b.states[partners - 1].value;
        if (sum < m_best) {
            m_best = sum;
            found.emplace(i, partners - 1);
        }
    }
    if (!found)
        return;
    m_choice = m_relaxed;
    trace(a, found->first);
    trace(b, found->second);
}

void KnapsackSearch::trace(const Side &side, std::size_t state)
{
    for (std::size_t stage = side.origins.size(); stage-- > 0;) {
        const Origin &origin = side.origins[stage][state];
        m_choice[side.groups[stage]] = origin.point;
        state = origin.parent;
    }
}

} // namespace pare
