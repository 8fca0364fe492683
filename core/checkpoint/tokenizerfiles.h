// The files of a tokenizer within a model's folder: vocab.txt and what tells how to use it. Free
// functions; any thread.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace pare {

/// Where the tokenizer's files come from, and what of its vocabulary is left.
struct TokenizerSource
{
    TokenizerSource(std::filesystem::path folder, std::vector<int> tokens = {})
        : folder(std::move(folder))
        , tokens(std::move(tokens))
    {}

    std::filesystem::path folder;
    std::vector<int> tokens; ///< ids; empty: all
};

/// Those files that are there, with ids as they are in what is left. Throws Io, InvalidFile.
void copyTokenizer(const TokenizerSource &from, const std::filesystem::path &to);

/// Name and hash of each of them that is there, always in the same order. Throws Io.
std::vector<std::pair<std::string, std::string>>
tokenizerHashes(const std::filesystem::path &folder);

} // namespace pare
