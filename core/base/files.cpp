#include "core/base/files.h"

#include "core/base/error.h"
#include "core/base/messages.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace pare {

namespace {

class Descriptor
{
public:
    explicit Descriptor(int number)
        : m_number(number)
    {}
    ~Descriptor()
    {
        if (m_number >= 0)
            ::close(m_number);
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    int number() const { return m_number; }

private:
    int m_number;
};

[[noreturn]] void throwReadError(const std::filesystem::path &path, int code)
{
    if (code == ENOENT)
        throw Error(ErrorKind::Io, messages::fileMissing, path);
    throw Error(ErrorKind::Io, messages::cannotRead, path, std::strerror(code));
}

/// Opens a regular file; a FIFO or device would block or lie about its size.
std::uint64_t regularFileSize(const std::filesystem::path &path, int descriptor)
{
    struct stat status
    {};
    if (::fstat(descriptor, &status) != 0)
        throwReadError(path, errno);
    if (!S_ISREG(status.st_mode))
        throw Error(ErrorKind::InvalidFile, messages::notARegularFile, path);
    return static_cast<std::uint64_t>(status.st_size);
}

} // namespace

std::string readFile(const std::filesystem::path &path, std::uint64_t limit)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.number() < 0)
        throwReadError(path, errno);
    const std::uint64_t size = regularFileSize(path, file.number());
    if (size > limit)
        throw Error(ErrorKind::InvalidFile, messages::fileTooLong, path, size, limit);
    std::string content(size, '\0');
    std::uint64_t done = 0;
    while (done < size) {
        const ssize_t count = ::read(file.number(), content.data() + done, size - done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            throwReadError(path, errno);
        if (count == 0)
            break;
        done += static_cast<std::uint64_t>(count);
    }
    content.resize(done);
    return content;
}

void writeFile(const std::filesystem::path &path, std::string_view content)
{
    PendingFile file(path);
    file.write(content);
    file.commit();
}

void checkWritable(const std::filesystem::path &file)
{
    std::error_code ignored;
    if (std::filesystem::is_directory(file, ignored))
        throw Error(ErrorKind::Io, messages::cannotWrite, file, std::strerror(EISDIR));
    const std::filesystem::path folder = std::filesystem::absolute(file, ignored).parent_path();
    if (std::filesystem::is_directory(folder, ignored))
        const PendingFile tried(file); // a file system may refuse what its permissions allow
    else
        checkWritableFolder(folder);
}

void checkWritableFolder(const std::filesystem::path &folder)
{
    std::error_code ignored;
    std::filesystem::path there = std::filesystem::absolute(folder, ignored);
    while (!std::filesystem::exists(there, ignored) && there.has_relative_path())
        there = there.parent_path();
    if (!std::filesystem::is_directory(there, ignored))
        throw Error(ErrorKind::Io, messages::cannotWrite, folder, std::strerror(ENOTDIR));
    try {
        const PendingFile tried(there / "pare");
    } catch (const Error &error) { // names the file that was tried
        throw Error(ErrorKind::Io, messages::cannotWrite, folder, error.message().arguments.back());
    }
}

void makeParentFolders(const std::filesystem::path &file)
{
    std::error_code error;
    const std::filesystem::path folder = file.parent_path();
    if (!folder.empty() && !std::filesystem::is_directory(folder, error))
        std::filesystem::create_directories(folder, error);
    if (error)
        throw Error(ErrorKind::Io, messages::cannotWrite, file, error.message());
}

PendingFile::PendingFile(std::filesystem::path path)
    : m_path(std::move(path))
    , m_temporary(m_path.string() + ".part" + std::to_string(::getpid()))
{
    m_descriptor = ::open(m_temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (m_descriptor < 0)
        throw Error(ErrorKind::Io, messages::cannotWrite, m_path, std::strerror(errno));
}

PendingFile::~PendingFile()
{
    if (m_descriptor < 0)
        return;
    ::close(m_descriptor);
    ::unlink(m_temporary.c_str());
}

void PendingFile::write(std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::write(m_descriptor, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            throw Error(ErrorKind::Io, messages::cannotWrite, m_path, std::strerror(errno));
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
}

void PendingFile::write(std::string_view text)
{
    write(std::as_bytes(std::span(text)));
}

void PendingFile::commit()
{
    if (::fsync(m_descriptor) != 0 || ::rename(m_temporary.c_str(), m_path.c_str()) != 0)
        throw Error(ErrorKind::Io, messages::cannotWrite, m_path, std::strerror(errno));
    ::close(m_descriptor);
    m_descriptor = -1;
}

MappedFile::MappedFile(std::filesystem::path path)
    : m_path(std::move(path))
{
    const Descriptor file(::open(m_path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.number() < 0)
        throwReadError(m_path, errno);
    const std::uint64_t size = regularFileSize(m_path, file.number());
    if (size == 0)
        return;
    void *address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.number(), 0);
    if (address == MAP_FAILED)
        throwReadError(m_path, errno);
    m_bytes = {static_cast<const std::byte *>(address), size};
}

MappedFile::~MappedFile()
{
    if (!m_bytes.empty())
        ::munmap(const_cast<std::byte *>(m_bytes.data()), m_bytes.size());
}

void MappedFile::releasePages() const
{
    if (!m_bytes.empty())
        ::madvise(const_cast<std::byte *>(m_bytes.data()), m_bytes.size(), MADV_DONTNEED);
}

std::filesystem::path cacheFolder()
{
    const char *xdg = std::getenv("XDG_CACHE_HOME");
    const char *home = std::getenv("HOME");
    std::filesystem::path folder = xdg && *xdg == '/'
                                       ? std::filesystem::path(xdg)
                                       : std::filesystem::path(home ? home : "/tmp") / ".cache";
    folder /= "pare";
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        throw Error(ErrorKind::Io, messages::cannotWrite, folder, error.message());
    return folder;
}

} // namespace pare
