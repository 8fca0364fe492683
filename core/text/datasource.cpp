#include "core/text/datasource.h"

#include "core/base/error.h"
#include "core/text/documents.h"
#include "core/text/messages.h"
#include "core/text/wordnet.h"

namespace pare {

namespace {

constexpr std::string_view wordnetPrefix = "wordnet:";

Dataset wordnetPart(const std::string &source)
{
    const std::string_view part = std::string_view(source).substr(wordnetPrefix.size());
    if (part != "train" && part != "dev" && part != "test")
        throw Error(ErrorKind::InvalidSetting, messages::wordnetPart, source, part);
    WordNetSplits splits = readWordNet();
    return std::move(part == "train" ? splits.train : part == "dev" ? splits.dev : splits.test);
}

} // namespace

bool isBuiltIn(const std::string &source)
{
    return source.starts_with(wordnetPrefix);
}

Dataset openDataset(const std::string &source, Answers answers)
{
    return isBuiltIn(source) ? wordnetPart(source) : Dataset::read(source, answers);
}

Corpus openCorpus(const std::string &source)
{
    if (!isBuiltIn(source))
        return readCorpus(source);
    const Dataset dataset = wordnetPart(source);
    Corpus corpus;
    corpus.hash = dataset.hash();
    for (std::size_t i = 0; i < dataset.size(); ++i) {
        corpus.documents.push_back(static_cast<std::uint32_t>(corpus.lines.size()));
        corpus.lines.add(dataset[i].textA);
    }
    return corpus;
}

Corpus openSentences(const std::string &source, Progress &progress)
{
    return isBuiltIn(source) ? inSentences(openCorpus(source), LineKind::Whole, progress)
                             : readSentences(source, progress);
}

} // namespace pare
