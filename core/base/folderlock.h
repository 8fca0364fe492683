// A folder that one program writes into. Belongs to whoever writes; gone with it, also where the process
// is killed.
#pragma once

#include <filesystem>

namespace pare {

class FolderLock
{
public:
    /// Creates the folder where it is missing; no file is left in it. Throws Io, and InvalidSetting where
    /// somebody else holds it.
    explicit FolderLock(const std::filesystem::path &folder);
    ~FolderLock();
    FolderLock(const FolderLock &) = delete;
    FolderLock &operator=(const FolderLock &) = delete;

private:
    int m_descriptor = -1;
};

} // namespace pare
