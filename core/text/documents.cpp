#include "core/text/documents.h"

#include "core/base/error.h"
#include "core/text/lines.h"
#include "core/text/messages.h"
#include "core/text/sentences.h"
#include "core/text/tablereader.h"

#include <cassert>
#include <string>
#include <string_view>

namespace pare {

namespace {

constexpr std::string_view softHyphen = "\u00ad";

/// Of an ASCII letter or digit, or of any other character: all of them are longer than a byte.
bool isOfWord(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || static_cast<unsigned char>(byte) >= 0x80;
}

bool endsInsideWord(std::string_view text)
{
    return text.size() >= 2 && text.back() == '-' && isOfWord(text[text.size() - 2]);
}

void join(std::string &text, std::string_view line)
{
    line = trimmed(line);
    if (text.ends_with(softHyphen))
        text.resize(text.size() - softHyphen.size());
    else if (!text.empty() && !endsInsideWord(text))
        text += ' ';
    text += line;
}

/// What a document is split in: all its lines together, or one after another.
std::vector<std::string> textsOf(const Corpus &corpus, LineRange range, LineKind lines)
{
    std::vector<std::string> texts;
    if (lines == LineKind::Wrapped)
        texts.emplace_back();
    for (std::size_t i = range.begin; i < range.end; ++i) {
        if (lines == LineKind::Wrapped)
            join(texts.back(), corpus.lines[i]);
        else
            texts.emplace_back(corpus.lines[i]);
    }
    for (std::string &text : texts) {
        if (text.ends_with(softHyphen))
            text.resize(text.size() - softHyphen.size());
    }
    return texts;
}

} // namespace

Corpus inSentences(const Corpus &corpus, LineKind lines, Progress &progress)
{
    constexpr std::size_t documentsBetweenReports = 100;
    Corpus result;
    result.hash = corpus.hash;
    for (std::size_t i = 0; i < corpus.documents.size(); ++i) {
        if (i % documentsBetweenReports == 0)
            progress.step({message(messages::sentencesSplitting), static_cast<std::int64_t>(i),
                           static_cast<std::int64_t>(corpus.documents.size())});
        const std::size_t first = result.lines.size();
        for (const std::string &text : textsOf(corpus, linesOf(corpus, i), lines)) {
            for (const std::string_view sentence : sentencesOf(text))
                result.lines.add(sentence);
        }
        if (result.lines.size() > first)
            result.documents.push_back(static_cast<std::uint32_t>(first));
    }
    return result;
}

Corpus readSentences(const std::filesystem::path &file, Progress &progress)
{
    Corpus corpus =
        inSentences(readCorpus(file), isTableFile(file) ? LineKind::Whole : LineKind::Wrapped,
                    progress);
    if (corpus.lines.empty())
        throw Error(ErrorKind::InvalidFile, messages::corpusEmpty, file);
    return corpus;
}

LineRange linesOf(const Corpus &corpus, std::size_t document)
{
    assert(document < corpus.documents.size());
    const std::size_t next = document + 1;
    return {corpus.documents[document],
            next < corpus.documents.size() ? corpus.documents[next] : corpus.lines.size()};
}

} // namespace pare
