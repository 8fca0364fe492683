#include "tests/architecture/rules.h"

#include <algorithm>

namespace pare::architecture {

namespace {

constexpr std::ptrdiff_t longestFile = 600;

/// Words that may not stand in the code of some folders.
struct Ban
{
    std::string_view why;
    Keep keep; ///< Strings: LibTorch's operators are also called by name
    bool (*applies)(std::string_view path);
    std::vector<std::string_view> words;
};

bool isCore(std::string_view path)
{
    return path.starts_with("core/");
}

bool isProgram(std::string_view path)
{
    return isCore(path) || path.starts_with("widgets/") || path.starts_with("app/");
}

const std::vector<Ban> &bans()
{
    static const std::vector<Ban> table{
        {"core never prints",
         Keep::Nothing,
         isCore,
         {"printf(", "fprintf(", "puts(", "fputs(", "perror(", "fmt::print(", "std::cout",
          "std::cerr", "std::clog"}},
        {"core never exits",
         Keep::Nothing,
         isCore,
         {"exit(", "_exit(", "abort(", "terminate(", "quick_exit("}},
        {"numbers are read independently of the locale",
         Keep::Nothing,
         isProgram,
         {"stod(", "stof(", "stold(", "atof(", "strtod(", "strtof(", "sscanf("}},
        {"quantized tensors stay in core/network/kernels",
         Keep::Strings,
         [](std::string_view path) {
             return isProgram(path) && !path.starts_with("core/network/kernels/");
         },
         {"quantized::", "quantize_per_tensor", "quantize_per_channel",
          "quantize_per_tensor_dynamic", "kQInt8", "kQUInt8", "kQInt32"}},
        {"no nested event loops",
         Keep::Nothing,
         [](std::string_view path) {
             return path.starts_with("widgets/") || path.starts_with("app/");
         },
         {"processEvents(", "QEventLoop"}},
        {"tests do not skip",
         Keep::Nothing,
         [](std::string_view path) { return path.starts_with("tests/"); },
         {"QSKIP("}},
        {"slots are written as Q_SLOTS",
         Keep::Nothing,
         [](std::string_view path) { return path.starts_with("tests/"); },
         {"private slots:", "public slots:"}},
    };
    return table;
}

/// The rules' own tests have all the bad words in them.
bool isRuleItself(std::string_view path)
{
    return path.starts_with("tests/architecture/");
}

void checkBans(const File &file, std::vector<Violation> &found)
{
    const std::string code = withoutComments(file.text, Keep::Nothing);
    const std::string withStrings = withoutComments(file.text, Keep::Strings);
    for (const Ban &ban : bans()) {
        if (!ban.applies(file.path))
            continue;
        for (const std::string_view word : ban.words) {
            for (const int line : linesWith(ban.keep == Keep::Strings ? withStrings : code, word))
                found.push_back({file.path, line, std::string(ban.why) + ": " + std::string(word)});
        }
    }
    for (const std::string_view word : {"TODO", "FIXME", "XXX"}) {
        for (const int line : linesWith(file.text, word))
            found.push_back({file.path, line, "nothing is left for later: " + std::string(word)});
    }
}

bool opensWithPragmaOnce(std::string_view code)
{
    const std::size_t first = code.find_first_not_of(" \t\n");
    return first != std::string_view::npos && code.substr(first).starts_with("#pragma once\n");
}

void checkHeader(const File &file, std::vector<Violation> &found)
{
    const std::string code = withoutComments(file.text, Keep::Nothing);
    if (!opensWithPragmaOnce(code))
        found.push_back({file.path, 1, "a header begins with #pragma once"});
    for (const int line : linesWith(code, "using namespace"))
        found.push_back({file.path, line, "a header has no using namespace"});
}

void checkForm(const File &file, std::vector<Violation> &found)
{
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '/' || c == '.';
    };
    if (!std::ranges::all_of(file.path, plain))
        found.push_back({file.path, 0, "file names are lower case"});
    const auto lines = std::ranges::count(file.text, '\n');
    if (isProgram(file.path) && lines > longestFile)
        found.push_back(
            {file.path, 0, "a file of " + std::to_string(lines) + " lines wants to be two"});
}

} // namespace

std::vector<Violation> textViolations(const std::vector<File> &files)
{
    std::vector<Violation> found;
    for (const File &file : files) {
        if (!isCpp(file.path) || isRuleItself(file.path))
            continue;
        checkBans(file, found);
        checkForm(file, found);
        if (isHeader(file.path))
            checkHeader(file, found);
    }
    return found;
}

} // namespace pare::architecture
