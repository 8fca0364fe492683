#include "core/checkpoint/scratchtensors.h"

#include "core/base/error.h"
#include "core/checkpoint/messages.h"
#include "core/tensors/tensor.h"

#include <ATen/ops/from_blob.h>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <map>
#include <span>
#include <string>
#include <sys/mman.h>
#include <unistd.h>

namespace pare {

/// A descriptor of a file that was removed when it was made.
class ScratchTensors::File
{
public:
    explicit File(const std::filesystem::path &folder)
        : m_folder(folder)
    {
        std::string name = (folder / ".pare-XXXXXX").string();
        m_descriptor = ::mkstemp(name.data());
        check(m_descriptor >= 0);
        ::unlink(name.c_str());
    }
    ~File() { ::close(m_descriptor); }
    File(const File &) = delete;
    File &operator=(const File &) = delete;

    /// Written behind what is there, from a page's beginning. Returns where.
    void *mapped(std::span<const std::byte> bytes)
    {
        const auto page = static_cast<off_t>(::sysconf(_SC_PAGESIZE));
        const off_t begin = (::lseek(m_descriptor, 0, SEEK_END) + page - 1) / page * page;
        for (std::size_t done = 0; done < bytes.size();) {
            const ssize_t count = ::pwrite(m_descriptor, bytes.data() + done, bytes.size() - done,
                                           begin + static_cast<off_t>(done));
            if (count < 0 && errno == EINTR)
                continue;
            check(count > 0);
            done += static_cast<std::size_t>(count);
        }
        void *address = ::mmap(nullptr, bytes.size(), PROT_READ, MAP_PRIVATE, m_descriptor, begin);
        check(address != MAP_FAILED);
        m_mappings[address] = bytes.size();
        return address;
    }
    void unmap(void *address)
    {
        ::munmap(address, m_mappings.at(address));
        m_mappings.erase(address);
    }
    void releasePages() const
    {
        for (const auto &[address, bytes] : m_mappings)
            ::madvise(address, bytes, MADV_DONTNEED);
    }

private:
    void check(bool good) const
    {
        if (!good)
            throw Error(ErrorKind::Io, messages::checkpointScratch, m_folder, std::strerror(errno));
    }

    std::filesystem::path m_folder;
    int m_descriptor = -1;
    std::map<void *, std::size_t> m_mappings;
};

ScratchTensors::ScratchTensors(const std::filesystem::path &folder, BetweenTensors between)
    : m_file(std::make_shared<File>(folder))
    , m_between(std::move(between))
{}

at::Tensor ScratchTensors::kept(const at::Tensor &values) const
{
    constexpr std::size_t worthMapping = 1u << 16;
    const at::Tensor whole = values.detach().contiguous();
    if (whole.nbytes() < worthMapping)
        return whole.clone();
    const at::Tensor mapped = at::from_blob(
        m_file->mapped(bytesOf(whole)), whole.sizes(),
        [file = m_file](void *address) { file->unmap(address); }, whole.options());
    if (m_between)
        m_between();
    return mapped;
}

void ScratchTensors::releasePages() const
{
    m_file->releasePages();
}

} // namespace pare
