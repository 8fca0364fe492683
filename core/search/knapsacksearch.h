// The search for the best choice at one capacity.
//
// Lives within one call, on its thread, and refers to the caller's groups and progress. Inside
// core/search: knapsack.h is what others call.
#pragma once

#include "core/search/knapsackrelaxation.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace pare {

/// Two sides take up the doubtful groups in turn. Each lists the choices for its own groups that
/// may still be part of something better than the best choice known: none that another of the list
/// beats, none that the relaxation of all other groups puts out of reach. After each group the
/// lists are paired: the best partner of a choice is the heaviest that fits, so that one walk along
/// both lists, up the one and down the other, finds the best of all pairs. When no doubtful group
/// is left, that pair is the best choice of all, and each side has taken up only half of them.
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

    /// The number of each group's point.
    const std::vector<std::size_t> &choice() const { return m_choice; }
    std::int64_t best() const { return m_best; }
    /// The relaxation's, or best() if that is proved.
    std::int64_t bound() const { return m_bound; }
    /// Before the first group was taken up.
    std::int64_t pointsLeft() const { return m_pointsLeft; }
    std::int64_t states() const { return m_states; }

private:
    /// One choice for the groups of a side.
    struct State
    {
        std::int64_t weight = 0;
        std::int64_t value = 0;
        std::uint32_t parent = 0; ///< its number in the list before the side's last group
        std::uint32_t point = 0;  ///< of the side's last group
    };
    using States = std::vector<State>; ///< weights rise, values fall

    struct Origin
    {
        std::uint32_t parent = 0;
        std::uint32_t point = 0;
    };
    struct Side
    {
        std::vector<bool> others; ///< all groups but its own
        States states{State{}};
        std::vector<std::size_t> groups;
        std::vector<std::vector<Origin>> origins; ///< of the states after each of its groups
    };

    void relax();
    void setPrice();
    std::vector<std::size_t> groupsByDoubt() const;

    /// What something better than the best choice known costs at most.
    std::int64_t goal() const { return m_best - 1 - m_groups.tolerance; }
    bool contends(std::size_t group, std::size_t point) const;
    std::int64_t contenders(std::size_t group) const;
    bool stopped(std::size_t grown) const;

    enum class Growth { Complete, Stopped };
    Growth grow(Side &side, std::size_t group);
    States extended(const Side &side, std::uint32_t point, const KnapsackRelaxation &rest);
    void pair();
    void trace(const Side &side, std::size_t state);

    const KnapsackGroups &m_groups;
    const std::int64_t m_room;
    const Until m_until;

    std::vector<std::size_t> m_choice;
    std::int64_t m_best = 0; ///< its value
    std::int64_t m_bound = 0;
    std::int64_t m_pointsLeft = 0;
    std::int64_t m_states = 0;

    std::vector<std::size_t> m_relaxed; ///< the relaxation's choice but for the critical step
    std::size_t m_critical = 0;         ///< the step which the relaxation takes in part
    /// What each point costs over the best of its group when weight has the price that the critical
    /// step pays: values times its weight plus weights times its value.
    std::vector<std::vector<WideInteger>> m_excess;
    WideInteger m_least = 0; ///< what the best of all groups cost, less the price of the room

    std::array<Side, 2> m_sides;
};

} // namespace pare
