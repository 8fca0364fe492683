#include "core/experiment/tokenizercheck.h"

#include "core/base/files.h"
#include "core/experiment/messages.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace pare {

namespace {

const std::string prefix = "tokenizer.ggml.";

// What "token_type" calls a token.
constexpr int normal = 1, unknown = 2, control = 3, unused = 5;

struct ExpectedToken
{
    std::string line; ///< of vocab.txt; empty: a row of the table behind its end
    std::string text; ///< as the format spells it
    int type = normal;
};

/// Line by line, without what Windows puts at its ends and Notepad at its beginning.
std::vector<std::string> linesOf(const std::filesystem::path &vocabulary)
{
    constexpr std::string_view byteOrderMark = "\xef\xbb\xbf";
    const std::string text = readFile(vocabulary);
    std::string_view rest = text;
    if (rest.starts_with(byteOrderMark))
        rest.remove_prefix(byteOrderMark.size());
    std::vector<std::string> lines;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        std::string_view line = rest.substr(0, end);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        lines.emplace_back(line);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return lines;
}

/// Words begin with U+2581, what goes on with one has lost its "##".
ExpectedToken expectedOf(const std::string &line)
{
    if (line == "[UNK]")
        return {line, line, unknown};
    constexpr std::array meant{"[PAD]", "[CLS]", "[SEP]", "[MASK]"};
    if (std::ranges::find(meant, line) != meant.end())
        return {line, line, control};
    if (line.starts_with("##"))
        return {line, line.substr(2), normal};
    return {line, "\xe2\x96\x81" + line, normal};
}

std::vector<ExpectedToken> expectedTokens(const ExportSource &source)
{
    const std::vector<std::string> lines = linesOf(source.checkpoint->folder / "vocab.txt");
    std::vector<ExpectedToken> tokens;
    const auto rows = static_cast<std::size_t>(source.specification.embedding.vocabulary);
    const std::size_t used = source.tokens.empty() ? lines.size() : source.tokens.size();
    for (std::size_t row = 0; row < rows; ++row) {
        if (row < used)
            tokens.push_back(expectedOf(lines.at(
                source.tokens.empty() ? row : static_cast<std::size_t>(source.tokens[row]))));
        else
            tokens.push_back({{}, fmt::format("[PAD{}]", row), unused});
    }
    return tokens;
}

class TokenizerComparison
{
public:
    TokenizerComparison(const PlainGguf &file, const std::filesystem::path &path)
        : m_file(file)
        , m_name(path.filename())
    {}

    std::string difference(const std::vector<ExpectedToken> &tokens) const
    {
        for (const std::string &found :
             {texts(tokens), types(tokens), scores(tokens), ids(tokens), kind()}) {
            if (!found.empty())
                return found;
        }
        return {};
    }

private:
    template <class Found, class Expected>
    std::string differs(const std::string &key, const Found &found, const Expected &expected) const
    {
        return message(messages::exportGgufKey, m_name, prefix + key, fmt::format("{}", found),
                       fmt::format("{}", expected))
            .text();
    }
    std::string counted(const std::string &key, std::size_t found, std::size_t expected) const
    {
        return differs(key, fmt::format("{} values", found), fmt::format("{}", expected));
    }

    std::string texts(const std::vector<ExpectedToken> &tokens) const
    {
        const std::vector<std::string> found = m_file.texts(prefix + "tokens");
        if (found.size() != tokens.size())
            return counted("tokens", found.size(), tokens.size());
        for (std::size_t id = 0; id < tokens.size(); ++id) {
            if (found[id] != tokens[id].text)
                return message(messages::exportGgufToken, m_name, id, found[id], tokens[id].text)
                    .text();
        }
        return {};
    }

    std::string types(const std::vector<ExpectedToken> &tokens) const
    {
        const std::vector<double> found = m_file.numbers(prefix + "token_type");
        if (found.size() != tokens.size())
            return counted("token_type", found.size(), tokens.size());
        for (std::size_t id = 0; id < tokens.size(); ++id) {
            if (found[id] != tokens[id].type)
                return differs(fmt::format("token_type[{}]", id), found[id], tokens[id].type);
        }
        return {};
    }

    /// WordPiece has none: all are zero.
    std::string scores(const std::vector<ExpectedToken> &tokens) const
    {
        const std::vector<double> found = m_file.numbers(prefix + "scores");
        if (found.size() != tokens.size())
            return counted("scores", found.size(), tokens.size());
        const auto other = std::ranges::find_if(found, [](double score) { return score != 0; });
        return other == found.end()
                   ? std::string()
                   : differs(fmt::format("scores[{}]", other - found.begin()), *other, 0);
    }

    std::string ids(const std::vector<ExpectedToken> &tokens) const
    {
        constexpr std::array<std::pair<const char *, std::string_view>, 7> keys{{
            {"bos_token_id", "[CLS]"},
            {"cls_token_id", "[CLS]"},
            {"eos_token_id", "[SEP]"},
            {"seperator_token_id", "[SEP]"}, // as the format spells it
            {"padding_token_id", "[PAD]"},
            {"unknown_token_id", "[UNK]"},
            {"mask_token_id", "[MASK]"},
        }};
        for (const auto &[key, line] : keys) {
            const auto token = std::ranges::find(tokens, line, &ExpectedToken::line);
            const std::vector<double> found = m_file.numbers(prefix + key);
            if (token == tokens.end()) {
                if (m_file.hasKey(prefix + key))
                    return differs(key, "a value", "none");
                continue;
            }
            const auto id = static_cast<double>(token - tokens.begin());
            if (found != std::vector{id})
                return found.size() == 1 ? differs(key, found.front(), id)
                                         : counted(key, found.size(), 1);
        }
        return {};
    }

    /// Merges are of another kind of tokenizer.
    std::string kind() const
    {
        const std::vector<std::string> model = m_file.texts(prefix + "model");
        if (model != std::vector<std::string>{"bert"})
            return differs("model", model.empty() ? std::string() : model.front(), "bert");
        return m_file.hasKey(prefix + "merges") ? differs("merges", "a value", "none")
                                                : std::string();
    }

    const PlainGguf &m_file;
    std::filesystem::path m_name;
};

} // namespace

std::string tokenizerDifference(const ExportSource &source, const PlainGguf &file,
                                const std::filesystem::path &path)
{
    return TokenizerComparison(file, path).difference(expectedTokens(source));
}

} // namespace pare
