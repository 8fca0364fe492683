// The search for the best choice at one capacity.
//
// Lives in one call, on that call's thread, and refers to the caller's groups and progress. Inside
// core/search: knapsack.h is what others call.
#pragma once

#include "core/search/knapsackgroups.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace pare {

/// The linear relaxation of some of the groups as a function of the room they get: at a knot it is
/// the value of a choice, between two knots it lies on the line through both. It is what the groups
/// give when a corner of their hull may be mixed with the next, hence never above any choice.
struct KnapsackRelaxation
{
    struct Knot
    {
        std::int64_t weight = 0;
        std::int64_t value = 0;
    };

    /// Of the groups that `belongs`.
    KnapsackRelaxation(const KnapsackGroups &groups, const std::vector<bool> &belongs);

    /// The last knot that `room` has room for.
    std::size_t knotAt(std::int64_t room) const;
    /// The least value at `room`, which is at or after `knot`, rounded up to a whole number.
    std::int64_t bound(std::size_t knot, std::int64_t room) const;
    /// Whether bound() is at most `value`, without the division.
    bool reaches(std::int64_t value, std::size_t knot, std::int64_t room) const;

    std::vector<KnapsackStep> steps;
    std::vector<Knot> knots; ///< before and after each step
};

class KnapsackSearch
{
public:
    struct Until
    {
        std::int64_t states = 0;
        std::chrono::steady_clock::time_point time;
        Progress *progress = nullptr;
    };

    /// `room`: in the groups' unit, 0 or more.
    KnapsackSearch(const KnapsackGroups &groups, std::int64_t room, const Until &until);

    /// Searches until the best choice is proved or a limit is reached. Throws Cancelled.
    void run();

    /// The point of each group.
    const std::vector<std::size_t> &choice() const { return m_choice; }
    std::int64_t best() const { return m_best; }
    std::int64_t bound() const { return m_bound; }
    std::int64_t states() const { return m_kept; }

private:
    __extension__ using Wide = __int128;

    /// One choice for the groups so far.
    struct State
    {
        std::int64_t weight = 0;
        std::int64_t value = 0;
        std::uint32_t parent = 0; ///< its number among the states before this group
        std::uint32_t point = 0;  ///< of this group
    };
    struct Origin
    {
        std::uint32_t parent = 0;
        std::uint32_t point = 0;
    };
    /// A choice for all groups: a state, and of the groups to come the first `steps`.
    struct Completion
    {
        State state;
        std::size_t steps = 0;
    };

    void relax();
    void sortGroups();
    bool ruledOut(std::size_t group, std::size_t point) const;
    bool stopped() const;
    bool extend();
    void adopt(const Completion &completion, const KnapsackRelaxation &rest);
    void keep(std::vector<State> states);
    std::int64_t stateBound() const;

    const KnapsackGroups &m_groups;
    std::int64_t m_room;
    Until m_until;

    std::vector<std::size_t> m_choice;
    std::int64_t m_best = 0;
    std::int64_t m_bound = 0;
    std::int64_t m_kept = 0;

    KnapsackStep m_critical; ///< the step the relaxation takes in part; weight 0: none
    std::vector<std::vector<Wide>> m_excess; ///< of each point over its group's best at that price
    Wide m_slack = 0;
    std::vector<std::size_t> m_order;           ///< of the groups: the most doubtful first
    std::vector<bool> m_open;                   ///< the groups still to come
    std::vector<State> m_states;                ///< weights rise, values fall
    std::vector<std::vector<Origin>> m_origins; ///< of the states after each group
};

} // namespace pare
