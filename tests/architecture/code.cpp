#include "tests/architecture/code.h"

#include <algorithm>
#include <cctype>

namespace pare::architecture {

namespace {

bool isWord(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// Walks through C++ and copies what is to be kept, a space for everything else.
class Stripper
{
public:
    Stripper(std::string_view text, Keep keep)
        : m_text(text)
        , m_keep(keep)
    {}

    std::string stripped()
    {
        while (m_at < m_text.size()) {
            if (next("//"))
                drop(m_text.find('\n', m_at));
            else if (next("/*"))
                drop(after("*/", m_at + 2));
            else if (next("R\"") && !follows())
                rawString();
            else if (m_text[m_at] == '"' || (m_text[m_at] == '\'' && !follows()))
                quoted(m_text[m_at]);
            else
                copy(m_at + 1);
        }
        return std::move(m_result);
    }

private:
    bool next(std::string_view token) const { return m_text.substr(m_at, token.size()) == token; }
    /// Whether what stands here goes on with a word: 16'000, or an identifier that ends in R.
    bool follows() const { return m_at > 0 && isWord(m_text[m_at - 1]); }

    std::size_t after(std::string_view token, std::size_t from) const
    {
        const std::size_t found = m_text.find(token, from);
        return found == std::string_view::npos ? found : found + token.size();
    }

    void copy(std::size_t end)
    {
        end = std::min(end, m_text.size());
        m_result += m_text.substr(m_at, end - m_at);
        m_at = end;
    }

    void drop(std::size_t end)
    {
        for (end = std::min(end, m_text.size()); m_at < end; ++m_at)
            m_result += m_text[m_at] == '\n' ? '\n' : ' ';
    }

    void literal(std::size_t end) { m_keep == Keep::Strings ? copy(end) : drop(end); }

    void quoted(char quote)
    {
        std::size_t end = m_at + 1;
        while (end < m_text.size() && m_text[end] != quote && m_text[end] != '\n')
            end += m_text[end] == '\\' ? 2 : 1;
        literal(end + 1);
    }

    void rawString()
    {
        const std::size_t open = m_text.find('(', m_at);
        if (open == std::string_view::npos)
            return literal(m_text.size());
        const std::string close =
            ")" + std::string(m_text.substr(m_at + 2, open - m_at - 2)) + "\"";
        literal(after(close, open));
    }

    std::string_view m_text;
    Keep m_keep;
    std::size_t m_at = 0;
    std::string m_result;
};

int lineAt(std::string_view text, std::size_t offset)
{
    return 1 + static_cast<int>(std::ranges::count(text.substr(0, offset), '\n'));
}

} // namespace

std::string withoutComments(std::string_view text, Keep keep)
{
    return Stripper(text, keep).stripped();
}

std::vector<Include> includesOf(std::string_view text)
{
    std::vector<Include> includes;
    const std::string code = withoutComments(text, Keep::Strings);
    std::string_view rest = code;
    for (int line = 1; !rest.empty(); ++line) {
        const std::size_t end = rest.find('\n');
        std::string_view words = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        const auto skip = [&words](std::string_view token) {
            words.remove_prefix(std::min(words.find_first_not_of(" \t"), words.size()));
            const bool found = words.starts_with(token);
            words.remove_prefix(found ? token.size() : 0);
            return found;
        };
        if (!skip("#") || !skip("include"))
            continue;
        const bool angled = skip("<");
        if (!angled && !skip("\""))
            continue;
        includes.push_back(
            {line, std::string(words.substr(0, words.find(angled ? '>' : '"'))), angled});
    }
    return includes;
}

std::vector<int> linesWith(std::string_view code, std::string_view token)
{
    std::vector<int> lines;
    for (std::size_t at = code.find(token); at != std::string_view::npos;
         at = code.find(token, at + 1)) {
        const std::size_t end = at + token.size();
        const bool begins = at == 0 || !isWord(code[at - 1]) || !isWord(token.front());
        const bool ends = end == code.size() || !isWord(code[end]) || !isWord(token.back());
        const bool member = at > 0 && (code[at - 1] == '.' || code.substr(0, at).ends_with("->"));
        if (begins && ends && !member)
            lines.push_back(lineAt(code, at));
    }
    return lines;
}

bool isHeader(std::string_view path)
{
    return path.ends_with(".h");
}

bool isCpp(std::string_view path)
{
    return isHeader(path) || path.ends_with(".cpp");
}

std::string folderOf(std::string_view path, int depth)
{
    std::size_t end = 0;
    for (int i = 0; i < depth; ++i) {
        const std::size_t slash = path.find('/', end == 0 ? 0 : end + 1);
        if (slash == std::string_view::npos)
            break;
        end = slash;
    }
    return std::string(path.substr(0, end));
}

} // namespace pare::architecture
