#include "core/search/optiontimer.h"

#include "core/evaluation/statistics.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <numeric>

namespace pare {

namespace {

constexpr int turns = 9;

/// The example whose length is closest to the mean.
std::size_t typicalExample(const EncodedData &data)
{
    const auto length = [&](const Sequence &sequence) {
        return static_cast<double>(sequence.ids.size());
    };
    const double mean = std::accumulate(data.sequences.begin(), data.sequences.end(), 0.0,
                                        [&](double sum, const Sequence &sequence) {
                                            return sum + length(sequence);
                                        }) /
                        static_cast<double>(data.sequences.size());
    const auto typical =
        std::ranges::min_element(data.sequences, {}, [&](const Sequence &sequence) {
            return std::abs(length(sequence) - mean);
        });
    return static_cast<std::size_t>(typical - data.sequences.begin());
}

double millisecondsOf(const std::function<void()> &work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
        .count();
}

/// What a change is like, wherever it stands.
std::string kindOf(const PlacedOption &option)
{
    std::string kind;
    for (const std::string &layer : option.changed) {
        const std::size_t role = layer.find_first_of(".0123456789");
        kind += " " + layer.substr(0, role);
        kind += layer.substr(std::min(layer.size(), layer.find_first_not_of(".0123456789", role)));
        for (const std::int64_t size : shapeOf(option.weights.resolved(layer).weight))
            kind += "," + std::to_string(size);
    }
    return kind;
}

} // namespace

OptionTimer::OptionTimer(const Network &compared, const EncodedData &data)
    : m_compared(compared)
{
    const std::array typical{typicalExample(data)};
    m_batch = packed(data.sequences, typical);
    m_states = compared.embeddings(m_batch);
}

double OptionTimer::measured(const Network &network, const PlacedOption &option) const
{
    const auto pass = [&](const Network &one) {
        if (option.isApart)
            one.logits(m_batch);
        for (const int block : option.changedBlocks()) {
            if (block < 0)
                one.embeddings(m_batch);
            else if (block < one.specification().stacks[0].blocks)
                one.block(block, m_states, m_batch);
            else
                one.classLogits(m_states, m_batch);
        }
    };
    std::vector<double> differences;
    pass(network); // what is met for the first time is slower
    pass(m_compared);
    for (int turn = 0; turn < turns; ++turn)
        differences.push_back(millisecondsOf([&] { pass(network); }) -
                              millisecondsOf([&] { pass(m_compared); }));
    // What is now faster and now slower cannot be told from no difference.
    if (percentile(differences, 0.25) <= 0 && percentile(differences, 0.75) >= 0)
        return 0;
    return percentile(std::move(differences), 0.5);
}

double OptionTimer::milliseconds(const Network &network, const PlacedOption &option,
                                 const std::string &name)
{
    if (!option.tokens.empty())
        return 0; // looking a token up takes as long in a smaller table
    const std::string key = name + kindOf(option);
    const auto known = option.isApart ? m_known.end() : m_known.find(key);
    if (known != m_known.end())
        return known->second;
    return m_known[key] = measured(network, option);
}

} // namespace pare
