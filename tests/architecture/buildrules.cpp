#include "tests/architecture/rules.h"

#include <sstream>

namespace pare::architecture {

namespace {

bool endsWithAny(std::string_view path, std::initializer_list<std::string_view> endings)
{
    for (const std::string_view ending : endings) {
        if (path.ends_with(ending))
            return true;
    }
    return false;
}

std::string withoutHash(std::string line)
{
    return line.substr(0, line.find('#'));
}

/// Why "pare_core_module(MODULE LINKS …)" is not as the table says; empty: it is.
std::string refusedLink(const std::string &module, const std::string &link)
{
    if (link == "pare_torch")
        return mayUseTorch("core/" + module + "/x") ? ""
                                                    : "core/" + module + " may not link LibTorch";
    if (!link.starts_with("pare_") || !hasRow(link.substr(5)))
        return "";
    return mayInclude(module, link.substr(5)) ? "" : "core/" + module + " may not link " + link;
}

std::vector<Violation> coreViolations(const File &file)
{
    std::vector<Violation> found;
    std::istringstream lines(file.text);
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number) {
        line = withoutHash(line);
        if (line.find("Qt6::") != std::string::npos)
            found.push_back({file.path, number, "core does not link Qt"});
        constexpr std::string_view call = "pare_core_module(";
        if (!line.starts_with(call) || line.find("LINKS") == std::string::npos)
            continue;
        std::istringstream words(
            line.substr(call.size(), line.find(')', call.size()) - call.size()));
        std::string module;
        words >> module;
        for (std::string link; words >> link;) {
            if (const std::string why = refusedLink(module, link); !why.empty())
                found.push_back({file.path, number, why});
        }
    }
    return found;
}

std::vector<Violation> widgetViolations(const File &file)
{
    std::vector<Violation> found;
    std::istringstream lines(file.text);
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number) {
        line = withoutHash(line);
        for (std::size_t at = line.find("pare_"); at != std::string::npos;
             at = line.find("pare_", at + 1)) {
            const std::string name =
                line.substr(at + 5, line.find_first_of(" \t)>;,", at) - at - 5);
            if (name == "torch" || (hasRow(name) && name != "base" && name != "model"))
                found.push_back({file.path, number,
                                 "widgets link core/base and core/model only: pare_" + name});
        }
        if (line.find("TORCH") != std::string::npos)
            found.push_back({file.path, number, "widgets do not link LibTorch"});
    }
    return found;
}

} // namespace

std::vector<Violation> buildViolations(const std::vector<File> &files)
{
    std::vector<Violation> found;
    for (const File &file : files) {
        if (endsWithAny(file.path, {".pro", ".pri", ".qbs", "meson.build", "Makefile"}))
            found.push_back({file.path, 0, "CMake is the one build system"});
        if (!file.path.ends_with("CMakeLists.txt"))
            continue;
        std::vector<Violation> more;
        if (file.path.starts_with("core/"))
            more = coreViolations(file);
        else if (file.path.starts_with("widgets/"))
            more = widgetViolations(file);
        found.insert(found.end(), more.begin(), more.end());
    }
    return found;
}

} // namespace pare::architecture
