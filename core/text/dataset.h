// The examples of a task: texts or pairs of texts with a label or a score. A value; any thread may
// read it.
#pragma once

#include "core/text/textlist.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace pare {

enum class TaskKind { Classification, Similarity };
enum class TextCount { One, Two };
/// Whether the label or score of each text is needed; `Ignored` passes over both columns.
enum class Answers { Required, Ignored };

/// Its texts live as long as the Dataset.
struct Example
{
    std::string_view textA = {};
    std::string_view textB = {}; ///< empty where the examples are no pairs
    std::string_view label = {}; ///< by name; empty for Similarity, or where answers were ignored
    double score = 0;            ///< for Similarity
};

class Dataset
{
public:
    Dataset() = default;
    Dataset(TaskKind task, TextCount texts);

    /// Reads a table whose columns are text, or text_a and text_b; and label, or score; others are
    /// passed over. The name's ending says which: .tsv (no quoting, no escapes), .csv (RFC 4180),
    /// .jsonl .ndjson .json (an object per line). UTF-8; a byte order mark and CRLF are tolerated;
    /// texts may be blank, labels not. Needs memory for about twice the file. Throws InvalidFile,
    /// with the line, or Io.
    static Dataset read(const std::filesystem::path &file, Answers answers = Answers::Required);

    TaskKind task() const { return m_task; }
    bool pairs() const { return m_texts == TextCount::Two; }
    /// False where labels and scores were ignored.
    bool answered() const { return m_answered; }
    std::size_t size() const { return m_fields.size() / fieldsPerExample(); }
    /// In the order of the file.
    Example operator[](std::size_t index) const;
    /// The line of the file an example was read from, from 1; 0 where there is no file.
    std::size_t line(std::size_t index) const;
    /// The distinct labels, sorted bytewise; empty for Similarity.
    std::vector<std::string> labels() const;
    /// Of the file's content (Hasher); of the examples where there is no file.
    std::string hash() const;

    void add(const Example &example);

private:
    std::size_t fieldsPerExample() const;

    TaskKind m_task = TaskKind::Classification;
    TextCount m_texts = TextCount::One;
    bool m_answered = true;
    TextList m_fields; ///< textA [textB] [label] of each example
    std::vector<double> m_scores;
    /// An example that does not stand on the line after the one before; so few for most files.
    struct Jump
    {
        std::size_t example = 0;
        std::size_t line = 0;
    };
    std::vector<Jump> m_jumps; ///< in order; empty where there is no file
    std::string m_fileHash;
};

/// With a header and in the examples' order. Throws InvalidSetting where a text holds a tab or a
/// line break; Io.
void saveTsv(const Dataset &dataset, const std::filesystem::path &file);

} // namespace pare
