#include "core/checkpoint/tokenizerfiles.h"

#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/text/usedtokens.h"

#include <array>
#include <nlohmann/json.hpp>

namespace pare {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t largestTokenizerFile = 64u << 20;
constexpr std::array tokenizerFiles{"vocab.txt", "tokenizer_config.json",
                                    "special_tokens_map.json"};

/// tokenizer_config.json without what it says of ids, which are others now.
std::string withoutIds(const std::string &text)
{
    nlohmann::ordered_json document = parsedJson(text);
    if (document.is_object())
        document.erase("added_tokens_decoder");
    return document.dump(2) + "\n";
}

} // namespace

void copyTokenizer(const TokenizerSource &from, const fs::path &to)
{
    std::error_code error;
    if (from.tokens.empty() && fs::equivalent(from.folder, to, error))
        return;
    for (const std::string name : tokenizerFiles) {
        const fs::path file = from.folder / name;
        if (!fs::exists(file, error))
            continue;
        if (from.tokens.empty() || name == "special_tokens_map.json")
            writeFile(to / name, readFile(file, largestTokenizerFile));
        else if (name == "vocab.txt")
            restricted(Vocabulary::read(file), from.tokens).save(to / name);
        else
            writeFile(to / name, withoutIds(readFile(file, largestTokenizerFile)));
    }
}

std::vector<std::pair<std::string, std::string>> tokenizerHashes(const fs::path &folder)
{
    std::vector<std::pair<std::string, std::string>> hashes;
    std::error_code ignored;
    for (const char *name : tokenizerFiles) {
        const fs::path file = folder / name;
        if (fs::exists(file, ignored))
            hashes.emplace_back(name, hashOf(readFile(file, largestTokenizerFile)));
    }
    return hashes;
}

} // namespace pare
