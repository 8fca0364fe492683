// How far this process's memory rose while something ran.
#pragma once

#include <cstdint>
#include <fstream>
#include <malloc.h>
#include <string>

namespace pare {

/// A line of /proc/self/status in bytes: "VmRSS:" is now, "VmHWM:" the most since the last reset.
inline std::int64_t processMemory(const std::string &key)
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(key))
            return std::stoll(line.substr(key.size())) * 1024;
    }
    return 0;
}

template <class Work>
std::int64_t peakMemoryOf(Work work)
{
    malloc_trim(0);
    std::ofstream("/proc/self/clear_refs") << 5; // sets the peak back to what is used now
    const std::int64_t before = processMemory("VmRSS:");
    work();
    return processMemory("VmHWM:") - before;
}

} // namespace pare
