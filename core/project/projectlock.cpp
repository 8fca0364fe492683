#include "core/project/projectlock.h"

#include "core/base/error.h"
#include "core/project/messages.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace pare {

ProjectLock::ProjectLock(const std::filesystem::path &project)
{
    std::filesystem::path path = project;
    path += ".lock";
    m_descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (m_descriptor < 0)
        throw Error(ErrorKind::Io, messages::projectCannotLock, project, path,
                    std::strerror(errno));
    if (::flock(m_descriptor, LOCK_EX | LOCK_NB) == 0)
        return;
    const int code = errno;
    ::close(m_descriptor);
    if (code == EWOULDBLOCK)
        throw Error(ErrorKind::Busy, messages::projectLocked, project);
    throw Error(ErrorKind::Io, messages::projectCannotLock, project, path, std::strerror(code));
}

ProjectLock::~ProjectLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

ProjectLock::ProjectLock(ProjectLock &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
{}

ProjectLock &ProjectLock::operator=(ProjectLock &&other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

bool isOpenSomewhere(const std::filesystem::path &project)
{
    try {
        const ProjectLock lock(project);
        return false;
    } catch (const Error &error) {
        return error.kind() == ErrorKind::Busy;
    }
}

} // namespace pare
