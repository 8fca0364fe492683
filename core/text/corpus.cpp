#include "core/text/corpus.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/text/dataset.h"
#include "core/text/lines.h"
#include "core/text/messages.h"
#include "core/text/tablereader.h"

namespace pare {

namespace {

bool isBlank(std::string_view line)
{
    return line.find_first_not_of(" \t\r\f\v") == std::string_view::npos;
}

enum class Place { NewDocument, SameDocument };

void addLine(Corpus &corpus, std::string_view line, Place place)
{
    if (place == Place::NewDocument)
        corpus.documents.push_back(static_cast<std::uint32_t>(corpus.lines.size()));
    corpus.lines.add(line);
}

Corpus corpusOf(const Dataset &dataset)
{
    Corpus corpus;
    corpus.hash = dataset.hash();
    for (std::size_t i = 0; i < dataset.size(); ++i) {
        Place place = Place::NewDocument;
        const Example example = dataset[i];
        for (const std::string_view text : {example.textA, example.textB}) {
            if (isBlank(text))
                continue;
            addLine(corpus, text, place);
            place = Place::SameDocument;
        }
    }
    return corpus;
}

Corpus corpusOf(std::string_view content, const std::filesystem::path &file)
{
    requireUtf8(content, file);
    Corpus corpus;
    corpus.hash = hashOf(content);
    corpus.lines.reserve(countLines(content), content.size());
    LineReader lines(withoutByteOrderMark(content));
    Place place = Place::NewDocument;
    while (const auto line = lines.next()) {
        if (!isBlank(*line))
            addLine(corpus, *line, place);
        place = isBlank(*line) ? Place::NewDocument : Place::SameDocument;
    }
    return corpus;
}

} // namespace

Corpus readCorpus(const std::filesystem::path &file)
{
    Corpus corpus = isTableFile(file) ? corpusOf(Dataset::read(file, Answers::Ignored))
                                      : corpusOf(readFile(file), file);
    if (corpus.lines.empty())
        throw Error(ErrorKind::InvalidFile, messages::corpusEmpty, file);
    return corpus;
}

} // namespace pare
