#include "core/text/wordmeasures.h"

#include "core/text/bertwords.h"
#include "core/text/messages.h"

#include <string>
#include <unordered_map>

namespace pare {

namespace {

constexpr std::size_t examplesPerReport = 1024;

std::string wordsOf(const Example &example)
{
    const TokenizerOptions plain;
    std::string words = bertWords(example.textA, plain);
    if (!example.textB.empty())
        words += ' ' + bertWords(example.textB, plain);
    return words;
}

} // namespace

WordMeasures wordMeasures(const Dataset &dataset, int rareBelow, Progress &progress)
{
    std::unordered_map<std::string, int> numbers; // of words
    std::vector<int> counts;                      // by number
    std::vector<std::vector<int>> texts(dataset.size());
    for (std::size_t i = 0; i < dataset.size(); ++i) {
        if (i % examplesPerReport == 0)
            progress.step({message(messages::textCounting), static_cast<std::int64_t>(i),
                           static_cast<std::int64_t>(dataset.size()), {}});
        forEachWord(wordsOf(dataset[i]), [&](std::string_view word) {
            if (word.empty())
                return;
            const auto [place, isNew] =
                numbers.try_emplace(std::string(word), static_cast<int>(counts.size()));
            if (isNew)
                counts.push_back(0);
            ++counts[static_cast<std::size_t>(place->second)];
            texts[i].push_back(place->second);
        });
    }
    WordMeasures measures;
    for (const std::vector<int> &text : texts) {
        double rare = 0;
        for (const int word : text)
            rare += counts[static_cast<std::size_t>(word)] < rareBelow;
        measures.words.push_back(static_cast<double>(text.size()));
        measures.rareShare.push_back(text.empty() ? 0 : rare / static_cast<double>(text.size()));
    }
    return measures;
}

} // namespace pare
