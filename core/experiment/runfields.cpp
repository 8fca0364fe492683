#include "core/experiment/runfields.h"

#include "core/text/datasource.h"

#include <chrono>
#include <ctime>
#include <set>

#include <fmt/chrono.h>

namespace pare {

std::string timeNow()
{
    const std::time_t time = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(time));
}

std::string absolutePath(const std::filesystem::path &path)
{
    std::filesystem::path whole = std::filesystem::absolute(path).lexically_normal();
    if (!whole.has_filename())
        whole = whole.parent_path();
    return (std::filesystem::weakly_canonical(whole.parent_path()) / whole.filename()).string();
}

std::string namedPath(const std::string &source)
{
    return isBuiltIn(source) ? source : absolutePath(source);
}

std::vector<std::string> distinctKernels(const std::map<std::string, std::string> &kernels)
{
    std::set<std::string> names;
    for (const auto &[layer, kernel] : kernels)
        names.insert(kernel);
    return {names.begin(), names.end()};
}

} // namespace pare
