#include "tests/architecture/rules.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace pare::architecture {

namespace {

struct Row
{
    std::string_view module;
    std::vector<std::string_view> links;
};

const std::vector<Row> &rows()
{
    static const std::vector<Row> table{
        {"base", {}},
        {"model", {"base"}},
        {"tensors", {"model"}},
        {"weights", {"tensors"}},
        {"network", {"weights"}},
        {"text", {"base"}},
        {"compression", {"network", "text"}},
        {"checkpoint", {"network", "text"}},
        {"evaluation", {"network", "text"}},
        {"training", {"evaluation", "checkpoint"}},
        {"experiment", {"compression", "training"}},
        {"search", {"experiment"}},
        {"jobs", {"base"}},
        {"project", {"model"}},
    };
    return table;
}

/// A library that only some folders may name.
struct Library
{
    std::string_view name;
    bool (*includes)(std::string_view target);
    bool (*allowed)(std::string_view path);
};

bool isTorch(std::string_view target)
{
    return target.starts_with("torch/") || target.starts_with("ATen/") ||
           target.starts_with("c10/") || target.starts_with("caffe2/");
}

bool isQt(std::string_view target)
{
    if (target.starts_with("Qt") ||
        (target.size() > 1 && target[0] == 'Q' && target[1] >= 'A' && target[1] <= 'Z'))
        return true;
    return target.starts_with("q") && target.ends_with(".h") && target != "quadmath.h" &&
           target.find('/') == std::string_view::npos;
}

bool isQCustomPlot(std::string_view target)
{
    return target == "qcustomplot.h";
}

bool mayUseQCustomPlot(std::string_view path)
{
    return path.starts_with("widgets/charts/");
}

bool isOneDnn(std::string_view target)
{
    return target.starts_with("dnnl") || target.starts_with("oneapi/");
}

constexpr std::array libraries{
    Library{"Qt", [](std::string_view target) { return isQt(target); },
            [](std::string_view path) { return !path.starts_with("core/"); }},
    Library{"LibTorch", isTorch, mayUseTorch},
    Library{"QCustomPlot", isQCustomPlot, mayUseQCustomPlot},
    Library{"oneDNN", isOneDnn,
            [](std::string_view path) { return path.starts_with("core/network/kernels/"); }},
    Library{"SQLite",
            [](std::string_view target) {
                return target.starts_with("SQLiteCpp/") || target == "sqlite3.h";
            },
            [](std::string_view path) {
                return path.starts_with("core/project/") || path.starts_with("tests/core/project/");
            }},
    Library{"CLI11", [](std::string_view target) { return target.starts_with("CLI/"); },
            [](std::string_view path) { return path.starts_with("app/cli/"); }},
};

/// "model" of "core/model/run.h", else empty.
std::string moduleOf(std::string_view path)
{
    const std::string folder = folderOf(path, 2);
    return folder.starts_with("core/") ? folder.substr(5) : std::string();
}

/// Why a file at `path` may not include `target` of this project; empty: it may.
std::string refusal(std::string_view path, std::string_view target)
{
    if (target.starts_with("tests/"))
        return path.starts_with("tests/") ? "" : "nothing but tests includes tests";
    const std::string other = moduleOf(target);
    if (path.starts_with("core/")) {
        const std::string module = moduleOf(path);
        if (!hasRow(module))
            return "core/" + module + " has no row in the table";
        if (!target.starts_with("core/"))
            return "core includes nothing of the program or its views";
        return mayInclude(module, other) ? "" : "core/" + module + " may not include core/" + other;
    }
    if (path.starts_with("widgets/")) {
        if (target.starts_with("app/"))
            return "widgets know nothing of the program";
        if (!other.empty() && other != "base" && other != "model")
            return "widgets include core/base and core/model only";
    }
    return "";
}

bool isOurs(std::string_view target)
{
    return target.starts_with("core/") || target.starts_with("widgets/") ||
           target.starts_with("app/") || target.starts_with("tests/");
}

bool isGenerated(std::string_view target)
{
    return target.ends_with(".moc") || target.starts_with("moc_") || target.starts_with("ui_");
}

std::string heavyHeader(std::string_view path, std::string_view target)
{
    if (!isHeader(path) || path.starts_with("tests/"))
        return "";
    const bool light =
        target == "ATen/core/Tensor.h" || target == "ATen/Parallel.h" || target.starts_with("c10/");
    if (isTorch(target) && !light)
        return "a header includes at most ATen/core/Tensor.h, it includes " + std::string(target);
    return "";
}

/// All files by path, with their includes, and what they reach.
class Graph
{
public:
    explicit Graph(const std::vector<File> &files)
    {
        for (const File &file : files) {
            m_paths.insert(file.path);
            if (isCpp(file.path))
                m_includes[file.path] = includesOf(file.text);
        }
    }

