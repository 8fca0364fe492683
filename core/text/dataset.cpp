#include "core/text/dataset.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/base/numbers.h"
#include "core/text/lines.h"
#include "core/text/messages.h"
#include "core/text/tablereader.h"

#include <algorithm>
#include <set>

namespace pare {

namespace {

/// The columns of a table that make its examples.
struct Columns
{
    TaskKind task = TaskKind::Classification;
    TextCount texts = TextCount::One;
    bool answered = true;
    std::vector<std::string> names;
};

std::string joined(const std::vector<std::string> &names)
{
    std::string text;
    for (const std::string &name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

Columns columnsOf(const TableReader &table, const std::filesystem::path &file, Answers answers)
{
    const auto fail = [&](const char *pattern) {
        throw Error(ErrorKind::InvalidFile, pattern, file, table.line(),
                    shownText(joined(table.columns())));
    };
    const bool one = table.hasColumn("text");
    const bool first = table.hasColumn("text_a");
    const bool second = table.hasColumn("text_b");
    if (one && (first || second))
        fail(messages::tableTextColumnsBoth);
    if (!one && !(first && second))
        fail(messages::tableTextColumns);

    Columns columns;
    columns.texts = one ? TextCount::One : TextCount::Two;
    columns.names =
        one ? std::vector<std::string>{"text"} : std::vector<std::string>{"text_a", "text_b"};
    columns.answered = answers == Answers::Required;
    if (!columns.answered)
        return columns;
    const bool label = table.hasColumn("label");
    const bool score = table.hasColumn("score");
    if (!label && !score)
        fail(messages::tableAnswerColumn);
    if (label && score)
        fail(messages::tableAnswerColumnsBoth);
    columns.task = score ? TaskKind::Similarity : TaskKind::Classification;
    columns.names.emplace_back(score ? "score" : "label");
    return columns;
}

} // namespace

Dataset::Dataset(TaskKind task, TextCount texts)
    : m_task(task)
    , m_texts(texts)
{}

Dataset Dataset::read(const std::filesystem::path &file, Answers answers)
{
    const std::string content = readFile(file);
    requireUtf8(content, file);
    const std::unique_ptr<TableReader> table = openTable(file, withoutByteOrderMark(content));
    const Columns columns = columnsOf(*table, file, answers);
    table->choose(columns.names);

    Dataset dataset(columns.task, columns.texts);
    dataset.m_answered = columns.answered;
    dataset.m_fields.reserve(countLines(content) * dataset.fieldsPerExample(), content.size());
    while (const auto cells = table->next()) {
        Example example{.textA = cells->front()};
        if (dataset.pairs())
            example.textB = (*cells)[1];
        if (columns.answered && columns.task == TaskKind::Classification) {
            example.label = cells->back();
            if (example.label.empty())
                throw Error(ErrorKind::InvalidFile, messages::tableLabelEmpty, file, table->line());
        } else if (columns.answered) {
            const std::optional<double> score = parseReal(cells->back());
            if (!score)
                throw Error(ErrorKind::InvalidFile, messages::tableScore, file, table->line(),
                            shownText(cells->back()));
            example.score = *score;
        }
        dataset.add(example);
        if (const std::size_t last = dataset.size() - 1; dataset.line(last) != table->line())
            dataset.m_jumps.push_back({last, table->line()});
    }
    if (dataset.size() == 0)
        throw Error(ErrorKind::InvalidFile, messages::tableNoRows, file);
    dataset.m_fileHash = hashOf(content);
    return dataset;
}

std::size_t Dataset::line(std::size_t index) const
{
    const auto after = std::ranges::upper_bound(m_jumps, index, {}, &Jump::example);
    return after == m_jumps.begin() ? 0
                                    : std::prev(after)->line + index - std::prev(after)->example;
}

Example Dataset::operator[](std::size_t index) const
{
    std::size_t field = index * fieldsPerExample();
    Example example{.textA = m_fields[field]};
    if (pairs())
        example.textB = m_fields[++field];
    if (m_task == TaskKind::Similarity)
        example.score = m_scores[index];
    else
        example.label = m_fields[++field];
    return example;
}

std::vector<std::string> Dataset::labels() const
{
    std::set<std::string_view> distinct;
    if (m_task == TaskKind::Classification && m_answered) {
        for (std::size_t i = 0; i < size(); ++i)
            distinct.insert((*this)[i].label);
    }
    return {distinct.begin(), distinct.end()};
}

std::string Dataset::hash() const
{
    if (!m_fileHash.empty())
        return m_fileHash;
    Hasher hasher;
    for (std::size_t i = 0; i < m_fields.size(); ++i)
        hasher.add(m_fields[i]);
    return hasher.add(std::as_bytes(std::span(m_scores))).hex();
}

void Dataset::add(const Example &example)
{
    m_fileHash.clear();
    m_fields.add(example.textA);
    if (pairs())
        m_fields.add(example.textB);
    if (m_task == TaskKind::Similarity)
        m_scores.push_back(example.score);
    else
        m_fields.add(example.label);
}

std::size_t Dataset::fieldsPerExample() const
{
    return (pairs() ? 2u : 1u) + (m_task == TaskKind::Classification ? 1u : 0u);
}

void saveTsv(const Dataset &dataset, const std::filesystem::path &file)
{
    std::string content = dataset.pairs() ? "text_a\ttext_b" : "text";
    if (dataset.answered())
        content += dataset.task() == TaskKind::Similarity ? "\tscore" : "\tlabel";
    content += '\n';
    for (std::size_t i = 0; i < dataset.size(); ++i) {
        const Example example = dataset[i];
        for (const std::string_view field : {example.textA, example.textB, example.label}) {
            if (field.find_first_of("\t\n\r") != std::string_view::npos)
                throw Error(ErrorKind::InvalidSetting, messages::tsvCannotHold, file, i);
        }
        content += example.textA;
        if (dataset.pairs())
            content.append("\t").append(example.textB);
        if (dataset.answered() && dataset.task() == TaskKind::Similarity)
            content.append("\t").append(formatReal(example.score));
        else if (dataset.answered())
            content.append("\t").append(example.label);
        content += '\n';
    }
    writeFile(file, content);
}

} // namespace pare
