#include "core/text/naivebayes.h"

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/text/bertwords.h"
#include "core/text/messages.h"

#include <algorithm>
#include <cmath>

namespace pare {

namespace {

constexpr double smoothings[] = {0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 2.0};

template <class Use>
void forEachWordOf(const Example &example, Use use)
{
    const TokenizerOptions uncased;
    for (const std::string_view text : {example.textA, example.textB})
        forEachWord(bertWords(text, uncased), use);
}

} // namespace

std::size_t NaiveBayes::WordHash::operator()(std::string_view word) const
{
    return stableHash(word);
}

NaiveBayes::NaiveBayes(const Dataset &train)
    : m_labels(train.labels())
    , m_examples(m_labels.size())
    , m_words(m_labels.size())
{
    if (m_labels.empty())
        throw Error(ErrorKind::InvalidSetting, messages::bayesData);
    for (std::size_t i = 0; i < train.size(); ++i) {
        const Example example = train[i];
        const auto label = static_cast<std::size_t>(
            std::ranges::lower_bound(m_labels, example.label) - m_labels.begin());
        ++m_examples[label];
        forEachWordOf(example, [&](std::string_view word) {
            auto entry = m_ids.find(word);
            if (entry == m_ids.end()) {
                entry = m_ids.emplace(word, m_ids.size()).first;
                m_counts.resize(m_counts.size() + m_labels.size());
            }
            ++m_counts[entry->second * m_labels.size() + label];
            ++m_words[label];
        });
    }
}

std::string_view NaiveBayes::predict(const Example &example, double smoothing) const
{
    const std::vector<std::size_t> words = knownWords(example);
    std::size_t best = 0;
    double highest = -INFINITY;
    for (std::size_t label = 0; label < m_labels.size(); ++label) {
        const double all = m_words[label] + smoothing * static_cast<double>(m_ids.size());
        double score = std::log(m_examples[label]);
        for (const std::size_t word : words)
            score += std::log((m_counts[word * m_labels.size() + label] + smoothing) / all);
        if (score > highest) {
            highest = score;
            best = label;
        }
    }
    return m_labels[best];
}

double NaiveBayes::accuracy(const Dataset &dataset, double smoothing) const
{
    if (dataset.size() == 0)
        throw Error(ErrorKind::InvalidSetting, messages::bayesData);
    std::size_t right = 0;
    for (std::size_t i = 0; i < dataset.size(); ++i)
        right += predict(dataset[i], smoothing) == dataset[i].label;
    return static_cast<double>(right) / static_cast<double>(dataset.size());
}

std::vector<std::size_t> NaiveBayes::knownWords(const Example &example) const
{
    std::vector<std::size_t> words;
    forEachWordOf(example, [&](std::string_view word) {
        if (const auto entry = m_ids.find(word); entry != m_ids.end())
            words.push_back(entry->second);
    });
    return words;
}

NaiveBayesResult measureNaiveBayes(const Dataset &train, const Dataset &dev, const Dataset &test)
{
    const NaiveBayes bayes(train);
    NaiveBayesResult result;
    for (const double smoothing : smoothings) {
        const double accuracy = bayes.accuracy(dev, smoothing);
        if (accuracy > result.devAccuracy || result.smoothing == 0) {
            result.devAccuracy = accuracy;
            result.smoothing = smoothing;
        }
    }
    result.testAccuracy = bayes.accuracy(test, result.smoothing);
    return result;
}

} // namespace pare