    const std::map<std::string, std::vector<Include>> &includes() const { return m_includes; }
    bool has(const std::string &path) const { return m_paths.contains(path); }

    bool reaches(const std::string &path, bool (*library)(std::string_view)) const
    {
        std::set<std::string> seen;
        return reaches(path, library, seen);
    }

private:
    bool reaches(const std::string &path, bool (*library)(std::string_view),
                 std::set<std::string> &seen) const
    {
        const auto found = m_includes.find(path);
        if (found == m_includes.end() || !seen.insert(path).second)
            return false;
        return std::ranges::any_of(found->second, [&](const Include &include) {
            return library(include.target) || reaches(include.target, library, seen);
        });
    }

    std::set<std::string> m_paths;
    std::map<std::string, std::vector<Include>> m_includes;
};

void checkInclude(const Graph &graph, const std::string &path, const Include &include,
                  std::vector<Violation> &found)
{
    const auto report = [&](const std::string &what) {
        found.push_back({path, include.line, what});
    };
    for (const Library &library : libraries) {
        if (library.includes(include.target) && !library.allowed(path))
            report(std::string(library.name) + " is not for this folder: " + include.target);
    }
    if (const std::string heavy = heavyHeader(path, include.target); !heavy.empty())
        report(heavy);
    if (isOurs(include.target)) {
        if (const std::string why = refusal(path, include.target); !why.empty())
            report(why + ": " + include.target);
        if (include.angled)
            report("our own files stand between quotes: " + include.target);
    }
    if (!include.angled && !isGenerated(include.target) && !graph.has(include.target))
        report("no such file from the repository's root: " + include.target);
}

} // namespace

bool hasRow(std::string_view module)
{
    return std::ranges::find(rows(), module, &Row::module) != rows().end();
}

bool mayInclude(std::string_view module, std::string_view other)
{
    if (module == other)
        return true;
    const auto row = std::ranges::find(rows(), module, &Row::module);
    return row != rows().end() && std::ranges::any_of(row->links, [other](std::string_view link) {
               return mayInclude(link, other);
           });
}

bool mayUseTorch(std::string_view path)
{
    if (path.starts_with("widgets"))
        return false;
    const std::string module = moduleOf(path);
    return module.empty() || mayInclude(module, "tensors");
}

std::vector<Violation> includeViolations(const std::vector<File> &files)
{
    std::vector<Violation> found;
    const Graph graph(files);
    for (const auto &[path, includes] : graph.includes()) {
        for (const Include &include : includes)
            checkInclude(graph, path, include, found);
        // Its header takes seconds to parse: what the charts show to others does not bring it
        // along.
        const bool named =
            std::ranges::any_of(includes, [](const Include &i) { return isQCustomPlot(i.target); });
        const bool outside = !mayUseQCustomPlot(path) && !path.starts_with("tests/widgets/");
        if (outside && !named && graph.reaches(path, isQCustomPlot))
            found.push_back({path, 0, "QCustomPlot is reached through a header of widgets/charts"});
        if (!graph.reaches(path, isTorch))
            continue;
        if (graph.reaches(path, isQCustomPlot))
            found.push_back({path, 0, "QCustomPlot and LibTorch do not compile in one file"});
        if (graph.reaches(path, isOneDnn))
            found.push_back({path, 0, "oneDNN's and LibTorch's headers must not meet in one file"});
    }
    return found;
}

} // namespace pare::architecture
