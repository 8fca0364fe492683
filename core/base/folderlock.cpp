#include "core/base/folderlock.h"

#include "core/base/error.h"
#include "core/base/messages.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace pare {

FolderLock::FolderLock(const std::filesystem::path &folder)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        throw Error(ErrorKind::Io, messages::cannotWrite, folder, error.message());
    m_descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (m_descriptor < 0)
        throw Error(ErrorKind::Io, messages::cannotWrite, folder, std::strerror(errno));
    // File systems that know no locks are written to without one.
    if (::flock(m_descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
        return;
    ::close(m_descriptor);
    throw Error(ErrorKind::InvalidSetting, messages::folderInUse, folder);
}

FolderLock::~FolderLock()
{
    ::close(m_descriptor);
}

} // namespace pare
