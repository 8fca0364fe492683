#include "core/text/usedtokens.h"

#include <algorithm>
#include <array>

namespace pare {

namespace {

constexpr std::size_t linesBetweenChecks = 1024;

bool isSingleCharacter(std::string_view token)
{
    if (token.starts_with("##") && token.size() > 2)
        token.remove_prefix(2);
    return std::ranges::count_if(token, [](char byte) {
               return (static_cast<unsigned char>(byte) & 0xc0) != 0x80;
           }) == 1;
}

bool isSpecial(std::string_view token)
{
    constexpr std::array special{padToken, unknownToken, classifyToken, separatorToken, maskToken};
    return std::ranges::find(special, token) != special.end();
}

} // namespace

std::vector<int> usedTokens(const WordPieceTokenizer &tokenizer, const Corpus &corpus,
                            Progress &progress)
{
    const Vocabulary &vocabulary = tokenizer.vocabulary();
    std::vector<bool> used(static_cast<std::size_t>(vocabulary.size()));
    for (int id = 0; id < vocabulary.size(); ++id) {
        const std::string_view token = vocabulary.token(id);
        used[static_cast<std::size_t>(id)] = isSpecial(token) || isSingleCharacter(token);
    }
    for (std::size_t line = 0; line < corpus.lines.size(); ++line) {
        if (line % linesBetweenChecks == 0)
            progress.check();
        for (const std::int32_t id : tokenizer.pieces(corpus.lines[line]))
            used[static_cast<std::size_t>(id)] = true;
    }
    std::vector<int> ids;
    for (int id = 0; id < vocabulary.size(); ++id) {
        if (used[static_cast<std::size_t>(id)])
            ids.push_back(id);
    }
    return ids;
}

Vocabulary restricted(const Vocabulary &vocabulary, std::span<const int> ids)
{
    std::vector<std::string> tokens;
    tokens.reserve(ids.size());
    for (const int id : ids)
        tokens.emplace_back(vocabulary.token(id));
    return Vocabulary(tokens);
}

WordPieceTokenizer restricted(const WordPieceTokenizer &tokenizer, std::span<const int> ids)
{
    return WordPieceTokenizer(restricted(tokenizer.vocabulary(), ids), tokenizer.options());
}

} // namespace pare
