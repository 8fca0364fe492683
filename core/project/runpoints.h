// How large and how good the runs of a project are, read from its file without opening it: for a small
// picture of a project that stays closed. Any thread.
#pragma once

#include <filesystem>
#include <vector>

namespace pare {

struct RunPoint
{
    double bytes = 0; ///< of the exported weights
    double value = 0; ///< of the primary metric

    bool operator==(const RunPoint &) const = default;
};

/// Of the newest 500 runs of the model and data that were measured last, without deleted ones; of this
/// version and earlier ones. Throws Error as Project::open() does.
std::vector<RunPoint> runPoints(const std::filesystem::path &path);

} // namespace pare
