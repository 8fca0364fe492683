#include "core/search/budget.h"

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/search/messages.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include <fmt/format.h>

namespace pare {

namespace {

/// Enough for hundreds of layers; beyond it a choice comes with a gap.
constexpr KnapsackLimit effort;
/// Rounds in which options are valued anew beside the others'.
constexpr int rounds = 5;

double softly(double x)
{
    return x * x / (1 + x * x / 9);
}

/// By how much the margin of each row moves, in units of that margin (and a little more, for those that
/// are next to nothing).
std::vector<float> movesOf(const ResponseTable &table, const Response &response, std::size_t rows)
{
    const auto labels = static_cast<std::size_t>(table.original.labels);
    std::vector<float> moves;
    std::vector<double> margins;
    for (std::size_t row = 0; row < rows; ++row) {
        const std::span<const float> before(table.original.logits.data() + row * labels, labels);
        const auto first = static_cast<std::size_t>(answerOf(before));
        // What comes nearest to the answer once everything has moved.
        double margin = 0, move = 0, least = 0;
        bool isFirst = true;
        for (std::size_t label = 0; label < labels; ++label) {
            if (label == first)
                continue;
            const double was = before[first] - before[label];
            const double change =
                response.changes[row * labels + first] - response.changes[row * labels + label];
            const double now = was + change;
            if (isFirst || now / (was + 0.05) < least) {
                least = now / (was + 0.05);
                margin = was;
                move = change;
                isFirst = false;
            }
        }
        moves.push_back(static_cast<float>(-move / (margin + 0.05)));
    }
    return moves;
}

} // namespace

BudgetTarget parsedTarget(std::string_view text)
{
    const auto refuse = [&] {
        return Error(ErrorKind::InvalidSetting, messages::budgetTarget, text);
    };
    std::string plain;
    for (const char c : text) {
        if (c != ' ')
            plain += c;
    }
    const auto after = [&](std::string_view beginning) -> std::optional<std::string_view> {
        if (!plain.starts_with(beginning))
            return std::nullopt;
        return std::string_view(plain).substr(beginning.size());
    };
    const auto numberWith = [&](std::string_view value,
                                std::initializer_list<std::pair<const char *, double>> units) {
        for (const auto &[unit, factor] : units) {
            if (!value.ends_with(unit))
                continue;
            const auto number =
                parseReal(value.substr(0, value.size() - std::string_view(unit).size()));
            if (number && *number > 0)
                return *number * factor;
        }
        throw refuse();
    };
    if (const auto value = after("bytes<="))
        return {BudgetKind::Bytes,
                numberWith(*value, {{"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3}, {"B", 1}, {"", 1}})};
    if (const auto value = after("accuracy>=")) {
        const double share = numberWith(*value, {{"%", 0.01}, {"", 1}});
        if (share > 1)
            throw refuse();
        return {BudgetKind::Accuracy, share};
    }
    if (const auto value = after("latency<="))
        return {BudgetKind::Milliseconds, numberWith(*value, {{"ms", 1}, {"s", 1e3}})};
    throw refuse();
}

struct BudgetSearch::Solved
{
    KnapsackProblem problem;
    KnapsackSolution solution;
    std::vector<std::size_t> choice; ///< the option of each group
    double count = 0;                ///< of the whole choice, softly
};

BudgetSearch::BudgetSearch(const ResponseTable &table, const Predictor &predictor,
                           const std::vector<std::string> &locked)
    : m_table(table)
    , m_predictor(predictor)
    , m_rows(table.order.size())
    , m_moves(table.responses.size())
{
    std::map<std::string, std::size_t> groups;
    for (std::size_t i = 0; i < table.responses.size(); ++i) {
        const Response &response = table.responses[i];
        if (response.changes.empty() || std::ranges::find(locked, response.place) != locked.end())
            continue;
        const auto [group, isNew] = groups.emplace(response.place, m_groups.size());
        if (isNew)
            m_groups.push_back({response.place, {std::nullopt}});
        m_groups[group->second].options.emplace_back(i);
        m_rows = std::min(m_rows, static_cast<std::size_t>(table.rows(response)));
    }
    if (m_groups.empty())
        throw Error(ErrorKind::InvalidSetting, messages::budgetNothing);
    m_weights = table.order.weights(m_rows);
    const double all = std::accumulate(m_weights.begin(), m_weights.end(), 0.0);
    for (double &weight : m_weights)
        weight /= all;
    for (const Group &group : m_groups) {
        for (const auto &option : group.options) {
            if (option)
                m_moves[*option] = movesOf(table, table.responses[*option], m_rows);
        }
    }
    readJoints();
}

/// In bytes or nanoseconds, what an option adds to the model; negative: it saves.
std::int64_t BudgetSearch::weightOf(const std::optional<std::size_t> &option, BudgetKind kind) const
{
    if (!option)
        return 0;
    const Response &response = m_table.responses[*option];
    return kind == BudgetKind::Milliseconds ? std::llround(1e6 * response.milliseconds)
                                            : response.bytes - m_table.bytes;
}

/// The most that can be saved: of one group, so that weights are never negative, and of all.
std::int64_t BudgetSearch::leastOf(const Group &group, BudgetKind kind) const
{
    std::int64_t least = 0;
    for (const auto &option : group.options)
        least = std::min(least, weightOf(option, kind));
    return least;
}

std::int64_t BudgetSearch::leastOf(BudgetKind kind) const
{
    std::int64_t least = 0;
    for (const Group &group : m_groups)
        least += leastOf(group, kind);
    return least;
}

std::int64_t BudgetSearch::capacityOf(BudgetKind kind, double limit) const
{
    return kind == BudgetKind::Milliseconds
               ? std::llround(1e6 * (limit - m_table.milliseconds))
               : static_cast<std::int64_t>(std::floor(limit)) - m_table.bytes;
}

std::vector<std::size_t> BudgetSearch::responsesOf(std::span<const std::size_t> choice) const
{
    std::vector<std::size_t> responses;
    for (std::size_t g = 0; g < m_groups.size(); ++g) {
        if (const auto &option = m_groups[g].options[choice[g]])
            responses.push_back(*option);
    }
    return responses;
}

/// Moves of the rows under all of the responses.
std::vector<float> BudgetSearch::withJoints(std::span<const std::size_t> responses) const
{
    std::vector<float> sum(m_rows);
    const auto add = [&](const std::vector<float> &moves) {
        for (std::size_t row = 0; row < m_rows; ++row)
            sum[row] += moves[row];
    };
    for (const std::size_t response : responses)
        add(m_moves[response]);
    const auto has = [&](std::size_t number) {
        return std::ranges::find(responses, number) != responses.end();
    };
    for (const Joint &joint : m_joints) {
        if (has(joint.first) && has(joint.second))
            add(joint.moves);
    }
    return sum;
}

void BudgetSearch::readJoints()
{
    for (const auto &[first, second, response] : m_table.joints) {
        if (m_moves[first].empty() || m_moves[second].empty() ||
            static_cast<std::size_t>(m_table.rows(response)) < m_rows)
            continue;
        Joint joint{first, second, movesOf(m_table, response, m_rows)};
        for (std::size_t row = 0; row < m_rows; ++row)
            joint.moves[row] -= m_moves[first][row] + m_moves[second][row];
        m_joints.push_back(std::move(joint));
    }
}

double BudgetSearch::softCount(std::span<const float> sum) const
{
    double count = 0;
    for (std::size_t row = 0; row < m_rows; ++row)
        count += m_weights[row] * softly(sum[row]);
    return count;
}

std::vector<double> BudgetSearch::aloneValues(const Group &group) const
{
    std::vector<double> values;
    for (const auto &option : group.options)
        values.push_back(option ? softCount(m_moves[*option]) : 0);
    return values;
}

/// What each option of a group adds where the other groups have what they have in `choice`.
std::vector<double> BudgetSearch::besideOthers(std::size_t group,
                                               std::span<const std::size_t> choice) const
{
    std::vector<std::size_t> others;
    for (std::size_t g = 0; g < m_groups.size(); ++g) {
        if (const auto &option = m_groups[g].options[choice[g]]; g != group && option)
            others.push_back(*option);
    }
    const std::vector<float> rest = withJoints(others);
    const double without = softCount(rest);
    std::vector<double> values;
    for (const auto &option : m_groups[group].options) {
        std::vector<float> with = rest;
        const auto add = [&](const std::vector<float> &moves) {
            for (std::size_t row = 0; row < m_rows; ++row)
                with[row] += moves[row];
        };
        if (option)
            add(m_moves[*option]);
        for (const Joint &joint : m_joints) {
            if (!option || (joint.first != *option && joint.second != *option))
                continue;
            const std::size_t partner = joint.first == *option ? joint.second : joint.first;
            if (std::ranges::find(others, partner) != others.end())
                add(joint.moves);
        }
        values.push_back(softCount(with) - without);
    }
    return values;
}

/// Capacity in what the whole may grow by: usually negative.
BudgetSearch::Solved BudgetSearch::solved(BudgetKind kind, std::int64_t capacity,
                                          Progress &progress) const
{
    capacity -= leastOf(kind);
    std::vector<std::vector<double>> values;
    for (const Group &group : m_groups)
        values.push_back(aloneValues(group));
    Solved best;
    for (int round = 0; round < rounds; ++round) {
        progress.check();
        Solved now;
        for (std::size_t g = 0; g < m_groups.size(); ++g) {
            auto &options = now.problem.groups.emplace_back();
            for (std::size_t i = 0; i < m_groups[g].options.size(); ++i)
                options.push_back({values[g][i], weightOf(m_groups[g].options[i], kind) -
                                                     leastOf(m_groups[g], kind)});
        }
        now.solution = solveKnapsack(now.problem, capacity, effort, progress);
        if (!now.solution.fits())
            return now;
        now.choice = now.solution.choice;
        now.count = softCount(withJoints(responsesOf(now.choice)));
        const bool isSame = now.choice == best.choice;
        if (best.choice.empty() || now.count < best.count)
            best = now;
        if (isSame)
            break;
        for (std::size_t g = 0; g < m_groups.size(); ++g) {
            const std::vector<double> marginal = besideOthers(g, now.choice);
            for (std::size_t i = 0; i < marginal.size(); ++i)
                values[g][i] = (values[g][i] + marginal[i]) / 2;
        }
    }
    return best;
}

BudgetChoice BudgetSearch::choiceOf(const Solved &solved) const
{
    BudgetChoice choice;
    choice.bytes = m_table.bytes;
    choice.milliseconds = m_table.milliseconds;
    choice.responses = responsesOf(solved.choice);
    for (const std::size_t response : choice.responses) {
        choice.bytes += weightOf(response, BudgetKind::Bytes);
        choice.milliseconds += m_table.responses[response].milliseconds;
    }
    choice.certificate = {solved.solution.value, solved.solution.bound, solved.solution.gap(),
                          solved.solution.optionsConsidered};
    choice.prediction = m_predictor.of(choice.responses);
    return choice;
}

std::vector<ChoiceReason> BudgetSearch::reasonsFor(const Solved &solved, Progress &progress) const
{
    std::vector<ChoiceReason> reasons;
    const std::vector<KnapsackSolution> others =
        nextBest(solved.problem, solved.solution, effort, progress);
    const auto textOf = [&](const std::optional<std::size_t> &option) {
        if (!option)
            return std::string();
        const Step &step = m_table.responses[*option].option();
        return Step{step.technique, step.settings, {}}.text();
    };
    for (std::size_t g = 0; g < m_groups.size(); ++g) {
        ChoiceReason reason;
        reason.layer = m_groups[g].layer;
        const auto &own = m_groups[g].options[solved.choice[g]];
        reason.chosen = textOf(own);
        if (g < others.size() && others[g].fits() && !others[g].choice.empty()) {
            const auto &other = m_groups[g].options[others[g].choice[g]];
            reason.nextBest = textOf(other);
            reason.value = others[g].value - solved.solution.value;
            reason.bytes = weightOf(other, BudgetKind::Bytes) - weightOf(own, BudgetKind::Bytes);
            reason.milliseconds = (other ? m_table.responses[*other].milliseconds : 0) -
                                  (own ? m_table.responses[*own].milliseconds : 0);
        }
        reasons.push_back(std::move(reason));
    }
    return reasons;
}

BudgetChoice BudgetSearch::best(const BudgetTarget &target, Progress &progress) const
{
    const Solved found = target.kind == BudgetKind::Accuracy
                             ? smallestReaching(target.limit, progress)
                             : solved(target.kind, capacityOf(target.kind, target.limit), progress);
    if (found.choice.empty()) {
        const std::int64_t least = leastOf(target.kind);
        if (target.kind == BudgetKind::Bytes)
            throw Error(ErrorKind::InvalidSetting, messages::budgetTooSmall,
                        formatBytes(std::llround(target.limit)),
                        formatBytes(m_table.bytes + least));
        throw Error(
            ErrorKind::InvalidSetting, messages::budgetTooFast, fmt::format("{:.3f}", target.limit),
            fmt::format("{:.3f}", m_table.milliseconds + 1e-6 * static_cast<double>(least)));
    }
    BudgetChoice choice = choiceOf(found);
    choice.reasons = reasonsFor(found, progress);
    return choice;
}

/// The fewest bytes that are predicted to reach it: by bisection, since fewer bytes cost more.
BudgetSearch::Solved BudgetSearch::smallestReaching(double accuracy, Progress &progress) const
{
    const std::int64_t least = leastOf(BudgetKind::Bytes);
    const auto reaches = [&](const Solved &one) {
        return m_predictor.of(responsesOf(one.choice)).accuracy.value >= accuracy;
    };
    if (accuracy > m_table.original.accuracy)
        throw Error(ErrorKind::InvalidSetting, messages::budgetTooGood,
                    fmt::format("{:.1f}", 100 * accuracy),
                    fmt::format("{:.1f}", 100 * m_table.original.accuracy));
    std::int64_t low = least, high = 0; // high always reaches it
    Solved best = solved(BudgetKind::Bytes, high, progress);
    if (Solved smallest = solved(BudgetKind::Bytes, low, progress); reaches(smallest))
        return smallest;
    while (high - low > 512) {
        const std::int64_t middle = low + (high - low) / 2;
        Solved now = solved(BudgetKind::Bytes, middle, progress);
        if (reaches(now)) {
            high = middle;
            best = std::move(now);
        } else {
            low = middle;
        }
    }
    return best;
}

BudgetChoice BudgetSearch::smallest() const
{
    Solved least;
    for (const Group &group : m_groups) {
        const auto smaller = [&](const auto &one, const auto &other) {
            return weightOf(one, BudgetKind::Bytes) < weightOf(other, BudgetKind::Bytes);
        };
        least.choice.push_back(static_cast<std::size_t>(
            std::ranges::min_element(group.options, smaller) - group.options.begin()));
    }
    return choiceOf(least);
}

std::vector<BudgetChoice> BudgetSearch::front(int count, Progress &progress) const
{
    const std::int64_t least = leastOf(BudgetKind::Bytes);
    std::vector<BudgetChoice> choices;
    for (int i = 0; i < count; ++i) {
        progress.step({message(messages::budgetSolving), i, count, {}});
        const double share = count > 1 ? static_cast<double>(i) / (count - 1) : 0;
        const auto capacity =
            static_cast<std::int64_t>(std::ceil((1 - share) * static_cast<double>(least)));
        choices.push_back(choiceOf(solved(BudgetKind::Bytes, capacity, progress)));
    }
    return choices;
}

Recipe recipeOf(const ResponseTable &table, std::span<const std::size_t> responses)
{
    Recipe recipe;
    for (const std::size_t number : responses) {
        const Step &option = table.responses[number].option();
        const auto same = std::ranges::find_if(recipe.steps, [&](const Step &step) {
            return step.technique == option.technique && step.settings == option.settings;
        });
        if (same == recipe.steps.end())
            recipe.steps.push_back(option);
        else
            same->layers += "," + option.layers;
    }
    return recipe;
}

} // namespace pare
