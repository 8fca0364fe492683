#include "core/text/wordnet.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/base/numbers.h"
#include "core/text/lines.h"
#include "core/text/messages.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pare {

namespace {

/// Files 3 to 28 of lexnames(5WN), which the package does not carry.
constexpr int firstLexicographerFile = 3;
constexpr std::array<std::string_view, 26> lexicographerFiles{
    "noun.Tops",     "noun.act",        "noun.animal",        "noun.artifact",   "noun.attribute",
    "noun.body",     "noun.cognition",  "noun.communication", "noun.event",      "noun.feeling",
    "noun.food",     "noun.group",      "noun.location",      "noun.motive",     "noun.object",
    "noun.person",   "noun.phenomenon", "noun.plant",         "noun.possession", "noun.process",
    "noun.quantity", "noun.relation",   "noun.shape",         "noun.state",      "noun.substance",
    "noun.time",
};

constexpr std::size_t classCount = 8;

struct Definition
{
    std::string_view text;
    int file; ///< index in lexicographerFiles
};

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view around = " ;\t\r";
    const std::size_t begin = text.find_first_not_of(around);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(around) - begin + 1);
}

/// A gloss is the definition, then examples in quotes, each after a semicolon.
std::string_view withoutExamples(std::string_view gloss)
{
    return trimmed(gloss.substr(0, gloss.find("; \"")));
}

/// "00004475 03 n 02 organism 0 … | gloss", see wndb(5WN).
Definition parsedLine(std::string_view line, std::size_t number, const std::filesystem::path &file)
{
    constexpr std::size_t fileAt = 9;
    constexpr std::string_view separator = " | ";
    const auto fail = [&](const char *expected) {
        throw Error(ErrorKind::InvalidFile, expected, file, number, shownText(line));
    };
    const bool hasFile =
        line.size() > fileAt + 4 && line[fileAt - 1] == ' ' && line[fileAt + 2] == ' ';
    const auto index = hasFile ? parseInteger(line.substr(fileAt, 2)) : std::nullopt;
    if (!index || *index < firstLexicographerFile ||
        *index - firstLexicographerFile >= static_cast<std::int64_t>(lexicographerFiles.size()) ||
        line.substr(fileAt + 2, 3) != " n ")
        fail(messages::wordnetSynset);
    const std::size_t gloss = line.find(separator);
    if (gloss == std::string_view::npos)
        fail(messages::wordnetGloss);
    return {withoutExamples(line.substr(gloss + separator.size())),
            static_cast<int>(*index) - firstLexicographerFile};
}

std::vector<Definition> parsedDefinitions(std::string_view content,
                                          const std::filesystem::path &file)
{
    std::vector<Definition> definitions;
    LineReader lines(content);
    while (const auto line = lines.next()) {
        if (line->starts_with("  ")) // the licence
            continue;
        const Definition definition = parsedLine(*line, lines.number(), file);
        if (!definition.text.empty())
            definitions.push_back(definition);
    }
    return definitions;
}

/// Each text once, and only those all of whose definitions are in one lexicographer file.
std::vector<Definition> unambiguous(const std::vector<Definition> &all)
{
    constexpr int several = -1;
    std::unordered_map<std::string_view, int> fileOfText;
    for (const Definition &definition : all) {
        const auto [entry, isNew] = fileOfText.emplace(definition.text, definition.file);
        if (!isNew && entry->second != definition.file)
            entry->second = several;
    }
    std::vector<Definition> kept;
    for (const Definition &definition : all) {
        const auto entry = fileOfText.find(definition.text);
        if (entry == fileOfText.end() || entry->second == several)
            continue;
        kept.push_back(definition);
        fileOfText.erase(entry);
    }
    return kept;
}

std::vector<int> largestFiles(const std::vector<Definition> &definitions)
{
    std::array<std::size_t, lexicographerFiles.size()> counts{};
    for (const Definition &definition : definitions)
        ++counts[static_cast<std::size_t>(definition.file)];
    std::vector<int> files;
    for (int i = 0; i < static_cast<int>(counts.size()); ++i) {
        if (counts[static_cast<std::size_t>(i)] > 0)
            files.push_back(i);
    }
    std::ranges::stable_sort(files, std::greater(),
                             [&](int i) { return counts[static_cast<std::size_t>(i)]; });
    files.resize(std::min(files.size(), classCount));
    return files;
}

} // namespace

WordNetSplits readWordNet(const std::filesystem::path &file)
{
    std::error_code error;
    if (!std::filesystem::exists(std::filesystem::status(file, error)))
        throw Error(ErrorKind::Io, messages::wordnetMissing, file);
    const std::string content = readFile(file);
    requireUtf8(content, file);
    const std::vector<Definition> definitions = unambiguous(parsedDefinitions(content, file));
    const std::vector<int> files = largestFiles(definitions);

    const Dataset empty(TaskKind::Classification, TextCount::One);
    WordNetSplits splits{empty, empty, empty, {}};
    for (const Definition &definition : definitions) {
        if (std::ranges::find(files, definition.file) == files.end()) {
            splits.others.add(definition.text);
            continue;
        }
        const std::uint64_t part = stableHash(definition.text) % 20;
        Dataset &split = part == 0 ? splits.dev : part <= 2 ? splits.test : splits.train;
        split.add({.textA = definition.text,
                   .label = lexicographerFiles[static_cast<std::size_t>(definition.file)]});
    }
    for (const Dataset *split : {&splits.train, &splits.dev, &splits.test}) {
        if (split->size() == 0)
            throw Error(ErrorKind::InvalidFile, messages::wordnetTooFew, file, definitions.size());
    }
    return splits;
}

} // namespace pare
