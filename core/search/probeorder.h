// Which examples of a data set are asked first when a whole table of models is to be compared, and
// how many each of them stands for.
//
// A compressed model changes answers near the decision and hardly any far from it, so examples with a
// small margin are asked with a larger chance. Every stretch from the first example on is a sample of
// its own: sequential Poisson sampling (Ohlsson 1998), the priorities of Duffield, Lund and Thorup
// 2007. Plain values; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace pare {

struct ProbeOptions
{
    std::uint64_t seed = 0;
    std::size_t rows = 512; ///< at most so many examples are ever asked
    double floor = 0.1;     ///< chance of examples with a large margin, relative to margin 0
};

class ProbeOrder
{
public:
    ProbeOrder() = default;
    /// `margins`: of the original's answers, first logit less the second, not negative; `labels`:
    /// class indices from 0 of the same examples. Classes are asked in proportion to their chances,
    /// where there are few enough of them.
    ProbeOrder(std::span<const double> margins, std::span<const std::int64_t> labels,
               const ProbeOptions &options);

    /// All of them, in the order in which they are asked.
    const std::vector<std::size_t> &examples() const { return m_examples; }
    std::size_t size() const { return m_examples.size(); }
    /// Classes that are asked in turn: so many rows have asked each of them once.
    std::size_t classes() const { return m_strata; }

    /// How many examples each of the first `rows` stands for, at least 1: the sum of weight times
    /// value over them is, on average over seeds, the sum of the values over the whole data set, as
    /// soon as every class has been asked. All 1 when all have been.
    std::vector<double> weights(std::size_t rows) const;

private:
    struct Asked
    {
        std::size_t stratum = 0;
        double size = 0;     ///< its relative chance
        double priority = 0; ///< ascending within its stratum
    };

    std::vector<std::size_t> m_examples;
    std::vector<Asked> m_asked; ///< likewise
    std::size_t m_strata = 0;
};

} // namespace pare
