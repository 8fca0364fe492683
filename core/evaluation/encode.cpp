#include "core/evaluation/encode.h"

#include "core/base/error.h"
#include "core/evaluation/messages.h"
#include "core/text/dataset.h"
#include "core/text/wordpiecetokenizer.h"

#include <algorithm>
#include <map>
#include <string_view>

#include <fmt/ranges.h>

namespace pare {

namespace {

constexpr std::size_t examplesPerReport = 256;
constexpr std::size_t labelsNamed = 20; // a message that lists more helps nobody

std::string labelList(const std::vector<std::string> &labels)
{
    const std::size_t shown = std::min(labels.size(), labelsNamed);
    std::string list = fmt::to_string(
        fmt::join(labels.begin(), labels.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
    return shown < labels.size() ? list + ", …" : list;
}

/// Class indices by name.
class LabelTable
{
public:
    LabelTable(const Dataset &dataset, const EncodeOptions &options)
        : m_dataset(dataset)
        , m_options(options)
    {
        for (std::size_t i = 0; i < options.labels.size(); ++i)
            m_indices.emplace(options.labels[i], static_cast<std::int64_t>(i));
    }

    std::int64_t index(std::size_t example) const
    {
        const std::string_view label = m_dataset[example].label;
        const auto found = m_indices.find(label);
        if (found != m_indices.end())
            return found->second;
        const std::size_t line = m_dataset.line(example);
        throw Error(ErrorKind::InvalidFile,
                    line > 0 ? messages::dataLabelUnknownAt : messages::dataLabelUnknown,
                    m_options.origin, line > 0 ? line : example + 1, label,
                    labelList(m_options.labels));
    }

private:
    const Dataset &m_dataset;
    const EncodeOptions &m_options;
    std::map<std::string_view, std::int64_t> m_indices;
};

void requireLabels(const Dataset &dataset, const EncodeOptions &options)
{
    if (dataset.size() == 0)
        throw Error(ErrorKind::InvalidFile, messages::dataNoExamples, options.origin);
    if (dataset.task() != TaskKind::Classification || !dataset.answered())
        throw Error(ErrorKind::InvalidFile, messages::dataNoLabels, options.origin);
}

} // namespace

void checkLabels(const Dataset &dataset, const EncodeOptions &options)
{
    requireLabels(dataset, options);
    const LabelTable table(dataset, options);
    for (std::size_t i = 0; i < dataset.size(); ++i)
        table.index(i);
}

EncodedData encoded(const Dataset &dataset, const WordPieceTokenizer &tokenizer,
                    const EncodeOptions &options, Progress &progress)
{
    requireLabels(dataset, options);
    const LabelTable table(dataset, options);
    const auto total = static_cast<std::int64_t>(dataset.size());
    EncodedData data;
    data.origin = options.origin;
    data.labelNames = options.labels;
    data.sequences.reserve(dataset.size());
    data.labels.reserve(dataset.size());
    for (std::size_t i = 0; i < dataset.size(); ++i) {
        if (i % examplesPerReport == 0)
            progress.step(
                {message(messages::evaluationEncoding), static_cast<std::int64_t>(i), total, {}});
        const Example example = dataset[i];
        data.labels.push_back(table.index(i));
        const Encoding encoding = dataset.pairs() ? tokenizer.encode(example.textA, example.textB)
                                                  : tokenizer.encode(example.textA);
        data.sequences.push_back({{encoding.ids.begin(), encoding.ids.end()},
                                  {encoding.types.begin(), encoding.types.end()}});
        data.truncated += encoding.truncated;
    }
    return data;
}

} // namespace pare
