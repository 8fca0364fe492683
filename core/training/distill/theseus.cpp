#include "core/training/distill/theseus.h"

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/random.h"
#include "core/training/distill/messages.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace pare {

void checkCurriculum(const TheseusCurriculum &curriculum)
{
    const bool probability = curriculum.base >= 0 && curriculum.base <= 1;
    if (!probability || !(curriculum.slope >= 0) || !std::isfinite(curriculum.slope))
        throw Error(ErrorKind::InvalidSetting, messages::theseusProbability, curriculum.base,
                    curriculum.slope);
}

TheseusCurriculum curriculumOf(double base, std::optional<double> slope, std::int64_t steps)
{
    constexpr double whenAllAreReplaced = 0.7;
    return {base,
            slope.value_or((1 - base) / (whenAllAreReplaced * static_cast<double>(steps)))};
}

double replacementProbability(const TheseusCurriculum &curriculum, std::int64_t step)
{
    return std::min(1.0, curriculum.slope * static_cast<double>(step) + curriculum.base);
}

std::optional<std::int64_t> fullReplacementStep(const TheseusCurriculum &curriculum)
{
    if (curriculum.base >= 1)
        return 0;
    constexpr double farthest = 1e15; // steps a double still counts one by one
    const double steps = (1 - curriculum.base) / curriculum.slope;
    if (!(curriculum.slope > 0) || steps > farthest)
        return {};
    // The quotient is rounded; what counts is what the probability says.
    auto step = static_cast<std::int64_t>(steps);
    while (step > 0 && replacementProbability(curriculum, step - 1) >= 1)
        --step;
    while (replacementProbability(curriculum, step) < 1)
        ++step;
    return step;
}

double expectedRateFactor(const TheseusCurriculum &curriculum, std::int64_t step)
{
    return replacementProbability(curriculum, step);
}

std::vector<TheseusModule> drawnModules(const TheseusCurriculum &curriculum, std::int64_t modules,
                                        std::uint64_t seed, std::int64_t step)
{
    assert(modules >= 0);
    Random random(seed ^ stableHash("theseus"), static_cast<std::uint64_t>(step));
    const double probability = replacementProbability(curriculum, step);
    std::vector<TheseusModule> result(static_cast<std::size_t>(modules));
    for (TheseusModule &chosen : result)
        chosen =
            random.uniform() < probability ? TheseusModule::Successor : TheseusModule::Predecessor;
    return result;
}

} // namespace pare
