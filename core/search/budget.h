// The best recipe for a budget: one option, or none, for each layer, chosen from a response table.
//
// What a choice would change is counted softly on the probe: an example counts x²/(1 + x²/9), x how much its margin
// moves in units of the margin, so that hardly moved is hardly anything, an answer that just flips counts about
// one, and none counts more than nine. Options are valued by what they add to that; the multiple-choice knapsack is solved with these values to
// proof, and valued anew by what each option adds to the others' (a few rounds: large changes do not add up). One
// thread.
#pragma once

#include "core/base/progress.h"
#include "core/search/knapsack.h"
#include "core/search/prediction.h"
#include "core/search/responsetable.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pare {

enum class BudgetKind { Bytes, Accuracy, Milliseconds };

/// 'bytes<=2MB', 'accuracy>=90%' or 'latency<=1.2ms'.
struct BudgetTarget
{
    BudgetKind kind = BudgetKind::Bytes;
    double limit = 0; ///< bytes, a share, or milliseconds
};

/// Throws InvalidSetting.
BudgetTarget parsedTarget(std::string_view text);

/// What the solver proved.
struct Certificate
{
    double value = 0; ///< of the choice: examples that move, softly counted, as a share of all
    double bound = 0; ///< no choice that fits has less
    double gap = 0;
    std::int64_t options = 0; ///< considered
};

/// Why a layer got what it got.
struct ChoiceReason
{
    std::string layer;
    std::string chosen; ///< the option, as text; empty: none
    /// What would be taken if the chosen one could not, likewise; nothing: nothing else fits.
    std::optional<std::string> nextBest;
    std::int64_t bytes = 0;  ///< that the whole file would grow by then
    double milliseconds = 0; ///< that an answer would take longer
    double value = 0;        ///< that the certificate's value would be more
};

struct BudgetChoice
{
    std::vector<std::size_t> responses; ///< of the table
    Certificate certificate;
    Prediction prediction;
    std::int64_t bytes = 0;            ///< of the file, summed over what layers save
    double milliseconds = 0;           ///< of an answer
    std::vector<ChoiceReason> reasons; ///< for each layer that could get something; of best() alone
};

class BudgetSearch
{
public:
    /// Chooses among the responses of `table` that were asked; `locked` names layers that stay as they are. Both must
    /// outlive this. Throws InvalidSetting where nothing is left to choose.
    BudgetSearch(const ResponseTable &table, const Predictor &predictor,
                 const std::vector<std::string> &locked);

    /// Throws InvalidSetting, naming what can be reached, where nothing fits; Cancelled.
    BudgetChoice best(const BudgetTarget &target, Progress &progress) const;

    /// The choice that saves most bytes, without reasons.
    BudgetChoice smallest() const;

    /// The best choices for `count` limits of bytes, from all that can be saved to nothing saved.
    std::vector<BudgetChoice> front(int count, Progress &progress) const;

private:
    struct Group
    {
        std::string layer;
        std::vector<std::optional<std::size_t>> options; ///< responses; nothing: as it is
    };
    /// What two options move together beyond what each does.
    struct Joint
    {
        std::size_t first, second; ///< responses
        std::vector<float> moves;
    };
    struct Solved;

    void readJoints();
    std::vector<float> withJoints(std::span<const std::size_t> responses) const;
    std::vector<std::size_t> responsesOf(std::span<const std::size_t> choice) const;
    std::int64_t weightOf(const std::optional<std::size_t> &option, BudgetKind kind) const;
    std::vector<double> aloneValues(const Group &group) const;
    std::vector<double> besideOthers(std::size_t group, std::span<const std::size_t> choice) const;
    double softCount(std::span<const float> sum) const;
    Solved solved(BudgetKind kind, std::int64_t capacity, Progress &progress) const;
    BudgetChoice choiceOf(const Solved &solved) const;
    std::vector<ChoiceReason> reasonsFor(const Solved &solved, Progress &progress) const;
    Solved smallestReaching(double accuracy, Progress &progress) const;
    std::int64_t leastOf(const Group &group, BudgetKind kind) const;
    std::int64_t leastOf(BudgetKind kind) const;
    std::int64_t capacityOf(BudgetKind kind, double limit) const;

    const ResponseTable &m_table;
    const Predictor &m_predictor;
    std::vector<Group> m_groups;
    std::size_t m_rows = 0;                  ///< that all options were asked
    std::vector<double> m_weights;           ///< of the rows, adding up to 1
    std::vector<std::vector<float>> m_moves; ///< of each response: margins' moves, in margins
    std::vector<Joint> m_joints;
};

/// The recipe of these responses: layers with the same option in one step.
Recipe recipeOf(const ResponseTable &table, std::span<const std::size_t> responses);

} // namespace pare
