// The floor every network has to beat: multinomial naive Bayes over bags of words. Stateless; any
// thread.
#pragma once

#include "core/text/dataset.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pare {

/// Word counts per label (McCallum and Nigam 1998), words as bertWords() gives them, lower-cased.
class NaiveBayes
{
public:
    /// Counts the words of a classification set (both texts of a pair). Throws InvalidSetting where
    /// it has no labels or no examples.
    explicit NaiveBayes(const Dataset &train);

    /// The most probable label for the texts, with `smoothing` (> 0) added to every count; words
    /// never seen in training do not count.
    std::string_view predict(const Example &example, double smoothing) const;
    /// The share of examples whose label is predicted.
    double accuracy(const Dataset &dataset, double smoothing) const;

private:
    struct WordHash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view word) const;
    };
    using WordIds = std::unordered_map<std::string, std::size_t, WordHash, std::equal_to<>>;

    std::vector<std::size_t> knownWords(const Example &example) const;

    std::vector<std::string> m_labels;
    std::vector<double> m_examples; ///< [labels]
    std::vector<double> m_words;    ///< [labels], all words of a label
    std::vector<double> m_counts;   ///< [words, labels]
    WordIds m_ids;
};

struct NaiveBayesResult
{
    double smoothing = 0; ///< the best on dev of 0.01 … 2
    double devAccuracy = 0;
    double testAccuracy = 0;
};

/// Trained on `train`, smoothing chosen on `dev`, measured on `test`. Throws InvalidSetting.
NaiveBayesResult measureNaiveBayes(const Dataset &train, const Dataset &dev, const Dataset &test);

} // namespace pare
