#include "app/cli/frontchances.h"

#include "core/evaluation/verdicts.h"
#include "core/project/project.h"

#include <utility>
#include <vector>

namespace pare {

namespace {

/// Runs that answered the same questions with what was made of the same model.
struct Comparable
{
    std::vector<FrontPoint> points; ///< the original is the first
    std::vector<std::string> ids;   ///< of the others
};

using ModelAndData = std::pair<std::string, std::string>;

} // namespace

std::map<std::string, double> frontChances(const Project &project, std::span<const Run> runs)
{
    std::map<ModelAndData, Comparable> groups;
    std::map<std::string, double> chances;
    for (const Run &run : runs) {
        const std::optional<RunAnswers> answers = project.answersOf(run.id);
        if (!answers || answers->empty())
            continue;
        Comparable &group = groups[{run.modelHash, answers->data.hash}];
        if (group.points.empty())
            group.points.push_back(
                {run.baseline.bytes, correctAnswers(answers->data, answers->original)});
        std::vector<std::uint8_t> correct = correctAnswers(answers->data, answers->run);
        if (correct.size() != group.points.front().correct.size())
            continue;             // of a project that was put together by hand
        if (run.recipe.empty()) { // it stands among the points already
            group.ids.insert(group.ids.begin(), run.id);
            continue;
        }
        group.points.push_back({run.measured.bytes, std::move(correct)});
        group.ids.push_back(run.id);
    }
    for (const auto &[key, group] : groups) {
        const std::size_t examples = group.points.front().correct.size();
        const std::vector<double> shares =
            frontShares(group.points, frontResamples(group.points.size(), examples));
        // Runs of the model as it is come first; all of them are the first point.
        const std::size_t originals = group.ids.size() + 1 - group.points.size();
        for (std::size_t i = 0; i < group.ids.size(); ++i)
            chances[group.ids[i]] = i < originals ? shares.front() : shares[i + 1 - originals];
    }
    return chances;
}

} // namespace pare
