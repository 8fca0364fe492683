// Progressive module replacing, BERT-of-Theseus (Xu et al. 2020). Free functions; any thread.
//
// While it is trained, each successor module stands in for its predecessors with a probability that
// grows with the steps; in the end the successors are alone.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace pare {

/// p(t) = min(1, slope t + base); slope 0 is the paper's constant schedule.
struct TheseusCurriculum
{
    double base = 0.3;
    double slope = 0.0006;
};

/// Throws InvalidSetting where the base is no probability or the slope below 0.
void checkCurriculum(const TheseusCurriculum &curriculum);

/// The curriculum of a training of so many steps: without a slope, every module is replaced after
/// seven tenths of them.
TheseusCurriculum curriculumOf(double base, std::optional<double> slope, std::int64_t steps);

/// In [0, 1]; t counts optimiser steps from 0.
double replacementProbability(const TheseusCurriculum &curriculum, std::int64_t step);

/// The first step at which every module is replaced; nothing where none is.
std::optional<std::int64_t> fullReplacementStep(const TheseusCurriculum &curriculum);

/// The factor of the learning rate that a successor module sees on average: it takes part in a
/// share p(t) of the steps. The paper reads the curriculum as a warm-up by this; it is not to be
/// multiplied in.
double expectedRateFactor(const TheseusCurriculum &curriculum, std::int64_t step);

enum class TheseusModule { Predecessor, Successor };

/// Which module runs at each of `modules` places in this step: one draw each for the whole batch.
/// Follows from seed, step and place alone.
std::vector<TheseusModule> drawnModules(const TheseusCurriculum &curriculum, std::int64_t modules,
                                        std::uint64_t seed, std::int64_t step);

} // namespace pare
