// One writer: whoever holds the lock on NAME.pare.lock may write NAME.pare.
//
// Owned by Project; the system releases it when the process ends, however it ends. The lock file
// stays: removing it would let two writers lock two files of the same name.
#pragma once

#include <filesystem>

namespace pare {

class ProjectLock
{
public:
    /// Throws Busy if somebody holds it (this process included), Io if the lock file is refused.
    explicit ProjectLock(const std::filesystem::path &project);
    ~ProjectLock();
    ProjectLock(ProjectLock &&other) noexcept;
    ProjectLock &operator=(ProjectLock &&other) noexcept;

private:
    int m_descriptor = -1;
};

/// Whether somebody holds that lock; false where it cannot be told.
bool isOpenSomewhere(const std::filesystem::path &project);

} // namespace pare
